"""A driver who keeps the rules and has no aim: random plans that must pass the judge.

Vehicles go one after another, each whole; what one leaves on the ground the next may find.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import count
from random import Random

from standto.move.plan import Lot, Stop, Vehicle
from standto.move.problem import Fleet, Link, Place, Problem, Requirement

LONGEST_STOPS = 7


@dataclass
class Yard:
    """What all vehicles so far left: work at places, and people of requirements on the ground."""

    problem: Problem
    held: dict[tuple[str, str], list[tuple[float, float]]] = field(default_factory=lambda: defaultdict(list))
    people: dict[tuple[str, str], list[tuple[float, int]]] = field(default_factory=lambda: defaultdict(list))

    def start_h(self, place: Place, mode: str, earliest_h: float, hours: float) -> float | None:
        """First hour from which work of so many hours finds a slot; None if there is none ever."""
        slots = place.slots[mode]
        if slots is None or hours == 0:
            return earliest_h
        if slots == 0:
            return None
        held = self.held[place.id, mode]
        for start in sorted([earliest_h, *(end for _, end in held if end > earliest_h)]):
            inside = [(b, e) for b, e in held if b < start + hours and e > start]
            if all(sum(b <= at < e for b, e in inside) < slots for at in (start, *(b for b, _ in inside))):
                return start
        return None


def drive(problem: Problem, random: Random) -> list[Vehicle]:
    """Random tours of every vehicle."""
    yard = Yard(problem)
    for item in problem.requirements:
        yard.people[item.id, item.origin].append((item.available_h, item.pax))
    vehicles = []
    for fleet in problem.fleets:
        numbers = count(1)
        for base, stationed in fleet.stationed().items():
            for _ in range(stationed):
                tour = _Tour(yard, fleet, base, random)
                if tour.begins():
                    vehicles.append(
                        Vehicle(id=f"{fleet.id}#{next(numbers)}", fleet=fleet.id, base=base, stops=tour.go())
                    )
    return vehicles


class _Tour:
    def __init__(self, yard: Yard, fleet: Fleet, base: str, random: Random) -> None:
        self.yard, self.fleet, self.base, self.random = yard, fleet, base, random
        self.places = {place.id: place for place in yard.problem.places}
        self.stops: list[Stop] = []
        self.aboard: tuple[Requirement, int] | None = None
        self.moves: list[tuple[float, float]] = []

    def begins(self) -> bool:
        """Whether the base can be a stop."""
        return self.fleet.mode in self.places[self.base].slots

    def go(self) -> list[Stop]:
        """Stops until no leg fits, or the driver is tired."""
        place, arrive_h = self.base, self.fleet.available_h
        for _ in range(LONGEST_STOPS):
            stop = self._work(self.places[place], arrive_h)
            if stop is None:
                break
            self.stops.append(stop)
            legs = [leg for leg in self._legs(place, stop.end_h) if leg is not None]
            if not legs or self.random.random() < 0.1:
                break
            place, depart_h, arrive_h = self.random.choice(legs)
            self.stops[-1] = stop.model_copy(update={"depart_h": depart_h})
            self.moves.append((depart_h, arrive_h))
        else:
            return [*self.stops[:-1], self.stops[-1].model_copy(update={"depart_h": None})]
        return [*self.stops[:-1], self.stops[-1].model_copy(update={"depart_h": None})] if self.stops else []

    def _work(self, place: Place, arrive_h: float) -> Stop | None:
        fleet, first = self.fleet, not self.stops
        unload, load, ready_h = self._unloads(), None, arrive_h
        if unload is None or not fleet.concurrent:
            load, ready_h = self._loads(place, arrive_h)
        if unload and load:
            load = None
        hours = fleet.unload_h if unload else fleet.load_h if load else 0.0 if first else fleet.service_h
        earliest_h = ready_h if load else arrive_h
        start_h = self.yard.start_h(place, fleet.mode, earliest_h, hours)
        if start_h is None:
            return self._idle(place, arrive_h)
        end_h = start_h + hours
        self.yard.held[place.id, fleet.mode].append((start_h, end_h))
        lots_off, lots_on = [], []
        if unload and self.aboard:
            requirement, people = self.aboard
            self.yard.people[requirement.id, place.id].append((end_h + place.transfer_h, people))
            lots_off, self.aboard = [Lot(requirement=requirement.id, pax=people, cargo={})], None
        if load:
            lots_on, self.aboard = [Lot(requirement=load[0].id, pax=load[1], cargo={})], load
            self.yard.people[load[0].id, place.id].append((start_h, -load[1]))
        return _stop(place, arrive_h, start_h, end_h, lots_off, lots_on)

    def _idle(self, place: Place, arrive_h: float) -> Stop | None:
        """Without a slot the base may still be left empty; elsewhere the vehicle cannot even be serviced."""
        return None if self.stops else _stop(place, arrive_h, arrive_h, arrive_h, [], [])

    def _unloads(self) -> bool | None:
        return self.aboard is not None and self.random.random() < 0.6

    def _loads(self, place: Place, arrive_h: float) -> tuple[tuple[Requirement, int] | None, float]:
        fleet, nothing = self.fleet, (None, arrive_h)
        if self.aboard or self.random.random() < 0.2:
            return nothing
        for item in self.random.sample(self.yard.problem.requirements, len(self.yard.problem.requirements)):
            changes = self.yard.people[item.id, place.id]
            there = sum(people for _, people in changes)
            rides = fleet.serves is None or item.id in fleet.serves
            rides = rides and (item.modes is None or fleet.mode in item.modes)
            each = self.yard.problem.pax_tonnes
            room = fleet.seats
            if fleet.limits_mass and each:
                room = min(room, int(fleet.tonnes / each + 1e-9))
            people = min(there, room)
            whole = item.divisible or (people == item.pax and not item.tonnes)
            if rides and people > 0 and whole:
                # Late enough for everything that was ever left here and for all that was taken since.
                return (item, people), max(arrive_h, *(hour for hour, _ in changes))
        return nothing

    def _legs(self, place: str, end_h: float) -> list[tuple[str, float, float] | None]:
        return [
            self._leg(link, there, end_h)
            for link in self.yard.problem.links
            for here, there in ((link.origin, link.destination), (link.destination, link.origin))
            if here == place != there and (link.both or here == link.origin)
        ]

    def _leg(self, link: Link, there: str, end_h: float) -> tuple[str, float, float] | None:
        fleet = self.fleet
        fits = link.mode == fleet.mode and (link.fleets is None or fleet.id in link.fleets)
        fits = fits and (fleet.range_km is None or link.km <= fleet.range_km)
        least_h = min(fleet.load_h, fleet.unload_h, fleet.service_h)
        slots = self.places[there].slots.get(link.mode, 0)
        if not fits or link.mode not in self.places[there].slots or (slots == 0 and least_h >= 0):
            return None
        depart_h = end_h + self.random.choice([0.0, 0.0, 0.5, 12.0])
        for begins, ends in sorted(link.closed):
            if begins <= depart_h < ends:
                depart_h = ends
        hours = link.hours.get(fleet.id, link.km / fleet.kmh)
        return (there, depart_h, depart_h + hours) if self._in_use(depart_h, depart_h + hours) else None

    def _in_use(self, depart_h: float, arrive_h: float) -> bool:
        """Rule 5, pair by pair as the rule is written."""
        per_day, bank, moves = (
            self.fleet.use_h_per_day,
            self.fleet.use_bank_days,
            [*self.moves, (depart_h, arrive_h)],
        )
        if per_day is None:
            return True
        if sum(e - b for b, e in moves) > per_day * ((arrive_h - self.fleet.available_h) / 24 + 1):
            return False
        return bank is None or all(
            sum(e - b for b, e in moves[first:]) <= per_day * ((arrive_h - moves[first][0]) / 24 + bank)
            for first in range(len(moves))
        )


def _stop(place: Place, arrive: float, start: float, end: float, off: list[Lot], on: list[Lot]) -> Stop:
    return Stop(place=place.id, arrive_h=arrive, start_h=start, end_h=end, depart_h=None, unload=off, load=on)
