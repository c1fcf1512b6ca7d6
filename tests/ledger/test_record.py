"""A record in memory: commands once, pictures of any instant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import ClassVar

import pytest

from standto.desk.record import Record
from standto.desk.room import Picture, Room
from standto.desk.rooms import OPENING
from standto.errors import RefusedError, RepeatedCommandError
from standto.ledger.command import Command
from standto.ledger.event import Event, Noted

NOON = datetime(2022, 2, 1, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted(Event):
    kind: ClassVar[str] = "tally.counted"
    number: int

    @property
    def stream(self) -> str:
        return "tally/one"


@dataclass(frozen=True, slots=True, kw_only=True)
class Count(Command):
    number: int


@dataclass(frozen=True)
class Tally:
    numbers: tuple[int, ...] = ()


def fold_tally(tally: Tally, notes: Iterable[Noted]) -> Tally:
    counted = (noted.event.number for noted in notes if isinstance(noted.event, Counted))
    return Tally((*tally.numbers, *counted))


def count(picture: Picture, command: Count, _now: datetime) -> tuple[Event, ...]:
    if command.number in picture.of(Tally).numbers:
        raise RefusedError(f"{command.number} was counted already")
    return (Counted(number=command.number),)


TALLY = Room(name="tally", events=(Counted,), start=Tally(), fold=fold_tally, rules={Count: count})


class Clock:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


@pytest.fixture
def record() -> Record:
    return Record.create(
        "memory:", name="CPX", nature="exercise", by="Exercise control", clock=Clock(), rooms=(OPENING, TALLY)
    )


def test_a_record_says_what_it_is(record: Record) -> None:
    assert record.opening.banner == "EXERCISE CPX EXERCISE"
    assert [entry.nature for entry in record.entries()] == ["exercise"]


def test_a_command_given_twice_is_carried_out_once(record: Record) -> None:
    first = record.execute(Count(id="c1", by="Clerk", number=7))
    again = record.execute(Count(id="c1", by="Clerk", number=7))
    assert again.repeated
    assert again.entries == first.entries
    with pytest.raises(RepeatedCommandError, match="other content"):
        record.execute(Count(id="c1", by="Clerk", number=8))
    assert record.picture().of(Tally).numbers == (7,)


def test_what_the_rules_refuse_is_not_recorded(record: Record) -> None:
    record.execute(Count(id="c1", by="Clerk", number=7))
    with pytest.raises(RefusedError):
        record.execute(Count(id="c2", by="Clerk", number=7))
    assert record.store.head().position == 2


def test_a_picture_of_an_instant_by_recording_and_by_effect(record: Record) -> None:
    record.execute(Count(id="c1", by="Clerk", number=1))
    known = record.clock()
    record.execute(Count(id="c2", by="Clerk", number=2, at=NOON - timedelta(days=1)))
    assert record.picture().of(Tally).numbers == (1, 2)
    assert record.picture(known).of(Tally).numbers == (1,)
    assert record.picture(NOON - timedelta(hours=1), effective=True).of(Tally).numbers == (2,)
    assert record.picture(effective=True).of(Tally).numbers == (2, 1)
