"""One search gives the plans of all limits: at a mark it has what a run with that limit ends with."""

from __future__ import annotations

import pytest

from benchmarks.generate import generate
from benchmarks.peers.planner import Marks, run
from standto.move.check import check
from standto.move.problem import Goal
from standto.move.solve import Rounds, solve


@pytest.mark.parametrize(("family", "goal"), [("sea or air", "lateness"), ("one slot", "closure")])
def test_a_mark_of_a_long_run_is_a_run_with_that_limit(family: str, goal: Goal) -> None:
    problem = generate(family, 4).with_goal(goal)
    marks = Marks(Rounds(1_200), [200, 600, 1_200])
    last = solve(problem, marks, seed=3, progress=marks.note)
    assert marks.rounds == {200: 200, 600: 600, 1_200: 1_200}
    assert marks.plans[1_200].vehicles == last.vehicles
    for rounds, plan in marks.plans.items():
        short = solve(problem, Rounds(int(rounds)), seed=3)
        assert (plan.vehicles, plan.totals) == (short.vehicles, short.totals)
        assert check(problem, plan).ok
    assert marks.plans[200].totals != last.totals, "the search has something to find"


def test_marks_of_time_are_kept_when_the_clock_has_passed_them() -> None:
    problem = generate("one slot", 2)
    marks = Marks(Paced(9), [3, 6, 9], of_time=True)
    solve(problem, marks, progress=marks.note)
    assert list(marks.plans) == [3, 6, 9]
    assert 300 <= marks.rounds[3] < marks.rounds[6] < marks.rounds[9]


def test_the_planner_is_run_once_for_all_marks() -> None:
    problem = generate("tight use", 1)
    plans, course, note = run(problem, [0.1, 0.2], seed=1)
    assert list(plans) == [0.1, 0.2]
    assert plans[0.2].totals.score("lateness") <= plans[0.1].totals.score("lateness")
    assert course[-1][1] <= course[0][1]
    assert "0.1 s" in note


class Paced:
    """A rule with a clock on which a hundred rounds take a second."""

    def __init__(self, seconds: float) -> None:
        self._seconds, self.elapsed_s = seconds, 0.0

    def begin(self) -> None:
        """Nothing to start."""

    def __call__(self, rounds: int) -> bool:
        """Whether the seconds are over."""
        self.elapsed_s = max(0, rounds) / 100
        return self.elapsed_s >= self._seconds
