"""Edits of a timetable, compiled: take trips out, put trips in, all through a log that undoes them."""

# mypy: disable-error-code="no-any-return"
# Elements of arrays are Any to the type checker; Numba itself infers and checks every type here.

from __future__ import annotations

import numpy as np

from standto.move.network import Floats, Ints
from standto.move.problem import LARGEST, TOLERANCE
from standto.move.solve.compiled import Whole, inner, part
from standto.move.solve.flat import (
    BANK,
    BOTH,
    DESTINATION,
    FREE_H,
    KM_COST,
    LEG_TO,
    LOAD_H,
    MODE,
    NET,
    NET_AT,
    NET_SIZE,
    OPTION_0,
    OPTION_H,
    OPTION_KM,
    READY,
    SERVICE_H,
    STILL,
    UNLOAD_H,
    USE,
    V_BASE,
    V_FLEET,
    Flat,
)
from standto.move.solve.kernel import path_hours, use_departure
from standto.move.solve.tables import DUST
from standto.move.solve.timetable import (
    AMOUNT,
    C_HEAD,
    C_TAIL,
    CHAIN,
    GONE,
    K_AT,
    K_ROOM,
    K_STEPS,
    L_END,
    L_HEAD,
    L_NEXT,
    L_PREV,
    L_RIDE,
    L_START,
    L_STOP,
    L_TO,
    L_VEHICLE,
    N_ERROR,
    N_GONE,
    N_LOG,
    N_MOST,
    N_STEPS,
    N_TOUCHED,
    N_TOUCHED_V,
    OF_NEED,
    OF_PLACE,
    R_AFTER,
    R_BEFORE,
    R_FIRST,
    R_LAST,
    R_NEED,
    R_NEXT,
    R_TRIP,
    RIDE,
    SLOTS,
    TOP,
    TRIP,
    TRIP_F,
    V_COST,
    V_MOVED,
    VISIT,
    VISIT_F,
    X_AFTER,
    X_ARRIVE,
    X_BEFORE,
    X_COST,
    X_END,
    X_LEFT,
    X_LOADS,
    X_NEXT,
    X_PLACE,
    X_START,
    X_STOP,
    X_TRIP,
    X_UNLOADS,
    Timetable,
)

INF = np.inf
NEVER = -np.inf
M_FREE, M_MOVED, M_BANK = range(3)
ON_TIME = 1e-9

# --- the log --------------------------------------------------------------------------------------------


@inner
def log(s: Timetable, kind: Whole, row: Whole, column: Whole, old: Whole, a: float, b: float) -> bool:
    """Remember what was there; False if there is no room, which cannot be.

    The log counts as full while there is still room for one edit of all there is, so that no edit is left
    half undone; whoever makes several looks at `N_ERROR` in between.
    """
    at = s.tally[N_LOG]
    if at >= s.tally[N_MOST]:
        s.tally[N_ERROR] = 1
        if at >= len(s.log_i):
            return False
    s.log_i[at, 0] = kind
    s.log_i[at, 1] = row
    s.log_i[at, 2] = column
    s.log_i[at, 3] = old
    s.log_f[at, 0] = a
    s.log_f[at, 1] = b
    s.tally[N_LOG] = at + 1
    return True


@inner
def set_i(s: Timetable, kind: int, rows: Ints, row: Whole, column: Whole, value: Whole) -> None:
    """Write a whole number of a node."""
    log(s, kind, row, column, rows[row, column], 0.0, 0.0)
    rows[row, column] = value


@inner
def set_list(s: Timetable, kind: int, heads: Ints, row: Whole, value: Whole) -> None:
    """Write the head of a list."""
    log(s, kind, row, 0, heads[row], 0.0, 0.0)
    heads[row] = value


@inner
def set_f(s: Timetable, kind: int, rows: Floats, row: Whole, column: Whole, value: float) -> None:
    """Write an hour or a cost of a node."""
    log(s, kind, row, column, 0, rows[row, column], 0.0)
    rows[row, column] = value


@inner
def new_node(s: Timetable, kind: int, spare: Ints) -> int:
    """A spare node; -1 if there is none."""
    top = s.top[kind]
    if top == 0:
        s.tally[N_ERROR] = 1
        return -1
    if not log(s, TOP, kind, 0, top, 0.0, 0.0):
        return -1
    s.top[kind] = top - 1
    s.lowest[kind] = min(s.lowest[kind], top - 1)
    return spare[top - 1]


