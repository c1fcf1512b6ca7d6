"""Make a network small: one node for a junction, one edge for a stretch, and nothing that serves no way."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from graph import Graph, haversine_km, nearest
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components, dijkstra

LONGEST_EDGE_KM = 9.0
SHORTEST_SPUR_KM = 3.0
CELL_DEG = {"road": 0.015, "rail": 0.012}


def thinned(graph: Graph, mode: str) -> Graph:
    """Merge, contract and prune until little is left to gain."""
    graph = without_detours(merged(graph, CELL_DEG[mode]))
    for _ in range(3):
        graph = contracted(without_spurs(graph, SHORTEST_SPUR_KM), LONGEST_EDGE_KM)
        graph = without_detours(graph)
    return graph


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
    """Dead ends of a few kilometres carry nothing that a tie does not, but for those set by hand."""
    for _ in range(3):
        degree = np.bincount(np.append(graph.a, graph.b), minlength=len(graph.lat))
        reach = np.zeros(len(graph.lat))
        km = np.where(graph.link >= 0, np.inf, graph.km)
        np.maximum.at(reach, graph.a, km)
        np.maximum.at(reach, graph.b, km)
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
