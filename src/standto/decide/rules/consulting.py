"""Members consult: seats are taken, a text is put before them, positions are reserved, votes cast."""

from __future__ import annotations

from datetime import datetime

from standto.decide.commands import (
    CastVote,
    OpenConsultation,
    ProposeDecision,
    RepresentMember,
    ReservePosition,
)
from standto.decide.events import (
    ConsultationOpened,
    DecisionProposed,
    MemberRepresented,
    PositionReserved,
    VoteCast,
)
from standto.decide.machines import CONSULTATION
from standto.decide.rules.asking import (
    body_of,
    clock,
    consultation_of,
    listed,
    member_of,
    names_unit,
    require_id,
    require_voice,
)
from standto.decide.state import Decided
from standto.errors import RefusedError
from standto.ledger.event import Event


def open_consultation(state: Decided, command: OpenConsultation, now: datetime) -> tuple[Event, ...]:
    """A body begins to consult."""
    require_id("consultation", command.decision)
    if command.decision in state.consultations:
        raise RefusedError(f"consultation {command.decision} is on record already", fix="give another id")
    body = body_of(state, command.body)
    for seat in command.seats:
        member_of(body, seat.member)
    return (
        ConsultationOpened(
            decision=command.decision,
            body=body.id,
            subject=command.subject,
            requested_by=command.requested_by,
            seats=command.seats,
            source=command.source,
            assumed=command.assumed,
        ),
    )


def represent_member(state: Decided, command: RepresentMember, now: datetime) -> tuple[Event, ...]:
    """A member takes its seat."""
    consultation = consultation_of(state, command.decision)
    member_of(body_of(state, consultation.body), command.seat.member)
    thing = f"consultation {consultation.id}"
    CONSULTATION.require(consultation.status, MemberRepresented.kind, thing=thing, doing="joined by a member")
    return (MemberRepresented(decision=consultation.id, seat=command.seat),)


def propose_decision(state: Decided, command: ProposeDecision, now: datetime) -> tuple[Event, ...]:
    """A text is put before the body."""
    consultation = consultation_of(state, command.decision)
    body = body_of(state, consultation.body)
    if body.rule.how == "none":
        raise RefusedError(
            f"{body.name} consults and decides nothing", fix="propose it in a body with a rule"
        )
    thing = f"consultation {consultation.id}"
    CONSULTATION.require(consultation.status, DecisionProposed.kind, thing=thing, doing="given a text")
    proposal = command.proposal
    if not proposal.text.strip():
        raise RefusedError("a proposal needs a text", fix="say what is decided")
    if proposal.valid_until is not None and proposal.valid_until <= now:
        raise RefusedError(f"the decision would end at {clock(proposal.valid_until)}, which has passed")
    for permit in proposal.permits:
        for unit in permit.units:
            if unit != "*" and not body.holding(unit):
                known = listed(package.id for package in body.packages)
                raise RefusedError(
                    f"{body.name} does not decide for {unit!r}", fix=f"packages it decides for: {known}"
                )
    for earlier in proposal.supersedes:
        if consultation_of(state, earlier).body != body.id:
            raise RefusedError(f"decision {earlier} is not one of {body.name}", fix="supersede its own only")
    return (DecisionProposed(decision=consultation.id, proposal=proposal),)


def reserve_position(state: Decided, command: ReservePosition, now: datetime) -> tuple[Event, ...]:
    """A member says how it reads the text, or which of its units take no part."""
    consultation = consultation_of(state, command.decision)
    body = body_of(state, consultation.body)
    require_voice(body, consultation, command.member, command.by)
    thing = f"decision {consultation.id}"
    CONSULTATION.require(consultation.status, PositionReserved.kind, thing=thing, doing="reserved upon")
    if consultation.status == "adopted" and command.how == "reservation":
        raise RefusedError(
            f"{thing} is adopted: a reservation comes too late", fix="make an interpretative statement"
        )
    if command.units and command.how != "reservation":
        raise RefusedError("an interpretative statement keeps no units out", fix="make it a reservation")
    unknown = [unit for unit in command.units if not names_unit(body, [unit], unit)]
    if unknown:
        raise RefusedError(
            f"{body.name} does not decide for {unknown[0]!r}", fix="name units of its packages"
        )
    return (
        PositionReserved(
            decision=consultation.id,
            member=command.member,
            how=command.how,
            text=command.text,
            units=command.units,
        ),
    )


def cast_vote(state: Decided, command: CastVote, now: datetime) -> tuple[Event, ...]:
    """A member votes, once for each text."""
    consultation = consultation_of(state, command.decision)
    body = body_of(state, consultation.body)
    require_voice(body, consultation, command.member, command.by)
    thing = f"decision {consultation.id}"
    CONSULTATION.require(consultation.status, VoteCast.kind, thing=thing, doing="voted on")
    if consultation.seat(command.member) is None:
        raise RefusedError(
            f"{command.member} is not represented in {consultation.id}",
            fix="let an office represent it first",
        )
    if command.member in dict(consultation.votes):
        raise RefusedError(
            f"{command.member} has voted {dict(consultation.votes)[command.member]} on this text already",
            fix="put the text again for a new vote",
        )
    return (VoteCast(decision=consultation.id, member=command.member, vote=command.vote),)