@inner
def drop_node(s: Timetable, kind: int, row: Whole) -> None:
    """Give a node back, once the change is kept."""
    at = s.tally[N_GONE]
    if at >= len(s.gone):
        s.tally[N_ERROR] = 1
        return
    if log(s, GONE, 0, 0, at, 0.0, 0.0):
        s.gone[at, 0] = kind
        s.gone[at, 1] = row
        s.tally[N_GONE] = at + 1


@part
def undo(s: Timetable, to: Whole) -> None:
    """Take back all that was written since the log was so long."""
    for at in range(s.tally[N_LOG] - 1, to - 1, -1):
        kind, row, column, old = s.log_i[at, 0], s.log_i[at, 1], s.log_i[at, 2], s.log_i[at, 3]
        if kind == TRIP:
            s.trip_i[row, column] = old
        elif kind == VISIT:
            s.visit_i[row, column] = old
        elif kind == RIDE:
            s.ride_i[row, column] = old
        elif kind == CHAIN:
            s.chain[row, column] = old
        elif kind == OF_NEED:
            s.of_need[row] = old
        elif kind == OF_PLACE:
            s.of_place[row] = old
        elif kind == TRIP_F:
            s.trip_f[row, column] = s.log_f[at, 0]
        elif kind == VISIT_F:
            s.visit_f[row, column] = s.log_f[at, 0]
        elif kind == SLOTS:
            change_slots(s, row, s.log_f[at, 0], s.log_f[at, 1], -column)
        elif kind == TOP:
            s.top[row] = old
        elif kind == AMOUNT:
            s.amount[row, column] = s.log_f[at, 0]
        else:
            s.tally[N_GONE] = old
    s.tally[N_LOG] = to


@part
def keep(s: Timetable) -> None:
    """Keep what was written: the nodes taken out are spare again, the log is empty."""
    for at in range(s.tally[N_GONE]):
        kind, row = s.gone[at, 0], s.gone[at, 1]
        top = s.top[kind]
        if kind == TRIP:
            s.spare_trip[top] = row
        elif kind == VISIT:
            s.spare_visit[top] = row
        else:
            s.spare_ride[top] = row
        s.top[kind] = top + 1
    s.tally[N_GONE] = 0
    s.tally[N_LOG] = 0


# --- calendars of slots ---------------------------------------------------------------------------------


@inner
def step_at(s: Timetable, spot: Whole, hour: float) -> int:
    """The last step at or before an hour."""
    low = s.book[spot, K_AT]
    high = low + s.book[spot, K_STEPS]
    while low < high:
        middle = (low + high) // 2
        if s.step_h[middle] <= hour:
            low = middle + 1
        else:
            high = middle
    return low - 1


@part
def first_free(p: Flat, s: Timetable, spot: Whole, from_h: float, work_h: float) -> float:
    """The earliest start at or after an hour with a slot free for the whole work."""
    limit = p.slots[spot]
    if limit < 0 or work_h <= DUST:
        return from_h
    end = s.book[spot, K_AT] + s.book[spot, K_STEPS]
    at = step_at(s, spot, from_h + DUST)
    start, step = from_h, at
    while step < end and (step == at or s.step_h[step] < start + work_h - DUST):
        if s.step_n[step] >= limit:
            at = step + 1
            start = max(from_h, s.step_h[at])
        step += 1
    return start


@part
def step_made(s: Timetable, spot: Whole, hour: float) -> int:
    """The step at exactly this hour, made if there is none; -1 if there is no room."""
    at = step_at(s, spot, hour)
    if s.step_h[at] == hour:
        return at
    if s.book[spot, K_STEPS] == s.book[spot, K_ROOM]:
        top = s.tally[N_STEPS]
        if top + 2 * s.book[spot, K_ROOM] > len(s.step_h):
            s.tally[N_ERROR] = 1
            return -1
        for step in range(s.book[spot, K_STEPS]):
            s.step_h[top + step] = s.step_h[s.book[spot, K_AT] + step]
            s.step_n[top + step] = s.step_n[s.book[spot, K_AT] + step]
        at += top - s.book[spot, K_AT]
        s.book[spot, K_AT] = top
        s.book[spot, K_ROOM] *= 2
        s.tally[N_STEPS] = top + s.book[spot, K_ROOM]
    for step in range(s.book[spot, K_AT] + s.book[spot, K_STEPS], at + 1, -1):
        s.step_h[step] = s.step_h[step - 1]
        s.step_n[step] = s.step_n[step - 1]
    s.step_h[at + 1] = hour
    s.step_n[at + 1] = s.step_n[at]
    s.book[spot, K_STEPS] += 1
    return at + 1


