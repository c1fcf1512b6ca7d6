"""What every peer may know of a problem: who may carry what, how full, and by which stops it gets there."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from standto.move.network import Network, Option
from standto.move.problem import Problem

PAX = ""
"""People, where people and cargo classes are keys of one mapping."""
SPARE_T = 1e-9
Amounts = dict[str, float]


@dataclass(frozen=True, slots=True)
class Way:
    """The quickest path of a fleet between two places: the stops after the first, and its hours in all."""

    stops: tuple[int, ...]
    hours: float
    moving_h: float


class Ways:
    """A problem by number: places, fleets and requirements are their places in the problem's lists."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.network = Network(problem)
        self.place = self.network.place
        self._ways: dict[tuple[int, int, int], Way | None] = {}
        self._legs: dict[int, dict[tuple[int, int], tuple[Option, ...]]] = {}
        self._serves = [None if fleet.serves is None else set(fleet.serves) for fleet in problem.fleets]
        self.reaches = [self.network.from_base(index) for index in range(len(problem.fleets))]

    def way(self, fleet: int, origin: int, destination: int) -> Way | None:
        """The quickest path, or None where the fleet has none."""
        key = (self.network.net_of[fleet], origin, destination)
        if key not in self._ways:
            self._ways[key] = self._find(fleet, origin, destination)
        return self._ways[key]

    def _find(self, fleet: int, origin: int, destination: int) -> Way | None:
        net = self.network.net(fleet)
        path = net.path(origin, destination)
        if not path:
            return None
        hours = float(net.hours[net.local[origin], net.local[destination]])
        services = net.service_h * max(0, len(path) - 2)
        return Way(tuple(path[1:]), hours, hours - services)

    def legs(self, fleet: int) -> dict[tuple[int, int], tuple[Option, ...]]:
        """The links that a fleet may take from one place to the next."""
        number = self.network.net_of[fleet]
        if number not in self._legs:
            net = self.network.nets[number]
            places = net.places.tolist()
            self._legs[number] = {(places[a], places[b]): options for a, b, options in net.legs}
        return self._legs[number]

    def works(self, fleet: int, place: int) -> bool:
        """Whether the fleet can load and unload there."""
        return self.problem.places[place].slots.get(self.problem.fleets[fleet].mode, 0) != 0

    def may(self, fleet: int, requirement: int) -> bool:
        """Whether the requirement may ride with the fleet at all."""
        item, kind, serves = self.problem.requirements[requirement], self.problem.fleets[fleet], None
        serves = self._serves[fleet]
        return (
            kind.count > 0
            and (item.modes is None or kind.mode in item.modes)
            and (serves is None or item.id in serves)
        )

    @cached_property
    def room(self) -> list[tuple[int, float, frozenset[str]]]:
        """Seats, tonnes (infinite where only seats bind) and cargo classes of every fleet."""
        return [
            (fleet.seats, fleet.tonnes if fleet.limits_mass else math.inf, frozenset(fleet.classes))
            for fleet in self.problem.fleets
        ]

    def takes(self, fleet: int, thing: str) -> bool:
        """Whether at least some of such a thing fits on such a vehicle."""
        seats, tonnes, classes = self.room[fleet]
        if thing == PAX:
            return seats > 0 and tonnes >= self.problem.pax_tonnes
        return thing in classes and 0 < tonnes < math.inf

    def takes_all(self, fleet: int, amounts: Mapping[str, float]) -> bool:
        """Whether all of it fits on one vehicle."""
        seats, tonnes, _ = self.room[fleet]
        mass = sum(amount for thing, amount in amounts.items() if thing != PAX)
        mass += amounts.get(PAX, 0) * self.problem.pax_tonnes
        fits = amounts.get(PAX, 0) <= seats and mass <= tonnes + SPARE_T
        return fits and all(self.takes(fleet, thing) for thing in amounts)

    def fill(self, fleet: int, wanted: Mapping[str, float]) -> Amounts:
        """As much as fits, in the order given; people whole."""
        seats, tonnes, _ = self.room[fleet]
        load: Amounts = {}
        for thing, amount in wanted.items():
            if not self.takes(fleet, thing):
                continue
            if thing == PAX:
                by_mass = math.inf
                if self.problem.pax_tonnes > 0:
                    by_mass = (tonnes + SPARE_T) / self.problem.pax_tonnes
                taken = float(min(round(amount), seats, math.floor(min(by_mass, seats))))
                tonnes -= taken * self.problem.pax_tonnes
            else:
                taken = min(amount, tonnes)
                tonnes -= taken
            if taken > SPARE_T:
                load[thing] = taken
        return load

    def demand(self, requirement: int) -> Amounts:
        """People and tonnes per class to be moved, without zeros; empty where it stays."""
        item = self.problem.requirements[requirement]
        if item.still:
            return {}
        people: Amounts = {PAX: float(item.pax)} if item.pax else {}
        return people | {name: tonnes for name, tonnes in item.cargo.items() if tonnes > SPARE_T}
