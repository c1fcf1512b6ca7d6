"""How much more may be solved, counted in rows, columns and searches: the same on every machine."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(slots=True)
class Effort:
    """How much more the programmes may be solved: rows, columns and searches of ways, and seconds.

    Counting work, not time, keeps the bound the same on every machine unless a time was asked for.
    """

    left: float = math.inf
    seconds: Callable[[], float] = lambda: math.inf

    def spend(self, work: float) -> bool:
        """Take some; whether there was enough."""
        self.left -= work
        return self.left >= 0 and self.seconds() > 0

    def part(self, share: float) -> Effort:
        """A share of what is left, of work taken from it."""
        mine = self.left * share if math.isfinite(self.left) else math.inf
        self.left -= mine if math.isfinite(mine) else 0.0
        now = self.seconds()
        kept = (1 - share) * max(0.0, now) if math.isfinite(now) else 0.0
        return Effort(mine, lambda: self.seconds() - kept)
