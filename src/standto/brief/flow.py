"""What a plan carries where and when, folded from its stops: rides, and loads per way and place."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass

from standto.move.plan import Lot, Plan, Stop, Vehicle
from standto.move.problem import Fleet, Problem


@dataclass(frozen=True, slots=True)
class Ride:
    """Part of a requirement on one vehicle, from the start of loading to the end of unloading."""

    requirement: str
    mode: str
    fleet: str
    vehicle: str
    origin: str
    destination: str
    load_h: float
    depart_h: float
    arrive_h: float
    unloaded_h: float
    pax: int
    tonnes: float


@dataclass(slots=True)
class Load:
    """People and tonnes of cargo that went along a way or through a place, and in how many vehicle legs."""

    pax: int = 0
    tonnes: float = 0.0
    legs: int = 0

    def add(self, pax: int, tonnes: float) -> None:
        """Count one more vehicle leg."""
        self.pax += pax
        self.tonnes += tonnes
        self.legs += 1

    def mass_t(self, pax_tonnes: float) -> float:
        """Tonnes with people and their kit."""
        return self.tonnes + self.pax * pax_tonnes


@dataclass(frozen=True, slots=True)
class Leg:
    """One laden vehicle on its way from one stop to the next."""

    way: tuple[str, str, str]
    depart_h: float
    arrive_h: float


@dataclass(frozen=True, slots=True)
class Flow:
    """Everything a plan carries."""

    rides: tuple[Ride, ...]
    ways: dict[tuple[str, str, str], Load]
    """(from, to, mode) to what was aboard on laden legs."""
    places: dict[str, Load]
    """Place to what passed through it: loaded or unloaded, whichever is more, and aboard at service stops."""
    legs: tuple[Leg, ...] = ()
    """Laden legs in the order of departure."""


def flow_of(problem: Problem, plan: Plan) -> Flow:
    """Fold a plan's stops into rides, and into loads per way and place."""
    fleets = {fleet.id: fleet for fleet in problem.fleets}
    rides: list[Ride] = []
    legs: list[Leg] = []
    ways: dict[tuple[str, str, str], Load] = defaultdict(Load)
    loaded: dict[str, Load] = defaultdict(Load)
    unloaded: dict[str, Load] = defaultdict(Load)
    serviced: dict[str, Load] = defaultdict(Load)
    for vehicle in plan.vehicles:
        fleet = fleets[vehicle.fleet]
        rides.extend(_rides(vehicle, fleet))
        legs.extend(_count_ways(vehicle, fleet, ways, serviced))
        for stop in vehicle.stops:
            for side, lots in ((loaded, stop.load), (unloaded, stop.unload)):
                if lots:
                    side[stop.place].add(sum(lot.pax for lot in lots), sum(map(lot_tonnes, lots)))
    names = dict.fromkeys([*loaded, *unloaded, *serviced])
    none = Load()
    places = {
        name: _through(loaded.get(name, none), unloaded.get(name, none), serviced.get(name, none))
        for name in names
    }
    rides.sort(key=lambda ride: (ride.load_h, ride.requirement, ride.vehicle))
    legs.sort(key=lambda leg: (leg.depart_h, leg.way))
    return Flow(tuple(rides), dict(ways), places, tuple(legs))


def lot_tonnes(lot: Lot) -> float:
    """Tonnes of cargo in a lot, all classes."""
    return sum(lot.cargo.values())


def _through(loaded: Load, unloaded: Load, serviced: Load) -> Load:
    return Load(
        max(loaded.pax, unloaded.pax) + serviced.pax,
        max(loaded.tonnes, unloaded.tonnes) + serviced.tonnes,
        loaded.legs + unloaded.legs + serviced.legs,
    )


def _count_ways(
    vehicle: Vehicle, fleet: Fleet, ways: dict[tuple[str, str, str], Load], serviced: dict[str, Load]
) -> Iterator[Leg]:
    pax, tonnes = 0, 0.0
    for stop, following in zip(vehicle.stops, vehicle.stops[1:], strict=False):
        pax += sum(lot.pax for lot in stop.load) - sum(lot.pax for lot in stop.unload)
        tonnes += sum(map(lot_tonnes, stop.load)) - sum(map(lot_tonnes, stop.unload))
        if stop.place != following.place and (pax > 0 or tonnes > 1e-6):
            way = stop.place, following.place, fleet.mode
            ways[way].add(pax, max(0.0, tonnes))
            yield Leg(way, stop.end_h if stop.depart_h is None else stop.depart_h, following.arrive_h)
            if not following.load and not following.unload:
                serviced[following.place].add(pax, max(0.0, tonnes))


def work_hours(stop: Stop, fleet: Fleet) -> tuple[float, float]:
    """When unloading ends and when loading begins at a stop (rules 2 and 3 of the lift format)."""
    if fleet.concurrent or not (stop.load and stop.unload):
        return stop.end_h, stop.start_h
    between = min(stop.end_h, stop.start_h + fleet.unload_h)
    return between, between


def _rides(vehicle: Vehicle, fleet: Fleet) -> Iterator[Ride]:
    """Lots matched from loading to unloading, first on first off for parts of one requirement."""
    aboard: dict[str, deque[list[float]]] = defaultdict(deque)
    for index, stop in enumerate(vehicle.stops):
        unloaded_h, load_h = work_hours(stop, fleet)
        for lot in stop.unload:
            pax, mass = float(lot.pax), lot_tonnes(lot)
            queue = aboard[lot.requirement]
            while queue and (pax > 0 or mass > 1e-9):
                part = queue[0]
                taken = min(pax, part[1]), min(mass, part[2])
                part[1], part[2] = part[1] - taken[0], part[2] - taken[1]
                pax, mass = pax - taken[0], mass - taken[1]
                if taken[0] > 0 or taken[1] > 1e-9:
                    first = vehicle.stops[int(part[0])]
                    yield Ride(
                        lot.requirement,
                        fleet.mode,
                        fleet.id,
                        vehicle.id,
                        first.place,
                        stop.place,
                        part[3],
                        first.end_h if first.depart_h is None else first.depart_h,
                        stop.arrive_h,
                        unloaded_h,
                        int(taken[0]),
                        taken[1],
                    )
                if part[1] <= 0 and part[2] <= 1e-9:
                    queue.popleft()
                elif taken == (0.0, 0.0):
                    break
        for lot in stop.load:
            aboard[lot.requirement].append([index, float(lot.pax), lot_tonnes(lot), load_h])
