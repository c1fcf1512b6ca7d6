"""The closure curve: people, tonnes and whole units in place over time, with and without the alert."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any

from markupsafe import Markup

from standto.advise.in_place import InPlace, in_place, in_place_at
from standto.brief.charts.steps import HourMark, Series, StepChart, draw_steps, thin
from standto.brief.figures import Figure, sentence
from standto.brief.sheet import Section, Sheet
from standto.brief.words import spoken_span

SIZES = (("wide", 940.0, 400.0), ("narrow", 370.0, 330.0))
TABLE_DAYS = 60


def curve(sheet: Sheet) -> Section:
    """How the force builds up in place."""
    compared = sheet.without
    without = in_place(compared.problem, compared.plan) if compared is not None else ()
    charts = [_people(sheet, without), _tonnes(sheet, without), _complete(sheet)]
    drawn = [_draw(sheet, chart) for chart in charts if chart is not None]
    return Section(
        "curve", "Build-up", _title(sheet), _lead(sheet), {"charts": drawn, "table": _table(sheet, without)}
    )


def _half(sheet: Sheet) -> tuple[str, float] | None:
    people = sum(requirement.pax for requirement in sheet.movers)
    whole = float(people) or sum(requirement.tonnes for requirement in sheet.movers)
    for step in sheet.steps:
        there = float(step.people) if people else step.tonnes
        if whole > 0 and there >= whole / 2 - 1e-6:
            return ("people" if people else "tonnes"), step.hour
    return None


def _title(sheet: Sheet) -> Markup:
    """Rule: when half is in place, and how long the second half takes."""
    half, last = _half(sheet), sheet.given.plan.totals.closure_h
    if half is None or last is None:
        return Markup("Less than half of the force gets into place")
    mark = sheet.span("half.after", half[1], "first hour with half in place", spoken=True)
    rest = sheet.span(
        "half.rest", max(0.0, last - half[1]), "plan.totals.closure_h minus half.after", spoken=True
    )
    return sentence(
        "Half of the {noun} are in place after {mark}; the rest takes {rest} more",
        noun=half[0],
        mark=mark,
        rest=rest,
    )


def _lead(sheet: Sheet) -> Markup:
    words = "People and tonnes count from the hour they are unloaded at their destination."
    if sheet.given.bound is not None:
        words += " The bound is proven: no plan for this force and this lift can be faster."
    if sheet.given.value is not None:
        words += f" The plan without {sheet.alerts} uses the same lift."
    return Markup(words)


def _marks(sheet: Sheet) -> list[HourMark]:
    marks = []
    bound, last = sheet.bound, sheet.given.plan.totals.closure_h
    if bound is not None and bound.closure_h is not None:
        mark = sheet.hour("bound.closure", bound.closure_h, "bound.closure_h", down=True)
        marks.append(HourMark(bound.closure_h, f"bound: no plan ends before {mark}", "bound"))
    if last is not None:
        mark = sheet.hour("closure", last, "plan.totals.closure_h")
        marks.append(HourMark(last, f"this plan: {mark}", "with"))
    return marks


def _gap(sheet: Sheet) -> tuple[float, float] | None:
    bound, last = sheet.bound, sheet.given.plan.totals.closure_h
    if bound is None or bound.closure_h is None or last is None:
        return None
    return bound.closure_h, last


def _people(sheet: Sheet, without: tuple[InPlace, ...]) -> StepChart | None:
    if not any(requirement.pax for requirement in sheet.movers):
        return None
    return _in_place(sheet, "people", "people", without)


def _tonnes(sheet: Sheet, without: tuple[InPlace, ...]) -> StepChart | None:
    if not any(requirement.tonnes for requirement in sheet.movers):
        return None
    return _in_place(sheet, "tonnes", "t", without)


def _in_place(sheet: Sheet, what: str, unit: str, without: tuple[InPlace, ...]) -> StepChart:
    named = f"with {sheet.alerts}" if without else "this plan"
    series = [Series(named, "with", [(step.hour, float(getattr(step, what))) for step in sheet.steps])]
    if without:
        series.append(
            Series(
                f"without {sheet.alerts}",
                "without",
                [(one.hour, float(getattr(one, what))) for one in without],
            )
        )
    noun = "People" if what == "people" else "Tonnes of cargo"
    last = sheet.given.plan.totals.closure_h
    describe = (
        f"A step curve that rises to {series[0].steps[-1][1]:,.0f} {unit}"
        if series[0].steps
        else "Nothing is in place"
    )
    if last is not None:
        describe += f", {spoken_span(last)} after the order"
    return StepChart(
        f"in-place-{what}",
        f"{noun} in place over time",
        describe + ". The table below has the same by day.",
        unit,
        series,
        _marks(sheet),
        sheet.last_h,
        sheet.banner,
        _gap(sheet),
    )


def _complete(sheet: Sheet) -> StepChart | None:
    """Complete units against the proven earliest: the one measure whose whole curve has a bound."""
    closes = sorted(one.close_h for one in sheet.outcomes.values() if one.close_h is not None)
    if not closes or sheet.given.bound is None:
        return None
    earliest = sorted(sheet.given.bound.earliest_h.values())
    dues = sorted(requirement.due_h for requirement in sheet.problem.requirements)
    noun = sheet.unit(2).split("\N{NO-BREAK SPACE}")[-1]

    def counted(hours: list[float]) -> list[tuple[float, float]]:
        return [(max(0.0, hour), index + 1.0) for index, hour in enumerate(hours)]

    return StepChart(
        "complete",
        f"Complete {noun} over time, against the earliest that is possible and the hours they are due",
        "Step curves: what is complete, what could at best be complete, and what is due.",
        noun,
        [
            Series("complete", "with", counted(closes)),
            Series("at best (bound)", "bound", counted(earliest)),
            Series("due", "due", counted([hour for hour in dues if hour <= sheet.last_h])),
        ],
        (),
        sheet.last_h,
        sheet.banner,
    )


def _draw(sheet: Sheet, chart: StepChart) -> dict[str, Any]:
    sheet.scripts.setdefault("curves", {})[chart.key] = {
        "unit": chart.unit,
        "top": max((step[1] for one in chart.series for step in one.steps), default=0),
        "series": [
            {
                "name": one.name,
                "look": one.look,
                "steps": [[round(h, 2), round(v, 1)] for h, v in thin(one.steps)],
            }
            for one in chart.series
        ],
    }
    svgs = [draw_steps(chart, sheet.clock, width=w, height=h, variant=name) for name, w, h in SIZES]
    return {"key": chart.key, "title": chart.title, "svgs": svgs}


def _table(sheet: Sheet, without: tuple[InPlace, ...]) -> list[dict[str, Any]]:
    """One row a day up to closure, or one for several days of a long move: what is in place and complete."""
    rows = []
    days = int(sheet.last_h // 24) + 1
    every = -(-days // TABLE_DAYS)
    closes = sorted(one.close_h for one in sheet.outcomes.values() if one.close_h is not None)
    for day in range(every, days + every, every):
        now = in_place_at(sheet.steps, day * 24.0)
        source = f"plan stops: unloaded at the destination by hour {day * 24}"
        row: dict[str, Figure | str | int | None] = {
            "day": day,
            "date": sheet.clock.day(day * 24.0),
            "people": sheet.people(f"in-place.day-{day}.people", now.people, source),
            "tonnes": sheet.tonnes(f"in-place.day-{day}.tonnes", now.tonnes, source),
            "complete": sheet.number(
                f"complete.day-{day}",
                bisect_right(closes, day * 24.0 + 1e-6),
                f"plan.requirements: close_h by hour {day * 24}",
            ),
        }
        if without:
            then = in_place_at(without, day * 24.0)
            row["people_without"] = sheet.people(
                f"without.day-{day}.people", then.people, source + ", no alerts"
            )
            row["tonnes_without"] = sheet.tonnes(
                f"without.day-{day}.tonnes", then.tonnes, source + ", no alerts"
            )
        rows.append(row)
    return rows
