"""Processes that write to a record, to be killed, starved or set against each other.

They are forked from a server process that has imported everything, so that fifty of them cost little.
"""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Iterable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from pathlib import Path
from typing import ClassVar

from standto.desk.record import Record
from standto.desk.room import Picture, Room
from standto.desk.rooms import OPENING
from standto.errors import RecordError
from standto.ledger.command import Command
from standto.ledger.event import Event, Noted
from standto.ledger.places import open_store
from standto.ledger.sqlite import SqliteStore
from tests.ledger.drafts import NOON, draft

NOBODY = 65534


def context() -> ForkServerContext:
    """Where these processes come from."""
    found = get_context("forkserver")
    found.set_forkserver_preload(["tests.ledger.writers", "standto.ledger.postgres", "psycopg"])
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken(Event):
    """The next number was taken: of a lost update, one would be taken twice."""

    kind: ClassVar[str] = "number.taken"
    number: int

    @property
    def stream(self) -> str:
        return "number/next"


@dataclass(frozen=True, slots=True, kw_only=True)
class Take(Command):
    pass


@dataclass(frozen=True)
class Numbers:
    last: int = 0


def last_taken(numbers: Numbers, notes: Iterable[Noted]) -> Numbers:
    for noted in notes:
        if isinstance(noted.event, Taken):
            numbers = Numbers(noted.event.number)
    return numbers


def take(picture: Picture, _command: Command, _now: datetime) -> tuple[Event, ...]:
    return (Taken(number=picture.of(Numbers).last + 1),)


NUMBERS = Room(name="number", events=(Taken,), start=Numbers(), fold=last_taken, rules={Take: take})


def write_until_killed(place: str, acknowledge: Connection) -> None:
    """Append for ever, one to five entries at a time, and tell each acknowledged position and hash."""
    with closing(open_store(place)) as store, suppress(RecordError):
        while True:
            many = 1 + store.head().position % 5
            entries = store.append([draft(f"ship/{number}") for number in range(many)], recorded_at=NOON)
            acknowledge.send((entries[-1].position, entries[-1].hash))


def take_numbers(place: str, writer: int, count: int) -> None:
    """Take some numbers, each after whatever others took."""
    with Record.open(place, rooms=(OPENING, NUMBERS)) as record:
        for number in range(count):
            record.execute(Take(id=f"{writer}-{number}", by=f"Writer {writer}"))


def write_until_full(place: str, most_bytes: int, answer: Connection) -> None:
    """Append under a limit of the file's size; tell what was acknowledged, and what was said."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, resource.RLIM_INFINITY))
    acknowledged = 0
    with closing(open_store(place)) as store:
        try:
            while True:
                acknowledged = store.append([draft(name="x" * 1000)], recorded_at=NOON)[-1].position
        except RecordError as error:
            message = str(error)
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        after = store.append([draft()], recorded_at=NOON)[-1].position
    answer.send((acknowledged, message, after))


def write_as_nobody(place: str, elsewhere: str, answer: Connection) -> None:
    """Read a record and try to write to it as a user who may only read it."""
    SqliteStore.create(Path(elsewhere)).close()
    if os.getuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    with closing(open_store(place)) as store:
        read = len(list(store.read()))
        try:
            store.append([draft()], recorded_at=NOON)
            message = "written"
        except RecordError as error:
            message = str(error)
    answer.send((read, message))


def kill_after(place: str, appends: int, spin_s: float) -> dict[int, str]:
    """Start a writer, kill it a moment after so many appends, and give what it had acknowledged."""
    ours, theirs = context().Pipe(duplex=False)
    writer = context().Process(target=write_until_killed, args=(place, theirs))
    writer.start()
    theirs.close()
    acknowledged = dict(ours.recv() for _ in range(appends))
    ends = time.perf_counter() + spin_s
    while time.perf_counter() < ends:
        pass
    writer.kill()
    with suppress(EOFError, OSError):
        while True:
            acknowledged.update([ours.recv()])
    writer.join()
    writer.close()
    ours.close()
    return acknowledged
