"""The decoder, compiled: a list of trips and requests over flat arrays to hours, loads and a score.

`twin.py` says the same in plain Python and is its oracle. The decoder writes into arrays that it is given; if
one is too small it says so and is called again with more room.
"""

# mypy: disable-error-code="no-any-return"
# Elements of arrays are Any to the type checker; Numba itself infers and checks every type here.

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numpy as np
from numba import njit

from standto.move.network import Floats, Ints
from standto.move.problem import LARGEST, TOLERANCE
from standto.move.solve.flat import (
    B_AT,
    B_ROOM,
    B_STEPS,
    BANK,
    BOTH,
    DESTINATION,
    DUE,
    FIRST,
    FREE_H,
    G_NEXT,
    G_PLACE,
    G_STUCK,
    GROUP_0,
    GROUP_1,
    HARD,
    HOUR_COST,
    KM_COST,
    LEG_TO,
    LOAD_H,
    M_BANK,
    M_FREE,
    M_MOVED,
    MODE,
    N_ARRIVE,
    N_BATCH,
    N_DRAWN,
    N_END,
    N_ERROR,
    N_LEFT,
    N_PLACE,
    N_START,
    N_STEP,
    N_STOP,
    N_TRIP,
    N_VEHICLE,
    NET,
    NET_AT,
    NET_SIZE,
    OPTION_0,
    OPTION_H,
    OPTION_KM,
    ORIGIN,
    PLACE_AT,
    Q_FIRST,
    Q_LAST,
    Q_NEED,
    Q_NEXT,
    Q_TRIP,
    READY,
    RIDES,
    S_BEGIN,
    S_GROUND,
    S_HOLD,
    S_LOADS,
    S_NEXT,
    S_PLACE,
    S_TRIP,
    S_UNLOADS,
    SEATS,
    SERVICE_H,
    SIZE,
    STILL,
    STOPS,
    T_HEAD,
    T_STOP,
    T_STOPS,
    T_TAIL,
    T_VEHICLE,
    TONNES,
    TRIPS,
    UNLOAD_H,
    USE,
    V_BASE,
    V_FLEET,
    V_GROUP,
    VISITS,
    WEIGHT,
    WHOLE,
    Flat,
    Listing,
    Verdict,
    Workings,
)
from standto.move.solve.tables import DUST, FIT
from standto.move.solve.twin import MOST_TRIPS

INF = np.inf
Function = TypeVar("Function", bound=Callable[..., Any])
Whole = int | np.signedinteger[Any]
"""A number of which a literal must not be compiled in, or there would be a version for each literal."""
OPTIONS: dict[str, Any] = {"nogil": True, "error_model": "numpy", "no_cfunc_wrapper": True}
INNER: dict[str, Any] = OPTIONS | {"no_cpython_wrapper": True}


def inner(function: Function) -> Function:
    """Compile for compiled callers only: without a door to Python it takes a third of the time."""
    return cast("Function", njit(**INNER)(function))


def outer(function: Function) -> Function:
    """Compile with a door to Python, kept on disk: beside this file, else in the user's cache."""
    try:
        return cast("Function", njit(cache=True, **OPTIONS)(function))
    except RuntimeError:  # there is nowhere to keep it: compile it every time
        return cast("Function", njit(**OPTIONS)(function))


# --- slots ----------------------------------------------------------------------------------------------


@inner
def step_before(hours: Floats, at: int, count: int, hour: float) -> int:
    """The last step at or before an hour."""
    low, high = at, at + count
    while low < high:
        middle = (low + high) // 2
        if hours[middle] <= hour:
            low = middle + 1
        else:
            high = middle
    return low - 1


@inner
def earliest(limit: int, book: Ints, step_h: Floats, step_n: Ints, from_h: float, work_h: float) -> float:
    """The earliest start at or after an hour with a slot free for the whole work."""
    if limit < 0 or work_h <= DUST:
        return from_h
    end = book[B_AT] + book[B_STEPS]
    at = step_before(step_h, book[B_AT], book[B_STEPS], from_h + DUST)
    start, step = from_h, at
    while step < end and (step == at or step_h[step] < start + work_h - DUST):
        if step_n[step] >= limit:
            at = step + 1
            start = max(from_h, step_h[at])
        step += 1
    return start


@inner
def make_step(w: Workings, spot: int, hour: float) -> int:
    """The step at exactly this hour, made if there is none; -1 if there is no room."""
    book = w.book[spot]
    at = step_before(w.step_h, book[B_AT], book[B_STEPS], hour)
    if w.step_h[at] == hour:
        return at
    if book[B_STEPS] == book[B_ROOM]:
        top = w.used[N_STEP]
        if top + 2 * book[B_ROOM] > len(w.step_h):
            w.used[N_ERROR] = 1
            return -1
        for step in range(book[B_STEPS]):
            w.step_h[top + step] = w.step_h[book[B_AT] + step]
            w.step_n[top + step] = w.step_n[book[B_AT] + step]
        at += top - book[B_AT]
        book[B_AT] = top
        book[B_ROOM] *= 2
        w.used[N_STEP] = top + book[B_ROOM]
    for step in range(book[B_AT] + book[B_STEPS], at + 1, -1):
        w.step_h[step] = w.step_h[step - 1]
        w.step_n[step] = w.step_n[step - 1]
    w.step_h[at + 1] = hour
    w.step_n[at + 1] = w.step_n[at]
    book[B_STEPS] += 1
    return at + 1


