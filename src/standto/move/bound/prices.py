"""Prices of lift, and the certificate that any prices give: what moving something costs at least.

Put a price on every scarce hour. Then each requirement has a least cost, and whatever is delivered by a
deadline can cost no more than what all hours up to that deadline are worth. Any prices give a true statement;
the linear programme only finds good ones. So nothing rests on the solver's tolerance: prices are first made
consistent here (`repair`), then costs are shortest paths, in plain numpy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from standto.move.bound.lift import NEVER, Floats, Ints, Lift
from standto.move.bound.readiness import Units
from standto.move.bound.streams import Streams
from standto.move.bound.window import Slots, Window

SLACK_H = 1e-4
"""Hours granted where whole trips are counted: more than the checker's tolerances can add up to."""
ROUNDING_ERROR = 1e-10
"""Relative; sums here have far fewer than a million terms of one sign."""
FAR_H = 1e10
IMPOSSIBLE = 10.0
"""Times all lift's worth, charged for what has no way in time; a true charge would be without limit."""


@dataclass(frozen=True, slots=True)
class Rounding:
    """Whole trips: a vehicle of the fleet makes at most floor(H / unit_h) trips of unit_h or more in H hours.

    A trip of w hours (leg and shortest stop) counts floor(w / unit_h) times; a vehicle that moves anything
    has one loading and one unloading besides, so H is what is left of the window without them. (The rounding
    of Chvatal and Gomory, one vehicle at a time.)
    """

    fleet: int
    unit_h: float
    loaded: bool = False
    """Trips of empty vehicles count too."""
    on: float = 0.0
    off: float = 0.0

    @property
    def resource(self) -> int:
        """The vehicle hours of its fleet among the resources (order as in `Window`)."""
        return self.fleet

    @property
    def each_h(self) -> float:
        """The hours of which what counts takes whole ones."""
        return self.unit_h

    def trips(self, lift: Lift) -> Floats:
        """How often each leg counts."""
        hours = lift.leg_h + lift.least_stop_h[lift.leg_fleet]
        return np.where(lift.leg_fleet == self.fleet, np.floor(hours / self.unit_h), 0.0)

    def capacity(self, lift: Lift, window: Window, deadline_h: float) -> float:
        """How often all vehicles of the fleet together can count by the deadline."""
        whole = np.floor((trip_hours(lift, window, deadline_h)[self.fleet] + SLACK_H) / self.unit_h)
        return float(lift.count[self.fleet] * max(0.0, whole))


class Counted(Protocol):
    """Trips of a fleet, or works at slots, of which each vehicle or slot has a whole number."""

    @property
    def resource(self) -> int:
        """The hours that they take, by number among the resources (order as in `Window`)."""

    @property
    def each_h(self) -> float:
        """The hours that one takes at least."""

    @property
    def loaded(self) -> bool:
        """Whether they count only with a load that counts."""

    @property
    def on(self) -> Floats | float:
        """How often a loading of each fleet at each place counts, shape (F, P)."""

    @property
    def off(self) -> Floats | float:
        """How often an unloading of each fleet at each place counts, shape (F, P)."""

    def trips(self, lift: Lift) -> Floats:
        """How often each leg counts."""

    def capacity(self, lift: Lift, window: Window, deadline_h: float) -> float:
        """How often all together can count by the deadline; it never falls."""


def trip_hours(lift: Lift, window: Window, deadline_h: float) -> Floats:
    """Hours that one vehicle of each fleet has for trips, each with its shortest stop, by the deadline."""
    works = lift.load_h + lift.unload_h - 2 * lift.least_stop_h
    return np.asarray(deadline_h - np.maximum(lift.available_h, window.since_h) - works)


@dataclass(slots=True)
class Prices:
    """Prices, all at least 0.

    Of an hour of each resource (order as in `Window`), of a vehicle standing at a place `stand[f, p]`, of an
    arrival without loading or unloading `idle[f, p]`, of a counted trip (`trips`, one for each `Counted`);
    the part `merge[f, p]` of what concurrent work saves that is credited to loading; and what a trip, a
    loading and an unloading charge for a seat and for a tonne.
    """

    hours: Floats
    stand: Floats
    idle: Floats
    merge: Floats
    leg_seat: Floats
    leg_tonne: Floats
    load_seat: Floats
    load_tonne: Floats
    unload_seat: Floats
    unload_tonne: Floats
    trips: Floats


