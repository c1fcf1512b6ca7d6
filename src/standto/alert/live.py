"""The live readiness clock: when each unit is ready if it is ordered now or at T, and what it is late with.

Computed by docs/concepts/readiness.md from the postures that the record orders. What a unit reports of itself
stands beside it, with its age, and never takes its place.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from standto.alert.state import AlertState, Report
from standto.errors import UsageError
from standto.force.readiness import Readiness, readiness
from standto.force.scenario import Scenario

SAME_H = 0.05
"""Hours by which a report may differ from the clock and still agree with it: three minutes."""


@dataclass(frozen=True, slots=True)
class Reported:
    """What a unit said of itself.

    Attributes
    ----------
    left_h, at, by, says
        Hours to ready if ordered to move, as of when, by which office, in which words.
    age_h
        Hours since then.
    computed_h
        What the clock computes for the report's own instant.
    """

    left_h: float
    at: datetime
    by: str
    says: str
    age_h: float
    computed_h: float


@dataclass(frozen=True, slots=True)
class UnitClock:
    """One unit's readiness clock.

    Attributes
    ----------
    unit, name, strength
        Which unit.
    posture
        The posture that its clock counts when it is ordered to move.
    ordered_at, ready_at, left_h
        Its order to move, when it is ready to load at its home station, and the hours between.
    critical
        The longest task on the critical path, or `notice to move`; blank if it is ready when ordered.
    reported
        Its own last report; None without one.
    late
        What it is late with, a sentence each.
    """

    unit: str
    name: str
    strength: int
    posture: str
    ordered_at: datetime
    ready_at: datetime
    left_h: float
    critical: str
    reported: Reported | None
    late: tuple[str, ...]


def clocks(
    scenario: Scenario,
    state: AlertState,
    *,
    now: datetime,
    ordered_at: datetime | None = None,
    units: Iterable[str] = (),
) -> tuple[UnitClock, ...]:
    """The readiness clock of every unit, or of those named, under the record's alert orders.

    Parameters
    ----------
    scenario
        The force with the record's alert orders as its alerts; `as_alerted` makes it.
    now
        The instant from which ages and lateness count.
    ordered_at
        When they are all ordered to move; None = now.
    units
        Ids of the units ordered to move; none = all. Those that share a home station queue for its things.

    Raises
    ------
    UsageError
        If a unit is none of the scenario's.
    """
    wanted = set(units)
    unknown = sorted(wanted - {unit.id for unit in scenario.units})
    if unknown:
        raise UsageError(f"the force has no unit {unknown[0]!r}", fix="see units.csv of the scenario")
    at = ordered_at or now
    ordered_h = {unit.id: _hours(scenario, at) for unit in scenario.units if not wanted or unit.id in wanted}
    found = readiness(scenario, ordered_h)
    late = _unanswered(state, now)
    made = []
    for unit in scenario.units:
        if unit.id not in found:
            continue
        one = found[unit.id]
        reported, behind = _reported(scenario, state.reports.get(unit.id), now)
        made.append(
            UnitClock(
                unit=unit.id,
                name=unit.name,
                strength=unit.strength,
                posture=scenario.settings.postures[one.changes[-1].posture if one.changes else 0],
                ordered_at=at,
                ready_at=at + timedelta(hours=one.left_h),
                left_h=one.left_h,
                critical=one.critical,
                reported=reported,
                late=(*late.get(unit.id, ()), *behind),
            )
        )
    return tuple(made)


def _hours(scenario: Scenario, at: datetime) -> float:
    return (at - scenario.settings.epoch).total_seconds() / 3600


def _unanswered(state: AlertState, now: datetime) -> dict[str, list[str]]:
    """Answers that are overdue, by unit."""
    late: dict[str, list[str]] = {}
    for order in state.standing(now):
        for told in order.standing(now):
            words = late.setdefault(told.unit, [])
            if told.status == "told" and order.reply_by is not None and now >= order.reply_by:
                words.append(f"has not answered {order.id}, due {order.reply_by:%Y-%m-%d %H:%MZ}")
            if told.status == "awaiting" and told.until is not None and now >= told.until:
                words.append(f"national approval for {order.id} was due {told.until:%Y-%m-%d %H:%MZ}")
    return late


def _reported(
    scenario: Scenario, report: Report | None, now: datetime
) -> tuple[Reported | None, tuple[str, ...]]:
    """A report beside what the clock computed for its instant, and what it shows to be late."""
    if report is None:
        return None, ()
    at_h = _hours(scenario, report.at)
    then = readiness(scenario, {report.unit: at_h})[report.unit]
    reported = Reported(
        left_h=report.left_h,
        at=report.at,
        by=report.by,
        says=report.says,
        age_h=(now - report.at).total_seconds() / 3600,
        computed_h=then.left_h,
    )
    late = [f"task {name} should be done and is not reported done" for name in _undone(then, report, at_h)]
    if report.left_h > then.left_h + SAME_H:
        late.append(f"reports {report.left_h - then.left_h:,.1f} h more than the clock gives it")
    return reported, tuple(late)


def _undone(then: Readiness, report: Report, at_h: float) -> list[str]:
    """Tasks that the clock has done by the report's instant and the report does not list."""
    if report.done is None:
        return []
    return [run.name for run in then.tasks if run.end_h <= at_h and run.name not in report.done]