@inner
def reserve(limit: int, w: Workings, spot: int, start_h: float, end_h: float, change: Whole) -> None:
    """Take a slot (+1) or give it back (-1)."""
    if limit < 0 or end_h - start_h <= DUST:
        return
    if make_step(w, spot, start_h) < 0:
        return
    last = make_step(w, spot, end_h)
    if last < 0:
        return
    step = last - 1
    while w.step_h[step] >= start_h:
        w.step_n[step] += change
        step -= 1


# --- ways -----------------------------------------------------------------------------------------------


@inner
def path_hours(p: Flat, fleet: int, origin: int, destination: int) -> float:
    """Hours of the quickest path of a fleet between two places."""
    net = p.fleet_i[fleet, NET]
    a, b = p.local[net, origin], p.local[net, destination]
    if a < 0 or b < 0:
        return INF
    return p.hours[p.net[net, NET_AT] + a * p.net[net, NET_SIZE] + b]


@inner
def use_departure(
    use: float, bank_days: float, free_h: float, depart: float, hours: float, moved: float, bank: float
) -> float:
    """The earliest departure at or after one that the rule on hours of use allows."""
    if use < INF:
        whole = 24 * ((moved + hours) / use - 1) + free_h
        depart = max(depart, whole - hours)
        if bank_days < INF:
            whole = 24 * ((moved + hours) / use - bank_days) + bank
            depart = max(depart, whole - hours)
    return depart


@inner
def go(
    p: Flat, w: Workings, out: Listing, fleet: int, at: int, mover: Floats, place: int, v: Whole
) -> tuple[float, float, float]:
    """Move a vehicle's state to a place; with `v` >= 0 stops on the way are booked and written down."""
    net = p.fleet_i[fleet, NET]
    cost, at_h, left = 0.0, mover[M_FREE], mover[M_FREE]
    there = p.local[net, place]
    use, bank, free_h = p.fleet_f[fleet, USE], p.fleet_f[fleet, BANK], p.fleet_f[fleet, FREE_H]
    while at != place:
        leg = p.leg_of[p.net[net, NET_AT] + p.local[net, at] * p.net[net, NET_SIZE] + there]
        left, hours, km = INF, INF, INF
        for option in range(p.leg[leg, OPTION_0], p.leg[leg + 1, OPTION_0]):
            long = p.option_f[option, OPTION_H]
            depart = use_departure(use, bank, free_h, at_h, long, mover[M_MOVED], mover[M_BANK])
            for window in range(p.closed_at[option], p.closed_at[option + 1]):
                if p.closed[window, 0] <= depart < p.closed[window, 1]:
                    depart = p.closed[window, 1]
            if depart + long < left + hours:
                left, hours, km = depart, long, p.option_f[option, OPTION_KM]
        mover[M_BANK] = max(mover[M_BANK], left - 24 * mover[M_MOVED] / p.fleet_f[fleet, USE])
        mover[M_MOVED] += hours
        cost += km * p.fleet_f[fleet, KM_COST]
        at = p.leg[leg, LEG_TO]
        at_h = left + hours
        if at != place:
            spot = at * p.modes + p.fleet_i[fleet, MODE]
            service = p.fleet_f[fleet, SERVICE_H]
            start = earliest(p.slots[spot], w.book[spot], w.step_h, w.step_n, at_h, service)
            if v >= 0:
                reserve(p.slots[spot], w, spot, start, start + service, np.int64(1))
                note(w, out, v, at, out.used[TRIPS], np.int64(-1), left, at_h, start, start + service)
            at_h = start + service
    return left, at_h, cost


@inner
def note(
    w: Workings, out: Listing, v: Whole, place: int, trip: int, stop: Whole,
    left: float, arrive: float, start: float, end: float,
) -> None:  # fmt: skip
    """Write down a visit."""
    row = out.used[VISITS]
    if row >= len(out.visit_i):
        w.used[N_ERROR] = 1
        return
    out.visit_i[row, N_VEHICLE] = v
    out.visit_i[row, N_PLACE] = place
    out.visit_i[row, N_TRIP] = trip
    out.visit_i[row, N_STOP] = stop
    out.visit_f[row, N_LEFT] = left
    out.visit_f[row, N_ARRIVE] = arrive
    out.visit_f[row, N_START] = start
    out.visit_f[row, N_END] = end
    out.used[VISITS] = row + 1


