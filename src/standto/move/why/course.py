"""The critical course of a requirement: the rides, transfers and waits that its close hung on, with hours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from standto.move.check.aboard import amounts_of
from standto.move.check.work import loading_begins_h, on_ground_h
from standto.move.problem import TOLERANCE, Requirement
from standto.move.why.chain import enough
from standto.move.why.movement import Movement


@dataclass(frozen=True, slots=True)
class Stretch:
    """One piece of the course, from `start_h` to `end_h`; a ride goes from `place` to `to` on a vehicle."""

    kind: Literal["wait", "ride", "transfer"]
    start_h: float
    end_h: float
    place: str
    to: str = ""
    vehicle: str = ""


def course(movement: Movement, requirement: Requirement) -> tuple[Stretch, ...]:
    """From the hour a requirement was ready to its close: what its last unloading waited for, in order.

    Walked backwards like `trace`: from the last unloading to where that ride was loaded, from there to
    whatever brought the load last, or to the origin.
    """
    found = movement.last_unload(requirement)
    pieces: list[Stretch] = []
    seen: set[tuple[str, int]] = set()
    while found is not None and found not in seen:
        seen.add(found)
        name, number = found
        vehicle, fleet = movement.vehicles[name]
        stop = vehicle.stops[number - 1]
        loaded = _loaded_at(movement, requirement, name, number)
        if loaded is None:
            break
        start = vehicle.stops[loaded - 1]
        begins_h = loading_begins_h(fleet, start)
        ride = Stretch("ride", begins_h, on_ground_h(fleet, stop), start.place, stop.place, name)
        pieces.append(ride)
        ready_h, found = enough(movement, requirement, start, begins_h)
        if begins_h - ready_h > TOLERANCE:
            pieces.append(Stretch("wait", ready_h, begins_h, start.place))
        if found is not None:
            other, other_fleet = movement.vehicles[found[0]]
            there_h = on_ground_h(other_fleet, other.stops[found[1] - 1])
            if ready_h - there_h > TOLERANCE:
                pieces.append(Stretch("transfer", there_h, ready_h, start.place))
    return tuple(reversed(pieces))


def _loaded_at(movement: Movement, requirement: Requirement, name: str, number: int) -> int | None:
    """The last stop before `number` at which a vehicle loads something of a requirement."""
    stops = movement.vehicles[name][0].stops
    for loaded in range(number - 1, 0, -1):
        if any(lot.requirement == requirement.id and amounts_of(lot) for lot in stops[loaded - 1].load):
            return loaded
    return None
