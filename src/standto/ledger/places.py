"""Which store a place is: a file, `sqlite:///FILE`, `postgresql://...`, or `memory:`."""

from __future__ import annotations

import re
from pathlib import Path

from standto.errors import UsageError
from standto.ledger.memory import MemoryStore
from standto.ledger.store import Store

MEMORY = "memory:"
SQLITE = "sqlite:///"
POSTGRES = re.compile(r"postgres(ql)?(\+psycopg)?://")


def create_store(place: str) -> Store:
    """Make the store of a place where none is yet.

    Raises
    ------
    RecordError
        If something is there, or nothing can be made there.
    UsageError
        If the place is of no known kind.
    """
    if place == MEMORY:
        return MemoryStore()
    if POSTGRES.match(place):
        from standto.ledger.postgres import PostgresStore

        return PostgresStore.create(_postgres(place))
    from standto.ledger.sqlite import SqliteStore

    return SqliteStore.create(_file(place))


def open_store(place: str) -> Store:
    """Open the store of a place.

    Raises
    ------
    RecordError
        If nothing is there, or it is no record.
    UsageError
        If the place is of no known kind.
    """
    if place == MEMORY:
        raise UsageError("a record in memory is gone when its process ends", fix="name a file")
    if POSTGRES.match(place):
        from standto.ledger.postgres import PostgresStore

        return PostgresStore.open(_postgres(place))
    from standto.ledger.sqlite import SqliteStore

    return SqliteStore.open(_file(place))


def _postgres(place: str) -> str:
    return POSTGRES.sub("postgresql://", place, count=1)


def _file(place: str) -> Path:
    if place.startswith(SQLITE):
        place = place.removeprefix(SQLITE)
    elif "://" in place:
        scheme = place.split("://")[0]
        raise UsageError(f"no record can be kept at {scheme}://", fix="give a file or postgresql://...")
    return Path(place)
