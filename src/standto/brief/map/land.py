"""Land and borders in a window, from Natural Earth 1:50m (public domain), cut where the map is cut."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from standto.brief.charts import svg
from standto.brief.data.files import data_text
from standto.brief.map.projection import Frame, LonLat, Point

STEPS_PER_DEG = 100.0
CLOSE_PX = 0.6
"""Corners closer than this to the last one are left out."""
SMALLEST_PX2 = 1.5
"""Islands smaller than this on the page are left out."""
TURNS = (-360.0, 0.0, 360.0)


@dataclass(frozen=True, slots=True)
class Ground:
    """Path data of one window: all land, and the borders of states on it."""

    land: str
    borders: str


def ground(view: Frame) -> Ground:
    """What lies under a window.

    Land is unrolled over the antimeridian and cut again at the meridian across the globe from the middle of
    the map, so that no shore runs from one edge of the page to the other.
    """
    from shapely.geometry import box

    tolerance = min(0.5, 14.0 / view.scale)
    window = box(*view.box())
    shapes = (shape for shape in _turned(_land(tolerance), window) if shape.geom_type == "Polygon")
    rings = [ring for shape in shapes for ring in (shape.exterior, *shape.interiors)]
    lines = [line for line in _turned(_borders(), window) if line.geom_type == "LineString"]
    return Ground(
        "".join(svg.path(points, closed=True) for ring in rings if (points := _ring(view, ring.coords))),
        "".join(svg.path(_thinned(piece)) for line in lines for piece in _pieces(view, line.coords)),
    )


def _turned(shapes: Sequence[Any], window: Any) -> Iterator[Any]:
    """The parts of shapes inside a window that may reach past the antimeridian."""
    from shapely.affinity import translate

    west, _, east, _ = window.bounds
    for shape in shapes:
        low, _, high, _ = shape.bounds
        for turn in TURNS:
            if low + turn <= east and high + turn >= west:
                found = (translate(shape, turn) if turn else shape).intersection(window)
                yield from _flat(found)


def _flat(found: Any) -> Iterator[Any]:
    for part in getattr(found, "geoms", [found]):
        if part.geom_type in {"Polygon", "LineString"} and not part.is_empty:
            yield part
        elif hasattr(part, "geoms"):
            yield from _flat(part)


def _ring(view: Frame, coords: Iterable[LonLat]) -> list[Point]:
    points = _thinned(view.shapes([(lon, lat) for lon, lat in _short(list(coords))]))
    return points if len(points) >= 3 and abs(_area(points)) >= SMALLEST_PX2 else []


def _short(points: list[LonLat]) -> Iterator[LonLat]:
    """A line whose long straight edges (cuts, parallels) have corners every two degrees."""
    for a, b in pairwise(points):
        far = max(abs(b[0] - a[0]), abs(b[1] - a[1]))
        pieces = max(1, int(far / 2.0))
        for piece in range(pieces):
            share = piece / pieces
            yield a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])
    yield points[-1]


def _pieces(view: Frame, coords: Iterable[LonLat]) -> Iterator[list[Point]]:
    """The stretches of a line that lie near the window."""
    piece: list[Point] = []
    for lon, lat in _short(list(coords)):
        x, y = view(lon, lat)
        if -8.0 <= x <= view.width + 8.0 and -8.0 <= y <= view.height + 8.0:
            piece.append((x, y))
        elif piece:
            if len(piece) > 1:
                yield piece
            piece = []
    if len(piece) > 1:
        yield piece


def _thinned(points: Sequence[Point]) -> list[Point]:
    kept: list[Point] = []
    for point in points:
        if not kept or abs(kept[-1][0] - point[0]) + abs(kept[-1][1] - point[1]) >= CLOSE_PX:
            kept.append(point)
    if points and kept[-1] != points[-1]:
        kept.append(points[-1])
    return kept


def _area(points: Sequence[Point]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*points, points[0]])) / 2


@cache
def _packed() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(data_text("land.json"))
    found["arcs"] = [_unpacked(steps) for steps in found["arcs"]]
    return found


def _unpacked(steps: Sequence[int]) -> list[LonLat]:
    x = y = 0
    line = []
    for dx, dy in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + dx, y + dy
        line.append((x / STEPS_PER_DEG, y / STEPS_PER_DEG))
    return line


@cache
def _land(tolerance: float) -> tuple[Any, ...]:
    """All pieces of land as valid polygons, unrolled over the antimeridian, thinned."""
    from shapely import make_valid
    from shapely.geometry import Polygon

    arcs = _packed()["arcs"]
    found: list[Any] = []
    for polygon in _packed()["land"]:
        outer, *inner = (_unrolled(ring, arcs) for ring in polygon)
        if len(outer) < 4:
            continue
        whole = Polygon(outer, [ring for ring in inner if len(ring) >= 4]).simplify(tolerance)
        found.extend(part for part in _flat(whole if whole.is_valid else make_valid(whole)))
    return tuple(part for part in found if part.geom_type == "Polygon")


@cache
def _borders() -> tuple[Any, ...]:
    from shapely.geometry import LineString

    arcs = _packed()["arcs"]
    return tuple(LineString(arcs[number]) for number in _packed()["borders"] if len(arcs[number]) > 1)


def _unrolled(ring: Sequence[int], arcs: Sequence[list[LonLat]]) -> list[LonLat]:
    """One ring as points; each follows the one before it the shorter way round the globe."""
    points: list[LonLat] = []
    for number in ring:
        part = arcs[number] if number >= 0 else arcs[~number][::-1]
        for lon, lat in part[1:] if points else part:
            last = points[-1][0] if points else lon
            points.append((lon - 360 * round((lon - last) / 360), lat))
    return points
