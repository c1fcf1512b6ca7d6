"""Tiny problems reach the optimum that an exact programme proves."""

from __future__ import annotations

import pytest

from standto.move.check import check
from standto.move.solve import Rounds, solve
from tests.move.oracle import solve_exactly
from tests.move.tiny import tiny_problem

SEEDS = [
    1,
    5,
    6,
    7,
    8,
    11,
    12,
    14,
    16,
    17,
    18,
    25,
    26,
    27,
    28,
    29,
    30,
    32,
    34,
    35,
    36,
    38,
    40,
    41,
    42,
    45,
    46,
    47,
    48,
    49,
    50,
    52,
    53,
    54,
    56,
    59,
    60,
    63,
    65,
    66,
    68,
    71,
    72,
    73,
    74,
    76,
    79,
    80,
    83,
    85,
    86,
    88,
    89,
    90,
    95,
    97,
    98,
    100,
    101,
    102,
    103,
    107,
    121,
]
"""Of the first 170 those that the exact programme proves quickly; all six kinds are among them."""
ROUNDS = 3_000


@pytest.mark.parametrize("seed", SEEDS)
def test_tiny_problems_reach_the_optimum(seed: int) -> None:
    problem = tiny_problem(seed)
    best = solve_exactly(problem)
    plan = solve(problem, Rounds(ROUNDS))
    assert check(problem, plan).violations == ()
    assert plan.totals.score(problem.goal) == pytest.approx(best.totals.score(problem.goal), abs=1e-5)
