"""How a text becomes a decision: counted by the body's rule, decided by one office, or left as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from standto.decide.body import Body
from standto.decide.commands import CloseConsultation
from standto.decide.consultation import Consultation
from standto.decide.events import (
    Adoption,
    ConsultationClosed,
    DecisionAdopted,
    DecisionRejected,
)
from standto.decide.machines import CONSULTATION
from standto.decide.rules.asking import (
    body_of,
    clock,
    consultation_of,
    listed,
    proposal_of,
    require_chair,
    require_quorum,
    told,
)
from standto.decide.rules.ending import supersede
from standto.decide.state import Decided
from standto.errors import RefusedError
from standto.ledger.event import Event

ROUNDING = 1e-9
HALF = 0.5


@dataclass(frozen=True, slots=True)
class Count:
    """Whether the votes carry a text, and the count in words."""

    carried: bool
    words: str


def close_consultation(state: Decided, command: CloseConsultation, now: datetime) -> tuple[Event, ...]:
    """Count the votes, let the one office decide, or close without a decision."""
    consultation = consultation_of(state, command.decision)
    body = body_of(state, consultation.body)
    require_chair(body, command.by, "close a consultation")
    thing = f"consultation {consultation.id}"
    if consultation.status == "under silence" and consultation.silence_until is not None:
        raise RefusedError(
            f"{thing} is under silence until {clock(consultation.silence_until)}",
            fix="close it then, extend the silence, or break it",
        )
    if command.outcome or consultation.status in {"open", "broken"}:
        CONSULTATION.require(consultation.status, ConsultationClosed.kind, thing=thing, doing="closed")
        return (ConsultationClosed(decision=consultation.id, outcome=command.outcome or "no decision"),)
    CONSULTATION.require(consultation.status, DecisionAdopted.kind, thing=thing, doing="closed")
    if command.published:
        how: Adoption = "published"
        words = "adopted according to a public source; how is not on record"
        return adopt(state, consultation, how, words, source=command.published)
    if body.rule.how == "single":
        return adopt(state, consultation, "single", f"{body.chair} decides alone")
    count = counted(body, consultation)
    if count.carried:
        return adopt(state, consultation, "vote", count.words)
    rejected = DecisionRejected(decision=consultation.id, count=count.words, told=told(body, consultation))
    return (rejected,)


def adopt(
    state: Decided, consultation: Consultation, how: Adoption, count: str, *, source: str = ""
) -> tuple[Event, ...]:
    """The text becomes the body's decision, and ends those whose place it takes."""
    body = state.bodies[consultation.body]
    proposal = proposal_of(consultation)
    adopted = DecisionAdopted(
        decision=consultation.id, how=how, count=count, told=told(body, consultation), source=source
    )
    ended: list[Event] = []
    for earlier in proposal.supersedes:
        ended += supersede(state, state.consultations[earlier], consultation.id)
    return (adopted, *ended)


def counted(body: Body, consultation: Consultation) -> Count:
    """The votes by the body's rule.

    Raises
    ------
    RefusedError
        If too few members are represented, or by consensus not all that are have voted.
    """
    require_quorum(body, consultation)
    votes = dict(consultation.votes)
    number = {vote: sum(1 for cast in votes.values() if cast == vote) for vote in ("yes", "no", "abstain")}
    words = f"{number['yes']} yes, {number['no']} no, {number['abstain']} abstained"
    if body.rule.how == "consensus":
        silent = [seat.member for seat in consultation.seats if seat.member not in votes]
        if silent or not votes:
            raise RefusedError(
                f"consultation {consultation.id} has not all votes: {listed(silent)} did not vote",
                fix="let them vote, or put the text under silence",
            )
        return Count(number["no"] == 0, words)
    return _majority(body, votes, words)


def _majority(body: Body, votes: Mapping[str, str], words: str) -> Count:
    """The shares of members and of people that voted yes; exactly one half asks for more than half."""
    rule = body.rule
    yes = [member for member in body.members if votes.get(member.id) == "yes"]
    members, people = len(body.members), sum(member.people for member in body.members)
    of_members = len(yes) / members
    of_people = sum(member.people for member in yes) / people if people else 1.0
    words += f": {of_members:.1%} of members, {of_people:.1%} of people"
    enough = _reaches(of_people, rule.people_share) or members - len(yes) < rule.blocking_members
    return Count(_reaches(of_members, rule.members_share) and enough, words)


def _reaches(share: float, wanted: float) -> bool:
    return share > HALF if wanted == HALF else share >= wanted - ROUNDING
