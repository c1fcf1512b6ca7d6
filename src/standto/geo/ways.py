"""Ways: how far it is from one place to another by air, sea, rail or road, and over whose land."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING

from standto.errors import GeographyError
from standto.geo.modes import MODES, LandMode, Mode
from standto.geo.nations import default_transit, with_territories
from standto.geo.places import GeoPlace

if TYPE_CHECKING:
    from pyproj import Geod

    from standto.geo.land import LandPath

LOCAL_KM = 40.0
DRAWN_TO_DEG = 0.03
BASIS = {
    "rail": "rail network (OpenStreetMap, derived)",
    "road": "road network (OpenStreetMap, derived)",
    "sea": "sea route (searoute)",
    "air": "geodesic",
    "bent": "geodesic legs around closed airspace",
}


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
        ISO 3166-1 alpha-2 codes of the states it starts in, crosses and ends in; of a sea route, of its
        ends only.
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
    assumed: bool = False

    def back(self) -> Way:
        """The same way in the other direction."""
        return Way(self.mode, self.km, self.line[::-1], self.countries, self.basis, self.assumed)


def great_circle_km(a: GeoPlace, b: GeoPlace) -> float:
    """Geodesic kilometres between two places on the WGS 84 ellipsoid (Karney's method, in pyproj)."""
    return float(_ellipsoid().inv(a.lon, a.lat, b.lon, b.lat)[2]) / 1000


@cache
def _ellipsoid() -> Geod:
    from pyproj import Geod

    return Geod(ellps="WGS84")


class WayFinder:
    """Finds ways between places under a scenario's political limits.

    Parameters
    ----------
    transit
        ISO 3166-1 alpha-2 codes of the states that ways may start in, cross and end in; None is
        `default_transit()`. Territories follow their state.
    closed_passages
        Canals and straits that ships may not use: any of `standto.geo.sea.passages()`.

    Raises
    ------
    GeographyError
        If a passage is none we know.
    """

    def __init__(self, transit: Collection[str] | None = None, closed_passages: Collection[str] = ()) -> None:
        from standto.geo.passages import closed_set

        self.transit = default_transit() if transit is None else with_territories(frozenset(transit))
        self.closed_passages = closed_set(frozenset(closed_passages))

    def way(self, mode: Mode, origin: GeoPlace, destination: GeoPlace) -> Way | None:
        """The shortest way by one mode, or None if there is none under these limits."""
        return self.ways(mode, [origin, destination]).get((origin.id, destination.id))

    def ways(self, mode: Mode, places: Sequence[GeoPlace]) -> dict[tuple[str, str], Way]:
        """The shortest way of every ordered pair that has one, by the two place ids.

        Air ways join airfields and points; sea ways join ports and points at the coast; rail and road join
        places of every kind. A place in a state outside the transit list has no ways.
        """
        if mode not in MODES:
            raise GeographyError(f"there are no ways by {mode!r}", fix=f"use one of {', '.join(MODES)}")
        distinct = {place.id: place for place in places if place.country in self.transit or not place.country}
        found = {}
        for a, b, way in self._pairs(mode, list(distinct.values())):
            found[a.id, b.id] = way
            found[b.id, a.id] = way.back()
        return found

    def _pairs(self, mode: Mode, places: list[GeoPlace]) -> Iterator[tuple[GeoPlace, GeoPlace, Way]]:
        """Every unordered pair of places with its shortest way."""
        if mode == "air":
            return self._air(places)
        if mode == "sea":
            return self._sea(places)
        return self._land(mode, places)

    def _air(self, places: list[GeoPlace]) -> Iterator[tuple[GeoPlace, GeoPlace, Way]]:
        from standto.geo.air import open_sky

        sky = open_sky(self.transit)
        for a, b in combinations([place for place in places if place.kind in {"airfield", "point"}], 2):
            path = sky.path(a, b)
            if path:
                basis = BASIS["bent"] if path.bent else BASIS["air"]
                yield a, b, Way("air", path.km, path.line, path.countries, basis)

    def _sea(self, places: list[GeoPlace]) -> Iterator[tuple[GeoPlace, GeoPlace, Way]]:
        from standto.geo.sea import sea_routes

        routes = sea_routes(places, self.closed_passages)
        for a, b in combinations(places, 2):
            if (a.id, b.id) in routes:
                km, line = routes[a.id, b.id]
                km = max(km, great_circle_km(a, b))
                yield a, b, Way("sea", km, _drawn(line), _ends(a, b), BASIS["sea"])

    def _land(self, mode: LandMode, places: list[GeoPlace]) -> Iterator[tuple[GeoPlace, GeoPlace, Way]]:
        from standto.geo.land import land_paths, network

        paths = land_paths(mode, places, self.transit)
        on_network = {place.id for place in places if network(mode).ties(place)}
        for a, b in combinations(places, 2):
            path, direct = paths.get((a.id, b.id)), great_circle_km(a, b)
            local = mode == "road" and direct <= LOCAL_KM
            assumed = None
            if local or not {a.id, b.id} <= on_network:
                assumed = self._assumed(mode, a, b, direct)
            if path and (assumed is None or path.km <= assumed.km):
                km = max(path.km, direct)
                yield a, b, Way(mode, km, _drawn(path.line), path.countries, _basis(mode, path))
            elif assumed:
                yield a, b, assumed

    def _assumed(self, mode: LandMode, a: GeoPlace, b: GeoPlace, direct_km: float) -> Way | None:
        """A rule of thumb where the network ends, if dry and open land lies between the places.

        Rail is assumed in North America only: elsewhere a place off the network may lie beyond a break of
        gauge.
        """
        from standto.geo.land import CIRCUITY
        from standto.geo.outlines import crossed, land_km

        line = ((a.lon, a.lat), (b.lon, b.lat))
        over = crossed(line) | _ends(a, b)
        water_km = direct_km - land_km(line)
        if (
            over - self.transit
            or water_km > max(2.0, 0.2 * direct_km)
            or (mode == "rail" and over - {"US", "CA"})
        ):
            return None
        basis = f"great circle x {CIRCUITY[mode]} (assumed: the network is too coarse here)"
        return Way(mode, direct_km * CIRCUITY[mode], line, over, basis, assumed=True)


def _ends(a: GeoPlace, b: GeoPlace) -> frozenset[str]:
    """The states of two places."""
    return frozenset({a.country, b.country} - {""})


def _basis(mode: LandMode, path: LandPath) -> str:
    """Where a length over a network comes from, with the tunnels, ferries and long ties in it."""
    from standto.geo.land import NOTED_TIE_KM

    ties = [f"{path.tie_km:.0f} km to and from the network assumed"] if path.tie_km > NOTED_TIE_KM else []
    parts = ", ".join([*path.links, *ties])
    return BASIS[mode] + (f", with {parts}" if parts else "")


def _drawn(line: list[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """A line with no more points than a map of the theatre shows."""
    from shapely.geometry import LineString

    if len(line) < 3:
        return tuple(line)
    thin = LineString(line).simplify(DRAWN_TO_DEG, preserve_topology=False)
    return tuple((round(x, 3), round(y, 3)) for x, y in thin.coords)
