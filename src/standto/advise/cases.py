"""Like cases planned side by side with like effort, so that what differs between their plans is the case."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from standto.move.plan import Plan, Stop, Vehicle
from standto.move.problem import Goal, Problem

if TYPE_CHECKING:
    from standto.move.bound import Bound
    from standto.move.solve import Progress, StoppingRule

    Watcher = Callable[[Progress], None]

SAME_H = 1e-6
BOUND_SHARE = 0.25
"""Part of the seconds that goes to proving bounds; the rest goes to the searches."""
CLOSURE_SHARE = 0.25
"""Part of a search for closure that goes to the last close alone; the rest brings the others forward."""


@dataclass(frozen=True, slots=True)
class Case:
    """One way things may go: a problem, the plan made for it, and what no plan of it can beat."""

    name: str
    problem: Problem
    plan: Plan
    bound: Bound

    @property
    def closure_h(self) -> float | None:
        """Hour of the last close, None where nothing closes."""
        return self.plan.totals.closure_h

    @property
    def weighted_lateness(self) -> float:
        """Sum over requirements of weight times hours late."""
        return self.plan.totals.weighted_lateness


@dataclass(frozen=True, slots=True)
class Budget:
    """How much effort all cases of one question may take together.

    `stop` makes a fresh stopping rule for a share (above 0, at most 1) of all the searching; `bound_seconds`
    is split evenly over the bounds, None = as long as they take. A search holds no clock but its rule's.
    `workers` threads search side by side.
    """

    stop: Callable[[float], StoppingRule]
    bound_seconds: float | None = None
    workers: int = 2

    @classmethod
    def seconds(cls, seconds: float) -> Budget:
        """So many seconds in all: a quarter for bounds, the rest for searches.

        Raises
        ------
        ValueError
            If `seconds` is not a number above 0.
        """
        return cls(cls.searching(seconds * (1 - BOUND_SHARE)).stop, seconds * BOUND_SHARE)

    @classmethod
    def searching(cls, seconds: float) -> Budget:
        """So many seconds of search alone.

        Raises
        ------
        ValueError
            If `seconds` is not a number above 0.
        """
        if not seconds > 0:
            raise ValueError(f"seconds must be above 0, not {seconds}")

        def stop(share: float) -> StoppingRule:
            from standto.move.solve import Seconds

            return Seconds(seconds * share)

        return cls(stop)

    @classmethod
    def rounds(cls, rounds: int) -> Budget:
        """So many rounds of search in all, at least one a search; the same on every machine.

        Raises
        ------
        ValueError
            If `rounds` is below 1.
        """
        if rounds < 1:
            raise ValueError(f"rounds must be at least 1, not {rounds}")

        def stop(share: float) -> StoppingRule:
            from standto.move.solve import Rounds

            return Rounds(max(1, math.ceil(rounds * share)))

        return cls(stop)


def carry_over(problem: Problem, plan: Plan) -> Plan | None:
    """The same stops under another problem, as early as it allows; None where they would break a rule there.

    A plan taken over with its old hours would let units wait that are ready earlier here.
    """
    from standto.move.check import check
    from standto.move.solve import retime

    carried = _rescored(problem, plan)
    return retime(problem, carried) if carried is not None and check(problem, carried).ok else None


def _rescored(problem: Problem, plan: Plan) -> Plan | None:
    """The stops scored under another problem; None where it has other requirements or they load too early.

    Vehicles that may start at another hour than before begin their first stop then, nothing else moves.
    """
    from standto.move.check import score
    from standto.move.check.work import loading_begins_h

    fleets = {fleet.id: fleet for fleet in problem.fleets}
    ready = {requirement.id: requirement.available_h for requirement in problem.requirements}
    if {outcome.id for outcome in plan.requirements} != set(ready):
        return None
    if any(vehicle.fleet not in fleets for vehicle in plan.vehicles):
        return None
    for vehicle in plan.vehicles:
        for stop in vehicle.stops:
            begins_h = loading_begins_h(fleets[vehicle.fleet], stop)
            if any(ready.get(lot.requirement, begins_h) > begins_h + SAME_H for lot in stop.load):
                return None
    vehicles = [_restart(vehicle, fleets[vehicle.fleet].available_h) for vehicle in plan.vehicles]
    outcomes, totals = score(problem, vehicles)
    changes = {"problem": problem.sha256, "vehicles": vehicles, "requirements": outcomes, "totals": totals}
    return plan.model_copy(update={**changes, "bound": None})


def _restart(vehicle: Vehicle, available_h: float) -> Vehicle:
    if not vehicle.stops or vehicle.stops[0].arrive_h == available_h:
        return vehicle
    first = vehicle.stops[0]
    changes = {"arrive_h": available_h}
    if not first.load and not first.unload:
        changes |= {"start_h": available_h, "end_h": available_h}
    return vehicle.model_copy(update={"stops": [first.model_copy(update=changes), *vehicle.stops[1:]]})


def plan_cases(
    problems: Mapping[str, Problem],
    bounds: Mapping[str, Bound],
    *,
    goal: Goal,
    stop: Callable[[float], StoppingRule],
    levels: Mapping[str, int] | None = None,
    starts: Mapping[str, Plan] | None = None,
    seed: int = 0,
    workers: int = 2,
    progress: Watcher | None = None,
) -> dict[str, Case]:
    """Plan several cases of one question with like effort; no case does worse than another that it allows.

    Parameters
    ----------
    problems
        By name, the poorest first: each search starts from the best plan so far that this case allows.
    bounds
        What no plan can beat, by the same names.
    goal
        What every case minimises first.
    stop
        Makes the stopping rule for a share of all the effort.
    levels
        How many poorer cases' searches each case builds on. The poorer ones are searched again for as many
        shares, so that no gain comes from searching longer. All the same by default.
    starts
        Plans of some of the problems, made for another goal; each keeps its problem's rules.
    seed, workers, progress
        As `standto.move.solve.solve` takes them.
    """
    levels = levels or dict.fromkeys(problems, 0)
    top = max(levels.values(), default=0)
    share = 1.0 / max(1, sum(1 + top - levels[name] for name in problems))
    aimed = {name: problem.with_goal(goal) for name, problem in problems.items()}
    plans = _SideBySide(aimed, starts or {})

    def search(name: str, effort: float) -> None:
        start = plans.best(name)
        made = _search(
            aimed[name],
            stop,
            effort,
            start,
            seed=seed,
            workers=workers,
            bound=bounds[name],
            progress=progress,
        )
        tried = [made, start] if start else [made]
        plans.own[name] = min(tried, key=lambda plan: plan.totals.score(goal))

    for name in aimed:
        search(name, share)
    for name in aimed:
        if levels[name] < top:
            search(name, share * (top - levels[name]))
    plans.even_out()
    return {name: _case(name, aimed[name], plans.own[name], bounds[name]) for name in aimed}


def evened_out(cases: Mapping[str, Case], others: Mapping[str, Case]) -> dict[str, Case]:
    """Cases with the best, by their own goal, of their plans and of those made for another goal.

    `others` has a case of the same problem for each, by the same name; no case does worse than another that
    it allows.
    """
    plans = _SideBySide(
        {name: case.problem for name, case in cases.items()},
        {
            name: min([case.plan, others[name].plan], key=lambda plan: plan.totals.score(case.problem.goal))
            for name, case in cases.items()
        },
    )
    plans.even_out()
    return {name: _case(name, case.problem, plans.own[name], case.bound) for name, case in cases.items()}


def _search(
    problem: Problem,
    stop: Callable[[float], StoppingRule],
    effort: float,
    start: Plan | None,
    *,
    seed: int,
    workers: int,
    bound: Bound,
    progress: Watcher | None,
) -> Plan:
    """The best plan found with so much effort, nobody waiting in it who could go.

    A search for closure cares little for units that close long before the last one. So most of its effort
    goes to lateness among plans that close no later than the one found in the first part.
    """
    from standto.move.solve import retime, solve

    first = effort * CLOSURE_SHARE if problem.goal == "closure" else effort
    made = solve(
        problem, stop(first), seed=seed, workers=workers, start=start, bound=bound, progress=progress
    )
    if problem.goal == "closure" and made.totals.closure_h is not None:
        hurried = _closing_by(problem, made.totals.closure_h)
        again = solve(
            hurried, stop(effort - first), seed=seed, workers=workers, start=made, progress=progress
        )
        kept = _rescored(problem, again)
        if kept is not None and kept.totals.score(problem.goal) < made.totals.score(problem.goal):
            made = kept.model_copy(update={"made_by": made.made_by})
    return retime(problem, made)


def _closing_by(problem: Problem, last_h: float) -> Problem:
    """The same problem with lateness first, where whoever closes after an hour has missed it."""
    from standto.move.problem import TOLERANCE

    missed_h = last_h - TOLERANCE
    wanted = [
        item.model_copy(update={"hard_h": missed_h}) if item.hard_h is None or item.hard_h > last_h else item
        for item in problem.requirements
    ]
    return problem.with_goal("lateness").model_copy(update={"requirements": wanted})


class _SideBySide:
    """Each case's own plan so far; what a case makes of another's plan is worked out once."""

    def __init__(self, problems: Mapping[str, Problem], starts: Mapping[str, Plan]) -> None:
        self._problems = problems
        self.own = dict(starts)
        self._taken: dict[tuple[str, str, float], tuple[Plan, Plan | None]] = {}

    def even_out(self) -> None:
        """No case does worse than another that it allows."""
        names = list(self._problems)
        for name in (*names, *reversed(names)):
            self.own[name] = self.best(name, waiting=True) or self.own[name]

    def best(self, name: str, *, waiting: bool = False) -> Plan | None:
        """The best of the plans that a case's problem allows; among equals its own."""
        goal, best = self._problems[name].goal, self.own.get(name)
        for other in self.own:
            for plan in self._taken_over(name, other, waiting) if other != name else ():
                if best is None or plan.totals.score(goal) < best.totals.score(goal):
                    best = plan
        return best

    def _taken_over(self, name: str, other: str, waiting: bool) -> Iterator[Plan]:
        """Another case's plan as this one may have it.

        That of a later decision is tried hour for hour and, since nobody has to hurry, instant for instant.
        When `waiting`, one that needs units ready earlier is tried as much later as they are ready here.
        """
        problem, lender = self._problems[name], self._problems[other]
        waits_h = {0.0, _hours_between(problem, lender)}
        if waiting:
            waits_h.add(_readiness_between(lender, problem))
        for hours in sorted(waits_h):
            carried = self._carried(name, other, hours) if hours >= 0 else None
            if carried is not None:
                yield carried

    def _carried(self, name: str, other: str, hours: float) -> Plan | None:
        """Another case's plan so many hours later; worked out once for each plan of the other."""
        plan = self.own[other]
        known = self._taken.get((name, other, hours))
        if known is None or known[0] is not plan:
            carried = carry_over(self._problems[name], postponed(plan, hours) if hours else plan)
            known = self._taken[name, other, hours] = plan, carried
        return known[1]


