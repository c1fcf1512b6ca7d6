"""Who may be in a plan: known fleets, vehicles within the count, each once, each from a base that has it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from standto.move.check.index import Index
from standto.move.check.verdict import Findings, short
from standto.move.plan import Vehicle
from standto.move.problem import MOST_VEHICLES, Fleet


def judge_vehicles(index: Index, vehicles: Sequence[Vehicle], findings: Findings) -> None:
    """Rules `fleet`, `count`, `vehicle` (twice in the plan) and `base`."""
    used: Counter[tuple[str, str]] = Counter()
    seen: set[str] = set()
    for vehicle in vehicles:
        name = short(vehicle.id)
        if vehicle.id in seen:
            findings.add("vehicle", f"{name} is in the plan more than once.", vehicle=vehicle.id)
        seen.add(vehicle.id)
        fleet = index.fleets.get(vehicle.fleet)
        if fleet is None:
            message = f"{name} is of fleet {short(vehicle.fleet)}, which the problem does not have."
            findings.add("fleet", message, vehicle=vehicle.id)
            continue
        _judge_number(vehicle, fleet, findings)
        used[vehicle.fleet, vehicle.base] += 1
        _judge_base(vehicle, fleet, used[vehicle.fleet, vehicle.base], findings)


def _judge_number(vehicle: Vehicle, fleet: Fleet, findings: Findings) -> None:
    prefix, _, digits = vehicle.id.rpartition("#")
    plain = digits.isascii() and digits.isdecimal() and len(digits) <= len(str(MOST_VEHICLES))
    if prefix != fleet.id or not plain or digits.startswith("0") or int(digits) > fleet.count:
        allowed = f"{short(fleet.id)}#1 to #{fleet.count}" if fleet.count else "none, its count is 0"
        message = f"{short(vehicle.id)} is no vehicle of fleet {short(fleet.id)}: allowed are {allowed}."
        findings.add("count", message, vehicle=vehicle.id)


def _judge_base(vehicle: Vehicle, fleet: Fleet, used: int, findings: Findings) -> None:
    has = fleet.stationed().get(vehicle.base, 0)
    name, base = short(vehicle.id), short(vehicle.base)
    if not vehicle.stops:
        message = f"{name} has no stop; its first stop must be its base {base}."
        findings.add("base", message, vehicle=vehicle.id)
    elif vehicle.stops[0].place != vehicle.base:
        begins = short(vehicle.stops[0].place)
        message = f"{name} begins at {begins}; its first stop must be its base {base}."
        findings.add("base", message, vehicle=vehicle.id, stop=1)
    if used > has:
        message = f"{name} is number {used} of fleet {short(fleet.id)} from {base}, which is base to {has}."
        findings.add("base", message, vehicle=vehicle.id, stop=1 if vehicle.stops else 0)
