"""Which ways are worth offering: those that do not lead far off anybody's road, and those that bring lift up.

Tens of places have thousands of pairs; most legs between them would never be used. What is left out here no
plan can use, so the rules are wide, and a way that a scenario gives by hand is always offered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from standto.geo.land import EARTH_KM
from standto.geo.places import GeoPlace
from standto.move.problem import Fleet, Requirement

DETOUR = 1.2
"""A loaded leg may make the way from origin to destination this much longer than the direct line..."""

SLACK_KM = 400.0
"""...and this much on top, so that short moves may use ports and airfields to the side."""

PROGRESS = 0.5
"""A flight or passage between two places on the way brings its load this share of its length nearer."""

SHUTTLE_KM = 250.0
"""Between two places on the way, road and rail only shuttle this far: from a berth to a ramp, say."""

NEAR_KM = 500.0
"""Places this near an origin or a destination are where loads change vehicles there."""

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
SURFACE = frozenset({"rail", "road"})


class Corridors:
    """The legs that loads may sensibly take, and the legs that bring empty vehicles to loads."""

    def __init__(
        self, where: Mapping[str, GeoPlace], fleets: Sequence[Fleet], requirements: Sequence[Requirement]
    ) -> None:
        self._row = {name: row for row, name in enumerate(where)}
        self._km = _distances(list(where.values()))
        self._fleets = fleets
        self._ends = {fleet.id: self._ends_of(fleet, requirements) for fleet in fleets}
        self._together: dict[tuple[str, ...], Ints] = {}

    def worth(self, mode: str, a: str, b: str, km: float) -> bool:
        """Whether a way of a mode between two places is worth offering, in either direction."""
        able = [f for f in self._fleets if f.mode == mode and (f.range_km is None or km <= f.range_km)]
        wanted = self._ends_together(tuple(fleet.id for fleet in able))
        i, j = self._row[a], self._row[b]
        if self._carries(wanted, i, j, mode) or self._carries(wanted, j, i, mode):
            return True
        return any(
            base in fleet.stationed() and self._brings_up(self._ends[fleet.id], from_row, to_row)
            for fleet in able
            for base, from_row, to_row in ((a, i, j), (b, j, i))
        )

    def _ends_of(self, fleet: Fleet, requirements: Sequence[Requirement]) -> Ints:
        """Rows of origin and destination of everything that a fleet may carry, each pair once."""
        pairs = {
            (self._row[one.origin], self._row[one.destination])
            for one in requirements
            if not one.still
            and (fleet.serves is None or one.id in fleet.serves)
            and (one.modes is None or fleet.mode in one.modes)
        }
        return np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)

    def _ends_together(self, fleets: tuple[str, ...]) -> Ints:
        """Origins and destinations of all that several fleets may carry between them."""
        if fleets not in self._together:
            ends = [np.zeros((0, 2), dtype=np.int64), *(self._ends[fleet] for fleet in fleets)]
            self._together[fleets] = np.unique(np.concatenate(ends), axis=0)
        return self._together[fleets]

    def _carries(self, wanted: Ints, a: int, b: int, mode: str) -> bool:
        """Whether a load of any of these could sensibly go from a to b."""
        origin, destination = wanted[:, 0], wanted[:, 1]
        leg = self._km[a, b]
        to_go = self._km[b, destination]
        straight = DETOUR * self._km[origin, destination] + SLACK_KM
        sensible = self._km[origin, a] + leg + to_go <= straight
        at_an_end = (origin == a) | (destination == b)
        if mode in SURFACE:
            between = np.full(len(wanted), leg <= SHUTTLE_KM)
        else:
            between = self._km[a, destination] - to_go >= PROGRESS * leg
        return bool(np.any(sensible & (at_an_end | between)))

    def _brings_up(self, wanted: Ints, base: int, end: int) -> bool:
        """Whether an empty vehicle from its base could sensibly go there to load any of these."""
        near_both = (self._km[:, end] <= NEAR_KM) & (self._km[:, base] <= NEAR_KM)
        return bool(np.any(wanted[:, 0] == end) or np.any(near_both[wanted]))


def _distances(places: Sequence[GeoPlace]) -> Floats:
    """Kilometres between all places on a sphere; good enough to tell near from far."""
    lat = np.radians([place.lat for place in places])
    lon = np.radians([place.lon for place in places])
    half_lat, half_lon = (lat[:, None] - lat) / 2, (lon[:, None] - lon) / 2
    chord = np.sin(half_lat) ** 2 + np.cos(lat)[:, None] * np.cos(lat) * np.sin(half_lon) ** 2
    return np.asarray(2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(chord, 0.0, 1.0))))
