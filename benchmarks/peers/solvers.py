"""Every solver of the race under one signature: a problem, a seed and seconds in, judged results out.

Solvers are imported when they run: OR-Tools and HiGHS cannot share a process, so each run has its own.
"""

from __future__ import annotations

import inspect
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from standto.move.check import check
from standto.move.plan import Plan
from standto.move.problem import Problem

MARKS_S = (1.0, 10.0, 60.0, 300.0)
Point = tuple[float, float]


@dataclass(slots=True)
class Result:
    """What a run came to: totals at marks of time, the way there, and what else is worth telling.

    `at` holds for each mark the judged totals, or what the judge refused, or nothing where there was no plan.
    `trajectory` is seconds and what the goal minimises, as the solver itself counts it.
    """

    at: dict[str, dict[str, Any]] = field(default_factory=dict)
    trajectory: list[Point] = field(default_factory=list)
    note: str = ""


def judged(problem: Problem, plan: Plan | None) -> dict[str, Any]:
    """The totals of a plan by the judge; a plan that breaks a rule is no result."""
    if plan is None:
        return {"outcome": "none"}
    verdict = check(problem, plan)
    if not verdict.ok:
        return {"outcome": "refused", "why": str(verdict.violations[0]), "faults": len(verdict.violations)}
    return {"outcome": "plan", **verdict.totals.model_dump()}


def marks(seconds: float) -> Iterator[float]:
    """The marks of time within a run, its end included."""
    yield from (mark for mark in MARKS_S if mark < seconds)
    yield seconds


def greedy(problem: Problem, seconds: float, seed: int) -> Result:
    """First come, first served; it takes the time it takes."""
    from benchmarks.peers.greedy import plan_greedy

    began = time.perf_counter()
    plan = plan_greedy(problem)
    took = time.perf_counter() - began
    return Result({f"{seconds:g}": judged(problem, plan)}, note=f"took {took:.2f} s")


def standto(problem: Problem, seconds: float, seed: int) -> Result:
    """The planner itself through its public door, one run for each limit of time."""
    from standto.move.plan import Totals
    from standto.move.solve import Progress, Rounds, Seconds, solve, warm_up

    warm_up(lambda text: None)
    solve(problem, Rounds(0))
    trajectory: list[Point] = []

    def value(totals: Totals) -> float:
        both = (totals.closure_h or 0.0, totals.weighted_lateness)
        return both[0] if problem.goal == "closure" else both[1]

    def note(progress: Progress) -> None:
        now = value(progress.best)
        if not trajectory or now < trajectory[-1][1]:
            trajectory.append((time.perf_counter() - began, now))

    more: dict[str, Any] = {"workers": 2} if "workers" in inspect.signature(solve).parameters else {}
    began = time.perf_counter()
    plan = solve(problem, Seconds(seconds), seed=seed, progress=note, **more)
    took = time.perf_counter() - began
    rounds = plan.made_by.get("rounds")
    return Result({f"{seconds:g}": judged(problem, plan)}, trajectory, f"{rounds} rounds, {took:.1f} s")


def cpsat(problem: Problem, seconds: float, seed: int) -> Result:
    """OR-Tools CP-SAT from the planner's list schedule; one run gives the plans at all marks."""
    from standto.move.solve import Rounds, solve, warm_up

    warm_up(lambda text: None)
    solve(problem, Rounds(0))
    began = time.perf_counter()
    hint = solve(problem, Rounds(0))
    from benchmarks.peers.cpsat import run
    from benchmarks.peers.cpsat_parts import TUNED

    found = run(problem, hint, seconds, TUNED, seed=seed, began=began)
    trajectory = [(one.elapsed_s, one.reached) for one in found.found]
    result = Result(
        {f"{mark:g}": judged(problem, found.plan_at(mark)) for mark in marks(seconds)}, trajectory
    )
    size = f"{found.variables:,} variables, {found.constraints:,} constraints"
    first = f"first solution at {trajectory[0][0]:.1f} s" if trajectory else "no solution"
    result.note = f"{size}, built in {found.built_s:.1f} s, {first}, {found.status.lower()}"
    return result


def bound(problem: Problem, seconds: float, seed: int) -> Result:
    """What no plan can beat, proven within so many seconds."""
    from standto.move.bound import prove_bound

    proven = prove_bound(problem, seconds=seconds)
    both = {"closure_h": proven.closure_h, "weighted_lateness": proven.weighted_lateness}
    return Result({f"{seconds:g}": {"outcome": "bound", **both}}, note=f"took {proven.seconds:.1f} s")


def pyvrp(problem: Problem, seconds: float, seed: int) -> Result:
    """PyVRP on shipments cut beforehand; its routes timed with slots and rests."""
    from benchmarks.peers.pyvrp_peer import plan_pyvrp

    return _one(problem, seconds, lambda: plan_pyvrp(problem, seconds, seed))


def routing(problem: Problem, seconds: float, seed: int) -> Result:
    """OR-Tools routing on shipments cut beforehand; its routes timed with slots and rests."""
    from benchmarks.peers.routing import plan_routing

    return _one(problem, seconds, lambda: plan_routing(problem, seconds))


def _one(problem: Problem, seconds: float, make: Callable[[], tuple[Plan | None, str]]) -> Result:
    began = time.perf_counter()
    plan, note = make()
    took = time.perf_counter() - began
    return Result({f"{seconds:g}": judged(problem, plan)}, note=f"{note}, {took:.1f} s")


SOLVERS: dict[str, Callable[[Problem, float, int], Result]] = {
    "bound": bound,
    "greedy": greedy,
    "standto": standto,
    "cpsat": cpsat,
    "pyvrp": pyvrp,
    "routing": routing,
}
