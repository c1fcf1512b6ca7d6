"""Consensus under silence: set, extended, broken in writing, adopted at its very end."""

from __future__ import annotations

from datetime import datetime

from standto.decide.commands import BreakSilence, ExtendSilence, SetSilence
from standto.decide.events import SilenceBroken, SilenceExtended, SilenceSet
from standto.decide.machines import CONSULTATION
from standto.decide.rules.asking import (
    body_of,
    clock,
    consultation_of,
    proposal_of,
    require_chair,
    require_quorum,
    require_voice,
    told,
)
from standto.decide.state import Decided
from standto.errors import RefusedError
from standto.ledger.event import Event


def set_silence(state: Decided, command: SetSilence, now: datetime) -> tuple[Event, ...]:
    """The text is adopted at an instant unless silence is broken before."""
    consultation = consultation_of(state, command.decision)
    body = body_of(state, consultation.body)
    require_chair(body, command.by, "set a silence")
    if body.rule.how != "consensus":
        raise RefusedError(
            f"{body.name} decides by {body.rule.how}, not by consensus: silence adopts nothing there",
            fix="let the members vote, or close the consultation",
        )
    thing = f"consultation {consultation.id}"
    CONSULTATION.require(consultation.status, SilenceSet.kind, thing=thing, doing="put under silence")
    require_quorum(body, consultation)
    if command.until <= now:
        raise RefusedError(f"the silence would end at {clock(command.until)}, which has passed")
    until = proposal_of(consultation).valid_until
    if until is not None and command.until >= until:
        raise RefusedError(
            f"the silence would end at {clock(command.until)}, the decision at {clock(until)} already",
            fix="end the silence before",
        )
    return (SilenceSet(decision=consultation.id, until=command.until, told=told(body, consultation)),)


def extend_silence(state: Decided, command: ExtendSilence, now: datetime) -> tuple[Event, ...]:
    """The silence ends later."""
    consultation = consultation_of(state, command.decision)
    body = body_of(state, consultation.body)
    require_chair(body, command.by, "extend a silence")
    thing = f"consultation {consultation.id}"
    CONSULTATION.require(consultation.status, SilenceExtended.kind, thing=thing, doing="extended")
    ends = consultation.silence_until
    if ends is None or command.until <= ends:
        said = clock(ends) if ends else "nothing"
        raise RefusedError(
            f"the silence of {consultation.id} ends at {said}: it can only be made longer",
            fix="give a later time",
        )
    return (SilenceExtended(decision=consultation.id, until=command.until, told=told(body, consultation)),)


def break_silence(state: Decided, command: BreakSilence, now: datetime) -> tuple[Event, ...]:
    """A member objects in writing, or asks in writing for another text; all are told at once."""
    consultation = consultation_of(state, command.decision)
    body = body_of(state, consultation.body)
    require_voice(body, consultation, command.member, command.by)
    thing = f"decision {consultation.id}"
    doing = "objected to" if command.how == "objection" else "amended"
    CONSULTATION.require(consultation.status, SilenceBroken.kind, thing=thing, doing=doing)
    if not command.text.strip():
        raise RefusedError(f"an {command.how} is made in writing", fix="give its text")
    broken = SilenceBroken(
        decision=consultation.id,
        member=command.member,
        how=command.how,
        text=command.text,
        told=told(body, consultation),
    )
    return (broken,)
