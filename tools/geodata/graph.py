"""A network as flat arrays, and the two pieces of spherical geometry that shaping it needs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy.sparse import coo_matrix, csr_matrix
from scipy.spatial import cKDTree


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


def nearest(graph: Graph, places: list[tuple[float, float]]) -> Any:
    """Numbers of the nodes nearest to places (lat, lon)."""
    return np.unique(cKDTree(sphere(graph.lat, graph.lon)).query(sphere(*np.array(places).T))[1])
