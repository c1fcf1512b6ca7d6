"""What happens where decisions are made and carried out, in the past tense."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal

from standto.decide.body import Body, Delegation, Package
from standto.decide.permit import Caveat, Proposal
from standto.ledger.event import Event

Adoption = Literal["silence", "vote", "single", "published"]
Break = Literal["objection", "amendment"]
Statement = Literal["interpretative statement", "reservation"]
Vote = Literal["yes", "no", "abstain"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A member represented in a consultation, and by which office; blank where that is not known."""

    member: str
    office: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """An order without a decision, in an emergency: on whose authority, why, and when that is reviewed."""

    authority: str
    reason: str
    review_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyEvent(Event):
    """Something about one body."""

    body: str

    @property
    def stream(self) -> str:
        """`body/<id>`."""
        return f"body/{self.body}"


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyFounded(BodyEvent):
    """A body, its members and its rule were put on record."""

    kind: ClassVar[str] = "body.founded"
    founded: Body


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageAssigned(BodyEvent):
    """A body decides for these units from now on."""

    kind: ClassVar[str] = "package.assigned"
    package: Package


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadinessDelegated(BodyEvent):
    """An office may raise the readiness of packages on its own."""

    kind: ClassVar[str] = "readiness.delegated"
    delegation: Delegation


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegationRevoked(BodyEvent):
    """An office may no longer raise readiness on its own."""

    kind: ClassVar[str] = "delegation.revoked"
    office: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationEvent(Event):
    """Something about one consultation and the decision that came of it, which has the same id."""

    decision: str

    @property
    def stream(self) -> str:
        """`decision/<id>`."""
        return f"decision/{self.decision}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationOpened(ConsultationEvent):
    """A body began to consult."""

    kind: ClassVar[str] = "consultation.opened"
    body: str
    subject: str
    requested_by: tuple[str, ...] = ()
    seats: tuple[Seat, ...] = ()
    source: str = ""
    assumed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRepresented(ConsultationEvent):
    """A member took its seat, or is represented by another office now."""

    kind: ClassVar[str] = "member.represented"
    seat: Seat


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionProposed(ConsultationEvent):
    """A text was put before the body, in the place of the one before if there was one."""

    kind: ClassVar[str] = "decision.proposed"
    proposal: Proposal


