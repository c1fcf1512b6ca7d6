"""One consultation as it stands, and the decision that came of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Self

from standto.decide.events import (
    ApprovalGiven,
    ApprovalRefused,
    ConsultationEvent,
    ConsultationOpened,
    DecisionAdopted,
    DecisionProposed,
    DecisionSuperseded,
    DecisionWithdrawn,
    MemberRepresented,
    PositionReserved,
    Seat,
    SilenceBroken,
    SilenceExtended,
    SilenceSet,
    Vote,
    VoteCast,
)
from standto.decide.machines import APPROVAL, CONSULTATION
from standto.decide.permit import Caveat, Needed, Proposal
from standto.ledger.event import Noted


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """Whether a nation lets its units take part."""

    needed: Needed
    status: str = APPROVAL.first
    caveat: Caveat | None = None
    by_office: str = ""
    reason: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Consultation:
    """What a body talks about, what lies before it, how it stands, and once adopted: its decision."""

    id: str
    body: str
    subject: str
    opened_at: datetime
    status: str = CONSULTATION.first
    requested_by: tuple[str, ...] = ()
    seats: tuple[Seat, ...] = ()
    proposal: Proposal | None = None
    proposals: int = 0
    """How many texts have lain before it."""
    silence_until: datetime | None = None
    votes: tuple[tuple[str, Vote], ...] = ()
    reserved: tuple[PositionReserved, ...] = ()
    broken_by: tuple[SilenceBroken, ...] = ()
    adopted_at: datetime | None = None
    adopted: DecisionAdopted | None = None
    ended_at: datetime | None = None
    ended: str = ""
    """Why it permits nothing more, in words."""
    approvals: tuple[Approval, ...] = ()
    source: str = ""
    assumed: str = ""

    def seat(self, member: str) -> Seat | None:
        """Who represents a member here, None where nobody does."""
        return next((seat for seat in self.seats if seat.member == member), None)

    def status_at(self, now: datetime) -> str:
        """How it stands at an instant, whether or not what fell due by then has been noted yet."""
        status = self.status
        if status == "under silence" and self.silence_until is not None and now >= self.silence_until:
            status = "adopted"
        if status == "adopted" and self.expires_by(now):
            status = "expired"
        return status

    def expires_by(self, now: datetime) -> bool:
        """Whether the time for which it was proposed is over."""
        return self.proposal is not None and (
            self.proposal.valid_until is not None and now >= self.proposal.valid_until
        )

    def in_force(self, now: datetime) -> bool:
        """Whether orders may rest on it at an instant."""
        if self.status_at(now) != "adopted" or self.proposal is None:
            return False
        if self.adopted_at is not None and now < self.adopted_at:
            return False
        return self.proposal.valid_from is None or now >= self.proposal.valid_from

    def expected_at(self, approval: Approval) -> datetime | None:
        """When an approval can be expected: its lead time after the adoption."""
        if self.adopted_at is None:
            return None
        return self.adopted_at + timedelta(hours=approval.needed.lead_h)

    def left_out(self) -> dict[str, str]:
        """Units that a reservation keeps out of the decision, and the member that reserved."""
        return {unit: item.member for item in self.reserved for unit in item.units}

    def after(self, noted: Noted) -> Self:
        """The consultation with one more thing noted about it."""
        event = noted.event
        status = CONSULTATION.follow(self.status, event.kind)
        changed = self if status is None else replace(self, status=status)
        if isinstance(event, MemberRepresented):
            others = tuple(seat for seat in self.seats if seat.member != event.seat.member)
            return replace(changed, seats=(*others, event.seat))
        if isinstance(event, DecisionProposed):
            number = self.proposals + 1
            return replace(changed, proposal=event.proposal, proposals=number, silence_until=None, votes=())
        if isinstance(event, SilenceSet | SilenceExtended):
            return replace(changed, silence_until=event.until)
        if isinstance(event, SilenceBroken):
            return replace(changed, broken_by=(*self.broken_by, event), silence_until=None)
        if isinstance(event, PositionReserved):
            return replace(changed, reserved=(*self.reserved, event))
        if isinstance(event, VoteCast):
            return replace(changed, votes=(*self.votes, (event.member, event.vote)))
        if isinstance(event, DecisionAdopted):
            needed = self.proposal.approvals if self.proposal else ()
            awaited = tuple(Approval(needed=item) for item in needed)
            return replace(changed, adopted=event, adopted_at=noted.effective_at, approvals=awaited)
        if isinstance(event, ApprovalGiven | ApprovalRefused):
            return replace(changed, approvals=self._approvals_after(event, noted.effective_at))
        if changed.status in {"withdrawn", "superseded", "expired"}:
            return replace(changed, ended_at=noted.effective_at, ended=_ended(event))
        return changed

    def _approvals_after(self, event: ApprovalGiven | ApprovalRefused, at: datetime) -> tuple[Approval, ...]:
        caveat = event.caveat if isinstance(event, ApprovalGiven) else None
        reason = event.reason if isinstance(event, ApprovalRefused) else ""
        made = []
        for approval in self.approvals:
            needed = approval.needed
            if needed.nation != event.nation or not set(needed.units) & set(event.units):
                made.append(approval)
                continue
            rest = tuple(unit for unit in needed.units if unit not in event.units)
            if rest:
                made.append(replace(approval, needed=replace(needed, units=rest)))
            these = replace(needed, units=tuple(unit for unit in needed.units if unit in event.units))
            status = APPROVAL.follow(approval.status, event.kind) or approval.status
            made.append(
                Approval(
                    needed=these,
                    status=status,
                    caveat=caveat,
                    by_office=event.by_office,
                    reason=reason,
                    at=at,
                )
            )
        return tuple(made)


def opened(event: ConsultationOpened, noted: Noted) -> Consultation:
    """A consultation as it begins."""
    return Consultation(
        id=event.decision,
        body=event.body,
        subject=event.subject,
        opened_at=noted.effective_at,
        requested_by=event.requested_by,
        seats=event.seats,
        source=event.source,
        assumed=event.assumed,
    )


def _ended(event: object) -> str:
    if isinstance(event, DecisionWithdrawn):
        return event.reason
    if isinstance(event, DecisionSuperseded):
        return f"decision {event.later} took its place"
    return "its time is over" if isinstance(event, ConsultationEvent) else ""
