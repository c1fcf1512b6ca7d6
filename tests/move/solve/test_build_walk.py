"""Building anew finds better plans than the first, always the same, and each is a plan that may be judged."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from benchmarks.generate import generate
from standto.move.check import check
from standto.move.problem import Goal
from standto.move.solve import Rounds, solve
from standto.move.solve.build_walk import BuildWalk
from standto.move.solve.crossings import Voyage
from standto.move.solve.decoder import Decoder
from standto.move.solve.first import First, Sailing, first_plan, in_turn, with_voyages
from standto.move.solve.flat import copy_listing
from standto.move.solve.tables import Layout
from standto.move.solve.trips import Habits


def walk_of(goal: Goal, seed: int = 0) -> BuildWalk:
    t = Layout(generate("M", 2)).tables
    decoder = Decoder(t, goal)
    first = first_plan(decoder, t)
    return BuildWalk(decoder, t, copy_listing(decoder.kept), first, seed)


@pytest.mark.parametrize("goal", ["lateness", "closure"])
def test_building_anew_never_makes_it_worse_and_soon_better(goal: Goal) -> None:
    walk = walk_of(goal)
    scores = [walk.score]
    for _ in range(60):
        walk.build()
        scores.append(walk.score)
    assert all(new <= old for old, new in itertools.pairwise(scores))
    assert scores[-1] < scores[0]


def test_what_is_built_depends_on_the_seed_and_not_on_the_laps() -> None:
    one, two, other = walk_of("closure"), walk_of("closure"), walk_of("closure", seed=1)
    one.lap(12 * one.pace)
    for moves in (1, 5 * two.pace, 7 * two.pace - 1):
        two.lap(moves)
    other.lap(12 * other.pace)
    assert one.built == two.built == other.built == 12
    assert one.score == two.score
    assert np.array_equal(one.listing().trip, two.listing().trip)
    assert one.child() == two.child() != other.child()


def test_plans_whose_loads_share_vehicles_on_their_way_keep_the_rules() -> None:
    problem = generate("M", 1)
    plan = solve(problem, Rounds(40), seed=3)
    assert check(problem, plan).ok
    assert plan.totals.undelivered == 0


def test_what_sails_is_sent_on_in_its_turn() -> None:
    t = Layout(generate("M", 1)).tables
    order = np.arange(len(t.origin))[::-1].astype(np.int64)
    loads = tuple((7, k, float(t.need[7, k])) for k in range(1, t.need.shape[1]))
    voyage = Voyage(1.0, 0, 0, 1, 0.0, 50.0, loads)
    turns = in_turn(t, order, [voyage], 100.0).tolist()
    assert turns.index(7) == pytest.approx(0.5 * len(order), abs=1)
    assert [r for r in turns if r != 7] == [r for r in order.tolist() if r != 7]


def test_early_voyages_leave_before_late_ones() -> None:
    t = Layout(generate("L", 1)).tables
    way = First((), np.argsort(t.due_h).astype(np.int64), Habits())
    early, late = (with_voyages(t, way, 600.0, Sailing(0.8, 0.5, early=early)) for early in (True, False))
    assert early is not None
    assert late is not None
    ready = [
        max(t.ready_h[ride.requirement] for trip in one.voyages for ride in trip.rides)
        for one in (early, late)
    ]
    assert len(early.voyages) >= len(late.voyages)
    assert ready[0] <= ready[1]
