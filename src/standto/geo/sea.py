"""Sea routes over the network of the searoute library, with canals and straits that can be closed.

The library is used for its network of shipping lanes alone. Its own router answers a blocked route with
length 0 and leaves the legs from port to lane out of the length; here a blocked route is no route, and
those legs count. A passage is closed by cutting every lane that crosses its gate (data/passages.csv),
whatever the library calls it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from pyproj import Geod
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from standto.geo.files import table
from standto.geo.outlines import land_km
from standto.geo.places import GeoPlace

ELLIPSOID = Geod(ellps="WGS84")
LONGEST_TIE_KM = {"port": 90.0, "point": 40.0}
LAND_IN_A_TIE_KM = 8.0
TIES = 6
KIEL_CANAL = ((9.15, 53.885), (10.15, 54.365))
KIEL_CANAL_KM = 98.6
KIEL_FJORD_END = (10.35, 54.60)


@dataclass(frozen=True, slots=True, eq=False)
class Lanes:
    """Shipping lanes as flat arrays: coordinates of nodes, kilometres and passage of edges."""

    lon: Any
    lat: Any
    a: Any
    b: Any
    km: Any
    passage: Any
    tree: Any


def _vectors(lon: Any, lat: Any) -> Any:
    """Unit vectors of points on the sphere."""
    lo, la = np.radians(lon), np.radians(lat)
    return np.column_stack([np.cos(la) * np.cos(lo), np.cos(la) * np.sin(lo), np.sin(la)])


@cache
def lanes() -> Lanes:
    """The library's network, with the Kiel Canal added and the passage of every lane."""
    from searoute.searoute import setup_M

    marnet = setup_M()
    number = {node: n for n, node in enumerate(marnet.nodes)}
    lon, lat = (np.array(column, dtype=float) for column in zip(*number, strict=True))
    tagged = [(number[u], number[v], data.get("passage") or "") for u, v, data in marnet.edges(data=True)]
    a, b, tag = (np.array(column) for column in zip(*tagged, strict=True))
    km = np.asarray(ELLIPSOID.inv(lon[a], lat[a], lon[b], lat[b])[2]) / 1000
    passage = np.where(tag == "northwest", "northwest", "").astype("U16")
    for row in table("passages.csv"):
        gate = tuple(float(row[key]) for key in ("lon_1", "lat_1", "lon_2", "lat_2"))
        passage[_crosses(lon[a], lat[a], lon[b], lat[b], gate)] = row["passage"]
    tree = cKDTree(_vectors(lon, lat))
    elbe = int(tree.query(_vectors(*([x] for x in KIEL_CANAL[0]))[0])[1])
    fjord = int(tree.query(_vectors(*([x] for x in KIEL_FJORD_END))[0])[1])
    lon, lat = np.append(lon, [p[0] for p in KIEL_CANAL]), np.append(lat, [p[1] for p in KIEL_CANAL])
    west, east = len(lon) - 2, len(lon) - 1
    a, b = np.append(a, [elbe, west, east]), np.append(b, [west, east, fjord])
    legs = np.asarray(ELLIPSOID.inv(lon[a[-3:]], lat[a[-3:]], lon[b[-3:]], lat[b[-3:]])[2]) / 1000
    km = np.append(km, [legs[0], KIEL_CANAL_KM, legs[2]])
    passage = np.append(passage, ["", "kiel", ""])
    return Lanes(lon, lat, a, b, np.maximum(km, 0.01), passage, cKDTree(_vectors(lon, lat)))


def _crosses(x1: Any, y1: Any, x2: Any, y2: Any, gate: tuple[float, ...]) -> Any:
    """Which segments cross a gate, by the signs of the four triangles; none that jump the antimeridian."""
    gx1, gy1, gx2, gy2 = gate
    side_1 = (gx2 - gx1) * (y1 - gy1) - (gy2 - gy1) * (x1 - gx1)
    side_2 = (gx2 - gx1) * (y2 - gy1) - (gy2 - gy1) * (x2 - gx1)
    end_1 = (x2 - x1) * (gy1 - y1) - (y2 - y1) * (gx1 - x1)
    end_2 = (x2 - x1) * (gy2 - y1) - (y2 - y1) * (gx2 - x1)
    return (side_1 * side_2 <= 0) & (end_1 * end_2 < 0) & (np.abs(x2 - x1) < 180)


@cache
def _ties(place: GeoPlace) -> tuple[tuple[int, float], ...]:
    """Lane nodes that a port or a point at the coast is tied to over open water, with kilometres."""
    net = lanes()
    limit = LONGEST_TIE_KM.get(place.kind, 0.0)
    _, nodes = net.tree.query(_vectors([place.lon], [place.lat])[0], k=40)
    many = np.ones(len(nodes))
    km = (
        np.asarray(ELLIPSOID.inv(many * place.lon, many * place.lat, net.lon[nodes], net.lat[nodes])[2])
        / 1000
    )
    near = [(int(node), float(d)) for node, d in zip(nodes, km, strict=True) if d <= limit]
    dry = [
        (land_km([(place.lon, place.lat), (float(net.lon[node]), float(net.lat[node]))]), node, d)
        for node, d in near[: 3 * TIES]
    ]
    wet = [(node, d) for land, node, d in dry if land <= LAND_IN_A_TIE_KM]
    if not wet and dry and place.kind == "port":
        wet = [min(dry)[1:]]
    reach = 1.5 * wet[0][1] + 15.0 if wet else 0.0
    return tuple((node, d) for node, d in wet if d <= reach)[:TIES]


def sea_routes(
    places: Sequence[GeoPlace], closed: frozenset[str]
) -> dict[tuple[str, str], tuple[float, list[tuple[float, float]]]]:
    """Shortest sea route of every ordered pair of ports that has one: kilometres and points in lon, lat."""
    net = lanes()
    ties = {n: _ties(place) for n, place in enumerate(places) if place.kind in LONGEST_TIE_KM}
    ports = [n for n, tie in ties.items() if tie]
    if len(ports) < 2:
        return {}
    first = len(net.lon)
    is_open = ~np.isin(net.passage, list(closed))
    a, b, km = net.a[is_open], net.b[is_open], net.km[is_open]
    legs = [(first + row, node, max(d, 0.01)) for row, n in enumerate(ports) for node, d in ties[n]]
    out_a, out_b, out_km = (np.array(column) for column in zip(*legs, strict=True))
    graph = csr_matrix(
        (np.concatenate([km, km, out_km]), (np.concatenate([a, b, out_a]), np.concatenate([b, a, out_b]))),
        shape=(first + len(ports),) * 2,
    )
    length, before = dijkstra(graph, indices=np.arange(first, first + len(ports)), return_predecessors=True)
    found: dict[tuple[str, str], tuple[float, list[tuple[float, float]]]] = {}
    for row, origin in enumerate(ports):
        for destination in ports[row + 1 :]:
            total, node = min((length[row, node] + d, node) for node, d in ties[destination])
            if not np.isfinite(total):
                continue
            line = [(places[destination].lon, places[destination].lat)]
            while 0 <= node < first:
                line.append((float(net.lon[node]), float(net.lat[node])))
                node = int(before[row, node])
            line.append((places[origin].lon, places[origin].lat))
            found[places[origin].id, places[destination].id] = (float(total), line[::-1])
            found[places[destination].id, places[origin].id] = (float(total), line)
    return found
