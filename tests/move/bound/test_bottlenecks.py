"""Bottlenecks: what is scarce is found, and one more of it does what it must."""

from __future__ import annotations

import itertools

import pytest

from standto.move.bound import explain_bound, prove_bound
from standto.move.problem import Problem
from tests.move.bound.cases import fleet, link, place, problem, requirement


def queue(slots: int = 1) -> Problem:
    """Ten aircraft queue for few slots at the far end."""
    return problem(
        [place("A"), place("B", air=slots)],
        [link("A", "B", 500)],
        [fleet("f", "A", count=10)],
        [requirement("r", "A", "B", pax=1000, due_h=10.0)],
    )


def test_one_more_slot_halves_the_queue() -> None:
    bound = prove_bound(queue(), bottlenecks=2)
    best = bound.bottlenecks[0]
    assert (best.kind, best.id, best.mode) == ("slots", "B", "air")
    assert best.closure_h == pytest.approx(16 - 11, abs=0.01)
    assert best.closure_h == pytest.approx(16 - (prove_bound(queue(2)).closure_h or 0), abs=0.01)
    assert best.sentence == (
        "With one more air slot at B, the bound on closure comes 5.0 h earlier "
        f"and the bound on weighted lateness falls by {best.lateness:.1f} h."
    )


def test_the_reason_names_the_slots() -> None:
    bound = prove_bound(queue())
    assert "the only air slot at B (100%)" in bound.reason
    assert "the 2 air slots at B (100%)" in prove_bound(queue(2)).reason
    assert bound.bottlenecks == ()


def test_one_vehicle_that_shuttles_is_the_bottleneck() -> None:
    given = problem(
        [place("A"), place("B")],
        [link("A", "B", 500)],
        [fleet("f", "A")],
        [requirement("r", "A", "B", pax=300)],
    )
    bound = prove_bound(given, bottlenecks=1)
    assert [(item.kind, item.id) for item in bound.bottlenecks] == [("fleet", "f")]
    assert bound.bottlenecks[0].closure_h > 10
    assert "vehicle hours of f" in bound.reason


def test_readiness_and_a_closed_way() -> None:
    given = problem(
        [place("A"), place("B")],
        [link("A", "B", 500, closed=[(0.0, 90.0)])],
        [fleet("f", "A")],
        [requirement("r", "A", "B", available_h=80.0, due_h=0.0)],
    )
    bound = prove_bound(given, bottlenecks=5)
    effects = {(item.kind, item.id): item for item in bound.bottlenecks}
    assert effects["way", "A->B (air)"].closure_h == pytest.approx(9.0, abs=0.01)
    assert effects["way", "A->B (air)"].lateness == pytest.approx(9.0, abs=0.01)
    # ready a day earlier it would wait for the way to open all the same
    assert set(effects) == {("way", "A->B (air)")}
    assert "r is ready at 80.0 h and takes at least 16.0 h from A to B" in explain_bound(given, bound)


def test_what_is_late_by_its_own_way_is_a_bottleneck() -> None:
    given = problem(
        [place("A"), place("B")],
        [link("A", "B", 500)],
        [fleet("f", "A", count=2)],
        [
            requirement("early", "A", "B", available_h=10.0, due_h=5.0, weight=2.0),
            requirement("last", "A", "B", available_h=20.0, due_h=100.0),
        ],
    )
    effects = {item.id: item for item in prove_bound(given, bottlenecks=5).bottlenecks}
    assert set(effects) == {"early", "last"}
    # it cannot close before 17, and a day earlier not before 7, since the vehicles are there from hour 0 on
    assert effects["early"].lateness == pytest.approx(2 * 10.0, abs=0.01)
    assert effects["last"].closure_h == pytest.approx(27 - 17, abs=0.01)
    assert effects["last"].sentence.endswith("10.0 h earlier; then something else holds closure back.")


def test_a_bottleneck_cut_short_is_not_told() -> None:
    clock = map(float, itertools.count())
    found = prove_bound(queue(), seconds=60.0, bottlenecks=3, clock=clock.__next__)
    whole = {(item.kind, item.id): item.closure_h for item in prove_bound(queue(), bottlenecks=3).bottlenecks}
    for item in found.bottlenecks:
        assert item.closure_h == pytest.approx(whole[item.kind, item.id], abs=0.01)


def test_no_requirements_no_words_too_many() -> None:
    given = problem([place("A")], [], [], [])
    assert explain_bound(given, prove_bound(given, bottlenecks=3)).startswith("Nothing is delivered")


def test_the_reason_names_the_whole_trip_that_is_waited_for() -> None:
    given = problem(
        [place("A", sea=None), place("B", sea=None)],
        [link("A", "B", 5000, "sea")],
        [fleet("ship", "A", mode="sea", seats=1000)],
        [requirement("r", "A", "B", pax=1100)],
    )
    assert "153.0 h, when ship can have made one more whole trip" in prove_bound(given).reason


@pytest.mark.parametrize("slots", [1, 2])
def test_prices_say_what_an_hour_of_a_slot_is_worth(slots: int) -> None:
    prices = prove_bound(queue(slots)).prices
    assert prices is not None
    assert prices.need == pytest.approx(1.0, abs=0.01)
    assert prices.by_h == pytest.approx(6 + 10 / slots, abs=0.01)
    assert prices.slots == {"B": {"air": pytest.approx(1 / slots)}}
    assert prices.vehicles == {}


def test_where_one_way_makes_the_bound_lift_is_needed_less_than_once() -> None:
    given = queue().model_copy(
        update={
            "requirements": [requirement("r", "A", "B", pax=700), requirement("s", "A", "B", available_h=30)]
        }
    )
    bound = prove_bound(given)
    assert bound.closure_h == pytest.approx(37, abs=0.01)
    assert bound.prices is not None
    assert bound.prices.need < 0.5
    assert "of all scarce lift" not in bound.reason
