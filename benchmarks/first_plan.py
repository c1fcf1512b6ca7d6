"""How long until there is a first feasible plan of a generated problem, once the planner is compiled?"""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from benchmarks.clock import LongestThread
from benchmarks.registry import Figures, Subject, peak_mb
from standto.move.plan import Plan
from standto.move.problem import Problem


@dataclass(slots=True)
class Case:
    """A generated problem, and the plan that is made of it."""

    problem: Problem
    seed: int
    plan: Plan | None = field(default=None)


def build(size: str, seed: int) -> Case:
    """Generate, with the planner compiled."""
    from benchmarks.generate import generate
    from standto.move.solve import warm_up

    warm_up(lambda text: None)
    return Case(generate(size, seed), seed)


def plan(case: Case, full: bool) -> Figures:
    """Seconds until a first plan is told of, and until the best of all first plans is written."""
    from standto.move.solve import Progress, Rounds, solve

    clock, told = LongestThread(), list[float]()

    def note(progress: Progress) -> None:
        told.append(clock())

    case.plan = solve(case.problem, Rounds(0), seed=case.seed, progress=note)
    totals = case.plan.totals
    return {
        "first_told_s": told[0],
        "first_plan_s": clock(),
        "undelivered": totals.undelivered,
        "lateness_h": totals.weighted_lateness,
        "closure_h": totals.closure_h,
    }


def judge(case: Case, full: bool) -> Figures:
    """Seconds of its check, and the peak memory of all this; a plan that breaks a rule is no figure."""
    from standto.move.check import check

    assert case.plan is not None
    began = time.process_time()
    verdict = check(case.problem, case.plan)
    if not verdict.ok:
        raise SystemExit(f"the plan breaks rules: {verdict.violations[0]}")
    return {"check_s": time.process_time() - began, "peak_mb": peak_mb()}


SUBJECT = Subject(
    name="first_plan",
    question="first plans of generated problems, after warm-up, in seconds of the processor",
    wanted="L (1,000 requirements, 200,000 people, 600 vehicles) at most 2 s; XL (10,000) 15 s and 2 GB",
    build=build,
    phases={"plan": plan, "judge": judge},
    sizes=("S", "M", "L", "XL"),
    seeds=(1, 2, 3),
)