def _hours_between(first: Problem, second: Problem) -> float:
    """Hours from one problem's C-hour to another's; 0 where one has none."""
    if first.epoch is None or second.epoch is None or first.epoch == second.epoch:
        return 0.0
    waited = datetime.fromisoformat(second.epoch) - datetime.fromisoformat(first.epoch)
    return waited / timedelta(hours=1)


def _readiness_between(first: Problem, second: Problem) -> float:
    """The most hours that anybody of the first problem is ready later in the second."""
    ready_h = {requirement.id: requirement.available_h for requirement in first.requirements}
    return max(
        (item.available_h - ready_h.get(item.id, math.inf) for item in second.requirements), default=0.0
    )


def postponed(plan: Plan, hours: float) -> Plan:
    """Every stop so many hours later."""

    def later(stop: Stop) -> Stop:
        changes = {name: getattr(stop, name) + hours for name in ("arrive_h", "start_h", "end_h")}
        return stop.model_copy(
            update={**changes, "depart_h": None if stop.depart_h is None else stop.depart_h + hours}
        )

    vehicles = [
        vehicle.model_copy(update={"stops": [later(stop) for stop in vehicle.stops]})
        for vehicle in plan.vehicles
    ]
    return plan.model_copy(update={"vehicles": vehicles})


