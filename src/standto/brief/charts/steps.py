"""Step curves over hours: what has been reached by when, with marked hours and labels at the lines."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from standto.brief.charts import svg
from standto.brief.charts.labels import Box, text_width
from standto.brief.charts.scale import Scale, day_ticks, round_ticks
from standto.brief.words import Clock, amount

SIZE = 13.0
ROW = 17.0


@dataclass(frozen=True, slots=True)
class Series:
    """One step curve: (hour, value) pairs in time order; `look` is the class that styles it."""

    name: str
    look: str
    steps: Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class HourMark:
    """A vertical line at an hour, with words at its head."""

    hour: float
    words: str
    look: str


@dataclass(frozen=True, slots=True)
class StepChart:
    """What is drawn: series, marked hours, and a range of hours that is shaded."""

    key: str
    title: str
    describe: str
    unit: str
    series: Sequence[Series]
    marks: Sequence[HourMark]
    last_h: float
    footer: str = ""
    gap: tuple[float, float] | None = None


def thin(steps: Sequence[tuple[float, float]], most: int = 600) -> list[tuple[float, float]]:
    """At most `most` steps, keeping the last value of each stretch of time, so the curve stays monotone."""
    if len(steps) <= most:
        return list(steps)
    low, high = steps[0][0], steps[-1][0]
    width = (high - low) / (most - 1) or 1.0
    kept: dict[int, tuple[float, float]] = {}
    for hour, value in steps:
        kept[int((hour - low) / width)] = (hour, value)
    return list(kept.values())


def draw_steps(chart: StepChart, clock: Clock, *, width: float, height: float, variant: str) -> Markup:
    """Draw the chart at one size; `variant` keeps ids apart where a page holds several sizes."""
    key = f"{chart.key}-{variant}"
    rows = _mark_rows(chart.marks, chart.last_h, width)
    top = 26.0 + ROW * (max(rows.values(), default=-1) + 1)
    bottom = height - (58.0 if chart.footer else 44.0)
    hours = Scale(0.0, chart.last_h, 8.0, width - 10.0)
    ticks = round_ticks(max((step[1] for one in chart.series for step in one.steps), default=0.0))
    values = Scale(0.0, ticks[-1], bottom, top)
    lines = [_corners(one, hours, values) for one in chart.series]
    plot = Box(hours.start, top, hours.end - hours.start, bottom - top)
    drawn: list[object] = [*_grid(ticks, values, hours, chart.unit, top)]
    for one, corners in zip(chart.series, lines, strict=True):
        drawn.append(svg.tag("path", d=svg.path(corners), class_=f"curve {one.look}"))
    drawn.extend(_names(chart.series, lines, plot, height - 6))
    parts: list[object] = [_gap(chart, hours, top, bottom)]
    parts.extend(_days(hours, bottom, clock, width))
    parts.extend(_marks(chart.marks, rows, hours, bottom))
    parts.append(svg.tag("g", *drawn, class_="plot"))
    if chart.footer:
        parts.append(svg.text(width - 10, height - 6, chart.footer, class_="foot", text_anchor="end"))
    return svg.figure(
        chart.title,
        chart.describe,
        key,
        (width, height),
        *parts,
        class_=f"chart {variant}",
        data_curve=chart.key,
        data_span=f"{svg.number(hours.start)} {svg.number(hours.end)} {chart.last_h:.3f}",
        data_depth=f"{svg.number(top)} {svg.number(bottom)}",
    )


def _gap(chart: StepChart, hours: Scale, top: float, bottom: float) -> Markup:
    if chart.gap is None:
        return Markup("")
    start, end = hours(chart.gap[0]), hours(chart.gap[1])
    return svg.tag("rect", x=start, y=top, width=max(0.0, end - start), height=bottom - top, class_="gap")


def _grid(ticks: Sequence[float], values: Scale, hours: Scale, unit: str, top: float) -> list[Markup]:
    parts = []
    for tick in ticks:
        y = values(tick)
        parts.append(svg.line(hours.start, y, hours.end, y, class_="base" if tick == 0 else "grid"))
        words = f"{amount(tick)} {unit}" if tick == ticks[-1] else amount(tick)
        if tick > 0:
            parts.append(svg.text(hours.start, y - 4, words, class_="tick"))
    return parts


def _days(hours: Scale, bottom: float, clock: Clock, width: float) -> list[Markup]:
    parts = []
    most = max(3, int(width / 78))
    ticks = day_ticks(hours.low, hours.high, most)
    for tick in ticks:
        x = hours(tick)
        anchor = "start" if tick <= 0 else "end" if x > width - 30 else "middle"
        parts.append(svg.line(x, bottom, x, bottom + 5, class_="base"))
        words = "C-hour" if tick == 0 else f"C+{round(tick / 24)}"
        parts.append(svg.text(x, bottom + 19, words, class_="tick", text_anchor=anchor))
        if clock.epoch:
            parts.append(svg.text(x, bottom + 34, clock.day(tick), class_="tick soft", text_anchor=anchor))
    return parts


def _mark_rows(marks: Sequence[HourMark], last_h: float, width: float) -> dict[int, int]:
    """The row over the plot in which each mark's words stand, so that none overlap."""
    hours = Scale(0.0, last_h, 8.0, width - 10.0)
    ends: list[float] = []
    rows: dict[int, int] = {}
    for index in sorted(range(len(marks)), key=lambda index: marks[index].hour):
        start, end = _mark_extent(marks[index], hours, width)
        row = next((row for row, last in enumerate(ends) if start > last + 8), len(ends))
        ends[row:] = [end, *ends[row + 1 :]]
        rows[index] = row
    return rows


