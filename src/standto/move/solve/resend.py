"""Send what lies on the ground, compiled: the best gap in a vehicle's day, or room on a trip that stands."""

# mypy: disable-error-code="no-any-return"
# Elements of arrays are Any to the type checker; Numba itself infers and checks every type here.

from __future__ import annotations

import numpy as np

from standto.move.network import Floats
from standto.move.problem import LARGEST, TOLERANCE
from standto.move.solve.compiled import Whole, inner, part
from standto.move.solve.edits import (
    INF,
    M_FREE,
    M_MOVED,
    ON_TIME,
    add_ride,
    add_trip,
    begins,
    first_free,
    fleet_of,
    grounds,
    set_f,
    set_i,
    stand,
    touch_need,
    touch_vehicle,
    travel,
    undo,
    unlist_ride,
)
from standto.move.solve.flat import (
    DESTINATION,
    FIRST,
    FREE_H,
    GROUP_0,
    GROUP_1,
    HOUR_COST,
    LOAD_H,
    MODE,
    NET,
    NET_AT,
    NET_SIZE,
    ORIGIN,
    PLACE_AT,
    READY,
    SEATS,
    SIZE,
    STILL,
    TONNES,
    UNLOAD_H,
    V_BASE,
    V_FLEET,
    WHOLE,
    Flat,
)
from standto.move.solve.kernel import path_hours
from standto.move.solve.tables import DUST, FIT
from standto.move.solve.timetable import (
    AMOUNT,
    C_HEAD,
    L_END,
    L_NEXT,
    L_RIDE,
    L_START,
    L_STOP,
    L_TO,
    N_BATCHES,
    N_ERROR,
    N_LOG,
    N_STAMP,
    R_AFTER,
    R_FIRST,
    R_LAST,
    R_NEED,
    R_NEXT,
    R_TRIP,
    TRIP,
    VISIT,
    X_AFTER,
    X_LOADS,
    X_NEXT,
    X_PLACE,
    X_STOP,
    X_TRIP,
    X_UNLOADS,
    Timetable,
)

SCAN = 24
"""Vehicles of one base looked at for a load, beginning anywhere."""
SUPPLY, LOAD = 0, 1
MOST_FAILED = 3
"""Vehicles that may turn out not to be in time for a load before the next is the last one tried."""

# --- chance ---------------------------------------------------------------------------------------------


@inner
def chance(s: Timetable) -> float:
    """A number from 0 to 1: xorshift of 64 bits (Marsaglia 2003)."""
    x = s.seed[0]
    x ^= x << np.uint64(13)
    x ^= x >> np.uint64(7)
    x ^= x << np.uint64(17)
    s.seed[0] = x
    return float(x >> np.uint64(11)) / 9007199254740992.0


@inner
def pick(s: Timetable, count: Whole) -> int:
    """A whole number from 0 up to below `count`."""
    return int(min(count - 1, int(chance(s) * count)))


# --- what lies where ------------------------------------------------------------------------------------


@part
def place_events(p: Flat, s: Timetable, r: Whole, place: Whole) -> Whole:
    """What is supplied and loaded of a requirement at a place, in order of time; how many events."""
    count = 0
    if place == p.need_i[r, ORIGIN] and not p.need_i[r, STILL]:
        s.event_i[0, 0], s.event_i[0, 1] = SUPPLY, -1
        s.event_f[0, 0] = p.need_f[r, READY]
        count = 1
    ride = s.of_need[r]
    while ride >= 0:
        fleet = fleet_of(p, s, s.ride_i[ride, R_TRIP])
        x = s.ride_i[ride, R_LAST]
        if s.visit_i[x, X_PLACE] == place:
            s.event_i[count, 0], s.event_i[count, 1] = SUPPLY, ride
            s.event_f[count, 0] = grounds(p, s, fleet, x) + p.transfer_h[place]
            count += 1
        x = s.ride_i[ride, R_FIRST]
        if s.visit_i[x, X_PLACE] == place:
            s.event_i[count, 0], s.event_i[count, 1] = LOAD, ride
            s.event_f[count, 0] = begins(p, s, fleet, x) + ON_TIME
            count += 1
        ride = s.ride_i[ride, R_AFTER]
    for i in range(1, count):
        kind, which, hour = s.event_i[i, 0], s.event_i[i, 1], s.event_f[i, 0]
        j = i - 1
        while j >= 0 and s.event_f[j, 0] > hour:
            s.event_i[j + 1, 0], s.event_i[j + 1, 1] = s.event_i[j, 0], s.event_i[j, 1]
            s.event_f[j + 1, 0] = s.event_f[j, 0]
            j -= 1
        s.event_i[j + 1, 0], s.event_i[j + 1, 1], s.event_f[j + 1, 0] = kind, which, hour
    return count


