"""The closure curve by domain and by nation: a curve for each to choose, and a table of all."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from standto.advise.in_place import InPlace, in_place_at, in_place_by
from standto.brief.charts.steps import thin
from standto.brief.evidence.sources import of_group, of_group_arrivals
from standto.brief.sheet import Sheet
from standto.move.plan import Plan
from standto.move.problem import Problem, Requirement

KINDS: tuple[tuple[str, str, Callable[[Requirement], str]], ...] = (
    ("domain", "Domain", lambda one: one.domain),
    ("nation", "Nation", lambda one: one.nation),
)
MOST_STEPS = 240
Kinds = dict[str, list[dict[str, Any]]]


def running(several: Iterable[Requirement], what: str) -> list[tuple[float, float]]:
    """People or tonnes that are due, summed up by due hour."""
    due: dict[float, float] = defaultdict(float)
    for one in several:
        due[max(0.0, one.due_h)] += one.pax if what == "people" else one.tonnes
    hours = sorted(due)
    return list(zip(hours, itertools.accumulate(due[hour] for hour in hours), strict=True))


def group_series(sheet: Sheet) -> Kinds:
    """For each domain and nation, where there are several, its curves as the script draws them."""
    found: Kinds = {}
    compared = sheet.without
    for key, title, group in KINDS:
        names = dict.fromkeys(group(one) for one in sheet.movers)
        if len(names) < 2 or "" in names:
            continue
        now = in_place_by(sheet.problem, sheet.given.plan, group)
        then = _by(compared.problem, compared.plan, group) if compared is not None else {}
        found[title] = [
            {
                "key": key,
                "name": name,
                "people": _series(sheet, now[name], then.get(name), "people", group, name),
                "tonnes": _series(sheet, now[name], then.get(name), "tonnes", group, name),
            }
            for name in sorted(names)
        ]
    return found


def _by(problem: Problem, plan: Plan, group: Callable[[Requirement], str]) -> dict[str, tuple[InPlace, ...]]:
    return in_place_by(problem, plan, group)


def _series(
    sheet: Sheet,
    now: Sequence[InPlace],
    then: Sequence[InPlace] | None,
    what: str,
    group: Callable[[Requirement], str],
    name: str,
) -> list[list[list[float]]]:
    """Steps with the alert, without it where that was planned, and what is due: in the chart's order."""
    due = running((one for one in sheet.movers if group(one) == name), what)
    several = [_steps(now, what), *([_steps(then, what)] if sheet.without is not None else [])]
    drawn = [*several, [step for step in due if step[0] <= sheet.last_h]]
    return [[[round(h, 2), round(v, 1)] for h, v in thin(steps, MOST_STEPS)] for steps in drawn]


def _steps(steps: Sequence[InPlace] | None, what: str) -> list[tuple[float, float]]:
    return [(step.hour, float(getattr(step, what))) for step in steps or ()]


def group_rows(sheet: Sheet, kinds: Kinds) -> list[dict[str, Any]]:
    """The same as a table: how many there are of each, how many are in place by which day, when all are."""
    rows = []
    days = tuple(sheet.days)
    for key, title, group in KINDS:
        if title not in kinds:
            continue
        now = in_place_by(sheet.problem, sheet.given.plan, group)
        for one in kinds[title]:
            name = one["name"]
            rows.append(_row(sheet, key, title, name, group, now[name], days))
    return rows


def _row(
    sheet: Sheet,
    kind: str,
    title: str,
    name: str,
    group: Callable[[Requirement], str],
    steps: tuple[InPlace, ...],
    days: tuple[int, ...],
) -> dict[str, Any]:
    key = f"group.{kind}.{name}"
    several = [one for one in sheet.movers if group(one) == name]
    closes = [sheet.outcomes[one.id].close_h for one in several if one.id in sheet.outcomes]
    known = [hour for hour in closes if hour is not None]
    whole = bool(known) and len(known) == len(closes)
    return {
        "kind": title,
        "name": name,
        "people": sheet.people(
            f"{key}.people", sum(one.pax for one in several), of_group(kind, name, "sum", "people")
        ),
        "tonnes": sheet.tonnes(
            f"{key}.tonnes", sum(one.tonnes for one in several), of_group(kind, name, "sum", "tonnes")
        ),
        "by": [
            sheet.people(
                f"{key}.day-{day}",
                in_place_at(steps, day * 24.0).people,
                of_group_arrivals(kind, name, day * 24.0, "people"),
            )
            for day in days
        ],
        "last": sheet.hour(
            f"{key}.last", max(known), of_group(kind, name, "max", "close_h", "plan.requirements")
        )
        if whole
        else None,
    }
