"""The reason of each requirement in one sentence: the largest cause, or what leaves it behind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from standto.move.check.index import PAX, Index
from standto.move.check.reach import Reach, least_load
from standto.move.check.verdict import short
from standto.move.plan import Outcome, Plan
from standto.move.problem import TOLERANCE, Problem, Requirement
from standto.move.why.chain import Chain, trace
from standto.move.why.movement import Movement
from standto.move.why.words import hours_text, listed, name_or_id, place_name

Cause = Literal["readiness", "lift", "slots", "way", "none"]


@dataclass(frozen=True, slots=True)
class Reason:
    """What bound one requirement: the largest cause, and one plain sentence with its numbers.

    `place` is set where slots bind, `fleet` where lift binds; both are ids, empty otherwise.
    """

    cause: Cause
    sentence: str
    place: str = ""
    fleet: str = ""


def explain(problem: Problem, plan: Plan) -> dict[str, Reason]:
    """The reason of every requirement, late or not; a plan with broken rules is explained as it stands."""
    movement = Movement(Index(problem), plan)
    reach = Reach(movement.index)
    outcomes = {outcome.id: outcome for outcome in plan.requirements}
    reasons = {}
    for requirement in problem.requirements:
        outcome = outcomes.get(requirement.id)
        if outcome is None or outcome.close_h is None:
            reasons[requirement.id] = _left_behind(movement.index, reach, requirement, outcome)
        elif requirement.still or not movement.last_unload(requirement):
            reasons[requirement.id] = _still(requirement, outcome)
        else:
            reasons[requirement.id] = _in_place(movement, requirement, outcome.close_h)
    return reasons


def _in_place(movement: Movement, requirement: Requirement, close_h: float) -> Reason:
    chain = trace(movement, requirement)
    late_h = close_h - requirement.due_h
    slots = max(chain.slots.items(), key=lambda item: item[1].hours, default=None)
    lift = max(chain.lift.items(), key=lambda item: item[1].hours, default=None)
    slots_h = slots[1].hours if slots else 0.0
    lift_h = lift[1].hours if lift else 0.0
    verdict = _verdict(requirement, close_h, late_h)
    unaided_h = requirement.available_h + chain.way_h
    late_anyway_h = min(late_h, unaided_h - requirement.due_h) if late_h > 0 else 0.0
    if slots is not None and slots_h >= max(lift_h, chain.closed_h, late_anyway_h, TOLERANCE):
        (place, mode), wait = slots
        known = movement.index.places.get(place)
        count = known.slots.get(mode) if known is not None else None
        one = f"one of the {count} {short(mode)} slots" if count != 1 else f"the one {short(mode)} slot"
        where = place_name(movement.index, place)
        sentence = f"{verdict}{_waited(slots_h, late_h)} for {one} at {where}, {wait.tell()}."
        return Reason("slots", sentence, place=place)
    if lift is not None and lift_h >= max(chain.closed_h, late_anyway_h, TOLERANCE):
        name, wait = lift
        fleet = movement.index.fleets[name]
        sentence = f"{verdict}{_waited(lift_h, late_h)} for {name_or_id(fleet.name, name)}, {wait.tell()}."
        return Reason("lift", sentence, fleet=name)
    if chain.closed_h >= max(late_anyway_h, TOLERANCE):
        return Reason("way", f"{verdict}{_waited(chain.closed_h, late_h)} for a closed link to open.")
    return _ready_or_way(requirement, chain, verdict)


def _ready_or_way(requirement: Requirement, chain: Chain, verdict: str) -> Reason:
    """Nothing waited long: it was ready late, or the way is long."""
    ready = f"ready at {hours_text(requirement.available_h)}"
    way = f"moving, loading and unloading take {hours_text(chain.way_h)}"
    if requirement.available_h > requirement.due_h - chain.way_h and requirement.available_h > chain.way_h:
        return Reason("readiness", f"{verdict}: it is {ready} and {way}.")
    return Reason("way", f"{verdict}: {way}, and it is {ready}.")


def _verdict(requirement: Requirement, close_h: float, late_h: float) -> str:
    if requirement.hard_h is not None and close_h > requirement.hard_h + TOLERANCE:
        return f"Missed, closes {hours_text(late_h)} late" if late_h > 0 else "Missed"
    if late_h > TOLERANCE:
        return f"Closes {hours_text(late_h)} late"
    return (
        f"Closes {hours_text(-late_h)} before it is due" if late_h < -TOLERANCE else "Closes when it is due"
    )


def _waited(hours: float, late_h: float) -> str:
    """How a sentence goes on after the verdict: as a part of the lateness only where it can be one."""
    if late_h <= TOLERANCE:
        return f", though it waited {hours_text(hours)}"
    return (
        f": {hours_text(hours)} of it waiting"
        if hours <= late_h + TOLERANCE
        else f": it waited {hours_text(hours)}"
    )


def _still(requirement: Requirement, outcome: Outcome) -> Reason:
    late_h = (outcome.close_h or 0.0) - requirement.due_h
    if late_h > TOLERANCE:
        sentence = f"Closes {hours_text(late_h)} late: nothing has to move, but it is ready only at "
        return Reason("readiness", f"{sentence}{hours_text(requirement.available_h)}.")
    return Reason("none", "Nothing has to move.")


def _left_behind(index: Index, reach: Reach, requirement: Requirement, outcome: Outcome | None) -> Reason:
    """Why something of it is not delivered."""
    demand = least_load(requirement)
    way = f"from {place_name(index, requirement.origin)} to {place_name(index, requirement.destination)}"
    if not requirement.divisible and demand and not reach.carriers(requirement, next(iter(demand))):
        size = f"{requirement.pax} people and {requirement.tonnes:g} t"
        sentence = f"Not delivered: it is indivisible, {size}, and no vehicle that may carry it takes all."
        return Reason("lift", sentence)
    for thing in demand:
        what = "people" if thing == PAX else f"{short(thing)} cargo"
        carriers = reach.carriers(requirement, thing)
        if not carriers:
            return Reason("lift", f"Not delivered: no fleet that may carry it carries {what}.")
        if not reach.can_arrive(requirement, carriers):
            fleets = listed({fleet.name or fleet.id: None for fleet in carriers})
            sentence = f"Not delivered: there is no way {way} for {what}"
            return Reason("way", f"{sentence}{_ports(index, requirement)}; it may ride with {fleets}.")
    left = outcome.undelivered if outcome is not None else None
    much = f"{left.pax} people and {sum(left.cargo.values()):g} t" if left else "it"
    fleets = listed({f.name or f.id: None for thing in demand for f in reach.carriers(requirement, thing)})
    carriers = reach.carriers(requirement, next(iter(demand), PAX))
    sentence = f"Not delivered: {much} are left, though {fleets} could carry them {way}."
    return Reason("lift", sentence, fleet=carriers[0].id if carriers else "")


def _ports(index: Index, requirement: Requirement) -> str:
    """How a sentence goes on where a requirement may change vehicles at some places only."""
    if requirement.ports is None:
        return ""
    named = listed({place_name(index, port): None for port in requirement.ports})
    return f" that changes vehicles only at {named}" if named else " without a change of vehicles"
