"""Air legs: the geodesic, bent around the land of states that a scenario does not let movements cross.

Under the gnomonic projection great circles are straight lines, so the shortest way around closed states is
a shortest path in the plane among polygons: it turns at their convex corners only (visibility graph; de
Berg et al., Computational Geometry, chapter 15). Lengths are then measured on the ellipsoid.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
import shapely
from pyproj import Geod
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra
from shapely.affinity import scale
from shapely.geometry.polygon import orient

from standto.geo.outlines import crossed, states
from standto.geo.places import GeoPlace

ELLIPSOID = Geod(ellps="WGS84")
CENTRE_LAT, CENTRE_LON = 55.0, -15.0
THEATRE = (-170.0, 20.0, 52.0, 80.0)
MARGIN_DEG = 0.16
COARSENESS_DEG = 0.14
CORNER_DEG = 0.03
STEP_KM = 100.0
RELIEF_DEG = 0.5


@dataclass(frozen=True, slots=True)
class AirPath:
    """One leg: kilometres, points in lon, lat, states overflown, and whether it had to bend."""

    km: float
    line: tuple[tuple[float, float], ...]
    countries: frozenset[str]
    bent: bool


def _flat(lon: Any, lat: Any) -> Any:
    """Gnomonic coordinates about the centre of the theatre, in earth radii."""
    la, lo, la0 = np.radians(lat), np.radians(np.subtract(lon, CENTRE_LON)), np.radians(CENTRE_LAT)
    cos_c = np.sin(la0) * np.sin(la) + np.cos(la0) * np.cos(la) * np.cos(lo)
    cos_c = np.maximum(cos_c, 0.02)
    x = np.cos(la) * np.sin(lo) / cos_c
    y = (np.cos(la0) * np.sin(la) - np.sin(la0) * np.cos(la) * np.cos(lo)) / cos_c
    return np.column_stack([np.atleast_1d(x), np.atleast_1d(y)])


@dataclass(slots=True, eq=False)
class Sky:
    """The closed land of one transit list, the corners that legs bend at, and what corners see of each other.

    `closed` is under the gnomonic projection; `corners` are rows of lon, lat; `between` holds kilometres from
    corner to corner, zero where they do not see each other.
    """

    transit: frozenset[str]
    closed: Any
    corners: Any
    between: csr_matrix
    _sights: dict[GeoPlace, Any] = field(default_factory=dict)
    _reaches: dict[GeoPlace, tuple[Any, Any]] = field(default_factory=dict)

    def path(self, a: GeoPlace, b: GeoPlace) -> AirPath | None:
        """The shortest leg between two places over open states and the sea, None if there is none."""
        line = _geodesic([(a.lon, a.lat), (b.lon, b.lat)])
        over = crossed(line)
        if over <= self.transit:
            km = float(ELLIPSOID.inv(a.lon, a.lat, b.lon, b.lat)[2]) / 1000
            return AirPath(km, tuple(line), over, bent=False)
        return self._bent(a, b) if len(self.corners) else None

    def _bent(self, a: GeoPlace, b: GeoPlace) -> AirPath | None:
        """A leg by way of corners."""
        (km, before), sight = self._reach(a), self._sight(b)
        total = km + np.where(sight > 0, sight, np.inf)
        last = int(np.argmin(total))
        if not np.isfinite(total[last]):
            return None
        turns, node = [(b.lon, b.lat)], last
        while node < len(self.corners):
            turns.append((float(self.corners[node, 0]), float(self.corners[node, 1])))
            node = int(before[node])
        line = _geodesic([(a.lon, a.lat), *reversed(turns)])
        over = crossed(line)
        return AirPath(float(total[last]), tuple(line), over, bent=True) if over <= self.transit else None

    def _reach(self, place: GeoPlace) -> tuple[Any, Any]:
        """Kilometres from a place to every corner, and the corner before each; the place is the last."""
        if place not in self._reaches:
            n = len(self.corners)
            sight = self._sight(place)
            seen = np.flatnonzero(sight)
            inner = self.between.tocoo()
            graph = csr_matrix(
                (
                    np.append(inner.data, sight[seen]),
                    (np.append(inner.row, np.full(len(seen), n)), np.append(inner.col, seen)),
                ),
                shape=(n + 1, n + 1),
            )
            km, before = dijkstra(graph, indices=n, return_predecessors=True)
            self._reaches[place] = km[:n], np.where(before == n, n, before)[:n]
        return self._reaches[place]

    def _sight(self, place: GeoPlace) -> Any:
        """Kilometres from a place to every corner it sees, 0 for those it does not."""
        if place not in self._sights:
            here = _flat(place.lon, place.lat)[0]
            blocked = _blocked(here, _flat(self.corners[:, 0], self.corners[:, 1]), self._around(place, here))
            self._sights[place] = np.where(blocked, 0.0, _km_to(place.lon, place.lat, self.corners))
        return self._sights[place]

    def _around(self, place: GeoPlace, here: Any) -> Any:
        """The closed land as one place meets it: a place in the margin of a closed state may leave it."""
        if not self.closed.intersects(shapely.Point(here)):
            return self.closed
        window = shapely.Point(place.lon, place.lat).buffer(RELIEF_DEG)
        near = [shape.intersection(window) for code, shape in states().items() if code not in self.transit]
        return self.closed.difference(_projected(window.difference(shapely.union_all(near))))


def _geodesic(turns: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Points on the geodesics between turns, about every hundred kilometres."""
    line = [turns[0]]
    for (lon1, lat1), (lon2, lat2) in pairwise(turns):
        steps = int(ELLIPSOID.inv(lon1, lat1, lon2, lat2)[2] / 1000 / STEP_KM)
        if steps:
            line += [(round(x, 3), round(y, 3)) for x, y in ELLIPSOID.npts(lon1, lat1, lon2, lat2, steps)]
        line.append((lon2, lat2))
    return line


