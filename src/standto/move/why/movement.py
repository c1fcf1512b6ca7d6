"""A plan looked up for walking backwards."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from standto.move.check.index import Index
from standto.move.check.slots import Held, slots_held
from standto.move.check.stock import Change, stock_changes
from standto.move.plan import Plan, Vehicle
from standto.move.problem import TOLERANCE, Fleet, Requirement
from standto.move.why.words import MOST_BLAMED, listed

MOST_HOLDERS = 50
"""Of the vehicles last worked at a place before a wait ended, so many are looked at."""


@dataclass(slots=True)
class Movement:
    """A plan looked up for walking backwards: vehicles, stock, and when all slots of a place were held."""

    index: Index
    plan: Plan
    vehicles: dict[str, tuple[Vehicle, Fleet]] = field(init=False)
    stock: dict[str, list[tuple[str, str, Change]]] = field(init=False)
    """Per requirement: place, thing and change, in the order of hours."""
    unloads: dict[str, tuple[str, int]] = field(init=False)
    """The last unloading of each requirement at its destination: vehicle and stop."""
    held: dict[tuple[str, str], list[Held]] = field(init=False)
    full: dict[tuple[str, str], list[tuple[float, float]]] = field(init=False)
    names: dict[str, str] = field(init=False)
    """How sentences call each requirement: by its unit where no other moves it, else by its id."""

    def __post_init__(self) -> None:
        units = Counter(one.unit for one in self.index.requirements.values())
        self.names = {
            one.id: one.unit if one.unit and units[one.unit] == 1 else one.id
            for one in self.index.requirements.values()
        }
        self.vehicles = {}
        for vehicle in self.plan.vehicles:
            fleet = self.index.fleets.get(vehicle.fleet)
            if fleet is not None:
                self.vehicles[vehicle.id] = (vehicle, fleet)
        self.stock = defaultdict(list)
        for (name, place, thing), changes in stock_changes(self.index, self.plan.vehicles).items():
            self.stock[name] += [(place, thing, change) for change in changes]
        for rows in self.stock.values():
            rows.sort(key=lambda row: (row[2].hour, row[2].loads))
        self._find_unloads()
        self.held = slots_held(self.index, self.plan.vehicles)
        self.full = {key: self._full_hours(key, held) for key, held in self.held.items()}
        for held in self.held.values():
            held.sort(key=lambda one: one.start_h)

    def _find_unloads(self) -> None:
        last: dict[str, tuple[float, str, int]] = {}
        for name, rows in self.stock.items():
            requirement = self.index.requirements.get(name)
            for place, _, change in rows:
                if requirement is None or change.loads or not change.vehicle:
                    continue
                if place == requirement.destination and change.vehicle in self.vehicles:
                    last[name] = max(
                        last.get(name, (change.hour, "", 0)), (change.hour, change.vehicle, change.stop)
                    )
        self.unloads = {name: (vehicle, stop) for name, (_, vehicle, stop) in last.items()}

    def _full_hours(self, key: tuple[str, str], held: list[Held]) -> list[tuple[float, float]]:
        place = self.index.places.get(key[0])
        slots = place.slots.get(key[1]) if place is not None else None
        if slots is None:
            return []
        events = sorted([(one.start_h, 1) for one in held] + [(one.end_h, -1) for one in held])
        full: list[tuple[float, float]] = []
        working, since = 0, 0.0
        for hour, change in events:
            if working >= slots and working + change < slots:
                full.append((since, hour))
            if working < slots <= working + change:
                since = hour
            working += change
        return [(begins, ends) for begins, ends in full if ends > begins]

    def called(self, requirements: Iterable[str]) -> dict[str, None]:
        """Names of requirements for a sentence, each once."""
        return dict.fromkeys(self.names.get(name, name) for name in requirements)

    def last_unload(self, requirement: Requirement) -> tuple[str, int] | None:
        """Vehicle and stop of the last unloading at the destination."""
        return self.unloads.get(requirement.id)

    def no_slot_h(self, place: str, mode: str, begins: float, ends: float, work_h: float) -> float:
        """Hours of a span without a slot for work of so many hours: all held, or free for less between."""
        full = self.full.get((place, mode), [])
        first = bisect_left(full, (begins, begins))
        total, free_since = 0.0, begins
        for number in range(max(0, first - 1), len(full)):
            since, until = full[number]
            if since >= ends:
                break
            if until <= begins:
                continue
            if since - free_since >= work_h - TOLERANCE:
                free_since = max(since, begins)
            total += min(until, ends) - free_since
            free_since = until
        return total

    def holders(self, place: str, mode: str, begins: float, ends: float, but: str) -> str:
        """Who held the slots in a span, as a sentence says it: fleets and what they moved."""
        held = self.held.get((place, mode), [])
        last = bisect_left(held, ends, key=lambda one: one.start_h)
        fleets: dict[str, None] = {}
        moved: dict[str, None] = {}
        for one in held[max(0, last - MOST_HOLDERS) : last]:
            if one.end_h <= begins or one.vehicle == but or one.vehicle not in self.vehicles:
                continue
            vehicle, fleet = self.vehicles[one.vehicle]
            fleets[fleet.name or fleet.id] = None
            stop = vehicle.stops[one.stop - 1]
            moved.update(self.called(lot.requirement for lot in (*stop.unload, *stop.load)))
        who = listed(fleets, MOST_BLAMED)
        what = f" with {listed(moved, MOST_BLAMED)}" if moved else ""
        return f"held by {who}{what}" if who else "held by others"