@part
def step_merged(s: Timetable, spot: Whole, at: Whole) -> None:
    """Drop a step at which nothing changes."""
    if at <= s.book[spot, K_AT] or s.step_n[at] != s.step_n[at - 1]:
        return
    for step in range(at, s.book[spot, K_AT] + s.book[spot, K_STEPS] - 1):
        s.step_h[step] = s.step_h[step + 1]
        s.step_n[step] = s.step_n[step + 1]
    s.book[spot, K_STEPS] -= 1


@part
def change_slots(s: Timetable, spot: Whole, start_h: float, end_h: float, change: Whole) -> bool:
    """Take a slot (+1) or give it back (-1); False, and nothing changed, if there is no room for the steps.

    Taking back needs the very steps that the change made, so there is always room to undo.
    """
    first = step_made(s, spot, start_h)
    if first < 0:
        return False
    last = step_made(s, spot, end_h)
    first = step_at(s, spot, start_h)
    if last < 0:
        step_merged(s, spot, first)
        return False
    for step in range(first, last):
        s.step_n[step] += change
    step_merged(s, spot, last)
    step_merged(s, spot, first)
    return True


@inner
def book_slot(p: Flat, s: Timetable, spot: Whole, start_h: float, end_h: float, change: Whole) -> None:
    """Take a slot (+1) or give it back (-1), where slots are limited; logged."""
    if p.slots[spot] < 0 or end_h - start_h <= DUST or s.tally[N_ERROR]:
        return
    if change_slots(s, spot, start_h, end_h, change):
        log(s, SLOTS, spot, change, 0, start_h, end_h)


# --- ways -----------------------------------------------------------------------------------------------


@part
def new_visit(s: Timetable, trip: Whole, before: Whole, place: Whole, stop: Whole) -> int:
    """A visit at the end of a trip's visits, after the one before."""
    x = new_node(s, VISIT, s.spare_visit)
    if x < 0:
        return x
    set_i(s, VISIT, s.visit_i, x, X_PLACE, place)
    set_i(s, VISIT, s.visit_i, x, X_TRIP, trip)
    set_i(s, VISIT, s.visit_i, x, X_STOP, stop)
    set_i(s, VISIT, s.visit_i, x, X_LOADS, 0)
    set_i(s, VISIT, s.visit_i, x, X_UNLOADS, 0)
    set_i(s, VISIT, s.visit_i, x, X_NEXT, -1)
    if before < 0:
        set_i(s, TRIP, s.trip_i, trip, L_HEAD, x)
    else:
        set_i(s, VISIT, s.visit_i, before, X_NEXT, x)
    if stop >= 0:
        set_i(s, VISIT, s.visit_i, x, X_BEFORE, -1)
        head = s.of_place[place]
        set_i(s, VISIT, s.visit_i, x, X_AFTER, head)
        if head >= 0:
            set_i(s, VISIT, s.visit_i, head, X_BEFORE, x)
        set_list(s, OF_PLACE, s.of_place, place, x)
    return x


@inner
def set_hours(
    s: Timetable, x: Whole, left: float, arrive: float, start: float, end: float, cost: float
) -> None:
    """Give a visit its hours."""
    set_f(s, VISIT_F, s.visit_f, x, X_LEFT, left)
    set_f(s, VISIT_F, s.visit_f, x, X_ARRIVE, arrive)
    set_f(s, VISIT_F, s.visit_f, x, X_START, start)
    set_f(s, VISIT_F, s.visit_f, x, X_END, end)
    set_f(s, VISIT_F, s.visit_f, x, X_COST, cost)


