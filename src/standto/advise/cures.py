"""What one more of a scarce thing would do to the plan: bottleneck candidates priced by planning again.

The bound says how far forward one more could move what is possible; only a new plan says how far it moves
what is planned. The plan as it is gets the same extra search, so that no cure gains from searching longer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from standto.advise.cases import SAME_H, Budget, Case, carry_over
from standto.advise.words import say_number, say_span
from standto.move.plan import Plan
from standto.move.problem import Problem

if TYPE_CHECKING:
    from standto.advise.cases import Watcher
    from standto.move.bound import Bottleneck

NOTHING_H = 0.05


@dataclass(frozen=True, slots=True)
class Cure:
    """One bottleneck eased by one, and the plan made then."""

    bottleneck: Bottleneck
    what: str
    """The cure as a clause, such as `one more air slot at EPRZ`."""
    plan: Plan
    before: Plan
    """The plan without the cure, searched as long."""

    @property
    def closure_gain_h(self) -> float | None:
        """Hours by which the planned closure falls; None where the two plans do not deliver alike."""
        a, b = self.before.totals, self.plan.totals
        if a.closure_h is None or b.closure_h is None:
            return None
        alike = abs(a.undelivered - b.undelivered) <= SAME_H and abs(a.missed - b.missed) <= SAME_H
        return a.closure_h - b.closure_h if alike else None

    @property
    def lateness_gain(self) -> float:
        """Weighted hours late that the new plan saves."""
        return self.before.totals.weighted_lateness - self.plan.totals.weighted_lateness

    @property
    def sentence(self) -> str:
        """`One more slot moves the bound forward by 5 hours; re-planned, closure falls by 3 hours.`"""
        moved = self.bottleneck.closure_h
        bound = (
            f"moves the bound forward by {say_span(moved)}"
            if moved > NOTHING_H
            else "leaves the bound where it is"
        )
        return f"{self.what[:1].upper()}{self.what[1:]} {bound}; re-planned, {self._planned()}."

    def _planned(self) -> str:
        gain_h, late = self.closure_gain_h, self.lateness_gain
        if gain_h is None:
            more = self.before.totals.undelivered - self.plan.totals.undelivered
            return "more is delivered" if more > SAME_H else "fewer miss their last hour"
        parts = []
        if abs(gain_h) > NOTHING_H:
            parts.append(f"closure {'falls' if gain_h > 0 else 'rises'} by {say_span(abs(gain_h))}")
        if abs(late) > NOTHING_H:
            parts.append(f"weighted hours late {'fall' if late > 0 else 'rise'} by {say_number(abs(late))}")
        return " and ".join(parts) or "the plan stays as late as it was"


def hours_cured(cures: Sequence[Cure]) -> dict[str, tuple[Cure, float]]:
    """For each requirement, the cure under which it closes soonest against the plan without, and by how much.

    Only what closes in both plans and at least a twentieth of an hour sooner.
    """
    best: dict[str, tuple[Cure, float]] = {}
    for cure in cures:
        before = {one.id: one.close_h for one in cure.before.requirements}
        for one in cure.plan.requirements:
            closed_h = before.get(one.id)
            if closed_h is None or one.close_h is None:
                continue
            gain_h = closed_h - one.close_h
            if gain_h > max(NOTHING_H, best[one.id][1] if one.id in best else 0.0):
                best[one.id] = cure, gain_h
    return best


def cures_of(
    case: Case,
    *,
    seconds: float = 30.0,
    budget: Budget | None = None,
    seed: int = 0,
    progress: Watcher | None = None,
) -> tuple[Cure, ...]:
    """Plan again with one more of each bottleneck of the bound, the best cure first.

    Every search starts from the plan given, which easing a bottleneck never forbids: no cure does harm by
    the problem's goal. The effort is split evenly over the cures and the plan without any, and what a cure's
    plan finds without needing the cure counts for the plan without it.

    Parameters
    ----------
    case
        The plan to cure, and the bound whose bottlenecks are tried.
    seconds
        All searches together take about so long.
    budget
        Effort measured otherwise, such as `Budget.rounds(100)`.
    seed, progress
        As for the search.
    """
    from standto.move.bound import with_more
    from standto.move.solve import solve

    problem, bottlenecks = case.problem, case.bound.bottlenecks
    if not bottlenecks:
        return ()
    share = 1.0 / (len(bottlenecks) + 1)
    effort = budget or Budget.searching(seconds)

    def again(eased: Problem) -> Plan:
        start = carry_over(eased, case.plan)
        made = solve(
            eased,
            effort.stop(share),
            seed=seed,
            workers=effort.workers,
            start=start,
            progress=progress,
        )
        return _best(eased, made, start)

    before = again(problem)
    tried = [(bottleneck, with_more(problem, bottleneck)) for bottleneck in bottlenecks]
    plans = [again(eased) for _, eased in tried]
    before = _best(problem, before, *(carry_over(problem, plan) for plan in plans))
    found = [
        Cure(bottleneck, say_cure(problem, bottleneck), _best(eased, plan, carry_over(eased, before)), before)
        for (bottleneck, eased), plan in zip(tried, plans, strict=True)
    ]
    return tuple(sorted(found, key=lambda cure: cure.plan.totals.score(problem.goal)))


def _best(problem: Problem, plan: Plan, *others: Plan | None) -> Plan:
    plans = [plan, *(other for other in others if other is not None)]
    return min(plans, key=lambda found: found.totals.score(problem.goal))


def say_cure(problem: Problem, bottleneck: Bottleneck) -> str:
    """What one more of a bottleneck is, as a clause: `one more air slot at EPRZ`."""
    from standto.move.bound import EARLIER_H

    name = bottleneck.id
    if bottleneck.kind == "slots":
        label = next((item.name for item in problem.places if item.id == name and item.name), name)
        return f"one more {bottleneck.mode} slot at {label}"
    if bottleneck.kind == "fleet":
        label = next((item.name for item in problem.fleets if item.id == name and item.name), name)
        return f"one more {label}"
    if bottleneck.kind == "readiness":
        return f"{name} ready {say_span(EARLIER_H)} earlier"
    return f"no closing of {name}"
