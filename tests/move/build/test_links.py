"""Which ways a built problem offers, and how ways given by hand take their place."""

from __future__ import annotations

from typing import Any

import pytest

from standto.geo.places import find_place
from standto.geo.ways import great_circle_km
from standto.move.build import build
from standto.move.check import unreachable
from standto.move.problem import Link
from tests.move.build.small import fleet, place, scenario, wanted


def links(*rows: dict[str, Any], **changed: Any) -> list[Link]:
    return build(scenario(links=list(rows), **changed)).links


def by_hand(**changed: Any) -> dict[str, Any]:
    return {"origin": "EDDP", "destination": "EVRA", "mode": "air", "km": 1000.0, **changed}


def test_a_way_is_offered_once_for_both_directions() -> None:
    [link] = links()
    assert link.both
    assert link.km == pytest.approx(great_circle_km(find_place("EDDP"), find_place("EVRA")), abs=0.1)


def test_a_way_given_by_hand_replaces_the_derived_one() -> None:
    [link] = links(by_hand(hours=3.0, closed="0..24", source="timetable"))
    assert (link.km, link.both, link.hours, link.closed) == (1000.0, True, {"plane": 3.0}, [(0.0, 24.0)])
    assert link.basis == "given: timetable"


def test_a_way_given_one_way_leaves_the_derived_way_back() -> None:
    derived, given = links(by_hand(both=False))
    assert (derived.origin, derived.destination, derived.both) == ("EVRA", "EDDP", False)
    assert (given.origin, given.destination, given.both) == ("EDDP", "EVRA", False)


def test_a_blank_length_closes_the_way() -> None:
    problem = build(scenario(links=[by_hand(km=None)]))
    assert problem.links == []
    [fault] = unreachable(problem)
    assert fault.row == "R"


def test_legs_longer_than_any_range_are_not_offered() -> None:
    assert links(fleets=[fleet("hopper", range_km=500.0)]) == []


def test_legs_far_off_every_direction_are_not_offered() -> None:
    places = [place(code, air=2) for code in ("EDDP", "EVRA", "LERT", "LPLA")]
    offered = {frozenset((link.origin, link.destination)) for link in links(places=places)}
    assert offered == {frozenset(("EDDP", "EVRA"))}


def test_a_stop_on_the_way_is_offered() -> None:
    places = [place(code, air=2) for code in ("EDDP", "EVRA", "EPGD")]
    offered = {frozenset((link.origin, link.destination)) for link in links(places=places)}
    assert len(offered) == 3


def test_a_post_with_air_slots_counts_as_an_airfield() -> None:
    places = [{**place("post", air=2), "at": "rukla"}, place("EDDP", air=2)]
    [link] = links(places=places, requirements=[wanted("R", destination="post")])
    assert {link.origin, link.destination} == {"post", "EDDP"}


def test_modes_that_no_fleet_has_get_no_ways() -> None:
    places = [place("EDDP", air=1, road=-1), place("EVRA", air=1, road=-1)]
    assert {link.mode for link in links(places=places)} == {"air"}