@inner
def event_amount(p: Flat, s: Timetable, r: Whole, event: Whole, k: Whole) -> float:
    """By how much an event changes what lies there."""
    ride = s.event_i[event, 1]
    if ride < 0:
        return p.need[r, k]
    return s.amount[ride, k] if s.event_i[event, 0] == SUPPLY else -s.amount[ride, k]


@part
def first_short(p: Flat, s: Timetable, r: Whole, place: Whole) -> int:
    """The trip of the first ride that loads what is not there; -1 if there is none."""
    count = place_events(p, s, r, place)
    for k in range(p.need.shape[1]):
        level = 0.0
        for event in range(count):
            level += event_amount(p, s, r, event, k)
            if level < -TOLERANCE / 2:
                for back in range(event, -1, -1):
                    if s.event_i[back, 0] == LOAD and s.amount[s.event_i[back, 1], k] > 0:
                        return s.ride_i[s.event_i[back, 1], R_TRIP]
    return -1


@part
def enough_at_origin(p: Flat, s: Timetable, r: Whole) -> bool:
    """Whether a requirement's origin has all that is loaded there, if nothing is ever brought back to it."""
    for k in range(p.need.shape[1]):
        rest = p.need[r, k]
        ride = s.of_need[r]
        while ride >= 0:
            if s.visit_i[s.ride_i[ride, R_FIRST], X_PLACE] == p.need_i[r, ORIGIN]:
                rest -= s.amount[ride, k]
            ride = s.ride_i[ride, R_AFTER]
        if rest < -TOLERANCE / 2:
            return False
    return True


@part
def short_trip(p: Flat, s: Timetable, r: Whole) -> int:
    """A trip that loads of a requirement what is no longer brought there; -1 if there is none."""
    ride, seen = s.of_need[r], 0
    if enough_at_origin(p, s, r):
        s.seen[seen] = p.need_i[r, ORIGIN]
        seen += 1
    while ride >= 0:
        place = s.visit_i[s.ride_i[ride, R_FIRST], X_PLACE]
        new = True
        for at in range(seen):
            new = new and s.seen[at] != place
        if new:
            trip = first_short(p, s, r, place)
            if trip >= 0:
                return trip
            s.seen[seen] = place
            seen += 1
        ride = s.ride_i[ride, R_AFTER]
    return -1


@part
def only_origin(p: Flat, s: Timetable, r: Whole, place: Whole) -> bool:
    """Whether nothing of a requirement is brought back to where it began."""
    ride = s.of_need[r]
    while ride >= 0:
        if s.visit_i[s.ride_i[ride, R_LAST], X_PLACE] == place:
            return False
        ride = s.ride_i[ride, R_AFTER]
    return True


