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

BATCH_CELLS = 2_000_000
"""Label cells worked on at once: about 16 MB an array."""


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
    closes = {
        index: item.available_h if item.still else -NEVER for index, item in enumerate(problem.requirements)
    }
    hours = landing_hours(problem, lift, loads)
    for load, hour in zip(loads, hours, strict=True):
        closes[load.requirement] = max(closes[load.requirement], float(hour))
    return {problem.requirements[index].id: hour for index, hour in closes.items() if np.isfinite(hour)}


def landing_hours(problem: Problem, lift: Lift, loads: Sequence[Load]) -> Floats:
    """The earliest hour at which each load is on the ground at its destination (inf: never)."""
    alike: dict[tuple[int, float, bytes], list[int]] = {}
    for row, load in enumerate(loads):
        item = problem.requirements[load.requirement]
        key = (lift.place_of[item.origin], item.available_h, load.fleets.tobytes())
        alike.setdefault(key, []).append(row)
    hours = np.full(len(loads), NEVER)
    keys = list(alike)
    empty = empty_arrivals(lift)
    batch = max(1, BATCH_CELLS // max(1, len(lift.leg_h)))
    for first in range(0, len(keys), batch):
        some = keys[first : first + batch]
        origins = np.array([key[0] for key in some])
        ready = np.array([key[1] for key in some])
        fleets = np.stack([loads[alike[key][0]].fleets for key in some])
        landed = earliest(lift, origins, ready, fleets, empty).landed_h
        for row, key in enumerate(some):
            for member in alike[key]:
                item = problem.requirements[loads[member].requirement]
                hours[member] = landed[row, lift.place_of[item.destination]]
    return hours


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


def earliest(lift: Lift, origins: Ints, ready: Floats, fleets: Flags, empty: Floats) -> Earliest:
    """Label-correcting search for loads with an origin, a ready hour and the fleets that may carry them.

    Parameters
    ----------
    origins, ready
        Place number and hour of each load, shape (loads,).
    fleets
        Which fleets may carry it, shape (loads, F).
    empty
        From `empty_arrivals`.
    """
    rows, places = len(origins), lift.places
    ground = np.full((rows, places), NEVER)
    ground[np.arange(rows), origins] = ready
    landed = ground.copy()
    carried = np.full((rows, len(lift.fleets), places), NEVER)
    if len(lift.leg_h) == 0 or rows == 0:
        return Earliest(landed, ground, carried)
    barred = np.where(fleets[:, :, None] & (lift.slots > 0)[None], 0.0, NEVER)
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
        landed = np.minimum(landed, (carried + lift.unload_h[None, :, None]).min(axis=1))
        ground = np.minimum(ground, landed + lift.transfer_h)
