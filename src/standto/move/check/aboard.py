"""What is on board on every leg: seats, tonnes, classes, who may ride, what stays whole (rules 4 and 6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import fsum

from standto.move.check.index import PAX, Index
from standto.move.check.verdict import Findings, number, short
from standto.move.plan import Lot, Stop, Vehicle
from standto.move.problem import TOLERANCE, Fleet


@dataclass(slots=True)
class Aboard:
    """People and tonnes on one vehicle, by requirement and class."""

    amounts: dict[str, dict[str, float]] = field(default_factory=lambda: defaultdict(dict))

    def change(self, requirement: str, name: str, by: float) -> float:
        """Put on or take off; returns what is then aboard, which a faulty plan makes negative."""
        now = self.amounts[requirement].get(name, 0.0) + by
        if now > 0:
            self.amounts[requirement][name] = now
        else:
            self.amounts[requirement].pop(name, None)
            if not self.amounts[requirement]:
                del self.amounts[requirement]
        return now

    def people(self) -> int:
        """People on board."""
        return round(sum(load.get(PAX, 0.0) for load in self.amounts.values()))

    def tonnes(self) -> float:
        """Tonnes of cargo on board, people not counted."""
        return fsum(t for load in self.amounts.values() for name, t in load.items() if name != PAX)

    def is_whole(self, requirement: str, demand: dict[str, float]) -> bool:
        """Whether nothing or all of a requirement is on board."""
        load = self.amounts.get(requirement)
        if load is None or all(amount <= TOLERANCE for amount in load.values()):
            return True
        return all(load.get(name, 0.0) >= amount - TOLERANCE for name, amount in demand.items())


def judge_aboard(index: Index, vehicle: Vehicle, fleet: Fleet, findings: Findings) -> None:
    """What may ride, and how much: every rule on what is aboard, from `aboard` and `seats` to `ports`."""
    aboard = Aboard()
    parted: set[str] = set()
    for count, stop in enumerate(vehicle.stops, start=1):
        _unload(index, vehicle, stop, count, aboard, findings)
        for lot in stop.load:
            _judge_lot(index, vehicle, fleet, lot, count, findings)
            for name, amount in amounts_of(lot):
                aboard.change(lot.requirement, name, amount)
        _judge_room(index, vehicle, fleet, count, aboard, findings)
        for lot in (*stop.unload, *stop.load):
            requirement = index.requirements.get(lot.requirement)
            if requirement is not None and not requirement.divisible:
                whole = aboard.is_whole(requirement.id, index.demand[requirement.id])
                (parted.discard if whole else parted.add)(requirement.id)
        if count < len(vehicle.stops) and vehicle.stops[count].place != stop.place:
            for name in sorted(parted):
                what = f"leaves with a part of {short(name)}, which is indivisible and travels whole."
                findings.at_stop("indivisible", vehicle, count, what, requirement=name)


def amounts_of(lot: Lot) -> Sequence[tuple[str, float]]:
    """People (`PAX`) and tonnes per class of a lot, without zeros."""
    cargo = [(name, tonnes) for name, tonnes in lot.cargo.items() if tonnes > 0]
    return [(PAX, float(lot.pax)), *cargo] if lot.pax else cargo


def thing(name: str, amount: float) -> str:
    """An amount as messages say it."""
    return f"{number(amount)} people" if name == PAX else f"{number(amount)} t {short(name)}"


def _unload(
    index: Index, vehicle: Vehicle, stop: Stop, count: int, aboard: Aboard, findings: Findings
) -> None:
    for lot in stop.unload:
        if lot.requirement not in index.requirements:
            _unknown(vehicle, lot, count, findings)
        for name, amount in amounts_of(lot):
            left = aboard.change(lot.requirement, name, -amount)
            if left < -TOLERANCE:
                what = f"unloads {thing(name, amount)} of {short(lot.requirement)}, but only "
                what += f"{number(amount + left)} are aboard."
                findings.at_stop("aboard", vehicle, count, what, requirement=lot.requirement)


def _unknown(vehicle: Vehicle, lot: Lot, count: int, findings: Findings) -> None:
    what = f"the problem has no requirement {short(lot.requirement)}."
    findings.at_stop("requirement", vehicle, count, what, requirement=lot.requirement)


def _judge_lot(
    index: Index, vehicle: Vehicle, fleet: Fleet, lot: Lot, count: int, findings: Findings
) -> None:
    """Whether what is loaded may ride on this vehicle at all."""
    requirement, amounts = index.requirements.get(lot.requirement), amounts_of(lot)
    if requirement is None:
        _unknown(vehicle, lot, count, findings)
        return
    serves = index.serves[fleet.id]
    broken = []
    if amounts and serves is not None and requirement.id not in serves:
        broken.append(("serves", f"but fleet {short(fleet.id)} serves only requirements of its own."))
    if amounts and requirement.modes is not None and fleet.mode not in requirement.modes:
        allowed = ", ".join(short(mode) for mode in requirement.modes) or "no mode"
        broken.append(("modes", f"which goes by {allowed} only, not {short(fleet.mode)}."))
    place = vehicle.stops[count - 1].place
    if amounts and requirement.ports is not None and place not in (requirement.origin, *requirement.ports):
        allowed = ", ".join(short(port) for port in requirement.ports) or "no place"
        broken.append(("ports", f"which changes vehicles at {allowed} only."))
    for name, amount in amounts:
        if name != PAX and name not in fleet.classes:
            broken.append(("class", f"{thing(name, amount)} of it, which {short(fleet.id)} cannot carry."))
    for rule, what in broken:
        sentence = f"loads {short(requirement.id)}, {what}"
        findings.at_stop(rule, vehicle, count, sentence, requirement=requirement.id)


def _judge_room(
    index: Index, vehicle: Vehicle, fleet: Fleet, count: int, aboard: Aboard, findings: Findings
) -> None:
    if not vehicle.stops[count - 1].load:
        return
    people, each = aboard.people(), index.problem.pax_tonnes
    if people > fleet.seats:
        what = f"{people} people on board; {short(fleet.id)} has {fleet.seats} seats."
        findings.at_stop("seats", vehicle, count, what)
    mass = aboard.tonnes() + people * each
    if fleet.limits_mass and mass > fleet.tonnes + TOLERANCE:
        what = f"{number(mass)} t on board, people counted at {number(each)} t each; "
        what += f"{short(fleet.id)} takes {number(fleet.tonnes)} t."
        findings.at_stop("tonnes", vehicle, count, what)