@part
def lay_batches(p: Flat, s: Timetable, r: Whole, place: Whole) -> None:
    """Add to the batches what of a requirement lies at a place for nobody, and when it is ready."""
    columns, first = p.need.shape[1], s.tally[N_BATCHES]
    if place == p.need_i[r, ORIGIN] and only_origin(p, s, r, place):
        s.tally[N_BATCHES] = first + 1
        s.batch_i[first, 0] = place
        s.batch_f[first, 0] = p.need_f[r, READY]
        for k in range(columns):
            s.batch_f[first, 1 + k] = p.need[r, k]
        ride = s.of_need[r]
        while ride >= 0:
            if s.visit_i[s.ride_i[ride, R_FIRST], X_PLACE] == place:
                for k in range(columns):
                    s.batch_f[first, 1 + k] -= s.amount[ride, k]
            ride = s.ride_i[ride, R_AFTER]
        for k in range(columns):
            if s.batch_f[first, 1 + k] <= DUST:
                s.batch_f[first, 1 + k] = 0.0
        return
    count = place_events(p, s, r, place)
    for k in range(columns):
        # walk back: what is free at an event is the least that lies there from then on
        level = 0.0
        for event in range(count):
            level += event_amount(p, s, r, event, k)
            s.event_f[event, 1] = level
        for event in range(count - 2, -1, -1):
            s.event_f[event, 1] = min(s.event_f[event, 1], s.event_f[event + 1, 1])
        before, number = 0.0, first
        for event in range(count):
            if s.event_i[event, 0] != SUPPLY:
                before = max(before, s.event_f[event, 1])
                continue
            if k == 0:
                s.batch_i[number, 0] = place
                s.batch_f[number, 0] = s.event_f[event, 0]
                s.tally[N_BATCHES] = number + 1
            free = max(0.0, s.event_f[event, 1] - before)
            before = max(before, s.event_f[event, 1])
            s.batch_f[number, 1 + k] = free if free > DUST else 0.0
            number += 1


@part
def lay_stock(p: Flat, s: Timetable, r: Whole) -> None:
    """All batches of a requirement that lie on the way and have no ride."""
    s.tally[N_BATCHES] = 0
    if p.need_i[r, STILL]:
        return
    lay_batches(p, s, r, p.need_i[r, ORIGIN])
    ride = s.of_need[r]
    while ride >= 0:
        place = s.visit_i[s.ride_i[ride, R_LAST], X_PLACE]
        if place not in (p.need_i[r, ORIGIN], p.need_i[r, DESTINATION]):
            seen = False
            for batch in range(s.tally[N_BATCHES]):
                seen = seen or s.batch_i[batch, 0] == place
            if not seen:
                lay_batches(p, s, r, place)
        ride = s.ride_i[ride, R_AFTER]


@inner
def batch_mass(p: Flat, s: Timetable, batch: Whole) -> float:
    """Tonnes that a batch weighs, people with their kit."""
    mass = s.batch_f[batch, 1] * p.pax_t
    for k in range(2, s.batch_f.shape[1]):
        mass += s.batch_f[batch, k]
    return mass


@inner
def batch_total(s: Timetable, batch: Whole) -> float:
    """People and tonnes in a batch."""
    total = 0.0
    for k in range(1, s.batch_f.shape[1]):
        total += s.batch_f[batch, k]
    return total


# --- where to put it ------------------------------------------------------------------------------------


@inner
def fits_share(p: Flat, s: Timetable, r: Whole, k: Whole, fleet: Whole, batch: Whole) -> float:
    """The part of a batch's column (of the whole of it) that one vehicle of a fleet takes."""
    seats, tonnes = p.fleet_f[fleet, SEATS], p.fleet_f[fleet, TONNES]
    if p.need_i[r, WHOLE]:
        fits = s.batch_f[batch, 1] <= seats and batch_mass(p, s, batch) <= tonnes + FIT
        return 1.0 if fits else 0.0
    held = s.batch_f[batch, 1 + k]
    room = tonnes
    if k == 0:
        room = seats
        if p.pax_t > 0 and tonnes < INF:
            room = min(seats, np.floor((tonnes + FIT) / p.pax_t))
    return min(1.0, room / held)


