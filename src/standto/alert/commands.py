"""What people and the runner of timers ask of the alert room; each is carried out once, by its id."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from standto.alert.events import Addressee, Answer, Recipient, Step
from standto.ledger.command import Command


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseAlert(Command):
    """Order units to a higher posture, by a new order or by the next version of a standing one.

    Attributes
    ----------
    alert
        The order's id.
    addressees
        The units with their strengths; `standto.alert.force.addressed` finds them in a scenario.
    posture, level
        The posture, and its position in the force's list; `standto.alert.force.posture` finds it.
    authority
        By whose authority, by office.
    decision
        The decision it is to rest on; blank = whatever gives the authority the right to raise these units.
    ceiling
        At most so many people under the order in all its versions; None = no ceiling.
    until
        When it ends by itself; None = when it is stood down.
    reply_by
        When every addressee should have answered.
    steps
        Its escalation; none = nobody is told or reminded by the runner.
    """

    alert: str
    addressees: tuple[Addressee, ...]
    posture: str
    level: int
    authority: str
    decision: str = ""
    ceiling: int | None = None
    until: datetime | None = None
    reply_by: datetime | None = None
    steps: tuple[Step, ...] = ()
    says: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SupersedeAlert(RaiseAlert):
    """Replace a standing order by a new one, in one go."""

    supersedes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtendAlert(Command):
    """Extend a standing order to more units at its posture, to a later end, or both."""

    alert: str
    authority: str
    addressees: tuple[Addressee, ...] = ()
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LowerAlert(Command):
    """Bring units under an order down to a lower posture above the first; no units = all of them."""

    alert: str
    authority: str
    posture: str
    level: int
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StandDownAlert(Command):
    """Release units from an order; no units = all of them."""

    alert: str
    authority: str
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AcknowledgeAlert(Command):
    """Confirm for a unit that it has the order."""

    alert: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerAlert(Command):
    """Answer for a unit: yes, yes with a caveat, awaiting national approval until an instant, or no."""

    alert: str
    unit: str
    answer: Answer
    says: str = ""
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Firing:
    """A timer that is due at a step and is to run off for the `firing`-th time, and whom that tells."""

    timer: str
    version: int
    step: int
    firing: int
    recipients: tuple[Recipient, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FireTimers(Command):
    """Let timers run off and queue their messages; those that did already are passed over."""

    firings: tuple[Firing, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """The `attempt`-th try of a message."""

    key: str
    attempt: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TryMessages(Command):
    """Take messages to send them; nobody else may for `lease_s` seconds. Those taken are passed over."""

    tries: tuple[Try, ...]
    lease_s: float = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What came of a try: blank where the channel took it; `again_s` None = it is not tried again."""

    key: str
    attempt: int
    reason: str = ""
    again_s: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteTries(Command):
    """Note what came of tries; those that another try has replaced are passed over."""

    tried: tuple[Tried, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportReadiness(Command):
    """Report a unit's readiness as it stands at the command's `at`: hours to ready, tasks done."""

    unit: str
    left_h: float
    done: tuple[str, ...] | None = None
    says: str = ""
