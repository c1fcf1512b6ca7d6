"""The decoder, compiled: a list of trips and requests over flat arrays to hours, loads and a score.

`twin.py` says the same in plain Python and is its oracle. The decoder writes into arrays that it is given; if
one is too small it says so and is called again with more room.
"""

# mypy: disable-error-code="no-any-return"
# Elements of arrays are Any to the type checker; Numba itself infers and checks every type here.

from __future__ import annotations

import numpy as np

from standto.move.network import Floats, Ints
from standto.move.problem import LARGEST, TOLERANCE
from standto.move.solve.compiled import Whole, inner, outer
from standto.move.solve.flat import (
    B_AT,
    B_ROOM,
    B_STEPS,
    BANK,
    BOTH,
    DESTINATION,
    DUE,
    FREE_H,
    G_NEXT,
    G_PLACE,
    G_STUCK,
    HARD,
    HOUR_COST,
    K_AFTER,
    K_BEFORE,
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
    N_PARKED,
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
    VISITS,
    WEIGHT,
    WHOLE,
    Y_FIRST,
    Y_LAST,
    Flat,
    Listing,
    Manner,
    Verdict,
    Workings,
)
from standto.move.solve.scarcity import PERSON_T
from standto.move.solve.tables import DUST, FIT
from standto.move.solve.trips import HUBS
from standto.move.solve.twin import LEAST_SHARE, MOST_TRIPS

INF = np.inf


# --- slots ----------------------------------------------------------------------------------------------


@inner
def step_before(step_h: Floats, low: int, count: int, hour: float) -> int:
    """The last step at or before an hour, sought from the end, where most work is booked."""
    high = low + count
    at = high - 1
    while step_h[at] > hour:
        high, at = at, max(low, 2 * at - low - count)
    while high - at > 1:
        middle = (at + high) // 2
        if step_h[middle] <= hour:
            at = middle
        else:
            high = middle
    return at


@inner
def earliest(p: Flat, w: Workings, spot: int, from_h: float, work_h: float) -> tuple[float, int]:
    """The earliest start at or after an hour with a slot free for the whole work, and a step near it."""
    limit, low = p.slots[spot], w.book[spot, B_AT]
    if limit < 0 or work_h <= DUST:
        return from_h, low
    end = low + w.book[spot, B_STEPS]
    at = step_before(w.step_h, low, w.book[spot, B_STEPS], from_h + DUST)
    start, step = from_h, at
    while step < end and (step == at or w.step_h[step] < start + work_h - DUST):
        if w.step_n[step] >= limit:
            at = step + 1
            start = max(from_h, w.step_h[at])
        step += 1
    return start, at


@inner
def make_step(w: Workings, spot: int, at: int, hour: float) -> int:
    """The step at exactly this hour, after step `at` if there is none yet."""
    if w.step_h[at] == hour:
        return at
    for step in range(w.book[spot, B_AT] + w.book[spot, B_STEPS], at + 1, -1):
        w.step_h[step] = w.step_h[step - 1]
        w.step_n[step] = w.step_n[step - 1]
    w.step_h[at + 1] = hour
    w.step_n[at + 1] = w.step_n[at]
    w.book[spot, B_STEPS] += 1
    return at + 1


@inner
def drop_step(w: Workings, spot: int, at: int) -> None:
    """Forget a step at which nothing changes: where work follows work a busy place is one long step."""
    end = w.book[spot, B_AT] + w.book[spot, B_STEPS] - 1
    for step in range(at, end):
        w.step_h[step] = w.step_h[step + 1]
        w.step_n[step] = w.step_n[step + 1]
    w.book[spot, B_STEPS] -= 1


@inner
def more_steps(w: Workings, spot: int) -> int:
    """Move a place's steps to where there is room for twice as many; by how far, -1 if there is none."""
    low, top, many = w.book[spot, B_AT], w.used[N_STEP], 2 * w.book[spot, B_ROOM]
    if top + many > len(w.step_h):
        w.used[N_ERROR] = 1
        return -1
    for step in range(w.book[spot, B_STEPS]):
        w.step_h[top + step] = w.step_h[low + step]
        w.step_n[top + step] = w.step_n[low + step]
    w.book[spot, B_AT] = top
    w.book[spot, B_ROOM] = many
    w.used[N_STEP] = top + many
    return top - low


@inner
def reserve(
    p: Flat, w: Workings, spot: int, near: int, start_h: float, end_h: float, change: Whole
) -> None:  # fmt: skip
    """Take a slot (+1) or give it back (-1); `near` is a step of the place near the start."""
    if p.slots[spot] < 0 or end_h - start_h <= DUST:
        return
    if w.book[spot, B_STEPS] + 2 > w.book[spot, B_ROOM]:
        moved = more_steps(w, spot)
        if moved < 0:
            return
        near += moved
    last = w.book[spot, B_AT] + w.book[spot, B_STEPS] - 1
    while w.step_h[near] > start_h:
        near -= 1
    while near < last and w.step_h[near + 1] <= start_h:
        near += 1
    first = make_step(w, spot, near, start_h)
    last = w.book[spot, B_AT] + w.book[spot, B_STEPS] - 1
    near = first
    while near < last and w.step_h[near + 1] <= end_h:
        near += 1
    after = make_step(w, spot, near, end_h)
    for step in range(first, after):
        w.step_n[step] += change
    if w.step_n[after] == w.step_n[after - 1]:
        drop_step(w, spot, after)
    if w.step_n[first] == w.step_n[first - 1]:
        drop_step(w, spot, first)