@part
def find_gap(
    p: Flat, s: Timetable, v: Whole, fleet: Whole, a: Whole, b: Whole, ready: float, latest: float
) -> tuple[int, float]:
    """The trip after which a vehicle could first bring a load from a to b, by travel times; and when."""
    net = p.fleet_i[fleet, NET]
    base, size = p.net[net, NET_AT], p.net[net, NET_SIZE]
    la, lb = p.local[net, a], p.local[net, b]
    load, rest = p.fleet_f[fleet, LOAD_H], p.hours[base + la * size + lb] + p.fleet_f[fleet, UNLOAD_H]
    before, after = -1, s.chain[v, C_HEAD]
    free, at = p.fleet_f[fleet, FREE_H], p.vehicle[v, V_BASE]
    while True:
        far = p.hours[base + p.local[net, at] * size + la]
        done = max(free + far, ready) + load + rest
        if done > latest:
            return -2, INF
        if after < 0:
            return before, done
        if s.trip_f[after, L_START] >= done:
            next_place = s.visit_i[s.trip_i[after, L_STOP], X_PLACE]
            to = p.hours[base + lb * size + p.local[net, next_place]]
            if done + to <= s.trip_f[after, L_START] + ON_TIME:
                return before, done
        before = after
        free, at = s.trip_f[before, L_END], s.trip_i[before, L_TO]
        after = s.trip_i[before, L_NEXT]


@part
def rehearse(
    p: Flat, s: Timetable, v: Whole, before: Whole, a: Whole, b: Whole, ready: float
) -> tuple[float, float]:
    """When a load would be on the ground at b, slots and all, and what the way costs; INF if it cannot be."""
    fleet = p.vehicle[v, V_FLEET]
    mode = p.fleet_i[fleet, MODE]
    after = s.chain[v, C_HEAD] if before < 0 else s.trip_i[before, L_NEXT]
    at = stand(p, s, v, before)
    moved = s.mover[M_MOVED]
    _, arrive, _, _ = travel(p, s, fleet, at, a, -1, -1)
    load, unload = p.fleet_f[fleet, LOAD_H], p.fleet_f[fleet, UNLOAD_H]
    start = first_free(p, s, a * p.modes + mode, max(arrive, ready), load)
    s.mover[M_FREE] = start + load
    _, arrive, _, _ = travel(p, s, fleet, a, b, -1, -1)
    ground = first_free(p, s, b * p.modes + mode, arrive, unload) + unload
    cost = (s.mover[M_MOVED] - moved) * p.fleet_f[fleet, HOUR_COST]
    if ground > LARGEST:
        return INF, cost
    if after >= 0:
        stop = s.trip_i[after, L_STOP]
        place = s.visit_i[stop, X_PLACE]
        cost -= path_hours(p, fleet, at, place) * p.fleet_f[fleet, HOUR_COST]
        cost += path_hours(p, fleet, b, place) * p.fleet_f[fleet, HOUR_COST]
        s.mover[M_FREE] = ground
        _, arrive, _, _ = travel(p, s, fleet, b, place, -1, -1)
        if arrive > s.trip_f[after, L_START] + ON_TIME:
            return INF, cost
    return ground, cost


@part
def choose_gap(
    p: Flat, s: Timetable, r: Whole, k: Whole, batch: Whole, aim: float, habits: Floats, stamp: Whole
) -> tuple[int, int, int, float]:
    """The vehicle, the trip to follow and the place to bring a batch to; -1 if there is none; and its key.

    `habits`: width of chance in hours, share of vehicles passed over, thrift, share of chance hand-overs.
    """
    way, a, ready = p.way[r, k], s.batch_i[batch, 0], s.batch_f[batch, 0]
    destination = p.need_i[r, DESTINATION]
    best_v, best_before, best_place, best_key, best_cost = -1, -1, -1, INF, INF
    best_share = 0.0
    for fleet in range(len(p.fleet_i)):
        if p.may[way, fleet]:
            best_share = max(best_share, fits_share(p, s, r, k, fleet, batch))
    for fleet in range(len(p.fleet_i)):
        mode, net = p.fleet_i[fleet, MODE], p.fleet_i[fleet, NET]
        if not p.may[way, fleet] or p.slots[a * p.modes + mode] == 0 or p.local[net, a] < 0:
            continue
        share = fits_share(p, s, r, k, fleet, batch)
        if share <= 0:
            continue
        for turn in range(3):
            place = destination
            if turn > 0:
                place = hand_over(p, s, r, fleet, way, a, turn == 2, habits)
            if place < 0 or p.slots[place * p.modes + mode] == 0 or path_hours(p, fleet, a, place) == INF:
                continue
            more = habits[0] * chance(s)
            spot = place * p.modes + mode
            more += habits[2] * s.pressure[spot] * p.fleet_f[fleet, UNLOAD_H] * (best_share / share - 1)
            spot = a * p.modes + mode
            more += habits[2] * s.pressure[spot] * p.fleet_f[fleet, LOAD_H] * (best_share / share - 1)
            if place != destination:
                more += p.transfer_h[place] + p.togo[way, place]
            soon = slots_from(p, s, fleet, a, place, ready)
            v, before, _ = nearest_gap(p, s, fleet, a, place, soon, best_key - more, habits, stamp)
            if v < 0:
                continue
            ground, cost = rehearse(p, s, v, before, a, place, ready)
            if ground == INF:
                continue
            cost = cost * best_share / share
            key = max(ground + more, aim)
            if key < best_key - DUST or (key <= best_key + DUST and cost < best_cost - DUST):
                best_v, best_before, best_place, best_key, best_cost = v, before, place, key, cost
    return best_v, best_before, best_place, best_key


