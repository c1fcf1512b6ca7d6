"""When people and tonnes are in place: counted as they are unloaded at their destination."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from standto.move.plan import Plan
from standto.move.problem import Problem, Requirement


@dataclass(frozen=True, slots=True)
class InPlace:
    """From `hour` on, this many people and tonnes in all are at their destination."""

    hour: float
    people: int
    tonnes: float


@dataclass(frozen=True, slots=True)
class Landing:
    """One unloading at a destination; with no vehicle, a requirement that was there when it was ready.

    What is loaded at its destination again leaves it: people or tonnes below 0.
    """

    hour: float
    requirement: str
    people: int
    tonnes: float
    vehicle: str


def landings(problem: Problem, plan: Plan) -> tuple[Landing, ...]:
    """Every unloading at its requirement's destination, in order of the hour it ends (rules 3 and 6)."""
    from standto.move.check.work import loading_begins_h, on_ground_h

    wanted = {requirement.id: requirement for requirement in problem.requirements}
    fleets = {fleet.id: fleet for fleet in problem.fleets}
    found = [
        Landing(item.available_h, item.id, item.pax, item.tonnes, "")
        for item in problem.requirements
        if item.still
    ]
    for vehicle in plan.vehicles:
        fleet = fleets[vehicle.fleet]
        for stop in vehicle.stops:
            ends = [(lot, on_ground_h(fleet, stop), 1) for lot in stop.unload]
            ends += [(lot, loading_begins_h(fleet, stop), -1) for lot in stop.load]
            for lot, hour, sign in ends:
                if stop.place == wanted[lot.requirement].destination:
                    tonnes = sign * sum(lot.cargo.values())
                    found.append(Landing(hour, lot.requirement, sign * lot.pax, tonnes, vehicle.id))
    return tuple(sorted(found, key=lambda item: (item.hour, item.requirement, item.vehicle)))


def in_place(
    problem: Problem, plan: Plan, *, keep: Callable[[Requirement], bool] | None = None
) -> tuple[InPlace, ...]:
    """How many people and tonnes are in place over time, as steps: one per hour at which more arrive.

    Parameters
    ----------
    problem, plan
        A plan and the problem it was made for.
    keep
        Counts only these requirements, such as one nation's; all by default.
    """
    kept = {r.id for r in problem.requirements if keep is None or keep(r)}
    return _steps(item for item in landings(problem, plan) if item.requirement in kept)


def _steps(items: Iterable[Landing]) -> tuple[InPlace, ...]:
    steps: list[InPlace] = []
    people, tonnes = 0, 0.0
    for item in items:
        people, tonnes = people + item.people, tonnes + item.tonnes
        step = InPlace(item.hour, people, tonnes)
        if steps and steps[-1].hour == item.hour:
            steps[-1] = step
        else:
            steps.append(step)
    return tuple(steps)


def in_place_by(
    problem: Problem, plan: Plan, group: Callable[[Requirement], str]
) -> dict[str, tuple[InPlace, ...]]:
    """The same per group, such as nation or domain, in the order the groups stand in the problem."""

    groups = {requirement.id: group(requirement) for requirement in problem.requirements}
    found: dict[str, list[Landing]] = {name: [] for name in groups.values()}
    for item in landings(problem, plan):
        found[groups[item.requirement]].append(item)
    return {name: _steps(items) for name, items in found.items()}


def in_place_at(steps: tuple[InPlace, ...], hour: float) -> InPlace:
    """What is in place at an hour, unloading that ends at that very hour included."""
    last = InPlace(hour, 0, 0.0)
    for step in steps:
        if step.hour > hour + 1e-6:
            break
        last = InPlace(hour, step.people, step.tonnes)
    return last
