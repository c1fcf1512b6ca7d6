"""First come, first served keeps every rule, and delivers what has a way."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from benchmarks.generate import FAMILIES, generate
from benchmarks.peers.greedy import plan_greedy
from standto.move.check import check
from standto.move.problem import Problem
from tests.move.tiny import problems, tiny_problem


@settings(max_examples=60)
@given(problems())
def test_every_plan_keeps_the_rules(problem: Problem) -> None:
    assert check(problem, plan_greedy(problem)).violations == ()


@pytest.mark.parametrize("name", [*FAMILIES, "S", "M"])
def test_generated_problems_are_delivered_in_full(name: str) -> None:
    problem = generate(name, 2)
    plan = plan_greedy(problem)
    assert check(problem, plan).violations == ()
    assert plan.totals.undelivered == 0


@pytest.mark.parametrize("seed", range(12))
def test_small_problems_are_delivered_in_full(seed: int) -> None:
    problem = tiny_problem(seed)
    plan = plan_greedy(problem)
    assert check(problem, plan).violations == ()
    assert plan.totals.undelivered == 0
