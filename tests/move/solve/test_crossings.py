"""Voyages made before all else: full, in time, and worth it where much must cross the sea."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.generate import generate
from standto.move.solve.crossings import Crossings
from standto.move.solve.decoder import Decoder
from standto.move.solve.first import First, Sailing, due_order, first_plan, first_ways, with_voyages
from standto.move.solve.tables import Layout
from standto.move.solve.trips import Habits

UNTIL_H = 320.0
NOTHING = np.empty(0, dtype=np.int64)


@pytest.mark.parametrize("seed", [1, 2])
def test_voyages_keep_to_loads_room_readiness_and_the_hour(seed: int) -> None:
    t = Layout(generate("M", seed)).tables
    voyages = Crossings(t, due_order(t, 0.0), UNTIL_H, 0.5).plan()
    assert voyages
    taken = np.zeros_like(t.need)
    for voyage in voyages:
        fleet = t.v_fleet[voyage.vehicle]
        assert sum(amount for _, _, amount in voyage.loads) <= t.tonnes[fleet] + 1e-6
        for r, k, amount in voyage.loads:
            assert t.origin[r] == voyage.a
            assert t.ready_h[r] <= voyage.begin_h
            taken[r, k] += amount
        assert voyage.begin_h + t.load_h[fleet] + t.unload_h[fleet] < voyage.ground_h <= UNTIL_H
    assert (taken <= t.need + 1e-6).all()


def test_direct_voyages_leave_nothing_to_others() -> None:
    t = Layout(generate("M", 1)).tables
    voyages = Crossings(t, due_order(t, 0.0), UNTIL_H, 0.0).plan()
    assert voyages
    assert all(t.destination[r] == voyage.b for voyage in voyages for r, _, _ in voyage.loads)


def test_no_voyage_where_no_vehicle_is_large_or_the_hour_is_early() -> None:
    small, medium = (Layout(generate(size, 1)).tables for size in ("S", "M"))
    assert Crossings(small, due_order(small, 0.0), UNTIL_H, 0.5).plan() == []
    way = First((), due_order(medium, 0.0), Habits())
    assert with_voyages(medium, way, 100.0, Sailing(0.9, 0.5)) is None


@pytest.mark.parametrize("seed", [1, 2])
def test_a_plan_with_voyages_closes_much_earlier(seed: int) -> None:
    problem = generate("M", seed)
    t = Layout(problem).tables
    decoder, other = Decoder(t, "closure"), Decoder(t, "closure")
    first = first_plan(decoder, t)
    assert first.voyages
    assert first.score[2] < 0.93 * min(
        other.decode(NOTHING, order, habits)[2] for order, habits in first_ways(t)
    )
