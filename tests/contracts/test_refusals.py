"""The databases themselves refuse to change what is written, whoever asks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from standto.errors import NoRecordError, RecordError
from standto.ledger.places import create_store, open_store
from standto.ledger.proof import verify
from standto.ledger.sql import SqlStore
from tests.ledger.drafts import NOON, draft
from tests.postgres import Server

TAKE_SECOND = """
INSERT {how} INTO standto_entries
SELECT {position}, schema, {version}, clock_at, body, by, command, command_digest, effective_at, hash, kind,
nature, previous, recorded_at, releasable_to, {stream}, 'forged' FROM standto_entries WHERE position = 1
"""
CHANGES = {
    "update": "UPDATE standto_entries SET why = 'forged' WHERE position = 1",
    "update of nothing but its place": "UPDATE standto_entries SET position = 99 WHERE position = 3",
    "delete": "DELETE FROM standto_entries WHERE position = 3",
    "delete all": "DELETE FROM standto_entries",
    "insert with a gap": TAKE_SECOND.format(how="", position=9, version=9, stream="stream"),
    "insert in the middle": TAKE_SECOND.format(how="", position=2, version=9, stream="stream"),
    "insert of a version that is there": TAKE_SECOND.format(how="", position=4, version=1, stream="stream"),
}
SQLITE_CHANGES = {
    "replace by place": TAKE_SECOND.format(how="OR REPLACE", position=2, version=9, stream="stream"),
    "replace by version": TAKE_SECOND.format(how="OR REPLACE", position=4, version=1, stream="stream"),
    "upsert": "INSERT INTO standto_entries SELECT * FROM standto_entries WHERE position = 3 "
    "ON CONFLICT DO UPDATE SET why = 'forged'",
}
POSTGRES_CHANGES = {
    "truncate": "TRUNCATE standto_entries",
    "upsert": "INSERT INTO standto_entries SELECT * FROM standto_entries WHERE position = 3 "
    "ON CONFLICT (position) DO UPDATE SET why = 'forged'",
    "as a replica": "SET session_replication_role = replica; DELETE FROM standto_entries",
}


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return str(tmp_path / "record.sqlite")
    server: Server = request.getfixturevalue("postgres")
    return server.new_place()


@pytest.fixture
def store(place: str) -> Iterator[SqlStore]:
    made = create_store(place)
    assert isinstance(made, SqlStore)
    made.append([draft(), draft(), draft()], recorded_at=NOON)
    yield made
    made.close()


def changes(store: SqlStore) -> dict[str, str]:
    return CHANGES | (SQLITE_CHANGES if store.engine.dialect.name == "sqlite" else POSTGRES_CHANGES)


def is_let_through(store: SqlStore, statement: str) -> bool:
    with store.engine.connect() as connection:
        try:
            connection.execute(text(statement))
        except DBAPIError:
            return False
        finally:
            connection.rollback()
    return True


def test_no_statement_changes_or_deletes_an_entry(store: SqlStore) -> None:
    before = list(store.lines())
    let_through = [name for name, statement in changes(store).items() if is_let_through(store, statement)]
    assert let_through == []
    assert list(store.lines()) == before
    assert verify(store.lines).ok


def test_a_database_of_the_first_revision_is_brought_up_to_date_when_it_is_opened(
    place: str, store: SqlStore
) -> None:
    sqlite = store.engine.dialect.name == "sqlite"
    names = ("no_update", "no_delete", "next") if sqlite else ("no_change", "no_truncate", "next")
    with store.engine.connect() as connection:
        for name in names:
            on = "" if sqlite else " ON standto_entries"
            connection.execute(text(f"DROP TRIGGER standto_entries_{name}{on}"))
        if not sqlite:
            connection.execute(text("DROP FUNCTION standto_entries_refuse"))
            connection.execute(text("DROP FUNCTION standto_entries_next"))
        connection.execute(text("UPDATE standto_schema SET version_num = '0001'"))
        connection.commit()
    before = list(store.lines())
    again = open_store(place)
    assert isinstance(again, SqlStore)
    assert list(again.lines()) == before
    again.close()
    test_no_statement_changes_or_deletes_an_entry(store)


def test_a_database_of_a_later_version_is_refused(place: str, store: SqlStore) -> None:
    with store.engine.connect() as connection:
        connection.execute(text("UPDATE standto_schema SET version_num = '9999'"))
        connection.commit()
    with pytest.raises(RecordError, match=r"later version of Standto \(schema 9999\)"):
        open_store(place)


def test_a_place_without_a_record_and_one_with_something_else_are_told_apart(place: str) -> None:
    with pytest.raises(NoRecordError, match="record init"):
        open_store(place)
    made = create_store(place)
    made.close()
    begun_again = create_store(place)
    assert isinstance(begun_again, SqlStore)
    with begun_again.engine.connect() as connection:
        connection.execute(text("CREATE TABLE something (id integer)"))
        connection.commit()
    begun_again.close()
    with pytest.raises(RecordError, match="something else"):
        create_store(place)
