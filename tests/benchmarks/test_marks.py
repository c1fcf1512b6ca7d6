"""One search gives the plans of all limits: at a mark it has what a run with that limit ends with."""

from __future__ import annotations

from itertools import count

import pytest

from benchmarks.generate import generate
from benchmarks.peers.planner import Marks, run
from standto.move.check import check
from standto.move.problem import Goal
from standto.move.solve import Rounds, Seconds, solve


@pytest.mark.parametrize("goal", ["lateness", "closure"])
@pytest.mark.parametrize("family", ["one slot", "sea or air"])
def test_a_mark_of_a_long_run_is_a_run_with_that_limit(family: str, goal: Goal) -> None:
    problem = generate(family, 4).with_goal(goal)
    marks = Marks(Rounds(2_400), [200, 800, 2_400])
    last = solve(problem, marks, seed=3, progress=marks.note)
    assert marks.rounds == {200: 200, 800: 800, 2_400: 2_400}
    assert marks.plans[2_400].vehicles == last.vehicles
    for rounds, plan in marks.plans.items():
        short = solve(problem, Rounds(int(rounds)), seed=3)
        assert (plan.vehicles, plan.totals) == (short.vehicles, short.totals)
        assert check(problem, plan).ok
    assert marks.plans[200].totals != last.totals, "the search has something to find"


def test_marks_of_time_are_kept_when_the_clock_has_passed_them() -> None:
    problem = generate("one slot", 2)
    seconds = count()
    marks = Marks(Seconds(90, lambda: float(next(seconds))), [30, 60, 90], of_time=True)
    solve(problem, marks, progress=marks.note)
    assert list(marks.plans) == [30, 60, 90]
    assert 0 < marks.rounds[30] < marks.rounds[60] < marks.rounds[90]


def test_the_planner_is_run_once_for_all_marks() -> None:
    problem = generate("tight use", 1)
    plans, course, note = run(problem, [0.1, 0.2], seed=1)
    assert list(plans) == [0.1, 0.2]
    assert plans[0.2].totals.score("lateness") <= plans[0.1].totals.score("lateness")
    assert course[-1][1] <= course[0][1]
    assert "0.1 s" in note
