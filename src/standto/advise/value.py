"""What an alert buys: the same move planned with every alert, with none, and with each left out in turn.

`spec/readiness.md` defines it: closure without the alert minus closure with it, under the same lift, both
planned with `goal: closure`; the weighted lateness gained under `goal: lateness` is shown beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from standto.move.plan import Plan
from standto.move.problem import Problem

if TYPE_CHECKING:
    from standto.move.bound import Bound

HOURS_PER_DAY = 24.0
SAME_H = 1e-6


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
class DayInPlace:
    """People and tonnes unloaded at their destination by the end of day `day` (hour 24 x day)."""

    day: int
    people_with: int
    people_without: int
    tonnes_with: float
    tonnes_without: float

    @property
    def people_gained(self) -> int:
        """People more in place with the alerts than without, negative where fewer."""
        return self.people_with - self.people_without


@dataclass(frozen=True, slots=True)
class UnitGain:
    """What the alerts bought one requirement: hours earlier ready, and hours earlier in place."""

    requirement: str
    unit: str
    ready_with_h: float
    ready_without_h: float
    close_with_h: float | None
    close_without_h: float | None
    eaten_by: str = ""
    """What bound the unit in the plan with alerts where less survived than was gained, as a sentence."""
    eaten_cause: str = ""
    """The same as one of `readiness`, `lift`, `slots`, `way`; empty where nothing was eaten."""

    @property
    def ready_gain_h(self) -> float:
        """Hours that the unit is ready earlier with the alerts."""
        return self.ready_without_h - self.ready_with_h

    @property
    def close_gain_h(self) -> float | None:
        """Hours that the unit closes earlier with the alerts; None where it does not close in both plans."""
        if self.close_with_h is None or self.close_without_h is None:
            return None
        return self.close_without_h - self.close_with_h

    @property
    def survived(self) -> float | None:
        """Share (0 to 1) of the readiness gained that survived to arrival; None where nothing was gained.

        A unit that closes earlier by more than it is ready earlier also took lift that others freed: 1. One
        that closes no earlier: 0. None also where it does not close in both plans.
        """
        if self.ready_gain_h <= SAME_H or self.close_gain_h is None:
            return None
        return min(1.0, max(0.0, self.close_gain_h / self.ready_gain_h))


@dataclass(frozen=True, slots=True)
class AlertValue:
    """The value of all alerts together and of each, with what is proven about it."""

    with_alerts: Case
    without: Case
    left_out: dict[str, Case]
    """Alert id to the case with every alert but that one."""
    lateness_with: Case | None
    lateness_without: Case | None
    by_day: tuple[DayInPlace, ...]
    units: tuple[UnitGain, ...]

    @property
    def closure_gain_h(self) -> float | None:
        """Hours by which closure comes forward; None where the two plans do not deliver alike."""
        return closure_gain_h(self.with_alerts, self.without)

    @property
    def closure_range_h(self) -> tuple[float, float] | None:
        """Hours between which the true value lies, as proven; None where nothing is proven."""
        return closure_range_h(self.with_alerts, self.without)

    @property
    def lateness_gain(self) -> float | None:
        """Weighted lateness (weight x h) that the alerts save; None where not planned or not alike."""
        if self.lateness_with is None or self.lateness_without is None:
            return None
        if not alike(self.lateness_with, self.lateness_without):
            return None
        return self.lateness_without.weighted_lateness - self.lateness_with.weighted_lateness

    def alert_gain_h(self, alert: str) -> float | None:
        """Hours that one alert adds to all the others: closure without it minus closure with all."""
        return closure_gain_h(self.with_alerts, self.left_out[alert])

    def alert_range_h(self, alert: str) -> tuple[float, float] | None:
        """The proven range of `alert_gain_h`."""
        return closure_range_h(self.with_alerts, self.left_out[alert])

    def people_gained(self, day: int) -> int:
        """People more in place by the end of a day, 0 after the last day of `by_day`."""
        return next((row.people_gained for row in self.by_day if row.day == day), 0)

    @property
    def survived(self) -> float | None:
        """Share of all readiness gained (people x h) that survived to arrival; None where none was gained."""
        return None

    @property
    def sentences(self) -> tuple[str, ...]:
        """The value in plain sentences, the most important first."""
        return ()


def alike(richer: Case, poorer: Case) -> bool:
    """Whether two plans leave the same undone, so that their closures may be compared."""
    a, b = richer.plan.totals, poorer.plan.totals
    return abs(a.undelivered - b.undelivered) <= SAME_H and abs(a.missed - b.missed) <= SAME_H


def closure_gain_h(richer: Case, poorer: Case) -> float | None:
    """Hours by which the richer case closes earlier; None where either never closes or they deliver unlike."""
    if richer.closure_h is None or poorer.closure_h is None or not alike(richer, poorer):
        return None
    return poorer.closure_h - richer.closure_h


def closure_range_h(richer: Case, poorer: Case) -> tuple[float, float] | None:
    """From max(0, bound poorer - plan richer) to plan poorer - bound richer, in hours.

    The bounds speak of plans that deliver all that can be delivered, and count no hard due times; so
    nothing is proven (None) unless both plans do deliver all that, and miss nothing.
    """
    for case in (richer, poorer):
        left = {outcome.id for outcome in case.plan.requirements if outcome.close_h is None}
        if left - set(case.bound.left_out) or case.plan.totals.missed > 0:
            return None
    if set(richer.bound.left_out) != set(poorer.bound.left_out):
        return None
    if richer.closure_h is None or poorer.closure_h is None:
        return None
    if richer.bound.closure_h is None or poorer.bound.closure_h is None:
        return None
    low = max(0.0, poorer.bound.closure_h - richer.closure_h)
    return low, max(low, poorer.closure_h - richer.bound.closure_h)
