"""Drawing one window of the map: land, ways by mode, places by their part, labels that keep apart."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from standto.brief.charts import svg
from standto.brief.charts.labels import Box, place_labels, text_width
from standto.brief.map.projection import Frame, LonLat

SIZE = 12.5
CLOSE_PX = 0.7
ARROW_WEIGHT = 0.04
"""Ways that carry less than this share of the most loaded one are drawn lighter, without a head."""
SHAPES = {
    "home": "M-{r} -{r}H{r}V{r}H-{r}Z",
    "goal": "M0 -{r}L{r} {r}H-{r}Z",
    "between": "",
}


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map: `part` is `home`, `goal` or `between`; `weight` from 0 to 1 sizes it."""

    id: str
    name: str
    at: LonLat
    part: str
    weight: float
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """A way on the map, from first to last point; `weight` from 0 to 1 sets its width."""

    mode: str
    points: Sequence[LonLat]
    weight: float
    words: str


def land_path(frame: Frame, land: Iterable[tuple[str, Sequence[Sequence[LonLat]]]]) -> str:
    """All land in a window as one path, each state closed on its own so that borders show."""
    parts = []
    for _, rings in land:
        for ring in rings:
            points = _thin(frame.shapes(ring))
            if len(points) >= 3:
                parts.append(svg.path(points, closed=True))
    return "".join(parts)


def _thin(points: Sequence[svg.Point]) -> list[svg.Point]:
    kept: list[svg.Point] = []
    for point in points:
        if not kept or math.dist(kept[-1], point) >= CLOSE_PX:
            kept.append(point)
    if points and kept[-1] != points[-1]:
        kept.append(points[-1])
    return kept


def draw_window(
    frame: Frame,
    lines: Sequence[Line],
    spots: Sequence[Spot],
    *,
    key: str,
    variant: str,
    land_id: str,
    title: str,
    describe: str,
    footer: str,
    shrink: float = 1.0,
    inset: Frame | None = None,
) -> Markup:
    """One window at one size; land comes from the shared path `land_id`, `shrink` times as large."""
    size = frame.width * shrink, frame.height * shrink
    land = svg.tag("use", href=f"#{land_id}", transform=f"scale({shrink:.4f})" if shrink != 1 else None)
    drawn_lines = [_line(frame, line, shrink) for line in sorted(lines, key=lambda line: -line.weight)]
    shown = [spot for spot in spots if frame.holds(*spot.at)]
    shown.sort(key=lambda spot: (spot.part == "between", -spot.weight, spot.id))
    named = [spot for spot in shown if inset is None or not inset.holds(*spot.at)]
    drawn_spots = [_spot(frame, spot, shrink) for spot in reversed(shown)]
    return svg.figure(
        title,
        describe,
        f"{key}-{variant}",
        size,
        svg.tag("rect", width=size[0], height=size[1], class_="water"),
        land,
        *drawn_lines,
        _inset(frame, inset, shrink),
        *drawn_spots,
        *_labels(frame, named, shrink, size, shown),
        svg.text(size[0] - 8, size[1] - 8, footer, class_="foot halo", text_anchor="end"),
        class_=f"chart map {variant}",
    )


def _place(frame: Frame, at: LonLat, shrink: float) -> svg.Point:
    x, y = frame(*at)
    return x * shrink, y * shrink


def _line(frame: Frame, line: Line, shrink: float) -> Markup:
    points = _thin([_place(frame, at, shrink) for at in line.points])
    wide = (0.8 + 5.2 * math.sqrt(line.weight)) * (1 if shrink == 1 else 0.75)
    parts = [svg.tag("path", d=svg.path(points), class_=f"way {line.mode}", stroke_width=wide)]
    if line.weight >= ARROW_WEIGHT:
        parts.append(_arrow(points, wide, line.mode))
    passing = not all(frame.holds(*line.points[end]) for end in (0, -1))
    look = "passing" if passing else "light" if line.weight < ARROW_WEIGHT else None
    return svg.tag("g", svg.tag("title", line.words), *parts, class_=look)


