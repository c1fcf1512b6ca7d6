"""Distances by four modes against published figures, or against another computation where none was at hand.

Every published figure has the address of the page it was read on. "Computed here" is great-circle sums over
waypoints set by hand (sea), Vincenty's inverse formula (air), or bounds by hand (bent air legs).
"""

from __future__ import annotations

from itertools import pairwise
from math import asin, atan, atan2, cos, radians, sin, sqrt, tan

import pytest

from standto.geo import GeoPlace, Mode, WayFinder, find_place

KM_PER_NMI = 1.852
Point = tuple[float, float]

BERLIN, HAMBURG, MUNICH = "52.52,13.40", "53.55,10.00", "48.14,11.57"
STOCKHOLM, GOTHENBURG = "59.33,18.06", "57.71,11.97"
PUBLISHED: list[tuple[Mode, str, str, float, float, str]] = [
    (
        "road",
        BERLIN,
        MUNICH,
        584,
        0.05,
        "originalberlintours.com/the-distance-between-berlin-and-the-rest-of-germany/",
    ),
    (
        "road",
        BERLIN,
        HAMBURG,
        289,
        0.05,
        "originalberlintours.com/the-distance-between-berlin-and-the-rest-of-germany/",
    ),
    (
        "road",
        "48.86,2.35",
        "43.30,5.38",
        776,
        0.05,
        "api-ulys.vinci-autoroutes.com/fr/prix-du-peage/paris-marseille",
    ),
    ("road", "52.23,21.01", "59.43,24.75", 970, 0.08, "wiki.aaroads.com/wiki/European_route_E67"),
    ("road", "52.32,12.98", "48.18,11.60", 529, 0.05, "wikivisually.com/wiki/Bundesautobahn_9"),
    (
        "road",
        "32.86,-83.66",
        "32.08,-81.10",
        268.5,
        0.12,
        "mapsofworld.com/usa/highways/interstate16-map.html",
    ),
    (
        "road",
        "LRCK",
        "Cincu",
        400,
        0.15,
        "defence24.com/show-of-force-american-stryker-carriers-marching-through-romania",
    ),
    # Reported of real convoys, whose route and rounding are not known: the shortest road is no check on them.
    (
        "road",
        "Munster",
        "Rukla",
        1600,
        0.25,
        "dw.com/en/german-troop-reinforcements-arrive-in-lithuania/a-60774606",
    ),
    (
        "road",
        "Sennelager",
        "Tapa",
        1600,
        0.25,
        "estonianworld.com/security/pictures-first-additional-british-troops",
    ),
    ("rail", STOCKHOLM, GOTHENBURG, 455, 0.04, "nn.m.wikipedia.org/wiki/Västra_stambanan"),
    ("rail", BERLIN, HAMBURG, 286.7, 0.04, "de.zxc.wiki/wiki/Berlin-Hamburger_Bahn"),
    (
        "rail",
        "40.41,-3.69",
        "41.38,2.14",
        621,
        0.06,
        "wikivisually.com/wiki/Madrid-Barcelona_high-speed_rail_line",
    ),
    ("rail", "59.44,24.74", "narva", 211, 0.05, "ko.m.wikipedia.org, Tallinn-Narva railway"),
    ("sea", "21.29,-157.88", "Beaumont", 6233 * KM_PER_NMI, 0.03, "army.mil/article/147233"),
    (
        "sea",
        "42.35,-70.95",
        "Anchorage",
        7312 * KM_PER_NMI,
        0.05,
        "magazines.marinelink.com, July 1978, of NOAA's tables",
    ),
]

