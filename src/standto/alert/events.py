"""What happened to alert orders, their timers, their messages and the reports of units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal

from standto.ledger.event import Event

Answer = Literal["yes", "caveat", "awaiting", "no"]
Basis = Literal["own", "delegated", "decision", "national"]
Purpose = Literal["chase", "approval", "notice"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """A unit that an alert order names, and its strength when the order was issued."""

    unit: str
    strength: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of an escalation.

    Attributes
    ----------
    after_min
        Minutes after the order at which the step is due; 0 is the first telling.
    to
        Offices to tell; `addressee` stands for the offices of the unit that has not answered.
    channels
        Only these channels of the offices; empty = all of them.
    says
        Words added to the message.
    """

    after_min: float
    to: tuple[str, ...] = ("addressee",)
    channels: tuple[str, ...] = ()
    says: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """An office on one of its channels; the address itself never enters the record."""

    office: str
    channel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertEvent(Event):
    """Something about one alert order; `version` is the version of the order that it made or answers."""

    alert: str
    version: int

    @property
    def stream(self) -> str:
        """`alert/<id>`: an order is one history, so that its ceiling holds whoever writes at once."""
        return f"alert/{self.alert}"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerEvent(Event):
    """Something about the timer of one addressee of one order."""

    timer: str

    @property
    def stream(self) -> str:
        """`timer/<id>`."""
        return f"timer/{self.timer}"


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageEvent(Event):
    """Something about one message to one office on one channel; its key goes out with it."""

    key: str

    @property
    def stream(self) -> str:
        """`message/<key>`."""
        return f"message/{self.key}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertRaised(AlertEvent):
    """Units were ordered to a higher posture: a new order, or the next version of a standing one.

    Attributes
    ----------
    alert, version
        The order's id, and which version of it this made.
    posture, level
        The posture ordered: its name, and its position in the force's list (0 is the first posture).
    authority, decision
        By whose authority, by office.
    basis, body, decision
        On what it rests: the authority's own right in a body, a delegation by a body, a decision of a body,
        or national authority where no body on record decides for the units.
    ceiling
        At most so many people under the order; None = no ceiling.
    until, reply_by
        When the order ends by itself, and when every addressee should have answered.
    """

    kind: ClassVar[str] = "alert.raised"
    posture: str
    level: int
    addressees: tuple[Addressee, ...]
    authority: str
    basis: Basis
    body: str = ""
    decision: str = ""
    ceiling: int | None = None
    until: datetime | None = None
    reply_by: datetime | None = None
    steps: tuple[Step, ...] = ()
    says: str = ""
    supersedes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertExtended(AlertEvent):
    """A standing order was extended: to more units at its posture, to a later end, or both."""

    kind: ClassVar[str] = "alert.extended"
    authority: str
    addressees: tuple[Addressee, ...] = ()
    posture: str
    level: int
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertLowered(AlertEvent):
    """Units under an order were brought down to a lower posture, above the first."""

    kind: ClassVar[str] = "alert.lowered"
    authority: str
    units: tuple[str, ...]
    posture: str
    level: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertSuperseded(AlertEvent):
    """An order was replaced by another one."""

    kind: ClassVar[str] = "alert.superseded"
    authority: str
    superseded_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertStoodDown(AlertEvent):
    """Units were released from an order; with the last of them the order ended."""

    kind: ClassVar[str] = "alert.stood-down"
    authority: str
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertAcknowledged(AlertEvent):
    """An addressee confirmed that it has the order."""

    kind: ClassVar[str] = "alert.acknowledged"
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertAnswered(AlertEvent):
    """An addressee answered: yes, yes with a caveat, awaiting national approval until an instant, or no."""

    kind: ClassVar[str] = "alert.answered"
    unit: str
    answer: Answer
    says: str = ""
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerSet(TimerEvent):
    """The timer of one addressee of one order was set; it replaces what the timer was set to before.

    Attributes
    ----------
    timer
        Its id, made of the order's and the unit's.
    step
        Which step of the order's escalation is due, counted from 0; of a notice -1.
    purpose
        `chase`: the unit has not answered; `approval`: its national approval is due; `notice`: it is told
        something that needs no answer.
    """

    kind: ClassVar[str] = "timer.set"
    alert: str
    version: int
    unit: str
    step: int
    due: datetime
    purpose: Purpose
    says: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerFired(TimerEvent):
    """A timer ran off, once; `next_due` is when its next step is due, None after the last.

    Attributes
    ----------
    firing
        The how-manieth firing of this timer it was, from 1.
    told
        The offices and channels for which a message was queued with it; empty where nobody is known.
    """

    kind: ClassVar[str] = "timer.fired"
    step: int
    firing: int
    told: tuple[Recipient, ...]
    next_due: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerStopped(TimerEvent):
    """A timer was stopped before it ran off, with the reason."""

    kind: ClassVar[str] = "timer.stopped"
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageQueued(MessageEvent):
    """A message to one office on one channel waits to be sent; its key goes out with it."""

    kind: ClassVar[str] = "message.queued"
    timer: str
    alert: str
    version: int
    unit: str
    step: int
    purpose: Purpose
    office: str
    channel: str
    says: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageTried(MessageEvent):
    """A runner took a message to send it; until `until` nobody else may, unless the outcome is known."""

    kind: ClassVar[str] = "message.tried"
    attempt: int
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageSent(MessageEvent):
    """The channel took the message."""

    kind: ClassVar[str] = "message.sent"
    attempt: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageFailed(MessageEvent):
    """The channel did not take the message; it is tried again at `again_at`, never if that is None."""

    kind: ClassVar[str] = "message.failed"
    attempt: int
    reason: str
    again_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageDropped(MessageEvent):
    """A message that was not out yet is no longer wanted, with the reason."""

    kind: ClassVar[str] = "message.dropped"
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadinessReported(Event):
    """A unit reported its readiness: hours to ready if ordered to move, and the tasks it has done.

    `done` is None where the report says nothing about tasks.
    """

    kind: ClassVar[str] = "readiness.reported"
    unit: str
    left_h: float
    done: tuple[str, ...] | None = None
    says: str = ""

    @property
    def stream(self) -> str:
        """`readiness/<unit>`."""
        return f"readiness/{self.unit}"


EVENTS: tuple[type[Event], ...] = (
    AlertRaised,
    AlertExtended,
    AlertLowered,
    AlertSuperseded,
    AlertStoodDown,
    AlertAcknowledged,
    AlertAnswered,
    TimerSet,
    TimerFired,
    TimerStopped,
    MessageQueued,
    MessageTried,
    MessageSent,
    MessageFailed,
    MessageDropped,
    ReadinessReported,
)
