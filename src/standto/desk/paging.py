"""The runner of timers: what is due runs off, messages go out, and what became of each is recorded.

A message is taken in the record before it is sent, and its outcome is recorded after. A runner that dies in
between leaves it taken; once its lease is over it is sent again with the same key. That is the one way in
which a message goes out twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from uuid import uuid4

from standto.alert import words
from standto.alert.commands import FireTimers, Firing, NoteTries, Tried, Try, TryMessages
from standto.alert.contacts import ADDRESSEE, Contacts
from standto.alert.events import MessageDropped, MessageTried, TimerFired, TimerStopped
from standto.alert.rules.messages import PAUSES_S, outstanding, ready_at
from standto.alert.rules.timers import due
from standto.alert.state import AlertState, Message, Timer
from standto.decide.commands import SettleDue
from standto.decide.events import ConsultationEvent
from standto.decide.rules.due import first_due
from standto.decide.state import Decided
from standto.desk.clock import Clock
from standto.desk.notify import Sender
from standto.desk.record import Record
from standto.errors import UsageError
from standto.ledger.command import Command
from standto.ledger.event import Event

T = TypeVar("T")
FIRED_AT_ONCE = 200
"""Timers that run off in one transaction."""
LEASE_S = 120.0
"""Seconds for which a message being sent is nobody else's; longer than any channel takes to answer."""


@dataclass(frozen=True, slots=True)
class Policy:
    """How often a message is tried, and how long a try may take.

    Attributes
    ----------
    pauses_s
        Seconds before the second, third ... try; after the last try the message is given up.
    lease_s
        Seconds after which a try without outcome is taken for dead.
    at_once
        Messages that are sent side by side.
    """

    pauses_s: tuple[float, ...] = PAUSES_S
    lease_s: float = LEASE_S
    at_once: int = 8


