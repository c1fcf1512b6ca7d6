"""What somebody wants to happen where decisions are made and carried out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from standto.decide.body import Body, Package
from standto.decide.events import Break, Seat, Statement, Vote
from standto.decide.permit import Caveat, Proposal
from standto.ledger.command import Command


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundBody(Command):
    """Put a body on record, or what became of it."""

    body: Body


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignPackage(Command):
    """Let a body decide for units."""

    body: str
    package: Package


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegateReadiness(Command):
    """Let an office raise readiness on its own."""

    body: str
    office: str
    packages: tuple[str, ...]
    postures: tuple[str, ...] = ()
    people: int | None = None
    until: datetime | None = None
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeDelegation(Command):
    """Take back from an office that it may raise readiness on its own."""

    body: str
    office: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenConsultation(Command):
    """Begin to consult in a body."""

    decision: str
    body: str
    subject: str
    requested_by: tuple[str, ...] = ()
    seats: tuple[Seat, ...] = ()
    source: str = ""
    assumed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RepresentMember(Command):
    """Let an office represent a member."""

    decision: str
    seat: Seat


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeDecision(Command):
    """Put a text before the body."""

    decision: str
    proposal: Proposal


@dataclass(frozen=True, slots=True, kw_only=True)
class SetSilence(Command):
    """Put the text under silence until an instant."""

    decision: str
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtendSilence(Command):
    """Let the silence end later."""

    decision: str
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakSilence(Command):
    """Object in writing, or ask in writing for another text."""

    decision: str
    member: str
    how: Break
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservePosition(Command):
    """Say how a member reads the text, or which of its units take no part, without breaking silence."""

    decision: str
    member: str
    how: Statement
    text: str
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CastVote(Command):
    """Vote for a member."""

    decision: str
    member: str
    vote: Vote


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseConsultation(Command):
    """End it: confirm silence that ran out, count the votes, or close it without a decision.

    With `published`, the text is recorded as adopted because a public source says so, and not how.
    """

    decision: str
    outcome: str = ""
    published: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveContribution(Command):
    """Record a nation's approval of its units, or its refusal; `why` is the reason."""

    decision: str
    nation: str
    units: tuple[str, ...]
    granted: bool = True
    caveat: Caveat | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawDecision(Command):
    """Take a decision back; `why` is the reason."""

    decision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveOrder(Command):
    """Order a unit to move: under a decision, or by an emergency override of a named authority.

    `decision` blank: under whichever decision in force covers it. An override gives `authority` and
    `review_at`, and its reason as `why`.
    """

    order: str
    unit: str
    people: int
    destination: str
    from_at: datetime
    origin: str = ""
    decision: str = ""
    authority: str = ""
    review_at: datetime | None = None
    source: str = ""
    assumed: str = ""

    @property
    def overrides(self) -> bool:
        """Whether it asks for an emergency override."""
        return bool(self.authority or self.review_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewOverride(Command):
    """Look at an emergency override again: uphold it, or end it; `why` is the finding."""

    order: str
    outcome: Literal["upheld", "ended"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelOrder(Command):
    """Let nobody depart any more under an order; `why` is the reason."""

    order: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportMovement(Command):
    """Report a departure, an arrival or a loss of time.

    `happened_at` None: at the command's `at`, or now. `last`: all are there now.
    """

    order: str
    what: Literal["departed", "arrived", "delayed"]
    happened_at: datetime | None = None
    people: int | None = None
    place: str = ""
    hours: float = 0.0
    last: bool = False
    vehicle: str = ""
    stop: int = 0
    source: str = ""
    assumed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleDue(Command):
    """Note what fell due by itself: silences that ran out, decisions whose time is over."""


COMMANDS: tuple[type[Command], ...] = (
    FoundBody,
    AssignPackage,
    DelegateReadiness,
    RevokeDelegation,
    OpenConsultation,
    RepresentMember,
    ProposeDecision,
    SetSilence,
    ExtendSilence,
    BreakSilence,
    ReservePosition,
    CastVote,
    CloseConsultation,
    ApproveContribution,
    WithdrawDecision,
    GiveOrder,
    ReviewOverride,
    CancelOrder,
    ReportMovement,
    SettleDue,
)
"""Every command of this room, in the order of this page."""
