"""What an alert buys: the same move planned with every alert, with none, and with each left out in turn.

`spec/readiness.md` defines it: closure without the alert minus closure with it, under the same lift, both
planned with `goal: closure`; the weighted lateness gained under `goal: lateness` is shown beside it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from standto.advise.cases import (
    SAME_H,
    Budget,
    Case,
    evened_out,
    left_undelivered,
    plan_cases,
    prove_bounds,
)
from standto.advise.chains import hours_spent, largest_rise, say_rise
from standto.advise.in_place import in_place, in_place_at
from standto.advise.words import HOURS_PER_DAY, vocabulary
from standto.force.scenario import Scenario
from standto.move.problem import Goal, Problem

if TYPE_CHECKING:
    from standto.advise.cases import Watcher
    from standto.move.solve import StoppingRule

WITH, WITHOUT = "with alerts", "no alert"
SURVIVED, OTHER = "survived", "other"


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
    """What took the most hours that were gained, where not all survived, as a sentence."""
    eaten_cause: str = ""
    """The same as one of `lift`, `slots`, `way` or `closed`; empty where nothing was eaten."""
    eaten_at: str = ""
    """Place of the slots or fleet of the lift that ate them."""

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
        """Share of all readiness gained that survived to arrival; None where none was gained.

        Units count by the hours they gained times their people (times tonnes where nobody has people).
        """
        shares = self.shares
        return shares[SURVIVED] if shares else None

    @property
    def shares(self) -> dict[str, float]:
        """What became of all readiness gained, as shares of 1: what survived, and what each cause ate.

        Weighed as in `survived`; a loss without one cause that stands out is under `other`. Empty where none
        was gained.
        """
        people = {r.id: float(r.pax) for r in self.with_alerts.problem.requirements}
        tonnes = {r.id: r.tonnes for r in self.with_alerts.problem.requirements}
        for load in (people, tonnes):
            parts: dict[str, float] = {SURVIVED: 0.0}
            for unit in self.units:
                if unit.survived is not None:
                    gained = load[unit.requirement] * unit.ready_gain_h
                    cause = unit.eaten_cause or OTHER
                    parts[SURVIVED] += gained * unit.survived
                    parts[cause] = parts.get(cause, 0.0) + gained * (1.0 - unit.survived)
            whole = sum(parts.values())
            if whole > 0:
                return {name: part / whole for name, part in parts.items() if part > 0 or name == SURVIVED}
        return {}

    @property
    def sentences(self) -> tuple[str, ...]:
        """The value in plain sentences, the most important first."""
        from standto.advise.headline import value_sentences

        return value_sentences(self)


def alike(richer: Case, poorer: Case) -> bool:
    """Whether two plans leave the same undone, so that their closures may be compared."""
    a, b = richer.plan.totals, poorer.plan.totals
    return abs(a.undelivered - b.undelivered) <= SAME_H and abs(a.missed - b.missed) <= SAME_H


def closure_gain_h(richer: Case, poorer: Case) -> float | None:
    """Hours by which the richer case closes earlier; None where one never closes or they deliver unlike."""
    if richer.closure_h is None or poorer.closure_h is None or not alike(richer, poorer):
        return None
    return poorer.closure_h - richer.closure_h


def closure_range_h(richer: Case, poorer: Case) -> tuple[float, float] | None:
    """From max(0, bound poorer - plan richer) to plan poorer - bound richer, in hours.

    The bounds speak of plans that deliver all that can be delivered, and count no hard due times; so
    nothing is proven (None) unless both plans do deliver all that, and miss nothing.
    """
    for case in (richer, poorer):
        if set(left_undelivered(case.plan)) - set(case.bound.left_out) or case.plan.totals.missed > 0:
            return None
    if set(richer.bound.left_out) != set(poorer.bound.left_out):
        return None
    if richer.closure_h is None or poorer.closure_h is None:
        return None
    if richer.bound.closure_h is None or poorer.bound.closure_h is None:
        return None
    low = max(0.0, poorer.bound.closure_h - richer.closure_h)
    return low, max(low, poorer.closure_h - richer.bound.closure_h)


def value_of_alert(
    scenario: Scenario,
    *,
    seconds: float = 30.0,
    budget: Budget | None = None,
    seed: int = 0,
    lateness: bool = True,
    bottlenecks: int = 5,
    progress: Watcher | None = None,
) -> AlertValue:
    """Plan a scenario with all its alerts, with none and with each left out, and say what each buys.

    Every richer case starts from the best poorer plan that its problem allows, and keeps it where the search
    finds nothing better: an alert that only makes units ready earlier never has a negative value. The poorer
    cases are searched again for as long as the richer ones built on them, so that no value comes from
    searching longer.

    Parameters
    ----------
    scenario
        With its alerts; the lift, ways and move order are the same in every case.
    seconds
        All cases together take about so long; split by a fixed rule.
    budget
        Effort measured otherwise, such as `Budget.rounds(100)`, which is the same on every machine.
    seed
        Of the searches, the same in every case.
    lateness
        Whether the cases with all alerts and with none are also planned for `goal: lateness`.
    bottlenecks
        How many bottleneck candidates to price in the bound of the case with all alerts.
    progress
        Called with the progress of each search.
    """
    from standto.move.build import build

    problems = {WITHOUT: build(scenario.without_alerts())}
    alerts = [alert.id for alert in scenario.alerts]
    if len(alerts) > 1:
        for alert in alerts:
            problems[_left_out(alert)] = build(scenario.without_alerts(alert))
    if alerts:
        problems[WITH] = build(scenario)
    value = value_of_problems(
        problems,
        budget=budget or Budget.seconds(seconds),
        seed=seed,
        lateness=lateness,
        bottlenecks=bottlenecks,
        progress=progress,
    )
    return replace(value, left_out={alerts[0]: value.without}) if len(alerts) == 1 else value


def _left_out(alert: str) -> str:
    return f"without {alert}"


def value_of_problems(
    problems: Mapping[str, Problem],
    *,
    budget: Budget,
    seed: int = 0,
    lateness: bool = True,
    bottlenecks: int = 0,
    progress: Watcher | None = None,
) -> AlertValue:
    """The same from problems made by hand: `no alert` first, then `without <alert>` each, `with alerts` last.

    The problems must differ in readiness only. Without `with alerts` there is nothing to gain: both cases
    are the one given.
    """
    richest = WITH if WITH in problems else WITHOUT
    top = max(0, min(2, len(problems) - 1))
    levels = {name: 0 if name == WITHOUT else top if name == WITH else 1 for name in problems}
    bounds = prove_bounds(problems, budget, bottlenecks={richest: bottlenecks})
    both = {name: problems[name] for name in dict.fromkeys((WITHOUT, richest))}
    rest = sum(1 + top - level for level in levels.values())
    extra = 2 * len(both) - 1 if lateness else 0
    part = rest / (rest + extra)

    def plan(
        which: Mapping[str, Problem],
        goal: Goal,
        level: Mapping[str, int],
        part: float,
        starts: Mapping[str, Case],
    ) -> dict[str, Case]:
        def stop(share: float) -> StoppingRule:
            return budget.stop(share * part)

        return plan_cases(
            which,
            bounds,
            goal=goal,
            stop=stop,
            levels=level,
            starts={name: case.plan for name, case in starts.items()},
            seed=seed,
            workers=budget.workers,
            progress=progress,
        )

    on_time: dict[str, Case] = {}
    if lateness:
        on_time = plan(both, "lateness", {name: int(name == WITH) for name in both}, 1 - part, {})
    cases = plan(problems, "closure", levels, part, on_time)
    on_time = evened_out(on_time, cases)
    left_out = {name.removeprefix(_left_out("")): cases[name] for name in problems if name not in both}
    return assemble(
        cases[richest],
        cases[WITHOUT],
        left_out=left_out,
        lateness_with=on_time.get(richest),
        lateness_without=on_time.get(WITHOUT),
    )


def assemble(
    with_alerts: Case,
    without: Case,
    *,
    left_out: Mapping[str, Case] | None = None,
    lateness_with: Case | None = None,
    lateness_without: Case | None = None,
) -> AlertValue:
    """The value from cases already planned: people in place by day and each unit's gain are read off them."""
    return AlertValue(
        with_alerts=with_alerts,
        without=without,
        left_out=dict(left_out or {}),
        lateness_with=lateness_with,
        lateness_without=lateness_without,
        by_day=_by_day(with_alerts, without),
        units=_units(with_alerts, without),
    )