@part
def slots_from(p: Flat, s: Timetable, fleet: Whole, a: Whole, b: Whole, ready: float) -> float:
    """The hour from which slots let a load leave a place and be unloaded at the other without a wait."""
    mode = p.fleet_i[fleet, MODE]
    load, hours = p.fleet_f[fleet, LOAD_H], path_hours(p, fleet, a, b)
    start = first_free(p, s, a * p.modes + mode, ready, load)
    there = start + load + hours
    turn = first_free(p, s, b * p.modes + mode, there, p.fleet_f[fleet, UNLOAD_H])
    if turn > there + DUST:
        later = first_free(p, s, a * p.modes + mode, start + turn - there, load)
        if later + load + hours <= turn + DUST:
            return later
    return start


@part
def nearest_gap(
    p: Flat, s: Timetable, fleet: Whole, a: Whole, b: Whole, ready: float, latest: float, habits: Floats,
    stamp: Whole,
) -> tuple[int, int, float]:  # fmt: skip
    """The vehicle of a fleet that could bring a load there first, the trip to follow, and when.

    Of several that are in time, the one whose time this takes least: that comes from near, just in time.
    """
    best_v, best_before, best_h = -1, -1, latest + DUST
    net = p.fleet_i[fleet, NET]
    from_a = p.net[net, NET_AT] + p.local[net, a]
    size = p.net[net, NET_SIZE]
    best_waste = INF
    for group in range(p.fleet_i[fleet, GROUP_0], p.fleet_i[fleet, GROUP_1]):
        first, count = p.group[group, FIRST], p.group[group, SIZE]
        if count == 0:
            continue
        base = p.local[net, p.vehicle[first, V_BASE]]
        if base < 0 or p.hours[from_a + base * size] == INF:
            continue
        start = pick(s, count) if count > SCAN else 0
        idle = False
        for number in range(min(count, SCAN)):
            v = first + (start + number) % count
            if s.chain[v, C_HEAD] < 0:
                if idle:
                    continue
                idle = True
            if s.banned[v] == stamp or (habits[1] > 0 and chance(s) < habits[1]):
                continue
            before, done = find_gap(p, s, v, fleet, a, b, ready, best_h + DUST)
            if before == -2:
                continue
            at = p.vehicle[v, V_BASE] if before < 0 else s.trip_i[before, L_TO]
            free = p.fleet_f[fleet, FREE_H] if before < 0 else s.trip_f[before, L_END]
            waste = done - free + p.hours[from_a + p.local[net, at] * size]
            if done < best_h - DUST or waste < best_waste - DUST:
                best_v, best_before, best_h, best_waste = v, before, done, waste
    return best_v, best_before, best_h


