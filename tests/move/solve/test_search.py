"""The search: the same for the same seed, rounds and workers, better the longer; no thread outlives it."""

from __future__ import annotations

import threading
from itertools import count, pairwise
from typing import Any

import pytest

from benchmarks.generate import generate
from standto.move.check import check
from standto.move.solve import Progress, Rounds, Seconds, solve
from standto.move.solve.decoder import Decoder
from standto.move.solve.list_walk import is_better


@pytest.mark.parametrize("workers", [1, 2, 3])
@pytest.mark.parametrize("goal", ["lateness", "closure"])
def test_the_same_seed_rounds_and_workers_give_the_same_plan(workers: int, goal: Any) -> None:
    problem = generate("sea or air", 5).with_goal(goal)
    plans = [solve(problem, Rounds(260), seed=2, workers=workers) for _ in range(2)]
    assert plans[0] == plans[1]
    assert check(problem, plans[0]).ok


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("goal", ["lateness", "closure"])
def test_a_longer_search_goes_the_way_of_a_shorter_one(workers: int, goal: Any) -> None:
    problem = generate("one slot", 3).with_goal(goal)
    limits = (1, 599, 900, 1990, 2010, 2300)
    found = [solve(problem, Rounds(limit), workers=workers).totals.score(goal) for limit in limits]
    for shorter, longer in pairwise(found):
        assert not is_better(shorter, longer)


def test_the_first_plan_is_told_of_after_one_decode_and_can_be_had(monkeypatch: pytest.MonkeyPatch) -> None:
    problem, decodes = generate("M", 1), []
    decode = Decoder.decode_after

    def counted(self: Decoder, *arguments: Any) -> Any:
        decodes.append(arguments)
        return decode(self, *arguments)

    monkeypatch.setattr(Decoder, "decode_after", counted)
    told: list[tuple[int, Progress]] = []

    def interrupt(progress: Progress) -> None:
        told.append((len(decodes), progress))
        if len(told) == 1:
            raise KeyboardInterrupt

    stopped = solve(problem, Rounds(0), progress=interrupt)
    assert told[0][0] == 1
    assert check(problem, stopped).ok
    assert stopped.totals.score("lateness") == pytest.approx(told[0][1].best.score("lateness"))
    assert not is_better(stopped.totals.score("lateness"), solve(problem, Rounds(0)).totals.score("lateness"))


def test_a_clock_may_end_it_after_the_first_of_the_first_plans() -> None:
    problem = generate("M", 2)
    seconds = count()
    told: list[Progress] = []
    plan = solve(problem, Seconds(3, clock=lambda: float(next(seconds))), progress=told.append)
    best = solve(problem, Rounds(0))
    assert check(problem, plan).ok
    assert is_better(best.totals.score("lateness"), plan.totals.score("lateness"))
    found = [progress.best.score("lateness") for progress in told]
    assert found == sorted(found, reverse=True)


def test_an_interrupt_in_the_search_gives_the_best_so_far_and_stops_all_threads() -> None:
    problem = generate("one slot", 2)
    ticks = iter(range(10_000))
    told: list[Progress] = []

    def watch(progress: Progress) -> None:
        told.append(progress)
        if progress.rounds and sum(one.rounds > 0 for one in told) == 4:
            raise KeyboardInterrupt

    threads = threading.active_count()
    plan = solve(problem, Seconds(1_000, clock=lambda: float(next(ticks))), progress=watch)
    assert plan.made_by["rounds"] > 0
    assert check(problem, plan).ok
    best = told[-1].best.score(problem.goal)
    assert plan.totals.score(problem.goal) == pytest.approx(best)
    assert threading.active_count() == threads
