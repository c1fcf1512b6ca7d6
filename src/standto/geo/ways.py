"""Ways: how far it is from one place to another by air, sea, rail or road, and over whose land."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from standto.errors import GeographyError
from standto.geo.nations import default_transit, with_territories
from standto.geo.places import GeoPlace

Mode = Literal["air", "sea", "rail", "road"]
MODES: tuple[Mode, ...] = ("air", "sea", "rail", "road")
CIRCUITY: dict[Mode, float] = {"rail": 1.35, "road": 1.25}


@dataclass(frozen=True, slots=True)
class Way:
    """One way between two places by one mode.

    Attributes
    ----------
    mode
        `air`, `sea`, `rail` or `road`.
    km
        Length in kilometres.
    line
        Points in lon, lat from origin to destination, thinned for drawing.
    countries
        ISO 3166-1 alpha-2 codes of the states it starts in, crosses and ends in.
    basis
        Where the length comes from, in words for a reader.
    assumed
        True where the length is a rule of thumb, not a network or a geodesic.
    """

    mode: Mode
    km: float
    line: tuple[tuple[float, float], ...]
    countries: frozenset[str]
    basis: str
    assumed: bool


def great_circle_km(a: GeoPlace, b: GeoPlace) -> float:
    """Geodesic kilometres between two places on the WGS 84 ellipsoid (Karney's method, in pyproj)."""
    from pyproj import Geod

    return float(Geod(ellps="WGS84").inv(a.lon, a.lat, b.lon, b.lat)[2]) / 1000


class WayFinder:
    """Finds ways between places under a scenario's political limits.

    Parameters
    ----------
    transit
        ISO 3166-1 alpha-2 codes of the states that ways may cross; None is `default_transit()`. Territories
        follow their state. The states of the two ends are always open to their own way.
    closed_passages
        Canals and straits that ships may not use; see `standto.geo.sea.PASSAGES`.
    """

    def __init__(self, transit: Collection[str] | None = None, closed_passages: Collection[str] = ()) -> None:
        self.transit = default_transit() if transit is None else with_territories(frozenset(transit))
        self.closed_passages = frozenset(closed_passages)

    def way(self, mode: Mode, origin: GeoPlace, destination: GeoPlace) -> Way | None:
        """The shortest way by one mode, or None if there is none under these limits."""
        return self.ways(mode, [origin, destination]).get((origin.id, destination.id))

    def ways(self, mode: Mode, places: Sequence[GeoPlace]) -> dict[tuple[str, str], Way]:
        """The shortest way of every ordered pair that has one, by the two place ids."""
        if mode not in MODES:
            raise GeographyError(f"there are no ways by {mode!r}", fix=f"use one of {', '.join(MODES)}")
        found = {}
        for a in places:
            for b in places:
                if a.id == b.id:
                    continue
                if mode == "sea" and not {a.kind, b.kind} <= {"port", "point"}:
                    continue
                factor = CIRCUITY.get(mode, 1.3 if mode == "sea" else 1.0)
                found[a.id, b.id] = Way(
                    mode,
                    great_circle_km(a, b) * factor,
                    ((a.lon, a.lat), (b.lon, b.lat)),
                    frozenset({a.country, b.country} - {""}),
                    "geodesic" if mode == "air" else f"great circle x {factor} (assumed)",
                    mode != "air",
                )
        return found
