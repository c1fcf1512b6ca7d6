"""The words of advice: one engine, said as the military or a civil pool says it; numbers for people."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from standto.move.problem import About, Problem

HOURS_PER_DAY = 24.0
DAYS_FROM_H = 48.0
"""Spans of this many hours and more are said in days."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words that differ between military and civil use."""

    alert: str
    alerts: str
    unit: str
    units: str
    ordered: str
    closure: str
    ready: str
    nobody: str


MILITARY = Vocabulary(
    alert="the alert",
    alerts="the alerts",
    unit="unit",
    units="units",
    ordered="ordered",
    closure="closure",
    ready="ready to load",
    nobody="no unit was put on alert",
)
CIVIL = Vocabulary(
    alert="the stand-up",
    alerts="the stand-ups",
    unit="team",
    units="teams",
    ordered="called out",
    closure="the last arrival",
    ready="ready to leave",
    nobody="no team was stood up",
)


def vocabulary(problem: Problem) -> Vocabulary:
    """The words a problem asks for; military where it does not say."""
    return CIVIL if about(problem).vocabulary == "civil" else MILITARY


def about(problem: Problem) -> About:
    """What the problem remembers of its scenario; a problem made otherwise counts as an exercise."""
    return problem.about or About()


def marking(problem: Problem) -> str:
    """`EXERCISE` or `REAL`, with the scenario's banner words after it where it has any."""
    told = about(problem)
    mark = "REAL" if told.kind == "real" else "EXERCISE"
    return f"{mark}: {told.banner}" if told.banner else mark


def say_count(number: int, one: str, many: str) -> str:
    """`1 person`, `12,300 people`."""
    return f"{number:,} {one if number == 1 else many}"


def say_people(number: int) -> str:
    """People with thousands set apart."""
    return say_count(number, "person", "people")


def say_load(people: int, tonnes: float) -> str:
    """People, and tonnes where there are no people."""
    return say_people(people) if people else f"{say_number(tonnes)} t"


def say_number(value: float) -> str:
    """At most one decimal, thousands set apart, never `-0`."""
    rounded = round(value, 1) + 0.0
    return f"{rounded:,.0f}" if rounded == int(rounded) else f"{rounded:,.1f}"


def say_span(hours: float) -> str:
    """A length of time: hours, or days from two days on."""
    if abs(hours) < DAYS_FROM_H:
        number = say_number(hours)
        return f"{number} hour" if number == "1" else f"{number} hours"
    return f"{say_number(hours / HOURS_PER_DAY)} days"


def say_day(hour: float, *, down: bool = False) -> str:
    """A moment as days after the order, `day 16.2`; rounded up (or down) so as never to promise too much."""
    rounding = math.floor if down else math.ceil
    tenths = rounding(hour / HOURS_PER_DAY * 10 + (1e-6 if down else -1e-6))
    return f"day {say_number(tenths / 10)}"


def say_list(items: Sequence[str], *, most: int = 5) -> str:
    """`A`, `A and B`, `A, B and C`, `A, B and 7 more`."""
    shown = list(items) if len(items) <= most else [*items[: most - 1], f"{len(items) - most + 1:,} more"]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}" if shown else "none"


def say_range(low_h: float, high_h: float) -> str:
    """A proven range of hours in one unit: `1.1 and 4 days`; the ends rounded outwards."""
    per, unit = (HOURS_PER_DAY, "days") if high_h >= DAYS_FROM_H else (1.0, "hours")
    low = math.floor(low_h / per * 10 + 1e-6) / 10
    high = math.ceil(high_h / per * 10 - 1e-6) / 10
    return f"{say_number(low)} and {say_number(high)} {unit}"