# --- loads ----------------------------------------------------------------------------------------------


@inner
def mass_of(pax_t: float, amounts: Floats) -> float:
    """Tonnes that people and cargo take."""
    mass = amounts[0] * pax_t
    for k in range(1, len(amounts)):
        mass += amounts[k]
    return mass


@inner
def draw(w: Workings, batch: int, k: int, amount: float) -> None:
    """Take from a batch, and remember it."""
    w.amount[batch, k] -= amount
    row = w.used[N_DRAWN]
    if row >= len(w.drawn):
        w.used[N_ERROR] = 1
        return
    w.drawn_i[row, 0] = batch
    w.drawn_i[row, 1] = k
    w.drawn[row] = amount
    w.used[N_DRAWN] = row + 1


@inner
def take(
    p: Flat, w: Workings, fleet: int, r: int, most: Floats, place: int, seats: float, tonnes: float,
    taken: Floats,
) -> float:  # fmt: skip
    """Take what fits of a requirement at a place; the hour when the last of it is ready."""
    hour = -INF
    taken[:] = 0.0
    if p.need_i[r, WHOLE]:
        if p.need_i[r, STILL] or not p.may[p.way[r, 0], fleet]:
            return hour
        batch = w.stock[r]
        while batch >= 0:
            if w.batch[batch, G_PLACE] == place and w.amount[batch].max() > 0:
                fits = w.amount[batch, 0] <= seats
                if fits and mass_of(p.pax_t, w.amount[batch]) <= tonnes + FIT:
                    hour = w.ready[batch]
                    taken[:] = w.amount[batch]
                    for k in range(len(taken)):
                        draw(w, batch, k, taken[k])
            batch = w.batch[batch, G_NEXT]
        return hour
    for k in p.order[r]:
        if p.way[r, k] < 0 or not p.may[p.way[r, k], fleet]:
            continue
        room = tonnes - mass_of(p.pax_t, taken)
        if k == 0:
            by_mass = INF if p.pax_t <= 0 else np.floor((room + FIT) / p.pax_t)
            room = min(seats, by_mass)
        wanted = min(most[k], room)
        batch = w.stock[r]
        while batch >= 0 and wanted > DUST:
            held = w.amount[batch, k]
            if w.batch[batch, G_PLACE] == place and held > 0:
                amount = held if held <= wanted + DUST else wanted
                draw(w, batch, k, amount)
                wanted -= amount
                taken[k] += amount
                hour = max(hour, w.ready[batch])
            batch = w.batch[batch, G_NEXT]
    return hour


@inner
def put(p: Flat, w: Workings, r: int, amounts: Floats, place: int, ground_h: float) -> None:
    """Unload: at the destination it has arrived, elsewhere it waits for its transfer."""
    if place == p.need_i[r, DESTINATION]:
        w.arrived[r] += amounts
        w.last_h[r] = max(w.last_h[r], ground_h)
        return
    new = w.used[N_BATCH]
    if new >= len(w.batch):
        w.used[N_ERROR] = 1
        return
    w.used[N_BATCH] = new + 1
    w.batch[new, G_PLACE] = place
    w.batch[new, G_STUCK] = 0
    w.ready[new] = ground_h + p.transfer_h[place]
    w.amount[new] = amounts
    before, after = -1, w.stock[r]
    while after >= 0 and w.ready[after] <= w.ready[new]:
        before, after = after, w.batch[after, G_NEXT]
    w.batch[new, G_NEXT] = after
    if before < 0:
        w.stock[r] = new
    else:
        w.batch[before, G_NEXT] = new


# --- trips ----------------------------------------------------------------------------------------------


@inner
def run(
    p: Flat, w: Workings, out: Listing, v: int, places: Ints, holds: Floats, rides: Ints, head: Whole,
    most: Floats,
) -> bool:  # fmt: skip
    """Append a trip, as far as there is load for it; its rides are a chain in `rides` from `head`."""
    fleet = p.vehicle[v, V_FLEET]
    if out.used[TRIPS] >= MOST_TRIPS:
        return False
    at = w.at[v]
    for place in places:
        spot = place * p.modes + p.fleet_i[fleet, MODE]
        if path_hours(p, fleet, at, place) == INF or p.slots[spot] == 0:
            return False
        at = place
    number, first_stop, first_ride = out.used[TRIPS], out.used[STOPS], out.used[RIDES]
    if number >= len(out.trip) or first_stop + len(places) > len(out.stop_i):
        w.used[N_ERROR] = 1
        return False
    ready = np.full(len(places), -INF)
    w.used[N_DRAWN] = 0
    draw_rides(p, w, out, fleet, places, rides, head, most, ready)
    if w.used[N_ERROR]:
        return False
    count = out.used[RIDES]
    if count > first_ride:
        keep_stops(out, number, first_stop, first_ride, count, places, holds, ready)
        out.trip[number, T_VEHICLE] = v
        out.trip[number, T_STOP] = first_stop
        out.trip[number, T_HEAD] = first_ride
        out.trip[number, T_TAIL] = count - 1
        if set_hours(p, w, out, fleet, v, ready):
            return True
    for row in range(w.used[N_DRAWN]):
        w.amount[w.drawn_i[row, 0], w.drawn_i[row, 1]] += w.drawn[row]
    out.used[STOPS] = first_stop
    out.used[RIDES] = first_ride
    return False


