"""The search of `critical.earliest`, compiled, for where loads and legs are very many."""

from __future__ import annotations

from typing import Any

import numpy as np

from standto.move.bound.critical import Earliest
from standto.move.bound.lift import NEVER, Flags, Floats, Ints, Lift
from standto.move.bound.routes import compiled


def earliest_compiled(
    lift: Lift, origins: Ints, ready: Floats, fleets: Flags, loadable: Flags, empty: Floats
) -> Earliest:
    """As `critical.earliest`, which is its oracle in tests."""
    rows, places = len(origins), lift.places
    starts = lift.leg_fleet * places + lift.leg_from
    outward = np.argsort(starts, kind="stable")
    closed = np.full(len(lift.leg_h), -1, dtype=np.int64)
    closed[lift.closed_legs] = np.arange(len(lift.closed_legs))
    ground = np.full((rows, places), NEVER)
    ground[np.arange(rows), origins] = ready
    landed = ground.copy()
    carried = np.full((rows, len(lift.fleets), places), NEVER)
    _search_all(
        fleets,
        loadable,
        empty,
        np.stack([lift.load_h, lift.unload_h, lift.least_stop_h]),
        np.stack([lift.loads_at, lift.unloads_at]),
        lift.transfer_h,
        outward,
        np.searchsorted(starts[outward], np.arange(lift.slots.size + 1)),
        lift.leg_to,
        lift.leg_h,
        closed,
        lift.closed_from,
        lift.closed_to,
        ground,
        landed,
        carried,
    )
    return Earliest(landed, ground, carried)


@compiled
def _search_all(
    ride: Any,
    loadable: Any,
    empty: Any,
    work_h: Any,
    works_at: Any,
    transfer_h: Any,
    outward: Any,
    begin: Any,
    leg_to: Any,
    leg_h: Any,
    closed: Any,
    closed_from: Any,
    closed_to: Any,
    ground: Any,
    landed: Any,
    carried: Any,
) -> None:
    """Search every row of `ground`, `landed` and `carried`, which hold the origins to begin with.

    `work_h` are the hours of loading, unloading and the shortest stop of each fleet, `works_at` says where it
    loads and unloads; `outward` and `begin` list the legs by fleet and start; `closed[e]` is a leg's row of
    closed windows, or -1.
    """
    fleets, places = empty.shape
    aboard = np.empty((fleets, places))
    changed = np.empty((fleets, places), np.bool_)
    for row in range(len(ground)):
        aboard[:] = np.inf
        changed[:] = False
        going = True
        while going:
            going = False
            for f in range(fleets):
                if not ride[row, f]:
                    continue
                some = False
                for p in range(places):
                    if loadable[row, p] and works_at[0, f, p]:
                        hour = max(ground[row, p], empty[f, p]) + work_h[0, f]
                        if hour < aboard[f, p]:
                            aboard[f, p] = hour
                            changed[f, p] = some = True
                going = going or some
                while some:
                    some = False
                    for p in range(places):
                        if not changed[f, p]:
                            continue
                        changed[f, p] = False
                        for n in range(begin[f * places + p], begin[f * places + p + 1]):
                            e, leave = outward[n], aboard[f, p]
                            if closed[e] >= 0:
                                for w in range(closed_from.shape[1]):
                                    if closed_from[closed[e], w] <= leave < closed_to[closed[e], w]:
                                        leave = closed_to[closed[e], w]
                            q, arrive = leg_to[e], leave + leg_h[e]
                            carried[row, f, q] = min(carried[row, f, q], arrive)
                            if arrive + work_h[2, f] < aboard[f, q]:
                                aboard[f, q] = arrive + work_h[2, f]
                                changed[f, q] = some = True
            if going:
                for f in range(fleets):
                    for p in range(places):
                        if works_at[1, f, p]:
                            hour = carried[row, f, p] + work_h[1, f]
                            landed[row, p] = min(landed[row, p], hour)
                            ground[row, p] = min(ground[row, p], landed[row, p] + transfer_h[p])
