"""Closure against the time of decision: the same force, alerts and lift, ordered to move at several instants.

A later decision leaves alerts more time to buy readiness, and the world less time; hours count from each
decision, instants do not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from standto.advise.cases import Budget, Case, plan_cases, prove_bounds
from standto.force.scenario import Scenario
from standto.move.problem import Goal

if TYPE_CHECKING:
    from standto.advise.cases import Watcher


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """What comes of deciding at one instant."""

    decided_at: datetime
    case: Case

    @property
    def closure_h(self) -> float | None:
        """Hours from the decision to the last close; None where nothing closes."""
        return self.case.closure_h

    @property
    def closes_at(self) -> datetime | None:
        """The instant of the last close."""
        if self.closure_h is None:
            return None
        return self.decided_at + timedelta(hours=self.closure_h)

    @property
    def bound_h(self) -> float | None:
        """Hours from the decision before which no plan closes."""
        return self.case.bound.closure_h

    @property
    def late(self) -> tuple[str, ...]:
        """Requirements that close after they are due, or not at all."""
        return tuple(o.id for o in self.case.plan.requirements if o.close_h is None or o.late_h > 0)

    @property
    def people_on_time(self) -> int:
        """People of the requirements that close by when they are due."""
        late = set(self.late)
        return sum(r.pax for r in self.case.problem.requirements if r.id not in late)


def decide_at(
    scenario: Scenario,
    instants: Sequence[datetime],
    *,
    seconds: float = 30.0,
    budget: Budget | None = None,
    goal: Goal | None = None,
    seed: int = 0,
    bottlenecks: int = 0,
    progress: Watcher | None = None,
) -> tuple[DecisionRow, ...]:
    """Plan a scenario as if it were decided at each instant, earliest first.

    Every search starts from the best plan of another instant that this one allows, hour for hour after the
    decision; the effort is split evenly.

    Parameters
    ----------
    scenario
        Alerts and dated decisions keep their instants, C-hour moves.
    instants
        Aware; equal ones are planned once.
    seconds
        All instants together take about so long.
    budget
        Effort measured otherwise, such as `Budget.rounds(100)`.
    goal
        What is minimised first; the scenario's own by default.
    seed, progress
        As for the search.
    bottlenecks
        How many bottleneck candidates each bound prices.

    Raises
    ------
    ValueError
        If an instant has no zone, or none is given.
    """
    from standto.move.build import build

    if not instants:
        raise ValueError("at least one instant of decision is needed")
    if any(instant.tzinfo is None for instant in instants):
        raise ValueError("an instant of decision needs a zone, such as 2022-02-25T18:00Z")
    times = sorted({instant.astimezone(UTC) for instant in instants})
    problems = {time.isoformat(): build(scenario.decided_at(time)) for time in times}
    effort = budget or Budget.seconds(seconds)
    bounds = prove_bounds(problems, effort, bottlenecks=dict.fromkeys(problems, bottlenecks))
    aim: Goal = goal or scenario.settings.goal
    cases = plan_cases(
        problems,
        bounds,
        goal=aim,
        stop=effort.stop,
        seed=seed,
        workers=effort.workers,
        progress=progress,
    )
    return tuple(DecisionRow(time, cases[time.isoformat()]) for time in times)
