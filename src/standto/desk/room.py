"""How a room with a history joins the record: its events, its state, its rules."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any, Generic, TypeVar

from standto.ledger.codec import Upcaster
from standto.ledger.command import Command
from standto.ledger.entry import NEVER
from standto.ledger.event import Dated, Event, Noted

S = TypeVar("S")
AT_ONCE = 10_000
"""Notes that a room folds in one go; more would only keep them all in memory."""
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
        Its state after more of the events that it follows, in order. Called for many notes at once, so it
        copies its dictionaries once and not for every note. It must stand any order of notes, as pictures by
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
    picture = picture or Picture({room.name: room.start for room in rooms})
    waiting = iter(notes)
    with _no_collection():
        while part := list(islice(waiting, AT_ONCE)):
            picture = _after(rooms, heard, picture, part)
    return picture


@contextmanager
def _no_collection() -> Iterator[None]:
    """Keep Python from looking for cycles: a fold makes many objects and no cycle; it takes a third less."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _after(
    rooms: tuple[Room[Any], ...],
    heard: Mapping[type[Event], list[str]],
    picture: Picture,
    notes: Sequence[Noted],
) -> Picture:
    own: dict[str, list[Noted]] = {}
    for noted in notes:
        for name in heard.get(type(noted.event), ()):
            own.setdefault(name, []).append(noted)
    states = dict(picture.states)
    for room in rooms:
        if room.name in own:
            states[room.name] = room.fold(states[room.name], own[room.name])
    position = max(noted.position for noted in notes)
    recorded_at = max(noted.recorded_at for noted in notes)
    return Picture(states, max(picture.position, position), max(picture.recorded_at, recorded_at))
