"""A record in one file: SQLite, safe against a crash at any instant, written by many processes in turn."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, create_engine, event
from sqlalchemy.exc import DBAPIError

from standto.errors import NoRecordError, RecordError
from standto.ledger.sql import SqlStore

PATIENCE_S = 30.0
"""How long a writer waits for others before it gives up."""


class SqliteStore(SqlStore):
    """Entries in a SQLite file, with a write-ahead log that is synced to disk at every append.

    Parameters
    ----------
    file
        The file; `create` or `open` see to it that it is a record.
    patience_s
        How long to wait for other writers.
    """

    def __init__(self, file: Path, *, patience_s: float = PATIENCE_S) -> None:
        url = URL.create("sqlite", database=_uri(file), query={"uri": "true"})
        engine = create_engine(url, connect_args={"timeout": patience_s, "isolation_level": None})
        event.listen(engine, "connect", _set_up)
        super().__init__(engine, str(file))
        self.file = file
        self.patience_s = patience_s

    @classmethod
    def create(cls, file: Path, *, patience_s: float = PATIENCE_S) -> SqliteStore:
        """Make an empty record where none is.

        Raises
        ------
        RecordError
            If the file holds a record with entries or something else, or cannot be made.
        """
        try:
            made = not file.exists()
            os.close(os.open(file, os.O_CREAT | os.O_WRONLY, 0o644))
        except OSError as error:
            raise RecordError(f"{file} cannot be made: {error.strerror}", fix="name another folder") from None
        store = cls(file, patience_s=patience_s)
        try:
            store.require_empty()
            store.migrate(create=True)
            _sync_folder(file.parent)
        except BaseException:
            store.close()
            for name in (file, Path(f"{file}-wal"), Path(f"{file}-shm")) if made else ():
                name.unlink(missing_ok=True)
            raise
        return store

    @classmethod
    def open(cls, file: Path, *, patience_s: float = PATIENCE_S) -> SqliteStore:
        """Open a record that is there.

        Raises
        ------
        RecordError
            If no file is there, or it holds no record.
        """
        if not file.is_file():
            raise NoRecordError(f"there is no record {file}", fix="run `standto record init` to begin one")
        store = cls(file, patience_s=patience_s)
        try:
            store.migrate(create=False)
        except BaseException:
            store.close()
            raise
        return store

    def lock(self, connection: Connection) -> None:
        """Begin a transaction as the one writer."""
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    def meaning(self, error: DBAPIError) -> RecordError:
        """What a SQLite error says to the reader."""
        name = getattr(error.orig, "sqlite_errorname", "") or ""
        for start, message, fix in MEANINGS:
            if name.startswith(start):
                return RecordError(message.format(file=self.file, seconds=self.patience_s), fix=fix)
        return RecordError(f"{self.file}: {error.orig}", fix="run `standto record verify`")


MEANINGS = (
    ("SQLITE_BUSY", "{file} was locked by another process for {seconds:g} s; nothing was added", "try again"),
    ("SQLITE_LOCKED", "{file} is locked; nothing was added", "try again"),
    (
        "SQLITE_FULL",
        "the disk of {file} is full; nothing was added",
        "make room, then give the command again",
    ),
    (
        "SQLITE_IOERR_FSYNC",
        "the disk of {file} does not confirm what was written; the entry may have been added or not",
        "give the same command again under the same id: it is carried out once",
    ),
    (
        "SQLITE_IOERR",
        "{file} or its log cannot be written: the disk is full, gone, or limits the file's size; nothing was "
        "added",
        "make room, then give the command again",
    ),
    (
        "SQLITE_READONLY",
        "{file} cannot be written: it or its folder is read-only; nothing was added",
        "allow it",
    ),
    ("SQLITE_PERM", "{file} may not be written; nothing was added", "allow it"),
    (
        "SQLITE_CANTOPEN",
        "{file} cannot be opened: its folder must let log files be made beside it",
        "allow it",
    ),
    ("SQLITE_NOTADB", "{file} holds no record: it is no SQLite file", "name another file"),
    (
        "SQLITE_CORRUPT",
        "{file} is damaged as a SQLite file",
        "restore a copy, and verify it against its head",
    ),
    ("SQLITE_CONSTRAINT", "{file} refuses the entry; nothing was added", "run `standto record verify`"),
)


def _uri(file: Path) -> str:
    """How SQLite is told to open a file.

    In a folder where no log can be made, a file without a log is taken as one that nobody changes.
    """
    writable = os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)
    kept = not writable and file.exists() and not Path(f"{file}-wal").exists()
    return f"{file.absolute().as_uri()}{'?immutable=1' if kept else '?mode=rw'}"


def _set_up(connection: Any, _record: object) -> None:
    run: Callable[[str], sqlite3.Cursor] = connection.execute
    if run("PRAGMA journal_mode").fetchone() != ("wal",):
        run("PRAGMA journal_mode = WAL")
    run("PRAGMA synchronous = FULL")
    run("PRAGMA fullfsync = ON")
    run("PRAGMA trusted_schema = OFF")
    run("PRAGMA recursive_triggers = ON")


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