@inner
def draw_rides(
    p: Flat, w: Workings, out: Listing, fleet: int, places: Ints, rides: Ints, head: Whole, most: Floats,
    ready: Floats,
) -> None:  # fmt: skip
    """What every ride takes of what is on the ground, and when the last of it is ready at each stop."""
    seats, tonnes = p.fleet_f[fleet, SEATS], p.fleet_f[fleet, TONNES]
    first_ride, ride = out.used[RIDES], head
    for stop in range(len(places)):
        for aboard in range(first_ride, out.used[RIDES]):
            if out.ride[aboard, Q_LAST] == stop:
                seats += out.most[aboard, 0]
                tonnes += mass_of(p.pax_t, out.most[aboard])
        ride = head
        while ride >= 0:
            if rides[ride, Q_FIRST] == stop and rides[ride, Q_LAST] > stop:
                new = out.used[RIDES]
                if new >= len(out.ride):
                    w.used[N_ERROR] = 1
                    return
                taken = out.most[new]
                r = rides[ride, Q_NEED]
                hour = take(p, w, fleet, r, most[ride], places[stop], seats, tonnes, taken)
                if taken.max() > 0:
                    out.ride[new, Q_NEED] = r
                    out.ride[new, Q_FIRST] = stop
                    out.ride[new, Q_LAST] = rides[ride, Q_LAST]
                    out.ride[new, Q_NEXT] = -1
                    out.ride[new, Q_TRIP] = out.used[TRIPS]
                    if new > first_ride:
                        out.ride[new - 1, Q_NEXT] = new
                    out.used[RIDES] = new + 1
                    ready[stop] = max(ready[stop], hour)
                    seats -= taken[0]
                    tonnes -= mass_of(p.pax_t, taken)
            ride = rides[ride, Q_NEXT]


@inner
def keep_stops(
    out: Listing, number: int, first_stop: int, first_ride: int, end_ride: int, places: Ints, holds: Floats,
    ready: Floats,
) -> None:  # fmt: skip
    """Write the stops that have work, and number the rides' stops anew."""
    index = np.full(len(places), -1, dtype=np.int64)
    for ride in range(first_ride, end_ride):
        index[out.ride[ride, Q_FIRST]] = 0
        index[out.ride[ride, Q_LAST]] = 0
    kept = 0
    for stop in range(len(places)):
        if index[stop] < 0:
            continue
        index[stop] = kept
        row = first_stop + kept
        out.stop_i[row, S_PLACE] = places[stop]
        out.stop_i[row, S_LOADS] = 0
        out.stop_i[row, S_UNLOADS] = 0
        out.stop_i[row, S_TRIP] = number
        out.stop_i[row, S_NEXT] = -1
        out.stop_f[row, S_HOLD] = holds[stop]
        ready[kept] = ready[stop]
        kept += 1
    for ride in range(first_ride, end_ride):
        out.ride[ride, Q_FIRST] = index[out.ride[ride, Q_FIRST]]
        out.ride[ride, Q_LAST] = index[out.ride[ride, Q_LAST]]
        out.stop_i[first_stop + out.ride[ride, Q_FIRST], S_LOADS] = 1
        out.stop_i[first_stop + out.ride[ride, Q_LAST], S_UNLOADS] = 1
    out.trip[number, T_STOPS] = kept
    out.used[STOPS] = first_stop + kept


