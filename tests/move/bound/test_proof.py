"""No plan beats the bound; more lift never raises it; it moves with the clock."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from standto.move.bound import Bound, prove_bound
from standto.move.problem import Problem
from standto.move.solve import Rounds, solve
from tests.move.tiny import problems, tiny_problem

SAME = 0.02
"""Hours that two proofs of the same thing may differ by."""


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problems(), st.sampled_from(["lateness", "closure"]))
def test_no_plan_of_any_small_problem_beats_the_bound(given_problem: Problem, goal: str) -> None:
    aimed = given_problem.with_goal("closure" if goal == "closure" else "lateness")
    bound, plan = prove_bound(aimed), solve(aimed, Rounds(20))
    missing = {outcome.id for outcome in plan.requirements if outcome.close_h is None}
    assert set(bound.left_out) <= missing
    if missing != set(bound.left_out):
        return
    assert bound.weighted_lateness <= plan.totals.weighted_lateness
    assert (bound.closure_h is None) == (plan.totals.closure_h is None)
    for outcome in plan.requirements:
        if outcome.close_h is not None:
            assert bound.earliest_h[outcome.id] <= outcome.close_h
            assert bound.closure_h is not None
            assert plan.totals.closure_h is not None
            assert bound.closure_h <= plan.totals.closure_h


@pytest.mark.parametrize("seed", range(24))
def test_no_plan_of_a_tiny_problem_beats_the_bound(seed: int) -> None:
    aimed = tiny_problem(seed)
    bound, plan = prove_bound(aimed), solve(aimed, Rounds(100))
    assert bound.left_out == ()
    assert bound.weighted_lateness <= plan.totals.weighted_lateness
    assert bound.closure_h is not None
    assert plan.totals.closure_h is not None
    assert bound.closure_h <= plan.totals.closure_h


def lowered(before: Bound, after: Bound) -> None:
    """Assert that the second bound claims no more than the first."""
    assert before.closure_h is not None
    assert after.closure_h is not None
    assert after.closure_h <= before.closure_h + SAME
    assert after.weighted_lateness <= before.weighted_lateness * (1 + SAME) + SAME


@pytest.mark.parametrize("seed", range(12))
def test_one_more_vehicle_never_raises_the_bound(seed: int) -> None:
    before = tiny_problem(seed)
    fleets = [
        fleet.model_copy(update={"count": fleet.count + 1}) if fleet.bases is None else fleet
        for fleet in before.fleets
    ]
    lowered(prove_bound(before), prove_bound(before.model_copy(update={"fleets": fleets})))


@pytest.mark.parametrize("seed", range(12))
def test_one_more_slot_everywhere_never_raises_the_bound(seed: int) -> None:
    before = tiny_problem(seed)
    places = [
        place.model_copy(
            update={"slots": {mode: None if n is None else n + 1 for mode, n in place.slots.items()}}
        )
        for place in before.places
    ]
    lowered(prove_bound(before), prove_bound(before.model_copy(update={"places": places})))


@pytest.mark.parametrize("seed", range(12))
def test_the_bound_moves_with_the_clock(seed: int) -> None:
    later_h = 48.0
    before = tiny_problem(seed)
    after = before.model_copy(
        update={
            "fleets": [
                fleet.model_copy(update={"available_h": fleet.available_h + later_h})
                for fleet in before.fleets
            ],
            "links": [
                link.model_copy(update={"closed": [(a + later_h, b + later_h) for a, b in link.closed]})
                for link in before.links
            ],
            "requirements": [
                item.model_copy(
                    update={"available_h": item.available_h + later_h, "due_h": item.due_h + later_h}
                )
                for item in before.requirements
            ],
        }
    )
    first, second = prove_bound(before), prove_bound(after)
    assert first.closure_h is not None
    assert second.closure_h == pytest.approx(first.closure_h + later_h, abs=SAME)
    assert second.weighted_lateness == pytest.approx(first.weighted_lateness, rel=SAME, abs=SAME)


def test_the_same_problem_has_the_same_bound() -> None:
    first, second = prove_bound(tiny_problem(3)), prove_bound(tiny_problem(3))
    assert first.closure_h == second.closure_h
    assert first.weighted_lateness == second.weighted_lateness


def test_a_stopwatch_that_is_out_still_leaves_a_bound() -> None:
    found = prove_bound(tiny_problem(0), seconds=0.0, clock=lambda: 0.0)
    whole = prove_bound(tiny_problem(0))
    assert found.closure_h is not None
    assert whole.closure_h is not None
    assert 0 < found.closure_h <= whole.closure_h
    assert "stopped" in found.method


@pytest.mark.parametrize("ticks", [1, 2, 5, 12, 30, 80])
def test_wherever_it_is_stopped_the_bound_is_true(ticks: int) -> None:
    for seed in (3, 9, 13):
        given_problem = tiny_problem(seed)
        clock = map(float, itertools.count())
        found = prove_bound(given_problem, seconds=float(ticks), clock=clock.__next__)
        whole, plan = prove_bound(given_problem), solve(given_problem, Rounds(50))
        assert found.closure_h is not None
        assert whole.closure_h is not None
        assert found.closure_h <= whole.closure_h + SAME
        assert found.earliest_h == whole.earliest_h
        assert found.weighted_lateness <= plan.totals.weighted_lateness
