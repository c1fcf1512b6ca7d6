"""Whole work at slots: how often long work fits between the first load there and the last that is in time.

Where loading takes a day, 52 hours of a slot are two loadings, not two and a sixth.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from standto.move.bound.critical import empty_arrivals
from standto.move.bound.lift import NEVER, Floats, Lift
from standto.move.bound.readiness import SLACK_H, Units
from standto.move.bound.window import Slots, Window

LEAST_WORK_H = 6.0
"""Of shorter work what is rounded away is too little for a row of its own."""


@dataclass(frozen=True, slots=True, eq=False)
class Berth:
    """Loadings or unloadings of goods at a place and mode, `number x floor(hours / each_h)` by a deadline.

    Attributes
    ----------
    resource
        Its slot hours' number among the resources (order as in `Window`).
    on, off
        How often a loading and an unloading of each fleet at each place counts, shape (F, P).
    each_h
        The fewest hours that one takes.
    first_h
        No goods can be there earlier.
    left_h
        The fewest hours from the end of the work to a delivery.
    """

    resource: int
    on: Floats
    off: Floats
    number: float
    each_h: float
    first_h: float
    left_h: float
    loaded: bool = True

    def trips(self, lift: Lift) -> Floats:
        """How often each leg counts: never."""
        return np.zeros(len(lift.leg_h))

    def capacity(self, lift: Lift, window: Window, deadline_h: float) -> float:
        """How often the slots together can be worked at by the deadline."""
        hours = deadline_h - self.left_h - self.first_h + SLACK_H
        return self.number * max(0.0, float(np.floor(hours / self.each_h)))


def find_berths(lift: Lift, slots: Slots, units: Units) -> list[Berth]:
    """The limited slots where goods are loaded or unloaded for long."""
    fleets = len(lift.fleets)
    ground = units.ground_h.min(axis=0, initial=NEVER)
    arrived = units.arrived_h.min(axis=0, initial=NEVER)
    left_h = units.left_h.min(axis=0, initial=NEVER)
    onward = np.full(lift.slots.shape, NEVER)
    np.minimum.at(onward, (lift.leg_fleet, lift.leg_from), lift.leg_h + left_h)
    after = np.full(lift.slots.shape, NEVER)
    np.minimum.at(after, (lift.leg_fleet, lift.leg_to), left_h)
    after = np.maximum(0.0, after - lift.unload_h[:, None])
    there = np.maximum(ground[None, :], empty_arrivals(lift))
    works = (
        (lift.load_h, lift.loads_at, there, onward),
        (lift.unload_h, lift.unloads_at, arrived, after),
    )
    found = []
    for g in range(len(slots.number)):
        for which, (hours, able, first, left) in enumerate(works):
            here = (slots.group == g) & able & np.isfinite(first) & np.isfinite(left)
            mine = np.flatnonzero(here.any(axis=1))
            if len(mine) == 0 or hours[mine].min() < LEAST_WORK_H:
                continue
            counts = np.zeros((2, *lift.slots.shape))
            counts[which][here] = 1.0
            found.append(
                Berth(
                    resource=2 * fleets + g,
                    on=counts[0],
                    off=counts[1],
                    number=float(slots.number[g]),
                    each_h=float(hours[mine].min()),
                    first_h=float(first[here].min()),
                    left_h=float(left[here].min()),
                )
            )
    return found
