"""Join what a coarse graph leaves open: links by hand, pieces that end close by, a second graph."""

from __future__ import annotations

import csv
from dataclasses import replace

import numpy as np
from graph import Graph, haversine_km, sphere
from outlines import DATA
from scipy.sparse.csgraph import connected_components, dijkstra
from scipy.spatial import cKDTree

SAME_LINE_KM = 1.5
LARGEST_GAP_KM = {"road": 8.0, "rail": 20.0}
NEAR_A_DEAD_END_KM = {"road": 4.0, "rail": 3.0}
SMALLEST_ISLAND = 12
GAP_CIRCUITY = 1.2


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
    near_km = NEAR_A_DEAD_END_KM[mode]
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
