"""The critical path against hours added up by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from standto.move.bound import critical_path
from standto.move.bound.arrivals import earliest_compiled
from standto.move.bound.critical import earliest, empty_arrivals
from standto.move.bound.lift import read_lift
from standto.move.problem import Problem
from tests.move.bound.cases import fleet, link, place, problem, requirement
from tests.move.bound.generated import generated


def direct(**more: Any) -> Problem:
    """A to B, 500 km, one aircraft at A."""
    return problem(
        [place("A"), place("B")],
        [link("A", "B", 500)],
        [fleet("f", "A")],
        [requirement("r", "A", "B", **more)],
    )


def test_readiness_then_loading_leg_and_unloading() -> None:
    assert critical_path(direct(available_h=10.0)) == {"r": pytest.approx(10 + 1 + 5 + 1)}


def test_the_vehicle_must_come_first() -> None:
    given = problem(
        [place("A"), place("B"), place("H")],
        [link("A", "B", 500), link("H", "A", 300)],
        [fleet("f", "H", available_h=4.0)],
        [requirement("r", "A", "B")],
    )
    assert critical_path(given) == {"r": pytest.approx(4 + 3 + 1 + 5 + 1)}


def test_a_stop_on_the_way_costs_the_shortest_work_there() -> None:
    given = problem(
        [place("A"), place("S"), place("B")],
        [link("A", "S", 300), link("S", "B", 200), link("A", "B", 450)],
        [fleet("f", "A", range_km=400.0)],
        [requirement("r", "A", "B")],
    )
    assert critical_path(given) == {"r": pytest.approx(1 + 3 + 0.5 + 2 + 1)}


def test_transfer_between_modes() -> None:
    given = problem(
        [place("A", road=None), place("X", 2.0, road=None, air=1), place("B", air=None)],
        [link("A", "X", 100, "road"), link("X", "B", 500)],
        [fleet("truck", "A", mode="road"), fleet("plane", "X")],
        [requirement("r", "A", "B")],
    )
    assert critical_path(given) == {"r": pytest.approx((1 + 1 + 1) + 2 + (1 + 5 + 1))}


def test_closed_windows_are_waited_for_one_after_the_other() -> None:
    given = problem(
        [place("A"), place("B")],
        [link("A", "B", 500, closed=[(0.0, 20.0), (20.0, 30.0)])],
        [fleet("f", "A")],
        [requirement("r", "A", "B")],
    )
    assert critical_path(given) == {"r": pytest.approx(30 + 5 + 1)}


def test_a_longer_open_way_beats_a_closed_short_one() -> None:
    given = problem(
        [place("A"), place("B")],
        [link("A", "B", 500, closed=[(0.0, 20.0)]), link("A", "B", 900)],
        [fleet("f", "A")],
        [requirement("r", "A", "B")],
    )
    assert critical_path(given) == {"r": pytest.approx(1 + 9 + 1)}


def test_the_slowest_part_closes_a_divisible_requirement() -> None:
    given = problem(
        [place("A"), place("B")],
        [link("A", "B", 500)],
        [fleet("f", "A", tonnes=0.0, classes=[]), fleet("slow", "A", seats=0, kmh=50.0)],
        [requirement("r", "A", "B", cargo={"bulk": 5.0})],
    )
    assert critical_path(given) == {"r": pytest.approx(1 + 10 + 1)}


def test_nothing_to_move_closes_when_available() -> None:
    given = problem([place("A")], [], [], [requirement("r", "A", "A", available_h=7.0)])
    assert critical_path(given) == {"r": 7.0}


@pytest.mark.parametrize(
    "more",
    [
        {"cargo": {"outsize": 1.0}},
        {"modes": ["sea"]},
        {"divisible": False, "pax": 101},
        {"divisible": False, "cargo": {"bulk": 50.1}},
    ],
)
def test_what_no_vehicle_can_carry_is_missing(more: dict[str, Any]) -> None:
    assert critical_path(direct(**more)) == {}


@pytest.mark.parametrize(
    ("slots", "changes"),
    [
        ({"air": 0}, {}),
        ({"road": 1}, {}),
        ({"air": None}, {"range_km": 499.0}),
        ({"air": None}, {"serves": ["other"]}),
        ({"air": None}, {"count": 0}),
        ({"air": None}, {"seats": 0}),
        ({"air": None}, {"use_h_per_day": 2.0, "use_bank_days": 2.0}),
    ],
)
def test_without_slots_range_service_or_vehicles_there_is_no_way(
    slots: dict[str, Any], changes: dict[str, Any]
) -> None:
    given = problem(
        [place("A"), place("B", 0.0, **slots)],
        [link("A", "B", 500)],
        [fleet("f", "A", **changes)],
        [requirement("r", "A", "B")],
    )
    assert critical_path(given) == {}


def test_a_one_way_link_goes_one_way() -> None:
    given = problem(
        [place("A"), place("B")],
        [link("B", "A", 500, both=False)],
        [fleet("f", "A")],
        [requirement("r", "A", "B")],
    )
    assert critical_path(given) == {}


@pytest.mark.parametrize("first", range(0, 40, 20))
def test_the_compiled_search_finds_the_same_hours(first: int) -> None:
    for seed in range(first, first + 20):
        given = generated(seed)
        lift = read_lift(given)
        loads = [load for index in range(len(given.requirements)) for load in lift.loads_of(index)]
        if not loads or not len(lift.leg_h):
            continue
        items = [given.requirements[load.requirement] for load in loads]
        asked = (
            np.array([lift.place_of[item.origin] for item in items]),
            np.array([item.available_h for item in items], dtype=float),
            np.array([load.fleets for load in loads]),
            np.array([load.loadable for load in loads]),
            empty_arrivals(lift),
        )
        plain, fast = earliest(lift, *asked), earliest_compiled(lift, *asked)
        assert np.array_equal(plain.landed_h, fast.landed_h), seed
        assert np.array_equal(plain.ground_h, fast.ground_h), seed
        assert np.array_equal(plain.arrived_h, fast.arrived_h), seed
