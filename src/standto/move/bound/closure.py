"""The closure bound: the earliest deadline by which lift is worth what delivering everything costs."""

from __future__ import annotations

import numpy as np

from standto.move.bound.flow import CLOSE, FlowProgram
from standto.move.bound.lift import Floats
from standto.move.bound.pooled import PooledProgram
from standto.move.bound.prices import Cut

JUST_AFTER = 1e-7
"""Whole trips let capacity jump; the next question is asked just after the last refuted deadline."""

FIRST_CLOSE, SMALL_STEP = 0.5, 0.02
"""While steps are large, half of what the programme could prove is taken at once."""


def earliest_deadline(
    program: FlowProgram | PooledProgram, done: Floats, start_h: float, *, steps: int = 60
) -> tuple[float, list[Cut]]:
    """The earliest deadline that no certificate refutes for the given shares, and the cuts found on the way.

    Newton's method from below: at each deadline the programme gives the prices that refute it, and these
    prices give a later deadline. Every deadline on the way is proven; inf means that lift never suffices.
    """
    proven, cuts = start_h, []
    for how in program.stages:
        probe, close = proven, FIRST_CLOSE
        for _ in range(steps):
            _, cut = program.ask(done, probe, **{"close": close} | how)
            later = cut.refuted_until(done, probe) if cut else proven
            if cut is None or not later > proven:
                break
            close = CLOSE if later - probe < SMALL_STEP * (1 + abs(probe)) else FIRST_CLOSE
            cuts.append(cut)
            proven = later
            if np.isinf(proven):
                return proven, cuts
            probe = proven + JUST_AFTER * (1 + abs(proven))
    return proven, cuts
