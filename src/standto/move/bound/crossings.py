"""Whole voyages: how often one vehicle can cross with a load from where goods are to where they go.

Part the places in two: near where goods come from, and far from it. Between two crossings a vehicle must come
back. So it crosses a whole number of times by a deadline, and nobody rides on the half of a voyage. Empty
crossings are free of this price; what it is worth is charged to loads alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from standto.move.bound.lift import NEVER, Flags, Floats, Ints, Lift
from standto.move.bound.readiness import SLACK_H, Units
from standto.move.bound.window import Window

MOST_SIDES = 6
"""Ways to part the places that are tried for each fleet."""
LEAST_CYCLE_H = 1e-2


@dataclass(frozen=True, slots=True, eq=False)
class Crossing:
    """Crossings of a fleet with a load: by t a vehicle makes at most 1 + floor((t - done_h) / cycle_h).

    Attributes
    ----------
    crosses
        The legs that lead across, shape (E,).
    done_h
        No load that crossed is delivered earlier.
    cycle_h
        The fewest hours from leaving on one crossing to leaving on the next.
    moving_h, cycle_moving_h
        The fewest moving hours of one crossing, and of one together with the way back.
    """

    fleet: int
    crosses: Flags
    done_h: float
    cycle_h: float
    moving_h: float
    cycle_moving_h: float
    loaded: bool = True
    """Only loads are charged, not trips of empty vehicles."""
    on: float = 0.0
    off: float = 0.0

    @property
    def resource(self) -> int:
        """The vehicle hours of its fleet among the resources (order as in `Window`)."""
        return self.fleet

    @property
    def each_h(self) -> float:
        """The hours that one takes at least, where a second one is possible."""
        return self.cycle_h

    def trips(self, lift: Lift) -> Floats:
        """How often each leg counts."""
        return self.crosses.astype(float)

    def capacity(self, lift: Lift, window: Window, deadline_h: float) -> float:
        """How often all vehicles of the fleet together can cross by the deadline."""
        most = _whole(deadline_h - self.done_h, self.cycle_h)
        fleet = lift.fleets[self.fleet]
        if fleet.use_h_per_day is not None:
            days = (deadline_h - fleet.unload_h - fleet.available_h) / 24 + 1
            most = min(most, _whole(fleet.use_h_per_day * days - self.moving_h, self.cycle_moving_h))
        return float(lift.count[self.fleet] * most)


def _whole(left: float, cycle: float) -> float:
    """Times that something can be done where what is left after the first time is `left`."""
    if left + SLACK_H < 0:
        return 0.0
    return 1.0 + (np.floor((left + SLACK_H) / cycle) if cycle > 0 else NEVER)


def find_crossings(lift: Lift, units: Units) -> list[Crossing]:
    """For each fleet that carries something, the parting of places with the longest way across and back."""
    found: list[Crossing] = []
    leave_h = units.aboard_h.min(axis=0, initial=NEVER)[lift.leg_fleet, lift.leg_from]
    left_h = units.left_h.min(axis=0, initial=NEVER)
    used = np.isfinite(leave_h) & np.isfinite(left_h)
    for f in range(len(lift.fleets)):
        mine = np.flatnonzero((lift.leg_fleet == f) & used)
        if len(mine):
            found += _longest(lift, units.origins, leave_h, left_h, f, mine)
    return found


def _longest(
    lift: Lift, origins: Ints, leave_h: Floats, left_h: Floats, f: int, mine: Ints
) -> list[Crossing]:
    """The parting of a fleet's places with the longest cycle; none where there is nothing to cross."""
    stop_h = float(lift.least_stop_h[f])
    near = np.zeros(lift.places, dtype=bool)
    near[origins] = True
    back_h = _hours_to(lift, f, near, stop_h)
    levels = np.unique(back_h[np.isfinite(back_h)])
    if len(levels) > MOST_SIDES:
        levels = levels[np.linspace(0, len(levels) - 1, MOST_SIDES).round().astype(int)]
    best: list[Crossing] = []
    for level in levels:
        side: Flags = np.asarray(back_h <= level)
        across = mine[side[lift.leg_from[mine]] & ~side[lift.leg_to[mine]]]
        if len(across) == 0:
            continue
        ends, hours = lift.leg_to[across], lift.leg_h[across]
        cycle_h = float((hours + stop_h + _hours_to(lift, f, side, stop_h)[ends]).min())
        moving = float((hours + _hours_to(lift, f, side, 0.0)[ends]).min())
        if cycle_h < LEAST_CYCLE_H or (best and cycle_h <= best[0].cycle_h):
            continue
        crosses = np.zeros(len(lift.leg_h), dtype=bool)
        crosses[across] = True
        done_h = float(leave_h[across].min() + (hours + left_h[across]).min())
        best = [Crossing(f, crosses, done_h, cycle_h, float(hours.min()), moving)]
    return best


def _hours_to(lift: Lift, f: int, side: Flags, stop_h: float) -> Floats:
    """The fewest hours of a fleet from each place to a side, with a stop on each arrival; inf: no way."""
    mine = np.flatnonzero(lift.leg_fleet == f)
    start, end, hours = lift.leg_from[mine], lift.leg_to[mine], lift.leg_h[mine] + stop_h
    left = np.where(side, 0.0, NEVER)
    while True:
        before = left.copy()
        np.minimum.at(left, start, hours + left[end])
        if np.array_equal(before, left):
            return left
