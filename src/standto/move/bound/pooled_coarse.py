"""The pooled programme with few prices: what a vehicle is worth where it stands follows from its hours.

A vehicle is worth the more the fewer hours it is from where goods come from. So standing needs no prices of
its own, and the programme no trips: a fleet has a few patterns of prices, each an hour price and what follows
from it. Sums of consistent patterns are consistent. It misses little where goods come from one side, and is
small enough to be solved many times over for the largest problems. What it finds are prices like any others;
the full programme goes on from them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from standto.move.bound.lift import Floats, Ints, Lift
from standto.move.bound.pooled_matrix import BundleMatrix, as_columns, room_by
from standto.move.bound.prices import Counted
from standto.move.bound.returns import ways_back
from standto.move.bound.window import Slots, Window

DEPTHS = tuple(n / 12 for n in range(13))
"""How far back a vehicle is worth less for being away, as shares of the farthest way back."""


class CoarseMatrix(BundleMatrix):
    """One window's pooled programme over patterns of prices."""

    def __init__(
        self,
        lift: Lift,
        slots: Slots,
        window: Window,
        bundles: int,
        wholes: Sequence[Counted],
        back_h: Floats,
        origins: Ints,
    ) -> None:
        self.lift, self.window, self.wholes = lift, window, wholes
        moving_back_h = ways_back(lift, np.zeros_like(back_h), origins)[0]
        fleets, groups = len(lift.fleets), len(slots.number)
        split = 2 * fleets + 2 * groups + len(wholes)
        patterns: list[Floats] = []
        stocks: list[float] = []
        for n, (hours, gone) in enumerate([(back_h, window.there_h), (moving_back_h, window.spent_h)]):
            for f in range(fleets):
                ever = np.isfinite(window.there_h[f])
                for depth in np.unique(np.array(DEPTHS) * hours[f].max(initial=0.0)):
                    stand = np.zeros(lift.slots.shape)
                    stand[f] = np.maximum(0.0, depth - hours[f])
                    patterns.append(np.r_[np.arange(split) == n * fleets + f, stand.ravel()])
                    left = np.where(ever, stand[f] - np.where(ever, gone[f], 0.0), 0.0)
                    first, later = stand[f] @ lift.stationed[f], left.max(initial=0.0) * lift.count[f]
                    stocks.append(float(first if window.first else later))
        for n in range(2 * fleets, split):
            patterns.append(np.r_[np.arange(split) == n, np.zeros(lift.slots.size)])
            stocks.append(0.0)
        self.patterns: Floats = np.array(patterns, dtype=float)
        self.stocks: Floats = np.array(stocks)
        self.hours = self.patterns[:, :split].argmax(axis=1)
        super().__init__(len(patterns), bundles, np.zeros(0))

    def set_question(self, deadline_h: float, until_h: float) -> None:
        """Ask about a deadline, for ways that are counted until an hour."""
        room = room_by(self.lift, self.window, self.wholes, deadline_h)
        self.ask_with(room[self.hours] + self.stocks, until_h)

    def add_used(self, used: Floats, until_h: float) -> None:
        """Add bundles by what they use of every resource and of standing."""
        self.add_bundles(as_columns(used @ self.patterns.T), until_h)

    def solve(self, seconds: float) -> tuple[float, Floats] | None:
        """The least multiple of lift, and the prices that the patterns add up to."""
        found = super().solve(seconds)
        return None if found is None else (found[0], found[1] @ self.patterns)
