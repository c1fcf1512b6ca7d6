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
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from outlines import DATA, decode, iso2, ring_points
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.csgraph import connected_components, dijkstra
from scipy.spatial import cKDTree

HERE = Path(__file__).parent
EUROPE = (-25.0, 34.0, 45.5, 72.0)
NORTH_AMERICA = (-168.0, 24.0, -52.0, 66.0)
GRAPHS = {"road": "scgraph_data.world_highways", "rail": "scgraph_data.world_railways"}
CLASS_I_RAIL = "scgraph.geographs.north_america_rail"
SAME_LINE_KM = 1.5
BROAD = {"EE", "LV", "LT", "FI", "UA", "MD", "GE"}
IBERIA = {"ES", "PT", "GI"}
LONGEST_EDGE_KM = {"road": 9.0, "rail": 9.0}
CELL_DEG = {"road": 0.015, "rail": 0.012}
LARGEST_GAP_KM = {"road": 8.0, "rail": 20.0}
SMALLEST_ISLAND = 12
GAP_CIRCUITY = 1.2


@dataclass
class Graph:
    """Nodes (lat, lon, country, gauge in mm), undirected edges (a, b, km, link: row of links.csv or -1)."""

    lat: Any
    lon: Any
    country: Any
    gauge: Any
    a: Any
    b: Any
    km: Any
    link: Any

    def matrix(self) -> csr_matrix:
        """Symmetric lengths; the shortest of parallel edges."""
        n = len(self.lat)
        one = self.simple()
        half = coo_matrix((one.km, (one.a, one.b)), shape=(n, n))
        return (half + half.T).tocsr()

    def simple(self) -> Graph:
        """The graph without loops and with the shortest of parallel edges only, ends in rising order."""
        low, high = np.minimum(self.a, self.b), np.maximum(self.a, self.b)
        order = np.lexsort((self.km, high, low))
        low, high = low[order], high[order]
        first = np.ones(len(low), dtype=bool)
        first[1:] = (low[1:] != low[:-1]) | (high[1:] != high[:-1])
        first &= low != high
        return replace(
            self, a=low[first], b=high[first], km=self.km[order][first], link=self.link[order][first]
        )

    def nodes_kept(self, keep: Any) -> Graph:
        """The part of the graph on the nodes of a mask."""
        new = np.cumsum(keep) - 1
        edges = keep[self.a] & keep[self.b]
        return Graph(
            self.lat[keep],
            self.lon[keep],
            self.country[keep],
            self.gauge[keep],
            new[self.a[edges]],
            new[self.b[edges]],
            self.km[edges],
            self.link[edges],
        )

    def edges_added(self, a: list[int], b: list[int], km: list[float], link: list[int]) -> Graph:
        """The graph with more edges."""
        return replace(
            self,
            a=np.append(self.a, np.array(a, dtype=np.int64)),
            b=np.append(self.b, np.array(b, dtype=np.int64)),
            km=np.append(self.km, km),
            link=np.append(self.link, np.array(link, dtype=np.int64)),
        )


def haversine_km(lat1: Any, lon1: Any, lat2: Any, lon2: Any) -> Any:
    """Great-circle kilometres, elementwise."""
    p1, p2 = np.radians(lat1), np.radians(lat2)
    h = (
        np.sin((p2 - p1) / 2) ** 2
        + np.cos(p1) * np.cos(p2) * np.sin(np.radians(np.subtract(lon2, lon1)) / 2) ** 2
    )
    return 2 * 6371.0088 * np.arcsin(np.sqrt(h))


def sphere(lat: Any, lon: Any) -> Any:
    """Unit vectors, for nearest-neighbour trees."""
    la, lo = np.radians(lat), np.radians(lon)
    return np.column_stack([np.cos(la) * np.cos(lo), np.cos(la) * np.sin(lo), np.sin(la)])


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