# --- ways -----------------------------------------------------------------------------------------------


@inner
def path_hours(p: Flat, fleet: Whole, origin: Whole, destination: Whole) -> float:
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
    p: Flat, w: Workings, out: Listing, fleet: int, at: int, at_h: float, moved: float, bank: float,
    place: int, v: Whole,
) -> tuple[float, float, float, float, float]:  # fmt: skip
    """Move to a place: last departure, arrival, cost, hours moved, bank; `v` >= 0 books stops on the way."""
    net = p.fleet_i[fleet, NET]
    cost, left = 0.0, at_h
    there = p.local[net, place]
    use, free_h = p.fleet_f[fleet, USE], p.fleet_f[fleet, FREE_H]
    while at != place:
        leg = p.leg_of[p.net[net, NET_AT] + p.local[net, at] * p.net[net, NET_SIZE] + there]
        left, hours, km = INF, INF, INF
        for option in range(p.leg[leg, OPTION_0], p.leg[leg + 1, OPTION_0]):
            long = p.option_f[option, OPTION_H]
            depart = use_departure(use, p.fleet_f[fleet, BANK], free_h, at_h, long, moved, bank)
            for window in range(p.closed_at[option], p.closed_at[option + 1]):
                if p.closed[window, 0] <= depart < p.closed[window, 1]:
                    depart = p.closed[window, 1]
            if depart + long < left + hours:
                left, hours, km = depart, long, p.option_f[option, OPTION_KM]
        bank = max(bank, left - 24 * moved / use)
        moved += hours
        cost += km * p.fleet_f[fleet, KM_COST]
        at = p.leg[leg, LEG_TO]
        at_h = left + hours
        if at != place:
            spot = at * p.modes + p.fleet_i[fleet, MODE]
            service = p.fleet_f[fleet, SERVICE_H]
            start, step = earliest(p, w, spot, at_h, service)
            if v >= 0:
                reserve(p, w, spot, step, start, start + service, np.int64(1))
                note(w, out, v, at, out.used[TRIPS], np.int64(-1), left, at_h, start, start + service)
            at_h = start + service
    return left, at_h, cost, moved, bank


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
def mass_in(pax_t: float, amounts: Floats, row: int) -> float:
    """Tonnes that people and cargo of one row take."""
    mass = amounts[row, 0] * pax_t
    for k in range(1, amounts.shape[1]):
        mass += amounts[row, k]
    return mass


@inner
def most_in(amounts: Floats, row: int) -> float:
    """The largest amount in one row."""
    most = amounts[row, 0]
    for k in range(1, amounts.shape[1]):
        most = max(most, amounts[row, k])
    return most


@inner
def draw(w: Workings, batch: int, k: int, amount: float) -> None:
    """Take from a batch, and remember it."""
    row = w.used[N_DRAWN]
    if row >= len(w.drawn):
        w.used[N_ERROR] = 1
        return
    w.amount[batch, k] -= amount
    w.drawn_i[row, 0] = batch
    w.drawn_i[row, 1] = k
    w.drawn[row] = amount
    w.used[N_DRAWN] = row + 1


@inner
def take(
    p: Flat, w: Workings, fleet: int, r: int, given: Floats, ride: Whole, place: int, seats: float,
    tonnes: float, taken: Floats, new: int,
) -> float:  # fmt: skip
    """Take what fits of a requirement at a place, into row `new`; the hour when the last of it is ready."""
    hour = -INF
    for k in range(taken.shape[1]):
        taken[new, k] = 0.0
    if p.need_i[r, WHOLE]:
        if p.need_i[r, STILL] or not p.may[p.way[r, 0], fleet]:
            return hour
        batch = w.stock[r]
        while batch >= 0:
            if w.batch[batch, G_PLACE] == place and most_in(w.amount, batch) > 0:
                fits = w.amount[batch, 0] <= seats
                if fits and mass_in(p.pax_t, w.amount, batch) <= tonnes + FIT:
                    hour = w.ready[batch]
                    for k in range(taken.shape[1]):
                        taken[new, k] = w.amount[batch, k]
                        draw(w, batch, k, taken[new, k])
            batch = w.batch[batch, G_NEXT]
        return hour
    for turn in range(taken.shape[1]):
        k = p.order[r, turn]
        if p.way[r, k] < 0 or not p.may[p.way[r, k], fleet]:
            continue
        room = tonnes - mass_in(p.pax_t, taken, new)
        if k == 0:
            by_mass = INF if p.pax_t <= 0 else np.floor((room + FIT) / p.pax_t)
            room = min(seats, by_mass)
        wanted = min(given[ride, k], room)
        batch = w.stock[r]
        while batch >= 0 and wanted > DUST:
            held = w.amount[batch, k]
            if held > 0 and w.batch[batch, G_PLACE] == place:
                amount = held if held <= wanted + DUST else wanted
                draw(w, batch, k, amount)
                wanted -= amount
                taken[new, k] += amount
                hour = max(hour, w.ready[batch])
            batch = w.batch[batch, G_NEXT]
    return hour


@inner
def put(p: Flat, w: Workings, r: int, amounts: Floats, row: int, place: int, ground_h: float) -> None:
    """Unload: at the destination it has arrived, elsewhere it waits for its transfer."""
    if place == p.need_i[r, DESTINATION]:
        for k in range(amounts.shape[1]):
            w.arrived[r, k] += amounts[row, k]
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
    for k in range(amounts.shape[1]):
        w.amount[new, k] = amounts[row, k]
    before, after = -1, w.stock[r]
    while after >= 0 and w.ready[after] <= w.ready[new]:
        if most_in(w.amount, after) > 0:
            before = after
        else:  # all of it has been taken: leave it out from now on
            set_next(w, r, before, w.batch[after, G_NEXT])
        after = w.batch[after, G_NEXT]
    w.batch[new, G_NEXT] = after
    set_next(w, r, before, new)


