"""What stands where: nothing is loaded before it is there and ready (rule 3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from standto.move.check.aboard import amounts_of, thing
from standto.move.check.index import Index
from standto.move.check.verdict import Findings, at, number, short
from standto.move.check.work import loading_begins_h, on_ground_h
from standto.move.plan import Vehicle
from standto.move.problem import TOLERANCE

Key = tuple[str, str, str]
"""Requirement, place, people or cargo class."""


class Change(NamedTuple):
    """Stock at one place becoming ready (positive) or being loaded (negative), in the order it counts."""

    hour: float
    loads: bool
    """What becomes ready within the tolerance is there before what is loaded at that hour."""
    amount: float
    vehicle: str = ""
    stop: int = 0


def judge_stock(index: Index, vehicles: Sequence[Vehicle], findings: Findings) -> None:
    """Rules `ready` (there in the end, but loaded too early) and `not-there` (never there)."""
    for key, changes in stock_changes(index, vehicles).items():
        _judge_balance(index, key, sorted(changes), findings)


def stock_changes(index: Index, vehicles: Sequence[Vehicle]) -> dict[Key, list[Change]]:
    """Every change of stock in a plan; at the origin all of a requirement is ready at `available_h`."""
    changes: dict[Key, list[Change]] = defaultdict(list)
    for requirement in index.problem.requirements:
        for name, amount in index.demand[requirement.id].items():
            ready_h = requirement.available_h - TOLERANCE
            changes[requirement.id, requirement.origin, name].append(Change(ready_h, False, amount))
    for vehicle in vehicles:
        fleet = index.fleets.get(vehicle.fleet)
        for count, stop in enumerate(vehicle.stops if fleet else (), start=1):
            place = index.places.get(stop.place)
            if fleet is None or place is None:
                continue
            ready_h = on_ground_h(fleet, stop) + place.transfer_h - TOLERANCE
            for lot in stop.unload:
                for name, amount in amounts_of(lot):
                    change = Change(ready_h, False, amount, vehicle.id, count)
                    changes[lot.requirement, stop.place, name].append(change)
            begins_h = loading_begins_h(fleet, stop) if stop.load else 0.0
            for lot in stop.load:
                for name, amount in amounts_of(lot):
                    change = Change(begins_h, True, amount, vehicle.id, count)
                    changes[lot.requirement, stop.place, name].append(change)
    return changes


def _judge_balance(index: Index, key: Key, changes: list[Change], findings: Findings) -> None:
    """One walk in time order; what was never there is set right once found, so that it is told once."""
    requirement, place, name = key
    ready = loaded = 0.0
    ever = sum(change.amount for change in changes if not change.loads)
    for change in changes:
        if not change.loads:
            ready += change.amount
            continue
        before, loaded = loaded, loaded + change.amount
        if loaded <= ready + TOLERANCE or requirement not in index.requirements:
            continue
        here = f"{at(change.vehicle, change.stop, place)} loads {thing(name, change.amount)} of "
        here += f"{short(requirement)} at {number(change.hour)} h, but only"
        if loaded > ever + TOLERANCE:
            left = number(max(0.0, ever - before))
            rule, message = "not-there", f"{here} {left} of it are ever there and not yet loaded."
            loaded = before + max(0.0, ever - before)
        else:
            left = number(max(0.0, ready - before))
            hour = number(_enough_h(changes, loaded))
            rule, message = "ready", f"{here} {left} of it are ready then; enough is at {hour} h."
        findings.add(rule, message, vehicle=change.vehicle, stop=change.stop, requirement=requirement)


def _enough_h(changes: list[Change], amount: float) -> float:
    """Hour by which so much has been ready, all loading left aside."""
    total = 0.0
    for change in changes:
        if not change.loads:
            total += change.amount
            if total >= amount - TOLERANCE:
                return change.hour + TOLERANCE
    return changes[-1].hour
