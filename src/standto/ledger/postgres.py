"""A record in a PostgreSQL database, for several desks at once."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from standto.errors import RecordError, UsageError
from standto.ledger.schema import TABLE
from standto.ledger.sql import SqlStore

LOCK = 0x5374_616E
"""The first key of the lock under which entries are added; the second is the table's own number."""
PATIENCE_MS = 30_000
CONNECT_S = 10


class PostgresStore(SqlStore):
    """Entries in a table of the first schema of the search path.

    Parameters
    ----------
    url
        `postgresql://USER:PASSWORD@HOST:PORT/DATABASE`, or what else libpq understands behind the scheme.
    """

    def __init__(self, url: str) -> None:
        try:
            found = make_url(url).set(drivername="postgresql+psycopg")
            engine = create_engine(found, connect_args={"connect_timeout": CONNECT_S}, pool_pre_ping=True)
        except (ArgumentError, NoSuchModuleError, ValueError):
            raise UsageError("the PostgreSQL address cannot be read", fix="write postgresql://...") from None
        except ModuleNotFoundError:
            raise UsageError(
                "PostgreSQL needs the package psycopg", fix="pip install 'standto[postgres]'"
            ) from None
        event.listen(engine, "connect", _set_up)
        super().__init__(engine, found.set(drivername="postgresql").render_as_string(hide_password=True))

    @classmethod
    def create(cls, url: str) -> PostgresStore:
        """Make an empty record where none is.

        Raises
        ------
        RecordError
            If the schema holds a record with entries, or something else.
        """
        store = cls(url)
        try:
            store.require_empty()
            store.migrate(create=True)
        except BaseException:
            store.close()
            raise
        return store

    @classmethod
    def open(cls, url: str) -> PostgresStore:
        """Open a record that is there."""
        store = cls(url)
        try:
            store.migrate(create=False)
        except BaseException:
            store.close()
            raise
        return store

    def lock(self, connection: Connection) -> None:
        """Wait for the one lock under which entries are added, until the transaction ends."""
        table = f"coalesce(to_regclass('{TABLE}')::oid::int, 0)"
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK}, {table})")

    def meaning(self, error: DBAPIError) -> RecordError:
        """What a PostgreSQL error says to the reader."""
        state = getattr(error.orig, "sqlstate", None) or ""
        for start, message, fix in MEANINGS:
            if state.startswith(start):
                return RecordError(message.format(place=self.place), fix=fix)
        first = str(error.orig).strip().splitlines()[0] if str(error.orig).strip() else "no answer"
        if not state and error.connection_invalidated:
            message = f"{self.place} broke off the connection; the entry may have been added or not"
            return RecordError(message, fix=AGAIN)
        if not state:
            return RecordError(f"{self.place} cannot be reached: {first}", fix="see that the server runs")
        return RecordError(f"{self.place}: {first}", fix="see the server's log")


AGAIN = "give the same command again under the same id: it is carried out once"
MEANINGS = (
    ("53100", "the disk of {place} is full; nothing was added", "make room, then give the command again"),
    ("55P03", "{place} was locked by others for too long; nothing was added", "try again"),
    ("25006", "{place} is read-only; nothing was added", "use the primary server"),
    ("42501", "this user may not write or read {place}; nothing was added", "grant SELECT and INSERT"),
    ("28", "{place} refuses this user", "see user, password and pg_hba.conf"),
    ("3D000", "{place}: there is no such database", "create it first"),
    ("57P03", "{place} is shutting down or starting; nothing was added", "try again"),
    ("57P", "{place} broke off the connection; the entry may have been added or not", AGAIN),
    ("08", "{place} broke off the connection; the entry may have been added or not", AGAIN),
    ("23", "{place} refuses the entry; nothing was added", "run `standto record verify`"),
)


def _set_up(connection: Any, _record: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = on")
        cursor.execute(f"SET lock_timeout = {PATIENCE_MS}")
        cursor.execute("SET client_encoding = 'UTF8'")
    connection.commit()
