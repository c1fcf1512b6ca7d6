"""A record in memory: commands once, pictures of any instant."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standto.desk.record import Record
from standto.desk.room import Picture, Room
from standto.desk.rooms import OPENING
from standto.errors import RecordError, RefusedError, RepeatedCommandError, UsageError
from standto.ledger.command import Command
from standto.ledger.event import Event, Noted
from standto.ledger.memory import MemoryStore
from standto.ledger.proof import verify

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


def test_a_clock_put_back_an_hour_loses_nothing_and_shows(record: Record) -> None:
    assert isinstance(record.clock, Clock)
    record.execute(Count(id="c1", by="Clerk", number=1))
    before = record.clock.now
    record.clock.now -= timedelta(hours=1)
    (late,) = record.execute(Count(id="c2", by="Clerk", number=2)).entries
    assert (late.recorded_at, late.effective_at) == (before, before)
    assert late.clock_at == record.clock.now
    assert record.picture(before).of(Tally).numbers == (1, 2)
    record.clock.now = before
    (after,) = record.execute(Count(id="c3", by="Clerk", number=3)).entries
    assert after.clock_at is None
    assert verify(record.store.lines).ok


def test_what_has_no_form_in_json_is_asked_back_and_not_recorded(record: Record) -> None:
    for name, text in (("by", "Clerk\ud800"), ("why", "\ud800")):
        fields: dict[str, Any] = {"id": "c1", "by": "Clerk", "number": 1, name: text}
        with pytest.raises(UsageError, match="surrogate"):
            record.execute(Count(**fields))
    with pytest.raises(RecordError, match="NUL"):
        record.execute(Count(id="c1", by="Clerk\0", number=1))
    assert record.store.head().position == 1


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(-90, 90)), max_size=25), st.integers(0, 25))
def test_replay_gives_what_was_seen_live(steps: list[tuple[int, int]], cut: int) -> None:
    clock = Clock()
    rooms = (OPENING, TALLY)
    record = Record.create("memory:", name="CPX", nature="exercise", by="Clerk", clock=clock, rooms=rooms)
    seen = {}
    for number, (what, minutes) in enumerate(steps):
        clock.now += timedelta(minutes=minutes)
        with suppress(RefusedError):
            record.execute(Count(id=f"c{number}", by="Clerk", number=what))
        seen[record.store.head().recorded_at] = record.picture().of(Tally)
    for at, tally in seen.items():
        assert record.picture(at).of(Tally) == tally
    copy = MemoryStore()
    copy.adopt(list(record.store.lines(upto=cut)))
    copy.adopt(list(record.store.lines(after=cut)))
    again = Record(copy, rooms=rooms)
    assert again.picture().of(Tally) == record.picture().of(Tally)
    assert sorted(again.picture(effective=True).of(Tally).numbers) == sorted(
        record.picture().of(Tally).numbers
    )