@inner
def set_next(w: Workings, r: int, before: int, batch: int) -> None:
    """Let a batch follow another, or be the first of its requirement."""
    if before < 0:
        w.stock[r] = batch
    else:
        w.batch[before, G_NEXT] = batch


# --- trips ----------------------------------------------------------------------------------------------


@inner
def run(p: Flat, w: Workings, out: Listing, v: int, given: Listing, number: Whole) -> bool:
    """Append a trip that is given, as far as there is load for it."""
    fleet = p.vehicle[v, V_FLEET]
    new, first_stop, first_ride = out.used[TRIPS], out.used[STOPS], out.used[RIDES]
    if new >= MOST_TRIPS or not reachable(p, w, fleet, v, given, number):
        return False
    if new >= len(out.trip) or first_stop + given.trip[number, T_STOPS] > len(out.stop_i):
        w.used[N_ERROR] = 1
        return False
    w.used[N_DRAWN] = 0
    draw_rides(p, w, out, fleet, given, number)
    if w.used[N_ERROR]:
        return False
    count = out.used[RIDES]
    if count > first_ride:
        keep_stops(out, first_ride, given, number)
        out.trip[new, T_VEHICLE] = v
        out.trip[new, T_STOP] = first_stop
        out.trip[new, T_HEAD] = first_ride
        out.trip[new, T_TAIL] = count - 1
        if set_hours(p, w, out, fleet, v):
            return True
    for row in range(w.used[N_DRAWN]):
        w.amount[w.drawn_i[row, 0], w.drawn_i[row, 1]] += w.drawn[row]
    out.used[STOPS] = first_stop
    out.used[RIDES] = first_ride
    return False


@inner
def reachable(p: Flat, w: Workings, fleet: int, v: int, given: Listing, number: Whole) -> bool:
    """Whether a vehicle can go from stop to stop of a trip and be worked at each."""
    at, stop = w.at[v], given.trip[number, T_STOP]
    for row in range(stop, stop + given.trip[number, T_STOPS]):
        place = given.stop_i[row, S_PLACE]
        if path_hours(p, fleet, at, place) == INF or p.slots[place * p.modes + p.fleet_i[fleet, MODE]] == 0:
            return False
        at = place
    return True


@inner
def draw_rides(p: Flat, w: Workings, out: Listing, fleet: int, given: Listing, number: Whole) -> None:
    """What every ride takes of what is on the ground; when the last of it is ready stands in S_BEGIN."""
    seats, tonnes = p.fleet_f[fleet, SEATS], p.fleet_f[fleet, TONNES]
    first_ride, first_stop = out.used[RIDES], out.used[STOPS]
    for stop in range(given.trip[number, T_STOPS]):
        for aboard in range(first_ride, out.used[RIDES]):
            if out.ride[aboard, Q_LAST] == stop:
                seats += out.most[aboard, 0]
                tonnes += mass_in(p.pax_t, out.most, aboard)
        ready, place = -INF, given.stop_i[given.trip[number, T_STOP] + stop, S_PLACE]
        ride = given.trip[number, T_HEAD]
        while ride >= 0:
            if given.ride[ride, Q_FIRST] == stop and given.ride[ride, Q_LAST] > stop:
                new = out.used[RIDES]
                if new >= len(out.ride):
                    w.used[N_ERROR] = 1
                    return
                r = given.ride[ride, Q_NEED]
                hour = take(p, w, fleet, r, given.most, ride, place, seats, tonnes, out.most, new)
                if most_in(out.most, new) > 0:
                    out.ride[new, Q_NEED] = r
                    out.ride[new, Q_FIRST] = stop
                    out.ride[new, Q_LAST] = given.ride[ride, Q_LAST]
                    out.ride[new, Q_NEXT] = -1
                    out.ride[new, Q_TRIP] = out.used[TRIPS]
                    if new > first_ride:
                        out.ride[new - 1, Q_NEXT] = new
                    out.used[RIDES] = new + 1
                    ready = max(ready, hour)
                    seats -= out.most[new, 0]
                    tonnes -= mass_in(p.pax_t, out.most, new)
            ride = given.ride[ride, Q_NEXT]
        out.stop_f[first_stop + stop, S_BEGIN] = ready