def _mark_extent(mark: HourMark, hours: Scale, width: float) -> tuple[float, float]:
    x, wide = hours(mark.hour), text_width(mark.words, SIZE)
    if x + 5 + wide <= width:
        return x + 5, x + 5 + wide
    end = x - 5 if x - 5 - wide >= 0 else width
    return end - wide, end


def _marks(marks: Sequence[HourMark], rows: dict[int, int], hours: Scale, bottom: float) -> list[Markup]:
    parts = []
    width = hours.end + 10.0
    for index, mark in enumerate(marks):
        y = 14.0 + ROW * rows[index]
        x = hours(mark.hour)
        start, end = _mark_extent(mark, hours, width)
        left = start >= x
        parts.append(svg.line(x, y - 9, x, bottom, class_=f"mark {mark.look}"))
        parts.append(
            svg.text(
                start if left else end,
                y,
                mark.words,
                class_=f"name {mark.look}",
                text_anchor="start" if left else "end",
            )
        )
    return parts


def _corners(one: Series, hours: Scale, values: Scale) -> list[svg.Point]:
    """The corners of a step curve from hour 0 to the right edge; what lies before hour 0 is there at 0."""
    points: list[svg.Point] = [(hours(0.0), values(0.0))]
    for hour, value in thin(one.steps):
        x, y = hours(hour), values(value)
        points.append((x, points[-1][1]))
        points.append((x, y))
    points.append((hours.end, points[-1][1]))
    return points


def _names(
    series: Sequence[Series], lines: Sequence[list[svg.Point]], plot: Box, foot_y: float
) -> list[Markup]:
    """Each curve's name beside it, where it covers no curve and no other name; else in a key at the foot."""
    taken = [_around(a, b) for points in lines for a, b in itertools.pairwise(points)]
    parts = []
    left = plot.x
    for one, points in zip(series, lines, strict=True):
        wide = text_width(one.name, SIZE)
        seat = next((seat for seat in _name_seats(points, wide) if _free(seat, wide, plot, taken)), None)
        if seat is None:
            sample = svg.path([(left, foot_y - 4), (left + 28, foot_y - 4)])
            parts.append(svg.tag("path", d=sample, class_=f"curve {one.look}"))
            seat = left + 34, foot_y, "start"
            left += 34 + wide + 14
        x, y, anchor = seat
        parts.append(svg.text(x, y, one.name, class_=f"name {one.look}", text_anchor=anchor))
        taken.append(_seat_box(seat, wide))
    return parts


def _seat_box(seat: tuple[float, float, str], wide: float) -> Box:
    x, y, anchor = seat
    return Box(x if anchor == "start" else x - wide, y - SIZE, wide, SIZE + 4)


def _free(seat: tuple[float, float, str], wide: float, plot: Box, taken: Sequence[Box]) -> bool:
    box = _seat_box(seat, wide)
    return box.within(plot) and not any(box.meets(other) for other in taken)


def _around(a: svg.Point, b: svg.Point) -> Box:
    return Box(min(a[0], b[0]) - 1, min(a[1], b[1]) - 1, abs(a[0] - b[0]) + 2, abs(a[1] - b[1]) + 2)


def _name_seats(points: Sequence[svg.Point], wide: float) -> list[tuple[float, float, str]]:
    low, high = points[0][1], points[-1][1]
    found = []
    for share in (0.62, 0.45, 0.78, 0.3, 0.9, 0.18):
        level = low + (high - low) * share
        x = next((point[0] for point in points if point[1] <= level), points[-1][0])
        found.append((x - 8, level + 4, "end"))
        found.append((x + 8, level + 4, "start"))
    end = points[-1]
    found.append((end[0], end[1] - 8, "end"))
    found.append((end[0], end[1] + 18, "end"))
    return found
