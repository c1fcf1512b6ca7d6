"""Proving a bound: the critical path first, then linear programmes while there is time for them."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from standto.move.bound.bottlenecks import find_bottlenecks
from standto.move.bound.guidance import read_prices
from standto.move.bound.proof import Proof
from standto.move.bound.result import Bound
from standto.move.bound.words import say_reason
from standto.move.problem import Problem


def prove_bound(
    problem: Problem,
    *,
    seconds: float | None = None,
    bottlenecks: int = 0,
    clock: Callable[[], float] = time.perf_counter,
) -> Bound:
    """What no plan of this problem can beat.

    Without `seconds` the result is the same on every machine: work is counted, not time.

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
    end = math.inf if seconds is None else began + seconds
    proof = Proof(problem, lambda: end - clock())
    proof.close_all()
    proof.late_all()
    scarce = find_bottlenecks(proof, bottlenecks)
    return proof.bound(clock() - began, scarce, say_reason(proof), read_prices(proof))