@inner
def keep_stops(out: Listing, first_ride: int, given: Listing, number: Whole) -> None:
    """Write the stops that have work, and number the rides' stops anew; S_NEXT holds the new numbers."""
    new, first_stop, kept = out.used[TRIPS], out.used[STOPS], 0
    given_stop, stops = given.trip[number, T_STOP], given.trip[number, T_STOPS]
    for stop in range(stops):
        out.stop_i[first_stop + stop, S_NEXT] = -1
    for ride in range(first_ride, out.used[RIDES]):
        out.stop_i[first_stop + out.ride[ride, Q_FIRST], S_NEXT] = 0
        out.stop_i[first_stop + out.ride[ride, Q_LAST], S_NEXT] = 0
    for stop in range(stops):
        if out.stop_i[first_stop + stop, S_NEXT] < 0:
            continue
        out.stop_i[first_stop + stop, S_NEXT] = kept
        row = first_stop + kept
        out.stop_i[row, S_PLACE] = given.stop_i[given_stop + stop, S_PLACE]
        out.stop_i[row, S_LOADS] = 0
        out.stop_i[row, S_UNLOADS] = 0
        out.stop_i[row, S_TRIP] = new
        out.stop_f[row, S_HOLD] = given.stop_f[given_stop + stop, S_HOLD]
        out.stop_f[row, S_BEGIN] = out.stop_f[first_stop + stop, S_BEGIN]
        kept += 1
    for ride in range(first_ride, out.used[RIDES]):
        first = out.stop_i[first_stop + out.ride[ride, Q_FIRST], S_NEXT]
        last = out.stop_i[first_stop + out.ride[ride, Q_LAST], S_NEXT]
        out.ride[ride, Q_FIRST] = first
        out.ride[ride, Q_LAST] = last
        out.stop_i[first_stop + first, S_LOADS] = 1
        out.stop_i[first_stop + last, S_UNLOADS] = 1
    for row in range(first_stop, first_stop + kept):
        out.stop_i[row, S_NEXT] = -1
    out.trip[new, T_STOPS] = kept
    out.used[STOPS] = first_stop + kept


@inner
def set_hours(p: Flat, w: Workings, out: Listing, fleet: int, v: int) -> bool:
    """Give every stop its hours and book its slots; False, and nothing booked, if it ends too late."""
    number = out.used[TRIPS]
    first_visit, first_stop = out.used[VISITS], out.trip[number, T_STOP]
    hour, moved, bank = w.mover[v, M_FREE], w.mover[v, M_MOVED], w.mover[v, M_BANK]
    at, cost, both, mode = w.at[v], 0.0, p.fleet_i[fleet, BOTH], p.fleet_i[fleet, MODE]
    for i in range(out.trip[number, T_STOPS]):
        row = first_stop + i
        place = out.stop_i[row, S_PLACE]
        left, arrive, paid, moved, bank = go(p, w, out, fleet, at, hour, moved, bank, place, v)
        cost += paid
        load = p.fleet_f[fleet, LOAD_H] if out.stop_i[row, S_LOADS] else 0.0
        unload = p.fleet_f[fleet, UNLOAD_H] if out.stop_i[row, S_UNLOADS] else 0.0
        before = 0.0 if both else unload
        work = max(load, unload) if both else unload + load
        hour = max(arrive, out.stop_f[row, S_HOLD])
        if out.stop_i[row, S_LOADS]:
            hour = max(hour, out.stop_f[row, S_BEGIN] - before)
        spot = place * p.modes + mode
        start, step = earliest(p, w, spot, hour, work)
        hour = start + work
        reserve(p, w, spot, step, start, hour, np.int64(1))
        note(w, out, v, place, number, i, left, arrive, start, hour)
        if w.used[N_ERROR]:
            return False
        out.stop_f[row, S_BEGIN] = start + before
        out.stop_f[row, S_GROUND] = hour if both else start + unload
        at = place
    if hour > LARGEST:
        for visit in range(first_visit, out.used[VISITS]):
            spot = out.visit_i[visit, N_PLACE] * p.modes + mode
            start, end = out.visit_f[visit, N_START], out.visit_f[visit, N_END]
            step = step_before(w.step_h, w.book[spot, B_AT], w.book[spot, B_STEPS], start)
            reserve(p, w, spot, step, start, end, np.int64(-1))
        out.used[VISITS] = first_visit
        return False
    leave(p, w, v, at, hour)
    w.mover[v, M_MOVED] = moved
    w.mover[v, M_BANK] = bank
    w.cost[0] += cost
    out.used[TRIPS] = number + 1
    ride = out.trip[number, T_HEAD]
    while ride >= 0:
        row = first_stop + out.ride[ride, Q_LAST]
        place, ground_h = out.stop_i[row, S_PLACE], out.stop_f[row, S_GROUND]
        put(p, w, out.ride[ride, Q_NEED], out.most, ride, place, ground_h)
        ride = out.ride[ride, Q_NEXT]
    offer(p, w, out, number)
    return True


# --- vehicles by fleet and place ------------------------------------------------------------------------


@inner
def park(p: Flat, w: Workings, v: int) -> None:
    """Put a vehicle among those of its fleet at its place, after all that are free before it."""
    yard = p.vehicle[v, V_FLEET] * len(p.transfer_h) + w.at[v]
    before, free_h = w.yard[yard, Y_LAST], w.mover[v, M_FREE]
    while before >= 0:
        other_h = w.mover[before, M_FREE]
        if other_h < free_h or (other_h == free_h and before < v):
            break
        before = w.parked[before, K_BEFORE]
    after = w.yard[yard, Y_FIRST] if before < 0 else w.parked[before, K_AFTER]
    link_up(w, yard, before, v)
    link_up(w, yard, v, after)


@inner
def link_up(w: Workings, yard: int, before: int, after: int) -> None:
    """Let one vehicle of a yard follow another; -1 stands for the yard's ends."""
    if before < 0:
        w.yard[yard, Y_FIRST] = after
    else:
        w.parked[before, K_AFTER] = after
    if after < 0:
        w.yard[yard, Y_LAST] = before
    else:
        w.parked[after, K_BEFORE] = before