@dataclass(frozen=True, slots=True)
class Cut:
    """A proven statement: if the shares `done` are delivered by t then charge . done <= worth(t)."""

    lift: Lift
    window: Window
    roundings: tuple[Counted, ...]
    prices: Prices
    stock: float
    charge: Floats
    until_h: float = NEVER
    """It says nothing of later deadlines, by which more ways would be in time."""

    def worth(self, deadline_h: float) -> float:
        """What all lift up to a deadline is worth; it never falls."""
        if deadline_h > self.until_h:
            return NEVER
        used = self.prices.hours > 0
        hours = float(self.prices.hours[used] @ self.window.capacity(deadline_h)[used])
        trips = sum(
            price * rounding.capacity(self.lift, self.window, deadline_h)
            for price, rounding in zip(self.prices.trips, self.roundings, strict=True)
            if price > 0
        )
        return self.stock + hours + float(trips)

    def refuted_until(self, done: Floats, start_h: float) -> float:
        """The latest deadline from `start_h` on by which lift is not worth what the shares cost.

        `start_h` itself where lift is worth enough by then, inf where it never is.
        """
        need = float(self.charge @ done) * (1 - ROUNDING_ERROR)
        low, step = start_h, 1.0
        if self.worth(low) >= need:
            return low
        while self.worth(low + step) < need:
            low, step = low + step, 2 * step
            if step > FAR_H:
                return NEVER
        high = low + step
        while high - low > 1e-9 * max(1.0, abs(low)):
            middle = (low + high) / 2
            low, high = (middle, high) if self.worth(middle) < need else (low, middle)
        return low


def repair(lift: Lift, slots: Slots, prices: Prices, roundings: Sequence[Counted]) -> Prices:
    """The same prices, changed as little as needed so that no trip or work charges more than it costs."""
    fleets, group = len(lift.fleets), np.where(slots.group >= 0, slots.group, 0)
    hours = np.maximum(prices.hours, 0.0)
    vehicle, moving = hours[:fleets], hours[fleets : 2 * fleets]
    all_work = np.where(slots.group >= 0, hours[2 * fleets :][group] if len(slots.number) else 0.0, 0.0)
    goods = np.where(
        slots.group >= 0, hours[2 * fleets + len(slots.number) :][group] if len(slots.number) else 0.0, 0.0
    )
    service_h = np.array([fleet.service_h for fleet in lift.fleets])
    concurrent = np.array([fleet.concurrent for fleet in lift.fleets], dtype=bool)
    hour = vehicle[:, None] + all_work
    load = lift.load_h[:, None] * (hour + goods)
    unload = lift.unload_h[:, None] * (hour + goods)
    idle = np.minimum(np.maximum(prices.idle, 0.0), service_h[:, None] * hour)
    idle = np.minimum(idle, np.minimum(load, unload))
    saved = np.where(concurrent[:, None], np.minimum(load, unload) - idle, 0.0)
    merge = np.clip(prices.merge, 0.0, 1.0)
    load, unload = load - idle - merge * saved, unload - idle - (1 - merge) * saved
    own = lift.leg_h * (vehicle + moving)[lift.leg_fleet] + idle[lift.leg_fleet, lift.leg_to]
    trips = np.maximum(prices.trips, 0.0)
    for price, rounding in zip(trips, roundings, strict=True):
        own = own + price * rounding.trips(lift) if price > 0 and not rounding.loaded else own
    stand = np.maximum(prices.stand, 0.0)
    while True:
        before = stand.copy()
        np.minimum.at(stand, (lift.leg_fleet, lift.leg_to), stand[lift.leg_fleet, lift.leg_from] + own)
        if np.array_equal(before, stand):
            break
    trip = np.maximum(stand[lift.leg_fleet, lift.leg_from] - stand[lift.leg_fleet, lift.leg_to] + own, 0.0)
    for price, rounding in zip(trips, roundings, strict=True):
        if price > 0 and rounding.loaded:
            trip = trip + price * rounding.trips(lift)
            load, unload = load + price * rounding.on, unload + price * rounding.off
    seats, tonnes = lift.seats, lift.tonnes
    leg = _shared(trip, prices.leg_seat, prices.leg_tonne, seats[lift.leg_fleet], tonnes[lift.leg_fleet])
    on = _shared(load, prices.load_seat, prices.load_tonne, seats[:, None], tonnes[:, None])
    off = _shared(unload, prices.unload_seat, prices.unload_tonne, seats[:, None], tonnes[:, None])
    return Prices(hours, stand, idle, merge, *leg, *on, *off, trips)


