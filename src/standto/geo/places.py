"""Places: airfields by ICAO code, ports by code, installations by name, and anything else by coordinates."""

from __future__ import annotations

import difflib
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Literal

from standto.errors import UnknownPlaceError
from standto.geo.files import table

PlaceKind = Literal["airfield", "port", "installation", "point"]

TABLES: tuple[tuple[PlaceKind, str], ...] = (
    ("installation", "installations.csv"),
    ("airfield", "airfields.csv"),
    ("port", "ports.csv"),
)
COORDINATES = re.compile(r"\s*([+-]?\d{1,2}(?:\.\d{1,9})?)\s*,\s*([+-]?\d{1,3}(?:\.\d{1,9})?)\s*")
LONGEST_REFERENCE = 200
LETTERS_WITHOUT_ACCENT = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "ı": "i", "ð": "d"}
)


@dataclass(frozen=True, slots=True)
class GeoPlace:
    """One place on the earth that people and things leave, pass or reach.

    Attributes
    ----------
    id
        ICAO code (`EPRZ`), port code (`DEBRV`), installation id (`fort-bragg`) or `lat,lon` of a point.
    name
        Name in 2022.
    kind
        `airfield`, `port`, `installation` or `point`.
    country
        ISO 3166-1 alpha-2 code, empty at sea.
    lat, lon
        Degrees, WGS 84.
    runway_m
        Longest open runway in metres, None where unknown or no airfield.
    """

    id: str
    name: str
    kind: PlaceKind
    country: str
    lat: float
    lon: float
    runway_m: float | None = None


@cache
def _register() -> tuple[tuple[GeoPlace, ...], dict[str, GeoPlace]]:
    """All shipped places, and every key that finds one: ids first, then names, then aliases."""
    places: list[GeoPlace] = []
    names: list[tuple[str, GeoPlace]] = []
    for kind, file in TABLES:
        for row in table(file):
            place = GeoPlace(
                id=row["id"],
                name=row["name"],
                kind=kind,
                country=row["country"],
                lat=float(row["lat"]),
                lon=float(row["lon"]),
                runway_m=float(row["runway_m"]) if row.get("runway_m") else None,
            )
            places.append(place)
            names.append((place.name, place))
            names.extend((alias, place) for alias in row["aliases"].split(";") if alias)
    keys = {plain(place.id): place for place in places}
    for name, place in names:
        keys.setdefault(plain(name), place)
    return tuple(places), keys


def plain(text: str) -> str:
    """A name as it is compared: lower case, no accents, words parted by one space."""
    bare = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS_WITHOUT_ACCENT))
    return " ".join(re.findall(r"[a-z0-9]+", "".join(c for c in bare if not unicodedata.combining(c))))


def all_places(kind: PlaceKind | None = None) -> tuple[GeoPlace, ...]:
    """Every shipped place, or those of one kind."""
    places, _ = _register()
    return tuple(place for place in places if kind in (None, place.kind))


def find_place(reference: str) -> GeoPlace:
    """The place that a reference means: ICAO code, port code, installation id, name, alias or `lat,lon`.

    Case, accents and punctuation do not matter. Codes and ids win over names.

    Raises
    ------
    UnknownPlaceError
        If nothing answers to the reference; the message offers the closest names.
    """
    if len(reference) > LONGEST_REFERENCE:
        raise UnknownPlaceError(
            f"the place reference of {len(reference)} characters is no place",
            fix=f"use a code, a name or 'lat,lon' of at most {LONGEST_REFERENCE} characters",
        )
    coordinates = COORDINATES.fullmatch(reference)
    if coordinates:
        return _point(float(coordinates[1]), float(coordinates[2]), reference)
    _, keys = _register()
    wanted = plain(reference)
    if wanted in keys:
        return keys[wanted]
    close = difflib.get_close_matches(wanted, keys, n=3, cutoff=0.6)
    offers = ", ".join(sorted({f"{keys[key].name} ({keys[key].id})" for key in close}))
    raise UnknownPlaceError(
        f"no airfield, port or installation is called {reference!r}",
        fix=f"did you mean {offers}?" if offers else "give an ICAO code, a port code or 'lat,lon'",
    )


def _point(lat: float, lon: float, reference: str) -> GeoPlace:
    """A bare point with the country it lies in."""
    if abs(lat) > 90 or abs(lon) > 180:
        raise UnknownPlaceError(
            f"the coordinates {reference!r} are not on the earth",
            fix="latitude comes first, from -90 to 90; longitude second, from -180 to 180",
        )
    lat, lon = lat + 0.0, lon + 0.0
    from standto.geo.outlines import country_at

    name = f"{abs(lat):g} {'N' if lat >= 0 else 'S'}, {abs(lon):g} {'E' if lon >= 0 else 'W'}"
    return GeoPlace(f"{lat:g},{lon:g}", name, "point", country_at(lat, lon), lat, lon)