@inner
def leave(p: Flat, w: Workings, v: int, place: int, free_h: float) -> None:
    """A vehicle is somewhere else from now on, and free later."""
    parked = w.used[N_PARKED]
    if parked:
        yard = p.vehicle[v, V_FLEET] * len(p.transfer_h) + w.at[v]
        link_up(w, yard, w.parked[v, K_BEFORE], w.parked[v, K_AFTER])
    w.at[v] = place
    w.mover[v, M_FREE] = free_h
    if parked:
        park(p, w, v)


@inner
def park_all(p: Flat, w: Workings) -> None:
    """Sort all vehicles by fleet and place, once the first of them is looked for."""
    w.used[N_PARKED] = 1
    w.yard[:] = -1
    w.least_h[:] = -INF
    w.hub_for[:] = -1
    for v in range(len(p.vehicle)):
        park(p, w, v)


@inner
def offer(p: Flat, w: Workings, out: Listing, trip: int) -> None:
    """Remember by place where vehicles load and have room left, for others to join."""
    first_stop, fleet = out.trip[trip, T_STOP], p.vehicle[out.trip[trip, T_VEHICLE], V_FLEET]
    for row in range(first_stop, first_stop + out.trip[trip, T_STOPS]):
        if not out.stop_i[row, S_LOADS]:
            continue
        seats, tonnes = room(p, out, trip, row - first_stop, row - first_stop + 1)
        if has_room(p, fleet, seats, tonnes, True, True):
            place = out.stop_i[row, S_PLACE]
            if w.pickup[place, 0] < 0:
                w.pickup[place, 0] = row
            else:
                out.stop_i[w.pickup[place, 1], S_NEXT] = row
            w.pickup[place, 1] = row


@inner
def has_room(p: Flat, fleet: int, seats: float, tonnes: float, people: bool, cargo: bool) -> bool:
    """Whether a vehicle with so much free takes another of the people, or more of the cargo."""
    if people and seats >= 1 and tonnes + FIT >= p.pax_t:
        return True
    return cargo and p.fleet_f[fleet, TONNES] < INF and tonnes > TOLERANCE


# --- the list scheduler ---------------------------------------------------------------------------------


@inner
def noise(h: Manner, a: int, b: int, c: Whole) -> float:
    """Pseudo-random hours that depend on three numbers and a seed only."""
    if h.noise_h <= 0:
        return 0.0
    x = (a * 73856093) ^ (b * 19349663) ^ ((c + 1) * 83492791) ^ (h.seed * 2654435)
    for _ in range(3):
        x = ((x & 0x7FFFFFFF) * 1103515245 + 12345) & 0x7FFFFFFF
        x ^= x >> 15
    return h.noise_h * (x / 2147483648.0)


@inner
def unstick(w: Workings, r: int) -> None:
    """Before a requirement is sent, nothing of it has proven impossible to send."""
    batch = w.stock[r]
    while batch >= 0:
        w.batch[batch, G_STUCK] = 0
        batch = w.batch[batch, G_NEXT]


@inner
def next_load(
    p: Flat, w: Workings, out: Listing, h: Manner, r: int, until: float, most: Floats
) -> tuple[int, int, int]:  # fmt: skip
    """Batch, vehicle and place for the next new trip; what fits on trips that are there joins them first."""
    batch = w.stock[r]
    while batch >= 0 and not w.used[N_ERROR]:
        if w.batch[batch, G_STUCK] or w.ready[batch] > until or most_in(w.amount, batch) <= DUST:
            batch = w.batch[batch, G_NEXT]
            continue
        a, joined = w.batch[batch, G_PLACE], False
        for turn in range(p.order.shape[1]):
            k = p.order[r, turn]
            way = p.way[r, k]
            if w.amount[batch, k] <= DUST or way < 0 or p.togo[way, a] == INF:
                continue
            v, place, key = choose(p, w, out, h, r, way, batch)
            if h.joins or a == p.need_i[r, ORIGIN]:
                row, last = look_for_room(p, w, out, r, way, batch, place, key)
                joined = row >= 0 and join(p, w, out, r, batch, row, last, most)
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
    p: Flat, w: Workings, out: Listing, h: Manner, r: int, way: int, batch: int
) -> tuple[int, int, float]:
    """The vehicle and the place to take a load to, so that it is at its destination first, with thrift."""
    a, ready, due = w.batch[batch, G_PLACE], w.ready[batch], p.need_f[r, DUE]
    best_v, best_place, best_key, best_cost = -1, -1, INF, INF
    fullest = most_carried(p, w, r, way, batch) if h.thrift > 0 else 0.0
    for fleet in range(len(p.fleet_i)):
        mode = p.fleet_i[fleet, MODE]
        if not p.may[way, fleet] or p.slots[a * p.modes + mode] == 0 or p.local[p.fleet_i[fleet, NET], a] < 0:
            continue
        v = nearest(p, w, h, fleet, a, ready)
        if v < 0:
            continue
        loaded, moved, bank = pick_up(p, w, out, v, a, ready)
        share = carried(p, w, fleet, r, batch) / fullest if h.thrift > 0 else 1.0
        direct_h = path_hours(p, fleet, a, p.need_i[r, DESTINATION])
        direct_h += noise(h, fleet, p.need_i[r, DESTINATION], r)
        find_hubs(p, w, h, r, fleet, way, a, direct_h)
        for turn in range(w.hub_for[fleet, 3] + 1):
            place, onward = p.need_i[r, DESTINATION], 0.0
            if turn > 0:
                place = w.hub[fleet, turn - 1]
                onward = p.transfer_h[place] + p.togo[way, place]
            if p.slots[place * p.modes + mode] == 0:
                continue
            extra = noise(h, fleet, place, r) + h.thrift * waste(p, fleet, a, place, share)
            soonest = loaded + path_hours(p, fleet, a, place) + p.fleet_f[fleet, UNLOAD_H] + onward
            if soonest > LARGEST or max(soonest, due) + extra > best_key + TOLERANCE:
                continue
            finish, cost = set_down(p, w, out, v, a, place, loaded, moved, bank)
            if turn > 0 and h.hubs > 1 and p.onward[way, place] != 0:
                ready_h, by = finish + p.transfer_h[place], mode if direct_h < INF else -1
                finish = go_on(p, w, out, h, r, way, place, by, ready_h, best_key - extra)
            else:
                finish += onward
            if finish > LARGEST:
                continue
            key = max(finish, due) + extra
            if key < best_key - DUST or (key <= best_key + DUST and cost < best_cost - DUST):
                best_v, best_place, best_key, best_cost = v, place, key, cost
    return best_v, best_place, best_key


