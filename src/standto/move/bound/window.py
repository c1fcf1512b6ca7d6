"""What there is to work with between two hours: vehicle hours, moving hours and slot hours.

A window opens at `since_h` and speaks of the requirements that are available no earlier: nothing of them can
be loaded before. It closes at a deadline that the caller chooses; every capacity is a function of it that
never falls. A way that cannot be used by the deadline has capacity 0, never less.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from standto.move.bound.critical import earliest, empty_arrivals
from standto.move.bound.lift import NEVER, Flags, Floats, Ints, Lift
from standto.move.bound.streams import Streams


@dataclass(frozen=True, slots=True)
class Slots:
    """Places and modes with a limited number of slots (G); `group[f, p]` is -1 without a limit."""

    place: Ints
    mode: tuple[str, ...]
    number: Floats
    group: Ints


@dataclass(frozen=True, slots=True)
class Window:
    """One window's members and capacities.

    Resources stand in one order: vehicle hours of each fleet (F), moving hours of each fleet (F), slot hours
    of all work (G), slot hours of loading and unloading (G). Capacity by deadline t is 0 up to `offset_h` and
    `base + slope x (t - offset_h)` after it. In the `first` window vehicles start at their bases, in later
    ones wherever they can be: at place p `there_h[f, p]` hours of the window have passed at least (inf: never
    there), and `spent_h[f, p]` of the moving hours are spent.
    """

    since_h: float
    first: bool
    members: Flags
    offset_h: Floats
    slope: Floats
    base: Floats
    there_h: Floats
    spent_h: Floats

    def capacity(self, deadline_h: float) -> Floats:
        """What there is of each resource by the deadline."""
        some = deadline_h > self.offset_h
        after = np.where(some, deadline_h - np.where(some, self.offset_h, 0.0), 0.0)
        return np.where(some, self.base + self.slope * after, 0.0)


def read_slots(lift: Lift) -> Slots:
    """The limited slots of a problem."""
    group = np.full(lift.slots.shape, -1, dtype=np.int64)
    seen: dict[tuple[str, int], int] = {}
    number: list[float] = []
    for f, fleet in enumerate(lift.fleets):
        for p in np.flatnonzero((lift.slots[f] > 0) & np.isfinite(lift.slots[f])):
            key = (fleet.mode, int(p))
            if key not in seen:
                seen[key] = len(seen)
                number.append(float(lift.slots[f, p]))
            group[f, p] = seen[key]
    places = np.array([place for _, place in seen], dtype=np.int64)
    return Slots(places, tuple(mode for mode, _ in seen), np.array(number, dtype=float), group)


def open_window(lift: Lift, streams: Streams, slots: Slots, since_h: float, members: Flags) -> Window:
    """The window of the given requirements, all available at or after `since_h` (-inf: the first window)."""
    fleets, groups = len(lift.fleets), len(slots.number)
    moved = np.zeros(len(streams.origin), dtype=bool)
    moved[streams.share_in[members[streams.share_of]]] = True
    ready, there = goods_there(lift, streams, members, moved)
    fleets_used: Flags = np.asarray(streams.fleets[np.unique(streams.kind[moved])].any(axis=0))
    tail = hours_left(lift, np.unique(streams.destination[moved]), fleets_used)
    empty = empty_arrivals(lift)
    from_h = np.maximum(lift.available_h, since_h)
    hours_head = np.full(groups, NEVER)
    goods_head = np.full(groups, NEVER)
    for f in range(fleets):
        here = np.flatnonzero(slots.group[f] >= 0)
        group = slots.group[f, here]
        vehicle = np.maximum(empty[f, here], since_h)
        np.minimum.at(hours_head, group, vehicle + tail[here])
        np.minimum.at(
            goods_head, group, np.maximum(vehicle, np.minimum(ready[here], there[f, here])) + tail[here]
        )
    moving_offset, moving_slope, moving_base = _moving(lift, since_h)
    return Window(
        since_h=since_h,
        first=bool(np.isneginf(since_h)),
        members=members,
        offset_h=np.concatenate([from_h, moving_offset, hours_head, goods_head]),
        slope=np.concatenate([lift.count, moving_slope, slots.number, slots.number]),
        base=np.concatenate([np.zeros(fleets), moving_base, np.zeros(2 * groups)]),
        there_h=np.maximum(0.0, empty - from_h[:, None]),
        spent_h=np.where(_from_the_start(lift, since_h)[:, None], _moving_to(lift), 0.0),
    )


def _from_the_start(lift: Lift, since_h: float) -> Flags:
    """Fleets whose moving hours are counted from when they are available, not from the opening."""
    days = [fleet.use_bank_days for fleet in lift.fleets]
    bank = np.array([np.inf if bank is None else bank for bank in days], dtype=float)
    passed = np.maximum(0.0, since_h - lift.available_h) / 24
    return np.asarray(bank - passed >= 1.0)


def _moving_to(lift: Lift) -> Floats:
    """The fewest moving hours from a base to each place, 0 where there is no way."""
    hours = np.where(lift.stationed > 0, 0.0, NEVER)
    while True:
        before = hours.copy()
        np.minimum.at(hours, (lift.leg_fleet, lift.leg_to), hours[lift.leg_fleet, lift.leg_from] + lift.leg_h)
        if np.array_equal(before, hours):
            return np.where(np.isfinite(hours), hours, 0.0)


def _moving(lift: Lift, since_h: float) -> tuple[Floats, Floats, Floats]:
    """Moving hours by rule 5, summed over each fleet, from the window's opening on."""
    offset, slope, base = lift.available_h + lift.unload_h, np.zeros(len(lift.fleets)), lift.count * 0.0
    for f, fleet in enumerate(lift.fleets):
        if fleet.use_h_per_day is None:
            base[f] = np.inf
            continue
        days = 1.0
        if fleet.use_bank_days is not None:
            days = min(days, fleet.use_bank_days - (max(since_h, fleet.available_h) - fleet.available_h) / 24)
        slope[f] = lift.count[f] * fleet.use_h_per_day / 24
        base[f] = lift.count[f] * fleet.use_h_per_day * days
        if days < 0:
            offset[f] -= 24 * days
            base[f] = 0.0
    return offset, slope, base