def _arrow(points: Sequence[svg.Point], wide: float, mode: str) -> Markup:
    """A head at six tenths of the way, which shows the direction where the line is long enough for one."""
    lengths = [math.dist(a, b) for a, b in itertools.pairwise(points)]
    left = sum(lengths) * 0.6
    if sum(lengths) < 30:
        return Markup("")
    for (a, b), length in zip(itertools.pairwise(points), lengths, strict=True):
        if left <= length and length > 0:
            share = left / length
            x, y = a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])
            turn = math.degrees(math.atan2(b[1] - a[1], b[0] - a[0]))
            r = 3.5 + wide * 0.8
            return svg.tag(
                "path",
                d=f"M{svg.number(r)} 0L{svg.number(-r)} {svg.number(r)}V{svg.number(-r)}Z",
                class_=f"head {mode}",
                transform=f"translate({svg.number(x)} {svg.number(y)}) rotate({turn:.0f})",
            )
        left -= length
    return Markup("")


def radius(weight: float, shrink: float) -> float:
    """The size of a place's sign in pixels."""
    return (4 + 9 * math.sqrt(weight)) * (1 if shrink == 1 else 0.75)


def _spot(frame: Frame, spot: Spot, shrink: float) -> Markup:
    x, y = _place(frame, spot.at, shrink)
    r = radius(spot.weight, shrink)
    said = svg.tag("title", f"{spot.name}: {spot.words}")
    if spot.part == "between":
        return svg.tag("circle", said, cx=x, cy=y, r=r, class_="spot between")
    shape = SHAPES[spot.part].format(r=svg.number(r * 0.9))
    return svg.tag(
        "path",
        said,
        d=shape,
        class_=f"spot {spot.part}",
        transform=f"translate({svg.number(x)} {svg.number(y)})",
    )


def _inset(frame: Frame, inset: Frame | None, shrink: float) -> Markup:
    """The outline, on this window, of the window that shows a part of it larger."""
    if inset is None:
        return Markup("")
    rim = [point for point in inset.rim() if point is not None]
    path = svg.path([_place(frame, point, shrink) for point in rim], closed=True)
    return svg.tag("path", d=path, class_="inset")


def _labels(
    frame: Frame, named: Sequence[Spot], shrink: float, size: tuple[float, float], shown: Sequence[Spot]
) -> list[Markup]:
    """Names of places, destinations and homes first, where they cover no sign and no other name."""
    wanted, taken = [], []
    for spot in shown:
        x, y = _place(frame, spot.at, shrink)
        r = radius(spot.weight, shrink)
        taken.append(Box(x - r, y - r, 2 * r, 2 * r))
    for spot in named:
        x, y = _place(frame, spot.at, shrink)
        gap = radius(spot.weight, shrink) + 3
        wanted.append((x, y, text_width(spot.name, SIZE), SIZE + 3, gap))
    seats = place_labels(wanted, taken, Box(4, 4, size[0] - 8, size[1] - 24))
    parts = []
    for spot, seat, (x, y, _, _, gap) in zip(named, seats, wanted, strict=True):
        if seat is None:
            continue
        middle = seat.x + seat.width / 2, seat.y + seat.height / 2
        if abs(middle[0] - x) > seat.width / 2 + gap * 1.5 or abs(middle[1] - y) > gap * 2.5:
            end = min(max(x, seat.x), seat.x + seat.width), min(max(y, seat.y), seat.y + seat.height)
            parts.append(svg.line(x, y, *end, class_="lead-line"))
        anchor = "start" if seat.x >= x else "end" if seat.x + seat.width <= x else "middle"
        left = {"start": seat.x, "end": seat.x + seat.width, "middle": middle[0]}[anchor]
        parts.append(svg.text(left, seat.y + SIZE - 1, spot.name, class_="halo place", text_anchor=anchor))
    return parts