@inner
def go_on(
    p: Flat, w: Workings, out: Listing, h: Manner, r: int, way: int, a: int, by: int, ready: float,
    latest: float,
) -> float:  # fmt: skip
    """When a load would be brought from a hub by another mode than `by`; infinite if not before some hour."""
    best, destination = INF, p.need_i[r, DESTINATION]
    if ready + p.togo[way, a] > latest + TOLERANCE:
        return best
    for fleet in range(len(p.fleet_i)):
        mode = p.fleet_i[fleet, MODE]
        if mode == by or not p.may[way, fleet]:
            continue
        if p.slots[a * p.modes + mode] == 0 or p.slots[destination * p.modes + mode] == 0:
            continue
        work = p.fleet_f[fleet, LOAD_H] + p.fleet_f[fleet, UNLOAD_H]
        soonest = ready + work + path_hours(p, fleet, a, destination)
        if soonest > LARGEST or soonest > min(best, latest) + TOLERANCE:
            continue
        v = nearest(p, w, h, fleet, a, ready)
        if v >= 0:
            loaded, moved, bank = pick_up(p, w, out, v, a, ready)
            finish, _ = set_down(p, w, out, v, a, destination, loaded, moved, bank)
            best = min(best, finish)
    return best


# --- thrift: hours of scarce slots against what is carried for them -------------------------------------


@inner
def carried(p: Flat, w: Workings, fleet: int, r: int, batch: int) -> float:
    """How much of a batch a vehicle of a fleet can carry, in tonnes, people counted with their weight."""
    seats, tonnes, load = p.fleet_f[fleet, SEATS], p.fleet_f[fleet, TONNES], 0.0
    for turn in range(p.order.shape[1]):
        k = p.order[r, turn]
        way, amount = p.way[r, k], w.amount[batch, k]
        if way < 0 or amount <= DUST or not p.may[way, fleet]:
            continue
        if p.need_i[r, WHOLE]:  # all of it or nothing
            load += amount * weight_of(p, k)
            continue
        amount = min(amount, tonnes)
        if k == 0:
            amount = min(w.amount[batch, k], seats)
            if p.pax_t > 0:
                amount = min(amount, np.floor((tonnes + FIT) / p.pax_t))
            tonnes -= amount * p.pax_t
        else:
            tonnes -= amount
        load += amount * weight_of(p, k)
    return load


@inner
def weight_of(p: Flat, k: int) -> float:
    """Tonnes that one of a column counts for."""
    return max(p.pax_t, PERSON_T) if k == 0 else 1.0


@inner
def most_carried(p: Flat, w: Workings, r: int, way: int, batch: int) -> float:
    """The largest part of a batch that any vehicle that may go from there can carry, in tonnes."""
    most, a = DUST, w.batch[batch, G_PLACE]
    for fleet in range(len(p.fleet_i)):
        mode = p.fleet_i[fleet, MODE]
        if p.may[way, fleet] and p.slots[a * p.modes + mode] != 0 and p.local[p.fleet_i[fleet, NET], a] >= 0:
            most = max(most, carried(p, w, fleet, r, batch))
    return most


@inner
def waste(p: Flat, fleet: int, a: int, b: int, share: float) -> float:
    """Hours of scarce slots that a trip takes, for as much as the fullest vehicle would carry at once."""
    mode = p.fleet_i[fleet, MODE]
    hours = p.fleet_f[fleet, LOAD_H] * p.scarce[a * p.modes + mode]
    hours += p.fleet_f[fleet, UNLOAD_H] * p.scarce[b * p.modes + mode]
    return hours / max(share, LEAST_SHARE)