def goods_there(lift: Lift, streams: Streams, members: Flags, moved: Flags) -> tuple[Floats, Floats]:
    """When anything of the members can first be loaded at each place, and be there aboard each fleet."""
    ready: dict[tuple[int, int], float] = {}
    items = lift.problem.requirements
    for requirement, stream in zip(streams.share_of, streams.share_in, strict=True):
        if members[requirement]:
            key = (int(streams.origin[stream]), int(streams.kind[stream]))
            ready[key] = min(ready.get(key, NEVER), items[requirement].available_h)
    ground, aboard = np.full(lift.places, NEVER), np.full(lift.slots.shape, NEVER)
    if not moved.any():
        return ground, aboard
    keys = list(ready)
    empty = empty_arrivals(lift)
    batch = max(1, 2_000_000 // max(1, len(lift.leg_h)))
    for first in range(0, len(keys), batch):
        some = keys[first : first + batch]
        found = earliest(
            lift,
            np.array([key[0] for key in some]),
            np.array([ready[key] for key in some]),
            streams.fleets[[key[1] for key in some]],
            streams.loadable[[key[1] for key in some]],
            empty,
        )
        ground = np.minimum(ground, found.ground_h.min(axis=0))
        aboard = np.minimum(aboard, found.arrived_h.min(axis=0))
    return ground, aboard


def hours_left(lift: Lift, ends: Ints, ride: Flags) -> Floats:
    """The fewest hours from useful work at each place to a delivery at `ends`, by fleets that may `ride`."""
    left = np.full(lift.places, NEVER)
    left[ends] = 0.0
    delivered: Flags = np.asarray(np.isin(lift.leg_to, ends))
    usable = ride[lift.leg_fleet]
    extra = np.where(delivered, lift.unload_h[lift.leg_fleet], lift.least_stop_h[lift.leg_fleet])
    while True:
        before = left.copy()
        onward = np.where(usable, lift.leg_h + extra + left[lift.leg_to], NEVER)
        np.minimum.at(left, lift.leg_from, onward)
        if np.array_equal(before, left):
            return left
