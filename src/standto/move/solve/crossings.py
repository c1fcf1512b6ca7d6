"""Voyages planned before all else: trips of large vehicles that many requirements must fill together.

The list scheduler sends one requirement after the other, each as soon as can be; it never keeps for a ship,
which takes long, what could fly sooner. Yet what sails need not fly and leaves aircraft to the rest. So these
trips are made first: what is least urgent sails, as long as it is there by some hour. Of all voyages the one
that does most for every hour of its vehicle is taken, again and again.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from standto.move.network import Floats, Ints
from standto.move.solve.scarcity import PERSON_T
from standto.move.solve.tables import DUST, Tables
from standto.move.solve.trips import NEVER_EARLIER, Ride, Trip

LEAST_FULL = 0.3
"""An emptier vehicle does not sail (assumed)."""


@dataclass(frozen=True, slots=True)
class Voyage:
    """A vehicle's way between two ports, when its loading begins and its unloading ends, and its loads.

    `worth` is tonnes, each by the part of its way that this does, for an hour of the vehicle.
    """

    worth: float
    vehicle: int
    a: int
    b: int
    begin_h: float
    ground_h: float
    loads: tuple[tuple[int, int, float], ...]


@dataclass(frozen=True, slots=True)
class _Offer:
    """Cargo that a fleet may take from a place, least urgent first; by place, the part of the way it does."""

    need: Ints
    column: Ints
    done: Floats
    onward_h: Floats


class Crossings:
    """Plans voyages of fleets whose vehicles hold more than a usual requirement.

    Parameters
    ----------
    t
        The problem.
    order
        Requirements, the most urgent first.
    until_h
        By when what sails must be able to be at its destination.
    left
        A voyage leaves less than this part of the hours to go; 0: it goes to the destination itself.
    """

    def __init__(self, t: Tables, order: Ints, until_h: float, left: float) -> None:
        self.t, self.until_h, self.most_left = t, until_h, left
        self.left = t.need.copy()
        self.place, self.free_h = t.v_base.copy(), t.free_h[t.v_fleet]
        self.busy = [[0.0] * max(0, int(count)) for count in t.slots]
        load = t.need[:, 1:].sum(axis=1) + t.need[:, 0] * max(t.pax_t, PERSON_T)
        usual = float(load.mean()) if len(load) else np.inf
        self.offers: dict[tuple[int, int], _Offer] = {}
        for fleet in np.flatnonzero((t.tonnes > usual) & np.isfinite(t.tonnes)).tolist():
            for a in np.unique(t.origin).tolist():
                offer = self._offer(fleet, a, order)
                if offer is not None:
                    self.offers[fleet, a] = offer

    def _offer(self, fleet: int, a: int, order: Ints) -> _Offer | None:
        t, net, mode = self.t, int(self.t.net[fleet]), int(self.t.mode[fleet])
        if t.local[net, a] < 0 or t.slots[a * t.modes + mode] == 0 or not (t.v_fleet == fleet).any():
            return None
        mine = order[::-1][(t.origin[order[::-1]] == a) & (t.whole[order[::-1]] == 0)]
        need, column = np.nonzero((t.need[mine, 1:] > DUST) & (t.way[mine, 1:] >= 0))
        need, column = mine[need], column + 1
        able = t.may[t.way[need, column], fleet] > 0
        need, column = need[able], column[able]
        way = t.way[need, column]
        ports = t.slots.reshape(-1, t.modes)[:, mode] != 0
        with np.errstate(divide="ignore", invalid="ignore"):
            done = 1 - t.togo[way] / t.togo[way, a][:, None]
        done = np.where(ports[None, :] & (done >= 1 - self.most_left), done, 0.0)
        done[:, a] = 0.0
        if not done.any():
            return None
        there = np.arange(len(t.transfer_h))[None, :] == t.destination[need][:, None]
        return _Offer(need, column, done, np.where(there, 0.0, t.transfer_h[None, :] + t.togo[way]))

    def plan(self) -> list[Voyage]:
        """Voyages by when they begin."""
        found = {key: self._best(*key) for key in self.offers}
        made: list[Voyage] = []
        while True:
            offered = [(voyage.worth, key) for key, voyage in found.items() if voyage is not None]
            if not offered:
                break
            worth, key = max(offered)
            new = found[key] = self._best(*key)
            if new is None or new.worth < worth:
                continue
            self._take(new)
            made.append(new)
            for other, voyage in found.items():
                if other[1] == new.a or (voyage is not None and voyage.vehicle == new.vehicle):
                    found[other] = self._best(*other)
        return sorted(made, key=lambda voyage: voyage.begin_h)

    def _best(self, fleet: int, a: int) -> Voyage | None:
        """The best voyage from a place with the vehicle of a fleet that can be there first."""
        t, net = self.t, int(self.t.net[fleet])
        low, size, here = int(t.net_at[net]), int(t.net_size[net]), int(t.local[net, a])
        hours = t.hours[low : low + size * size].reshape(size, size)
        mine = np.flatnonzero(t.v_fleet == fleet)
        at = t.local[net, self.place[mine]]
        there = np.where(at >= 0, self.free_h[mine] + hours[at, here], np.inf)
        first = int(there.argmin())
        soon = self._slot(a, fleet, float(there[first]))
        offer, best = self.offers[fleet, a], None
        if soon + t.load_h[fleet] >= self.until_h:
            return None
        for local in np.flatnonzero(np.isfinite(hours[here])).tolist():
            b = int(t.places[t.place_at[net] + local])
            if not offer.done[:, b].any():
                continue
            new = self._fill(int(mine[first]), offer, (a, b), soon, float(hours[here, local]))
            if new is not None and (best is None or new.worth > best.worth):
                best = new
        return best

    def _fill(self, v: int, offer: _Offer, way: tuple[int, int], soon: float, far: float) -> Voyage | None:
        """What a vehicle takes that can be at its destination in time, and what that is worth."""
        t, fleet, (a, b) = self.t, int(self.t.v_fleet[v]), way
        room, worth, begin = float(t.tonnes[fleet]), 0.0, soon
        loads: list[tuple[int, int, float]] = []
        held = self.left[offer.need, offer.column]
        ground = soon
        for row in np.flatnonzero((offer.done[:, b] > 0) & (held > DUST)).tolist():
            start = max(begin, float(t.ready_h[offer.need[row]]))
            there = self._slot(b, fleet, start + float(t.load_h[fleet]) + far) + float(t.unload_h[fleet])
            if there + offer.onward_h[row, b] > self.until_h:
                continue
            amount = min(room, float(held[row]))
            loads.append((int(offer.need[row]), int(offer.column[row]), amount))
            worth += amount * float(offer.done[row, b])
            room, begin, ground = room - amount, start, there
            if room <= DUST:
                break
        if room > (1 - LEAST_FULL) * float(t.tonnes[fleet]):
            return None
        return Voyage(worth / (ground - float(self.free_h[v])), v, a, b, begin, ground, tuple(loads))

    def _slot(self, place: int, fleet: int, hour: float) -> float:
        busy = self.busy[place * self.t.modes + int(self.t.mode[fleet])]
        return max(hour, min(busy)) if busy else hour

    def _take(self, new: Voyage) -> None:
        t, fleet = self.t, int(self.t.v_fleet[new.vehicle])
        for r, k, amount in new.loads:
            self.left[r, k] -= amount
        for place, until_h in ((new.a, new.begin_h + float(t.load_h[fleet])), (new.b, new.ground_h)):
            busy = self.busy[place * t.modes + int(t.mode[fleet])]
            if busy:
                busy[busy.index(min(busy))] = until_h
        self.place[new.vehicle], self.free_h[new.vehicle] = new.b, new.ground_h


def as_trip(voyage: Voyage, columns: int) -> Trip:
    """The trip of a voyage."""
    most: dict[int, list[float]] = {}
    for r, k, amount in voyage.loads:
        most.setdefault(r, [0.0] * columns)[k] = amount
    rides = tuple(Ride(r, 0, 1, tuple(amounts)) for r, amounts in most.items())
    return Trip(voyage.vehicle, (voyage.a, voyage.b), (NEVER_EARLIER, NEVER_EARLIER), rides)