@inner
def nearest(p: Flat, w: Workings, h: Manner, fleet: int, place: int, ready: float) -> int:
    """The vehicle of a fleet that can be at a place first; of those in time, whose time it wastes least.

    That is the one with the fewest hours between its last work and this, and the shortest way.
    """
    if not w.used[N_PARKED]:
        park_all(p, w)
    best, best_h, best_waste = -1, INF, INF
    net = p.fleet_i[fleet, NET]
    size = p.net[net, NET_SIZE]
    row = p.net[net, NET_AT] + p.local[net, place] * size
    least_h, new_least_h, seen_all = w.least_h[fleet], INF, True
    use, bank, free_h = p.fleet_f[fleet, USE], p.fleet_f[fleet, BANK], p.fleet_f[fleet, FREE_H]
    for rank in range(size):
        local = p.near[row + rank]
        far = p.hours[p.net[net, NET_AT] + local * size + p.local[net, place]]
        first_h = max(least_h + far, ready)
        if first_h > best_h or (first_h == best_h and 2 * far - best_h > best_waste):
            seen_all = False
            break
        here = p.places[p.net[net, PLACE_AT] + local]
        v = w.yard[fleet * len(p.transfer_h) + here, Y_FIRST]
        if v < 0:
            continue
        new_least_h = min(new_least_h, w.mover[v, M_FREE])
        if far == INF:
            continue
        extra = noise(h, fleet, here, place)
        while v >= 0:
            depart = w.mover[v, M_FREE]
            if max(depart + far, ready) + extra > best_h:
                break
            spare = far - depart
            if far > 0:
                depart = use_departure(
                    use, bank, free_h, depart, far, w.mover[v, M_MOVED], w.mover[v, M_BANK]
                )
            hour = max(depart + far, ready) + extra
            if hour < best_h or (hour == best_h and (
                spare < best_waste or (spare == best_waste and v < best))):  # fmt: skip
                best, best_h, best_waste = v, hour, spare
            v = w.parked[v, K_AFTER]
    if seen_all:
        w.least_h[fleet] = new_least_h
    return best


@inner
def find_hubs(
    p: Flat, w: Workings, h: Manner, r: int, fleet: int, way: int, a: int, direct_h: float
) -> None:  # fmt: skip
    """The best places to hand over at: on the way if it is quicker, or from where another mode goes on."""
    known = w.hub_for[fleet]
    if known[0] == r and known[1] == way and known[2] == a:
        return
    known[0], known[1], known[2] = r, way, a
    net, mode, destination, count = p.fleet_i[fleet, NET], p.fleet_i[fleet, MODE], p.need_i[r, DESTINATION], 0
    most, last_h = max(1, min(HUBS, h.hubs)), INF
    for local in range(p.net[net, NET_SIZE]):
        b = p.places[p.net[net, PLACE_AT] + local]
        togo = p.togo[way, b]
        if b in (a, destination) or togo >= p.togo[way, a] or p.slots[b * p.modes + mode] == 0:
            continue
        hour = path_hours(p, fleet, a, b) + p.transfer_h[b] + togo + noise(h, fleet, b, r)
        if hour >= last_h:
            continue
        useful = hour < direct_h
        if h.hubs > 1:
            useful = direct_h == INF or p.onward[way, b] & ~(1 << mode) != 0
        if not useful:
            continue
        at = count if count < most else most - 1
        while at > 0 and w.hub_h[fleet, at - 1] > hour:
            w.hub[fleet, at], w.hub_h[fleet, at] = w.hub[fleet, at - 1], w.hub_h[fleet, at - 1]
            at -= 1
        w.hub[fleet, at], w.hub_h[fleet, at] = b, hour
        count = min(count + 1, most)
        if count == most:
            last_h = w.hub_h[fleet, most - 1]
    known[3] = count


@inner
def pick_up(p: Flat, w: Workings, out: Listing, v: int, a: int, ready: float) -> tuple[float, float, float]:
    """When a vehicle would have loaded at a place, its hours moved by then and its bank."""
    fleet = p.vehicle[v, V_FLEET]
    hour, moved, bank = w.mover[v, M_FREE], w.mover[v, M_MOVED], w.mover[v, M_BANK]
    _, hour, _, moved, bank = go(p, w, out, fleet, w.at[v], hour, moved, bank, a, np.int64(-1))
    load = p.fleet_f[fleet, LOAD_H]
    start, _ = earliest(p, w, a * p.modes + p.fleet_i[fleet, MODE], max(hour, ready), load)
    return start + load, moved, bank


@inner
def set_down(
    p: Flat, w: Workings, out: Listing, v: int, a: int, b: int, hour: float, moved: float, bank: float
) -> tuple[float, float]:
    """When a vehicle that loaded at one place would have unloaded at another, and what all the way costs."""
    fleet = p.vehicle[v, V_FLEET]
    _, hour, _, moved, bank = go(p, w, out, fleet, a, hour, moved, bank, b, np.int64(-1))
    unload = p.fleet_f[fleet, UNLOAD_H]
    start, _ = earliest(p, w, b * p.modes + p.fleet_i[fleet, MODE], hour, unload)
    return start + unload, (moved - w.mover[v, M_MOVED]) * p.fleet_f[fleet, HOUR_COST]


@inner
def look_for_room(
    p: Flat, w: Workings, out: Listing, r: int, way: int, batch: int, to: int, new_h: float
) -> tuple[int, int]:
    """Room on a trip that goes there anyway, if it is there as soon, or in time: stop and last stop."""
    latest = max(new_h, p.need_f[r, DUE])
    best_row, best_last, best_h = -1, -1, INF
    place = w.batch[batch, G_PLACE]
    people, cargo = w.amount[batch, 0] > DUST, False
    for k in range(1, w.amount.shape[1]):
        cargo = cargo or w.amount[batch, k] > DUST
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
                if to >= 0 and b not in (to, p.need_i[r, DESTINATION]):
                    continue
                finish = out.stop_f[last_row, S_GROUND] + p.togo[way, b]
                finish += 0.0 if b == p.need_i[r, DESTINATION] else p.transfer_h[b]
                if finish < best_h - DUST and finish <= latest + DUST:
                    seats, tonnes = room(p, out, trip, row - first_stop, last_row - first_stop)
                    if p.need_i[r, WHOLE]:
                        fits = p.need[r, 0] <= seats and mass_in(p.pax_t, p.need, r) <= tonnes + FIT
                    else:
                        fits = has_room(p, fleet, seats, tonnes, people, cargo)
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
                used_tonnes += mass_in(p.pax_t, out.most, ride)
            ride = out.ride[ride, Q_NEXT]
        free_seats = min(free_seats, seats - used_seats)
        free_tonnes = min(free_tonnes, tonnes - used_tonnes)
    return free_seats, free_tonnes