@part
def travel(
    p: Flat, s: Timetable, fleet: Whole, at: Whole, place: Whole, trip: Whole, before: Whole
) -> tuple[float, float, float, Whole]:
    """Move the state in `s.mover` to a place; with `trip` >= 0 stops on the way are booked after `before`.

    Returns hours of leaving for the last leg and of arriving, cost of the last leg (of all legs, where
    nothing is booked), and the last visit.
    """
    net = p.fleet_i[fleet, NET]
    free, moved, banked = s.mover[M_FREE], s.mover[M_MOVED], s.mover[M_BANK]
    last_cost, at_h, left, total = 0.0, free, free, 0.0
    there = p.local[net, place]
    use, bank, free_h = p.fleet_f[fleet, USE], p.fleet_f[fleet, BANK], p.fleet_f[fleet, FREE_H]
    while at != place:
        leg = p.leg_of[p.net[net, NET_AT] + p.local[net, at] * p.net[net, NET_SIZE] + there]
        left, hours, km = INF, INF, INF
        for option in range(p.leg[leg, OPTION_0], p.leg[leg + 1, OPTION_0]):
            long = p.option_f[option, OPTION_H]
            depart = use_departure(use, bank, free_h, at_h, long, moved, banked)
            for window in range(p.closed_at[option], p.closed_at[option + 1]):
                if p.closed[window, 0] <= depart < p.closed[window, 1]:
                    depart = p.closed[window, 1]
            if depart + long < left + hours:
                left, hours, km = depart, long, p.option_f[option, OPTION_KM]
        banked = max(banked, left - 24 * moved / use)
        moved += hours
        last_cost = km * p.fleet_f[fleet, KM_COST]
        total += last_cost
        at = p.leg[leg, LEG_TO]
        at_h = left + hours
        if at != place:
            spot = at * p.modes + p.fleet_i[fleet, MODE]
            service = p.fleet_f[fleet, SERVICE_H]
            start = first_free(p, s, spot, at_h, service)
            if trip >= 0:
                book_slot(p, s, spot, start, start + service, 1)
                x = new_visit(s, trip, before, at, -1)
                if x < 0:
                    return left, INF, 0.0, before
                set_hours(s, x, left, at_h, start, start + service, last_cost)
                before = x
            at_h = start + service
    s.mover[M_MOVED], s.mover[M_BANK] = moved, banked
    return left, at_h, (last_cost if trip >= 0 else total), before


@part
def stand(p: Flat, s: Timetable, v: Whole, before: Whole) -> int:
    """Set `s.mover` to a vehicle after one of its trips (-1: at its base); where it then stands."""
    fleet = p.vehicle[v, V_FLEET]
    use = p.fleet_f[fleet, USE]
    s.mover[M_FREE] = p.fleet_f[fleet, FREE_H]
    s.mover[M_MOVED] = 0.0
    s.mover[M_BANK] = NEVER
    if before < 0:
        return p.vehicle[v, V_BASE]
    if use < INF:
        trip = s.chain[v, C_HEAD]
        while True:
            x = s.trip_i[trip, L_HEAD]
            while x >= 0:
                hours = s.visit_f[x, X_ARRIVE] - s.visit_f[x, X_LEFT]
                if hours > 0:
                    s.mover[M_BANK] = max(s.mover[M_BANK], s.visit_f[x, X_LEFT] - 24 * s.mover[M_MOVED] / use)
                    s.mover[M_MOVED] += hours
                x = s.visit_i[x, X_NEXT]
            if trip == before:
                break
            trip = s.trip_i[trip, L_NEXT]
    s.mover[M_FREE] = s.trip_f[before, L_END]
    return s.trip_i[before, L_TO]


@part
def within_use(p: Flat, s: Timetable, v: Whole) -> bool:
    """Whether a vehicle's departures, as they stand, keep the rule on hours of use."""
    fleet = p.vehicle[v, V_FLEET]
    use, bank_days, free_h = p.fleet_f[fleet, USE], p.fleet_f[fleet, BANK], p.fleet_f[fleet, FREE_H]
    if use == INF:
        return True
    moved, bank = 0.0, NEVER
    trip = s.chain[v, C_HEAD]
    while trip >= 0:
        x = s.trip_i[trip, L_HEAD]
        while x >= 0:
            left = s.visit_f[x, X_LEFT]
            hours = s.visit_f[x, X_ARRIVE] - left
            if hours > 0:
                if use_departure(use, bank_days, free_h, left, hours, moved, bank) > left + ON_TIME:
                    return False
                bank = max(bank, left - 24 * moved / use)
                moved += hours
            x = s.visit_i[x, X_NEXT]
        trip = s.trip_i[trip, L_NEXT]
    return True


