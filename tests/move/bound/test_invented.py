"""The bounds of invented problems of every kind, beside what a plan reaches at once."""

from __future__ import annotations

import pytest

from benchmarks.generate import FAMILIES, generate
from standto.move.bound import prove_bound
from standto.move.solve import Rounds, solve


@pytest.mark.parametrize("kind", [*FAMILIES, "S"])
def test_no_plan_of_an_invented_problem_beats_the_bound(kind: str) -> None:
    given = generate(kind, 1)
    bound = prove_bound(given)
    assert bound.closure_h is not None
    assert bound.left_out == ()
    for goal in ("closure", "lateness"):
        totals = solve(given.with_goal("closure" if goal == "closure" else "lateness"), Rounds(3)).totals
        assert totals.undelivered == 0
        assert totals.closure_h is not None
        assert bound.closure_h <= totals.closure_h
        assert bound.weighted_lateness <= totals.weighted_lateness


def test_prices_of_an_invented_problem_speak_of_what_it_has() -> None:
    given = generate("S", 1)
    prices = prove_bound(given).prices
    assert prices is not None
    assert prices.need == pytest.approx(1.0, abs=0.01)
    fleets = {fleet.id for fleet in given.fleets}
    assert set(prices.vehicles) | set(prices.moving) <= fleets
    assert prices.moving
    places = {place.id: place for place in given.places}
    for place, modes in prices.slots.items():
        assert set(modes) <= set(places[place].slots)
