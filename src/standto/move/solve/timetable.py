"""The timetable that the local search edits: trips with their hours, calendars of slots, a log to undo by.

A trip is one vehicle's tour from empty to empty: *visits* (stops with work, and stops on the way there) and
*rides* (what goes from one of its stops to a later one). Trips of a vehicle are a chain in time, rides of a
requirement and stops of a place are lists. All hours stand; an edit touches only what it takes out or puts
in. Every write goes through the log, so that a change that does not pay is taken back at its own cost.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from standto.move.network import Floats, Ints
from standto.move.solve.flat import Flat, Listing

# trip_i: the vehicle, the trips before and after, first visit, first stop, first ride, where it ends
L_VEHICLE, L_PREV, L_NEXT, L_HEAD, L_STOP, L_RIDE, L_TO = range(7)
# trip_f: start of work at the first stop, end of work at the last
L_START, L_END = range(2)
# visit_i: number of the stop in the trip (-1: on the way), rides that load and unload, lists
X_PLACE, X_TRIP, X_STOP, X_LOADS, X_UNLOADS, X_NEXT, X_AFTER, X_BEFORE = range(8)
# visit_f
X_LEFT, X_ARRIVE, X_START, X_END, X_COST = range(5)
# ride_i: requirement, trip, visit of loading and of unloading, next of the trip, list of the requirement
R_NEED, R_TRIP, R_FIRST, R_LAST, R_NEXT, R_AFTER, R_BEFORE = range(7)
# chain of a vehicle
C_HEAD, C_TAIL = range(2)
# sums of a vehicle
V_MOVED, V_COST = range(2)
# calendar of a place and mode
K_AT, K_ROOM, K_STEPS = range(3)
# kinds of nodes and of entries in the log
TRIP, VISIT, RIDE, CHAIN, OF_NEED, OF_PLACE, TRIP_F, VISIT_F, SLOTS, TOP, GONE, AMOUNT = range(12)
# counts
N_LOG, N_GONE, N_STEPS, N_ERROR, N_TOUCHED, N_TOUCHED_V, N_BATCHES, N_STAMP, N_OUT, N_MOVE, N_MOST = range(11)


class Timetable(NamedTuple):
    """All trips with their hours; T trips, X visits, Q rides, K columns, V vehicles, R requirements."""

    trip_i: Ints
    trip_f: Floats
    visit_i: Ints
    visit_f: Floats
    ride_i: Ints
    amount: Floats
    chain: Ints
    of_need: Ints
    of_place: Ints
    sums: Floats
    close_h: Floats
    rest: Floats
    # slots: per place and mode a stretch of steps
    book: Ints
    step_h: Floats
    step_n: Ints
    # spare nodes of the three kinds, as stacks
    spare_trip: Ints
    spare_visit: Ints
    spare_ride: Ints
    top: Ints
    lowest: Ints
    # the log
    log_i: Ints
    log_f: Floats
    gone: Ints
    # registers
    tally: Ints
    seed: NDArray[np.uint64]
    mover: Floats
    touched: Ints
    touched_v: Ints
    mark: Ints
    mark_v: Ints
    cut: Ints
    banned: Ints
    batch_i: Ints
    batch_f: Floats
    event_i: Ints
    event_f: Floats
    out: Ints
    seen: Ints
    pressure: Floats
    score: Floats
    trial: Floats
    trial_score: Floats
    habits: Floats
    keys: Floats


def new_timetable(flat: Flat, trips: int, visits: int, rides: int) -> Timetable:
    """An empty timetable with room for so many.

    A visit makes at most two steps of a calendar, and a calendar that moves to where there is twice the room
    leaves its own behind: 12 steps a visit hold all calendars made anew. Of one requirement there are at most
    as many batches as it has rides, and the one at its origin. An edit writes at most 12 numbers of any visit
    and ride; the log is twice as long as it may be when an edit begins.
    """
    vehicles, needs, columns = len(flat.vehicle), *flat.need.shape
    spots, places = len(flat.slots), len(flat.transfer_h)
    most = 4096 + 12 * (visits + rides)

    def ints(*shape: int) -> Ints:
        return np.full(shape, -1, dtype=np.int64)

    return Timetable(
        trip_i=ints(trips, 7),
        trip_f=np.zeros((trips, 2)),
        visit_i=ints(visits, 8),
        visit_f=np.zeros((visits, 5)),
        ride_i=ints(rides, 7),
        amount=np.zeros((rides, columns)),
        chain=ints(vehicles, 2),
        of_need=ints(needs),
        of_place=ints(places),
        sums=np.zeros((vehicles, 2)),
        close_h=np.full(needs, np.inf),
        rest=flat.need.copy(),
        book=np.zeros((spots, 3), dtype=np.int64),
        step_h=np.zeros(8 * spots + 12 * visits),
        step_n=np.zeros(8 * spots + 12 * visits, dtype=np.int64),
        spare_trip=np.arange(trips)[::-1].copy(),
        spare_visit=np.arange(visits)[::-1].copy(),
        spare_ride=np.arange(rides)[::-1].copy(),
        top=np.array([trips, visits, rides], dtype=np.int64),
        lowest=np.array([trips, visits, rides], dtype=np.int64),
        log_i=np.zeros((2 * most, 4), dtype=np.int64),
        log_f=np.zeros((2 * most, 2)),
        gone=np.zeros((4096 + visits, 2), dtype=np.int64),
        tally=np.array([0] * N_MOST + [most], dtype=np.int64),
        seed=np.ones(1, dtype=np.uint64),
        mover=np.zeros(3),
        touched=np.zeros(needs, dtype=np.int64),
        touched_v=np.zeros(vehicles, dtype=np.int64),
        mark=np.zeros(needs, dtype=np.int64),
        mark_v=np.zeros(vehicles, dtype=np.int64),
        cut=np.zeros(needs, dtype=np.int64),
        banned=np.zeros(vehicles, dtype=np.int64),
        batch_i=ints(rides + 1, 1),
        batch_f=np.zeros((rides + 1, 1 + columns)),
        event_i=ints(2 * rides + 8, 3),
        event_f=np.zeros((2 * rides + 8, 2)),
        out=np.zeros(trips, dtype=np.int64),
        seen=np.zeros(places, dtype=np.int64),
        pressure=np.zeros(spots),
        score=np.zeros(6),
        trial=np.zeros(5),
        trial_score=np.zeros(6),
        habits=np.zeros(4),
        keys=np.zeros(needs),
    )


def room_for(flat: Flat, listing: Listing, spare: int = 256) -> Timetable:
    """A timetable with room for a list of trips, half as much again, and `spare` more."""
    trips, _, rides, visits = (count + count // 2 for count in listing.used.tolist())
    return new_timetable(flat, trips + spare, visits + 4 * spare, rides + 2 * spare)


def copy_into(table: Timetable, other: Timetable) -> None:
    """Make a timetable the copy of another that has no more room."""
    table.trip_i[:] = -1
    for kind, names in NODES.items():
        used = len(getattr(other, names[0])) - int(other.lowest[kind])
        for name in names:
            getattr(table, name)[:used] = getattr(other, name)[:used]
    for kind, name in enumerate(SPARE):
        mine, theirs = getattr(table, name), getattr(other, name)
        more, top = len(mine) - len(theirs), int(other.top[kind])
        # what only this one has lies at the bottom of its stack: it is taken last
        mine[:more] = np.arange(len(theirs), len(mine))[::-1]
        mine[more : more + top] = theirs[:top]
        table.top[kind] = more + top
        table.lowest[kind] = more + other.lowest[kind]
    steps = int(other.tally[N_STEPS])
    table.step_h[:steps] = other.step_h[:steps]
    table.step_n[:steps] = other.step_n[:steps]
    for name in WHOLE_ARRAYS:
        getattr(table, name)[...] = getattr(other, name)
    table.tally[N_STEPS] = steps
    table.tally[N_LOG] = table.tally[N_GONE] = table.tally[N_ERROR] = 0


def grown(flat: Flat, table: Timetable) -> Timetable:
    """A copy with twice the room."""
    larger = new_timetable(flat, *(2 * len(rows) for rows in (table.trip_i, table.visit_i, table.ride_i)))
    copy_into(larger, table)
    larger.seed[:] = table.seed
    for counter in (N_STAMP, N_MOVE):
        larger.tally[counter] = table.tally[counter]
    for name in ("mark", "mark_v", "cut", "banned", "pressure"):
        getattr(larger, name)[...] = getattr(table, name)
    return larger


NODES = {0: ("trip_i", "trip_f"), 1: ("visit_i", "visit_f"), 2: ("ride_i", "amount")}
SPARE = ("spare_trip", "spare_visit", "spare_ride")
WHOLE_ARRAYS = ("chain", "of_need", "of_place", "sums", "close_h", "rest", "book", "score")