@part
def hand_over(
    p: Flat, s: Timetable, r: Whole, fleet: Whole, way: Whole, a: Whole, by_chance: bool, habits: Floats
) -> int:
    """A place to hand over at, nearer to the destination: the best by hours still to go, or any."""
    net = p.fleet_i[fleet, NET]
    count, destination = p.net[net, NET_SIZE], p.need_i[r, DESTINATION]
    if by_chance:
        if chance(s) >= habits[3]:
            return -1
        b = p.places[p.net[net, PLACE_AT] + pick(s, count)]
        good = b not in (a, destination) and p.togo[way, b] < p.togo[way, a]
        return b if good else -1
    best, best_h = -1, INF
    for local in range(count):
        b = p.places[p.net[net, PLACE_AT] + local]
        togo = p.togo[way, b]
        if b in (a, destination) or togo >= p.togo[way, a]:
            continue
        if p.slots[b * p.modes + p.fleet_i[fleet, MODE]] == 0:
            continue
        hour = path_hours(p, fleet, a, b) + p.transfer_h[b] + togo
        if habits[0] > 0:
            hour += habits[0] * chance(s)
        if hour < best_h - DUST:
            best, best_h = b, hour
    if best_h >= path_hours(p, fleet, a, destination) + habits[0]:
        return -1
    return best


# --- putting it there -----------------------------------------------------------------------------------


@part
def fill(
    p: Flat, s: Timetable, ride: Whole, r: Whole, fleet: Whole, a: Whole, b: Whole, until: float,
    seats: float, tonnes: float,
) -> float:  # fmt: skip
    """Load what fits of a requirement's batches that are ready by an hour; how much that is."""
    columns, total = p.need.shape[1], 0.0
    for k in range(columns):
        s.amount[ride, k] = 0.0
    if p.need_i[r, WHOLE]:
        for batch in range(s.tally[N_BATCHES]):
            if s.batch_i[batch, 0] != a or s.batch_f[batch, 0] > until + ON_TIME or total > 0:
                continue
            fits = s.batch_f[batch, 1] <= seats and batch_mass(p, s, batch) <= tonnes + FIT
            if fits and batch_total(s, batch) > DUST:
                for k in range(columns):
                    s.amount[ride, k] = s.batch_f[batch, 1 + k]
                    total += s.amount[ride, k]
                    s.batch_f[batch, 1 + k] = 0.0
        return total
    for rank in range(columns):
        k = p.order[r, rank]
        way = p.way[r, k]
        if way < 0 or not p.may[way, fleet] or p.togo[way, b] >= p.togo[way, a]:
            continue
        room = tonnes
        if k == 0:
            room = seats
            if p.pax_t > 0 and tonnes < INF:
                room = min(seats, np.floor((tonnes + FIT) / p.pax_t))
        for batch in range(s.tally[N_BATCHES]):
            held = s.batch_f[batch, 1 + k]
            if s.batch_i[batch, 0] != a or s.batch_f[batch, 0] > until + ON_TIME or held <= 0 or room <= DUST:
                continue
            amount = held if held <= room + DUST else room
            s.batch_f[batch, 1 + k] = max(0.0, held - amount)
            room -= amount
            s.amount[ride, k] += amount
            total += amount
        if k == 0:
            seats -= s.amount[ride, 0]
            tonnes -= s.amount[ride, 0] * p.pax_t
        else:
            tonnes -= s.amount[ride, k]
    return total


@part
def send(
    p: Flat, s: Timetable, r: Whole, k: Whole, v: Whole, before: Whole, b: Whole, batch: Whole,
    patience: float, stamp: Whole,
) -> bool:  # fmt: skip
    """A new trip with what it can take of a batch and the others there; taken back if it cannot be.

    With patience it waits for what is ready soon after, unless the batch alone fills it.
    """
    mark, fleet = s.tally[N_LOG], p.vehicle[v, V_FLEET]
    a, ready = s.batch_i[batch, 0], s.batch_f[batch, 0]
    if patience > 0 and fits_share(p, s, r, k, fleet, batch) >= 1:
        for other in range(s.tally[N_BATCHES]):
            soon = s.batch_f[other, 0] <= s.batch_f[batch, 0] + patience
            if soon and s.batch_i[other, 0] == a and batch_total(s, other) > DUST:
                ready = max(ready, s.batch_f[other, 0])
    trip = add_trip(p, s, v, before, a, b, ready)
    if trip < 0 and ready > s.batch_f[batch, 0] and s.tally[N_ERROR] == 0:
        undo(s, mark)
        trip = add_trip(p, s, v, before, a, b, s.batch_f[batch, 0])
    if trip < 0 or s.tally[N_ERROR]:
        if s.tally[N_ERROR] == 0:
            undo(s, mark)
        return False
    first = s.trip_i[trip, L_STOP]
    last = first
    while s.visit_i[last, X_NEXT] >= 0:
        last = s.visit_i[last, X_NEXT]
    ride = add_ride(s, trip, r, first, last)
    if ride < 0:
        return False
    until = begins(p, s, fleet, first)
    seats, tonnes = p.fleet_f[fleet, SEATS], p.fleet_f[fleet, TONNES]
    if fill(p, s, ride, r, fleet, a, b, until, seats, tonnes) <= DUST:
        undo(s, mark)
        return False
    touch_vehicle(s, v, stamp)
    touch_need(s, r, stamp)
    if b != p.need_i[r, DESTINATION]:
        lay_stock(p, s, r)
    return True


