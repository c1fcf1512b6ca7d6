"""What the judge hands back: every broken rule in one sentence, and what the plan really achieves."""

from __future__ import annotations

from dataclasses import dataclass, field

from standto.move.plan import Outcome, Totals, Vehicle


@dataclass(frozen=True, slots=True)
class Violation:
    """One rule broken at one point of a plan.

    `rule` is a short stable name, `stop` counts from 1 (0 = no single stop); the ids are empty where the
    rule is about none.
    """

    rule: str
    message: str
    vehicle: str = ""
    stop: int = 0
    requirement: str = ""

    def __str__(self) -> str:
        return f"{self.rule}: {self.message}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The judgement of one plan against one problem."""

    violations: tuple[Violation, ...]
    outcomes: list[Outcome]
    """Recomputed from the stops, one per requirement in the problem's order."""
    totals: Totals
    """Recomputed from the stops."""

    @property
    def ok(self) -> bool:
        """Whether the plan keeps every rule."""
        return not self.violations


@dataclass(slots=True)
class Findings:
    """Violations as the rules find them."""

    found: list[Violation] = field(default_factory=list)

    def add(
        self, rule: str, message: str, *, vehicle: str = "", stop: int = 0, requirement: str = ""
    ) -> None:
        """Note one broken rule."""
        self.found.append(Violation(rule, message, vehicle, stop, requirement))

    def at_stop(self, rule: str, vehicle: Vehicle, stop: int, what: str, *, requirement: str = "") -> None:
        """Note one broken rule of one stop, whose vehicle, number and place begin the sentence."""
        where = at(vehicle.id, stop, vehicle.stops[stop - 1].place)
        self.add(rule, f"{where} {what}", vehicle=vehicle.id, stop=stop, requirement=requirement)


LONGEST_NAME = 60


def short(name: str) -> str:
    """An id as messages show it: a very long one is cut, it comes from an untrusted file."""
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 3] + "..."


def number(value: float) -> str:
    """A number as messages show it: exact enough to see what broke a tolerance of 1e-6."""
    return f"{value:.10g}"


def at(vehicle: str, number_: int, place: str) -> str:
    """How a message begins that is about one stop."""
    return f"{short(vehicle)}, stop {number_} at {short(place)}:"
