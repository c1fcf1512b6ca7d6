"""Small step charts of one resource in two plans: the second as an area, the first as a line over it."""

from __future__ import annotations

from markupsafe import Markup

from standto.advise.use import Use
from standto.brief.charts import svg
from standto.brief.charts.scale import Scale, day_ticks
from standto.brief.charts.use import BOTTOM, HEIGHT, TOP, WIDTH, Steps, coarse
from standto.brief.words import amount


def draw_pair(
    a: Use | None, b: Use | None, key: str, title: str, noun: str, last_h: float, mark: str
) -> Markup:
    """What is in use in both plans over the same hours, and how many there are as a line (or two).

    `mark` says EXERCISE or REAL, as every chart does.
    """
    uses = [one for one in (a, b) if one is not None]
    most = max([1, *(one.peak for one in uses), *(one.number or 0 for one in uses)])
    hours, levels = Scale(0.0, last_h, 2.0, WIDTH - 2.0), Scale(0.0, float(most), BOTTOM, TOP)
    parts: list[object] = []
    if b is not None:
        parts.append(svg.tag("path", d=_corners(coarse(b.steps), hours, levels, closed=True), class_="used"))
    if a is not None:
        parts.append(
            svg.tag(
                "path", d=_corners(coarse(a.steps), hours, levels, closed=False), class_="curve first-use"
            )
        )
    for number in sorted({one.number for one in uses if one.number is not None}):
        parts.append(svg.line(hours.start, levels(number), hours.end, levels(number), class_="limit"))
    parts.append(svg.line(hours.start, BOTTOM, hours.end, BOTTOM, class_="base"))
    parts.append(svg.text(2, TOP - 6, f"{amount(most)} {noun}", class_="tick"))
    parts.append(svg.text(WIDTH - 2, TOP - 6, mark, class_="foot", text_anchor="end"))
    for tick in day_ticks(0.0, last_h, 5):
        x = hours(tick)
        anchor = "start" if tick <= 0 else "end" if x > WIDTH - 24 else "middle"
        said = "C-hour" if tick == 0 else f"C+{round(tick / 24)}"
        parts.append(svg.line(x, BOTTOM, x, BOTTOM + 4, class_="base"))
        parts.append(svg.text(x, BOTTOM + 17, said, class_="tick", text_anchor=anchor))
    peaks = [amount(one.peak) if one is not None else "none" for one in (a, b)]
    describe = (
        f"At most {peaks[0]} at once in the first plan, {peaks[1]} in the second. "
        "The table below has the figures."
    )
    return svg.figure(title, describe, key, (WIDTH, HEIGHT), *parts, class_="chart use")


def _corners(steps: Steps, hours: Scale, levels: Scale, *, closed: bool) -> str:
    points: list[svg.Point] = [(hours(steps[0][0]), levels(0.0))]
    for hour, level in steps:
        points.append((hours(hour), points[-1][1]))
        points.append((hours(hour), levels(level)))
    points.append((points[-1][0], levels(0.0)))
    return svg.path(points, closed=closed)
