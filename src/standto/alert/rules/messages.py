"""Messages on their way: taken by one runner at a time, sent or failed, tried again with growing pauses."""

from __future__ import annotations

from datetime import datetime, timedelta

from standto.alert.commands import NoteFailed, NoteSent, TryMessage
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


def try_message(state: AlertState, command: TryMessage, now: datetime) -> tuple[Event, ...]:
    """A runner takes a message, or it is dropped because nobody needs it any more; nothing if taken."""
    message = state.messages.get(command.key)
    if message is None or not _open(message) or ready_at(message) > now:
        return ()
    if command.attempt != message.attempt + 1:
        return ()
    reason = no_longer_wanted(
        state,
        alert=message.alert,
        version=message.version,
        unit=message.unit,
        purpose=message.purpose,
        now=now,
    )
    if reason:
        return (MessageDropped(key=message.key, reason=reason),)
    until = now + timedelta(seconds=command.lease_s)
    return (MessageTried(key=message.key, attempt=command.attempt, until=until),)


def note_sent(state: AlertState, command: NoteSent, now: datetime) -> tuple[Event, ...]:
    """The channel took it; nothing where another try took its place meanwhile."""
    message = state.messages.get(command.key)
    if message is None or message.status != "trying" or message.attempt != command.attempt:
        return ()
    return (MessageSent(key=message.key, attempt=command.attempt),)


def note_failed(state: AlertState, command: NoteFailed, now: datetime) -> tuple[Event, ...]:
    """The channel did not take it: again after a pause, or never."""
    message = state.messages.get(command.key)
    if message is None or message.status != "trying" or message.attempt != command.attempt:
        return ()
    again = None if command.again_s is None else now + timedelta(seconds=command.again_s)
    return (
        MessageFailed(key=message.key, attempt=command.attempt, reason=command.reason[:300], again_at=again),
    )