@inner
def touch_vehicle(s: Timetable, v: Whole, stamp: Whole) -> None:
    """Its sums must be made anew."""
    if s.mark_v[v] != stamp:
        s.mark_v[v] = stamp
        s.touched_v[s.tally[N_TOUCHED_V]] = v
        s.tally[N_TOUCHED_V] += 1


@inner
def touch_need(s: Timetable, r: Whole, stamp: Whole) -> None:
    """Its close must be found anew."""
    if s.mark[r] != stamp:
        s.mark[r] = stamp
        s.touched[s.tally[N_TOUCHED]] = r
        s.tally[N_TOUCHED] += 1


@part
def sum_vehicle(s: Timetable, v: Whole) -> None:
    """Hours moved and cost of a vehicle."""
    moved, cost = 0.0, 0.0
    trip = s.chain[v, C_HEAD]
    while trip >= 0:
        x = s.trip_i[trip, L_HEAD]
        while x >= 0:
            moved += s.visit_f[x, X_ARRIVE] - s.visit_f[x, X_LEFT]
            cost += s.visit_f[x, X_COST]
            x = s.visit_i[x, X_NEXT]
        trip = s.trip_i[trip, L_NEXT]
    s.sums[v, V_MOVED] = moved
    s.sums[v, V_COST] = cost


@inner
def begins(p: Flat, s: Timetable, fleet: Whole, x: Whole) -> float:
    """When loading begins at a stop."""
    if p.fleet_i[fleet, BOTH] or s.visit_i[x, X_UNLOADS] == 0:
        return s.visit_f[x, X_START]
    return s.visit_f[x, X_START] + p.fleet_f[fleet, UNLOAD_H]


@inner
def grounds(p: Flat, s: Timetable, fleet: Whole, x: Whole) -> float:
    """When what is unloaded at a stop is on the ground."""
    if p.fleet_i[fleet, BOTH]:
        return s.visit_f[x, X_END]
    return s.visit_f[x, X_START] + p.fleet_f[fleet, UNLOAD_H]


@inner
def fleet_of(p: Flat, s: Timetable, trip: Whole) -> int:
    """The fleet of a trip's vehicle."""
    return p.vehicle[s.trip_i[trip, L_VEHICLE], V_FLEET]


@part
def close_need(p: Flat, s: Timetable, r: Whole) -> None:
    """When a requirement closes, and what of it does not arrive."""
    columns = p.need.shape[1]
    for k in range(columns):
        s.rest[r, k] = 0.0 if p.need_i[r, STILL] else p.need[r, k]
    hour = p.need_f[r, READY]
    ride = s.of_need[r]
    while ride >= 0:
        x = s.ride_i[ride, R_LAST]
        if s.visit_i[x, X_PLACE] == p.need_i[r, DESTINATION]:
            for k in range(columns):
                s.rest[r, k] -= s.amount[ride, k]
            hour = max(hour, grounds(p, s, fleet_of(p, s, s.ride_i[ride, R_TRIP]), x))
        ride = s.ride_i[ride, R_AFTER]
    total = 0.0
    for k in range(columns):
        if s.rest[r, k] <= TOLERANCE:
            s.rest[r, k] = 0.0
        total += s.rest[r, k]
    s.close_h[r] = hour if total <= 0 else INF


# --- trips in and out -----------------------------------------------------------------------------------


@part
def free_way(p: Flat, s: Timetable, trip: Whole) -> None:
    """Give back the stops on the way to a trip's first stop."""
    x, stop = s.trip_i[trip, L_HEAD], s.trip_i[trip, L_STOP]
    mode = p.fleet_i[fleet_of(p, s, trip), MODE]
    while x != stop:
        spot = s.visit_i[x, X_PLACE] * p.modes + mode
        book_slot(p, s, spot, s.visit_f[x, X_START], s.visit_f[x, X_END], -1)
        drop_node(s, VISIT, x)
        x = s.visit_i[x, X_NEXT]
    set_i(s, TRIP, s.trip_i, trip, L_HEAD, stop)