@dataclass(frozen=True, slots=True, kw_only=True)
class SilenceSet(ConsultationEvent):
    """The text is adopted at `until` unless a member breaks the silence before."""

    kind: ClassVar[str] = "silence.set"
    until: datetime
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SilenceExtended(ConsultationEvent):
    """The silence ends later."""

    kind: ClassVar[str] = "silence.extended"
    until: datetime
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SilenceBroken(ConsultationEvent):
    """A member objected, or asked for another text, in writing; all were told at once."""

    kind: ClassVar[str] = "silence.broken"
    member: str
    how: Break
    text: str
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionReserved(ConsultationEvent):
    """A member said how it reads the text, or that its units take no part; neither breaks silence."""

    kind: ClassVar[str] = "position.reserved"
    member: str
    how: Statement
    text: str
    units: tuple[str, ...] = ()
    """Of a reservation: the units that the decision does not cover."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteCast(ConsultationEvent):
    """A member voted."""

    kind: ClassVar[str] = "vote.cast"
    member: str
    vote: Vote


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionAdopted(ConsultationEvent):
    """The text is the body's decision; all were told.

    `how` is `published` where a public source says that it was adopted and not how.
    """

    kind: ClassVar[str] = "decision.adopted"
    how: Adoption
    count: str
    """The votes, or why none were needed, in words."""
    told: tuple[str, ...]
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRejected(ConsultationEvent):
    """The votes did not carry the text."""

    kind: ClassVar[str] = "decision.rejected"
    count: str
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationClosed(ConsultationEvent):
    """The body ended its consultation and decided nothing."""

    kind: ClassVar[str] = "consultation.closed"
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalGiven(ConsultationEvent):
    """A nation approved that its units take part, perhaps with a caveat."""

    kind: ClassVar[str] = "approval.given"
    nation: str
    units: tuple[str, ...]
    by_office: str
    caveat: Caveat | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalRefused(ConsultationEvent):
    """A nation refused that its units take part, or took its approval back."""

    kind: ClassVar[str] = "approval.refused"
    nation: str
    units: tuple[str, ...]
    by_office: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionEnded(ConsultationEvent):
    """A decision permits nothing more: orders not carried out stop, and who moves already is listed."""

    stopped: tuple[str, ...]
    """Orders under it of which nobody may depart any more."""
    moving: tuple[str, ...]
    """Those of them of which people are under way or arrived already."""
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionWithdrawn(DecisionEnded):
    """The body took its decision back."""

    kind: ClassVar[str] = "decision.withdrawn"
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionSuperseded(DecisionEnded):
    """A later decision took its place."""

    kind: ClassVar[str] = "decision.superseded"
    later: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionExpired(DecisionEnded):
    """The time for which it was adopted is over."""

    kind: ClassVar[str] = "decision.expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderEvent(Event):
    """Something about one movement order."""

    order: str

    @property
    def stream(self) -> str:
        """`order/<id>`."""
        return f"order/{self.order}"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderGiven(OrderEvent):
    """A unit was ordered to move: under a decision that covers it, or by an emergency override."""

    kind: ClassVar[str] = "order.given"
    unit: str
    people: int
    origin: str
    destination: str
    from_at: datetime
    decision: str
    permit: int
    """Which permit of the decision covers it, counted from 1; 0 by override."""
    covered: str
    """What covers it, in one sentence."""
    override: Override | None = None
    source: str = ""
    assumed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OverrideReviewed(OrderEvent):
    """An emergency override was looked at again by its time."""

    kind: ClassVar[str] = "override.reviewed"
    outcome: Literal["upheld", "ended"]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderCancelled(OrderEvent):
    """Nobody may depart any more under this order."""

    kind: ClassVar[str] = "order.cancelled"
    reason: str
    under_way: bool
    """Whether people had departed already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderStopped(OrderEvent):
    """The decision behind the order, or its override, ended before all had departed."""

    kind: ClassVar[str] = "order.stopped"
    reason: str
    under_way: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderCompleted(OrderEvent):
    """All are where they were ordered to."""

    kind: ClassVar[str] = "order.completed"


@dataclass(frozen=True, slots=True, kw_only=True)
class MovementEvent(Event):
    """A report of a movement as it happens.

    `vehicle` and `stop` (counted from 1) name the stop of the plan that it is about, where that is known.
    """

    order: str
    at: datetime
    place: str = ""
    vehicle: str = ""
    stop: int = 0
    source: str = ""
    assumed: str = ""

    @property
    def stream(self) -> str:
        """`movement/<order>`."""
        return f"movement/{self.order}"


@dataclass(frozen=True, slots=True, kw_only=True)
class MovementDeparted(MovementEvent):
    """People left; None where it is not known how many."""

    kind: ClassVar[str] = "movement.departed"
    people: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MovementArrived(MovementEvent):
    """People arrived where they were ordered to; None where it is not known how many."""

    kind: ClassVar[str] = "movement.arrived"
    people: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MovementDelayed(MovementEvent):
    """Time was lost against the plan."""

    kind: ClassVar[str] = "movement.delayed"
    hours: float
    reason: str


EVENTS: tuple[type[Event], ...] = (
    BodyFounded,
    PackageAssigned,
    ReadinessDelegated,
    DelegationRevoked,
    ConsultationOpened,
    MemberRepresented,
    DecisionProposed,
    SilenceSet,
    SilenceExtended,
    SilenceBroken,
    PositionReserved,
    VoteCast,
    DecisionAdopted,
    DecisionRejected,
    ConsultationClosed,
    ApprovalGiven,
    ApprovalRefused,
    DecisionWithdrawn,
    DecisionSuperseded,
    DecisionExpired,
    OrderGiven,
    OverrideReviewed,
    OrderCancelled,
    OrderStopped,
    OrderCompleted,
    MovementDeparted,
    MovementArrived,
    MovementDelayed,
)
"""Every event of this room, in the order of this page."""
