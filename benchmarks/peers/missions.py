"""A plan as missions: one vehicle from loading at one place to unloading all of it at another."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from benchmarks.peers.timetable import Piece
from benchmarks.peers.ways import PAX, SPARE_T, Ways
from standto.move.plan import Lot, Plan, Stop


@dataclass(slots=True)
class Mission:
    """Pieces carried from one place to another; `fleet` and `follows` as in the plan it is taken from.

    `approach_h` and `on_way_h` are the hours of its stops before and after loading, `unload_h` of unloading.
    `providers` are missions that must have unloaded before this one loads.
    """

    origin: int
    destination: int
    pieces: list[Piece]
    fleet: int
    base: int
    follows: int
    start_h: float
    end_h: float
    approach_h: list[float] = field(default_factory=list)
    on_way_h: list[float] = field(default_factory=list)
    unload_h: float = 0.0
    providers: set[int] = field(default_factory=set)

    @property
    def ends(self) -> tuple[int, int]:
        """Where it loads and where it unloads."""
        return self.origin, self.destination


def read_missions(ways: Ways, plan: Plan) -> list[Mission]:
    """The missions of a plan in the order in which they load.

    Raises
    ------
    ValueError
        If a vehicle loads again before all is unloaded: that is a tour, not a mission.
    """
    fleets = {fleet.id: index for index, fleet in enumerate(ways.problem.fleets)}
    numbers = {item.id: index for index, item in enumerate(ways.problem.requirements)}
    found: list[tuple[Mission, str]] = []
    for vehicle in plan.vehicles:
        aboard: Stop | None = None
        passed: list[float] = []
        approach_h: list[float] = []
        for number, stop in enumerate(vehicle.stops):
            if number and not stop.load and not stop.unload:
                passed.append(stop.start_h)
            if stop.unload:
                if aboard is None or len(stop.unload) != len(aboard.load):
                    raise ValueError(f"{vehicle.id} unloads a part at {stop.place}: a tour, not a mission")
                fleet = ways.problem.fleets[fleets[vehicle.fleet]]
                pieces = [_piece(numbers, lot) for lot in aboard.load]
                places = (ways.place[aboard.place], ways.place[stop.place])
                begins, ends = aboard.end_h - fleet.load_h, stop.start_h + fleet.unload_h
                base = ways.place[vehicle.base]
                mission = Mission(*places, pieces, fleets[vehicle.fleet], base, -1, begins, ends)
                mission.approach_h, mission.on_way_h, passed = approach_h, passed, []
                mission.unload_h = stop.start_h
                found.append((mission, vehicle.id))
                aboard = None
            if stop.load:
                if aboard is not None:
                    raise ValueError(f"{vehicle.id} loads twice before {stop.place}: a tour, not a mission")
                aboard, approach_h, passed = stop, passed, []
    found.sort(key=lambda item: item[0].start_h)
    last: dict[str, int] = {}
    for index, (mission, name) in enumerate(found):
        mission.follows = last.get(name, -1)
        last[name] = index
    missions = [mission for mission, _ in found]
    _find_providers(ways, missions)
    return missions


def _piece(numbers: dict[str, int], lot: Lot) -> Piece:
    people = {PAX: float(lot.pax)} if lot.pax else {}
    return Piece(numbers[lot.requirement], people | lot.cargo)


def _find_providers(ways: Ways, missions: list[Mission]) -> None:
    """Whose load is loaded on, first come first on, where a load changes vehicles."""
    came: dict[tuple[int, int, str], list[list[float]]] = defaultdict(list)
    for index in sorted(range(len(missions)), key=lambda number: missions[number].end_h):
        for piece in missions[index].pieces:
            for thing, amount in piece.amounts.items():
                came[piece.requirement, missions[index].destination, thing].append([index, amount])
    for mission in missions:
        for piece in mission.pieces:
            if ways.place[ways.problem.requirements[piece.requirement].origin] == mission.origin:
                continue
            for thing, amount in piece.amounts.items():
                left = amount
                for entry in came[piece.requirement, mission.origin, thing]:
                    taken = min(left, entry[1])
                    if taken > SPARE_T:
                        mission.providers.add(int(entry[0]))
                        entry[1] -= taken
                        left -= taken
