"""The decoder's arrays: the problem packed for the compiled loops, a list of trips in and out, its workings.

Rows are things, columns their properties, named by the constants here (compiled in as numbers).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from standto.move.network import Floats, Ints
from standto.move.solve.collector import collector_at_rest
from standto.move.solve.tables import Tables
from standto.move.solve.trips import HUBS, Decoded, Ride, Trip, Visit

# fleet_i
NET, BOTH, MODE, GROUP_0, GROUP_1 = range(5)
# fleet_f
SEATS, TONNES, LOAD_H, UNLOAD_H, SERVICE_H, USE, BANK, FREE_H, KM_COST, HOUR_COST = range(10)
# group
FIRST, SIZE = range(2)
# vehicle
V_FLEET, V_BASE, V_GROUP = range(3)
# net
NET_AT, NET_SIZE, PLACE_AT = range(3)
# leg
LEG_TO, OPTION_0 = range(2)
# option_f
OPTION_H, OPTION_KM = range(2)
# need_i
ORIGIN, DESTINATION, WHOLE, STILL = range(4)
# need_f
READY, DUE, HARD, WEIGHT = range(4)
# trip
T_VEHICLE, T_STOP, T_STOPS, T_HEAD, T_TAIL = range(5)
# stop_i
S_PLACE, S_LOADS, S_UNLOADS, S_TRIP, S_NEXT = range(5)
# stop_f
S_HOLD, S_BEGIN, S_GROUND = range(3)
# ride
Q_NEED, Q_FIRST, Q_LAST, Q_NEXT, Q_TRIP = range(5)
# visit_i
N_VEHICLE, N_PLACE, N_TRIP, N_STOP = range(4)
# visit_f
N_LEFT, N_ARRIVE, N_START, N_END = range(4)
# counts of a list
TRIPS, STOPS, RIDES, VISITS = range(4)
# mover_f
M_FREE, M_MOVED, M_BANK = range(3)
# book
B_AT, B_ROOM, B_STEPS = range(3)
# batch
G_PLACE, G_STUCK, G_NEXT = range(3)
# yard: the vehicles of one fleet at one place, by the hour they are free
Y_FIRST, Y_LAST = range(2)
# parked
K_BEFORE, K_AFTER = range(2)
# workings
N_BATCH, N_STEP, N_DRAWN, N_PARKED, N_ERROR = range(5)


class Flat(NamedTuple):
    """The problem, packed."""

    pax_t: float
    modes: int
    fleet_i: Ints
    fleet_f: Floats
    group: Ints
    vehicle: Ints
    net: Ints
    local: Ints
    hours: Floats
    near: Ints
    leg_of: Ints
    places: Ints
    leg: Ints
    option_f: Floats
    closed_at: Ints
    closed: Floats
    slots: Ints
    scarce: Floats
    transfer_h: Floats
    need_i: Ints
    need_f: Floats
    need: Floats
    order: Ints
    way: Ints
    may: Ints
    togo: Floats
    onward: Ints


class Listing(NamedTuple):
    """A list of trips, as read and as written by the decoder."""

    used: Ints
    trip: Ints
    stop_i: Ints
    stop_f: Floats
    ride: Ints
    most: Floats
    visit_i: Ints
    visit_f: Floats


class Workings(NamedTuple):
    """What the decoder keeps while it goes through the list."""

    used: Ints
    at: Ints
    mover: Floats
    yard: Ints
    parked: Ints
    book: Ints
    step_h: Floats
    step_n: Ints
    batch: Ints
    ready: Floats
    amount: Floats
    stock: Ints
    pickup: Ints
    least_h: Floats
    hub: Ints
    hub_h: Floats
    hub_for: Ints
    last_h: Floats
    arrived: Floats
    drawn_i: Ints
    drawn: Floats
    cost: Floats


class Manner(NamedTuple):
    """How the list scheduler chooses, as `Habits` says."""

    seed: int
    noise_h: float
    patience_h: float
    thrift: float
    hubs: int
    step_h: float
    joins: bool


class Verdict(NamedTuple):
    """What a list comes to: hours of closing, what is left, the score in the format's own order."""

    close_h: Floats
    left: Floats
    score: Floats