@part
def approach(p: Flat, s: Timetable, v: Whole, before: Whole, trip: Whole) -> bool:
    """Bring a vehicle from after one trip to the first stop of another that stands; False if too late.

    There may be no way at all: work of no hours can be where a stop on the way cannot.
    """
    free_way(p, s, trip)
    stop = s.trip_i[trip, L_STOP]
    at = stand(p, s, v, before)
    fleet = p.vehicle[v, V_FLEET]
    place = s.visit_i[stop, X_PLACE]
    if path_hours(p, fleet, at, place) == INF:
        return False
    head = s.trip_i[trip, L_HEAD]
    left, arrive, cost, last = travel(p, s, fleet, at, place, trip, -1)
    if s.tally[N_ERROR] or arrive > s.visit_f[stop, X_START] + ON_TIME:
        return False
    if last < 0:
        set_i(s, TRIP, s.trip_i, trip, L_HEAD, head)
    else:
        set_i(s, VISIT, s.visit_i, last, X_NEXT, stop)
    set_f(s, VISIT_F, s.visit_f, stop, X_LEFT, left)
    set_f(s, VISIT_F, s.visit_f, stop, X_ARRIVE, arrive)
    set_f(s, VISIT_F, s.visit_f, stop, X_COST, cost)
    return True


@part
def link_trip(s: Timetable, v: Whole, before: Whole, trip: Whole) -> None:
    """Put a trip into its vehicle's chain."""
    after = s.chain[v, C_HEAD] if before < 0 else s.trip_i[before, L_NEXT]
    set_i(s, TRIP, s.trip_i, trip, L_PREV, before)
    set_i(s, TRIP, s.trip_i, trip, L_NEXT, after)
    if before < 0:
        set_i(s, CHAIN, s.chain, v, C_HEAD, trip)
    else:
        set_i(s, TRIP, s.trip_i, before, L_NEXT, trip)
    if after < 0:
        set_i(s, CHAIN, s.chain, v, C_TAIL, trip)
    else:
        set_i(s, TRIP, s.trip_i, after, L_PREV, trip)


@part
def add_ride(s: Timetable, trip: Whole, r: Whole, first: Whole, last: Whole) -> int:
    """A ride of a trip, still empty."""
    ride = new_node(s, RIDE, s.spare_ride)
    if ride < 0:
        return ride
    set_i(s, RIDE, s.ride_i, ride, R_NEED, r)
    set_i(s, RIDE, s.ride_i, ride, R_TRIP, trip)
    set_i(s, RIDE, s.ride_i, ride, R_FIRST, first)
    set_i(s, RIDE, s.ride_i, ride, R_LAST, last)
    set_i(s, RIDE, s.ride_i, ride, R_NEXT, s.trip_i[trip, L_RIDE])
    set_i(s, TRIP, s.trip_i, trip, L_RIDE, ride)
    head = s.of_need[r]
    set_i(s, RIDE, s.ride_i, ride, R_BEFORE, -1)
    set_i(s, RIDE, s.ride_i, ride, R_AFTER, head)
    if head >= 0:
        set_i(s, RIDE, s.ride_i, head, R_BEFORE, ride)
    set_list(s, OF_NEED, s.of_need, r, ride)
    set_i(s, VISIT, s.visit_i, first, X_LOADS, s.visit_i[first, X_LOADS] + 1)
    set_i(s, VISIT, s.visit_i, last, X_UNLOADS, s.visit_i[last, X_UNLOADS] + 1)
    return ride


@part
def unlist_ride(s: Timetable, ride: Whole) -> None:
    """Take a ride out of its requirement's list."""
    before, after = s.ride_i[ride, R_BEFORE], s.ride_i[ride, R_AFTER]
    if before >= 0:
        set_i(s, RIDE, s.ride_i, before, R_AFTER, after)
    else:
        set_list(s, OF_NEED, s.of_need, s.ride_i[ride, R_NEED], after)
    if after >= 0:
        set_i(s, RIDE, s.ride_i, after, R_BEFORE, before)
    drop_node(s, RIDE, ride)


