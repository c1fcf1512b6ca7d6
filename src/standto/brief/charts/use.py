"""Small step charts of one resource each: how many slots or vehicles are in use over time, of how many."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from markupsafe import Markup

from standto.advise.use import Use
from standto.brief.charts import svg
from standto.brief.charts.scale import Scale, day_ticks
from standto.brief.words import amount

WIDTH, HEIGHT = 264.0, 96.0
TOP, BOTTOM = 22.0, 76.0
MOST_STEPS = 160
Steps = Sequence[tuple[float, int]]


def coarse(steps: Steps, most: int = MOST_STEPS) -> list[tuple[float, int]]:
    """At most `most` steps: of each stretch of time the highest level, so that no peak is lost."""
    if len(steps) <= most:
        return list(steps)
    low, high = steps[0][0], steps[-1][0]
    width = (high - low) / (most - 1) or 1.0
    kept: dict[int, tuple[float, int]] = {}
    for hour, level in steps:
        cell = int((hour - low) / width)
        before = kept.get(cell)
        kept[cell] = (before[0], max(before[1], level)) if before is not None else (hour, level)
    last = len(kept) and max(kept)
    kept[last] = (kept[last][0], steps[-1][1])
    return list(kept.values())


def draw_use(use: Use, key: str, title: str, noun: str, last_h: float, mark: str) -> Markup:
    """One chart: what is in use as an area, the limit as a line, and the hours in which all are as a band.

    `mark` says EXERCISE or REAL, as every chart does.
    """
    most = max(use.number or 0, use.peak, 1)
    hours, levels = Scale(0.0, last_h, 2.0, WIDTH - 2.0), Scale(0.0, float(most), BOTTOM, TOP)
    steps = coarse(use.steps)
    parts: list[object] = [svg.tag("path", d=_area(steps, hours, levels), class_="used")]
    if use.number is not None:
        parts.append(svg.tag("path", d=_full(steps, use.number, hours), class_="full"))
        y = levels(use.number)
        parts.append(svg.line(hours.start, y, hours.end, y, class_="limit"))
    parts.append(svg.line(hours.start, BOTTOM, hours.end, BOTTOM, class_="base"))
    words = amount(use.number) if use.number is not None else amount(use.peak)
    parts.append(svg.text(2, TOP - 6, f"{words} {noun}", class_="tick"))
    parts.append(svg.text(WIDTH - 2, TOP - 6, mark, class_="foot", text_anchor="end"))
    for tick in day_ticks(0.0, last_h, 5):
        x = hours(tick)
        anchor = "start" if tick <= 0 else "end" if x > WIDTH - 24 else "middle"
        said = "C-hour" if tick == 0 else f"C+{round(tick / 24)}"
        parts.append(svg.line(x, BOTTOM, x, BOTTOM + 4, class_="base"))
        parts.append(svg.text(x, BOTTOM + 17, said, class_="tick", text_anchor=anchor))
    describe = f"In use over time, at most {amount(use.peak)} at once. The table below has the figures."
    return svg.figure(title, describe, key, (WIDTH, HEIGHT), *parts, class_="chart use")


def _area(steps: Steps, hours: Scale, levels: Scale) -> str:
    points: list[svg.Point] = [(hours(steps[0][0]), levels(0.0))]
    for hour, level in steps:
        points.append((hours(hour), points[-1][1]))
        points.append((hours(hour), levels(level)))
    points.append((points[-1][0], levels(0.0)))
    return svg.path(points, closed=True)


def _full(steps: Steps, number: int, hours: Scale) -> str:
    """A band under the axis over the hours in which all are in use."""
    parts = []
    for (hour, level), (end, _) in itertools.pairwise(steps):
        if level >= number:
            x, wide = hours(hour), max(0.6, hours(end) - hours(hour))
            parts.append(
                f"M{svg.number(x)} {svg.number(BOTTOM - 4)}h{svg.number(wide)}v4h-{svg.number(wide)}z"
            )
    return "".join(parts)
