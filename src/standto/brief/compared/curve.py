"""Both build-ups in one chart: people and tonnes in place over time, each plan with its bound."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from standto.advise.in_place import InPlace, in_place_at
from standto.brief.charts.steps import HourMark, Series, StepChart, draw_steps, thin
from standto.brief.compared.pair import Pair, Side
from standto.brief.evidence.sources import of_arrivals, of_bound, of_closure, of_due
from standto.brief.figures import sentence
from standto.brief.sections.curve import SIZES, TABLE_DAYS
from standto.brief.sections.groups import running
from standto.brief.sheet import Section

LOOKS = {"a": "without", "b": "with"}
SAME_H = 0.5


def curve(pair: Pair) -> Section:
    """How the force builds up in each of the two plans."""
    charts = [chart for what in ("people", "tonnes") if (chart := _chart(pair, what)) is not None]
    pair.pen.scripts["closes"] = _closes(pair)
    content = {"charts": [_draw(pair, chart) for chart in charts], "table": _table(pair)}
    lead = Markup(
        "People and tonnes count from the hour they are unloaded at their destination. The shaded stretch "
        "lies between the last close of the one plan and that of the other; the bounds are proven."
    )
    return Section("build-up", "Build-up", _title(pair), lead, content)


def _title(pair: Pair) -> Markup:
    """Rule: the day by whose end the two differ most in people (tonnes, where there are none)."""
    what = "people" if pair.by_people else "tonnes"
    days = range(1, int(pair.last_h // 24) + 2)
    found = {day: _at(pair.b, day * 24.0, what) - _at(pair.a, day * 24.0, what) for day in days}
    day = max(found, key=lambda one: abs(found[one]))
    if abs(found[day]) < 1:
        return Markup("Both plans build up alike")
    hour = day * 24.0
    rows = tuple(row for side in pair.sides for row in side.source(of_arrivals(hour, what)).rows)
    source = of_arrivals(hour, what)
    source = type(source)(f"second plan less first plan: {source.path}", source.how, rows)
    gap = pair.amount(f"in-place.day-{day}.gap", abs(found[day]), source)
    word = "more" if found[day] > 0 else "fewer" if pair.by_people else "less"
    return sentence(
        "By the end of day {day} the second plan has {gap} {word} {noun} in place: the largest gap",
        day=day,
        gap=gap,
        word=word,
        noun="people" if pair.by_people else "t",
    )


def _at(side: Side, hour: float, what: str) -> float:
    return float(getattr(in_place_at(side.sheet.steps, hour), what))


def _closes(pair: Pair) -> list[list[Any]]:
    """When each requirement closes in which plan, for what the curve says under the pointer."""
    rows = []
    for side in pair.sides:
        for one in side.sheet.outcomes.values():
            if one.close_h is not None:
                wanted = side.sheet.requirements[one.id]
                name = f"{side.sheet.name(one.id)} ({side.nth})"
                rows.append([round(one.close_h, 2), name, wanted.nation, wanted.domain])
    return sorted(rows, key=lambda row: (row[0], row[1]))


def _marks(pair: Pair) -> list[HourMark]:
    marks = []
    bounds = [side.sheet.bound.closure_h if side.sheet.bound is not None else None for side in pair.sides]
    for side, bound in zip(pair.sides, bounds, strict=True):
        if bound is None or (side.key == "b" and bounds[0] is not None and abs(bounds[0] - bound) < SAME_H):
            continue
        mark = pair.pen.hour(
            f"{side.key}.bound.closure", bound, side.source(of_bound("closure_h")), down=True
        )
        alone = bounds[0] is None or bounds[1] is None or abs(bounds[0] - bounds[1]) >= SAME_H
        whose = f"bound of the {side.nth}" if alone else "bound of both"
        marks.append(HourMark(bound, f"{whose}: {mark}", "bound"))
    for side in pair.sides:
        if side.closure_h is not None:
            mark = pair.pen.hour(f"{side.key}.closure", side.closure_h, side.source(of_closure()))
            marks.append(HourMark(side.closure_h, f"{side.nth} plan: {mark}", LOOKS[side.key]))
    return marks


def _chart(pair: Pair, what: str) -> StepChart | None:
    if not any(one.pax if what == "people" else one.tonnes for s in pair.sides for one in s.sheet.movers):
        return None
    series = [
        Series(f"{side.nth} plan", LOOKS[side.key], _steps(side.sheet.steps, what)) for side in pair.sides
    ]
    dues = [[one for one in running(s.sheet.movers, what) if one[0] <= pair.last_h] for s in pair.sides]
    if dues[0] != dues[1]:
        series.append(Series("due in the first", "due first", dues[0]))
    series.append(Series("due" if dues[0] == dues[1] else "due in the second", "due", dues[1]))
    a, b = pair.a.closure_h, pair.b.closure_h
    gap = None if a is None or b is None or abs(a - b) < SAME_H else (min(a, b), max(a, b))
    noun = "People" if what == "people" else "Tonnes of cargo"
    ends = " and ".join(f"{one.steps[-1][1]:,.0f} in the {one.name}" for one in series[:2] if one.steps)
    return StepChart(
        f"in-place-{what}",
        f"{noun} in place over time in both plans",
        f"Step curves that end at {ends}. The table below has the same by day.",
        "people" if what == "people" else "t",
        series,
        _marks(pair),
        pair.last_h,
        pair.kind,
        gap,
    )


def _steps(steps: tuple[InPlace, ...], what: str) -> list[tuple[float, float]]:
    return [(one.hour, float(getattr(one, what))) for one in steps]


def _draw(pair: Pair, chart: StepChart) -> dict[str, Any]:
    series = [
        {
            "name": one.name,
            "look": one.look,
            "steps": [[round(h, 2), round(v, 1)] for h, v in thin(one.steps)],
        }
        for one in chart.series
    ]
    pair.pen.scripts.setdefault("curves", {})[chart.key] = {"unit": chart.unit, "series": series}
    svgs = [draw_steps(chart, pair.clock, width=w, height=h, variant=name) for name, w, h in SIZES]
    return {"key": chart.key, "title": chart.title, "svgs": svgs}


def _table(pair: Pair) -> list[dict[str, Any]]:
    """One row a day, or one for several days of a long move: in place in each plan, and due."""
    days = int(pair.last_h // 24) + 1
    every = -(-days // TABLE_DAYS)
    due = running(pair.b.sheet.movers, "people")
    rows = []
    for day in range(every, days + every, every):
        hour = day * 24.0
        wanted = int(max((value for at, value in due if at <= hour + 1e-6), default=0.0))
        row: dict[str, Any] = {
            "day": day,
            "date": pair.clock.day(hour),
            "due": pair.pen.people(f"due.day-{day}.people", wanted, pair.b.source(of_due(hour, "people"))),
        }
        for side in pair.sides:
            now = in_place_at(side.sheet.steps, hour)
            for what, made in (("people", pair.pen.people), ("tonnes", pair.pen.tonnes)):
                key = f"{side.key}.in-place.day-{day}.{what}"
                source = side.source(of_arrivals(hour, what))
                row[f"{what}_{side.key}"] = made(key, getattr(now, what), source)
        rows.append(row)
    return rows
