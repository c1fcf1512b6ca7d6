"""What an order needs: a decision in force that covers its unit, place, time and number, and approvals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from standto.decide.body import Body
from standto.decide.consultation import Approval, Consultation
from standto.decide.permit import Permit
from standto.decide.rules.asking import clock, concerns_unit, listed, names_unit
from standto.decide.state import Decided
from standto.errors import NotCoveredError

Part = Literal["decision", "unit", "place", "time", "number", "approval"]
PARTS: tuple[Part, ...] = ("decision", "unit", "place", "time", "number", "approval")
"""In the order in which they are looked at; what fails latest came nearest to being covered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Who would be ordered where, from when on, and how many."""

    unit: str
    people: int
    destination: str
    from_at: datetime

    def __post_init__(self) -> None:
        if self.people < 1 or not self.unit.strip() or not self.destination.strip():
            raise ValueError("an order should name a unit, a place and at least one of its people")


@dataclass(frozen=True, slots=True)
class Covered:
    """The permit that covers an order, counted from 1 within its decision, and why in one sentence."""

    decision: str
    permit: int
    words: str


@dataclass(frozen=True, slots=True)
class Uncovered:
    """The first part of an order that a permit does not cover, and why in one sentence."""

    part: Part
    words: str


def covering(state: Decided, asked: Asked, now: datetime, *, decision: str = "") -> Covered:
    """The decision and permit that let an order be given at an instant.

    Parameters
    ----------
    state
        Bodies, decisions and orders as they stand.
    asked
        The order.
    now
        When it would be given.
    decision
        Look at this decision only; blank: at every one.

    Raises
    ------
    NotCoveredError
        If none covers it; it names the one part that is not covered by the decision that comes nearest.
    """
    nearest: Uncovered | None = None
    for found in _findings(state, asked, now, decision):
        if isinstance(found, Covered):
            return found
        if nearest is None or PARTS.index(found.part) > PARTS.index(nearest.part):
            nearest = found
    if nearest is None:
        nearest = _nothing(state, asked, decision)
    raise NotCoveredError(
        f"{asked.unit} may not be ordered to {asked.destination}: {nearest.words}",
        part=nearest.part,
        fix="get a decision that covers it; an override names an authority, a reason and a review time",
    )


def _findings(state: Decided, asked: Asked, now: datetime, decision: str) -> Iterator[Covered | Uncovered]:
    for consultation in state.consultations.values():
        if decision and consultation.id != decision:
            continue
        body = state.bodies.get(consultation.body)
        concerns = body is not None and (decision or body.holding(asked.unit))
        if body is None or consultation.proposal is None or not concerns:
            continue
        if not consultation.in_force(now):
            yield Uncovered("decision", _not_in_force(consultation, now))
            continue
        permits = enumerate(consultation.proposal.permits, start=1)
        movement = [(number, permit) for number, permit in permits if permit.act == "movement"]
        named = [unit for _, permit in movement for unit in permit.units]
        if not movement:
            yield Uncovered("decision", f"decision {consultation.id} permits no movement")
        elif not names_unit(body, named, asked.unit):
            words = f"decision {consultation.id} does not cover the unit; it names {listed(named)}"
            yield Uncovered("unit", words)
            continue
        for number, permit in movement:
            lacking = _lacking(state, body, consultation, number, permit, asked)
            words = f"decision {consultation.id} of {body.name} covers unit, place, time and number"
            yield lacking or Covered(consultation.id, number, words)


def _nothing(state: Decided, asked: Asked, decision: str) -> Uncovered:
    if decision:
        words = (
            f"decision {decision} has no text"
            if decision in state.consultations
            else (f"there is no decision {decision}")
        )
        return Uncovered("decision", words)
    bodies = [body.name for body, _ in state.packages_of(asked.unit)]
    if bodies:
        return Uncovered("decision", f"{listed(dict.fromkeys(bodies))} decided nothing that permits it")
    return Uncovered("unit", "no body on record decides for this unit")


def _not_in_force(consultation: Consultation, now: datetime) -> str:
    status, what = consultation.status_at(now), f"decision {consultation.id}"
    if status in {"withdrawn", "superseded"} and consultation.ended_at is not None:
        return f"{what} was {status} at {clock(consultation.ended_at)}"
    proposal = consultation.proposal
    if status == "expired" and proposal is not None and proposal.valid_until is not None:
        return f"{what} expired at {clock(proposal.valid_until)}"
    if status == "adopted" and proposal is not None and proposal.valid_from is not None:
        return f"{what} is in force from {clock(proposal.valid_from)} on"
    if status == "under silence" and consultation.silence_until is not None:
        return f"{what} is under silence until {clock(consultation.silence_until)}"
    return f"{what} is {status}, not adopted"


def _lacking(
    state: Decided, body: Body, consultation: Consultation, number: int, permit: Permit, asked: Asked
) -> Uncovered | None:
    what = f"decision {consultation.id}"
    if not names_unit(body, permit.units, asked.unit):
        return Uncovered("unit", f"permit {number} of {what} does not cover the unit")
    for unit, member in consultation.left_out().items():
        if concerns_unit(body, [unit], asked.unit):
            return Uncovered("unit", f"{what} does not cover the unit; {member} reserved {unit}")
    if permit.places and asked.destination not in permit.places:
        return Uncovered("place", f"{what} does not cover the place; it names {listed(permit.places)}")
    return (
        _out_of_time(consultation, permit, asked.from_at)
        or _too_many(state, consultation, number, permit, asked)
        or _not_approved(state, body, consultation, asked)
    )


def _out_of_time(consultation: Consultation, permit: Permit, from_at: datetime) -> Uncovered | None:
    proposal = consultation.proposal
    starts = [at for at in (permit.from_at, proposal.valid_from if proposal else None) if at is not None]
    ends = [at for at in (permit.until_at, proposal.valid_until if proposal else None) if at is not None]
    what = f"decision {consultation.id} does not cover the time {clock(from_at)}"
    if starts and from_at < max(starts):
        return Uncovered("time", f"{what}; it permits departures from {clock(max(starts))} on")
    if ends and from_at >= min(ends):
        return Uncovered("time", f"{what}; it permits departures before {clock(min(ends))}")
    return None


def _too_many(
    state: Decided, consultation: Consultation, number: int, permit: Permit, asked: Asked
) -> Uncovered | None:
    if permit.people is None:
        return None
    ordered = state.people_ordered(consultation.id, number)
    if ordered + asked.people <= permit.people:
        return None
    return Uncovered(
        "number",
        f"decision {consultation.id} does not cover the number; it permits {permit.people:,} people, "
        f"{ordered:,} are ordered and {asked.people:,} more are asked",
    )


def _not_approved(state: Decided, body: Body, consultation: Consultation, asked: Asked) -> Uncovered | None:
    for approval in consultation.approvals:
        if not concerns_unit(body, approval.needed.units, asked.unit):
            continue
        what = f"the approval of {approval.needed.nation} ({approval.needed.by})"
        if approval.status == "refused":
            return Uncovered("approval", f"{what} was refused: {approval.reason}")
        if approval.status != "given":
            expected = consultation.expected_at(approval)
            when = f", expected by {clock(expected)}" if expected and approval.needed.lead_h else ""
            return Uncovered("approval", f"{what} is awaited{when}")
        broken = _breaks_caveat(state, body, consultation, approval, asked)
        if broken:
            return Uncovered("approval", f"{what} has a caveat: {broken}")
    return None


def _breaks_caveat(
    state: Decided, body: Body, consultation: Consultation, approval: Approval, asked: Asked
) -> str:
    caveat = approval.caveat
    if caveat is None:
        return ""
    said = f", in its words {caveat.text!r}" if caveat.text else ""
    if caveat.places and asked.destination not in caveat.places:
        return f"only to {listed(caveat.places)}{said}"
    if caveat.until_at is not None and asked.from_at >= caveat.until_at:
        return f"departures before {clock(caveat.until_at)} only{said}"
    if caveat.people is None:
        return ""
    ordered = sum(
        order.counts
        for order in state.orders_under(consultation.id)
        if concerns_unit(body, approval.needed.units, order.given.unit)
    )
    if ordered + asked.people > caveat.people:
        asked_too = f"{ordered:,} are ordered and {asked.people:,} more are asked"
        return f"at most {caveat.people:,} people, {asked_too}{said}"
    return ""
