"""The movement plan, `standto-plan/1`: which vehicle stops where and when, and what it loads and unloads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from standto.errors import Fault, PlanError
from standto.move.problem import BOM, Amount, Goal, Id, Number, Problem, Record, Whole, format_faults

FORMAT: Literal["standto-plan/1"] = "standto-plan/1"
Hour = float
"""A computed hour: finite, and past the limits of the problem's own numbers where sums lead there."""
Sum = Annotated[float, Field(ge=0)]
"""A computed sum; costs of a large plan pass 1e9."""


class Lot(Record):
    """What one vehicle loads or unloads of one requirement at one stop."""

    requirement: Id
    pax: Whole
    cargo: dict[Id, Amount]


class Stop(Record):
    """One vehicle at one place: arrival, work [start, end), departure (null at the last stop)."""

    place: Id
    arrive_h: Number
    start_h: Number
    end_h: Number
    depart_h: Number | None
    unload: list[Lot]
    load: list[Lot]


class Vehicle(Record):
    """One vehicle's stops in time order; the first is its base."""

    id: Id
    fleet: Id
    base: Id
    stops: list[Stop]


class Undelivered(Record):
    """What of a requirement is not at its destination at the end."""

    pax: Whole
    cargo: dict[Id, Amount]


class Outcome(Record):
    """What became of one requirement."""

    id: Id
    close_h: Hour | None
    late_h: Sum
    undelivered: Undelivered
    why: str


class Totals(Record):
    """The plan's sums, weighted as the objective says."""

    undelivered: Sum
    missed: Sum
    weighted_lateness: Sum
    closure_h: Hour | None
    cost: Sum
    moving_h: Sum
    sorties: Whole

    def score(self, goal: Goal) -> Score:
        """The objective as a tuple, smaller is better."""
        closure = self.closure_h if self.closure_h is not None else float("-inf")
        rest = (self.weighted_lateness, self.cost, self.moving_h)
        if goal == "closure":
            return (self.undelivered, self.missed, closure, *rest)
        return (self.undelivered, self.missed, *rest, closure)


Score = tuple[float, ...]


class PlanBound(Record):
    """What no plan can beat, as proven when the plan was made."""

    closure_h: Hour | None
    weighted_lateness: Sum | None
    method: str = ""
    seconds: Sum = 0.0


class Plan(Record):
    """A whole movement plan for the problem whose file hashes to `problem`."""

    format: Literal["standto-plan/1"] = FORMAT
    problem: Id
    vehicles: list[Vehicle]
    requirements: list[Outcome]
    totals: Totals
    bound: PlanBound | None = None
    made_by: dict[str, Any] = Field(default_factory=dict)

    def to_bytes(self) -> bytes:
        """The plan as UTF-8 JSON in the order of the format."""
        return self.model_dump_json(by_alias=True, indent=1).encode() + b"\n"

    def outcome(self, requirement: str) -> Outcome:
        """The outcome of one requirement; KeyError if the plan has none."""
        for outcome in self.requirements:
            if outcome.id == requirement:
                return outcome
        raise KeyError(requirement)


@dataclass(frozen=True, slots=True)
class Gap:
    """How far a plan is from its bound: relative, and in hours where the bound is 0."""

    plan: float
    bound: float

    @property
    def ratio(self) -> float | None:
        """(plan - bound) / bound, or None where the bound is 0."""
        return (self.plan - self.bound) / self.bound if self.bound > 0 else None

    def __str__(self) -> str:
        ratio = self.ratio
        return f"{ratio:.1%}" if ratio is not None else f"{self.plan - self.bound:.1f} h"


def parse_plan(data: bytes, *, file: str = "") -> Plan:
    """Read a plan from JSON bytes.

    Raises
    ------
    PlanError
        Listing every fault with list, id and field.
    """
    try:
        return Plan.model_validate_json(data.removeprefix(BOM))
    except ValidationError as error:
        raise PlanError("not a valid movement plan", format_faults(error, data, file), file=file) from None


def require_same_problem(plan: Plan, problem: Problem, *, file: str = "") -> None:
    """Refuse a plan made for another problem file (`PlanError`)."""
    if plan.problem != problem.sha256:
        fix = "verify it against the file it was made for, or plan again"
        fault = Fault(
            f"made for problem {plan.problem[:12]}, this one is {problem.sha256[:12]}",
            fix,
            file,
            field="problem",
        )
        raise PlanError("the plan belongs to another problem", [fault], file=file)