@part
def room_aboard(p: Flat, s: Timetable, trip: Whole, first: Whole, last: Whole) -> tuple[float, float]:
    """Seats and tonnes free on every leg between two stops of a trip."""
    fleet = fleet_of(p, s, trip)
    seats, tonnes = p.fleet_f[fleet, SEATS], p.fleet_f[fleet, TONNES]
    free_seats, free_tonnes = seats, tonnes
    for leg in range(first, last):
        used_seats, used_tonnes = 0.0, 0.0
        ride = s.trip_i[trip, L_RIDE]
        while ride >= 0:
            from_stop = s.visit_i[s.ride_i[ride, R_FIRST], X_STOP]
            if from_stop <= leg < s.visit_i[s.ride_i[ride, R_LAST], X_STOP]:
                used_seats += s.amount[ride, 0]
                used_tonnes += s.amount[ride, 0] * p.pax_t
                for k in range(1, p.need.shape[1]):
                    used_tonnes += s.amount[ride, k]
            ride = s.ride_i[ride, R_NEXT]
        free_seats = min(free_seats, seats - used_seats)
        free_tonnes = min(free_tonnes, tonnes - used_tonnes)
    return free_seats, free_tonnes


@part
def more_of(p: Flat, s: Timetable, trip: Whole, ride: Whole, newest: Whole) -> None:
    """Make one ride of two of a trip that are alike; the newest stands first in all lists."""
    for k in range(p.need.shape[1]):
        set_f(s, AMOUNT, s.amount, ride, k, s.amount[ride, k] + s.amount[newest, k])
    set_i(s, TRIP, s.trip_i, trip, L_RIDE, s.ride_i[newest, R_NEXT])
    first, last = s.ride_i[newest, R_FIRST], s.ride_i[newest, R_LAST]
    set_i(s, VISIT, s.visit_i, first, X_LOADS, s.visit_i[first, X_LOADS] - 1)
    set_i(s, VISIT, s.visit_i, last, X_UNLOADS, s.visit_i[last, X_UNLOADS] - 1)
    unlist_ride(s, newest)