def _km_to(lon: float, lat: float, points: Any) -> Any:
    """Geodesic kilometres from one point to rows of lon, lat."""
    many = np.ones(len(points))
    return np.asarray(ELLIPSOID.inv(many * lon, many * lat, points[:, 0], points[:, 1])[2]) / 1000


def _blocked(origin: Any, ends: Any, closed: Any) -> Any:
    """Which straight lines from one point to many touch the closed land."""
    shapely.prepare(closed)
    return shapely.intersects(
        closed, shapely.linestrings(np.stack([np.broadcast_to(origin, ends.shape), ends], axis=1))
    )


def _projected(shape: Any) -> Any:
    """A shape in lon, lat under the gnomonic projection, long edges cut first to keep their place."""
    return shapely.transform(shapely.segmentize(shape, 0.5), lambda points: _flat(points[:, 0], points[:, 1]))


@lru_cache(maxsize=8)
def open_sky(transit: frozenset[str]) -> Sky:
    """The sky over one transit list."""
    window = shapely.box(*THEATRE)
    parts = [
        part
        for code, shape in states().items()
        if code not in transit and shape.intersects(window)
        for part in shapely.get_parts(shape.intersection(window))
    ]
    closed = shapely.union_all([_padded(part).simplify(COARSENESS_DEG) for part in parts if part.area > 0])
    flat = shapely.make_valid(_projected(closed))
    corners = _corners(closed)
    seen = _flat(corners[:, 0], corners[:, 1])
    between = np.zeros((len(corners), len(corners)))
    for n in range(len(corners) - 1):
        rest = slice(n + 1, None)
        km = np.where(
            _blocked(seen[n], seen[rest], flat), 0.0, _km_to(corners[n, 0], corners[n, 1], corners[rest])
        )
        between[n, rest] = between[rest, n] = km
    return Sky(transit, flat, corners, csr_matrix(between))


def _padded(part: Any) -> Any:
    """One closed polygon with a margin of the same width east-west as north-south."""
    narrow = float(np.cos(np.radians((part.bounds[1] + part.bounds[3]) / 2)))
    wide = scale(part, narrow, 1.0, origin=(0, 0)).buffer(MARGIN_DEG, quad_segs=2)
    return scale(wide, 1 / narrow, 1.0, origin=(0, 0))


def _corners(closed: Any) -> Any:
    """Convex corners of the closed land, just outside it, as rows of lon, lat."""
    found = [np.zeros((0, 2))]
    for part in shapely.get_parts(closed.buffer(CORNER_DEG, join_style="mitre")):
        ring = np.array(orient(part).exterior.coords)[:-1]
        into, out = ring - np.roll(ring, 1, axis=0), np.roll(ring, -1, axis=0) - ring
        found.append(ring[into[:, 0] * out[:, 1] - into[:, 1] * out[:, 0] > 0])
    return np.concatenate(found)