def overlaid(graph: Graph, other: Graph) -> Graph:
    """Two graphs of the same railways as one: the second is tied to the first where it runs close by."""
    n = len(graph.lat)
    both = Graph(
        np.append(graph.lat, other.lat),
        np.append(graph.lon, other.lon),
        np.append(graph.country, other.country),
        np.append(graph.gauge, other.gauge),
        np.append(graph.a, other.a + n),
        np.append(graph.b, other.b + n),
        np.append(graph.km, other.km),
        np.append(graph.link, other.link),
    )
    chord, near = cKDTree(sphere(graph.lat, graph.lon)).query(sphere(other.lat, other.lon))
    close = np.flatnonzero(chord * 6371.0 <= SAME_LINE_KM)
    km = np.maximum(chord[close] * 6371.0, 0.05)
    return both.edges_added((close + n).tolist(), near[close].tolist(), km.tolist(), [-1] * len(close))


def with_gauges(graph: Graph) -> Graph:
    """Tag nodes with the main gauge of their country, and cut edges where it changes."""
    gauge = np.full(len(graph.lat), 1435)
    gauge[np.isin(graph.country, list(BROAD))] = 1520
    gauge[np.isin(graph.country, list(IBERIA))] = 1668
    ireland = (graph.country == "IE") | ((graph.country == "GB") & (graph.lon < -5.4) & (graph.lat < 55.4))
    gauge[ireland & (graph.lat > 51.0) & (graph.lat > 54.0) | (graph.country == "IE")] = 1600
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


def with_links(graph: Graph, mode: str) -> Graph:
    """Add the links by hand: tunnels, bridges, ferries and short broad- or standard-gauge lines."""
    with (DATA / "links.csv").open(encoding="utf-8") as file:
        links = [(n, row) for n, row in enumerate(csv.DictReader(file)) if row["mode"] == mode]
    a, b, km, numbers = [], [], [], []
    for number, row in links:
        ends = []
        for end in ("from", "to"):
            lat, lon, country = float(row[f"{end}_lat"]), float(row[f"{end}_lon"]), row[f"{end}_country"]
            gauge = int(row["gauge_mm"] or 0)
            off = haversine_km(lat, lon, graph.lat, graph.lon)
            fits = (graph.gauge == gauge) & (graph.country == country)
            near = int(np.argmin(np.where(fits, off, np.inf)))
            if not fits.any() or off[near] > float(row["snap_km"]):
                graph = replace(
                    graph,
                    lat=np.append(graph.lat, lat),
                    lon=np.append(graph.lon, lon),
                    country=np.append(graph.country, country),
                    gauge=np.append(graph.gauge, gauge),
                )
                near = len(graph.lat) - 1
            ends.append(near)
        a.append(ends[0])
        b.append(ends[1])
        km.append(float(row["km"]))
        numbers.append(number)
    return graph.edges_added(a, b, km, numbers)


def without_islands(graph: Graph, mode: str) -> Graph:
    """Join pieces that end close to each other (shortest gap first), then drop small pieces left alone."""
    while True:
        count, piece = connected_components(graph.matrix(), directed=False)
        sizes = np.bincount(piece, minlength=count)
        best: dict[tuple[int, int], tuple[float, int, int]] = {}
        tree = cKDTree(sphere(graph.lat, graph.lon))
        reach = LARGEST_GAP_KM[mode] / 6371.0
        main = int(np.argmax(sizes))
        for node in np.flatnonzero(piece != main):
            for other in tree.query_ball_point(tree.data[node], reach):
                if piece[other] != piece[node] and graph.gauge[other] == graph.gauge[node]:
                    gap = float(
                        haversine_km(graph.lat[node], graph.lon[node], graph.lat[other], graph.lon[other])
                    )
                    key = (min(piece[node], piece[other]), max(piece[node], piece[other]))
                    best[key] = min(best.get(key, (np.inf, 0, 0)), (gap, int(node), int(other)))
        if not best:
            break
        joined: set[int] = set()
        a, b, km = [], [], []
        for (p, q), (gap, node, other) in sorted(best.items(), key=lambda item: item[1]):
            if p not in joined and q not in joined - {main}:
                joined |= {p, q} - {main}
                a.append(node)
                b.append(other)
                km.append(max(gap * GAP_CIRCUITY, 0.05))
        graph = graph.edges_added(a, b, km, [-1] * len(a))
    return graph.nodes_kept(sizes[piece] >= SMALLEST_ISLAND)


