"""Checks of lift: that what must move can be carried, and that there is a way."""

from __future__ import annotations

from collections.abc import Iterator

from standto.force.checks.subject import Finding, Subject, check
from standto.force.tables import ScenarioFleet, ScenarioPlace


def slots(place: ScenarioPlace, mode: str) -> int | None:
    """A place's slots of a mode: None = no stop here, -1 = no limit."""
    found: int | None = getattr(place, f"{mode}_slots")
    return found or None


@check("error")
def fleet_base_no_slots(subject: Subject) -> Iterator[Finding]:
    """A fleet is based where vehicles of its mode can be worked; elsewhere it is never used."""
    for fleet in subject.scenario.fleets:
        for base in fleet.bases:
            place = subject.places.get(base)
            if place and slots(place, fleet.mode) is None:
                message = f"{base} has no slots for {fleet.mode}, so what is based there is never used"
                yield Finding(
                    fleet, "bases", message, f"give {base} {fleet.mode}_slots in places, or move the base"
                )


@check("error")
def fleet_carries_nothing(subject: Subject) -> Iterator[Finding]:
    """A fleet has seats, or tonnes for people or cargo classes; one without tonnes has no cargo classes."""
    for fleet in subject.scenario.fleets:
        if not fleet.seats and not (fleet.tonnes and fleet.classes):
            message = "carries neither people nor cargo"
            yield Finding(fleet, "seats", message, "give it seats, or tonnes and classes")
        elif fleet.classes and not fleet.tonnes:
            message = "has cargo classes but no tonnes"
            yield Finding(fleet, "tonnes", message, "give it tonnes, or leave classes blank")


@check("error")
def cargo_no_fleet_can_carry(subject: Subject) -> Iterator[Finding]:
    """Some fleet may carry every class of cargo that a unit takes along and cannot drive, and its people."""
    if subject.broken.get("fleets"):
        return
    for requirement in subject.scenario.requirements:
        if requirement.unit not in subject.units:
            continue
        lift = subject.lift(requirement)
        driving = subject.driving(requirement)
        carried = {name for fleet in lift if fleet.tonnes for name in fleet.classes}
        wanted = {row.cargo_class for row in subject.cargo(requirement) if row not in driving}
        for name in sorted(wanted - carried):
            message = f"no fleet that may carry {requirement.unit} takes {name} cargo"
            fix = "add a fleet with that class, or widen modes or only_nations"
            yield Finding(requirement, "unit", message, fix)
        if subject.people_to_lift(requirement) and not any(fleet.seats for fleet in lift):
            message = f"no fleet that may carry {requirement.unit} has seats"
            fix = "add a fleet with seats, or widen modes or only_nations"
            yield Finding(requirement, "unit", message, fix)


@check("error")
def indivisible_too_big(subject: Subject) -> Iterator[Finding]:
    """What may not be divided fits on one vehicle."""
    for requirement in subject.scenario.requirements:
        if requirement.divisible or requirement.unit not in subject.units or subject.driving(requirement):
            continue
        people, cargo = subject.people(requirement), subject.cargo(requirement)
        tonnes = sum(row.count * row.mass_t for row in cargo) * requirement.share
        classes = {row.cargo_class for row in cargo}
        kit = people * subject.settings.pax_tonnes if subject.settings else 0.0
        lift = subject.lift(requirement)
        if lift and not any(_fits(fleet, people, tonnes, kit, classes) for fleet in lift):
            message = f"{people} people and {tonnes:g} t must travel together, and fit no single vehicle"
            yield Finding(requirement, "divisible", message, "write yes, or add a larger vehicle")


def _fits(fleet: ScenarioFleet, people: int, tonnes: float, kit: float, classes: set[str]) -> bool:
    """Whether one vehicle takes all; without tonnes of its own, mass is not limited for people."""
    if not fleet.tonnes:
        return not tonnes and fleet.seats >= people
    return fleet.seats >= people and fleet.tonnes >= tonnes + kit and classes <= set(fleet.classes)


@check("error")
def requirement_no_way(subject: Subject) -> Iterator[Finding]:
    """The modes that may carry a requirement, and the slots on the way, join its origin to its destination.

    Distances are not looked at: whether a way exists on the ground, within range and through the transit
    states is found when the problem is built.
    """
    if subject.broken.get("fleets") or subject.broken.get("places"):
        return
    reached: dict[tuple[str, frozenset[str]], set[str]] = {}
    for requirement in subject.scenario.requirements:
        unit = subject.units.get(requirement.unit)
        origin = requirement.origin or (unit.home if unit else "")
        ends = (origin, requirement.destination)
        if (
            unit is None
            or not all(end in subject.places for end in ends)
            or origin == requirement.destination
        ):
            continue
        modes: set[str] = {fleet.mode for fleet in subject.lift(requirement)}
        if subject.driving(requirement):
            modes.add("road")
        key = (origin, frozenset(modes))
        if key not in reached:
            reached[key] = _reached(subject, *key)
        if requirement.destination not in reached[key]:
            by = " and ".join(sorted(modes)) or "no mode"
            message = f"{by} with the slots given cannot reach {ends[1]} from {origin}"
            yield Finding(
                requirement, "destination", message, "give slots on the way, add a fleet, or widen modes"
            )


def _reached(subject: Subject, origin: str, modes: frozenset[str]) -> set[str]:
    """The places that can be reached by changing between modes where both have slots."""
    closed = {
        (link.origin, link.destination, link.mode) for link in subject.scenario.links if link.km is None
    }
    closed |= {(b, a, mode) for a, b, mode in closed}
    reached, waiting = {origin}, [origin]
    while waiting:
        place = waiting.pop()
        usable = [mode for mode in modes if slots(subject.places[place], mode)]
        for other in subject.places.values():
            if other.id in reached:
                continue
            if any(slots(other, mode) and (place, other.id, mode) not in closed for mode in usable):
                reached.add(other.id)
                waiting.append(other.id)
    return reached


@check("warning")
def moves_nothing(subject: Subject) -> Iterator[Finding]:
    """A requirement has people or cargo to move."""
    for requirement in subject.scenario.requirements:
        if (
            requirement.unit in subject.units
            and not subject.people(requirement)
            and not subject.cargo(requirement)
        ):
            yield Finding(
                requirement, "unit", "has nobody and nothing to move", "give the unit strength or holdings"
            )