BISHOP_ROCK, USHANT, CASQUETS, DOVER, TEXEL = (
    (49.6, -6.6),
    (48.7, -5.8),
    (50.0, -2.8),
    (51.0, 1.45),
    (53.2, 4.4),
)
GERMAN_BIGHT, MATAPAN, ELAFONISOS, KEA = (53.95, 7.9), (36.3, 22.5), (36.3, 23.1), (37.6, 24.2)
FLORIDA = [(29.6, -93.8), (24.3, -82.5), (25.0, -80.0), (27.5, -79.6)]
ROUND_SKAW = [(57.2, 8.0), (57.85, 10.8), (56.5, 11.9), (56.1, 12.55), (55.6, 12.8), (55.25, 12.8)]
MESSINA = [(38.9, 15.2), (38.2, 15.65), (37.8, 15.6)]
TO_BLACK_SEA = [(40.0, 26.15), (40.2, 26.4), (40.42, 26.7), (40.9, 28.6), (41.0, 28.98), (41.22, 29.13)]
CHARTED: list[tuple[str, str, list[Point]]] = [
    ("Norfolk", "Bremerhaven", [(36.95, -75.9), BISHOP_ROCK, CASQUETS, DOVER, TEXEL, GERMAN_BIGHT]),
    ("Beaumont", "Bremerhaven", [*FLORIDA, BISHOP_ROCK, CASQUETS, DOVER, TEXEL, GERMAN_BIGHT]),
    ("Charleston", "Antwerp", [(32.7, -79.7), BISHOP_ROCK, CASQUETS, DOVER, (51.45, 3.5)]),
    ("Halifax", "Rotterdam", [(44.5, -63.4), (46.3, -53.0), BISHOP_ROCK, CASQUETS, DOVER, (51.98, 3.9)]),
    (
        "Rotterdam",
        "Gibraltar",
        [(51.98, 3.9), DOVER, CASQUETS, USHANT, (43.2, -9.9), (36.9, -9.3), (35.95, -5.6)],
    ),
    ("Piraeus", "Constanta", [KEA, (38.1, 24.6), (39.9, 25.7), *TO_BLACK_SEA]),
    (
        "Livorno",
        "Alexandroupoli",
        [(42.9, 10.2), *MESSINA, MATAPAN, ELAFONISOS, KEA, (38.1, 24.6), (40.3, 25.9)],
    ),
    (
        "Marseille",
        "Thessaloniki",
        [(42.8, 6.3), (41.3, 9.3), *MESSINA, MATAPAN, ELAFONISOS, KEA, (39.0, 24.2)],
    ),
    (
        "Marchwood",
        "Paldiski",
        [(50.6, -0.7), DOVER, TEXEL, *ROUND_SKAW, (55.35, 14.2), (56.0, 16.8), (58.8, 20.8)],
    ),
]

DIRECT_FLIGHTS = [
    ("KPOB", "EPRZ"),
    ("KPOB", "ETOU"),
    ("EBMB", "LRCK"),
    ("KSVN", "EDDN"),
    ("KDOV", "ETAR"),
    ("KSKA", "LGSA"),
    ("KTCM", "ETAR"),
]
BENT_FLIGHTS: list[tuple[str, str, list[Point]]] = [
    # Through the Suwalki gap, along eastern Poland and Slovakia, past Zahony.
    (
        "EYVI",
        "LRBC",
        [(54.3, 23.8), (53.9, 23.1), (52.4, 22.6), (49.3, 22.2), (48.3, 21.8), (47.75, 22.6), (47.5, 24.5)],
    ),
    # Between Serbia and Ukraine.
    ("BKPR", "EPRZ", [(42.0, 22.0), (42.4, 22.9), (44.3, 23.0), (45.6, 21.6), (46.4, 20.6), (48.4, 21.5)]),
]


def place(reference: str) -> GeoPlace:
    if reference == "narva":  # the thinned outlines put the bank of the border river on the far side
        return GeoPlace("narva", "Narva", "point", "EE", 59.37, 28.19)
    return find_place(reference)


def great_circle(a: Point, b: Point) -> float:
    (lat1, lon1), (lat2, lon2) = ((radians(x), radians(y)) for x, y in (a, b))
    h = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0088 * asin(sqrt(h))


def along(points: list[Point]) -> float:
    return sum(great_circle(a, b) for a, b in pairwise(points))


