"""Does every plan of every kind of problem pass the judge, and how far is it ahead of first come?"""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.clock import LongestThread
from benchmarks.generate import FAMILIES
from benchmarks.registry import Figures, Subject
from standto.move.problem import Problem

SECONDS, SHORT_SECONDS = 10.0, 0.5


@dataclass(frozen=True, slots=True)
class Case:
    """A problem of a family."""

    problem: Problem
    seed: int


def build(size: str, seed: int) -> Case:
    """Generate, with the planner compiled."""
    from benchmarks.generate import generate
    from standto.move.solve import warm_up

    problem = generate(size, seed)
    warm_up(lambda text: None)
    return Case(problem, seed)


def search(case: Case, full: bool) -> Figures:
    """Judge every plan that a search tells of."""
    from standto.move.check import check
    from standto.move.solve import Progress, Seconds, solve

    clock, verdicts = LongestThread(), list[bool]()
    told: list[tuple[float, ...]] = []

    def judge(progress: Progress) -> None:
        score = progress.best.score(case.problem.goal)
        if not told or score != told[-1]:
            told.append(score)
            with clock.paused():
                verdicts.append(check(case.problem, progress.plan()).ok)

    rule = Seconds(SECONDS if full else SHORT_SECONDS, clock)
    last = solve(case.problem, rule, seed=case.seed, progress=judge)
    verdicts.append(check(case.problem, last).ok)
    totals = last.totals
    return {
        "plans_judged": len(verdicts),
        "refused": verdicts.count(False),
        "undelivered": totals.undelivered,
        "missed": totals.missed,
        "lateness_h": totals.weighted_lateness,
        "cost": totals.cost,
    }


def first_come(case: Case, full: bool) -> Figures:
    """The plain planner on the same problem."""
    from benchmarks.peers.greedy import plan_greedy

    totals = plan_greedy(case.problem).totals
    return {
        "greedy_missed": totals.missed,
        "greedy_lateness_h": totals.weighted_lateness,
        "greedy_cost": totals.cost,
    }


SUBJECT = Subject(
    name="families",
    question="families that stress one thing: every plan of a search of 10 s judged, beside first come",
    wanted=(
        "every plan passes; small-large-small: nothing missed, lateness under a quarter of first come's, "
        "cost no higher where nothing is late"
    ),
    build=build,
    phases={"search": search, "first come": first_come},
    peers=("greedy",),
    sizes=FAMILIES,
    seeds=(1, 2, 3),
)