def dead_ends_joined(graph: Graph, mode: str) -> Graph:
    """Join a dead end to a node close by that the network reaches only by a long way round."""
    near_km = {"road": 4.0, "rail": 3.0}[mode]
    matrix = graph.matrix()
    ends = np.flatnonzero(np.diff(matrix.indptr) == 1)
    tree = cKDTree(sphere(graph.lat, graph.lon))
    a, b, km = [], [], []
    for start in range(0, len(ends), 200):
        some = ends[start : start + 200]
        reach = dijkstra(matrix, indices=some, limit=8 * near_km)
        for row, node in enumerate(some):
            around = [
                other
                for other in tree.query_ball_point(tree.data[node], near_km / 6371.0)
                if not np.isfinite(reach[row, other]) and graph.gauge[other] == graph.gauge[node]
            ]
            if around:
                gaps = haversine_km(graph.lat[node], graph.lon[node], graph.lat[around], graph.lon[around])
                a.append(int(node))
                b.append(around[int(np.argmin(gaps))])
                km.append(max(float(gaps.min()) * GAP_CIRCUITY, 0.05))
    return graph.edges_added(a, b, km, [-1] * len(a))


def merged(graph: Graph, cell_deg: float) -> Graph:
    """Nodes joined to each other inside one cell of a grid become one: carriageways, ramps, sidings."""
    n = len(graph.lat)
    wide = np.maximum(np.cos(np.radians(graph.lat)), 0.2)
    cells = np.column_stack([np.floor(graph.lat / cell_deg), np.floor(graph.lon * wide / cell_deg)])
    _, cell = np.unique(cells, axis=0, return_inverse=True)
    _, land = np.unique(graph.country, return_inverse=True)
    together = (
        (cell[graph.a] == cell[graph.b])
        & (land[graph.a] == land[graph.b])
        & (graph.gauge[graph.a] == graph.gauge[graph.b])
        & (graph.link < 0)
    )
    inner = coo_matrix((np.ones(together.sum()), (graph.a[together], graph.b[together])), shape=(n, n))
    count, cluster = connected_components(inner, directed=False)
    size = np.bincount(cluster, minlength=count)
    lat = np.bincount(cluster, graph.lat, count) / size
    lon = np.bincount(cluster, graph.lon, count) / size
    first = np.zeros(count, np.int64)
    first[cluster[::-1]] = np.arange(n)[::-1]
    a, b = cluster[graph.a], cluster[graph.b]
    apart = a != b
    a, b = a[apart], b[apart]
    straight = haversine_km(lat[a], lon[a], lat[b], lon[b])
    km = np.where(graph.link[apart] >= 0, graph.km[apart], np.maximum(graph.km[apart], straight))
    return Graph(lat, lon, graph.country[first], graph.gauge[first], a, b, km, graph.link[apart])


def contracted(graph: Graph, longest_km: float, near: list[tuple[float, float]] | None = None) -> Graph:
    """Nodes with two neighbours vanish into one edge, as long as that stays short and in one state.

    The node nearest to each place in `near` (lat, lon) stays.
    """
    kept = set(nearest(graph, near).tolist()) if near else set()
    rows: list[dict[int, tuple[float, int]]] = [{} for _ in graph.lat]
    for a, b, km, link in zip(
        graph.a.tolist(), graph.b.tolist(), graph.km.tolist(), graph.link.tolist(), strict=True
    ):
        if b not in rows[a] or km < rows[a][b][0]:
            rows[a][b] = rows[b][a] = (km, link)
    country = graph.country.tolist()
    alive = np.ones(len(rows), dtype=bool)
    for node, row in enumerate(rows):
        if len(row) != 2 or node in kept:
            continue
        (p, (km1, link1)), (q, (km2, link2)) = row.items()
        if km1 + km2 > longest_km or max(link1, link2) >= 0 or not country[p] == country[node] == country[q]:
            continue
        if q in rows[p] and rows[p][q][0] <= km1 + km2:
            continue
        del rows[p][node], rows[q][node]
        rows[p][q] = rows[q][p] = (km1 + km2, -1)
        row.clear()
        alive[node] = False
    edges = [(a, b, km, link) for a, row in enumerate(rows) for b, (km, link) in row.items() if a < b]
    a, b, km, link = (np.array(column) for column in zip(*edges, strict=True))
    return replace(graph, a=a, b=b, km=km, link=link).nodes_kept(alive)