@inner
def set_hours(p: Flat, w: Workings, out: Listing, fleet: int, v: int, ready: Floats) -> bool:
    """Give every stop its hours and book its slots; False, and nothing booked, if it ends too late."""
    number = out.used[TRIPS]
    first_visit, first_stop = out.used[VISITS], out.trip[number, T_STOP]
    mover = w.mover[v].copy()
    at, cost, both = w.at[v], 0.0, p.fleet_i[fleet, BOTH]
    for i in range(out.trip[number, T_STOPS]):
        row = first_stop + i
        place = out.stop_i[row, S_PLACE]
        left, arrive, paid = go(p, w, out, fleet, at, mover, place, v)
        cost += paid
        load = p.fleet_f[fleet, LOAD_H] if out.stop_i[row, S_LOADS] else 0.0
        unload = p.fleet_f[fleet, UNLOAD_H] if out.stop_i[row, S_UNLOADS] else 0.0
        before = 0.0 if both else unload
        work = max(load, unload) if both else unload + load
        hour = max(arrive, out.stop_f[row, S_HOLD])
        if out.stop_i[row, S_LOADS]:
            hour = max(hour, ready[i] - before)
        spot = place * p.modes + p.fleet_i[fleet, MODE]
        start = earliest(p.slots[spot], w.book[spot], w.step_h, w.step_n, hour, work)
        end = start + work
        reserve(p.slots[spot], w, spot, start, end, np.int64(1))
        note(w, out, v, place, number, i, left, arrive, start, end)
        if w.used[N_ERROR]:
            return False
        out.stop_f[row, S_BEGIN] = start + before
        out.stop_f[row, S_GROUND] = end if both else start + unload
        mover[M_FREE] = end
        at = place
    if mover[M_FREE] > LARGEST:
        for visit in range(first_visit, out.used[VISITS]):
            spot = out.visit_i[visit, N_PLACE] * p.modes + p.fleet_i[fleet, MODE]
            reserve(
                p.slots[spot], w, spot, out.visit_f[visit, N_START], out.visit_f[visit, N_END], np.int64(-1)
            )
        out.used[VISITS] = first_visit
        return False
    w.at[v] = at
    w.mover[v] = mover
    group = p.vehicle[v, V_GROUP]
    w.highest[group] = max(w.highest[group], v - p.group[group, FIRST] + 1)
    w.cost[0] += cost
    out.used[TRIPS] = number + 1
    ride = out.trip[number, T_HEAD]
    while ride >= 0:
        row = first_stop + out.ride[ride, Q_LAST]
        put(p, w, out.ride[ride, Q_NEED], out.most[ride], out.stop_i[row, S_PLACE], out.stop_f[row, S_GROUND])
        ride = out.ride[ride, Q_NEXT]
    offer(w, out, first_stop, out.trip[number, T_STOPS])
    return True


@inner
def offer(w: Workings, out: Listing, first_stop: int, stops: int) -> None:
    """Remember by place where vehicles load, for others to join."""
    for row in range(first_stop, first_stop + stops):
        if out.stop_i[row, S_LOADS]:
            place = out.stop_i[row, S_PLACE]
            if w.pickup[place, 0] < 0:
                w.pickup[place, 0] = row
            else:
                out.stop_i[w.pickup[place, 1], S_NEXT] = row
            w.pickup[place, 1] = row


# --- the list scheduler ---------------------------------------------------------------------------------


@inner
def noise(a: int, b: int, c: Whole, seed: int, width: float) -> float:
    """Pseudo-random hours that depend on three numbers and a seed only."""
    if width <= 0:
        return 0.0
    x = (a * 73856093) ^ (b * 19349663) ^ ((c + 1) * 83492791) ^ (seed * 2654435)
    for _ in range(3):
        x = ((x & 0x7FFFFFFF) * 1103515245 + 12345) & 0x7FFFFFFF
        x ^= x >> 15
    return width * (x / 2147483648.0)


@inner
def unstick(w: Workings, r: int) -> None:
    """Before a requirement is sent, nothing of it has proven impossible to send."""
    batch = w.stock[r]
    while batch >= 0:
        w.batch[batch, G_STUCK] = 0
        batch = w.batch[batch, G_NEXT]


@inner
def next_load(p: Flat, w: Workings, out: Listing, r: int, seed: int, width: float) -> tuple[int, int, int]:
    """Batch, vehicle and place for the next new trip; what fits on trips that are there joins them first."""
    batch = w.stock[r]
    while batch >= 0 and not w.used[N_ERROR]:
        if w.batch[batch, G_STUCK] or w.amount[batch].max() <= DUST:
            batch = w.batch[batch, G_NEXT]
            continue
        a, joined = w.batch[batch, G_PLACE], False
        for k in p.order[r]:
            way = p.way[r, k]
            if w.amount[batch, k] <= DUST or way < 0 or p.togo[way, a] == INF:
                continue
            v, place, key = choose(p, w, out, r, way, batch, seed, width)
            if a == p.need_i[r, ORIGIN]:
                row, last = look_for_room(p, w, out, r, way, batch, key)
                joined = row >= 0 and join(p, w, out, r, batch, row, last)
            if joined:
                break
            if v >= 0:
                return batch, v, place
        if not joined:
            w.batch[batch, G_STUCK] = 1
        batch = w.stock[r]
    return -1, -1, -1