@part
def join_trip(p: Flat, s: Timetable, r: Whole, k: Whole, batch: Whole, latest: float, stamp: Whole) -> bool:
    """Put what fits of a batch on a trip that goes there anyway, if it arrives as soon as it must."""
    way, a, ready = p.way[r, k], s.batch_i[batch, 0], s.batch_f[batch, 0]
    best_first, best_last, best_h = -1, -1, latest + DUST
    x = s.of_place[a]
    while x >= 0:
        trip = s.visit_i[x, X_TRIP]
        if s.visit_i[x, X_LOADS] > 0:
            fleet = fleet_of(p, s, trip)
            if (
                p.may[way, fleet]
                and s.trip_f[trip, L_END] > ready
                and begins(p, s, fleet, x) + ON_TIME >= ready
            ):
                y = s.visit_i[x, X_NEXT]
                while y >= 0:
                    b = s.visit_i[y, X_PLACE]
                    if s.visit_i[y, X_UNLOADS] > 0 and p.togo[way, b] < p.togo[way, a]:
                        finish = grounds(p, s, fleet, y) + p.togo[way, b]
                        finish += 0.0 if b == p.need_i[r, DESTINATION] else p.transfer_h[b]
                        if finish < best_h - DUST:
                            seats, tonnes = room_aboard(
                                p, s, trip, s.visit_i[x, X_STOP], s.visit_i[y, X_STOP]
                            )
                            if p.need_i[r, WHOLE]:
                                fits = s.batch_f[batch, 1] <= seats
                                fits = fits and batch_mass(p, s, batch) <= tonnes + FIT
                            elif k == 0:
                                fits = seats >= 1 and tonnes + FIT >= p.pax_t
                            else:
                                fits = tonnes > TOLERANCE
                            if fits:
                                best_first, best_last, best_h = x, y, finish
                    y = s.visit_i[y, X_NEXT]
        x = s.visit_i[x, X_AFTER]
    if best_first < 0:
        return False
    trip = s.visit_i[best_first, X_TRIP]
    fleet = fleet_of(p, s, trip)
    seats, tonnes = room_aboard(p, s, trip, s.visit_i[best_first, X_STOP], s.visit_i[best_last, X_STOP])
    mark = s.tally[N_LOG]
    ride = add_ride(s, trip, r, best_first, best_last)
    if ride < 0:
        return False
    b = s.visit_i[best_last, X_PLACE]
    if fill(p, s, ride, r, fleet, a, b, begins(p, s, fleet, best_first), seats, tonnes) <= DUST:
        undo(s, mark)
        return False
    touch_need(s, r, stamp)
    other = s.ride_i[ride, R_NEXT]
    while other >= 0:
        same = s.ride_i[other, R_FIRST] == best_first and s.ride_i[other, R_LAST] == best_last
        if same and s.ride_i[other, R_NEED] == r:
            more_of(p, s, trip, other, ride)
            break
        other = s.ride_i[other, R_NEXT]
    if b != p.need_i[r, DESTINATION]:
        lay_stock(p, s, r)
    return True


@part
def next_batch(p: Flat, s: Timetable, r: Whole) -> tuple[int, int]:
    """The first batch with something that has a way on, and its column; -1 if there is none."""
    best, best_k, best_h = -1, -1, INF
    for batch in range(s.tally[N_BATCHES]):
        if s.batch_f[batch, 0] >= best_h:
            continue
        for rank in range(p.need.shape[1]):
            k = p.order[r, rank]
            way = p.way[r, k]
            if s.batch_f[batch, 1 + k] > DUST and way >= 0 and p.togo[way, s.batch_i[batch, 0]] < INF:
                best, best_k, best_h = batch, k, s.batch_f[batch, 0]
                break
    return best, best_k


@part
def send_all(
    p: Flat, s: Timetable, r: Whole, aim: float, habits: Floats, patience: float, joins: bool, stamp: Whole
) -> bool:
    """Send whatever lies of a requirement, to its destination; False if something cannot go on.

    What was delivered before must be again, so that is given up at the first load that cannot go.
    """
    failed, all_sent = 0, True
    s.tally[N_STAMP] += 1
    lay_stock(p, s, r)
    while s.tally[N_ERROR] == 0:
        batch, k = next_batch(p, s, r)
        if batch < 0:
            return all_sent
        v, before, place, key = choose_gap(p, s, r, k, batch, aim, habits, s.tally[N_STAMP])
        if joins and join_trip(p, s, r, k, batch, max(key, aim) if key < INF else LARGEST, stamp):
            continue
        if v >= 0 and send(p, s, r, k, v, before, place, batch, patience, stamp):
            failed = 0
            s.tally[N_STAMP] += 1
        elif v >= 0 and failed < MOST_FAILED:
            s.banned[v] = s.tally[N_STAMP]
            failed += 1
        elif s.close_h[r] < INF:
            return False
        else:
            for column in range(p.need.shape[1]):
                if column == k or p.need_i[r, WHOLE]:
                    s.batch_f[batch, 1 + column] = 0.0
            failed, all_sent = 0, False
    return False
