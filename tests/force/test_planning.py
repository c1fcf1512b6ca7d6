"""The planning formulas give the figures of the published worked examples."""

from __future__ import annotations

import pytest

from standto.force.planning import (
    end_delivery_t_per_day,
    fleet_capability_t_per_day,
    missions,
    net_division_t_per_day,
    pass_time_h,
    road_space_km,
    rolling_stock,
    station_throughput_t_per_day,
)


def test_net_division_tonnage_of_tr0603_paragraph_2_15() -> None:
    assert net_division_t_per_day(383, 17) == 6511
    assert net_division_t_per_day(383, 17, passenger_trains=4) == 4979


def test_rolling_stock_of_tr0603_pages_102_and_103() -> None:
    cars = [rolling_stock(dispatched, 9) for dispatched in (55, 44, 11)]
    assert cars == [545, 436, 109]
    assert sum(cars) == 1090


def test_a_corps_on_one_road_of_st_100_3() -> None:
    space = road_space_km(25_000)
    assert space == 2500
    assert pass_time_h(space, 25) == 100


def test_station_throughput_of_formula_9_0() -> None:
    # The last factor of the example, 0.9293 for usability, is its author's addition to the formula.
    assert station_throughput_t_per_day(6, 100, 20, 3.0) * 0.9293 == pytest.approx(3159.6, abs=0.05)


def test_a_line_delivers_what_its_narrowest_division_lets_through() -> None:
    assert end_delivery_t_per_day(6511, 4979, 9000) == 4979


def test_a_fleet_delivers_its_payload_once_in_a_round_trip() -> None:
    # Ten aircraft of 20 t flying 8 h a day, 16 h there and back: each delivers every second day.
    assert fleet_capability_t_per_day(20, 10, 8, 16) == 100


@pytest.mark.parametrize(("amount", "sorties"), [(0, 0), (40.8, 1), (40.9, 2), (408, 10)])
def test_missions_are_rounded_up(amount: float, sorties: int) -> None:
    assert missions(amount, 40.8) == sorties