@inner
def choose(
    p: Flat, w: Workings, out: Listing, r: int, way: int, batch: int, seed: int, width: float
) -> tuple[int, int, float]:
    """The vehicle and the place to take a load to, so that it is at its destination first."""
    a, ready = w.batch[batch, G_PLACE], w.ready[batch]
    best_v, best_place, best_key, best_cost = -1, -1, INF, INF
    destination = p.need_i[r, DESTINATION]
    for fleet in range(len(p.fleet_i)):
        mode = p.fleet_i[fleet, MODE]
        if not p.may[way, fleet] or p.slots[a * p.modes + mode] == 0 or p.local[p.fleet_i[fleet, NET], a] < 0:
            continue
        v = nearest(p, w, fleet, a, ready, seed, width)
        if v < 0:
            continue
        via, via_h = best_via(p, r, fleet, way, a, seed, width)
        if via_h >= path_hours(p, fleet, a, destination) + noise(fleet, destination, r, seed, width):
            via = -1
        for turn in range(2):
            place = destination if turn == 0 else via
            if place < 0 or p.slots[place * p.modes + mode] == 0 or path_hours(p, fleet, a, place) == INF:
                continue
            finish, cost = attempt(p, w, out, v, a, place, ready)
            if finish > LARGEST:
                continue
            if turn == 1:
                finish += p.transfer_h[place] + p.togo[way, place]
            key = max(finish, p.need_f[r, DUE]) + noise(fleet, place, r, seed, width)
            if key < best_key - DUST or (key <= best_key + DUST and cost < best_cost - DUST):
                best_v, best_place, best_key, best_cost = v, place, key, cost
    return best_v, best_place, best_key


@inner
def nearest(p: Flat, w: Workings, fleet: int, place: int, ready: float, seed: int, width: float) -> int:
    """The vehicle of a fleet that can be at a place first; among those in time, the nearest."""
    best, best_h, best_far = -1, INF, INF
    net = p.fleet_i[fleet, NET]
    column, size = p.net[net, NET_AT] + p.local[net, place], p.net[net, NET_SIZE]
    local = p.local[net]
    use, bank, free_h = p.fleet_f[fleet, USE], p.fleet_f[fleet, BANK], p.fleet_f[fleet, FREE_H]
    for group in range(p.fleet_i[fleet, GROUP_0], p.fleet_i[fleet, GROUP_1]):
        first = p.group[group, FIRST]
        for v in range(first, first + min(w.highest[group] + 1, p.group[group, SIZE])):
            depart = w.mover[v, M_FREE]
            if depart > best_h + DUST:
                continue
            here = local[w.at[v]]
            far = p.hours[column + here * size] if here >= 0 else INF
            if far == INF or depart + far > best_h + DUST:
                continue
            if far > 0:
                depart = use_departure(
                    use, bank, free_h, depart, far, w.mover[v, M_MOVED], w.mover[v, M_BANK]
                )
            hour = max(depart + far, ready) + noise(v, place, np.int64(-1), seed, width)
            if hour < best_h - DUST or (hour <= best_h + DUST and far < best_far - DUST):
                best, best_h, best_far = v, hour, far
    return best


@inner
def best_via(p: Flat, r: int, fleet: int, way: int, a: int, seed: int, width: float) -> tuple[int, float]:
    """The best place to hand over at, nearer to the destination by the hours still to go."""
    best, best_h = -1, INF
    net = p.fleet_i[fleet, NET]
    for local in range(p.net[net, NET_SIZE]):
        b = p.places[p.net[net, PLACE_AT] + local]
        togo = p.togo[way, b]
        if b == a or b == p.need_i[r, DESTINATION] or togo >= p.togo[way, a]:
            continue
        if p.slots[b * p.modes + p.fleet_i[fleet, MODE]] == 0:
            continue
        hour = path_hours(p, fleet, a, b) + p.transfer_h[b] + togo + noise(fleet, b, r, seed, width)
        if hour < best_h - DUST:
            best, best_h = b, hour
    return best, best_h


@inner
def attempt(p: Flat, w: Workings, out: Listing, v: int, a: int, b: int, ready: float) -> tuple[float, float]:
    """When a load from a would be on the ground at b with a vehicle, and what the way costs."""
    fleet = p.vehicle[v, V_FLEET]
    mode = p.fleet_i[fleet, MODE]
    mover = w.mover[v].copy()
    _, arrive, _ = go(p, w, out, fleet, w.at[v], mover, a, np.int64(-1))
    spot = a * p.modes + mode
    load, unload = p.fleet_f[fleet, LOAD_H], p.fleet_f[fleet, UNLOAD_H]
    start = earliest(p.slots[spot], w.book[spot], w.step_h, w.step_n, max(arrive, ready), load)
    mover[M_FREE] = start + load
    _, arrive, _ = go(p, w, out, fleet, a, mover, b, np.int64(-1))
    spot = b * p.modes + mode
    ground = earliest(p.slots[spot], w.book[spot], w.step_h, w.step_n, arrive, unload) + unload
    return ground, (mover[M_MOVED] - w.mover[v, M_MOVED]) * p.fleet_f[fleet, HOUR_COST]


