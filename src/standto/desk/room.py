"""How a room with a history joins the record: its events, its state, its rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

from standto.ledger.codec import Upcaster
from standto.ledger.command import Command
from standto.ledger.entry import NEVER
from standto.ledger.event import Dated, Event, Noted

S = TypeVar("S")
Rule = Callable[["Picture", Any, datetime], Iterable[Event | Dated]]
"""From the picture, a command and the instant of recording to what happens, or a `StandtoError`."""


@dataclass(frozen=True, kw_only=True)
class Room(Generic[S]):
    """One room's part of a record.

    Attributes
    ----------
    name
        The room's word.
    events
        The events that are its own.
    start
        Its state before anything happened.
    fold
        Its state after more of the events that it follows, in order. Called once for many notes, so it may
        copy its dictionaries once and not for every note. It must stand any order of notes, as pictures by
        effective time put them in another order than they were recorded.
    follows
        Events of other rooms that its state depends on.
    rules
        For every command type, the rule that answers it.
    upcasters
        What lifts older forms of its events.
    say
        Its state in lines for people, as it stands at an instant.
    """

    name: str
    events: tuple[type[Event], ...]
    start: S
    fold: Callable[[S, Iterable[Noted]], S]
    follows: tuple[type[Event], ...] = ()
    rules: Mapping[type[Command], Rule] = field(default_factory=dict)
    upcasters: Mapping[tuple[str, int], Upcaster] = field(default_factory=dict)
    say: Callable[[S, datetime], Sequence[str]] = lambda _state, _at: ()


@dataclass(frozen=True)
class Picture:
    """The states of all rooms after the same entries of one record.

    Attributes
    ----------
    states
        Every room's state by the room's name.
    position
        Position of the last entry folded, in the order of recording.
    recorded_at
        When that entry was recorded.
    """

    states: Mapping[str, Any]
    position: int = 0
    recorded_at: datetime = NEVER

    def of(self, state: type[S]) -> S:
        """The one state of a type, such as `picture.of(Opening)`."""
        for found in self.states.values():
            if isinstance(found, state):
                return found
        raise KeyError(state.__name__)


def fold(rooms: Iterable[Room[Any]], picture: Picture | None, notes: Iterable[Noted]) -> Picture:
    """The picture after more notes; `None` = before anything happened."""
    rooms = tuple(rooms)
    heard: dict[type[Event], list[str]] = {}
    for room in rooms:
        for event in (*room.events, *room.follows):
            heard.setdefault(event, []).append(room.name)
    waiting: dict[str, list[Noted]] = {room.name: [] for room in rooms}
    position, recorded_at = (picture.position, picture.recorded_at) if picture else (0, NEVER)
    for noted in notes:
        for name in heard.get(type(noted.event), ()):
            waiting[name].append(noted)
        position, recorded_at = max(position, noted.position), max(recorded_at, noted.recorded_at)
    before = picture.states if picture else {room.name: room.start for room in rooms}
    states = {
        room.name: room.fold(before[room.name], waiting[room.name])
        if waiting[room.name]
        else before[room.name]
        for room in rooms
    }
    return Picture(states, position, recorded_at)
