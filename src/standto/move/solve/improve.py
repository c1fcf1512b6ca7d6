"""Improve a timetable, compiled: ruin a few related trips, recreate what they carried, keep what pays.

Ruin and recreate (Schrimpf et al. 2000) in the manner of slack induction (Christiaens and Vanden Berghe
2020): what is taken out is near in place and time, or follows each other on one vehicle; what is put back
goes first where chance lets it. All other trips stand, so a change costs what it touches.
"""

# mypy: disable-error-code="no-any-return"
# Elements of arrays are Any to the type checker; Numba itself infers and checks every type here.

from __future__ import annotations

import numpy as np

from standto.move.network import Floats, Ints
from standto.move.problem import TOLERANCE
from standto.move.solve.compiled import Whole, inner, outer, part
from standto.move.solve.edits import (
    INF,
    NEVER,
    ON_TIME,
    add_ride,
    begins,
    book_slot,
    change_slots,
    close_need,
    first_free,
    fleet_of,
    grounds,
    keep,
    link_trip,
    new_node,
    new_visit,
    remove_trip,
    set_hours,
    sum_vehicle,
    touch_need,
    undo,
)
from standto.move.solve.flat import (
    BANK,
    BOTH,
    DESTINATION,
    DUE,
    FREE_H,
    HARD,
    KM_COST,
    LEG_TO,
    LOAD_H,
    MODE,
    N_ARRIVE,
    N_END,
    N_LEFT,
    N_PLACE,
    N_START,
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
    SERVICE_H,
    STOPS,
    T_HEAD,
    T_STOP,
    T_STOPS,
    T_TAIL,
    T_VEHICLE,
    TRIPS,
    UNLOAD_H,
    USE,
    V_BASE,
    V_FLEET,
    VISITS,
    WEIGHT,
    Flat,
    Listing,
)
from standto.move.solve.kernel import use_departure
from standto.move.solve.resend import chance, pick, send_all, short_trip
from standto.move.solve.tables import DUST
from standto.move.solve.timetable import (
    C_HEAD,
    C_TAIL,
    K_AT,
    K_ROOM,
    K_STEPS,
    L_END,
    L_HEAD,
    L_NEXT,
    L_RIDE,
    L_START,
    L_STOP,
    L_TO,
    L_VEHICLE,
    N_ERROR,
    N_MOVE,
    N_OUT,
    N_STEPS,
    N_TOUCHED,
    N_TOUCHED_V,
    R_AFTER,
    R_FIRST,
    R_LAST,
    R_NEED,
    R_NEXT,
    R_TRIP,
    TRIP,
    V_COST,
    V_MOVED,
    X_AFTER,
    X_ARRIVE,
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

MOST_OUT = 90
"""Trips that one change may take out."""
TRY_AGAIN = 0.25
"""Share of moves that try what is not delivered, as long as there is something."""

# --- in and out -----------------------------------------------------------------------------------------


@part
def clear_slots(s: Timetable) -> None:
    """All slots free."""
    for spot in range(len(s.book)):
        s.book[spot, K_AT] = 8 * spot
        s.book[spot, K_ROOM] = 8
        s.book[spot, K_STEPS] = 1
        s.step_h[8 * spot] = NEVER
        s.step_n[8 * spot] = 0
    s.tally[N_STEPS] = 8 * len(s.book)


@part
def leg_option(p: Flat, fleet: Whole, a: Whole, b: Whole, hours: float) -> int:
    """The leg from a place to the next that takes so many hours; -1 if there is none.

    Where two paths are as quick, the leg may be the first of a path to elsewhere and yet not of one to there.
    """
    net = p.fleet_i[fleet, NET]
    size, there = p.net[net, NET_SIZE], p.local[net, b]
    row = p.net[net, NET_AT] + p.local[net, a] * size
    for turn in range(size):
        leg = p.leg_of[row + (there + turn) % size]
        if leg < 0 or p.leg[leg, LEG_TO] != b:
            continue
        for option in range(p.leg[leg, OPTION_0], p.leg[leg + 1, OPTION_0]):
            if abs(p.option_f[option, OPTION_H] - hours) <= ON_TIME:
                return option
    return -1


@outer
def fill_table(p: Flat, given: Listing, s: Timetable) -> bool:
    """Set the trips of a decoded list, with the hours they have there; False if there is no room."""
    clear_slots(s)
    visit = 0
    for number in range(given.used[TRIPS]):
        trip = new_node(s, 0, s.spare_trip)
        if trip < 0:
            return False
        v = given.trip[number, T_VEHICLE]
        fleet = p.vehicle[v, V_FLEET]
        mode = p.fleet_i[fleet, MODE]
        before = s.chain[v, C_TAIL]
        at = p.vehicle[v, V_BASE] if before < 0 else s.trip_i[before, L_TO]
        s.trip_i[trip, L_VEHICLE] = v
        s.trip_i[trip, L_RIDE] = -1
        s.trip_i[trip, L_HEAD] = -1
        link_trip(s, v, before, trip)
        last = -1
        while visit < given.used[VISITS] and given.visit_i[visit, N_TRIP] == number:
            place, stop = given.visit_i[visit, N_PLACE], given.visit_i[visit, N_STOP]
            left, arrive = given.visit_f[visit, N_LEFT], given.visit_f[visit, N_ARRIVE]
            start, end = given.visit_f[visit, N_START], given.visit_f[visit, N_END]
            cost = 0.0
            if at != place:
                cost = leg_cost(p, fleet, at, place, arrive - left)
            last = new_visit(s, trip, last, place, stop)
            if last < 0:
                return False
            set_hours(s, last, left, arrive, start, end, cost)
            book_slot(p, s, place * p.modes + mode, start, end, 1)
            if stop == 0:
                s.trip_i[trip, L_STOP] = last
                s.trip_f[trip, L_START] = start
            s.trip_f[trip, L_END] = end
            at = place
            visit += 1
        s.trip_i[trip, L_TO] = at
        ride = given.trip[number, T_HEAD]
        while ride >= 0:
            first, final = -1, -1
            x = s.trip_i[trip, L_HEAD]
            while x >= 0:
                if s.visit_i[x, X_STOP] == given.ride[ride, Q_FIRST]:
                    first = x
                if s.visit_i[x, X_STOP] == given.ride[ride, Q_LAST]:
                    final = x
                x = s.visit_i[x, X_NEXT]
            new = add_ride(s, trip, given.ride[ride, Q_NEED], first, final)
            if new < 0:
                return False
            for k in range(p.need.shape[1]):
                s.amount[new, k] = given.most[ride, k]
            ride = given.ride[ride, Q_NEXT]
        if s.tally[N_ERROR]:
            return False
        keep(s)
    for v in range(len(s.chain)):
        sum_vehicle(s, v)
    for r in range(len(s.of_need)):
        close_need(p, s, r)
    judge_table(p, s)
    return True


@part
def leg_cost(p: Flat, fleet: Whole, a: Whole, b: Whole, hours: float) -> float:
    """What a leg costs."""
    option = leg_option(p, fleet, a, b, hours)
    return p.option_f[option, OPTION_KM] * p.fleet_f[fleet, KM_COST] if option >= 0 else 0.0


@outer
def empty_table(p: Flat, s: Timetable, order: Ints, out: Listing) -> None:
    """Write the trips, in the order given, as a list."""
    for kind in range(4):
        out.used[kind] = 0
    for number in range(len(order)):
        trip = order[number]
        fleet = fleet_of(p, s, trip)
        both = p.fleet_i[fleet, BOTH]
        first_stop, first_ride = out.used[STOPS], out.used[RIDES]
        x = s.trip_i[trip, L_HEAD]
        while x >= 0:
            row = out.used[VISITS]
            out.visit_i[row, N_VEHICLE] = s.trip_i[trip, L_VEHICLE]
            out.visit_i[row, N_PLACE] = s.visit_i[x, X_PLACE]
            out.visit_i[row, N_TRIP] = number
            out.visit_i[row, N_STOP] = s.visit_i[x, X_STOP]
            out.visit_f[row, N_LEFT] = s.visit_f[x, X_LEFT]
            out.visit_f[row, N_ARRIVE] = s.visit_f[x, X_ARRIVE]
            out.visit_f[row, N_START] = s.visit_f[x, X_START]
            out.visit_f[row, N_END] = s.visit_f[x, X_END]
            out.used[VISITS] = row + 1
            if s.visit_i[x, X_STOP] >= 0:
                row = out.used[STOPS]
                loads, unloads = s.visit_i[x, X_LOADS] > 0, s.visit_i[x, X_UNLOADS] > 0
                unload = p.fleet_f[fleet, UNLOAD_H] if unloads else 0.0
                out.stop_i[row, S_PLACE] = s.visit_i[x, X_PLACE]
                out.stop_i[row, S_LOADS] = 1 if loads else 0
                out.stop_i[row, S_UNLOADS] = 1 if unloads else 0
                out.stop_i[row, S_TRIP] = number
                out.stop_i[row, S_NEXT] = -1
                out.stop_f[row, S_HOLD] = NEVER
                out.stop_f[row, S_BEGIN] = s.visit_f[x, X_START] + (0.0 if both else unload)
                out.stop_f[row, S_GROUND] = s.visit_f[x, X_END] if both else s.visit_f[x, X_START] + unload
                out.used[STOPS] = row + 1
            x = s.visit_i[x, X_NEXT]
        ride = s.trip_i[trip, L_RIDE]
        while ride >= 0:
            row = out.used[RIDES]
            out.ride[row, Q_NEED] = s.ride_i[ride, R_NEED]
            out.ride[row, Q_FIRST] = s.visit_i[s.ride_i[ride, R_FIRST], X_STOP]
            out.ride[row, Q_LAST] = s.visit_i[s.ride_i[ride, R_LAST], X_STOP]
            out.ride[row, Q_NEXT] = row + 1
            out.ride[row, Q_TRIP] = number
            for k in range(p.need.shape[1]):
                out.most[row, k] = s.amount[ride, k]
            out.used[RIDES] = row + 1
            ride = s.ride_i[ride, R_NEXT]
        out.ride[out.used[RIDES] - 1, Q_NEXT] = -1
        out.trip[number, T_VEHICLE] = s.trip_i[trip, L_VEHICLE]
        out.trip[number, T_STOP] = first_stop
        out.trip[number, T_STOPS] = out.used[STOPS] - first_stop
        out.trip[number, T_HEAD] = first_ride
        out.trip[number, T_TAIL] = out.used[RIDES] - 1
    out.used[TRIPS] = len(order)


# --- what it comes to -----------------------------------------------------------------------------------


@part
def judge_table(p: Flat, s: Timetable) -> None:
    """Undelivered, missed, weighted lateness, cost, moving hours, closure."""
    undelivered, missed, lateness, closure = 0.0, 0.0, 0.0, NEVER
    for r in range(len(p.need)):
        hour = s.close_h[r]
        if hour == INF:
            for k in range(p.need.shape[1]):
                undelivered += s.rest[r, k] * p.need_f[r, WEIGHT]
        else:
            lateness += p.need_f[r, WEIGHT] * max(0.0, hour - p.need_f[r, DUE])
            closure = max(closure, hour)
        if p.need_f[r, HARD] < INF and hour > p.need_f[r, HARD] + TOLERANCE:
            missed += p.need_f[r, WEIGHT]
    moved, cost = 0.0, 0.0
    for v in range(len(s.sums)):
        moved += s.sums[v, V_MOVED]
        cost += s.sums[v, V_COST]
    s.score[0] = undelivered
    s.score[1] = missed
    s.score[2] = lateness
    s.score[3] = cost
    s.score[4] = moved
    s.score[5] = closure


@part
def beyond(p: Flat, s: Timetable, target: float) -> float:
    """Hours by which requirements close after a target, summed."""
    total = 0.0
    for r in range(len(p.need)):
        if s.close_h[r] < INF:
            total += max(0.0, s.close_h[r] - target)
    return total


@part
def aims(p: Flat, s: Timetable, target: float, wanted: Floats) -> None:
    """What the search makes small, in order; with a finite target closure is the goal."""
    judge_table(p, s)
    wanted[0] = s.score[0]
    wanted[1] = s.score[1]
    if target < INF:
        wanted[2] = beyond(p, s, target)
        wanted[3] = s.score[2]
        wanted[4] = s.score[3]
    else:
        wanted[2] = s.score[2]
        wanted[3] = s.score[3]
        wanted[4] = s.score[4]


@inner
def is_less(new: Floats, old: Floats, count: Whole) -> bool:
    """Whether a score is smaller in order, rounding left aside."""
    for at in range(count):
        if abs(new[at] - old[at]) > 1e-7 * max(1.0, abs(old[at])):
            return new[at] < old[at]
    return False


@part
def good_enough(s: Timetable, new: Floats, old: Floats, heat: float) -> bool:
    """Whether to go on from there: better, the same, or by chance not much worse."""
    for at in range(5):
        if abs(new[at] - old[at]) > 1e-7 * max(1.0, abs(old[at])):
            if new[at] < old[at]:
                return True
            if heat <= 0:
                return False
            worse = (new[at] - old[at]) / max(1.0, abs(old[at]))
            if at < 2:
                worse *= 10
            return chance(s) < np.exp(-worse / heat)
    return True


@part
def true_score(s: Timetable, closure: bool, into: Floats) -> None:
    """The score in the goal's own order."""
    into[0] = s.score[0]
    into[1] = s.score[1]
    if closure:
        into[2] = s.score[5]
        into[3], into[4], into[5] = s.score[2], s.score[3], s.score[4]
    else:
        into[2], into[3], into[4], into[5] = s.score[2], s.score[3], s.score[4], s.score[5]


# --- ruin -----------------------------------------------------------------------------------------------


@part
def any_trip(s: Timetable) -> int:
    """Any trip; -1 if none is found. Of the nodes ever used: how much room there is must not matter."""
    used = len(s.trip_i) - s.lowest[TRIP]
    for _ in range(64):
        trip = pick(s, used)
        if s.trip_i[trip, L_VEHICLE] >= 0:
            return trip
    for trip in range(used):
        if s.trip_i[trip, L_VEHICLE] >= 0:
            return trip
    return -1


@part
def late_trip(p: Flat, s: Timetable, target: float) -> int:
    """A trip of a requirement that is late, by a tournament: its last to arrive, or any of its trips."""
    best, worst = -1, NEVER
    for _ in range(4):
        r = pick(s, len(p.need))
        late = (
            s.close_h[r] - target if target < INF else p.need_f[r, WEIGHT] * (s.close_h[r] - p.need_f[r, DUE])
        )
        if s.close_h[r] < INF and s.of_need[r] >= 0 and late > worst:
            best, worst = r, late
    if best < 0:
        return any_trip(s)
    count, ride = 0, s.of_need[best]
    last, last_h = -1, NEVER
    while ride >= 0:
        hour = grounds(p, s, fleet_of(p, s, s.ride_i[ride, R_TRIP]), s.ride_i[ride, R_LAST])
        if hour > last_h:
            last, last_h = ride, hour
        count += 1
        ride = s.ride_i[ride, R_AFTER]
    if chance(s) < 0.5:
        return s.ride_i[last, R_TRIP]
    ride = s.of_need[best]
    for _ in range(pick(s, count)):
        ride = s.ride_i[ride, R_AFTER]
    return s.ride_i[ride, R_TRIP]


@inner
def take_out(s: Timetable, trip: Whole, most: Whole) -> None:
    """Put a trip on the list of those to take out, once."""
    count = s.tally[N_OUT]
    if count >= most:
        return
    for at in range(count):
        if s.out[at] == trip:
            return
    s.out[count] = trip
    s.tally[N_OUT] = count + 1


@part
def near_stop(p: Flat, s: Timetable, x: Whole, hours: float, share: float, most: Whole) -> None:
    """Take out trips that work at the same place, by the same mode, at about the same time."""
    place, hour = s.visit_i[x, X_PLACE], s.visit_f[x, X_START]
    mode = p.fleet_i[fleet_of(p, s, s.visit_i[x, X_TRIP]), MODE]
    y = s.of_place[place]
    while y >= 0:
        trip = s.visit_i[y, X_TRIP]
        near = abs(s.visit_f[y, X_START] - hour) <= hours
        if near and p.fleet_i[fleet_of(p, s, trip), MODE] == mode and chance(s) < share:
            take_out(s, trip, most)
        y = s.visit_i[y, X_AFTER]


@part
def of_need(s: Timetable, r: Whole, share: float, most: Whole) -> None:
    """Take out trips that carry a requirement."""
    ride = s.of_need[r]
    while ride >= 0:
        if chance(s) < share:
            take_out(s, s.ride_i[ride, R_TRIP], most)
        ride = s.ride_i[ride, R_AFTER]


@part
def choose_ruin(p: Flat, s: Timetable, target: float, is_short: bool, stamp: Whole) -> None:
    """List related trips to take out, or those that could give way to what is not delivered yet."""
    s.tally[N_OUT] = 0
    r = undelivered_need(p, s) if is_short and chance(s) < TRY_AGAIN else -1
    if r >= 0:
        touch_need(s, r, stamp)
        most = pick(s, 8)
        for _ in range(8 * most):
            give_way(p, s, r, any_trip(s), most)
        return
    seed = late_trip(p, s, target) if chance(s) < 0.6 else any_trip(s)
    if seed < 0:
        return
    most = 1 + pick(s, 4)
    if chance(s) < 0.4:
        most = 2 + pick(s, 14)
    take_out(s, seed, most)
    r = s.ride_i[s.trip_i[seed, L_RIDE], R_NEED]
    way = chance(s)
    if way < 0.25:
        x = s.trip_i[seed, L_STOP]
        if chance(s) < 0.65:
            while s.visit_i[x, X_NEXT] >= 0:
                x = s.visit_i[x, X_NEXT]
        near_stop(p, s, x, 2.0 + 22.0 * chance(s) ** 2, 0.3 + 0.7 * chance(s), most)
    elif way < 0.4:
        after(s, seed, most)
        if chance(s) < 0.5:
            after(s, any_trip(s), 2 * most)
    elif way < 0.55:
        of_need(s, r, 0.3 + 0.7 * chance(s), most)
        if chance(s) < 0.5:
            near_stop(p, s, s.ride_i[s.of_need[r], R_LAST], 12.0, 0.3, most + 3)
    elif way < 0.75:
        of_need(s, r, 1.0, most)
        for _ in range(8 * most):
            give_way(p, s, r, any_trip(s), 2 * most)
    elif way < 0.9:
        of_need(s, r, 1.0, MOST_OUT // 2)
        for _ in range(1 + pick(s, 2)):
            other = s.ride_i[s.trip_i[any_trip(s), L_RIDE], R_NEED]
            if chance(s) < 0.7:
                other = alike(p, s, r)
            of_need(s, other, 1.0, MOST_OUT - 10)
    else:
        for _ in range(most):
            take_out(s, any_trip(s), most)


@part
def undelivered_need(p: Flat, s: Timetable) -> Whole:
    """A requirement of which something is not delivered that has a way; -1 if there is none."""
    count = len(p.need)
    start = pick(s, count)
    for number in range(count):
        r = (start + number) % count
        for k in range(p.need.shape[1]):
            if s.rest[r, k] > 0 and p.way[r, k] >= 0 and p.togo[p.way[r, k], p.need_i[r, ORIGIN]] < INF:
                return r
    return -1


@part
def after(s: Timetable, trip: Whole, most: Whole) -> None:
    """Take out a trip and those that its vehicle makes next."""
    for _ in range(most):
        if trip < 0:
            break
        take_out(s, trip, most)
        trip = s.trip_i[trip, L_NEXT]


@part
def alike(p: Flat, s: Timetable, r: Whole) -> Whole:
    """Another requirement with the same destination or origin, if chance finds one; else any."""
    other: Whole = r
    for _ in range(20):
        other = pick(s, len(p.need))
        same = p.need_i[r, DESTINATION] == p.need_i[other, DESTINATION]
        if other != r and (same or p.need_i[r, ORIGIN] == p.need_i[other, ORIGIN]):
            break
    return other


@part
def give_way(p: Flat, s: Timetable, r: Whole, trip: Whole, most: Whole) -> None:
    """Take a trip out that a requirement could use in time, if its own loads are less urgent."""
    start = s.trip_f[trip, L_START]
    if start < p.need_f[r, READY] - 24 or start > s.close_h[r]:
        return
    other = s.ride_i[s.trip_i[trip, L_RIDE], R_NEED]
    fleet = fleet_of(p, s, trip)
    usable = False
    for k in range(p.need.shape[1]):
        way = p.way[r, k]
        usable = usable or (way >= 0 and p.may[way, fleet] > 0)
    slack = p.need_f[other, DUE] - s.close_h[other]
    if usable and other != r and (slack > 0 or p.need_f[other, WEIGHT] < p.need_f[r, WEIGHT]):
        take_out(s, trip, most)


@part
def ruin(p: Flat, s: Timetable, stamp: Whole) -> bool:
    """Take the listed trips out, and those that carried on what they brought; False if it cannot be."""
    for at in range(s.tally[N_OUT]):
        trip = s.out[at]
        if s.trip_i[trip, L_VEHICLE] >= 0 and not remove_trip(p, s, trip, stamp):
            return False
        if s.tally[N_ERROR]:
            return False
    out = s.tally[N_OUT]
    at = 0
    while at < s.tally[N_TOUCHED]:
        trip = short_trip(p, s, s.touched[at]) if s.cut[s.touched[at]] == stamp else -1
        if trip < 0:
            at += 1
            continue
        out += 1
        if out > MOST_OUT or s.tally[N_ERROR] or not remove_trip(p, s, trip, stamp):
            return False
        at = 0
    return True


@part
def order_needs(p: Flat, s: Timetable) -> None:
    """Order the requirements to send: by what is due, urgent, large, ready or chance."""
    way, count, keys = pick(s, 6), s.tally[N_TOUCHED], s.keys
    for at in range(count):
        r = s.touched[at]
        key = chance(s)
        if way == 0:
            key = p.need_f[r, DUE]
        elif way == 1:
            key = -p.need_f[r, WEIGHT] + 1e-3 * key
        elif way == 2:
            key = p.need_f[r, DUE] - 24 * p.need_f[r, WEIGHT]
        elif way == 3:
            key = p.need_f[r, READY]
        keys[at] = key
    for i in range(1, count):
        r, key = s.touched[i], keys[i]
        j = i - 1
        while j >= 0 and keys[j] > key:
            s.touched[j + 1], keys[j + 1] = s.touched[j], keys[j]
            j -= 1
        s.touched[j + 1], keys[j + 1] = r, key


@part
def recreate(p: Flat, s: Timetable, target: float, stamp: Whole) -> bool:
    """Send anew what was taken out; False if something cannot go on that could before."""
    habits = s.habits
    habits[0] = 0.0 if chance(s) < 0.4 else 8.0 * chance(s) ** 2
    habits[1] = 0.0 if chance(s) < 0.3 else 0.1 * chance(s)
    habits[2] = 0.0 if chance(s) < 0.4 else 12.0 * chance(s) ** 2
    habits[3] = 0.0 if chance(s) < 0.5 else 0.5 * chance(s)
    patience = 24.0 * chance(s) if chance(s) < 0.5 else 0.0
    joins = chance(s) < 0.7
    order_needs(p, s)
    hurry = chance(s) < 0.3
    for at in range(s.tally[N_TOUCHED]):
        r = s.touched[at]
        aim = p.need_f[r, DUE] if target == INF else target
        if hurry:
            aim = NEVER
        if not send_all(p, s, r, aim, habits, patience, joins, stamp) and s.close_h[r] < INF:
            return False
    return True


@outer
def improve(
    p: Flat, s: Timetable, best: Floats, wanted: Floats, moves: int, closure: bool, target: float,
    warm: float, fall: float, counts: Ints,
) -> int:  # fmt: skip
    """Make so many moves, at most; returns how many were made.

    Ends early when the timetable is the best so far and not saved (`counts[2]` = 0), and the next kept move
    would be for the worse (then `counts[2]` = 1: save it), or when there is no room (`counts[3]` = 1); the
    move is then made again when called again, as if there had been no break. `best` is the best score so far,
    `wanted` what the timetable comes to; the heat is `warm` at first and falls by a factor e every `1 / fall`
    moves, of which `counts[5]` were made before. `counts[0]` and `[1]` count moves kept and new bests.
    """
    new, score = s.trial, s.trial_score
    saved, counts[2], counts[3] = counts[2] > 0, 0, 0
    true_score(s, closure, score)
    on_best = not is_less(best, score, 6)
    for move in range(moves):
        seed, lowest = s.seed[0], s.lowest[TRIP]
        heat = warm * np.exp(-fall * (counts[5] + move))
        s.tally[N_MOVE] += 1
        stamp = s.tally[N_MOVE]
        s.tally[N_TOUCHED] = 0
        s.tally[N_TOUCHED_V] = 0
        choose_ruin(p, s, target, wanted[0] > 0, stamp)
        done = s.tally[N_OUT] + s.tally[N_TOUCHED] > 0 and ruin(p, s, stamp)
        done = done and recreate(p, s, target, stamp)
        if s.tally[N_ERROR]:
            counts[3] = 1
            done = False
        kept = False
        if done:
            refresh(p, s)
            aims(p, s, target, new)
            kept = good_enough(s, new, wanted, heat)
            if kept and on_best and not saved:
                true_score(s, closure, score)
                if is_less(best, score, 6):
                    counts[2] = 1
                    kept = False
        if kept:
            keep(s)
            for at in range(5):
                wanted[at] = new[at]
            counts[0] += 1
            true_score(s, closure, score)
            if is_less(score, best, 6):
                for at in range(6):
                    best[at] = score[at]
                counts[1] += 1
                on_best, saved = True, False
            elif is_less(best, score, 6):
                on_best = False
        else:
            undo(s, 0)
            refresh(p, s)
            if counts[2] or counts[3]:
                counts[4] = 1 if saved else 0
                s.seed[0] = seed
                s.lowest[TRIP] = lowest
                judge_table(p, s)
                return move
    judge_table(p, s)
    counts[4] = 1 if saved else 0
    return moves


@part
def refresh(p: Flat, s: Timetable) -> None:
    """Close what was touched anew."""
    for at in range(s.tally[N_TOUCHED]):
        close_need(p, s, s.touched[at])
    for at in range(s.tally[N_TOUCHED_V]):
        sum_vehicle(s, s.touched_v[at])


# --- bring forward --------------------------------------------------------------------------------------


def bring_forward(p: Flat, s: Timetable) -> None:
    """Give every visit, in the order in which they start, its earliest hours: none is later than before.

    A load waits for all that lay at its place when it was loaded.
    """
    visits, before = np.empty(len(s.visit_i), dtype=np.int64), np.full(len(s.visit_i), -1, dtype=np.int64)
    starts, ground, load = np.empty(len(visits)), np.zeros(len(s.ride_i)), np.zeros(len(s.ride_i))
    count = hours_before(p, s, visits, before, starts, ground, load)
    order = visits[:count][np.argsort(starts[:count], kind="stable")]
    moved, bank = np.zeros(len(s.chain)), np.full(len(s.chain), NEVER)
    hours_anew(p, s, order, before, ground, load, moved, bank)


@outer
def hours_before(
    p: Flat, s: Timetable, visits: Ints, before: Ints, starts: Floats, ground: Floats, load: Floats
) -> int:
    """All visits, chain by chain, with the one before and the start; hours of all rides."""
    at = 0
    for v in range(len(s.chain)):
        trip, last = s.chain[v, C_HEAD], -1
        while trip >= 0:
            x = s.trip_i[trip, L_HEAD]
            while x >= 0:
                visits[at], starts[at], before[x] = x, s.visit_f[x, X_START], last
                at += 1
                last = x
                x = s.visit_i[x, X_NEXT]
            trip = s.trip_i[trip, L_NEXT]
    for r in range(len(s.of_need)):
        ride = s.of_need[r]
        while ride >= 0:
            fleet = fleet_of(p, s, s.ride_i[ride, R_TRIP])
            ground[ride] = grounds(p, s, fleet, s.ride_i[ride, R_LAST])
            load[ride] = begins(p, s, fleet, s.ride_i[ride, R_FIRST])
            ride = s.ride_i[ride, R_AFTER]
    return at


@outer
def hours_anew(
    p: Flat,
    s: Timetable,
    order: Ints,
    before: Ints,
    ground: Floats,
    load: Floats,
    moved: Floats,
    bank: Floats,
) -> None:
    """Give the visits in this order their hours."""
    clear_slots(s)
    for index in range(len(order)):
        x = order[index]
        trip = s.visit_i[x, X_TRIP]
        v = s.trip_i[trip, L_VEHICLE]
        fleet = p.vehicle[v, V_FLEET]
        use = p.fleet_f[fleet, USE]
        last = before[x]
        free = p.fleet_f[fleet, FREE_H] if last < 0 else s.visit_f[last, X_END]
        at = p.vehicle[v, V_BASE] if last < 0 else s.visit_i[last, X_PLACE]
        place = s.visit_i[x, X_PLACE]
        hours = s.visit_f[x, X_ARRIVE] - s.visit_f[x, X_LEFT]
        left = free
        if at != place:
            option = leg_option(p, fleet, at, place, hours)
            if option < 0:
                left = s.visit_f[x, X_LEFT]
            else:
                free_h, days = p.fleet_f[fleet, FREE_H], p.fleet_f[fleet, BANK]
                left = use_departure(use, days, free_h, free, hours, moved[v], bank[v])
                for window in range(p.closed_at[option], p.closed_at[option + 1]):
                    if p.closed[window, 0] <= left < p.closed[window, 1]:
                        left = p.closed[window, 1]
                left = min(left, s.visit_f[x, X_LEFT])
            bank[v] = max(bank[v], left - 24 * moved[v] / use)
            moved[v] += hours
        arrive = left + hours if at != place else free
        old, work = s.visit_f[x, X_START], s.visit_f[x, X_END] - s.visit_f[x, X_START]
        hour = arrive
        if s.visit_i[x, X_STOP] >= 0:
            if s.visit_i[x, X_LOADS] > 0:
                wait = begins(p, s, fleet, x) - old
                ride = s.trip_i[trip, L_RIDE]
                while ride >= 0:
                    if s.ride_i[ride, R_FIRST] == x:
                        hour = max(hour, ready_for(p, s, ride, ground, load) - wait)
                    ride = s.ride_i[ride, R_NEXT]
            work = p.fleet_f[fleet, LOAD_H] if s.visit_i[x, X_LOADS] > 0 else 0.0
            unload = p.fleet_f[fleet, UNLOAD_H] if s.visit_i[x, X_UNLOADS] > 0 else 0.0
            work = max(work, unload) if p.fleet_i[fleet, BOTH] else unload + work
        else:
            work = p.fleet_f[fleet, SERVICE_H]
        spot = place * p.modes + p.fleet_i[fleet, MODE]
        start = min(old, first_free(p, s, spot, hour, work))
        if p.slots[spot] >= 0 and work > DUST:
            change_slots(s, spot, start, start + work, 1)
        s.visit_f[x, X_LEFT] = left
        s.visit_f[x, X_ARRIVE] = arrive
        s.visit_f[x, X_START] = start
        s.visit_f[x, X_END] = start + work
        if s.trip_i[trip, L_STOP] == x:
            s.trip_f[trip, L_START] = start
        s.trip_f[trip, L_END] = start + work
    for r in range(len(s.of_need)):
        close_need(p, s, r)
    judge_table(p, s)


@part
def ready_for(p: Flat, s: Timetable, ride: Whole, ground: Floats, load: Floats) -> float:
    """When all lies ready that lay there before when a ride was loaded."""
    r = s.ride_i[ride, R_NEED]
    place = s.visit_i[s.ride_i[ride, R_FIRST], X_PLACE]
    ready = p.need_f[r, READY] if place == p.need_i[r, ORIGIN] else NEVER
    other = s.of_need[r]
    while other >= 0:
        x = s.ride_i[other, R_LAST]
        if s.visit_i[x, X_PLACE] == place and ground[other] + p.transfer_h[place] <= load[ride] + 2 * ON_TIME:
            fleet = fleet_of(p, s, s.ride_i[other, R_TRIP])
            ready = max(ready, grounds(p, s, fleet, x) + p.transfer_h[place])
        other = s.ride_i[other, R_AFTER]
    return ready


@outer
def set_aims(p: Flat, s: Timetable, target: float, wanted: Floats) -> None:
    """What the timetable comes to, for the search."""
    aims(p, s, target, wanted)


@outer
def feel_pressure(p: Flat, s: Timetable, until: float) -> None:
    """How much of every place's slot time is taken up to an hour, squared: 0 to 1."""
    for spot in range(len(s.book)):
        s.pressure[spot] = 0.0
        if p.slots[spot] <= 0:
            continue
        at, taken = s.book[spot, K_AT], 0.0
        for step in range(at + 1, at + s.book[spot, K_STEPS] - 1):
            taken += (s.step_h[step + 1] - s.step_h[step]) * s.step_n[step]
        share = taken / max(1.0, p.slots[spot] * until)
        s.pressure[spot] = min(1.0, share) ** 2
