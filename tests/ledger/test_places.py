"""Places that are no records say so in one sentence, and no password is shown."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from standto.errors import NoRecordError, RecordError, UsageError
from standto.ledger.places import create_store, open_store
from standto.ledger.sqlite import SqliteStore
from tests.ledger.drafts import NOON, draft


def test_a_file_of_something_else_is_left_as_it_is(tmp_path: Path) -> None:
    other = tmp_path / "letter.txt"
    other.write_text("Dear colleague, " * 100)
    for reach in (open_store, create_store):
        with pytest.raises(RecordError, match="no SQLite file"):
            reach(str(other))
    assert other.read_text().startswith("Dear colleague")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["letter.txt"]


def test_names_that_need_quoting_are_files_like_others(tmp_path: Path) -> None:
    for name in ("a b%20c?.sqlite", "é#;&.db", "q'\".db"):
        store = create_store(f"sqlite:///{tmp_path / name}")
        store.append([draft()], recorded_at=NOON)
        store.close()
        assert open_store(str(tmp_path / name)).head().position == 1
        assert (tmp_path / name).is_file()


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("no/such/folder/r.sqlite", "cannot be made"),
        ("memory://x", "memory://"),
        ("mysql://u:secret@h/d", "mysql://"),
        ("postgresql://u:secret@127.0.0.1:1/d?connect_timeout=1", "cannot be reached"),
        ("postgresql://u:secret@h:port/d", "cannot be read"),
    ],
)
def test_a_place_that_cannot_be_reached_says_why(place: str, message: str) -> None:
    with pytest.raises((RecordError, UsageError), match=message) as caught:
        create_store(place)
    assert "secret" not in str(caught.value)


def test_nothing_there_is_told_from_something_wrong(tmp_path: Path) -> None:
    with pytest.raises(NoRecordError):
        open_store(str(tmp_path / "none"))
    with pytest.raises(NoRecordError):
        open_store(str(tmp_path))
    with pytest.raises(UsageError, match="gone when its process ends"):
        open_store("memory:")


def test_a_locked_record_says_so_and_loses_nothing(tmp_path: Path) -> None:
    file = tmp_path / "r.sqlite"
    store = SqliteStore.create(file, patience_s=0.05)
    store.append([draft()], recorded_at=NOON)
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(RecordError, match=r"was locked by another process for 0\.05 s; nothing was added"):
        store.append([draft()], recorded_at=NOON)
    assert store.head().position == 1
    other.execute("ROLLBACK")
    store.append([draft()], recorded_at=NOON)
    assert store.head().position == 2
    other.close()
    store.close()


def test_a_full_disk_says_so_and_loses_nothing(tmp_path: Path) -> None:
    store = SqliteStore.create(tmp_path / "r.sqlite")
    store.append([draft()], recorded_at=NOON)
    with store.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(RecordError, match=r"the disk of .* is full; nothing was added"):
        store.append([draft(name="x" * 100_000)], recorded_at=NOON)
    assert store.head().position == 1
    store.append([draft()], recorded_at=NOON)
    store.close()


def test_a_damaged_file_says_so(tmp_path: Path) -> None:
    file = tmp_path / "r.sqlite"
    store = SqliteStore.create(file)
    store.append([draft(name="x" * 50_000)], recorded_at=NOON)
    store.close()
    with file.open("r+b") as handle:
        handle.seek(4096)
        handle.write(b"\xff" * 8192)
    with pytest.raises(RecordError, match="damaged"):
        list(open_store(str(file)).read())
