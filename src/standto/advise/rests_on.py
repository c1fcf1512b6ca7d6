"""Which differences between two problems a plan rests on: without them it would break a rule.

Asked of the judge, not guessed: one difference at a time is taken back, and the movements are judged again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from standto.advise.differences import Difference, keyed
from standto.advise.words import say_count
from standto.move.plan import Plan
from standto.move.problem import Problem, Record

MOST_STOPS = 60_000
"""Stops that are judged in all; about ten seconds."""
MOVING = {
    "places": frozenset({"slots", "transfer_h"}),
    "links": frozenset({"km", "both", "hours", "fleets", "closed"}),
    "fleets": frozenset(
        {"mode", "count", "base", "bases", "available_h", "seats", "tonnes", "classes", "kmh", "range_km"}
        | {"load_h", "unload_h", "service_h", "concurrent", "use_h_per_day", "use_bank_days", "serves"}
    ),
    "requirements": frozenset({"available_h", "divisible", "modes", "ports", "origin", "destination"}),
}
"""Fields that the rules of motion look at; others change what a plan is worth, not whether it can be done."""


@dataclass(frozen=True, slots=True)
class Rest:
    """What one thing that differs does to the plans: `12 stops` that it alone makes possible, or none.

    `second` counts those of the second plan that cannot be as the thing is in the first problem; `first` the
    other way round.
    """

    table: str
    id: str
    second: str
    first: str

    @property
    def sentence(self) -> str:
        """Whether the plans need it, as a sentence that follows the one that names the difference."""
        parts = []
        if self.second:
            parts.append(f"{self.second} of the second plan {_are(self.second)} possible only with it")
        if self.first:
            parts.append(f"{self.first} of the first plan {_are(self.first)} no longer possible")
        return f"{'; '.join(parts)}." if parts else "Neither plan needs it to be so."


def rests_on(
    problem_a: Problem, plan_a: Plan, problem_b: Problem, plan_b: Plan, found: Sequence[Difference]
) -> dict[tuple[str, str], Rest]:
    """What rests on each thing that differs and that rules of motion look at; as far as work allows."""
    stops = sum(len(vehicle.stops) for plan in (plan_a, plan_b) for vehicle in plan.vehicles)
    rests: dict[tuple[str, str], Rest] = {}
    for table, name in _things(found):
        if (len(rests) + 1) * stops > max(MOST_STOPS, stops):
            break
        back = _as_in(problem_b, problem_a, table, name), _as_in(problem_a, problem_b, table, name)
        rests[table, name] = Rest(table, name, broken(back[0], plan_b), broken(back[1], plan_a))
    return rests


def broken(problem: Problem, plan: Plan) -> str:
    """How many stops of a plan break a rule of motion of a problem, or vehicles, or loads; empty for none."""
    from standto.move.check import check, score

    outcomes, totals = score(problem, plan.vehicles)
    changes = {"problem": problem.sha256, "requirements": outcomes, "totals": totals, "bound": None}
    verdict = check(problem, plan.model_copy(update=changes))
    stops = {(one.vehicle, one.stop) for one in verdict.violations if one.stop}
    vehicles = {one.vehicle for one in verdict.violations if one.vehicle}
    if stops:
        return say_count(len(stops), "stop", "stops")
    if vehicles:
        return say_count(len(vehicles), "vehicle", "vehicles")
    return say_count(len(verdict.violations), "load", "loads") if verdict.violations else ""


def _things(found: Sequence[Difference]) -> Iterator[tuple[str, str]]:
    """What differs and can be taken back alone: a record that both problems have, or a fleet that one has."""
    things = {
        (one.table, one.id): None
        for one in found
        if one.field in MOVING.get(one.table, frozenset())
        or (not one.field and one.table in {"fleets", "links"})
    }
    yield from things


def _as_in(problem: Problem, other: Problem, table: str, name: str) -> Problem:
    """The problem with one thing as it is in the other, or left out where the other has none."""
    own, theirs = keyed(getattr(problem, table)), keyed(getattr(other, table))
    if name not in own:
        return problem
    records: list[Record] = []
    for key, record in own.items():
        if key != name:
            records.append(record)
        elif name in theirs:
            fields = {
                field: getattr(theirs[name], field) for field in MOVING[table] if hasattr(record, field)
            }
            records.append(record.model_copy(update=fields))
    return problem.model_copy(update={table: records})


def _are(counted: str) -> str:
    return "is" if counted.startswith("1 ") else "are"
