"""The cheapest ways of all streams under given prices, leg by leg."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from standto.move.bound.lift import Floats, Ints, Lift
from standto.move.bound.prices import Paths, Prices, cheapest
from standto.move.bound.streams import Streams

BREAK = -1
"""Between two legs of a way: unload, transfer, load."""
NEAR = 1e-7
"""Shares of the demand below this are nothing."""
BATCH_CELLS = 1_000_000
"""Origins times legs worked on at once."""
CELLS_A_ROW = 40
"""Origins times legs that take as long to search as a row of the programme to solve, measured roughly."""

Way = tuple[int, tuple[int, ...]]
"""A stream's number among those moved, and its legs in order; `BREAK` where the load changes vehicles."""


class WaySearch:
    """Search of cheapest ways for the streams that are moved; streams of one origin and kind share it."""

    def __init__(self, lift: Lift, streams: Streams, moved: Ints, seconds: Callable[[], float]) -> None:
        self.lift, self.streams, self.moved, self.seconds = lift, streams, moved, seconds
        pairs = np.stack([streams.origin[moved], streams.kind[moved]], axis=1)
        self.sources, source = np.unique(pairs.reshape(-1, 2), axis=0, return_inverse=True)
        self.source = source.reshape(-1)
        self.heads: Ints = lift.leg_fleet * lift.places + lift.leg_to

    @property
    def work(self) -> float:
        """What one search takes, in rows of the programme."""
        return len(self.sources) * len(self.lift.leg_h) / CELLS_A_ROW

    def price(self, prices: Prices, pays: Floats) -> tuple[Floats, list[Way]]:
        """Each stream's cheapest cost, and the cheapest way of those that cost less than the stream pays.

        Where the seconds do not suffice some costs stay 0, which is true and weak.
        """
        lift, streams = self.lift, self.streams
        cost = np.zeros(len(streams.origin))
        found: list[Way] = []
        batch = max(1, BATCH_CELLS // max(1, len(lift.leg_h)))
        for first in range(0, len(self.sources), batch):
            if self.seconds() <= 0:
                break
            rows = self.sources[first : first + batch]
            paths = cheapest(lift, streams, prices, rows[:, 0], rows[:, 1])
            for n in np.flatnonzero((self.source >= first) & (self.source < first + batch)):
                j, row = self.moved[n], int(self.source[n]) - first
                cost[j] = paths.ground[row, streams.destination[j]]
                if cost[j] * (1 + NEAR) < pays[n]:
                    ends = int(streams.origin[j]), int(streams.destination[j])
                    way = trace(lift, self.heads, paths, row, *ends)
                    if way:
                        found.append((int(n), way))
        return cost, found


def trace(lift: Lift, heads: Ints, paths: Paths, row: int, origin: int, end: int) -> tuple[int, ...]:
    """The legs of a cheapest way, in order; `BREAK` stands where the load changes vehicles.

    `heads` number each leg's fleet and end, in the order of the legs.
    """
    legs: list[int] = []
    place, fleet = end, -1
    for _ in range(2 * lift.places):
        if fleet < 0:
            if place == origin:
                return tuple(reversed(legs[:-1]))
            fleet = int(np.argmin(paths.carried[row, :, place] + paths.unloading[row, :, place]))
        first, last = np.searchsorted(heads, [fleet * lift.places + place, fleet * lift.places + place + 1])
        tails = lift.leg_from[first:last]
        ready = np.minimum(paths.loaded[row, fleet, tails], paths.carried[row, fleet, tails])
        leg = int(first + np.argmin(ready + paths.leg_cost[row, first:last]))
        legs.append(leg)
        place = int(lift.leg_from[leg])
        if paths.loaded[row, fleet, place] <= paths.carried[row, fleet, place]:
            legs.append(BREAK)
            fleet = -1
    return ()
