"""Road and rail: the shipped networks, cut to the states that a scenario lets movements cross.

The networks are derived from OpenStreetMap (see data/README.md). Every node carries its state and, on rail,
its gauge, so neither a closed border nor a break of gauge is ever crossed: pieces of another gauge are
simply not joined. A place is tied to nodes of its own state by short legs at the fallback circuity.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from standto.geo.files import arrays, table
from standto.geo.modes import LandMode
from standto.geo.places import GeoPlace

EARTH_KM = 6371.0088
CIRCUITY: Mapping[LandMode, float] = {"rail": 1.35, "road": 1.25}
CALIBRATION: Mapping[LandMode, float] = {"rail": 1.0, "road": 1.04}
LONGEST_TIE_KM: Mapping[LandMode, float] = {"rail": 30.0, "road": 60.0}
LONGEST_AMERICAN_TIE_KM = 90.0
NOTED_TIE_KM = 15.0
OTHER_GAUGE_KM = 8.0
TIES = 6


@dataclass(frozen=True, slots=True)
class LandPath:
    """A path over the network: length, points in lon, lat, states touched and names of special links used.

    `tie_km` is the part of the length that ties the two places to the network.
    """

    km: float
    tie_km: float
    line: list[tuple[float, float]]
    countries: frozenset[str]
    links: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """One mode's network as flat arrays; `country` numbers into `names`, `link` into links.csv or -1."""

    mode: LandMode
    lat: Any
    lon: Any
    country: Any
    names: Sequence[str]
    gauge: Any
    a: Any
    b: Any
    km: Any
    link: Any
    tree: Any

    def open_nodes(self, transit: frozenset[str]) -> Any:
        """Mask of the nodes that lie in states of a transit list."""
        return np.isin(self.country, [n for n, name in enumerate(self.names) if name in transit])

    def ties(self, place: GeoPlace) -> list[tuple[int, float]]:
        """Nodes that a place is tied to, with the kilometres of each tie; nodes of its own state come first.

        Of each gauge that comes close, only nodes about as near as the nearest one count, so a tie never
        stands in for a road. Ties are longer in North America, where the network has main lines only. A
        point at sea has none.
        """
        if not place.country:
            return []
        american = place.country in {"US", "CA"}
        limit = LONGEST_AMERICAN_TIE_KM if american else LONGEST_TIE_KM[self.mode]
        chord, nodes = self.tree.query(_vectors([place.lat], [place.lon])[0], k=200)
        km = 2 * EARTH_KM * np.arcsin(np.minimum(chord / 2, 1))
        near = [(int(node), float(d)) for node, d in zip(nodes, km, strict=True) if d <= limit]
        near = [tie for tie in near if self.names[self.country[tie[0]]] == place.country] or near
        ties: dict[int, list[tuple[int, float]]] = {}
        for node, d in near:
            ties.setdefault(int(self.gauge[node]), []).append((node, d))
        return [
            (node, d * CIRCUITY[self.mode])
            for some in ties.values()
            if some[0][1] <= near[0][1] + OTHER_GAUGE_KM
            for node, d in some[:TIES]
            if d <= 1.5 * some[0][1] + 3.0
        ]


def _vectors(lat: Any, lon: Any) -> Any:
    """Unit vectors of points on the sphere."""
    la, lo = np.radians(lat), np.radians(lon)
    return np.column_stack([np.cos(la) * np.cos(lo), np.cos(la) * np.sin(lo), np.sin(la)])


@cache
def network(mode: LandMode) -> Network:
    """The shipped network of one mode."""
    packed = arrays(f"{mode}.npz")
    lat, lon = packed["lat"] / 1000.0, packed["lon"] / 1000.0
    return Network(
        mode=mode,
        lat=lat,
        lon=lon,
        country=packed["country"],
        names=[str(name) for name in packed["country_names"]],
        gauge=packed["gauge"],
        a=packed["a"],
        b=packed["b"],
        km=packed["dkm"] / 100.0 * np.where(packed["link"] < 0, CALIBRATION[mode], 1.0),
        link=packed["link"],
        tree=cKDTree(_vectors(lat, lon)),
    )


