"""The lift problem as flat arrays: which fleet can move which leg, stop where, and carry what.

Everything here is what rules 1, 2 and 4 of the lift format allow a single vehicle, taken by itself. Fleets
without vehicles, bases and legs that no vehicle may use are left away.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from standto.move.check.index import PAX
from standto.move.check.reach import can_work, least_load
from standto.move.problem import TOLERANCE, Fleet, Link, Problem, Requirement

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

NEVER = np.inf


@dataclass(frozen=True, slots=True)
class Load:
    """Something of one requirement that must arrive, as one kind of thing.

    `amount` counts units of `seats` seats and `mass_t` tonnes each: people, tonnes of cargo, or one
    indivisible whole. `fleets` may carry it (bit per fleet), at the places `loadable` it may be loaded (bit
    per place): everywhere, or at its origin and its ports.
    """

    requirement: int
    amount: float
    seats: float
    mass_t: float
    fleets: Flags
    loadable: Flags
    indivisible: bool


@dataclass(frozen=True, slots=True)
class Lift:
    """Fleets (F), places (P) and legs (E) of one problem as arrays; legs are sorted by fleet and end.

    `slots[f, p]` are the slots of the fleet's mode (inf = no limit, 0 = none or not usable). Where there are
    none, work of no length is still possible: `usable[f, p]` says where vehicles may stand, `loads_at`,
    `unloads_at` and `services_at` where they may do each kind of work. `tonnes` are those that the judge lets
    pass. `least_stop_h[f]` is the shortest work that any stop but an idle start may have.
    """

    problem: Problem
    fleets: tuple[Fleet, ...]
    seats: Floats
    tonnes: Floats
    load_h: Floats
    unload_h: Floats
    least_stop_h: Floats
    available_h: Floats
    count: Floats
    slots: Floats
    usable: Flags
    loads_at: Flags
    unloads_at: Flags
    services_at: Flags
    stationed: Floats
    transfer_h: Floats
    leg_fleet: Ints
    leg_from: Ints
    leg_to: Ints
    leg_h: Floats
    leg_link: Ints
    closed_legs: Ints
    closed_from: Floats
    closed_to: Floats
    place_of: dict[str, int]

    @property
    def places(self) -> int:
        """Number of places."""
        return len(self.problem.places)

    def departures(self, ready: Floats) -> Floats:
        """For each leg (last axis) the first hour at or after `ready` at which it may be departed on."""
        if len(self.closed_legs) == 0:
            return ready
        leave = ready.copy()
        hours = leave[..., self.closed_legs]
        for begins, ends in zip(self.closed_from.T, self.closed_to.T, strict=True):
            # the checker takes the end of a window within its tolerance
            inside = (begins <= hours) & (hours < ends)
            hours = np.where(inside, ends, hours)
        leave[..., self.closed_legs] = hours
        return leave

    def loads_of(self, index: int) -> list[Load]:
        """What must arrive for one requirement to close: people and classes apart, or all as one."""
        item = self.problem.requirements[index]
        if item.still:
            return []
        served = np.array([_serves(fleet, item) for fleet in self.fleets], dtype=bool)
        person_t = self.problem.pax_tonnes
        loadable = self._loadable(item)
        classes = {name: mass for name, mass in least_load(item).items() if name != PAX}
        mass = sum(classes.values()) + item.pax * person_t
        if not (item.pax or classes):
            return []
        if not item.divisible:
            fits = served & (self.seats >= item.pax) & (self.tonnes >= mass)
            for name in classes:
                fits &= self._carries(name)
            return [Load(index, 1.0, float(item.pax), mass, fits, loadable, True)]
        loads = []
        if item.pax:
            fits = served & (self.seats >= 1) & (self.tonnes >= person_t)
            loads.append(Load(index, float(item.pax), 1.0, person_t, fits, loadable, False))
        by_fleets: dict[bytes, tuple[Flags, float]] = {}
        for name, amount in classes.items():
            fits = served & self._carries(name)
            before = by_fleets.get(fits.tobytes(), (fits, 0.0))[1]
            by_fleets[fits.tobytes()] = (fits, before + amount)
        loads += [Load(index, amount, 0.0, 1.0, fits, loadable, False) for fits, amount in by_fleets.values()]
        return loads

    def _loadable(self, item: Requirement) -> Flags:
        if item.ports is None:
            return np.ones(self.places, dtype=bool)
        found = np.zeros(self.places, dtype=bool)
        found[[self.place_of[name] for name in (item.origin, *item.ports)]] = True
        return found

    def _carries(self, name: str) -> Flags:
        return np.array([name in f.classes and f.tonnes > 0 for f in self.fleets], dtype=bool)


def read_lift(problem: Problem) -> Lift:
    """The arrays of a problem."""
    place_of = {place.id: index for index, place in enumerate(problem.places)}
    fleets = tuple(fleet for fleet in problem.fleets if fleet.count > 0)
    slots = np.zeros((len(fleets), len(place_of)))
    stationed = np.zeros_like(slots)
    usable, loads_at, unloads_at, services_at = np.zeros((4, *slots.shape), dtype=bool)
    for f, fleet in enumerate(fleets):
        for p, place in enumerate(problem.places):
            if fleet.mode in place.slots:
                limit = place.slots[fleet.mode]
                slots[f, p] = np.inf if limit is None else limit
                usable[f, p] = True
                loads_at[f, p] = can_work(place, fleet, fleet.load_h)
                unloads_at[f, p] = can_work(place, fleet, fleet.unload_h)
                services_at[f, p] = can_work(place, fleet, fleet.service_h)
        for base, count in fleet.stationed().items():
            if usable[f, place_of[base]]:
                stationed[f, place_of[base]] += count
    legs = _legs(problem, fleets, place_of, usable, loads_at | unloads_at | services_at)
    closed = [index for index, leg in enumerate(legs) if leg.closed]
    most = max((len(legs[index].closed) for index in closed), default=0)
    closed_from = np.full((len(closed), most), np.inf)
    closed_to = np.full((len(closed), most), np.inf)
    for row, index in enumerate(closed):
        for column, (begins, ends) in enumerate(legs[index].closed):
            closed_from[row, column], closed_to[row, column] = begins, ends
    return Lift(
        problem=problem,
        fleets=fleets,
        seats=np.array([fleet.seats for fleet in fleets], dtype=float),
        tonnes=np.array([fleet.tonnes + TOLERANCE if fleet.limits_mass else np.inf for fleet in fleets]),
        load_h=np.array([fleet.load_h for fleet in fleets]),
        unload_h=np.array([fleet.unload_h for fleet in fleets]),
        least_stop_h=np.array([min(f.load_h, f.unload_h, f.service_h) for f in fleets]),
        available_h=np.array([fleet.available_h for fleet in fleets]),
        count=stationed.sum(axis=1),
        slots=slots,
        usable=usable,
        loads_at=loads_at,
        unloads_at=unloads_at,
        services_at=services_at,
        stationed=stationed,
        transfer_h=np.array([place.transfer_h for place in problem.places]),
        leg_fleet=np.array([leg.fleet for leg in legs], dtype=np.int64),
        leg_from=np.array([leg.origin for leg in legs], dtype=np.int64),
        leg_to=np.array([leg.end for leg in legs], dtype=np.int64),
        leg_h=np.array([leg.hours for leg in legs], dtype=float),
        leg_link=np.array([leg.link for leg in legs], dtype=np.int64),
        closed_legs=np.array(closed, dtype=np.int64),
        closed_from=closed_from,
        closed_to=closed_to,
        place_of=place_of,
    )


@dataclass(frozen=True, slots=True)
class _Leg:
    fleet: int
    origin: int
    end: int
    hours: float
    link: int
    closed: tuple[tuple[float, float], ...]


def _legs(
    problem: Problem, fleets: tuple[Fleet, ...], place_of: dict[str, int], usable: Flags, stops_at: Flags
) -> list[_Leg]:
    """Legs from where vehicles may stand to where they may do some work: only the base needs none."""
    by_mode: dict[str, list[int]] = {}
    for f, fleet in enumerate(fleets):
        by_mode.setdefault(fleet.mode, []).append(f)
    best: dict[tuple[int, int, int], list[_Leg]] = {}
    for number, link in enumerate(problem.links):
        windows = merged(link.closed)
        start, end = place_of[link.origin], place_of[link.destination]
        ways = [(start, end), (end, start)] if link.both else [(start, end)]
        for f in by_mode.get(link.mode, ()) if start != end else ():
            hours = leg_hours(fleets[f], link)
            if hours is None:
                continue
            for a, b in ways:
                if usable[f, a] and stops_at[f, b]:
                    _keep(best.setdefault((f, b, a), []), _Leg(f, a, b, hours, number, windows))
    return [leg for key in sorted(best) for leg in best[key]]


def _keep(kept: list[_Leg], leg: _Leg) -> None:
    """Of parallel legs drop those that another, never closed, is as fast as."""
    if any(other.hours <= leg.hours and not other.closed for other in kept):
        return
    if not leg.closed:
        kept[:] = [other for other in kept if other.hours < leg.hours]
    kept.append(leg)


def leg_hours(fleet: Fleet, link: Link) -> float | None:
    """Hours that a fleet takes along a link of its mode, or None if it may not use it."""
    if link.fleets is not None and fleet.id not in link.fleets:
        return None
    if fleet.range_km is not None and link.km > fleet.range_km:
        return None
    hours = link.hours.get(fleet.id)
    if hours is None:
        hours = link.km / fleet.kmh
    if not np.isfinite(hours):
        return None
    use, bank = fleet.use_h_per_day, fleet.use_bank_days
    if use is not None and bank is not None and hours > use * (hours / 24 + bank) + TOLERANCE:
        return None
    return hours


def merged(windows: list[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """Closed windows joined where they touch, in order, without empty ones."""
    joined: list[tuple[float, float]] = []
    for begins, ends in sorted(window for window in windows if window[0] < window[1]):
        if joined and begins <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], ends))
        else:
            joined.append((begins, ends))
    return tuple(joined)


def _serves(fleet: Fleet, item: Requirement) -> bool:
    if item.modes is not None and fleet.mode not in item.modes:
        return False
    return fleet.serves is None or item.id in fleet.serves
