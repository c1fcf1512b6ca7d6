"""Make the outlines of states that the package ships, from Natural Earth as packed in npm's world-atlas.

Natural Earth is in the public domain. Borders stay shared: every arc of the topology is thinned once, so two
neighbours never overlap. Run by hand, with pycountry installed for the country codes:

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python tools/geodata/outlines.py package
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pycountry
from shapely.geometry import LineString, Polygon

DATA = Path(__file__).parents[2] / "src" / "standto" / "geo" / "data"
WEST, SOUTH, EAST, NORTH = -180.0, 8.0, 75.0, 84.0
TOLERANCE_DEG = 0.012
SMALLEST_RING_DEG2 = 0.0015
WITHOUT_NUMBER = {"Kosovo": "XK", "N. Cyprus": "CY", "Somaliland": "SO", "Siachen Glacier": "IN"}


def iso2(geometry: dict[str, Any]) -> str:
    """ISO 3166-1 alpha-2 code of one state of the topology, empty where it has none."""
    found = pycountry.countries.get(numeric=geometry.get("id", ""))
    return found.alpha_2 if found else WITHOUT_NUMBER.get(geometry["properties"]["name"], "")


def decode(topology: dict[str, Any]) -> list[list[tuple[float, float]]]:
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


def ring_points(ring: list[int], arcs: list[list[tuple[float, float]]]) -> list[tuple[float, float]]:
    """One ring as points, from signed arc numbers (a negative one, ~n, runs backwards)."""
    points: list[tuple[float, float]] = []
    for number in ring:
        part = arcs[number] if number >= 0 else arcs[~number][::-1]
        points.extend(part[1:] if points else part)
    return points


def thin(line: list[tuple[float, float]], tolerance: float) -> list[tuple[float, float]]:
    """An arc with fewer points, ends kept, and never fewer than four for a closed one."""
    if len(line) < 3:
        return line
    coords = list(LineString(line).simplify(tolerance).coords)
    if line[0] == line[-1] and len(coords) < 4:
        return line
    return coords


def main(folder: Path) -> None:
    """Write outlines.json: arcs in 1/1000 degree steps and the rings of every state near the theatre."""
    topology = json.loads((folder / "countries-50m.json").read_text())
    arcs = decode(topology)
    states: dict[str, list[list[list[int]]]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        code = iso2(geometry)
        if not code:
            print("no code:", geometry["properties"]["name"])
            continue
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        for polygon in polygons:
            outline = Polygon(ring_points(polygon[0], arcs))
            x0, y0, x1, y1 = outline.bounds
            near = x1 >= WEST and x0 <= EAST and y1 >= SOUTH and y0 <= NORTH
            if near and (outline.area >= SMALLEST_RING_DEG2 or code in {"MC", "VA", "SM", "GI", "MT", "LI"}):
                states.setdefault(code, []).append(polygon)
    used = sorted({n if n >= 0 else ~n for rings in states.values() for p in rings for r in p for n in r})
    place = {old: new for new, old in enumerate(used)}
    packed_arcs = []
    for old in used:
        line = thin(arcs[old], TOLERANCE_DEG)
        steps: list[int] = []
        x = y = 0
        for lon, lat in line:
            nx, ny = round(lon * 1000), round(lat * 1000)
            steps += [nx - x, ny - y]
            x, y = nx, ny
        packed_arcs.append(steps)
    packed_states = {
        code: [
            [[place[n] if n >= 0 else ~place[~n] for n in ring] for ring in polygon] for polygon in polygons
        ]
        for code, polygons in sorted(states.items())
    }
    text = json.dumps({"arcs": packed_arcs, "states": packed_states}, separators=(",", ":"))
    (DATA / "outlines.json").write_text(text + "\n")
    print(len(packed_states), "states,", len(used), "arcs,", len(text), "bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
