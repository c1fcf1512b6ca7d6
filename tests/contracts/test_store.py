"""What every store of entries keeps to, whichever it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from standto.errors import ConflictError, RecordError, RepeatedCommandError
from standto.ledger.canonical import digest
from standto.ledger.entry import START, Head
from standto.ledger.line import hashed_text
from standto.ledger.memory import MemoryStore
from standto.ledger.places import create_store, open_store
from standto.ledger.proof import verify
from standto.ledger.store import Store
from tests.ledger.drafts import NOON, draft
from tests.postgres import Server


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "postgres":
        server: Server = request.getfixturevalue("postgres")
        return server.new_place()
    return "memory:" if request.param == "memory" else str(tmp_path / "record.sqlite")


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    made = create_store(place)
    yield made
    made.close()


def test_an_empty_store_has_no_head(store: Store) -> None:
    assert store.head() == Head(0, START)
    assert list(store.read()) == []
    assert store.version("ship/a") == 0


def test_entries_come_back_as_they_were_added_in_order(store: Store) -> None:
    added = store.append([draft("ship/a"), draft("ship/b")], recorded_at=NOON)
    added += store.append([draft("ship/a")], recorded_at=NOON + timedelta(seconds=1))
    assert tuple(store.read()) == added
    assert [(entry.position, entry.stream, entry.version) for entry in added] == [
        (1, "ship/a", 1),
        (2, "ship/b", 1),
        (3, "ship/a", 2),
    ]
    assert store.head() == Head(3, added[-1].hash, NOON + timedelta(seconds=1))
    assert added[0].body == {"name": 'á\u2028"\\\n', "mass_t": 5, "seats": [1, None, True]}


def test_each_entry_holds_the_hash_of_the_one_before(store: Store) -> None:
    first, second = store.append([draft(), draft()], recorded_at=NOON)
    assert first.previous == START
    assert second.previous == first.hash
    for line in store.lines():
        assert line.hash == digest(hashed_text(line))
        assert line.hash != digest(hashed_text(line._replace(why="because")))
    assert verify(store.lines).ok


def test_a_part_and_one_stream_can_be_read(store: Store) -> None:
    store.append([draft(f"ship/{name}") for name in "abab"], recorded_at=NOON)
    assert [entry.position for entry in store.read(after=1, upto=3)] == [2, 3]
    assert [entry.position for entry in store.read(stream="ship/b")] == [2, 4]
    assert store.version("ship/b") == 2


def test_a_writer_who_has_not_seen_the_last_version_is_refused_and_adds_nothing(store: Store) -> None:
    store.append([draft("ship/a")], recorded_at=NOON, expected={"ship/a": 0})
    with pytest.raises(ConflictError, match="ship/a is at version 1, not 0"):
        store.append([draft("ship/b"), draft("ship/a")], recorded_at=NOON, expected={"ship/a": 0})
    with pytest.raises(ConflictError, match="1 entries, not 0"):
        store.append([draft("ship/b")], recorded_at=NOON, head=0)
    assert store.head().position == 1


def test_a_stream_only_relied_on_can_be_expected_too(store: Store) -> None:
    store.append([draft("ship/a")], recorded_at=NOON)
    with pytest.raises(ConflictError):
        store.append([draft("ship/b")], recorded_at=NOON, expected={"ship/a": 0})


def test_who_has_the_record_alone_adds_all_or_nothing(store: Store) -> None:
    with store.alone():
        store.append([draft()], recorded_at=NOON, head=0)
        store.append([draft()], recorded_at=NOON, head=1)
    with pytest.raises(ConflictError), store.alone():
        store.append([draft()], recorded_at=NOON, head=1)
    assert store.head().position == 2


def test_a_command_is_recorded_once(store: Store) -> None:
    added = store.append([draft("ship/a", command="c1"), draft("ship/b", command="c1")], recorded_at=NOON)
    assert store.by_command("c1") == added
    assert store.by_command("c2") == ()
    with pytest.raises(RepeatedCommandError, match=r"'c1'.*entry 1"):
        store.append([draft("ship/c", command="c1")], recorded_at=NOON)
    assert store.head().position == 2


def test_where_the_clock_goes_back_recorded_time_does_not_and_the_entry_says_so(store: Store) -> None:
    store.append([draft()], recorded_at=NOON)
    (late,) = store.append([draft()], recorded_at=NOON - timedelta(hours=1))
    assert late.recorded_at == NOON
    assert late.clock_at == NOON - timedelta(hours=1)
    (after,) = store.append([draft()], recorded_at=NOON + timedelta(hours=1))
    assert after.clock_at is None


def test_history_keeps_its_date_and_must_not_go_back(store: Store) -> None:
    (entry,) = store.append([draft()], recorded_at=NOON, clock_at=NOON + timedelta(days=9))
    assert (entry.recorded_at, entry.clock_at) == (NOON, NOON + timedelta(days=9))
    with pytest.raises(RecordError, match="history of 2022-01-31"):
        store.append([draft()], recorded_at=NOON - timedelta(days=1), clock_at=NOON)
    assert store.head().position == 1


def test_entries_are_there_when_the_store_is_opened_again(place: str, store: Store) -> None:
    if place == "memory:":
        return
    added = store.append([draft()], recorded_at=NOON)
    store.close()
    again = open_store(place)
    assert tuple(again.read()) == added
    again.close()
    with pytest.raises(RecordError, match="already"):
        create_store(place)


def test_more_entries_than_a_page_come_back_in_order(store: Store) -> None:
    store.append([draft(f"ship/{number % 600}") for number in range(9000)], recorded_at=NOON)
    assert [entry.position for entry in store.read(after=10)] == list(range(11, 9001))
    assert store.version("ship/0") == 15


def test_entries_of_another_store_are_adopted_as_they_are(store: Store) -> None:
    other = MemoryStore()
    other.append([draft("ship/a"), draft("ship/b", command="c1")], recorded_at=NOON)
    store.adopt(list(other.lines()))
    assert list(store.lines()) == list(other.lines())
    assert store.head() == other.head()
    assert [entry.stream for entry in store.by_command("c1")] == ["ship/b"]
    with pytest.raises(RecordError, match="entry 1 is refused: it does not follow entry 2"):
        store.adopt(list(other.lines()))
    other.append([draft("ship/a")], recorded_at=NOON)
    (third,) = other.lines(after=2)
    with pytest.raises(RecordError, match="entry 3 is refused: its hash"):
        store.adopt([third._replace(why="because")])
    store.adopt([third])
    assert store.head() == other.head()


def test_a_text_that_a_database_cannot_hold_is_refused_by_all(store: Store) -> None:
    with pytest.raises(RecordError, match="NUL"):
        store.append([replace(draft(), why="a\0b")], recorded_at=NOON)
    (kept,) = store.append([draft(name="a\0b")], recorded_at=NOON)
    assert kept.body["name"] == "a\0b"


def test_what_json_cannot_say_is_refused_and_adds_nothing(store: Store) -> None:
    with pytest.raises(RecordError, match="surrogate"):
        store.append([draft(), draft(name="\ud800")], recorded_at=NOON)
    assert store.head().position == 0
