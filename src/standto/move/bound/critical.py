"""The critical path: how early a requirement could close if all lift were there for it alone.

A label-correcting search over (place, fleet): a load waits on the ground, is loaded by the vehicle that could
be there first, moves, is unloaded or carried on, is transferred. Arrival never comes earlier by leaving later
(closed windows are waited for), so the search is exact for its relaxation, in which every load has every
vehicle and every slot to itself and any stop on the way may be as short as the shortest work. The argument is
in docs/concepts/bound.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from standto.move.bound.lift import NEVER, Flags, Floats, Ints, Lift, Load, read_lift
from standto.move.problem import Problem

MOST_CELLS = 60_000_000
"""Loads times legs up to which each load has a search of its own."""
BATCH_CELLS = 2_000_000
"""Label cells worked on at once: about 16 MB an array."""
COMPILED_CELLS = 500_000
"""Loads times legs beyond which the search is the compiled one."""


@dataclass(frozen=True, slots=True)
class Earliest:
    """Earliest hours of some loads (rows) under the relaxation.

    Attributes
    ----------
    landed_h
        End of unloading at each place, shape (loads, places); the ready hour at the origin.
    ground_h
        Ready to be loaded at each place, same shape.
    arrived_h
        Arrival aboard each fleet, shape (loads, fleets, places).
    """

    landed_h: Floats
    ground_h: Floats
    arrived_h: Floats


def critical_path(problem: Problem) -> dict[str, float]:
    """The earliest hour at which each requirement could close; those missing cannot be delivered in full.

    A requirement with nothing to move closes at `available_h`.
    """
    lift = read_lift(problem)
    loads = [load for index in range(len(problem.requirements)) for load in lift.loads_of(index)]
    return close_hours(problem, lift, loads)


def close_hours(problem: Problem, lift: Lift, loads: Sequence[Load]) -> dict[str, float]:
    """As `critical_path`, for loads already listed."""
    closes = {index: item.available_h for index, item in enumerate(problem.requirements)}
    hours = landing_hours(problem, lift, loads)
    for load, hour in zip(loads, hours, strict=True):
        closes[load.requirement] = max(closes[load.requirement], float(hour))
    return {problem.requirements[index].id: hour for index, hour in closes.items() if np.isfinite(hour)}


def landing_hours(problem: Problem, lift: Lift, loads: Sequence[Load]) -> Floats:
    """The earliest hour at which each load is on the ground at its destination (inf: never).

    Where there are very many loads, those alike but for their ready hour share two searches: one from the
    earliest ready hour among them, and one long after everything has begun, which gives the fewest hours the
    way can ever take. Both bound every hour of arrival from below.
    """
    items = problem.requirements
    ready = np.array([items[load.requirement].available_h for load in loads])
    ends = np.array([lift.place_of[items[load.requirement].destination] for load in loads], dtype=np.int64)
    starts = [lift.place_of[items[load.requirement].origin] for load in loads]
    alike: dict[tuple[int, float, bytes, bytes], list[int]] = {}
    few = len(loads) * max(1, len(lift.leg_h)) <= MOST_CELLS
    for row, load in enumerate(loads):
        hour = float(ready[row]) if few else 0.0
        key = (starts[row], hour, load.fleets.tobytes(), load.loadable.tobytes())
        alike.setdefault(key, []).append(row)
    groups = list(alike.values())
    origins = np.array([starts[rows[0]] for rows in groups], dtype=np.int64)
    fleets = np.array([loads[rows[0]].fleets for rows in groups], dtype=bool)
    fleets = fleets.reshape(len(groups), len(lift.fleets))
    loadable = np.array([loads[rows[0]].loadable for rows in groups], dtype=bool)
    loadable = loadable.reshape(len(groups), lift.places)
    empty = empty_arrivals(lift)
    first = np.array([ready[rows].min() for rows in groups])
    landed = _landings(lift, origins, first, fleets, loadable, empty)
    hours = np.full(len(loads), NEVER)
    for group, rows in enumerate(groups):
        hours[rows] = landed[group, ends[rows]]
    if not few:
        late = _long_after(lift, ready, empty)
        way = _landings(lift, origins, np.full(len(groups), late), fleets, loadable, empty) - late
        for group, rows in enumerate(groups):
            hours[rows] = np.maximum(hours[rows], ready[rows] + way[group, ends[rows]])
    return hours


def _landings(
    lift: Lift, origins: Ints, ready: Floats, fleets: Flags, loadable: Flags, empty: Floats
) -> Floats:
    """Hours on the ground at every place, shape (loads, places), searched in batches."""
    landed = np.full((len(origins), lift.places), NEVER)
    batch = max(1, BATCH_CELLS // max(1, len(lift.leg_h)))
    for begin in range(0, len(origins), batch):
        some = slice(begin, begin + batch)
        found = earliest(lift, origins[some], ready[some], fleets[some], loadable[some], empty)
        landed[some] = found.landed_h
    return landed


def _long_after(lift: Lift, ready: Floats, empty: Floats) -> float:
    """An hour when every vehicle may be anywhere it can be and no window is closed any more."""
    hours = [ready, empty[np.isfinite(empty)], lift.closed_to[np.isfinite(lift.closed_to)]]
    return float(np.concatenate(hours).max(initial=0.0))


def empty_arrivals(lift: Lift) -> Floats:
    """The earliest hour at which an empty vehicle of each fleet could stand at each place, shape (F, P)."""
    arrive = np.where(lift.stationed > 0, lift.available_h[:, None], NEVER)
    ready = arrive.copy()
    if len(lift.leg_h) == 0:
        return arrive
    while True:
        reach = lift.departures(ready[lift.leg_fleet, lift.leg_from]) + lift.leg_h
        before = arrive.copy()
        np.minimum.at(arrive, (lift.leg_fleet, lift.leg_to), reach)
        ready = np.minimum(ready, arrive + lift.least_stop_h[:, None])
        if np.array_equal(before, arrive):
            return arrive


def earliest(
    lift: Lift, origins: Ints, ready: Floats, fleets: Flags, loadable: Flags, empty: Floats
) -> Earliest:
    """Label-correcting search for loads with an origin, a ready hour and the fleets that may carry them.

    Parameters
    ----------
    origins, ready
        Place number and hour of each load, shape (loads,).
    fleets
        Which fleets may carry it, shape (loads, F).
    loadable
        Where it may be loaded, shape (loads, P).
    empty
        From `empty_arrivals`.
    """
    rows, places = len(origins), lift.places
    if rows * len(lift.leg_h) > COMPILED_CELLS:
        from standto.move.bound.arrivals import earliest_compiled

        return earliest_compiled(lift, origins, ready, fleets, loadable, empty)
    ground = np.full((rows, places), NEVER)
    ground[np.arange(rows), origins] = ready
    landed = ground.copy()
    carried = np.full((rows, len(lift.fleets), places), NEVER)
    if len(lift.leg_h) == 0 or rows == 0:
        return Earliest(landed, ground, carried)
    barred = np.where(fleets[:, :, None] & loadable[:, None, :] & lift.loads_at[None], 0.0, NEVER)
    unload_h = np.where(lift.unloads_at, lift.unload_h[:, None], NEVER)
    aboard = np.full((rows, len(lift.fleets), places), NEVER)
    heads = lift.leg_fleet * places + lift.leg_to
    starts = np.flatnonzero(np.r_[True, heads[1:] != heads[:-1]])
    at_fleet, at_place = lift.leg_fleet[starts], lift.leg_to[starts]
    while True:
        loaded = np.maximum(ground[:, None, :], empty[None]) + lift.load_h[None, :, None] + barred
        ready_to_go = np.minimum(aboard, loaded)
        leave = lift.departures(ready_to_go[:, lift.leg_fleet, lift.leg_from])
        arrive = np.minimum.reduceat(leave + lift.leg_h, starts, axis=1)
        carried[:, at_fleet, at_place] = arrive
        ready_to_go = np.minimum(ready_to_go, carried + lift.least_stop_h[None, :, None])
        if np.array_equal(ready_to_go, aboard):
            return Earliest(landed, ground, carried)
        aboard = ready_to_go
        landed = np.minimum(landed, (carried + unload_h).min(axis=1))
        ground = np.minimum(ground, landed + lift.transfer_h)
