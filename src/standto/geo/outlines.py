"""Outlines of states: which land a point or a way lies on, and a basemap to draw them over.

The shipped outlines are Natural Earth 1:50m (public domain), thinned; they are good to about two kilometres.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Any

from standto.geo.files import data_file

Ring = tuple[tuple[float, float], ...]
SHORE_TOLERANCE_DEG = 0.05
BASEMAP_BBOX = (-130.0, 22.0, 48.0, 74.0)


@cache
def states() -> dict[str, Any]:
    """Every state of the shipped outlines as a Shapely MultiPolygon in lon, lat, by alpha-2 code."""
    from shapely import get_parts, union_all
    from shapely.geometry import MultiPolygon

    packed = json.loads(data_file("outlines.json").read_text(encoding="utf-8"))
    arcs = [_unpack(steps) for steps in packed["arcs"]]
    shapes: dict[str, Any] = {}
    for code, polygons in packed["states"].items():
        parts = [part for polygon in polygons for part in _polygon([_ring(ring, arcs) for ring in polygon])]
        whole = MultiPolygon(parts)
        shapes[code] = whole if whole.is_valid else MultiPolygon(get_parts(union_all(parts)).tolist())
    return shapes


def _unpack(steps: Sequence[int]) -> list[tuple[float, float]]:
    """One arc from its steps of a thousandth of a degree."""
    x = y = 0
    line = []
    for dx, dy in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + dx, y + dy
        line.append((x / 1000, y / 1000))
    return line


def _ring(numbers: Sequence[int], arcs: Sequence[list[tuple[float, float]]]) -> list[tuple[float, float]]:
    """One ring from arc numbers (~n runs backwards), unrolled over the antimeridian."""
    points: list[tuple[float, float]] = []
    for number in numbers:
        part = arcs[number] if number >= 0 else arcs[~number][::-1]
        points.extend(part[1:] if points else part)
    unrolled = points[:1]
    for lon, lat in points[1:]:
        last = unrolled[-1][0]
        unrolled.append((lon - 360 * round((lon - last) / 360), lat))
    return unrolled


def _polygon(rings: Sequence[list[tuple[float, float]]]) -> list[Any]:
    """The polygons of one set of rings, cut at the antimeridian and made valid."""
    from shapely import make_valid
    from shapely.affinity import translate
    from shapely.geometry import MultiPolygon, Polygon, box

    rings = [ring for ring in rings if len(ring) >= 4]
    if not rings:
        return []
    whole = Polygon(rings[0], rings[1:])
    if not whole.is_valid:
        whole = make_valid(whole)
    west, _, east, _ = whole.bounds
    pieces = [whole]
    if east > 180 or west < -180:
        turns = {-360: box(-540, -90, -180, 90), 0: box(-180, -90, 180, 90), 360: box(180, -90, 540, 90)}
        pieces = [translate(whole.intersection(window), -turn) for turn, window in turns.items()]
    flat = [part for piece in pieces for part in getattr(piece, "geoms", [piece])]
    flat = [part for piece in flat for part in (piece.geoms if isinstance(piece, MultiPolygon) else [piece])]
    return [part for part in flat if isinstance(part, Polygon) and not part.is_empty]


@cache
def _state_index() -> tuple[Any, list[str]]:
    """A spatial index over the single polygons, and the state of each."""
    from shapely import STRtree

    polygons = [(code, part) for code, shape in states().items() for part in shape.geoms]
    return STRtree([part for _, part in polygons]), [code for code, _ in polygons]


def country_at(lat: float, lon: float) -> str:
    """Alpha-2 code of the state a point lies in, or whose shore is within about 5 km; empty at sea."""
    from shapely.geometry import Point

    tree, codes = _state_index()
    point = Point(lon, lat)
    inside: list[str] = sorted(codes[int(number)] for number in tree.query(point, predicate="intersects"))
    if inside:
        return inside[0]
    nearest, distance = tree.query_nearest(point, return_distance=True)
    return codes[int(nearest[0])] if float(distance[0]) <= SHORE_TOLERANCE_DEG else ""


def basemap(
    bbox: tuple[float, float, float, float] = BASEMAP_BBOX, tolerance_deg: float = 0.06
) -> list[tuple[str, list[Ring]]]:
    """Land to draw under a map: states with their outer rings in lon, lat, cut to a box.

    Parameters
    ----------
    bbox
        West, south, east, north in degrees; the default holds North America, the Atlantic and Europe.
    tolerance_deg
        How far a drawn shore may be off; islands smaller than a few tolerances squared are left out.

    Returns
    -------
    list of (ISO 3166-1 alpha-2 code, rings)
        Coordinates have two decimals. The default takes about 150 kB as JSON.
    """
    from shapely.geometry import box

    window = box(*bbox)
    drawn: list[tuple[str, list[Ring]]] = []
    for code, shape in sorted(states().items()):
        if not shape.intersects(window):
            continue
        thinned = shape.simplify(tolerance_deg).buffer(0).intersection(window)
        rings = [
            tuple((round(x, 2), round(y, 2)) for x, y in part.exterior.coords)
            for part in getattr(thinned, "geoms", [thinned])
            if part.geom_type == "Polygon" and part.area >= 4 * tolerance_deg**2
        ]
        if rings:
            drawn.append((code, rings))
    return drawn


def crossed(line: Sequence[tuple[float, float]]) -> frozenset[str]:
    """Alpha-2 codes of the states whose land a line in lon, lat touches, jumps of the antimeridian aside."""
    from shapely.geometry import LineString

    tree, codes = _state_index()
    found: set[str] = set()
    part = [line[0]]
    for last, point in pairwise(line):
        if abs(point[0] - last[0]) < 180:
            part.append(point)
            continue
        found |= (
            {codes[int(n)] for n in tree.query(LineString(part), predicate="intersects")}
            if len(part) > 1
            else set()
        )
        part = [point]
    if len(part) > 1:
        found |= {codes[int(n)] for n in tree.query(LineString(part), predicate="intersects")}
    return frozenset(found)


def land_km(line: Sequence[tuple[float, float]]) -> float:
    """Roughly how many kilometres of a short line in lon, lat lie on land."""
    from math import cos, hypot, radians

    from shapely.geometry import LineString

    tree, _ = _state_index()
    path = LineString(line)
    total = 0.0
    for number in tree.query(path, predicate="intersects"):
        piece = tree.geometries[number].intersection(path)
        for part in getattr(piece, "geoms", [piece]):
            for (x1, y1), (x2, y2) in pairwise(part.coords):
                total += 111.2 * hypot((x2 - x1) * cos(radians((y1 + y2) / 2)), y2 - y1)
    return total