@inner
def look_for_room(
    p: Flat, w: Workings, out: Listing, r: int, way: int, batch: int, new_h: float
) -> tuple[int, int]:
    """Room on a trip that goes there anyway, if it is there as soon, or in time: stop and last stop."""
    latest = max(new_h, p.need_f[r, DUE])
    best_row, best_last, best_h = -1, -1, INF
    place = w.batch[batch, G_PLACE]
    row = w.pickup[place, 0]
    while row >= 0:
        trip = out.stop_i[row, S_TRIP]
        first_stop = out.trip[trip, T_STOP]
        fleet = p.vehicle[out.trip[trip, T_VEHICLE], V_FLEET]
        if p.may[way, fleet] and out.stop_f[row, S_BEGIN] >= w.ready[batch]:
            for last_row in range(row + 1, first_stop + out.trip[trip, T_STOPS]):
                b = out.stop_i[last_row, S_PLACE]
                if not out.stop_i[last_row, S_UNLOADS] or p.togo[way, b] >= p.togo[way, place]:
                    continue
                finish = out.stop_f[last_row, S_GROUND] + p.togo[way, b]
                finish += 0.0 if b == p.need_i[r, DESTINATION] else p.transfer_h[b]
                if finish < best_h - DUST and finish <= latest + DUST:
                    seats, tonnes = room(p, out, trip, row - first_stop, last_row - first_stop)
                    if p.need_i[r, WHOLE]:
                        fits = p.need[r, 0] <= seats and mass_of(p.pax_t, p.need[r]) <= tonnes + FIT
                    else:
                        fits = seats >= 1 or tonnes > TOLERANCE
                    if fits:
                        best_row, best_last, best_h = row, last_row - first_stop, finish
        row = out.stop_i[row, S_NEXT]
    return best_row, best_last


@inner
def room(p: Flat, out: Listing, trip: int, first: int, last: int) -> tuple[float, float]:
    """Seats and tonnes free on every leg between two stops of a trip."""
    fleet = p.vehicle[out.trip[trip, T_VEHICLE], V_FLEET]
    seats, tonnes = p.fleet_f[fleet, SEATS], p.fleet_f[fleet, TONNES]
    free_seats, free_tonnes = seats, tonnes
    for leg in range(first, last):
        used_seats, used_tonnes = 0.0, 0.0
        ride = out.trip[trip, T_HEAD]
        while ride >= 0:
            if out.ride[ride, Q_FIRST] <= leg < out.ride[ride, Q_LAST]:
                used_seats += out.most[ride, 0]
                used_tonnes += mass_of(p.pax_t, out.most[ride])
            ride = out.ride[ride, Q_NEXT]
        free_seats = min(free_seats, seats - used_seats)
        free_tonnes = min(free_tonnes, tonnes - used_tonnes)
    return free_seats, free_tonnes


@inner
def caps(p: Flat, w: Workings, r: int, batch: int, place: int, until: float, most: Floats) -> None:
    """How much of each column may go there: what is on the ground in time and has a way on from there."""
    a = w.batch[batch, G_PLACE]
    most[:] = 0.0
    for k in range(len(most)):
        way = p.way[r, k]
        if way < 0 or p.togo[way, place] >= p.togo[way, a]:
            continue
        other = w.stock[r]
        while other >= 0:
            if w.batch[other, G_PLACE] == a and w.ready[other] <= until:
                most[k] += w.amount[other, k]
            other = w.batch[other, G_NEXT]


@inner
def join(p: Flat, w: Workings, out: Listing, r: int, batch: int, row: int, last: int) -> bool:
    """Put what fits on a trip that is there already."""
    trip, new = out.stop_i[row, S_TRIP], out.used[RIDES]
    if new >= len(out.ride):
        w.used[N_ERROR] = 1
        return False
    first_stop = out.trip[trip, T_STOP]
    fleet = p.vehicle[out.trip[trip, T_VEHICLE], V_FLEET]
    last_row = first_stop + last
    seats, tonnes = room(p, out, trip, row - first_stop, last)
    most = np.empty(p.need.shape[1])
    place = out.stop_i[last_row, S_PLACE]
    caps(p, w, r, batch, place, w.ready[batch], most)
    w.used[N_DRAWN] = 0
    take(p, w, fleet, r, most, w.batch[batch, G_PLACE], seats, tonnes, out.most[new])
    if out.most[new].max() <= 0:
        return False
    out.ride[new, Q_NEED] = r
    out.ride[new, Q_FIRST] = row - first_stop
    out.ride[new, Q_LAST] = last
    out.ride[new, Q_NEXT] = -1
    out.ride[new, Q_TRIP] = trip
    out.ride[out.trip[trip, T_TAIL], Q_NEXT] = new
    out.trip[trip, T_TAIL] = new
    out.used[RIDES] = new + 1
    put(p, w, r, out.most[new], place, out.stop_f[last_row, S_GROUND])
    return True


@inner
def patient_caps(
    p: Flat, w: Workings, r: int, batch: int, v: int, place: int, patience: float, most: Floats
) -> None:
    """What a new trip may take: all that is ready before the vehicle's patience ends."""
    a = w.batch[batch, G_PLACE]
    arrive = w.mover[v, M_FREE] + path_hours(p, p.vehicle[v, V_FLEET], w.at[v], a)
    caps(p, w, r, batch, place, max(arrive, w.ready[batch]) + patience, most)


