"""The runner of timers: what is due runs off, messages go out, and what became of each is recorded.

A message is taken in the record before it is sent, and its outcome is recorded after. A runner that dies in
between leaves it taken; once its lease is over it is sent again with the same key. That is the one way in
which a message goes out twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime

from standto.alert import words
from standto.alert.commands import FireTimer, NoteFailed, NoteSent, TryMessage
from standto.alert.contacts import Contacts
from standto.alert.events import MessageDropped, MessageTried, TimerFired, TimerStopped
from standto.alert.rules.messages import PAUSES_S, outstanding, ready_at
from standto.alert.rules.timers import due
from standto.alert.state import AlertState, Message, Timer
from standto.desk.clock import Clock
from standto.desk.notify import Sender
from standto.desk.record import Outcome, Record
from standto.errors import RepeatedCommandError, UsageError
from standto.ledger.command import Command

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
    fired, stopped
        Timers that ran off, and those that were no longer wanted.
    unreachable
        Units, with the offices asked for, for which a timer ran off and nobody could be told.
    sent, failed, given_up, dropped
        Keys of messages, and what became of them.
    """

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
        """One pass: every timer that is due runs off, every message that waits is tried once."""
        done = Pass()
        for timer in due(self._state(), self.now):
            self._fire(timer, done)
        messages = outstanding(self._state(), self.now)
        for at in range(0, len(messages), self.policy.at_once):
            self._send(messages[at : at + self.policy.at_once], done)
        return done

    def run(self, clock: Clock, *, every_s: float) -> Iterator[Pass]:
        """Pass after pass, for ever; a pass that had nothing to do is not told of."""
        while True:
            done = self.once()
            if not done.idle:
                yield done
            clock.wait(self.pause_s(every_s))

    def pause_s(self, every_s: float) -> float:
        """Seconds until the next timer or message is due, at most `every_s`."""
        state, now = self._state(), self.now
        instants = [timer.due for timer in state.timers.values() if timer.status == "set"]
        instants += [
            ready_at(message)
            for message in state.messages.values()
            if message.status in ("queued", "trying", "failed")
        ]
        left = (min(instants) - now).total_seconds() if instants else every_s
        return min(every_s, max(left, 0.01))

    def _state(self) -> AlertState:
        return self.record.picture().of(AlertState)

    def _execute(self, command: Command) -> Outcome | None:
        """Carry out a command; None where another runner was first."""
        try:
            outcome = self.record.execute(command)
        except RepeatedCommandError:
            return None
        return None if outcome.repeated else outcome

    def _fire(self, timer: Timer, done: Pass) -> None:
        firing = timer.firings + 1
        order = self._state().orders[timer.alert]
        recipients = self.contacts.recipients(order, timer)
        outcome = self._execute(
            FireTimer(
                id=f"fire/{timer.id}/{timer.version}/{firing}",
                by=self.by,
                timer=timer.id,
                version=timer.version,
                step=timer.step,
                firing=firing,
                recipients=recipients,
            )
        )
        for event in outcome.events if outcome else ():
            if isinstance(event, TimerStopped):
                done.stopped.append(event.timer)
            elif isinstance(event, TimerFired):
                done.fired.append(event.timer)
                if not event.told:
                    done.unreachable.append(timer.unit)

    def _send(self, messages: Sequence[Message], done: Pass) -> None:
        taken = [message for message in messages if self._take(message, done)]
        if not taken:
            return
        letters = [self._letter(message) for message in taken]
        if len(taken) == 1:
            self._note(taken[0], self._carry(letters[0]), done)
            return
        with ThreadPoolExecutor(len(taken)) as threads:
            for message, reason in zip(taken, threads.map(self._carry, letters), strict=True):
                self._note(message, reason, done)

    def _take(self, message: Message, done: Pass) -> bool:
        attempt = message.attempt + 1
        outcome = self._execute(
            TryMessage(
                id=f"try/{message.key}/{attempt}",
                by=self.by,
                key=message.key,
                attempt=attempt,
                lease_s=self.policy.lease_s,
            )
        )
        events = outcome.events if outcome else ()
        done.dropped += [event.key for event in events if isinstance(event, MessageDropped)]
        return any(isinstance(event, MessageTried) for event in events)

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

    def _note(self, message: Message, reason: str, done: Pass) -> None:
        attempt = message.attempt + 1
        name = f"{message.key}/{attempt}"
        if not reason:
            self._execute(NoteSent(id=f"sent/{name}", by=self.by, key=message.key, attempt=attempt))
            done.sent.append(message.key)
            return
        pauses = self.policy.pauses_s
        again = pauses[attempt - 1] if attempt <= len(pauses) else None
        self._execute(
            NoteFailed(
                id=f"failed/{name}",
                by=self.by,
                key=message.key,
                attempt=attempt,
                reason=reason,
                again_s=again,
            )
        )
        (done.failed if again is not None else done.given_up).append(message.key)
