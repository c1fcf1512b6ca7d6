"""A timetable is what its list says, whatever has been done to it, and what the judge says too."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.generate import FAMILIES, generate
from standto.move.problem import Problem
from standto.move.solve.timetable import grown
from tests.move.solve.tables_alike import assert_judged, assert_same, local_walk
from tests.move.tiny import problems


@settings(max_examples=60)
@given(problems(), st.integers(0, 1_000), st.lists(st.integers(1, 40), max_size=4))
def test_any_moves_leave_a_timetable_that_is_what_its_list_says(
    problem: Problem, seed: int, laps: list[int]
) -> None:
    walk = local_walk(problem, seed)
    assert_same(walk.flat, walk.table)
    for moves in laps:
        walk.lap(moves)
        assert_same(walk.flat, walk.table)
        walk.go_on()
        assert_same(walk.flat, walk.table)
    assert_judged(problem, walk.flat, walk.table)


@pytest.mark.parametrize("goal", ["lateness", "closure"])
@pytest.mark.parametrize("family", FAMILIES)
def test_families_stay_what_their_list_says_over_thousands_of_moves(family: str, goal: Any) -> None:
    problem = generate(family, 2).with_goal(goal)
    walk = local_walk(problem)
    for _ in range(5):
        walk.lap(400)
        assert_same(walk.flat, walk.table)
        assert_judged(problem, walk.flat, walk.table)
        walk.go_on()


def test_a_grown_timetable_is_the_same() -> None:
    walk = local_walk(generate("sea or air", 1))
    walk.lap(100)
    assert_same(walk.flat, grown(walk.flat, walk.table))
