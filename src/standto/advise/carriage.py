"""What carried each requirement of a plan, and which places it passed through."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from standto.move.plan import Plan
from standto.move.problem import Problem


@dataclass(frozen=True, slots=True)
class Carriage:
    """Of one requirement: modes in the order first used, the fleet that loaded most of it, and its places."""

    modes: tuple[str, ...] = ()
    fleet: str = ""
    """Its name, or its id where it has none."""
    fleets: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()


NONE = Carriage()


def carriage(problem: Problem, plan: Plan) -> dict[str, Carriage]:
    """For each requirement that a plan moves, what carried it; tonnes count with people and their kit."""
    fleets = {fleet.id: fleet for fleet in problem.fleets}
    loads = sorted(
        (
            (stop.start_h, fleets[vehicle.fleet].mode, vehicle.fleet, lot.requirement, lot.pax, lot.cargo)
            for vehicle in plan.vehicles
            for stop in vehicle.stops
            for lot in stop.load
        ),
        key=lambda load: load[:4],
    )
    modes: dict[str, dict[str, None]] = defaultdict(dict)
    mass_t: dict[str, dict[str, float]] = defaultdict(dict)
    for _, mode, fleet, name, pax, cargo in loads:
        modes[name][mode] = None
        mass = pax * problem.pax_tonnes + sum(cargo.values())
        mass_t[name][fleet] = mass_t[name].get(fleet, 0.0) + mass
    places: dict[str, set[str]] = defaultdict(set)
    for vehicle in plan.vehicles:
        for stop in vehicle.stops:
            for lot in (*stop.load, *stop.unload):
                places[lot.requirement].add(stop.place)
    found = {}
    for name, carried in mass_t.items():
        most = max(sorted(carried), key=lambda fleet: carried[fleet])
        called = fleets[most].name or most
        found[name] = Carriage(tuple(modes[name]), called, frozenset(carried), frozenset(places[name]))
    return found
