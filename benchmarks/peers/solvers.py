"""Every solver of the race under one signature: a problem, a seed and seconds in, judged results out.

Solvers are imported when they run: OR-Tools and HiGHS cannot share a process, so each run has its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from benchmarks.clock import Shared
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

    clock = Shared()
    plan = plan_greedy(problem)
    return Result({f"{seconds:g}": judged(problem, plan)}, note=f"took {clock():.2f} s")


def standto(problem: Problem, seconds: float, seed: int) -> Result:
    """The planner itself through its public door, with two workers; one run gives the plans at all marks."""
    from benchmarks.peers.planner import run
    from standto.move.solve import Rounds, solve, warm_up

    warm_up(lambda text: None)
    solve(problem, Rounds(0))
    plans, trajectory, note = run(problem, list(marks(seconds)), seed=seed)
    return Result({f"{mark:g}": judged(problem, plan) for mark, plan in plans.items()}, trajectory, note)


def cpsat(problem: Problem, seconds: float, seed: int) -> Result:
    """OR-Tools CP-SAT from the planner's list schedule; one run gives the plans at all marks."""
    from standto.move.solve import Rounds, solve, warm_up

    warm_up(lambda text: None)
    solve(problem, Rounds(0))
    clock = Shared(2)
    hint = solve(problem, Rounds(0))
    from benchmarks.peers.cpsat import run
    from benchmarks.peers.cpsat_parts import TUNED

    wanted = list(marks(seconds))
    found = run(problem, hint, wanted, TUNED, seed=seed, clock=clock)
    at = {f"{mark:g}": judged(problem, found.plan_at(mark)) for mark in wanted}
    size = f"{found.variables:,} variables, {found.constraints:,} constraints"
    way = found.trajectory
    first = f"first solution at {way[0][0]:.1f} s" if way else "no solution"
    note = f"{size}, built in {found.built_s:.1f} s, {first}, {len(way):,} in all, {found.status.lower()}"
    return Result(at, way, note)


def bound(problem: Problem, seconds: float, seed: int) -> Result:
    """What no plan can beat, proven within so many seconds."""
    from standto.move.bound import prove_bound

    proven = prove_bound(problem, seconds=seconds, clock=Shared())
    both = {"closure_h": proven.closure_h, "weighted_lateness": proven.weighted_lateness}
    return Result({f"{seconds:g}": {"outcome": "bound", **both}}, note=f"took {proven.seconds:.1f} s")


def pyvrp(problem: Problem, seconds: float, seed: int) -> Result:
    """PyVRP on shipments cut beforehand; its routes timed with slots and rests."""
    from benchmarks.peers.pyvrp_peer import plan_pyvrp

    clock = Shared()
    return _tours(problem, plan_pyvrp(problem, _told(seconds), seed, clock), clock)


def routing(problem: Problem, seconds: float, seed: int) -> Result:
    """OR-Tools routing on shipments cut beforehand; its routes timed with slots and rests."""
    from benchmarks.peers.routing import plan_routing

    clock = Shared()
    return _tours(problem, plan_routing(problem, _told(seconds), clock), clock)


def _told(seconds: float) -> list[float]:
    """The marks at which those who play their tours forward are asked; a second is too short for them."""
    return [mark for mark in marks(seconds) if mark > 1 or mark == seconds]


def _tours(problem: Problem, made: tuple[dict[float, Plan | None], str], clock: Shared) -> Result:
    plans, note = made
    took_s = clock()
    at = {f"{mark:g}": judged(problem, plan) for mark, plan in plans.items()}
    return Result(at, note=f"{note}, {took_s:.1f} s")


SOLVERS: dict[str, Callable[[Problem, float, int], Result]] = {
    "bound": bound,
    "greedy": greedy,
    "standto": standto,
    "cpsat": cpsat,
    "pyvrp": pyvrp,
    "routing": routing,
}