def _by_day(richer: Case, poorer: Case) -> tuple[DayInPlace, ...]:
    with_steps = in_place(richer.problem, richer.plan)
    without_steps = in_place(poorer.problem, poorer.plan)
    last_h = max((step.hour for step in (*with_steps, *without_steps)), default=0.0)
    rows = []
    for day in range(1, math.ceil((last_h - SAME_H) / HOURS_PER_DAY) + 1):
        a = in_place_at(with_steps, day * HOURS_PER_DAY)
        b = in_place_at(without_steps, day * HOURS_PER_DAY)
        rows.append(DayInPlace(day, a.people, b.people, a.tonnes, b.tonnes))
    return tuple(rows)


def _units(richer: Case, poorer: Case) -> tuple[UnitGain, ...]:
    words = vocabulary(richer.problem)
    spent_with = hours_spent(richer.problem, richer.plan)
    spent_without = hours_spent(poorer.problem, poorer.plan)
    before = {requirement.id: requirement for requirement in poorer.problem.requirements}
    ends_with = {outcome.id: outcome.close_h for outcome in richer.plan.requirements}
    ends_without = {outcome.id: outcome.close_h for outcome in poorer.plan.requirements}
    gains = []
    for wanted in richer.problem.requirements:
        gain = UnitGain(
            requirement=wanted.id,
            unit=wanted.unit,
            ready_with_h=wanted.available_h,
            ready_without_h=before[wanted.id].available_h,
            close_with_h=ends_with[wanted.id],
            close_without_h=ends_without[wanted.id],
        )
        ate = largest_rise(spent_without[wanted.id], spent_with[wanted.id])
        if ate is not None and gain.survived is not None and gain.survived < 1 - SAME_H:
            held, more_h = ate
            said = say_rise(richer.problem, held, more_h)
            sentence = f"{said[:1].upper()}{said[1:]} than without {words.alerts}."
            gain = replace(gain, eaten_cause=held.cause, eaten_at=held.at, eaten_by=sentence)
        gains.append(gain)
    return tuple(gains)