def _shared(
    cost: Floats, seat: Floats, tonne: Floats, seats: Floats, tonnes: Floats
) -> tuple[Floats, Floats]:
    """Charges for a seat and a tonne that together never exceed the cost, and use all of it."""
    finite = np.isfinite(tonnes) & (tonnes > 0)
    for_seats = np.maximum(seat, 0.0) * seats
    for_tonnes = np.where(finite, np.maximum(tonne, 0.0) * np.where(finite, tonnes, 0.0), 0.0)
    total = for_seats + for_tonnes
    plain = np.where(finite & (seats > 0), 0.5, np.where(seats > 0, 1.0, 0.0))
    part = np.where(total > 1e-12 * (1 + cost), for_seats / np.where(total > 0, total, 1.0), plain)
    part = np.where(seats > 0, np.where(finite, part, 1.0), 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        per_seat = np.where(seats > 0, part * cost / seats, 0.0)
        per_tonne = np.where(finite, (1 - part) * cost / tonnes, 0.0)
    return per_seat, per_tonne


@dataclass(frozen=True, slots=True)
class Paths:
    """Cheapest ways from some origins: cost on the ground and aboard, and how they came there.

    `carried` is the cost aboard on arrival, `loaded` that of having been loaded there, `unloading` what it
    costs to get off.
    """

    ground: Floats
    loaded: Floats
    carried: Floats
    unloading: Floats
    leg_cost: Floats


def cheapest(lift: Lift, streams: Streams, prices: Prices, origins: Ints, kinds: Ints) -> Paths:
    """Cheapest ways from each origin for a unit of each kind, under repaired prices."""
    rows, places = len(origins), lift.places
    seats, mass = streams.seats[kinds], streams.mass_t[kinds]
    may_load = streams.fleets[kinds][:, :, None] & streams.loadable[kinds][:, None, :] & lift.loads_at
    on = _charge(seats, mass, prices.load_seat, prices.load_tonne) + np.where(may_load, 0.0, NEVER)
    barred = np.where(lift.unloads_at, 0.0, NEVER)
    off = _charge(seats, mass, prices.unload_seat, prices.unload_tonne) + barred
    leg_cost = seats[:, None] * prices.leg_seat + mass[:, None] * prices.leg_tonne
    ground = np.full((rows, places), NEVER)
    ground[np.arange(rows), origins] = 0.0
    carried = np.full((rows, len(lift.fleets), places), NEVER)
    aboard = np.full_like(carried, NEVER)
    heads = lift.leg_fleet * places + lift.leg_to
    starts = np.flatnonzero(np.r_[True, heads[1:] != heads[:-1]])
    at_fleet, at_place = lift.leg_fleet[starts], lift.leg_to[starts]
    while True:
        loaded = ground[:, None, :] + on
        now = np.minimum(np.minimum(aboard, loaded), carried)
        if np.array_equal(now, aboard):
            return Paths(ground, loaded, carried, off, leg_cost)
        aboard = now
        arrive = np.minimum.reduceat(aboard[:, lift.leg_fleet, lift.leg_from] + leg_cost, starts, axis=1)
        carried[:, at_fleet, at_place] = np.minimum(carried[:, at_fleet, at_place], arrive)
        ground = np.minimum(ground, (carried + off).min(axis=1))


def _charge(seats: Floats, mass: Floats, seat: Floats, tonne: Floats) -> Floats:
    return seats[:, None, None] * seat[None] + mass[:, None, None] * tonne[None]


def certify(
    lift: Lift,
    streams: Streams,
    window: Window,
    roundings: Sequence[Counted],
    prices: Prices,
    stream_cost: Floats,
) -> Cut:
    """The statement that repaired prices prove, given each stream's cheapest cost under them."""
    stock = _stock(lift, window, prices)
    member = window.members[streams.share_of]
    parts = streams.share * np.where(member, stream_cost[streams.share_in], 0.0)
    charge = np.bincount(streams.share_of, parts, minlength=streams.requirements).astype(float)
    return Cut(lift, window, tuple(roundings), prices, stock, charge)


def certify_units(
    lift: Lift,
    window: Window,
    prices: Prices,
    units: Units,
    cost: Floats,
    until_h: float,
    counted: Sequence[Counted] = (),
) -> Cut:
    """As `certify`, for streams by readiness, whose ways are those in time for deadlines until an hour."""
    stock, none = _stock(lift, window, prices), np.zeros(units.requirements)
    worth = Cut(lift, window, tuple(counted), prices, stock, none, until_h).worth(until_h)
    reached = np.isfinite(cost)
    parts = np.where(
        reached[units.share_in],
        units.share * np.where(reached, cost, 0.0)[units.share_in],
        IMPOSSIBLE * (1 + worth),
    )
    charge = np.bincount(units.share_of, parts, minlength=units.requirements).astype(float)
    return Cut(lift, window, tuple(counted), prices, stock, charge, until_h)


def _stock(lift: Lift, window: Window, prices: Prices) -> float:
    """What all vehicles are worth where they stand when the window opens, less what it took to be there."""
    if window.first:
        return float((prices.stand * lift.stationed).sum())
    fleets = len(lift.fleets)
    vehicle, moving = prices.hours[:fleets, None], prices.hours[fleets : 2 * fleets, None]
    ever = np.isfinite(window.there_h)
    worth = prices.stand - vehicle * np.where(ever, window.there_h, 0.0) - moving * window.spent_h
    return float((np.where(ever, worth, 0.0).max(axis=1, initial=0.0) * lift.count).sum())


def own_hours(lift: Lift, prices: Prices) -> Floats:
    """What the hours of each leg cost, and the least stop after it."""
    hour = prices.hours[: len(lift.fleets)] + prices.hours[len(lift.fleets) : 2 * len(lift.fleets)]
    return np.asarray(lift.leg_h * hour[lift.leg_fleet] + prices.idle[lift.leg_fleet, lift.leg_to])
