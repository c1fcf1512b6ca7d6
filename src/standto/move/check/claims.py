"""What a plan says of itself: its problem, its outcomes, its totals, its bound."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from math import isclose

from standto.move.check.index import Index
from standto.move.check.reach import Reach
from standto.move.check.verdict import Findings, number, short
from standto.move.plan import Outcome, Plan, Totals
from standto.move.problem import TOLERANCE

RELATIVE = 1e-9
"""Sums over a large plan may differ by this part of themselves, by the order they were added in."""


def same(stated: float | None, real: float | None) -> bool:
    """Whether a stated number is the recomputed one, within the tolerance."""
    if stated is None or real is None:
        return stated is real
    return isclose(stated, real, rel_tol=RELATIVE, abs_tol=TOLERANCE)


def judge_problem(index: Index, plan: Plan, findings: Findings) -> None:
    """Rule `problem`: the plan was made for the very bytes of this problem."""
    real = index.problem.sha256
    if plan.problem != real:
        message = f"The plan was made for problem {plan.problem[:12]}, this one is {real[:12]}."
        findings.add("problem", message)


def judge_outcomes(index: Index, plan: Plan, outcomes: list[Outcome], findings: Findings) -> None:
    """Rule `outcome`: one per requirement, each as the stops make it."""
    times = Counter(outcome.id for outcome in plan.requirements)
    stated = {outcome.id: outcome for outcome in plan.requirements}
    for name in times:
        if name not in index.requirements:
            message = f"An outcome is stated for {short(name)}, which the problem does not have."
            findings.add("outcome", message, requirement=name)
    for real in outcomes:
        name = short(real.id)
        if times[real.id] != 1:
            message = f"{name} has {times[real.id]} stated outcomes; it needs one."
            findings.add("outcome", message, requirement=real.id)
            continue
        for what, said, is_ in _differences(stated[real.id], real):
            message = f"{name} is stated with {what} {_text(said)}; its stops make it {_text(is_)}."
            findings.add("outcome", message, requirement=real.id)


def _differences(stated: Outcome, real: Outcome) -> Iterable[tuple[str, float | None, float | None]]:
    pairs: list[tuple[str, float | None, float | None]] = [
        ("close_h", stated.close_h, real.close_h),
        ("late_h", stated.late_h, real.late_h),
        ("undelivered people", stated.undelivered.pax, real.undelivered.pax),
    ]
    for name in sorted({*stated.undelivered.cargo, *real.undelivered.cargo}):
        said, is_ = stated.undelivered.cargo.get(name, 0.0), real.undelivered.cargo.get(name, 0.0)
        pairs.append((f"undelivered tonnes of {short(name)}", said, is_))
    return [pair for pair in pairs if not same(pair[1], pair[2])]


def _text(value: float | None) -> str:
    return "null" if value is None else number(value)


def judge_totals(plan: Plan, totals: Totals, findings: Findings) -> None:
    """Rule `totals`: each stated sum is the recomputed one."""
    for name in Totals.model_fields:
        said, is_ = getattr(plan.totals, name), getattr(totals, name)
        if not same(said, is_):
            findings.add(
                "totals", f"Total {name} is stated as {_text(said)}; the stops make it {_text(is_)}."
            )


def judge_bound(
    index: Index, plan: Plan, outcomes: list[Outcome], totals: Totals, findings: Findings
) -> None:
    """Rule `bound`: never above what this plan reaches, where it delivers all that can be delivered.

    A bound leaves out what nothing can deliver, and says nothing of plans that deliver less than could be;
    what a plan leaves must be out of reach of every plan for its bound to be judged.
    """
    if plan.bound is None:
        return
    left = [outcome.id for outcome in outcomes if outcome.close_h is None]
    reach = Reach(index)
    if not all(reach.undeliverable(index.requirements[name]) for name in left):
        return
    for name in ("closure_h", "weighted_lateness"):
        bound, reached = getattr(plan.bound, name), getattr(totals, name)
        if bound is not None and reached is not None and bound > reached and not same(bound, reached):
            message = f"The bound says {name} is at least {number(bound)}, but this plan reaches "
            findings.add("bound", f"{message}{number(reached)}.")
