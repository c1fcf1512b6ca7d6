"""Make the road and rail networks that the package ships, from OpenStreetMap data.

The PyPI package scgraph-data carries world road and rail graphs derived from OpenStreetMap. This script
keeps the part that lies in the states of nations.csv, tags every node with its country and (rail) its
gauge, joins what the coarse graph left open, and thins the rest. What it writes is a derived database under
the Open Database License 1.0: (c) OpenStreetMap contributors. Run by hand, with scgraph<3, scgraph-data and
pycountry installed and world-atlas unpacked:

    python tools/geodata/networks.py package road
    python tools/geodata/networks.py package rail
"""

from __future__ import annotations

import csv
import importlib
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from graph import Graph
from joining import dead_ends_joined, overlaid, with_links, without_islands
from outlines import DATA, decode, iso2, ring_points
from thinning import contracted, serving, thinned

EUROPE = (-25.0, 34.0, 45.5, 72.0)
NORTH_AMERICA = (-168.0, 24.0, -52.0, 66.0)
GRAPHS = {"road": "scgraph_data.world_highways", "rail": "scgraph_data.world_railways"}
CLASS_I_RAIL = "scgraph.geographs.north_america_rail"
BROAD = {"EE", "LV", "LT", "FI", "UA", "MD", "GE"}
IBERIA = {"ES", "PT", "GI"}


def read(name: str, mode: str, box: tuple[float, float, float, float], borders: tuple[Any, Any]) -> Graph:
    """One graph of scgraph cut to a box and to the states of nations.csv, with the country of every node."""
    module = importlib.import_module(name)
    nodes = np.array(module.nodes, dtype=float)
    west, south, east, north = box
    inside = (nodes[:, 0] > south) & (nodes[:, 0] < north) & (nodes[:, 1] > west) & (nodes[:, 1] < east)
    edges = [
        (a, b, km)
        for a, row in enumerate(module.graph)
        if inside[a]
        for b, km in row.items()
        if a < b and inside[b]
    ]
    a, b, km = (np.array(column) for column in zip(*edges, strict=True))
    graph = Graph(
        nodes[:, 0],
        nodes[:, 1],
        np.full(len(nodes), "  "),
        np.zeros(len(nodes), np.int64),
        a,
        b,
        km.astype(float),
        np.full(len(a), -1),
    ).nodes_kept(inside)
    tree, codes = borders
    points = shapely.points(graph.lon, graph.lat)
    who, where = tree.query(points, predicate="within")
    graph.country[who] = codes[where]
    at_sea = np.flatnonzero(graph.country == "  ")
    graph.country[at_sea] = codes[tree.nearest(points[at_sea])]
    with (DATA / "nations.csv").open(encoding="utf-8") as file:
        known = [row["iso2"] for row in csv.DictReader(file)]
    graph = graph.nodes_kept(np.isin(graph.country, known))
    if mode == "rail":
        return with_gauges(graph)
    return graph


def with_gauges(graph: Graph) -> Graph:
    """Tag nodes with the main gauge of their country, and cut edges where it changes."""
    gauge = np.full(len(graph.lat), 1435)
    gauge[np.isin(graph.country, list(BROAD))] = 1520
    gauge[np.isin(graph.country, list(IBERIA))] = 1668
    ulster = (graph.country == "GB") & (graph.lon < -5.4) & (graph.lat > 54.0) & (graph.lat < 55.4)
    gauge[ulster | (graph.country == "IE")] = 1600
    graph = replace(graph, gauge=gauge)
    same = gauge[graph.a] == gauge[graph.b]
    return replace(graph, a=graph.a[same], b=graph.b[same], km=graph.km[same], link=graph.link[same])


def state_borders(folder: Path) -> tuple[Any, Any]:
    """A tree over the polygons of Natural Earth 1:10m, and the state of each."""
    topology = json.loads((folder / "countries-10m.json").read_text())
    arcs = decode(topology)
    codes, polygons = [], []
    for geometry in topology["objects"]["countries"]["geometries"]:
        parts = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        for part in parts:
            rings = [ring_points(ring, arcs) for ring in part]
            if iso2(geometry) and len(rings[0]) > 3:
                codes.append(iso2(geometry))
                polygons.append(
                    shapely.make_valid(
                        shapely.Polygon(rings[0], [ring for ring in rings[1:] if len(ring) > 3])
                    )
                )
    return shapely.STRtree(polygons), np.array(codes)


def american_places() -> list[tuple[float, float]]:
    """Every shipped installation, port and airfield of the United States and Canada."""
    found = []
    for name in ("installations.csv", "ports.csv", "airfields.csv"):
        with (DATA / name).open(encoding="utf-8") as file:
            found += [
                (float(r["lat"]), float(r["lon"]))
                for r in csv.DictReader(file)
                if r["country"] in {"US", "CA"}
            ]
    return found


def save(mode: str, parts: list[Graph]) -> None:
    """Write one network: integer thousandths of a degree, tens of metres, country numbers."""
    shift = np.cumsum([0] + [len(part.lat) for part in parts])
    country = np.concatenate([part.country for part in parts])
    names, number = np.unique(country, return_inverse=True)
    a = np.concatenate([np.minimum(p.a, p.b) + s for p, s in zip(parts, shift, strict=False)])
    b = np.concatenate([np.maximum(p.a, p.b) + s for p, s in zip(parts, shift, strict=False)])
    order = np.lexsort((b, a))
    np.savez_compressed(
        DATA / f"{mode}.npz",
        lat=np.round(np.concatenate([p.lat for p in parts]) * 1000).astype(np.int32),
        lon=np.round(np.concatenate([p.lon for p in parts]) * 1000).astype(np.int32),
        country=number.astype(np.uint8),
        country_names=names,
        gauge=np.concatenate([p.gauge for p in parts]).astype(np.int16),
        a=a[order].astype(np.int32),
        b=b[order].astype(np.int32),
        dkm=np.maximum(np.round(np.concatenate([p.km for p in parts])[order] * 100), 1).astype(np.int32),
        link=np.concatenate([p.link for p in parts])[order].astype(np.int8),
    )


def main(folder: Path, mode: str) -> None:
    """Write one mode's network for Europe and North America."""
    borders = state_borders(folder)
    parts = []
    for box in (EUROPE, NORTH_AMERICA):
        graph = read(GRAPHS[mode], mode, box, borders)
        if mode == "rail" and box is NORTH_AMERICA:
            graph = overlaid(graph, read(CLASS_I_RAIL, mode, box, borders))
        print(mode, "read", len(graph.lat), len(graph.a), flush=True)
        if box is EUROPE:
            graph = with_links(graph, mode)
        graph = dead_ends_joined(without_islands(graph, mode), mode)
        print("joined", len(graph.lat), len(graph.a), flush=True)
        graph = thinned(graph, mode)
        if box is NORTH_AMERICA:
            graph = contracted(serving(graph, american_places()), 25.0, american_places())
        print("thinned", len(graph.lat), len(graph.a), flush=True)
        parts.append(graph)
    save(mode, parts)
    print((DATA / f"{mode}.npz").stat().st_size, "bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