@inner
def caps(p: Flat, w: Workings, r: int, batch: int, place: int, until: float, most: Floats) -> None:
    """How much of each column may go there: what is on the ground in time and has a way on from there."""
    a = w.batch[batch, G_PLACE]
    for k in range(most.shape[1]):
        most[0, k] = 0.0
        way = p.way[r, k]
        if way < 0 or p.togo[way, place] >= p.togo[way, a]:
            continue
        other = w.stock[r]
        while other >= 0:
            if w.batch[other, G_PLACE] == a and w.ready[other] <= until:
                most[0, k] += w.amount[other, k]
            other = w.batch[other, G_NEXT]


@inner
def join(
    p: Flat, w: Workings, out: Listing, r: int, batch: int, row: int, last: int, most: Floats
) -> bool:  # fmt: skip
    """Put what fits on a trip that is there already."""
    trip, new = out.stop_i[row, S_TRIP], out.used[RIDES]
    if new >= len(out.ride):
        w.used[N_ERROR] = 1
        return False
    first_stop = out.trip[trip, T_STOP]
    fleet = p.vehicle[out.trip[trip, T_VEHICLE], V_FLEET]
    last_row = first_stop + last
    seats, tonnes = room(p, out, trip, row - first_stop, last)
    place = out.stop_i[last_row, S_PLACE]
    caps(p, w, r, batch, place, w.ready[batch], most)
    w.used[N_DRAWN] = 0
    take(p, w, fleet, r, most, np.int64(0), w.batch[batch, G_PLACE], seats, tonnes, out.most, new)
    if most_in(out.most, new) <= 0:
        return False
    out.ride[new, Q_NEED] = r
    out.ride[new, Q_FIRST] = row - first_stop
    out.ride[new, Q_LAST] = last
    out.ride[new, Q_NEXT] = -1
    out.ride[new, Q_TRIP] = trip
    out.ride[out.trip[trip, T_TAIL], Q_NEXT] = new
    out.trip[trip, T_TAIL] = new
    out.used[RIDES] = new + 1
    put(p, w, r, out.most, new, place, out.stop_f[last_row, S_GROUND])
    return True


@inner
def patient_caps(
    p: Flat, w: Workings, r: int, batch: int, v: int, place: int, patience: float, most: Floats
) -> None:
    """What a new trip may take: all that is ready before the vehicle's patience ends."""
    a = w.batch[batch, G_PLACE]
    arrive = w.mover[v, M_FREE] + path_hours(p, p.vehicle[v, V_FLEET], w.at[v], a)
    caps(p, w, r, batch, place, max(arrive, w.ready[batch]) + patience, most)


@inner
def send(p: Flat, w: Workings, out: Listing, h: Manner, r: int, until: float, one: Listing) -> None:
    """Send what is left of a requirement and ready by an hour, load by load, each as it is there soonest."""
    unstick(w, r)
    one.ride[0, Q_NEED] = r
    while not w.used[N_ERROR]:
        batch, v, place = next_load(p, w, out, h, r, until, one.most)
        if batch < 0:
            return
        patient_caps(p, w, r, batch, v, place, h.patience_h, one.most)
        one.stop_i[0, S_PLACE] = w.batch[batch, G_PLACE]
        one.stop_i[1, S_PLACE] = place
        if not run(p, w, out, v, one, np.int64(0)):
            w.batch[batch, G_STUCK] = 1


# --- the whole list -------------------------------------------------------------------------------------


@inner
def reset(p: Flat, w: Workings, out: Listing) -> None:
    """Everything as it is before the first trip."""
    out.used[:] = 0
    w.used[:] = 0
    w.cost[0] = 0.0
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
            for k in range(p.need.shape[1]):
                w.amount[new, k] = p.need[r, k]
            w.used[N_BATCH] = new + 1


@inner
def first_waiting(p: Flat, w: Workings, after: float) -> float:
    """When the first load is ready that was not ready by some hour."""
    first = INF
    for r in range(len(p.need)):
        batch = w.stock[r]
        while batch >= 0:
            if after < w.ready[batch] < first and most_in(w.amount, batch) > DUST:
                first = w.ready[batch]
            batch = w.batch[batch, G_NEXT]
    return first


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
    priority: Ints,
    h: Manner,
    one: Listing,
    out: Listing,
    verdict: Verdict,
) -> bool:
    """Turn tokens (a trip's number in `given`, or -1 - requirement to send) into trips; False: more room.

    What they leave is sent at the end in order of priority: first what is ready in the first `step_h`.
    `one` has room for the one trip from stop to stop with which the list scheduler sends the next load.
    """
    reset(p, w, out)
    for token in tokens:
        if token >= 0:
            run(p, w, out, given.trip[token, T_VEHICLE], given, token)
        else:
            send(p, w, out, h, -1 - token, INF, one)
        if w.used[N_ERROR]:
            return False
    hour = first_waiting(p, w, -INF)
    while hour < INF:
        until = hour + h.step_h
        for r in priority:
            send(p, w, out, h, r, until, one)
            if w.used[N_ERROR]:
                return False
        hour = first_waiting(p, w, until)
    judge(p, w, verdict)
    return True