def pack(t: Tables) -> Flat:
    """The tables, packed."""

    def ints(*columns: Ints) -> Ints:
        return np.ascontiguousarray(np.stack(columns, axis=1).astype(np.int64))

    def floats(*columns: Floats) -> Floats:
        return np.ascontiguousarray(np.stack(columns, axis=1).astype(np.float64))

    return Flat(
        pax_t=float(t.pax_t),
        modes=int(t.modes),
        fleet_i=ints(t.net, t.both_at_once, t.mode, t.groups[:-1], t.groups[1:]),
        fleet_f=floats(
            t.seats.astype(np.float64),
            t.tonnes,
            t.load_h,
            t.unload_h,
            t.service_h,
            t.use,
            t.bank,
            t.free_h,
            t.km_cost,
            t.hour_cost,
        ),
        group=ints(t.group_first, t.group_size),
        vehicle=ints(t.v_fleet, t.v_base, t.v_group),
        net=ints(t.net_at[:-1], t.net_size, t.place_at[:-1]),
        local=t.local,
        hours=t.hours,
        near=t.near,
        leg_of=t.leg,
        places=t.places,
        leg=ints(np.append(t.leg_to, -1), t.leg_options),
        option_f=floats(t.option_h, t.option_km),
        closed_at=t.option_closed,
        closed=floats(t.closed_from, t.closed_to),
        slots=t.slots,
        scarce=t.scarce,
        transfer_h=t.transfer_h,
        need_i=ints(t.origin, t.destination, t.whole, t.still),
        need_f=floats(t.ready_h, t.due_h, t.hard_h, t.weight),
        need=t.need,
        order=t.order,
        way=t.way,
        may=t.may,
        togo=t.togo,
        onward=t.onward,
    )


def new_listing(trips: int, stops: int, rides: int, visits: int, columns: int) -> Listing:
    """Room for so many."""
    return Listing(
        used=np.zeros(4, dtype=np.int64),
        trip=np.empty((trips, 5), dtype=np.int64),
        stop_i=np.empty((stops, 5), dtype=np.int64),
        stop_f=np.empty((stops, 3)),
        ride=np.empty((rides, 5), dtype=np.int64),
        most=np.empty((rides, columns)),
        visit_i=np.empty((visits, 4), dtype=np.int64),
        visit_f=np.empty((visits, 4)),
    )


def new_workings(flat: Flat, batches: int, steps: int) -> Workings:
    """Room for so many batches on the ground and so many changes of slots taken."""
    vehicles, needs, columns = len(flat.vehicle), len(flat.need), flat.need.shape[1]
    places, fleets = len(flat.transfer_h), len(flat.fleet_i)
    return Workings(
        used=np.zeros(5, dtype=np.int64),
        at=np.empty(vehicles, dtype=np.int64),
        mover=np.empty((vehicles, 3)),
        yard=np.empty((fleets * places, 2), dtype=np.int64),
        parked=np.empty((vehicles, 2), dtype=np.int64),
        book=np.empty((len(flat.slots), 3), dtype=np.int64),
        step_h=np.empty(steps),
        step_n=np.empty(steps, dtype=np.int64),
        batch=np.empty((batches, 3), dtype=np.int64),
        ready=np.empty(batches),
        amount=np.empty((batches, columns)),
        stock=np.empty(needs, dtype=np.int64),
        pickup=np.empty((places, 2), dtype=np.int64),
        least_h=np.empty(fleets),
        hub=np.empty((fleets, HUBS), dtype=np.int64),
        hub_h=np.empty((fleets, HUBS)),
        hub_for=np.empty((fleets, 4), dtype=np.int64),
        last_h=np.empty(needs),
        arrived=np.empty((needs, columns)),
        drawn_i=np.empty((batches * columns, 2), dtype=np.int64),
        drawn=np.empty(batches * columns),
        cost=np.zeros(1),
    )


def one_load(columns: int) -> Listing:
    """A listing of one trip, from stop to stop with one ride, which the list scheduler fills in."""
    one = new_listing(1, 2, 1, 0, columns)
    one.trip[0] = (0, 0, 2, 0, 0)
    one.stop_f[:] = -np.inf
    one.ride[0] = (0, 0, 1, -1, 0)
    return one


