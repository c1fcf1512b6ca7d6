"""Ways keep to a scenario's political limits, whatever the mode."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import LineString
from shapely.ops import unary_union

from standto.errors import GeographyError
from standto.geo import GeoPlace, Mode, PlaceKind, WayFinder, all_places, default_transit, find_place
from standto.geo.outlines import states
from standto.geo.passages import passages
from standto.geo.ways import great_circle_km

BORDER_KM = {"air": 1.0, "rail": 20.0, "road": 20.0}
KM_PER_DEG = 111.2
PLACES = {
    "air": [
        "KPOB",
        "EPRZ",
        "LRCK",
        "EBMB",
        "EYVI",
        "EEEI",
        "EVGA",
        "LBSF",
        "BKPR",
        "LTAG",
        "LGSA",
        "LERT",
        "KTCM",
    ],
    "rail": [
        "Bremerhaven",
        "Kaunas",
        "Powidz",
        "Vilseck",
        "Suippes",
        "Cincu",
        "Marchwood",
        "Lest",
        "Riga",
        "Adazi",
    ],
    "road": [
        "Bremerhaven",
        "Rukla",
        "Tapa",
        "Vilseck",
        "LRCK",
        "Cincu",
        "Tidworth",
        "Aviano",
        "EPRZ",
        "Helsinki",
    ],
    "sea": [
        "Beaumont",
        "Bremerhaven",
        "Klaipeda",
        "Constanta",
        "Alexandroupoli",
        "Marchwood",
        "Rota",
        "Norfolk",
    ],
}


def places_of(mode: Mode) -> list[GeoPlace]:
    return [find_place(reference) for reference in PLACES[mode]]


@pytest.mark.parametrize("mode", ["air", "rail", "road", "sea"])
def test_there_and_back_are_as_long_and_no_way_beats_the_great_circle(mode: Mode) -> None:
    places = {place.id: place for place in places_of(mode)}
    ways = WayFinder().ways(mode, list(places.values()))
    assert ways
    for (a, b), way in ways.items():
        assert ways[b, a].km == pytest.approx(way.km)
        assert way.km >= great_circle_km(places[a], places[b]) * (1 - 1e-9)
        assert way.line[0] == pytest.approx((places[a].lon, places[a].lat), abs=0.01)
        assert way.line[-1] == pytest.approx((places[b].lon, places[b].lat), abs=0.01)


@pytest.mark.parametrize("mode", ["air", "rail", "road"])
def test_no_way_lies_in_a_state_outside_the_transit_list(mode: Mode) -> None:
    closed = unary_union([shape for code, shape in states().items() if code not in default_transit()])
    inside = closed.buffer(-BORDER_KM[mode] / KM_PER_DEG)
    for pair, way in WayFinder().ways(mode, places_of(mode)).items():
        assert not LineString(way.line).intersects(inside), pair
        assert way.countries <= default_transit(), pair


@pytest.mark.parametrize("mode", ["air", "rail", "road"])
@settings(max_examples=4, deadline=None)
@given(
    left_out=st.sets(
        st.sampled_from(["AT", "CH", "CZ", "PL", "HU", "SK", "SE", "BE", "BA"]), min_size=1, max_size=3
    )
)
def test_a_narrower_transit_list_never_shortens_a_way(mode: Mode, left_out: set[str]) -> None:
    wide = WayFinder().ways(mode, places_of(mode))
    narrow = WayFinder(default_transit() - left_out).ways(mode, places_of(mode))
    assert set(narrow) <= set(wide)
    for pair, way in narrow.items():
        assert way.km >= wide[pair].km * (1 - 2e-3), pair
        assert not way.countries & left_out, pair


def test_the_road_to_lithuania_runs_through_poland_not_through_kaliningrad_or_belarus() -> None:
    way = WayFinder().way("road", find_place("Munster"), find_place("Rukla"))
    assert way is not None
    assert way.countries == {"DE", "PL", "LT"}


def test_without_poland_no_land_way_and_a_longer_flight_lead_to_lithuania() -> None:
    wide, narrow = WayFinder(), WayFinder(default_transit() - {"PL"})
    overland = narrow.way("road", find_place("Burg"), find_place("Rukla"))
    usual = wide.way("road", find_place("Burg"), find_place("Rukla"))
    assert usual is not None
    assert overland is None or overland.km > 2 * usual.km  # round the Baltic, with a ferry
    direct = wide.way("air", find_place("EPRZ"), find_place("EYKA"))
    assert direct is not None
    assert narrow.way("air", find_place("EPRZ"), find_place("EYKA")) is None
    around = narrow.way("air", find_place("ETAR"), find_place("EYKA"))
    straight = wide.way("air", find_place("ETAR"), find_place("EYKA"))
    assert around is not None
    assert straight is not None
    assert around.km > straight.km


def test_a_rail_way_never_runs_through_a_break_of_gauge() -> None:
    finder = WayFinder()
    assert finder.way("rail", find_place("EPWA"), find_place("Riga")) is None
    assert finder.way("rail", find_place("Barcelona"), find_place("Marseille")) is None
    standard = finder.way("rail", find_place("EPWA"), find_place("Kaunas"))
    broad = finder.way("rail", find_place("Kaunas"), find_place("Riga"))
    assert standard is not None
    assert broad is not None


def test_links_over_water_are_named_in_the_basis() -> None:
    finder = WayFinder()
    tunnel = finder.way("rail", find_place("Tidworth"), find_place("Suippes"))
    ferry = finder.way("road", find_place("Tapa"), find_place("Helsinki"))
    assert tunnel is not None
    assert ferry is not None
    assert "Channel Tunnel" in tunnel.basis
    assert "ferry Tallinn-Helsinki" in ferry.basis


@pytest.mark.parametrize(
    ("closed", "origin", "destination"),
    [
        ({"turkish-straits"}, "Piraeus", "Constanta"),
        ({"dardanelles"}, "Piraeus", "Constanta"),
        ({"danish-straits", "kiel"}, "Bremerhaven", "Klaipeda"),
    ],
)
def test_a_sea_behind_closed_straits_is_out_of_reach(closed: set[str], origin: str, destination: str) -> None:
    assert WayFinder().way("sea", find_place(origin), find_place(destination)) is not None
    assert WayFinder(closed_passages=closed).way("sea", find_place(origin), find_place(destination)) is None


@pytest.mark.parametrize(
    ("closed", "origin", "destination"),
    [
        ({"suez"}, "Piraeus", "12.5,45.0"),
        ({"oresund", "kiel"}, "Gothenburg", "Gdynia"),
        ({"great-belt", "kiel"}, "Aarhus", "Rostock"),
        ({"kiel"}, "Hamburg", "Klaipeda"),
        ({"gibraltar"}, "Norfolk", "Piraeus"),
        ({"panama"}, "Oakland", "Rotterdam"),
        ({"dover"}, "Le Havre", "Rotterdam"),
        ({"messina"}, "Naples", "Augusta"),
    ],
)
def test_a_closed_passage_makes_the_way_longer(closed: set[str], origin: str, destination: str) -> None:
    ends = find_place(origin), find_place(destination)
    wide, narrow = WayFinder().way("sea", *ends), WayFinder(closed_passages=closed).way("sea", *ends)
    assert wide is not None
    assert narrow is not None
    assert narrow.km > wide.km + 10


@settings(max_examples=10, deadline=None)
@given(closed=st.sets(st.sampled_from(sorted(passages())), max_size=4))
def test_closing_passages_never_shortens_a_sea_way(closed: set[str]) -> None:
    wide = WayFinder().ways("sea", places_of("sea"))
    narrow = WayFinder(closed_passages=closed).ways("sea", places_of("sea"))
    assert set(narrow) <= set(wide)
    assert all(way.km >= wide[pair].km - 1e-6 for pair, way in narrow.items())


def test_a_point_at_sea_has_no_road_or_railway() -> None:
    at_sea, port = find_place("54.3,7.5"), find_place("Bremerhaven")
    assert at_sea.country == ""
    assert WayFinder().way("road", at_sea, port) is None
    assert WayFinder().way("rail", at_sea, port) is None
    assert WayFinder().way("sea", at_sea, port) is not None


@pytest.mark.parametrize("mode", ["air", "rail", "road", "sea"])
def test_two_names_for_one_spot_are_joined_by_a_short_way(mode: Mode) -> None:
    kind: PlaceKind = "port" if mode == "sea" else "airfield"
    here, same = (GeoPlace(name, name, kind, "DE", 53.585, 8.54) for name in ("here", "same"))
    way = WayFinder().way(mode, here, same)
    assert way is not None
    assert way.km < 60


def test_an_unknown_passage_or_mode_is_refused() -> None:
    with pytest.raises(GeographyError, match="turkish-straits"):
        WayFinder(closed_passages=["bosphorus"])
    with pytest.raises(GeographyError, match="sea"):
        WayFinder().ways("river", [])  # type: ignore[arg-type]  # what an unchecked caller may pass


def test_installations_have_no_sea_or_air_way_of_their_own() -> None:
    finder = WayFinder()
    assert finder.way("sea", find_place("Fort Bragg"), find_place("Bremerhaven")) is None
    assert finder.way("air", find_place("Fort Bragg"), find_place("EPRZ")) is None


def test_every_listed_american_installation_has_road_and_rail_to_every_port_of_its_coast() -> None:
    lower = [
        place
        for place in all_places()
        if place.country == "US" and place.lon > -126 and place.kind in {"installation", "port", "airfield"}
    ]
    roads, rails = WayFinder().ways("road", lower), WayFinder().ways("rail", lower)
    off_road = {a.id for a in lower for b in lower if a.id != b.id and (a.id, b.id) not in roads}
    off_rail = {a.id for a in lower for b in lower if a.id != b.id and (a.id, b.id) not in rails}
    assert off_road == set()
    assert off_rail == set()


@settings(max_examples=10, deadline=None)
@given(
    lat=st.floats(44.0, 54.0),
    lon=st.floats(2.0, 26.0),
    other=st.sampled_from(["Rukla", "Vilseck", "Constanta", "EPRZ"]),
)
def test_a_road_from_any_point_goes_both_ways_and_is_no_shorter_than_the_great_circle(
    lat: float, lon: float, other: str
) -> None:
    point, place = find_place(f"{lat:.4f},{lon:.4f}"), find_place(other)
    ways = WayFinder().ways("road", [point, place])
    if point.country not in default_transit() | {""}:
        assert ways == {}
    for way in ways.values():
        assert way.km == pytest.approx(ways[point.id, place.id].km)
        assert great_circle_km(point, place) <= way.km < 60 + 3 * great_circle_km(point, place)


def test_a_place_outside_the_transit_list_has_no_way() -> None:
    minsk, warsaw = find_place("53.9,27.57"), find_place("EPWA")
    for mode in ("air", "rail", "road"):
        assert WayFinder().way(mode, minsk, warsaw) is None
        assert WayFinder(default_transit() | {"BY"}).way(mode, warsaw, find_place("EYVI")) or mode == "rail"


def test_lines_are_thin_enough_to_draw() -> None:
    for mode in ("air", "rail", "road", "sea"):
        for way in WayFinder().ways(mode, places_of(mode)).values():
            assert 2 <= len(way.line) <= 400
            assert all(a != b for a, b in pairwise(way.line))
