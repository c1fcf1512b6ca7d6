"""What vehicles can reach, how long it takes, and which links are out of bounds."""

from __future__ import annotations

import math
from typing import Any

import pytest

from standto.move.network import Network
from tests.move.tiny import as_problem


def network(links: list[dict[str, Any]], *fleets: dict[str, Any], **slots: dict[str, int | None]) -> Network:
    places = [{"id": name, "slots": slots.get(name, {"air": 1})} for name in "ABCD"]
    usual = {
        "mode": "air", "count": 1, "base": "A", "seats": 1, "tonnes": 1, "classes": [], "kmh": 100,
        "load_h": 1, "unload_h": 1, "service_h": 0.5,
    }  # fmt: skip
    made = [{"id": f"F{index}"} | usual | fleet for index, fleet in enumerate(fleets or ({},))]
    return Network(as_problem({"places": places, "links": links, "fleets": made, "requirements": []}))


def link(origin: str, destination: str, km: float, **more: Any) -> dict[str, Any]:
    return {"from": origin, "to": destination, "mode": "air", "km": km, **more}


def test_the_quickest_path_counts_service_at_the_stops_between() -> None:
    net = network([link("A", "B", 100), link("B", "C", 100), link("A", "C", 240)]).net(0)
    assert net.hours[0, 2] == pytest.approx(2.4)
    assert net.path(0, 2) == [0, 2]
    net = network([link("A", "B", 100), link("B", "C", 100), link("A", "C", 260)]).net(0)
    assert net.hours[0, 2] == pytest.approx(2.5)
    assert net.path(0, 2) == [0, 1, 2]


def test_legs_beyond_the_range_are_no_legs() -> None:
    links = [link("A", "B", 100), link("B", "C", 100), link("A", "C", 150)]
    net = network(links, {"range_km": 120}).net(0)
    assert net.path(0, 2) == [0, 1, 2]
    assert network([link("A", "C", 150)], {"range_km": 120}).net(0).path(0, 2) == []


def test_one_way_links_go_one_way() -> None:
    net = network([link("A", "B", 100, both=False)]).net(0)
    assert net.hours[0, 1] == 1
    assert math.isinf(net.hours[1, 0])


def test_of_parallel_links_those_that_may_be_of_use_are_kept() -> None:
    links = [
        link("A", "B", 100, closed=[[0, 4], [3, 6]]),
        link("A", "B", 200),
        link("A", "B", 300),
        link("A", "B", 50, fleets=["F1"]),
    ]
    ways = network(links, {}, {})
    (_, _, first), _ = ways.net(0).legs
    assert [(option.km, option.closed) for option in first] == [(100, ((0, 6),)), (200, ())]
    (_, _, second), _ = ways.net(1).legs
    assert [option.km for option in second] == [50]


def test_hours_of_a_link_override_its_kilometres_for_that_fleet() -> None:
    ways = network([link("A", "B", 100, hours={"F1": 7})], {}, {})
    assert ways.net(0).hours[0, 1] == 1
    assert ways.net(1).hours[0, 1] == 7


def test_fleets_that_move_alike_share_a_net() -> None:
    ways = network([link("A", "B", 100)], {}, {"seats": 9, "base": "B"}, {"kmh": 50})
    assert ways.net(0) is ways.net(1)
    assert ways.net(0) is not ways.net(2)


def test_a_place_without_slots_of_the_mode_is_not_in_the_net_and_one_with_none_is_only_left() -> None:
    links = [link("A", "B", 100), link("B", "C", 100), link("A", "D", 100)]
    net = network(links, {}, B={"sea": 1}, D={"air": 0}).net(0)
    assert net.path(0, 2) == []
    assert net.local[1] == -1
    assert math.isinf(net.hours[net.local[0], net.local[3]])
    assert net.hours[net.local[3], net.local[0]] == 1


def test_a_leg_longer_than_the_bank_of_use_ever_allows_is_no_leg() -> None:
    limited = {"use_h_per_day": 2, "use_bank_days": 1}
    assert network([link("A", "B", 210)], limited).net(0).path(0, 1) == [0, 1]
    assert network([link("A", "B", 230)], limited).net(0).path(0, 1) == []


def test_legs_of_no_length_are_legs() -> None:
    net = network([link("A", "B", 0), link("B", "C", 0)], {"service_h": 0}).net(0)
    assert net.hours[0, 2] == 0
    assert net.path(0, 2) == [0, 1, 2]


def test_from_base_is_what_any_vehicle_can_get_to() -> None:
    links = [link("A", "B", 100, both=False), link("C", "D", 100)]
    ways = network(links, {"base": None, "bases": {"A": 1, "C": 0}, "count": 1})
    assert ways.from_base(0).tolist() == [True, True, False, False]
