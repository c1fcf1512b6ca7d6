"""Places answer to codes, names and coordinates, and to nothing else."""

from __future__ import annotations

from collections import Counter

import pytest
from shapely.geometry import Point

from standto.errors import UnknownPlaceError
from standto.geo import all_places, find_place
from standto.geo.files import table
from standto.geo.outlines import states
from standto.geo.places import plain


@pytest.mark.parametrize(
    ("reference", "place_id"),
    [
        ("EPRZ", "EPRZ"),
        ("eprz", "EPRZ"),
        ("DEBRV", "DEBRV"),
        ("fort-bragg", "fort-bragg"),
        ("Fort Liberty", "fort-bragg"),
        ("Fort Cavazos", "fort-hood"),
        ("Fort Johnson", "fort-polk"),
        ("MIHAIL KOGALNICEANU", "LRCK"),
        ("Mihail Kogălniceanu", "LRCK"),
        ("Šiauliai", "EYSA"),
        ("Łask", "EPLK"),
        ("Munster", "munster-oertze"),
        ("Grafenwöhr", "tower-barracks"),
        ("Vilseck", "rose-barracks"),
        ("Constanța", "ROCND"),
    ],
)
def test_a_reference_finds_its_place(reference: str, place_id: str) -> None:
    assert find_place(reference).id == place_id


def test_munster_is_the_camp_in_lower_saxony_not_muenster_in_westphalia() -> None:
    munster = find_place("Munster")
    assert (munster.lat, munster.lon) == pytest.approx((52.985, 10.115), abs=0.03)


def test_coordinates_are_a_point_with_its_country() -> None:
    point = find_place("50.11, 22.02")
    assert (point.kind, point.country, point.lat, point.lon) == ("point", "PL", 50.11, 22.02)
    assert find_place("45.0,-40.0").country == ""


@pytest.mark.parametrize("reference", ["91,0", "10,181", "", "   ", "ZZZZ", "x" * 5000])
def test_what_is_no_place_is_refused(reference: str) -> None:
    with pytest.raises(UnknownPlaceError):
        find_place(reference)


def test_a_near_miss_is_offered_the_place_meant() -> None:
    with pytest.raises(UnknownPlaceError, match="Spangdahlem"):
        find_place("Spangdalem")


def test_the_tables_are_as_large_as_promised() -> None:
    kinds = Counter(place.kind for place in all_places())
    assert kinds["installation"] >= 60
    assert kinds["port"] >= 40
    assert sum(place.runway_m is not None for place in all_places("airfield")) >= 60


def test_ids_are_unique_and_every_name_and_alias_means_one_place() -> None:
    owners: dict[str, set[str]] = {}
    for name in ("installations.csv", "airfields.csv", "ports.csv"):
        for row in table(name):
            for key in (row["id"], row["name"], *filter(None, row["aliases"].split(";"))):
                owners.setdefault(plain(key), set()).add(row["id"])
    assert {key: ids for key, ids in owners.items() if len(ids) > 1} == {}


def test_every_place_lies_in_the_country_its_table_says() -> None:
    """Within 20 km: the outlines leave out small islands and are thinned at borders."""
    outlines = states() | {"GI": states()["ES"]}
    wrong = [
        place.id
        for place in all_places()
        if outlines[place.country].distance(Point(place.lon, place.lat)) > 20 / 111.0
    ]
    assert wrong == []
