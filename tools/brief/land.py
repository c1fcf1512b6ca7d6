"""Make the land and borders that maps are drawn on, from Natural Earth 1:50m as packed in npm's world-atlas.

Natural Earth is in the public domain. Every arc of the topology is thinned once, so that land and borders
fit each other. Borders are the arcs that two states share. Run by hand: `python tools/brief/land.py`.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from packed import DATA, packed
from shapely.geometry import LineString, Polygon

VERSION = "2.0.2"
INTEGRITY = "IXfV0qwlKXpckz1FhwXVwKRjiIhOnWttOskm5CtxMsjgE/MXAYRHWJqgXOpM8IkcPBoXnyTU5lFHcYa5ChG0LQ=="
STEPS_PER_DEG = 100
TOLERANCE_DEG = 0.02
SMALLEST_RING_DEG2 = 0.004

Point = tuple[float, float]


def decode(topology: dict[str, Any]) -> list[list[Point]]:
    """Arcs of a quantised TopoJSON as lists of (lon, lat)."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * sx + tx, y * sy + ty))
        arcs.append(line)
    return arcs


def rings(geometry: dict[str, Any]) -> list[list[list[int]]]:
    """The polygons of a geometry as rings of arc numbers."""
    if geometry["type"] == "MultiPolygon":
        return list(geometry["arcs"])
    if geometry["type"] == "Polygon":
        return [geometry["arcs"]]
    return [polygon for part in geometry.get("geometries", []) for polygon in rings(part)]


def points(ring: list[int], arcs: list[list[Point]]) -> list[Point]:
    """One ring as points; an arc number ~n runs backwards."""
    found: list[Point] = []
    for number in ring:
        part = arcs[number] if number >= 0 else arcs[~number][::-1]
        found.extend(part[1:] if found else part)
    return found


def thinned(line: list[Point]) -> list[Point]:
    """An arc with fewer points, ends kept, and never fewer than four for a closed one."""
    if len(line) < 3:
        return line
    coords = list(LineString(line).simplify(TOLERANCE_DEG).coords)
    return line if line[0] == line[-1] and len(coords) < 4 else coords


def steps(line: list[Point]) -> list[int]:
    """An arc as steps of a hundredth of a degree."""
    x = y = 0
    found: list[int] = []
    for lon, lat in line:
        nx, ny = round(lon * STEPS_PER_DEG), round(lat * STEPS_PER_DEG)
        if not found or (nx, ny) != (x, y):
            found += [nx - x, ny - y]
        x, y = nx, ny
    return found


def main() -> None:
    """Write land.json: arcs, the rings of all land by arc number, and the arcs that are borders."""
    topology = json.loads((packed("world-atlas", VERSION, INTEGRITY) / "countries-50m.json").read_text())
    arcs = decode(topology)
    land = [
        polygon
        for part in topology["objects"]["land"]["geometries"]
        for polygon in rings(part)
        if Polygon(points(polygon[0], arcs)).area >= SMALLEST_RING_DEG2
    ]
    used = Counter(
        number if number >= 0 else ~number
        for state in topology["objects"]["countries"]["geometries"]
        for number in {n if n >= 0 else ~n for polygon in rings(state) for ring in polygon for n in ring}
    )
    borders = sorted(number for number, states in used.items() if states > 1)
    shown = sorted({n if n >= 0 else ~n for p in land for r in p for n in r} | set(borders))
    place = {old: new for new, old in enumerate(shown)}
    data = {
        "arcs": [steps(thinned(arcs[old])) for old in shown],
        "land": [
            [[place[n] if n >= 0 else ~place[~n] for n in ring] for ring in polygon] for polygon in land
        ],
        "borders": [place[number] for number in borders],
    }
    text = json.dumps(data, separators=(",", ":"))
    (DATA / "land.json").write_text(text + "\n", encoding="utf-8")
    print(f"{len(land)} pieces of land, {len(borders)} borders, {len(shown)} arcs, {len(text):,} bytes")


if __name__ == "__main__":
    main()
