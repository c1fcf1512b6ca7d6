"""Ways: how far it is from one place to another by air, sea, rail or road, and over whose land."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from standto.errors import GeographyError
from standto.geo.nations import default_transit, with_territories
from standto.geo.places import GeoPlace

Mode = Literal["air", "sea", "rail", "road"]
MODES: tuple[Mode, ...] = ("air", "sea", "rail", "road")
LOCAL_KM = 40.0
ROAD_CIRCUITY = 1.25
DRAWN_TO_DEG = 0.03
BASIS = {
    "rail": "rail network (OpenStreetMap, derived)",
    "road": "road network (OpenStreetMap, derived)",
    "sea": "sea route (searoute)",
    "air": "geodesic",
    "bent": "geodesic legs around closed airspace",
    "local": f"great circle x {ROAD_CIRCUITY} (assumed: roads too small for the network)",
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
        ISO 3166-1 alpha-2 codes of the states it starts in, crosses and ends in; of a sea route, of its ends only.
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
    from pyproj import Geod

    return float(Geod(ellps="WGS84").inv(a.lon, a.lat, b.lon, b.lat)[2]) / 1000


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

        Air ways join airfields and points; sea ways join ports and points at the coast; rail and road join places
        of every kind. A place in a state outside the transit list has no ways.
        """
        if mode not in MODES:
            raise GeographyError(f"there are no ways by {mode!r}", fix=f"use one of {', '.join(MODES)}")
        distinct = {place.id: place for place in places if place.country in self.transit or not place.country}
        find = {"air": self._air, "sea": self._sea, "rail": self._rail, "road": self._road}[mode]
        found = {}
        for a, b, way in find(list(distinct.values())):
            found[a.id, b.id] = way
            found[b.id, a.id] = way.back()
        return found

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

    def _rail(self, places: list[GeoPlace]) -> Iterator[tuple[GeoPlace, GeoPlace, Way]]:
        from standto.geo.land import land_paths

        paths = land_paths("rail", places, self.transit)
        for a, b in combinations(places, 2):
            path = paths.get((a.id, b.id))
            if path:
                km = max(path.km, great_circle_km(a, b))
                yield a, b, Way("rail", km, _drawn(path.line), path.countries, _basis("rail", path.links))

    def _road(self, places: list[GeoPlace]) -> Iterator[tuple[GeoPlace, GeoPlace, Way]]:
        from standto.geo.land import land_paths

        paths = land_paths("road", places, self.transit)
        for a, b in combinations(places, 2):
            path, direct = paths.get((a.id, b.id)), great_circle_km(a, b)
            local = self._local_road(a, b, direct) if direct <= LOCAL_KM else None
            if path and (local is None or path.km <= local.km):
                km = max(path.km, direct)
                yield a, b, Way("road", km, _drawn(path.line), path.countries, _basis("road", path.links))
            elif local:
                yield a, b, local

    def _local_road(self, a: GeoPlace, b: GeoPlace, direct_km: float) -> Way | None:
        """A short road that the network is too coarse to know, if dry and open land lies between."""
        from standto.geo.outlines import crossed, land_km

        line = ((a.lon, a.lat), (b.lon, b.lat))
        over = crossed(line)
        water_km = direct_km - land_km(line)
        if over - self.transit or water_km > max(2.0, 0.2 * direct_km):
            return None
        return Way("road", direct_km * ROAD_CIRCUITY, line, over | _ends(a, b), BASIS["local"], assumed=True)


def _ends(a: GeoPlace, b: GeoPlace) -> frozenset[str]:
    """The states of two places."""
    return frozenset({a.country, b.country} - {""})


def _basis(mode: Mode, links: tuple[str, ...]) -> str:
    """Where a length over a network comes from, with the tunnels and ferries used."""
    return BASIS[mode] + (f", with {', '.join(links)}" if links else "")


def _drawn(line: list[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """A line with no more points than a map of the theatre shows."""
    from shapely.geometry import LineString

    if len(line) < 3:
        return tuple(line)
    thin = LineString(line).simplify(DRAWN_TO_DEG, preserve_topology=False)
    return tuple((round(x, 3), round(y, 3)) for x, y in thin.coords)