def land_paths(
    mode: LandMode, places: Sequence[GeoPlace], transit: frozenset[str]
) -> dict[tuple[str, str], LandPath]:
    """Shortest paths between all pairs of places that the network joins, each pair once in the order given.

    One run of Dijkstra's algorithm per place (SciPy, binary heap) over the nodes in `transit`.
    """
    net = network(mode)
    ties = [net.ties(place) for place in places]
    open_node = net.open_nodes(transit)
    found: dict[tuple[str, str], LandPath] = {}
    tied = [number for number, tie in enumerate(ties) if tie]
    if not tied:
        return found
    graph = _with_ties(net, open_node, [ties[number] for number in tied])
    first = len(net.lat)
    km, before = dijkstra(graph, indices=np.arange(first, first + len(tied)), return_predecessors=True)
    for row, origin in enumerate(tied):
        for destination in tied:
            if destination <= origin:
                continue
            length, last, tie = min(((km[row, node] + tie, node, tie) for node, tie in ties[destination]))
            if np.isfinite(length):
                nodes = _trace(before[row], last, first)
                pair = (places[origin], places[destination])
                ties_km = tie + float(km[row, nodes[0]])
                found[pair[0].id, pair[1].id] = _path(net, float(length), ties_km, nodes, pair)
    return found


def _with_ties(net: Network, open_node: Any, ties: Sequence[Sequence[tuple[int, float]]]) -> csr_matrix:
    """The open part of the network with one more node per place, which only leads out to its ties."""
    n = len(net.lat)
    edge = open_node[net.a] & open_node[net.b]
    a, b, km = net.a[edge], net.b[edge], net.km[edge]
    out = [
        (n + row, node, max(tie, 0.01))
        for row, some in enumerate(ties)
        for node, tie in some
        if open_node[node]
    ]
    rows, columns, lengths = (np.array(column) for column in zip(*out, strict=True)) if out else ([], [], [])
    size = n + len(ties)
    return csr_matrix(
        (
            np.concatenate([km, km, lengths]),
            (np.concatenate([a, b, rows]).astype(np.int64), np.concatenate([b, a, columns]).astype(np.int64)),
        ),
        shape=(size, size),
    )


def _trace(before: Any, last: int, first_place: int) -> list[int]:
    """Network nodes from the origin's tie to the last one."""
    nodes = []
    node = last
    while 0 <= node < first_place:
        nodes.append(int(node))
        node = before[node]
    return nodes[::-1]


@cache
def _special_links(mode: LandMode) -> dict[tuple[int, int], str]:
    """Names of tunnels, bridges and ferries by their two nodes."""
    net = network(mode)
    rows = table("links.csv")
    return {
        (int(net.a[edge]), int(net.b[edge])): rows[int(net.link[edge])]["name"]
        for edge in np.flatnonzero(net.link >= 0)
        if rows[int(net.link[edge])]["kind"] in {"ferry", "shuttle train", "tunnel"}
    }


def _path(
    net: Network, km: float, tie_km: float, nodes: list[int], ends: tuple[GeoPlace, GeoPlace]
) -> LandPath:
    """What a reader wants to know of a list of nodes."""
    special = _special_links(net.mode)
    names = (special.get((min(step), max(step))) for step in pairwise(nodes))
    origin, destination = ends
    return LandPath(
        km=km,
        tie_km=tie_km,
        line=[
            (origin.lon, origin.lat),
            *((float(net.lon[node]), float(net.lat[node])) for node in nodes),
            (destination.lon, destination.lat),
        ],
        countries=frozenset(net.names[number] for number in set(net.country[nodes].tolist()))
        | frozenset({origin.country, destination.country} - {""}),
        links=tuple(dict.fromkeys(name for name in names if name)),
    )