def without_spurs(graph: Graph, spur_km: float) -> Graph:
    """Dead ends shorter than a few kilometres carry nothing that a snap leg does not."""
    for _ in range(3):
        degree = np.bincount(np.append(graph.a, graph.b), minlength=len(graph.lat))
        reach = np.zeros(len(graph.lat))
        np.maximum.at(reach, graph.a, graph.km)
        np.maximum.at(reach, graph.b, graph.km)
        graph = graph.nodes_kept((degree != 1) | (reach > spur_km))
    return graph


def without_detours(graph: Graph) -> Graph:
    """Drop an edge that two others replace at 3 % or 300 m extra: twin carriageways and ramps."""
    graph = graph.simple()
    rows: list[dict[int, float]] = [{} for _ in graph.lat]
    for a, b, km in zip(graph.a.tolist(), graph.b.tolist(), graph.km.tolist(), strict=True):
        rows[a][b] = rows[b][a] = km
    keep = graph.link >= 0
    for edge in np.argsort(-graph.km):
        a, b, km = int(graph.a[edge]), int(graph.b[edge]), float(graph.km[edge])
        enough = max(km * 1.03, km + 0.3)
        if keep[edge] or not any(rows[a][c] + rows[c][b] <= enough for c in rows[a] if b in rows[c]):
            keep[edge] = True
        else:
            del rows[a][b], rows[b][a]
    return replace(graph, a=graph.a[keep], b=graph.b[keep], km=graph.km[keep], link=graph.link[keep])


def nearest(graph: Graph, places: list[tuple[float, float]]) -> Any:
    """Numbers of the nodes nearest to places (lat, lon)."""
    return np.unique(cKDTree(sphere(graph.lat, graph.lon)).query(sphere(*np.array(places).T))[1])


def serving(graph: Graph, places: list[tuple[float, float]]) -> Graph:
    """Only the part of the graph on the shortest ways between given places (lat, lon)."""
    ends = nearest(graph, places)
    _, before = dijkstra(graph.matrix(), indices=ends, return_predecessors=True)
    used: set[tuple[int, int]] = set()
    for row in range(len(ends)):
        for end in ends:
            node = int(end)
            while before[row, node] >= 0:
                step = (min(node, int(before[row, node])), max(node, int(before[row, node])))
                node = int(before[row, node])
                used.add(step)
    pairs = zip(np.minimum(graph.a, graph.b).tolist(), np.maximum(graph.a, graph.b).tolist(), strict=True)
    keep = np.array([pair in used for pair in pairs])
    graph = replace(graph, a=graph.a[keep], b=graph.b[keep], km=graph.km[keep], link=graph.link[keep])
    on = np.zeros(len(graph.lat), dtype=bool)
    on[graph.a] = on[graph.b] = on[ends] = True
    return graph.nodes_kept(on)


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


def thinned(graph: Graph, mode: str) -> Graph:
    """Merge, contract and prune until little is left to gain."""
    graph = without_detours(merged(graph, CELL_DEG[mode]))
    for _ in range(3):
        graph = contracted(without_spurs(graph, 3.0), LONGEST_EDGE_KM[mode])
        graph = without_detours(graph)
    return graph


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
