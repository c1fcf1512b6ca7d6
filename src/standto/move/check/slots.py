"""Slots: never more vehicles of a mode worked at once at a place than it has (rule 2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from standto.move.check.index import Index
from standto.move.check.verdict import Findings, at, number, short
from standto.move.check.work import work_h
from standto.move.plan import Vehicle
from standto.move.problem import TOLERANCE

OTHERS_NAMED = 4


class Held(NamedTuple):
    """One slot held by one vehicle over [start, end)."""

    vehicle: str
    stop: int
    start_h: float
    end_h: float


def slots_held(index: Index, vehicles: Sequence[Vehicle]) -> dict[tuple[str, str], list[Held]]:
    """All work in a plan by place and mode; a start with nothing to load and work of no length hold none."""
    held: dict[tuple[str, str], list[Held]] = defaultdict(list)
    for vehicle in vehicles:
        fleet = index.fleets.get(vehicle.fleet)
        for count, stop in enumerate(vehicle.stops, start=1):
            if fleet is None or work_h(fleet, stop, first=count == 1) == 0:
                continue
            if stop.end_h - stop.start_h > TOLERANCE:
                held[stop.place, fleet.mode].append(Held(vehicle.id, count, stop.start_h, stop.end_h))
    return held


def judge_slots(index: Index, vehicles: Sequence[Vehicle], findings: Findings) -> None:
    """Rule `slot`, by one sweep over the starts and ends of work at each place."""
    for (place_id, mode), held in slots_held(index, vehicles).items():
        place = index.places.get(place_id)
        slots = place.slots.get(mode) if place is not None else None
        if slots is None:
            continue
        events = [(item.start_h, 1, number_) for number_, item in enumerate(held)]
        events += [(item.end_h - TOLERANCE, 0, number_) for number_, item in enumerate(held)]
        worked: dict[int, None] = {}
        for hour, begins, which in sorted(events):
            if not begins:
                worked.pop(which, None)
                continue
            worked[which] = None
            if len(worked) > slots:
                others = [held[other] for other in islice(worked, OTHERS_NAMED + 1) if other != which]
                item, named = held[which], ", ".join(short(other.vehicle) for other in others[:OTHERS_NAMED])
                message = f"{at(item.vehicle, item.stop, place_id)} {len(worked)} vehicles are worked at "
                message += f"{number(hour)} h (with {named or 'no other'}), {short(mode)} slots are {slots}."
                findings.add("slot", message, vehicle=item.vehicle, stop=item.stop)