def _case(name: str, problem: Problem, plan: Plan, bound: Bound) -> Case:
    """A case whose plan carries its own bound and its own reasons, wherever the plan came from."""
    from standto.move.why import explain

    reasons = explain(problem, plan, bound.earliest_h)
    outcomes = [
        outcome.model_copy(update={"why": reasons[outcome.id].sentence}) if not outcome.why else outcome
        for outcome in plan.requirements
    ]
    changes = {"requirements": outcomes, "bound": bound.as_plan_bound()}
    return Case(name, problem, plan.model_copy(update=changes), bound)


def prove_bounds(
    problems: Mapping[str, Problem], budget: Budget, *, bottlenecks: Mapping[str, int] | None = None
) -> dict[str, Bound]:
    """The bound of each problem, in an even share of the seconds; `bottlenecks` wanted by name."""
    from standto.move.bound import prove_bound

    seconds = None if budget.bound_seconds is None else budget.bound_seconds / max(1, len(problems))
    wanted = bottlenecks or {}
    return {
        name: prove_bound(problem, seconds=seconds, bottlenecks=wanted.get(name, 0))
        for name, problem in problems.items()
    }


def left_undelivered(plan: Plan) -> Sequence[str]:
    """Ids of the requirements that do not close."""
    return [outcome.id for outcome in plan.requirements if outcome.close_h is None]