@dataclass(slots=True)
class Pass:
    """What one pass did.

    Attributes
    ----------
    settled
        Decisions in which something fell due by itself: a silence that ran out, an end that came.
    fired, stopped
        Timers that ran off, and those that were no longer wanted.
    unreachable
        Units, with the offices asked for, for which a timer ran off and nobody could be told.
    sent, failed, given_up, dropped
        Keys of messages, and what became of them.
    """

    settled: list[str] = field(default_factory=list)
    fired: list[str] = field(default_factory=list)
    stopped: list[str] = field(default_factory=list)
    unreachable: list[str] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    given_up: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)

    @property
    def idle(self) -> bool:
        """Whether there was nothing to do."""
        return not any(getattr(self, name) for name in self.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class _Letter:
    """A message with its address and its words."""

    address: str | None
    subject: str
    body: str
    key: str


class Pager:
    """Runs the timers of one record and sends its messages.

    Parameters
    ----------
    record
        The record; its clock is the only one.
    contacts
        Whom to tell; every row must be marked for the record's nature.
    sender
        What carries a message.
    by
        The office that runs it.

    Raises
    ------
    UsageError
        If the contact list is not for this record's nature.
    """

    def __init__(
        self,
        record: Record,
        contacts: Contacts,
        sender: Sender,
        *,
        by: str,
        policy: Policy | None = None,
    ) -> None:
        nature = record.opening.nature
        if any(nature not in row.use for row in contacts.rows):
            raise UsageError(
                f"the contact list has channels not for {nature} use, the record is {nature.upper()}",
                fix=f"use a list whose every row is marked {nature}",
            )
        self.record, self.contacts, self.sender, self.by = record, contacts, sender, by
        self.policy = policy or Policy()

    @property
    def now(self) -> datetime:
        """The instant now; never before the last entry of the record."""
        return max(self.record.clock(), self.record.picture().recorded_at)

    def once(self) -> Pass:
        """One pass: decisions settle, every timer due runs off, every message that waits is tried once."""
        done = Pass()
        if first_due(self._decided(), datetime.max.replace(tzinfo=UTC)) <= self.now:
            happened = self._execute(SettleDue)
            done.settled += [event.decision for event in happened if isinstance(event, ConsultationEvent)]
        for timers in _portions(due(self._state(), self.now), FIRED_AT_ONCE):
            self._fire(timers, done)
        for messages in _portions(outstanding(self._state(), self.now), self.policy.at_once):
            self._send(messages, done)
        return done

    def run(self, clock: Clock, *, every_s: float) -> Iterator[Pass]:
        """Pass after pass, for ever; a pass that had nothing to do is not told of."""
        while True:
            done = self.once()
            if not done.idle:
                yield done
            clock.wait(self.pause_s(every_s))

    def pause_s(self, every_s: float) -> float:
        """Seconds until the next timer, message or decision is due, at most `every_s`."""
        state, now = self._state(), self.now
        instants = [timer.due for timer in state.timers.values() if timer.status == "set"]
        instants.append(first_due(self._decided(), now + timedelta(seconds=every_s)))
        instants += [
            ready_at(message)
            for message in state.messages.values()
            if message.status in ("queued", "trying", "failed")
        ]
        left = (min(instants) - now).total_seconds() if instants else every_s
        return min(every_s, max(left, 0.01))

    def missing_offices(self) -> tuple[str, ...]:
        """Offices that the escalation of a standing order names and the contact list does not have."""
        named = {
            office for order in self._state().standing(self.now) for step in order.steps for office in step.to
        }
        return tuple(sorted(named - {ADDRESSEE} - {row.office for row in self.contacts.rows}))

    def _state(self) -> AlertState:
        return self.record.picture().of(AlertState)

    def _decided(self) -> Decided:
        return self.record.picture().of(Decided)

    def _execute(self, command: Callable[..., Command], **fields: Any) -> tuple[Event, ...]:
        """Carry out a command of this runner's own; what others did first is passed over by the rules."""
        return self.record.execute(command(id=f"runner/{uuid4().hex}", by=self.by, **fields)).events

    def _fire(self, timers: Sequence[Timer], done: Pass) -> None:
        orders = self._state().orders
        firings = tuple(
            Firing(
                timer=timer.id,
                version=timer.version,
                step=timer.step,
                firing=timer.firings + 1,
                recipients=self.contacts.recipients(orders[timer.alert], timer),
            )
            for timer in timers
        )
        units = {timer.id: timer.unit for timer in timers}
        for event in self._execute(FireTimers, firings=firings):
            if isinstance(event, TimerStopped):
                done.stopped.append(event.timer)
            elif isinstance(event, TimerFired):
                done.fired.append(event.timer)
                done.unreachable += () if event.told else (units[event.timer],)

    def _send(self, messages: Sequence[Message], done: Pass) -> None:
        taken = self._take(messages, done)
        letters = [self._letter(message) for message in taken]
        if not letters:
            return
        if len(letters) == 1:
            reasons = [self._carry(letters[0])]
        else:
            with ThreadPoolExecutor(len(letters)) as threads:
                reasons = list(threads.map(self._carry, letters))
        self._note(taken, reasons, done)

    def _take(self, messages: Sequence[Message], done: Pass) -> list[Message]:
        """The messages that this runner may send now."""
        tries = tuple(Try(key=message.key, attempt=message.attempt + 1) for message in messages)
        events = self._execute(TryMessages, tries=tries, lease_s=self.policy.lease_s)
        done.dropped += [event.key for event in events if isinstance(event, MessageDropped)]
        keys = {event.key for event in events if isinstance(event, MessageTried)}
        return [message for message in messages if message.key in keys]

    def _letter(self, message: Message) -> _Letter:
        """A message as it goes out; only the main thread looks at the record."""
        order, opening = self._state().orders[message.alert], self.record.opening
        return _Letter(
            self.contacts.address(message.office, message.channel),
            words.subject(order, message, opening.nature),
            words.body(order, message, opening.nature, opening.banner),
            message.key,
        )

    def _carry(self, letter: _Letter) -> str:
        """Send a message that was taken; why not, or blank."""
        if letter.address is None:
            return "the contact list has this channel no longer"
        return self.sender.send(letter.address, letter.subject, letter.body, letter.key)

    def _note(self, messages: Sequence[Message], reasons: Sequence[str], done: Pass) -> None:
        pauses = self.policy.pauses_s
        tried = []
        for message, reason in zip(messages, reasons, strict=True):
            attempt = message.attempt + 1
            again = pauses[attempt - 1] if reason and attempt <= len(pauses) else None
            tried.append(Tried(key=message.key, attempt=attempt, reason=reason, again_s=again))
            where = done.sent if not reason else done.failed if again is not None else done.given_up
            where.append(message.key)
        self._execute(NoteTries, tried=tuple(tried))


def _portions(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """The items in portions of at most so many."""
    for at in range(0, len(items), size):
        yield items[at : at + size]