def copy_listing(listing: Listing) -> Listing:
    """The trips of a listing without its spare room."""
    trips, stops, rides, visits = listing.used.tolist()
    return Listing(
        listing.used.copy(),
        listing.trip[:trips].copy(),
        listing.stop_i[:stops].copy(),
        listing.stop_f[:stops].copy(),
        listing.ride[:rides].copy(),
        listing.most[:rides].copy(),
        listing.visit_i[:visits].copy(),
        listing.visit_f[:visits].copy(),
    )


def fill_listing(listing: Listing, saved: Listing) -> None:
    """Put saved trips into a listing with room for them."""
    trips, stops, rides, visits = saved.used.tolist()
    listing.used[:] = saved.used
    listing.trip[:trips] = saved.trip
    listing.stop_i[:stops] = saved.stop_i
    listing.stop_f[:stops] = saved.stop_f
    listing.ride[:rides] = saved.ride
    listing.most[:rides] = saved.most
    listing.visit_i[:visits] = saved.visit_i
    listing.visit_f[:visits] = saved.visit_f


def add_trips(listing: Listing, trips: Iterable[Trip]) -> None:
    """Write trips at the end of a listing that has room for them."""
    for trip in trips:
        number, stop = int(listing.used[TRIPS]), int(listing.used[STOPS])
        head, ride = -1, int(listing.used[RIDES])
        for place, hold in zip(trip.places, trip.holds, strict=True):
            listing.stop_i[listing.used[STOPS]] = (place, 0, 0, number, -1)
            listing.stop_f[listing.used[STOPS]] = (hold, 0.0, 0.0)
            listing.used[STOPS] += 1
        for item in trip.rides:
            if head < 0:
                head = ride
            else:
                listing.ride[ride - 1, Q_NEXT] = ride
            listing.ride[ride] = (item.requirement, item.first, item.last, -1, number)
            listing.most[ride] = item.most
            ride += 1
        listing.trip[number] = (trip.vehicle, stop, len(trip.places), head, ride - 1)
        listing.used[RIDES] = ride
        listing.used[TRIPS] += 1


def get_trip(listing: Listing, number: int) -> Trip:
    """One trip of a listing."""
    vehicle, stop, stops, ride, _ = listing.trip[number].tolist()
    rides = []
    while ride >= 0:
        requirement, first, last, following, _ = listing.ride[ride].tolist()
        rides.append(Ride(requirement, first, last, tuple(listing.most[ride].tolist())))
        ride = following
    places = tuple(listing.stop_i[stop : stop + stops, S_PLACE].tolist())
    holds = tuple(listing.stop_f[stop : stop + stops, S_HOLD].tolist())
    return Trip(vehicle, places, holds, tuple(rides))


def get_trips(listing: Listing) -> list[Trip]:
    """All trips of a listing."""
    trips, stops, rides, _ = listing.used.tolist()
    needs = listing.ride[:rides].tolist()
    most = [tuple(row) for row in listing.most[:rides].tolist()]
    places = listing.stop_i[:stops, S_PLACE].tolist()
    holds = listing.stop_f[:stops, S_HOLD].tolist()
    found = []
    for vehicle, stop, count, head, _ in listing.trip[:trips].tolist():
        taken, ride = [], head
        while ride >= 0:
            requirement, first, last, following, _ = needs[ride]
            taken.append(Ride(requirement, first, last, most[ride]))
            ride = following
        end = stop + count
        found.append(Trip(vehicle, tuple(places[stop:end]), tuple(holds[stop:end]), tuple(taken)))
    return found


def get_visits(listing: Listing) -> list[Visit]:
    """All visits of a listing, in the order they were planned."""
    count = int(listing.used[VISITS])
    rows = zip(listing.visit_i[:count].tolist(), listing.visit_f[:count].tolist(), strict=True)
    return [
        Visit(vehicle, place, left, arrive, start, end, trip, stop)
        for (vehicle, place, trip, stop), (left, arrive, start, end) in rows
    ]


def as_decoded(listing: Listing, verdict: Verdict | None, score: Sequence[float]) -> Decoded:
    """The whole of a decoded list as plain objects."""
    with collector_at_rest():
        return Decoded(
            get_trips(listing),
            get_visits(listing),
            verdict.close_h.tolist() if verdict else [],
            verdict.left.tolist() if verdict else [],
            tuple(float(value) for value in score),
        )
