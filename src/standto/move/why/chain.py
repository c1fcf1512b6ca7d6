"""The chain of rides, waits and work from the readiness of a requirement to its close."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from standto.move.check.aboard import amounts_of
from standto.move.check.index import Index
from standto.move.check.stock import Change
from standto.move.check.work import loading_begins_h, on_ground_h
from standto.move.plan import Stop, Vehicle
from standto.move.problem import TOLERANCE, Fleet, Requirement
from standto.move.why.movement import Movement
from standto.move.why.words import MOST_BLAMED, hours_text, listed, place_name


@dataclass(slots=True)
class Wait:
    """Hours that one cause took, and whom to name for it."""

    hours: float = 0.0
    longest_h: float = 0.0
    tell: Callable[[], str] = str

    def add(self, hours: float, tell: Callable[[], str]) -> None:
        """Count more hours; the longest single wait gives its words, told only where they are wanted."""
        self.hours += hours
        if hours > self.longest_h:
            self.longest_h, self.tell = hours, tell


@dataclass(slots=True)
class Chain:
    """What the hours from `available_h` to the close went into."""

    way_h: float = 0.0
    closed_h: float = 0.0
    slots: dict[tuple[str, str], Wait] = field(default_factory=lambda: defaultdict(Wait))
    """By place and mode."""
    lift: dict[str, Wait] = field(default_factory=lambda: defaultdict(Wait))
    """By fleet."""


def trace(movement: Movement, requirement: Requirement) -> Chain:
    """Walk back from the last unloading of a requirement to its readiness."""
    chain = Chain()
    found = movement.last_unload(requirement)
    seen: set[tuple[str, int]] = set()
    while found is not None and found not in seen:
        seen.add(found)
        found = _ride(movement, requirement, *found, chain)
    return chain


def _ride(
    movement: Movement, requirement: Requirement, vehicle_id: str, number: int, chain: Chain
) -> tuple[str, int] | None:
    """Account for one ride, from unloading back to when both load and vehicle were there.

    Returns the unloading by which the load got to where this ride began, or None at the origin.
    """
    vehicle, fleet = movement.vehicles[vehicle_id]
    stop = vehicle.stops[number - 1]
    chain.way_h += on_ground_h(fleet, stop) - stop.start_h
    _account_wait(movement, vehicle, fleet, stop, stop.arrive_h, chain)
    loaded = number - 1
    while loaded >= 1:
        before, after = vehicle.stops[loaded - 1], vehicle.stops[loaded]
        _account_leg(movement.index, fleet, before, after, chain)
        if any(lot.requirement == requirement.id and amounts_of(lot) for lot in before.load):
            break
        chain.way_h += before.end_h - before.start_h
        if loaded > 1:
            _account_wait(movement, vehicle, fleet, before, before.arrive_h, chain)
        loaded -= 1
    if loaded < 1:
        return None
    start = vehicle.stops[loaded - 1]
    begins_h = loading_begins_h(fleet, start)
    chain.way_h += start.end_h - begins_h
    ready_h, source = enough(movement, requirement, start, begins_h)
    _account_vehicle(movement, requirement, vehicle, fleet, loaded, min(ready_h, begins_h), chain)
    if source is None:
        return None
    carrier, at = source
    other, other_fleet = movement.vehicles[carrier]
    chain.way_h += max(0.0, ready_h - on_ground_h(other_fleet, other.stops[at - 1]))
    return source


def enough(
    movement: Movement, requirement: Requirement, start: Stop, begins_h: float
) -> tuple[float, tuple[str, int] | None]:
    """When what is loaded here was ready, and which unloading made it so (None: it was at its origin)."""
    place = start.place
    wanted = {
        thing for lot in start.load if lot.requirement == requirement.id for thing, _ in amounts_of(lot)
    }
    loaded: dict[str, float] = defaultdict(float)
    came: dict[str, list[tuple[float, Change]]] = defaultdict(list)
    for at, thing, change in movement.stock[requirement.id]:
        if at != place or thing not in wanted or change.hour > begins_h + TOLERANCE:
            continue
        if change.loads:
            loaded[thing] += change.amount
        else:
            total = came[thing][-1][0] if came[thing] else 0.0
            came[thing].append((total + change.amount, change))
    latest: Change | None = None
    for thing in wanted:
        rows = came[thing]
        enough = bisect_left(rows, loaded[thing] - TOLERANCE, key=lambda row: row[0])
        if not rows:
            continue
        reaches = rows[min(enough, len(rows) - 1)][1]
        if latest is None or reaches.hour > latest.hour:
            latest = reaches
    if latest is None:
        return requirement.available_h, None
    source = (latest.vehicle, latest.stop) if latest.vehicle in movement.vehicles else None
    return latest.hour + TOLERANCE, source


def _account_wait(
    movement: Movement, vehicle: Vehicle, fleet: Fleet, stop: Stop, since_h: float, chain: Chain
) -> None:
    """Hours between arrival (or readiness) and the start of work: for a slot, or for others."""
    hours = stop.start_h - since_h
    if hours <= TOLERANCE:
        return
    work_h = stop.end_h - stop.start_h
    slot_h = min(hours, movement.no_slot_h(stop.place, fleet.mode, since_h, stop.start_h, work_h))
    if slot_h > TOLERANCE:
        span = (stop.place, fleet.mode, since_h, stop.start_h, vehicle.id)
        chain.slots[stop.place, fleet.mode].add(slot_h, partial(movement.holders, *span))
    if hours - slot_h > TOLERANCE:
        chain.lift[fleet.id].add(hours - slot_h, partial(_stood, movement, stop))


def _account_leg(index: Index, fleet: Fleet, stop: Stop, then: Stop, chain: Chain) -> None:
    """Moving hours, and the wait between the end of work and the departure."""
    depart_h = stop.depart_h if stop.depart_h is not None else then.arrive_h
    chain.way_h += max(0.0, then.arrive_h - depart_h)
    waited = depart_h - stop.end_h
    if waited <= TOLERANCE:
        return
    legs = [leg for leg in index.legs(fleet, stop.place, then.place) if leg.allowed]
    if legs and not any(leg.is_open(stop.end_h) for leg in legs):
        chain.closed_h += waited
        return
    limited = fleet.use_h_per_day is not None
    told = "which had used up its hours" if limited else f"standing at {place_name(index, stop.place)}"
    chain.lift[fleet.id].add(waited, lambda: told)


def _account_vehicle(
    movement: Movement,
    requirement: Requirement,
    vehicle: Vehicle,
    fleet: Fleet,
    loaded: int,
    ready_h: float,
    chain: Chain,
) -> None:
    """What the vehicle did between the hour the load was ready and the beginning of loading."""
    start = vehicle.stops[loaded - 1]
    _account_wait(movement, vehicle, fleet, start, max(start.arrive_h, ready_h), chain)
    away_h = max(0.0, loading_begins_h(fleet, start) - max(start.start_h, ready_h))
    first = loaded - 1
    while first > 0 and vehicle.stops[first].arrive_h > ready_h + TOLERANCE:
        before, after = vehicle.stops[first - 1], vehicle.stops[first]
        away_h += after.arrive_h - max(before.start_h, ready_h)
        waited_from = max(before.arrive_h, ready_h)
        if before.start_h > waited_from + TOLERANCE:
            _account_wait(movement, vehicle, fleet, before, waited_from, chain)
        first -= 1
    away_h += max(0.0, vehicle.stops[0].arrive_h - ready_h)
    if away_h > TOLERANCE:
        stops = vehicle.stops[first:loaded]
        chain.lift[fleet.id].add(away_h, partial(_away, movement, requirement, fleet, stops, ready_h))


def _away(
    movement: Movement, requirement: Requirement, fleet: Fleet, stops: Sequence[Stop], ready_h: float
) -> str:
    """Where a vehicle was that made these stops, the last where it was waited for."""
    carried = [lot.requirement for stop in reversed(stops) for lot in stop.unload]
    others = movement.called(name for name in carried if name != requirement.id)
    if others:
        return f"away with {listed(others, MOST_BLAMED)}"
    if fleet.available_h > ready_h + TOLERANCE:
        return f"available from {hours_text(fleet.available_h)} on"
    return f"which had to come to {place_name(movement.index, stops[-1].place)} first"


def _stood(movement: Movement, stop: Stop) -> str:
    waits_for = listed(movement.called(lot.requirement for lot in stop.load), MOST_BLAMED)
    stood = f"standing at {place_name(movement.index, stop.place)}"
    return stood + (f" for {waits_for}" if waits_for else "")
