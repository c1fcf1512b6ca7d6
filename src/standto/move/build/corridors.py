"""Which ways are worth offering: those that do not lead far off anybody's road, and those that bring lift up.

Tens of places have thousands of pairs; most legs between them would never be used. What is left out here no
plan can use, so the rules are wide, and a way that a scenario gives by hand is always offered.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cached_property

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

SURFACE = frozenset({"rail", "road"})
EARTH_KM = 6371.0088


class Corridors:
    """The legs that loads may sensibly take, and the legs that bring empty vehicles to loads."""

    def __init__(
        self, where: Mapping[str, GeoPlace], fleets: Sequence[Fleet], requirements: Sequence[Requirement]
    ) -> None:
        self._where = where
        self._fleets = fleets
        self._requirements = [one for one in requirements if not one.still]
        self._known: dict[tuple[str, str], float] = {}

    def worth(self, mode: str, a: str, b: str, km: float) -> bool:
        """Whether a way of a mode between two places is worth offering, in either direction."""
        able = [f for f in self._fleets if f.mode == mode and (f.range_km is None or km <= f.range_km)]
        wanted = frozenset[tuple[str, str]]().union(*(self._ends[fleet.id] for fleet in able))
        if any(self._carries(o, d, a, b, mode) or self._carries(o, d, b, a, mode) for o, d in wanted):
            return True
        return any(
            self._brings_up(o, d, base, end)
            for fleet in able
            for base, end in ((a, b), (b, a))
            if base in fleet.stationed()
            for o, d in self._ends[fleet.id]
        )

    @cached_property
    def _ends(self) -> dict[str, frozenset[tuple[str, str]]]:
        """Origin and destination of everything that each fleet may carry."""
        return {
            fleet.id: frozenset(
                (one.origin, one.destination)
                for one in self._requirements
                if (fleet.serves is None or one.id in fleet.serves)
                and (one.modes is None or fleet.mode in one.modes)
            )
            for fleet in self._fleets
        }

    def _carries(self, origin: str, destination: str, a: str, b: str, mode: str) -> bool:
        """Whether a load from origin to destination could sensibly go from a to b."""
        leg = self._km(a, b)
        most = DETOUR * self._km(origin, destination) + SLACK_KM
        if self._km(origin, a) + leg + self._km(b, destination) > most:
            return False
        if a == origin or b == destination:
            return True
        if mode in SURFACE:
            return leg <= SHUTTLE_KM
        return self._km(a, destination) - self._km(b, destination) >= PROGRESS * leg

    def _brings_up(self, origin: str, destination: str, base: str, end: str) -> bool:
        """Whether an empty vehicle from its base could sensibly go there to load."""
        if end == origin:
            return True
        return any(
            self._km(hub, end) <= NEAR_KM and self._km(hub, base) <= NEAR_KM for hub in (origin, destination)
        )

    def _km(self, a: str, b: str) -> float:
        """Kilometres between two places on a sphere; good enough to tell near from far."""
        pair = (a, b) if a < b else (b, a)
        if pair not in self._known:
            one, other = self._where[a], self._where[b]
            lat1, lat2 = math.radians(one.lat), math.radians(other.lat)
            half_lat, half_lon = (lat2 - lat1) / 2, math.radians(other.lon - one.lon) / 2
            chord = math.sin(half_lat) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(half_lon) ** 2
            self._known[pair] = 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(chord)))
        return self._known[pair]
