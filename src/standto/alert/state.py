"""How alert orders, timers, messages and reports stand: frozen pictures of the record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from standto.alert.events import Basis, Purpose, Step
from standto.alert.machines import STANDING

Held = tuple[datetime, int, str]
"""From an instant on a unit is ordered to a level, and the posture's name; level 0 without a name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One addressee of one order.

    Attributes
    ----------
    status
        As in `machines.ADDRESSEE`.
    version
        The version of the order that it was last told, and answers.
    level, posture
        What that version orders it to.
    held, before
        The postures that count for its readiness clock under this order, and those before that version.
    agreed_version
        The version it last said yes to, 0 for none.
    says, until, answered_at, by
        Its last answer: caveat or words, awaiting until, when (effective), by which office.
    """

    unit: str
    strength: int
    status: str
    version: int
    level: int
    posture: str
    told_at: datetime
    held: tuple[Held, ...] = ()
    before: tuple[Held, ...] = ()
    agreed_version: int = 0
    says: str = ""
    until: datetime | None = None
    answered_at: datetime | None = None
    by: str = ""

    @property
    def stands(self) -> bool:
        """Whether it is under the order."""
        return self.status in STANDING


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertOrder:
    """One alert order as its last version has it, with everybody it was ever addressed to."""

    id: str
    status: str
    version: int
    posture: str
    level: int
    authority: str
    basis: Basis
    body: str
    decision: str
    ceiling: int | None
    until: datetime | None
    reply_by: datetime | None
    steps: tuple[Step, ...]
    says: str
    issued_at: datetime
    effective_at: datetime
    told: Mapping[str, Told]
    supersedes: str = ""
    superseded_by: str = ""

    def status_at(self, at: datetime) -> str:
        """Its status at an instant: as recorded, or ended where its own end has passed."""
        return "ended" if self.status == "standing" and self.until and at >= self.until else self.status

    def standing(self, at: datetime) -> tuple[Told, ...]:
        """The addressees that are under the order at an instant."""
        if self.status_at(at) != "standing":
            return ()
        return tuple(told for told in self.told.values() if told.stands)

    def people(self, at: datetime) -> int:
        """People under the order at an instant: what its ceiling limits."""
        return sum(told.strength for told in self.standing(at))


@dataclass(frozen=True, slots=True, kw_only=True)
class Timer:
    """The one timer of an addressee of an order; `firings` counts how often it ran off in its life."""

    id: str
    alert: str
    version: int
    unit: str
    step: int
    purpose: Purpose
    status: str
    due: datetime
    says: str = ""
    firings: int = 0
    reached: int = 0
    """Recipients for whom a message was queued by its last firing."""
    fired_at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message to one office on one channel, and what became of it."""

    key: str
    timer: str
    alert: str
    version: int
    unit: str
    step: int
    purpose: Purpose
    office: str
    channel: str
    says: str
    queued_at: datetime
    status: str = "queued"
    attempt: int = 0
    until: datetime | None = None
    again_at: datetime | None = None
    sent_at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a unit last reported of its own readiness, as of `at`."""

    unit: str
    at: datetime
    left_h: float
    done: tuple[str, ...] | None
    says: str
    by: str


@dataclass(frozen=True, slots=True)
class AlertState:
    """All alert orders, timers, messages and reports of a record."""

    orders: Mapping[str, AlertOrder] = field(default_factory=dict)
    timers: Mapping[str, Timer] = field(default_factory=dict)
    messages: Mapping[str, Message] = field(default_factory=dict)
    reports: Mapping[str, Report] = field(default_factory=dict)

    def standing(self, at: datetime) -> tuple[AlertOrder, ...]:
        """The orders that stand at an instant, by id."""
        return tuple(order for _, order in sorted(self.orders.items()) if order.status_at(at) == "standing")


def timer_id(alert: str, unit: str) -> str:
    """The id of the timer of one addressee of one order."""
    return f"{alert}/{unit}"
