"""The planner in the race: one search, of which the plan at every mark of time is kept.

What a search does in its n-th round does not depend on when it is to end, so a plan that it has at a mark is
the plan of a run with that limit (a test holds it to that).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from benchmarks.clock import LongestThread
from standto.move.plan import Plan, Totals
from standto.move.problem import Goal, Problem
from standto.move.solve import Progress, Seconds, StoppingRule, solve


class Marks:
    """A stopping rule that also wants to hear of the search at marks on its way, and keeps the plans.

    Marks are rounds, or seconds of the rule's clock if they are `of_time`.
    """

    def __init__(self, rule: StoppingRule, marks: Sequence[float], *, of_time: bool = False) -> None:
        self.rule, self._of_time = rule, of_time
        self.ahead = sorted(marks)
        self.plans: dict[float, Plan] = {}
        self.rounds: dict[float, int] = {}

    def __repr__(self) -> str:
        return repr(self.rule)

    @property
    def elapsed_s(self) -> float:
        """Seconds since `begin`."""
        return self.rule.elapsed_s

    @property
    def most_rounds(self) -> Any:
        """Rounds that the rule allows."""
        return getattr(self.rule, "most_rounds", float("inf"))

    def begin(self) -> None:
        """Start the rule."""
        self.rule.begin()

    def __call__(self, rounds: int) -> bool:
        """Whether the rule says stop."""
        return self.rule(rounds)

    def wants_word(self, rounds: int) -> bool:
        """Whether a mark has been reached."""
        return bool(self.ahead) and self._passed(rounds) >= self.ahead[0]

    def note(self, progress: Progress) -> None:
        """Keep the plan where a mark has been reached."""
        if not self.wants_word(progress.rounds):
            return
        plan = progress.plan()
        while self.wants_word(progress.rounds):
            mark = self.ahead.pop(0)
            self.plans[mark], self.rounds[mark] = plan, progress.rounds

    def _passed(self, rounds: int) -> float:
        return self.rule.elapsed_s if self._of_time else rounds


def run(
    problem: Problem, marks: Sequence[float], *, seed: int
) -> tuple[dict[float, Plan], list[tuple[float, float]], str]:
    """The plans at all marks, the course of what the goal minimises over seconds, and a note."""
    clock = LongestThread()
    rule = Marks(Seconds(max(marks), clock), marks, of_time=True)
    course: list[tuple[float, float]] = []

    def watch(progress: Progress) -> None:
        now = value(progress.best, problem.goal)
        if not course or now < course[-1][1]:
            course.append((round(progress.elapsed_s, 3), now))
        with clock.paused():
            rule.note(progress)

    plan = solve(problem, rule, seed=seed, workers=2, progress=watch)
    plans = {mark: rule.plans.get(mark, plan) for mark in sorted(marks)}
    rounds = ", ".join(f"{count:,} at {mark:g} s" for mark, count in rule.rounds.items())
    return plans, course, f"rounds: {rounds}"


def value(totals: Totals, goal: Goal) -> float:
    """What a goal minimises, in hours."""
    return (totals.closure_h or 0.0) if goal == "closure" else totals.weighted_lateness
