"""The closure curve by domain and by nation: a curve for each to choose, and a table of all."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from standto.advise.in_place import InPlace, in_place_at, in_place_by
from standto.brief.charts.steps import thin
from standto.brief.evidence.sources import of_group, of_group_arrivals
from standto.brief.sheet import Sheet
from standto.move.problem import Requirement

KINDS: tuple[tuple[str, str, Callable[[Requirement], str]], ...] = (
    ("domain", "Domain", lambda one: one.domain),
    ("nation", "Nation", lambda one: one.nation),
)
MEASURES = ("people", "tonnes")
MOST_STEPS = 240


def running(several: Iterable[Requirement], what: str) -> list[tuple[float, float]]:
    """People or tonnes that are due, summed up by due hour."""
    due: dict[float, float] = defaultdict(float)
    for one in several:
        due[max(0.0, one.due_h)] += one.pax if what == "people" else one.tonnes
    hours = sorted(due)
    return list(zip(hours, itertools.accumulate(due[hour] for hour in hours), strict=True))


@dataclass(frozen=True, slots=True)
class Grouping:
    """Domains or nations: how a requirement is grouped, and what is in place of each over time."""

    kind: str
    title: str
    group: Callable[[Requirement], str]
    now: dict[str, tuple[InPlace, ...]]
    then: dict[str, tuple[InPlace, ...]]

    @property
    def names(self) -> list[str]:
        """The groups in alphabetical order."""
        return sorted(self.now)


def groupings(sheet: Sheet) -> list[Grouping]:
    """By domain and by nation, each only where there are several and every requirement has one."""
    found = []
    compared = sheet.without
    for kind, title, group in KINDS:
        names = {group(one) for one in sheet.movers}
        if len(names) > 1 and "" not in names:
            now = in_place_by(sheet.problem, sheet.given.plan, group)
            then = in_place_by(compared.problem, compared.plan, group) if compared is not None else {}
            found.append(Grouping(kind, title, group, {name: now[name] for name in names}, then))
    return found


def group_series(sheet: Sheet, several: Sequence[Grouping]) -> dict[str, list[dict[str, Any]]]:
    """For each domain and nation its curves as the script draws them."""
    return {
        one.title: [
            {"key": one.kind, "name": name, **{what: _series(sheet, one, name, what) for what in MEASURES}}
            for name in one.names
        ]
        for one in several
    }


def _series(sheet: Sheet, one: Grouping, name: str, what: str) -> list[list[list[float]]]:
    """Steps with the alert, without it where that was planned, and what is due: in the chart's order."""
    due = running((item for item in sheet.movers if one.group(item) == name), what)
    without = [_steps(one.then.get(name), what)] if sheet.without is not None else []
    drawn = [_steps(one.now[name], what), *without, [step for step in due if step[0] <= sheet.last_h]]
    return [[[round(h, 2), round(v, 1)] for h, v in thin(steps, MOST_STEPS)] for steps in drawn]


def _steps(steps: Sequence[InPlace] | None, what: str) -> list[tuple[float, float]]:
    return [(step.hour, float(getattr(step, what))) for step in steps or ()]


def group_rows(sheet: Sheet, several: Sequence[Grouping]) -> list[dict[str, Any]]:
    """The same as a table: how many there are of each, how many are in place by which day, when all are."""
    return [_row(sheet, one, name) for one in several for name in one.names]


def _row(sheet: Sheet, one: Grouping, name: str) -> dict[str, Any]:
    kind, key = one.kind, f"group.{one.kind}.{name}"
    several = [item for item in sheet.movers if one.group(item) == name]
    closes = [sheet.outcomes[item.id].close_h for item in several if item.id in sheet.outcomes]
    known = [hour for hour in closes if hour is not None]
    whole = bool(known) and len(known) == len(closes)
    return {
        "kind": one.title,
        "name": name,
        "people": sheet.people(
            f"{key}.people", sum(item.pax for item in several), of_group(kind, name, "sum", "people")
        ),
        "tonnes": sheet.tonnes(
            f"{key}.tonnes", sum(item.tonnes for item in several), of_group(kind, name, "sum", "tonnes")
        ),
        "by": [
            sheet.people(
                f"{key}.day-{day}",
                in_place_at(one.now[name], day * 24.0).people,
                of_group_arrivals(kind, name, day * 24.0, "people"),
            )
            for day in sheet.days
        ],
        "last": sheet.hour(
            f"{key}.last", max(known), of_group(kind, name, "max", "close_h", "plan.requirements")
        )
        if whole
        else None,
    }
