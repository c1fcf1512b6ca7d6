"""Messages on their way: taken by one runner at a time, sent or failed, tried again with growing pauses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from standto.alert.commands import NoteTries, Tried, Try, TryMessages
from standto.alert.events import MessageDropped, MessageFailed, MessageSent, MessageTried
from standto.alert.machines import MESSAGE
from standto.alert.rules.timers import no_longer_wanted
from standto.alert.state import AlertState, Message
from standto.ledger.event import Event

PAUSES_S = (15.0, 60.0, 300.0, 900.0)
"""Seconds before the second, third ... try of a message; after the last try it is given up."""


def outstanding(state: AlertState, now: datetime) -> tuple[Message, ...]:
    """The messages to try now, in the order they were queued."""
    ready = [message for message in state.messages.values() if ready_at(message) <= now and _open(message)]
    return tuple(sorted(ready, key=lambda message: (message.queued_at, message.key)))


def ready_at(message: Message) -> datetime:
    """When a message may be tried: at once, after its pause, or when who took it has been silent too long."""
    if message.status == "trying" and message.until is not None:
        return message.until
    return message.again_at if message.status == "failed" and message.again_at else message.queued_at


def _open(message: Message) -> bool:
    return MESSAGE.find(message.status, "try") is not None


def try_messages(state: AlertState, command: TryMessages, now: datetime) -> tuple[Event, ...]:
    """A runner takes messages; those that nobody needs any more are dropped, those taken passed over."""
    return tuple(event for one in command.tries for event in _taken(state, one, command.lease_s, now))


def _taken(state: AlertState, one: Try, lease_s: float, now: datetime) -> Iterator[Event]:
    message = state.messages.get(one.key)
    if message is None or not _open(message) or ready_at(message) > now:
        return
    if one.attempt != message.attempt + 1:
        return
    reason = no_longer_wanted(
        state,
        alert=message.alert,
        version=message.version,
        unit=message.unit,
        purpose=message.purpose,
        now=now,
    )
    if reason:
        yield MessageDropped(key=message.key, reason=reason)
    else:
        until = now + timedelta(seconds=lease_s)
        yield MessageTried(key=message.key, attempt=one.attempt, until=until)


def note_tries(state: AlertState, command: NoteTries, now: datetime) -> tuple[Event, ...]:
    """What came of tries: sent, failed until a pause is over, or given up."""
    return tuple(event for one in command.tried for event in _noted(state, one, now))


def _noted(state: AlertState, one: Tried, now: datetime) -> Iterator[Event]:
    message = state.messages.get(one.key)
    if message is None or message.status != "trying" or message.attempt != one.attempt:
        return
    if not one.reason:
        yield MessageSent(key=one.key, attempt=one.attempt)
        return
    again = None if one.again_s is None else now + timedelta(seconds=one.again_s)
    yield MessageFailed(key=one.key, attempt=one.attempt, reason=one.reason[:300], again_at=again)
