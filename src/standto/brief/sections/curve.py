"""The closure curve: people, tonnes and whole units in place over time, with and without the alert."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any

from markupsafe import Markup

from standto.advise.in_place import InPlace, in_place, in_place_at
from standto.brief.charts.steps import HourMark, Series, StepChart, draw_steps, thin
from standto.brief.evidence.sources import (
    of_arrivals,
    of_bound,
    of_closed,
    of_closure,
    of_due,
    of_half,
    of_rest,
)
from standto.brief.figures import Figure, sentence
from standto.brief.sections.groups import group_rows, group_series, groupings, running
from standto.brief.sheet import Section, Sheet
from standto.brief.words import spoken_span

SIZES = (("wide", 940.0, 400.0), ("narrow", 370.0, 330.0))
TABLE_DAYS = 60
Steps = list[tuple[float, float]]


def curve(sheet: Sheet) -> Section:
    """How the force builds up in place."""
    compared = sheet.without
    without = in_place(compared.problem, compared.plan) if compared is not None else ()
    charts = [_in_place(sheet, what, without) for what in ("people", "tonnes")]
    drawn = [_draw(sheet, chart) for chart in [*charts, _complete(sheet)] if chart is not None]
    sheet.scripts["closes"] = _closes(sheet)
    several = groupings(sheet)
    if several:
        sheet.scripts["groups"] = group_series(sheet, several)
    content = {
        "charts": drawn,
        "table": _table(sheet, without),
        "kinds": [(one.title, one.names) for one in several],
        "groups": group_rows(sheet, several),
    }
    return Section("curve", "Build-up", _title(sheet), _lead(sheet), content)


def _closes(sheet: Sheet) -> list[list[Any]]:
    """When each requirement closes, for what the curve says under the pointer."""
    rows = []
    for one in sheet.outcomes.values():
        if one.close_h is not None:
            wanted = sheet.requirements[one.id]
            rows.append([round(one.close_h, 2), sheet.name(one.id), wanted.nation, wanted.domain])
    return sorted(rows, key=lambda row: (row[0], row[1]))


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
    mark = sheet.span("half.after", half[1], of_half(half[0]), spoken=True)
    rest = sheet.span("half.rest", max(0.0, last - half[1]), of_rest(half[0]), spoken=True)
    return sentence(
        "Half of the {noun} are in place after {mark}; the rest takes {rest} more",
        noun=half[0],
        mark=mark,
        rest=rest,
    )


def _lead(sheet: Sheet) -> Markup:
    words = "People and tonnes count from the hour they are unloaded at their destination."
    if sheet.given.bound is not None:
        words += " The bound is the hour before which, as is proven, no plan for this force and lift can end."
    if sheet.given.value is not None:
        words += f" The plan without {sheet.alerts} uses the same lift."
    return Markup(words)


def _marks(sheet: Sheet) -> list[HourMark]:
    marks = []
    bound, last = sheet.bound, sheet.given.plan.totals.closure_h
    if bound is not None and bound.closure_h is not None and not sheet.proven_best:
        mark = sheet.hour("bound.closure", bound.closure_h, of_bound("closure_h"), down=True)
        marks.append(HourMark(bound.closure_h, f"bound: no plan ends before {mark}", "bound"))
    if last is not None:
        mark = sheet.hour("closure", last, of_closure())
        words = f"this plan: {mark}" + (", proven best" if sheet.proven_best else "")
        marks.append(HourMark(last, words, "with"))
    return marks


def _gap(sheet: Sheet) -> tuple[float, float] | None:
    bound, last = sheet.bound, sheet.given.plan.totals.closure_h
    if bound is None or bound.closure_h is None or last is None:
        return None
    return bound.closure_h, last


def _in_place(sheet: Sheet, what: str, without: tuple[InPlace, ...]) -> StepChart | None:
    """People or tonnes over time, with what is due by when; None where there are none to move."""
    if not any(one.pax if what == "people" else one.tonnes for one in sheet.movers):
        return None
    unit = "people" if what == "people" else "t"
    named = f"with {sheet.alerts}" if without else "this plan"
    series = [Series(named, "with", [(step.hour, float(getattr(step, what))) for step in sheet.steps])]
    if without:
        steps = [(one.hour, float(getattr(one, what))) for one in without]
        series.append(Series(f"without {sheet.alerts}", "without", steps))
    due = [one for one in running(sheet.movers, what) if one[0] <= sheet.last_h]
    series.append(Series("due", "due", due))
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

    def counted(hours: list[float]) -> Steps:
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
    """One row a day up to closure, or one for several days of a long move: in place, complete, and due."""
    rows = []
    days = int(sheet.last_h // 24) + 1
    every = -(-days // TABLE_DAYS)
    closes = sorted(one.close_h for one in sheet.outcomes.values() if one.close_h is not None)
    due = running(sheet.movers, "people")
    for day in range(every, days + every, every):
        hour = day * 24.0
        now = in_place_at(sheet.steps, hour)
        wanted = int(max((value for at, value in due if at <= hour + 1e-6), default=0.0))
        row: dict[str, Figure | str | int | None] = {
            "day": day,
            "date": sheet.clock.day(hour),
            "people": sheet.people(f"in-place.day-{day}.people", now.people, of_arrivals(hour, "people")),
            "tonnes": sheet.tonnes(f"in-place.day-{day}.tonnes", now.tonnes, of_arrivals(hour, "tonnes")),
            "due": sheet.people(f"due.day-{day}.people", wanted, of_due(hour, "people")),
            "complete": sheet.number(
                f"complete.day-{day}", bisect_right(closes, hour + 1e-6), of_closed(hour)
            ),
        }
        if without:
            then = in_place_at(without, hour)
            for what, made in (("people", sheet.people), ("tonnes", sheet.tonnes)):
                source = of_arrivals(hour, what, "without.landings")
                row[f"{what}_without"] = made(f"without.day-{day}.{what}", getattr(then, what), source)
        rows.append(row)
    return rows
