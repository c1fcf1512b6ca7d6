"""The bound against proven optima of tiny problems, found by an independent mixed-integer programme."""

from __future__ import annotations

import pytest

from standto.move.bound import prove_bound
from tests.move.oracle import solve_exactly
from tests.move.tiny import tiny_problem

SEEDS = (
    *(0, 1, 5, 6, 7, 8, 11, 14, 17, 18, 25, 26, 29, 32, 35, 36, 38, 41, 42, 45, 46, 47, 49, 50),
    *(53, 54, 56, 59, 60, 63, 65, 66, 67, 68, 71, 72, 73, 74, 79, 80, 83, 85, 86, 89, 90, 95),
)
"""Of each kind of tiny problem, those whose optimum is proven within a second or so."""


@pytest.mark.parametrize("seed", SEEDS)
def test_the_bound_is_never_above_the_optimum(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    given = tiny_problem(seed)
    bound = prove_bound(given)
    # and by the pooled programme alone, with whole work of any length
    monkeypatch.setattr("standto.move.bound.berths.LEAST_WORK_H", 0.1)
    monkeypatch.setattr("standto.move.bound.proof.MOST_CELLS", 0)
    pooled = prove_bound(given)
    soonest, least_late = (solve_exactly(given.with_goal(goal)).totals for goal in ("closure", "lateness"))
    assert soonest.closure_h is not None
    for proven in (bound, pooled):
        assert proven.left_out == ()
        assert proven.closure_h is not None
        assert proven.closure_h <= soonest.closure_h
        assert proven.weighted_lateness <= least_late.weighted_lateness
