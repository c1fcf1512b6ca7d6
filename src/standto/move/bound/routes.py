"""Cheapest ways of very many loads under given prices, and what they use of each resource, compiled.

The same search as `prices.cheapest`, which is its oracle in tests: a load waits on the ground, is loaded,
moves along legs, is unloaded. Here each source is searched alone over flat arrays, and the ways found are
followed back at once to add up what they use, so that no way is ever stored.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numpy as np
from numba import njit

Function = TypeVar("Function", bound=Callable[..., Any])

NONE, LOADED = -2, -1
"""Instead of a leg or fleet by which a label came: not reached, or loaded there."""
MOST_STEPS = 10_000
"""Far more than the legs of any way; a guard against rounding going round in a circle."""


def compiled(function: Function) -> Function:
    """Compile when first called, and keep it on disk where there is a place for it."""
    try:
        return cast("Function", njit(cache=True)(function))
    except RuntimeError:
        return cast("Function", njit(function))


@compiled
def _search(
    origin: int,
    may_ride: Any,
    may_load: Any,
    outward: Any,
    begin: Any,
    leg_to: Any,
    leg_cost: Any,
    on: Any,
    off: Any,
    ground: Any,
    ground_by: Any,
    aboard: Any,
    aboard_by: Any,
    changed: Any,
) -> None:
    """Least cost on the ground at each place and aboard each fleet there, and by what it came.

    `outward` are the legs by fleet and start, those of fleet f from place p from `begin[f * places + p]` on;
    `changed` marks what has got cheaper since it was last gone on from. From `origin` -1 the search before
    goes on, from what is marked.
    """
    fleets, places = on.shape
    if origin >= 0:
        ground[:], ground_by[:] = np.inf, NONE
        aboard[:], aboard_by[:] = np.inf, NONE
        changed[:] = False
        ground[origin] = 0.0
    going = True
    while going:
        going = False
        for f in range(fleets):
            if not may_ride[f]:
                continue
            some = False
            for p in range(places):
                if may_load[p] and ground[p] + on[f, p] < aboard[f, p]:
                    aboard[f, p], aboard_by[f, p] = ground[p] + on[f, p], LOADED
                    changed[f, p] = True
                some = some or changed[f, p]
            going = going or some
            while some:
                some = False
                for p in range(places):
                    if not changed[f, p]:
                        continue
                    changed[f, p] = False
                    for n in range(begin[f * places + p], begin[f * places + p + 1]):
                        e = outward[n]
                        q, cost = leg_to[e], aboard[f, p] + leg_cost[e]
                        if cost < aboard[f, q]:
                            aboard[f, q], aboard_by[f, q] = cost, e
                            changed[f, q] = some = True
        if going:
            for f in range(fleets):
                for p in range(places):
                    if aboard_by[f, p] >= 0 and aboard[f, p] + off[f, p] < ground[p]:
                        ground[p], ground_by[p] = aboard[f, p] + off[f, p], f


@compiled
def _use(
    end: int,
    amount: Any,
    ground_by: Any,
    aboard_by: Any,
    leg_from: Any,
    leg_h: Any,
    group: Any,
    groups: int,
    counted: Any,
    worked: Any,
    number: int,
    hours: Any,
    used: Any,
) -> None:
    """Add what a way to `end` uses: vehicle, moving and slot hours, vehicles taken from and left at places.

    `amount[f]` are the vehicles of a fleet that the load fills; `hours` are those of service, of loading
    (all work, goods) and of unloading (all work, goods) by fleet and place. Of the `number` kinds of
    whole trips and works a leg is of kind `counted[e]`, a loading or unloading of kind `worked[:, f, p]`.
    """
    fleets, places = group.shape
    trips = 2 * fleets + 2 * groups
    standing = trips + number
    p = end
    for _ in range(MOST_STEPS):
        f = ground_by[p]
        if f == NONE:
            return
        _work(f, p, amount[f], hours[3, f, p], hours[4, f, p], group, groups, used)
        used[standing + f * places + p] -= amount[f]
        if worked[1, f, p] >= 0:
            used[trips + worked[1, f, p]] += amount[f]
        for _ in range(MOST_STEPS):
            e = aboard_by[f, p]
            if e < 0:
                break
            used[f] += amount[f] * leg_h[e]
            used[fleets + f] += amount[f] * leg_h[e]
            if counted[e] >= 0:
                used[trips + counted[e]] += amount[f]
            _work(f, p, amount[f], hours[0, f, p], 0.0, group, groups, used)
            p = leg_from[e]
        _work(f, p, amount[f], hours[1, f, p], hours[2, f, p], group, groups, used)
        used[standing + f * places + p] += amount[f]
        if worked[0, f, p] >= 0:
            used[trips + worked[0, f, p]] += amount[f]


@compiled
def _work(
    f: int, p: int, vehicles: float, all_h: float, goods_h: float, group: Any, groups: int, used: Any
) -> None:
    fleets = group.shape[0]
    used[f] += vehicles * all_h
    if group[f, p] >= 0:
        used[2 * fleets + group[f, p]] += vehicles * all_h
        used[2 * fleets + groups + group[f, p]] += vehicles * goods_h


@compiled
def route(
    sources: Any,
    first: Any,
    ends: Any,
    rows: Any,
    amounts: Any,
    units: Any,
    ride: Any,
    load: Any,
    legs: Any,
    outward: Any,
    begin: Any,
    leg_h: Any,
    leg_cost: Any,
    aboard_h: Any,
    left_h: Any,
    until_h: float,
    on: Any,
    off: Any,
    filled: Any,
    hours: Any,
    group: Any,
    groups: int,
    counted: Any,
    worked: Any,
    number: int,
    cost: Any,
    used: Any,
) -> None:
    """Search every source; set each stream's cost and add up what its amount uses in its row of `used`.

    Parameters
    ----------
    sources
        Origin, kind and class of readiness of each, shape (sources, 3); streams `first[s]:first[s + 1]` start
        there, go to `ends`, and have `amounts` and a row of `used`.
    units
        Seats and tonnes of a unit of each kind; `ride` and `load` say by what and where.
    legs
        Start, end and fleet of each leg; `outward` and `begin` list them by fleet and start; a leg is too
        late where the hours until it can be left on aboard, on it, and left after it end after `until_h`.
    leg_cost, on, off
        Charges for a seat and for a tonne.
    filled
        Vehicles of each fleet that a seat and a tonne take.
    """
    fleets, places = group.shape
    ground, ground_by = np.empty(places), np.empty(places, np.int64)
    aboard, aboard_by = np.empty((fleets, places)), np.empty((fleets, places), np.int64)
    changed = np.empty((fleets, places), np.bool_)
    way, late = np.empty(len(leg_h)), np.empty(len(leg_h), np.int64)
    lates = 0
    for s in range(len(sources) - 1, -1, -1):
        # what is ready earlier has all the ways of what is ready later, and more
        kind = sources[s, 1]
        seat, tonne = units[0, kind], units[1, kind]
        again = s + 1 < len(sources) and sources[s + 1, 0] == sources[s, 0] and sources[s + 1, 1] == kind
        still = 0
        for n in range(lates if again else len(way)):
            e = late[n] if again else n
            p, f = legs[0, e], legs[2, e]
            if aboard_h[s, f, p] + leg_h[e] + left_h[kind, e] > until_h:
                way[e] = np.inf
                late[still] = e
                still += 1
            else:
                way[e] = seat * leg_cost[0, e] + tonne * leg_cost[1, e]
                changed[f, p] = changed[f, p] or again
        lates = still
        _search(
            -1 if again else sources[s, 0],
            ride[kind],
            load[kind],
            outward,
            begin,
            legs[1],
            way,
            seat * on[0] + tonne * on[1] + on[2],
            seat * off[0] + tonne * off[1] + off[2],
            ground,
            ground_by,
            aboard,
            aboard_by,
            changed,
        )
        for j in range(first[s], first[s + 1]):
            cost[j] = ground[ends[j]]
            if amounts[j] > 0 and cost[j] < np.inf:
                taken = amounts[j] * (seat * filled[0] + tonne * filled[1])
                _use(
                    ends[j],
                    taken,
                    ground_by,
                    aboard_by,
                    legs[0],
                    leg_h,
                    group,
                    groups,
                    counted,
                    worked,
                    number,
                    hours,
                    used[rows[j]],
                )
