"""Real processes that are killed, starved of room, kept out, or set against each other: nothing is lost."""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from standto.desk.record import Record
from standto.desk.rooms import OPENING
from standto.ledger.places import create_store, open_store
from standto.ledger.proof import verify
from tests.ledger.drafts import NOON, draft
from tests.ledger.writers import (
    NUMBERS,
    Numbers,
    context,
    kill_after,
    take_numbers,
    write_as_nobody,
    write_until_full,
)
from tests.postgres import Server

WRITERS, EACH = 50, 2
PER_KILL = 20
SEED = 20220224


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return str(tmp_path / "record.sqlite")
    server: Server = request.getfixturevalue("postgres")
    return server.new_place()


@pytest.mark.parametrize(("place", "kills"), [("sqlite", 50), ("postgres", 10)], indirect=["place"])
def test_no_acknowledged_entry_is_lost_however_often_the_writer_is_killed(place: str, kills: int) -> None:
    """A thousand appends on SQLite; on PostgreSQL, where a server keeps the file, two hundred."""
    random_points = random.Random(SEED)
    create_store(place).close()
    acknowledged: dict[int, str] = {}
    for _ in range(kills):
        spin_s = random_points.choice([0.0, random_points.uniform(0.0, 0.004)])
        acknowledged |= kill_after(place, random_points.randint(1, 2 * PER_KILL - 1), spin_s)
        with closing(open_store(place)) as store:
            assert 0 <= store.head().position - max(acknowledged) <= 5
    with closing(open_store(place)) as store:
        hashes = {line.position: line.hash for line in store.lines()}
        assert verify(store.lines).ok
    assert len(acknowledged) >= (kills - 2) * PER_KILL
    assert {position: hashes[position] for position in acknowledged} == acknowledged


def test_fifty_writers_at_once_lose_no_update(place: str) -> None:
    Record.create(place, name="Numbers", nature="exercise", by="Clerk", rooms=(OPENING, NUMBERS)).close()
    writers = [context().Process(target=take_numbers, args=(place, each, EACH)) for each in range(WRITERS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0] * WRITERS
    with Record.open(place, rooms=(OPENING, NUMBERS)) as record:
        assert record.picture().of(Numbers).last == WRITERS * EACH
        numbers = [entry.body["number"] for entry in record.entries(stream="number/next")]
        assert numbers == list(range(1, WRITERS * EACH + 1))
        assert verify(record.store.lines).ok


def test_one_command_given_by_many_at_once_is_carried_out_once(place: str) -> None:
    Record.create(place, name="Numbers", nature="exercise", by="Clerk", rooms=(OPENING, NUMBERS)).close()
    writers = [context().Process(target=take_numbers, args=(place, 7, EACH)) for _ in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0] * 8
    with Record.open(place, rooms=(OPENING, NUMBERS)) as record:
        assert record.picture().of(Numbers).last == EACH


def test_a_disk_that_fills_up_loses_nothing_and_is_written_again_when_there_is_room(tmp_path: Path) -> None:
    place = str(tmp_path / "record.sqlite")
    create_store(place).close()
    ours, theirs = context().Pipe(duplex=False)
    writer = context().Process(target=write_until_full, args=(place, 400_000, theirs))
    writer.start()
    acknowledged, message, after = ours.recv()
    writer.join()
    assert "cannot be written" in message
    assert "nothing was added (make room" in message
    assert acknowledged > 10
    assert after == acknowledged + 1
    with closing(open_store(place)) as store:
        assert store.head().position == after
        assert verify(store.lines).ok


@pytest.fixture
def shared_folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="standto-shared-", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


@pytest.mark.parametrize("folder_too", [False, True], ids=["file", "folder"])
def test_who_may_only_read_a_record_reads_it_and_is_told_so(shared_folder: Path, folder_too: bool) -> None:
    file = shared_folder / "record.sqlite"
    with closing(create_store(str(file))) as store:
        store.append([draft(), draft()], recorded_at=NOON)
    file.chmod(0o444)
    shared_folder.chmod(0o555 if folder_too else 0o777)
    elsewhere = shared_folder.with_name(f"{shared_folder.name}-own.sqlite")
    ours, theirs = context().Pipe(duplex=False)
    reader = context().Process(target=write_as_nobody, args=(str(file), str(elsewhere), theirs))
    reader.start()
    read, message = ours.recv()
    reader.join()
    elsewhere.unlink()
    assert read == 2
    assert "cannot be written: it or its folder is read-only; nothing was added" in message