# --- the whole list -------------------------------------------------------------------------------------


@inner
def reset(p: Flat, w: Workings, out: Listing) -> None:
    """Everything as it is before the first trip."""
    out.used[:] = 0
    w.used[:] = 0
    w.cost[0] = 0.0
    w.highest[:] = 0
    w.pickup[:] = -1
    w.arrived[:] = 0.0
    for v in range(len(p.vehicle)):
        w.at[v] = p.vehicle[v, V_BASE]
        w.mover[v, M_FREE] = p.fleet_f[p.vehicle[v, V_FLEET], FREE_H]
        w.mover[v, M_MOVED] = 0.0
        w.mover[v, M_BANK] = -INF
    for spot in range(len(w.book)):
        w.book[spot, B_AT] = 4 * spot
        w.book[spot, B_ROOM] = 4
        w.book[spot, B_STEPS] = 1
        w.step_h[4 * spot] = -INF
        w.step_n[4 * spot] = 0
    w.used[N_STEP] = 4 * len(w.book)
    for r in range(len(p.need)):
        w.last_h[r] = p.need_f[r, READY]
        w.stock[r] = -1
        if not p.need_i[r, STILL]:
            new = w.used[N_BATCH]
            w.stock[r] = new
            w.batch[new, G_PLACE] = p.need_i[r, ORIGIN]
            w.batch[new, G_STUCK] = 0
            w.batch[new, G_NEXT] = -1
            w.ready[new] = p.need_f[r, READY]
            w.amount[new] = p.need[r]
            w.used[N_BATCH] = new + 1


@inner
def judge(p: Flat, w: Workings, verdict: Verdict) -> None:
    """What the list comes to: undelivered, missed, weighted lateness, cost, moving hours, closure."""
    undelivered, missed, lateness, moving, closure = 0.0, 0.0, 0.0, 0.0, -INF
    for r in range(len(p.need)):
        total = 0.0
        for k in range(p.need.shape[1]):
            rest = max(0.0, p.need[r, k] - w.arrived[r, k])
            if p.need_i[r, STILL] or rest <= TOLERANCE:
                rest = 0.0
            verdict.left[r, k] = rest
            total += rest
        hour = INF if total > 0 else w.last_h[r]
        undelivered += total * p.need_f[r, WEIGHT]
        if p.need_f[r, HARD] < INF and hour > p.need_f[r, HARD] + TOLERANCE:
            missed += p.need_f[r, WEIGHT]
        if hour < INF:
            lateness += p.need_f[r, WEIGHT] * max(0.0, hour - p.need_f[r, DUE])
            closure = max(closure, hour)
        verdict.close_h[r] = hour
    for v in range(len(p.vehicle)):
        moving += w.mover[v, M_MOVED]
    verdict.score[0] = undelivered
    verdict.score[1] = missed
    verdict.score[2] = lateness
    verdict.score[3] = w.cost[0]
    verdict.score[4] = moving
    verdict.score[5] = closure


@outer
def decode(
    p: Flat,
    w: Workings,
    given: Listing,
    tokens: Ints,
    seed: int,
    width: float,
    patience: float,
    out: Listing,
    verdict: Verdict,
) -> bool:
    """Turn tokens (a trip's number in `given`, or -1 - requirement to send) into trips; False: more room."""
    reset(p, w, out)
    one_ride = np.zeros((1, 5), dtype=np.int64)
    one_ride[0, Q_LAST] = 1
    one_ride[0, Q_NEXT] = -1
    one_most = np.empty((1, p.need.shape[1]))
    for token in tokens:
        if token < 0:
            one_ride[0, Q_NEED] = -1 - token
            unstick(w, -1 - token)
        while True:
            batch = token
            if token < 0:
                batch, v, place = next_load(p, w, out, -1 - token, seed, width)
                if batch < 0:
                    break
                patient_caps(p, w, -1 - token, batch, v, place, patience, one_most[0])
                places, holds = np.array([w.batch[batch, G_PLACE], place]), np.full(2, -INF)
                rides, head, most = one_ride, np.int64(0), one_most
            else:
                stop, stops = given.trip[token, T_STOP], given.trip[token, T_STOPS]
                places = given.stop_i[stop : stop + stops, S_PLACE].copy()
                holds = given.stop_f[stop : stop + stops, S_HOLD].copy()
                v, rides, head, most = (
                    given.trip[token, T_VEHICLE],
                    given.ride,
                    given.trip[token, T_HEAD],
                    given.most,
                )
            done = run(p, w, out, v, places, holds, rides, head, most)
            if token >= 0 or w.used[N_ERROR]:
                break
            if not done:
                w.batch[batch, G_STUCK] = 1
        if w.used[N_ERROR]:
            return False
    judge(p, w, verdict)
    return True
