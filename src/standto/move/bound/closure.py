"""The closure bound: the earliest deadline by which lift is worth what delivering everything costs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from standto.move.bound.flow import CLOSE, FlowProgram
from standto.move.bound.lift import Floats
from standto.move.bound.pooled import PooledProgram
from standto.move.bound.prices import Cut

JUST_AFTER = 1e-7
"""Whole trips let capacity jump; the next question is asked just after the last refuted deadline."""

FIRST_CLOSE, SMALL_STEP = 0.5, 0.02
"""While steps are large, half of what the programme could prove is taken at once."""
FIRST_LEAP, NEXT_LEAP, LEAST_LEAP = 0.1, 0.01, 0.003
"""How much later a deadline is asked for, relatively: at first, among more prices, and at last."""


@dataclass(slots=True)
class _Search:
    """A search for the earliest deadline that is not refuted, and how far it has come."""

    program: FlowProgram | PooledProgram
    done: Floats
    proven: float
    cuts: list[Cut] = field(default_factory=list)

    def ask(self, deadline_h: float, how: dict[str, Any]) -> bool:
        """Ask about a deadline; whether the answer refutes more than was refuted."""
        _, cut = self.program.ask(self.done, deadline_h, **how)
        later = cut.refuted_until(self.done, self.proven) if cut else self.proven
        if cut is None or not later > self.proven:
            return False
        self.cuts.append(cut)
        self.proven = later
        return True

    def just_after(self) -> float:
        """The deadline just after the last refuted one."""
        return self.proven + JUST_AFTER * (1 + abs(self.proven))


def earliest_deadline(
    program: FlowProgram | PooledProgram, done: Floats, start_h: float, *, steps: int = 60
) -> tuple[float, list[Cut]]:
    """The earliest deadline that no certificate refutes for the given shares, and the cuts found on the way.

    Every deadline on the way is proven; inf means that lift never suffices.
    """
    search = _Search(program, done, start_h)
    for how in program.stages:
        if isinstance(program, PooledProgram):
            _leap(search, steps, how)
        _creep(search, steps, how)
    return search.proven, search.cuts


def _leap(search: _Search, steps: int, how: dict[str, Any]) -> None:
    """Ask far ahead; where that is not refuted, between it and what is."""
    fresh = not search.cuts
    if not search.ask(search.just_after(), how | {"enough": 1.0}):
        return
    leap, ceiling = FIRST_LEAP if fresh else NEXT_LEAP, np.inf
    for _ in range(steps):
        middle = (search.proven + ceiling) / 2
        probe = min(search.proven + leap * (1 + abs(search.proven)), middle)
        if np.isinf(search.proven) or probe - search.proven < LEAST_LEAP * (1 + abs(search.proven)):
            return
        if not search.ask(probe, how | {"enough": 1.0}):
            ceiling = probe


def _creep(search: _Search, steps: int, how: dict[str, Any]) -> None:
    """Newton's method from below: the prices that refute a deadline also refute what is a little later."""
    close = FIRST_CLOSE
    for _ in range(steps):
        probe = search.just_after()
        if np.isinf(search.proven) or not search.ask(probe, {"close": close} | how):
            return
        close = CLOSE if search.proven - probe < SMALL_STEP * (1 + abs(probe)) else FIRST_CLOSE
