"""The closure bound against closures worked out by hand, where it is tight."""

from __future__ import annotations

import pytest

from standto.move.bound import prove_bound
from standto.move.problem import Problem
from tests.move.bound.cases import fleet, link, place, problem, requirement

NEAR = 0.003
"""Bounds are rounded down to a thousandth of an hour, after another thousandth is taken off."""


def closure(given: Problem) -> float:
    found = prove_bound(given).closure_h
    assert found is not None
    return found


def test_one_vehicle_shuttles() -> None:
    given = problem(
        [place("A"), place("B")],
        [link("A", "B", 500)],
        [fleet("f", "A")],
        [requirement("r", "A", "B", pax=300)],
    )
    # three loads out (load, 5 h, unload) and two ways back of 5 h
    assert closure(given) == pytest.approx(3 * 7 + 2 * 5, abs=NEAR)


def test_one_slot_is_queued_for() -> None:
    given = problem(
        [place("A"), place("B", air=1)],
        [link("A", "B", 500)],
        [fleet("f", "A", count=10)],
        [requirement("r", "A", "B", pax=1000)],
    )
    # the first arrives at 6, then ten unload one after the other
    assert closure(given) == pytest.approx(6 + 10, abs=NEAR)


def test_a_slot_at_the_origin_leaves_the_way_to_go() -> None:
    given = problem(
        [place("A", air=2), place("B")],
        [link("A", "B", 500)],
        [fleet("f", "A", count=10)],
        [requirement("r", "A", "B", pax=1000, available_h=8.0)],
    )
    assert closure(given) == pytest.approx(8 + 5 + 5 + 1, abs=NEAR)


def test_what_is_ready_late_has_only_the_hours_that_are_left() -> None:
    given = problem(
        [place("A"), place("B", air=1)],
        [link("A", "B", 500)],
        [fleet("f", "A", count=10)],
        [
            requirement("early", "A", "B", pax=100),
            requirement("late", "A", "B", pax=500, available_h=100.0),
        ],
    )
    assert closure(given) == pytest.approx(100 + 1 + 5 + 5, abs=NEAR)


def test_whole_trips_of_a_ship() -> None:
    given = problem(
        [place("A", sea=None), place("B", sea=None)],
        [link("A", "B", 5000, "sea")],
        [fleet("ship", "A", mode="sea", seats=1000)],
        [requirement("r", "A", "B", pax=1100)],
    )
    # a tenth of a second load crosses whole: load, across, back with half an hour at each end, across, unload
    assert closure(given) == pytest.approx(1 + 50 + 0.5 + 50 + 0.5 + 50 + 1, abs=NEAR)


def test_moving_hours_per_day_bind() -> None:
    given = problem(
        [place("A"), place("B")],
        [link("A", "B", 600)],
        [fleet("f", "A", use_h_per_day=6.0, use_bank_days=1.0)],
        [requirement("r", "A", "B", pax=300)],
    )
    # 5 trips of 6 h: moving 30 h from the first departure needs 4 days at 6 h a day, the last arrival at 96 h
    assert closure(given) >= 96.0


def test_range_calls_for_a_stop_where_slots_are_short() -> None:
    given = problem(
        [place("A"), place("S", air=1), place("B")],
        [link("A", "S", 300), link("S", "B", 300)],
        [fleet("f", "A", count=20, load_h=0.5)],
        [requirement("r", "A", "B", pax=2000)],
    )
    # twenty stops of half an hour; no vehicle is there before hour 3, and after the last 3 h leg it unloads
    assert closure(given) == pytest.approx(3 + 20 * 0.5 + 3 + 1, abs=NEAR)


def test_a_transfer_hub_with_one_slot() -> None:
    given = problem(
        [place("A", road=None), place("X", 2.0, road=None, air=1), place("B", air=None)],
        [link("A", "X", 100, "road"), link("X", "B", 500)],
        [fleet("truck", "A", 10, mode="road"), fleet("plane", "X", 10)],
        [requirement("r", "A", "B", pax=1000)],
    )
    # on the ground at 3, ready at 5, ten loadings one after the other, the last then flies and unloads
    assert closure(given) == pytest.approx(5 + 10 + 5 + 1, abs=NEAR)


def test_slots_without_a_limit_and_nothing_to_move() -> None:
    given = problem([place("A")], [], [], [requirement("r", "A", "A", available_h=7.0)])
    assert closure(given) == pytest.approx(7.0, abs=NEAR)


def test_no_requirement_no_closure() -> None:
    given = problem([place("A")], [], [], [])
    assert prove_bound(given).closure_h is None


def test_what_cannot_be_delivered_is_left_out_and_named() -> None:
    given = problem(
        [place("A"), place("B")],
        [link("A", "B", 500)],
        [fleet("f", "A")],
        [requirement("r", "A", "B"), requirement("tank", "A", "B", cargo={"outsize": 70.0})],
    )
    found = prove_bound(given)
    assert found.left_out == ("tank",)
    assert "tank" in found.method
    assert set(found.earliest_h) == {"r"}
    assert found.closure_h == pytest.approx(7.0, abs=NEAR)


def test_a_plan_file_records_the_bound() -> None:
    given = problem(
        [place("A"), place("B")],
        [link("A", "B", 500)],
        [fleet("f", "A")],
        [requirement("r", "A", "B", due_h=3.0, weight=2.0)],
    )
    found = prove_bound(given)
    recorded = found.as_plan_bound()
    assert recorded.closure_h == found.closure_h
    assert recorded.weighted_lateness == pytest.approx(2 * 4, abs=NEAR)
    assert recorded.method == found.method