def vincenty(a: Point, b: Point) -> float:
    """T. Vincenty, Survey Review 23 (176), 1975: the inverse problem on the WGS 84 ellipsoid."""
    major, flat = 6378.137, 1 / 298.257223563
    minor = major * (1 - flat)
    u1, u2 = (atan((1 - flat) * tan(radians(lat))) for lat in (a[0], b[0]))
    lam = length = radians(b[1] - a[1])
    for _ in range(100):
        sin_s = sqrt((cos(u2) * sin(lam)) ** 2 + (cos(u1) * sin(u2) - sin(u1) * cos(u2) * cos(lam)) ** 2)
        cos_s = sin(u1) * sin(u2) + cos(u1) * cos(u2) * cos(lam)
        sigma = atan2(sin_s, cos_s)
        sin_a = cos(u1) * cos(u2) * sin(lam) / sin_s
        cos2_a = 1 - sin_a**2
        cos_2m = cos_s - 2 * sin(u1) * sin(u2) / cos2_a
        c = flat / 16 * cos2_a * (4 + flat * (4 - 3 * cos2_a))
        lam = length + (1 - c) * flat * sin_a * (
            sigma + c * sin_s * (cos_2m + c * cos_s * (2 * cos_2m**2 - 1))
        )
    u_sq = cos2_a * (major**2 - minor**2) / minor**2
    k_a = 1 + u_sq / 16384 * (4096 + u_sq * (-768 + u_sq * (320 - 175 * u_sq)))
    k_b = u_sq / 1024 * (256 + u_sq * (-128 + u_sq * (74 - 47 * u_sq)))
    tail = k_b / 6 * cos_2m * (4 * sin_s**2 - 3) * (4 * cos_2m**2 - 3)
    return minor * k_a * (sigma - k_b * sin_s * (cos_2m + k_b / 4 * (cos_s * (2 * cos_2m**2 - 1) - tail)))


def km_by(mode: Mode, origin: str, destination: str, closed: tuple[str, ...] = ()) -> float:
    way = WayFinder(closed_passages=closed).way(mode, place(origin), place(destination))
    assert way is not None
    assert not way.assumed
    return way.km


@pytest.mark.parametrize(("mode", "origin", "destination", "published_km", "tolerance", "source"), PUBLISHED)
def test_a_distance_agrees_with_a_published_figure(
    mode: Mode, origin: str, destination: str, published_km: float, tolerance: float, source: str
) -> None:
    assert km_by(mode, origin, destination) == pytest.approx(published_km, rel=tolerance), source


@pytest.mark.parametrize(("origin", "destination", "waypoints"), CHARTED)
def test_a_sea_route_agrees_with_great_circles_over_charted_waypoints(
    origin: str, destination: str, waypoints: list[Point]
) -> None:
    """Computed here; without the Kiel Canal, so that the waypoints hold."""
    a, b = find_place(origin), find_place(destination)
    charted = along([(a.lat, a.lon), *waypoints, (b.lat, b.lon)])
    assert km_by("sea", origin, destination, closed=("kiel",)) == pytest.approx(charted, rel=0.05)


def test_the_kiel_canal_saves_what_is_published() -> None:
    """An average of 250 nautical miles: mgbrown.net.nz/blog/2014/09/29/kiel-canal-transit."""
    saved = km_by("sea", "Bremerhaven", "Klaipeda", closed=("kiel",)) - km_by(
        "sea", "Bremerhaven", "Klaipeda"
    )
    assert saved / KM_PER_NMI == pytest.approx(250, rel=0.2)


@pytest.mark.parametrize(("origin", "destination"), DIRECT_FLIGHTS)
def test_a_direct_flight_agrees_with_vincenty_and_is_near_the_sphere(origin: str, destination: str) -> None:
    a, b = find_place(origin), find_place(destination)
    km = km_by("air", origin, destination)
    assert km == pytest.approx(vincenty((a.lat, a.lon), (b.lat, b.lon)), rel=1e-6)
    assert km == pytest.approx(great_circle((a.lat, a.lon), (b.lat, b.lon)), rel=0.006)


@pytest.mark.parametrize(("origin", "destination", "waypoints"), BENT_FLIGHTS)
def test_a_bent_flight_is_no_longer_than_one_flown_by_hand_around_closed_states(
    origin: str, destination: str, waypoints: list[Point]
) -> None:
    a, b = find_place(origin), find_place(destination)
    by_hand = along([(a.lat, a.lon), *waypoints, (b.lat, b.lon)])
    km = km_by("air", origin, destination)
    assert 1.05 * vincenty((a.lat, a.lon), (b.lat, b.lon)) < km <= by_hand
    assert km == pytest.approx(by_hand, rel=0.15)