@part
def remove_trip(p: Flat, s: Timetable, trip: Whole, stamp: Whole) -> bool:
    """Take a trip out; what it carried is where it was loaded. False if the next cannot be reached."""
    v = s.trip_i[trip, L_VEHICLE]
    touch_vehicle(s, v, stamp)
    mode = p.fleet_i[p.vehicle[v, V_FLEET], MODE]
    x = s.trip_i[trip, L_HEAD]
    while x >= 0:
        spot = s.visit_i[x, X_PLACE] * p.modes + mode
        book_slot(p, s, spot, s.visit_f[x, X_START], s.visit_f[x, X_END], -1)
        if s.visit_i[x, X_STOP] >= 0:
            before, after = s.visit_i[x, X_BEFORE], s.visit_i[x, X_AFTER]
            if before >= 0:
                set_i(s, VISIT, s.visit_i, before, X_AFTER, after)
            else:
                set_list(s, OF_PLACE, s.of_place, s.visit_i[x, X_PLACE], after)
            if after >= 0:
                set_i(s, VISIT, s.visit_i, after, X_BEFORE, before)
        drop_node(s, VISIT, x)
        x = s.visit_i[x, X_NEXT]
    ride = s.trip_i[trip, L_RIDE]
    while ride >= 0:
        r = s.ride_i[ride, R_NEED]
        touch_need(s, r, stamp)
        if s.visit_i[s.ride_i[ride, R_LAST], X_PLACE] != p.need_i[r, DESTINATION]:
            s.cut[r] = stamp
        unlist_ride(s, ride)
        ride = s.ride_i[ride, R_NEXT]
    before, after = s.trip_i[trip, L_PREV], s.trip_i[trip, L_NEXT]
    if before >= 0:
        set_i(s, TRIP, s.trip_i, before, L_NEXT, after)
    else:
        set_i(s, CHAIN, s.chain, v, C_HEAD, after)
    if after >= 0:
        set_i(s, TRIP, s.trip_i, after, L_PREV, before)
    else:
        set_i(s, CHAIN, s.chain, v, C_TAIL, before)
    set_i(s, TRIP, s.trip_i, trip, L_VEHICLE, -1)
    drop_node(s, TRIP, trip)
    return after < 0 or (approach(p, s, v, before, after) and within_use(p, s, v))


@part
def add_trip(p: Flat, s: Timetable, v: Whole, before: Whole, a: Whole, b: Whole, ready: float) -> int:
    """A trip from one place to another after a vehicle's trip; -1 if what follows would not be in time."""
    fleet = p.vehicle[v, V_FLEET]
    mode = p.fleet_i[fleet, MODE]
    trip = new_node(s, TRIP, s.spare_trip)
    if trip < 0:
        return -1
    set_i(s, TRIP, s.trip_i, trip, L_VEHICLE, v)
    set_i(s, TRIP, s.trip_i, trip, L_RIDE, -1)
    set_i(s, TRIP, s.trip_i, trip, L_HEAD, -1)
    after = s.chain[v, C_HEAD] if before < 0 else s.trip_i[before, L_NEXT]
    last: Whole = -1
    at: Whole = stand(p, s, v, before)
    if after >= 0:
        free_way(p, s, after)
    for stop in range(2):
        place = a if stop == 0 else b
        work = p.fleet_f[fleet, LOAD_H] if stop == 0 else p.fleet_f[fleet, UNLOAD_H]
        left, arrive, cost, last = travel(p, s, fleet, at, place, trip, last)
        if s.tally[N_ERROR]:
            return -1
        spot = place * p.modes + mode
        start = first_free(p, s, spot, max(arrive, ready) if stop == 0 else arrive, work)
        book_slot(p, s, spot, start, start + work, 1)
        last = new_visit(s, trip, last, place, stop)
        if last < 0:
            return -1
        set_hours(s, last, left, arrive, start, start + work, cost)
        s.mover[M_FREE] = start + work
        if stop == 0:
            set_i(s, TRIP, s.trip_i, trip, L_STOP, last)
            set_f(s, TRIP_F, s.trip_f, trip, L_START, start)
        at = place
    if s.mover[M_FREE] > LARGEST:
        return -1
    set_f(s, TRIP_F, s.trip_f, trip, L_END, s.mover[M_FREE])
    set_i(s, TRIP, s.trip_i, trip, L_TO, b)
    link_trip(s, v, before, trip)
    if after >= 0 and not approach(p, s, v, trip, after):
        return -1
    return trip if within_use(p, s, v) else -1
