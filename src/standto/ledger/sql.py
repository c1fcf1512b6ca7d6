"""A store in a database, whichever: one table, read and written through SQLAlchemy Core."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import local
from typing import Any

from sqlalchemy import Connection, Engine, Select, func, insert, inspect, select, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from standto.errors import NoRecordError, RecordError
from standto.ledger.chain import follow, seal
from standto.ledger.entry import Draft, Entry, Head
from standto.ledger.line import Line, entry_of, instant_of
from standto.ledger.schema import CURRENT, TABLE, VERSION_TABLE, entries
from standto.ledger.store import refuse_repeated, require_expected

PAGE = 4096
"""Entries fetched by one statement. Entries never change, so pages of them need no common transaction."""
COLUMNS = tuple(entries.c[name] for name in Line._fields)


class SqlStore(ABC):
    """Entries in a table of a database; each kind says how it locks and what errors mean.

    Parameters
    ----------
    engine
        Where the database is.
    place
        The same in words, without a password.
    """

    def __init__(self, engine: Engine, place: str) -> None:
        self.engine = engine
        self.place = place
        self._held = local()

    @abstractmethod
    def lock(self, connection: Connection) -> None:
        """Begin a transaction in which nobody else can add entries."""

    @abstractmethod
    def meaning(self, error: DBAPIError) -> RecordError:
        """What a database's error says to the reader."""

    def append(
        self,
        drafts: Sequence[Draft],
        *,
        recorded_at: datetime,
        expected: Mapping[str, int] | None = None,
        head: int | None = None,
        clock_at: datetime | None = None,
    ) -> tuple[Entry, ...]:
        """Add drafts at the end, all or none; when it returns they are on disk."""
        expected = expected or {}
        with self._writing() as connection:
            last = self._head(connection)
            versions = self._versions(connection, {*expected, *(draft.stream for draft in drafts)})
            require_expected(expected, head, versions, last.position)
            self._refuse_repeated(connection, {draft.command for draft in drafts if draft.command})
            lines = tuple(seal(drafts, last, versions, recorded_at=recorded_at, clock_at=clock_at))
            self._insert(connection, lines)
        return tuple(map(entry_of, lines))

    def adopt(self, lines: Sequence[Line]) -> None:
        """Add entries that another store sealed, as they are, all or none."""
        with self._writing() as connection:
            versions = self._versions(connection, {line.stream for line in lines})
            self._insert(connection, tuple(follow(lines, self._head(connection), versions)))

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep others from adding entries; what this thread appends meanwhile is on disk at the end."""
        with self._writing() as connection:
            self._held.connection = connection
            try:
                yield
            finally:
                del self._held.connection

    def read(self, after: int = 0, upto: int | None = None, stream: str | None = None) -> Iterator[Entry]:
        """Entries after one position up to another, in order, of all streams or one."""
        return map(entry_of, self._pages(after, upto, stream))

    def lines(self, after: int = 0, upto: int | None = None) -> Iterator[Line]:
        """The same as they are written."""
        return self._pages(after, upto, None)

    def head(self) -> Head:
        """The last entry."""
        with self._reading() as connection:
            return self._head(connection)

    def version(self, stream: str) -> int:
        """Last version of a stream; 0 where it has no entry."""
        with self._reading() as connection:
            return self._versions(connection, {stream}).get(stream, 0)

    def by_command(self, command: str) -> tuple[Entry, ...]:
        """What a command led to; empty where its id is not in the record."""
        wanted = select(*COLUMNS).where(entries.c.command == command).order_by(entries.c.position)
        return tuple(map(entry_of, self._fetch(wanted))) if command else ()

    def close(self) -> None:
        """Let go of files and connections."""
        self.engine.dispose()

    def migrate(self, *, create: bool) -> None:
        """Bring the tables to the form of this version; make them where `create` allows it.

        Raises
        ------
        RecordError
            If there are none, or they are of a later version.
        """
        with self._reading() as connection:
            found = self._revision(connection)
        if found == CURRENT:
            return
        if found is None and not create:
            raise NoRecordError(f"{self.place} holds no record", fix="run `standto record init` to begin one")
        if found is not None and found > CURRENT:
            raise RecordError(
                f"{self.place} was written by a later version of Standto (schema {found})",
                fix="use that version, or a later one",
            )
        with self._writing() as connection:
            if self._revision(connection) != CURRENT:
                _upgrade(connection)

    def require_empty(self) -> None:
        """Refuse to begin a record where there is one, or something else.

        Raises
        ------
        RecordError
            If there is.
        """
        with self._reading() as connection:
            tables = set(inspect(connection).get_table_names())
            begun = TABLE in tables and self._head(connection).position > 0
        if begun:
            raise RecordError(f"{self.place} holds a record already", fix="use it, or name another place")
        if tables - {TABLE, VERSION_TABLE}:
            raise RecordError(f"{self.place} holds something else", fix="name another place")

    def _revision(self, connection: Connection) -> str | None:
        if not inspect(connection).has_table(VERSION_TABLE):
            return None
        found: str | None = connection.scalar(text(f"SELECT max(version_num) FROM {VERSION_TABLE}"))
        return found

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        held: Connection | None = getattr(self._held, "connection", None)
        with self._translating():
            if held is not None:
                yield held
                return
            with self.engine.connect() as connection:
                yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._reading() as connection:
            if hasattr(self._held, "connection"):
                yield connection
                return
            self.lock(connection)
            try:
                yield connection
                connection.commit()
            except BaseException:
                connection.rollback()
                raise

    @contextmanager
    def _translating(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise self.meaning(error) from error
        except SQLAlchemyError as error:
            raise RecordError(f"{self.place}: {error}") from error

    def _fetch(self, wanted: Select[Any]) -> list[Line]:
        with self._reading() as connection:
            return list(map(Line._make, connection.execute(wanted).all()))

    def _pages(self, after: int, upto: int | None, stream: str | None) -> Iterator[Line]:
        wanted = select(*COLUMNS).order_by(entries.c.position).limit(PAGE)
        if upto is not None:
            wanted = wanted.where(entries.c.position <= upto)
        if stream is not None:
            wanted = wanted.where(entries.c.stream == stream)
        while True:
            page = self._fetch(wanted.where(entries.c.position > after))
            yield from page
            if len(page) < PAGE:
                return
            after = page[-1].position

    @staticmethod
    def _head(connection: Connection) -> Head:
        wanted = select(entries.c.position, entries.c.hash, entries.c.recorded_at)
        row = connection.execute(wanted.order_by(entries.c.position.desc()).limit(1)).first()
        if row is None:
            return Head()
        try:
            return Head(row[0], row[1], instant_of(row[2]))
        except ValueError as error:
            fix = "run `standto record verify`"
            raise RecordError(f"entry {row[0]} cannot be read: {error}", fix=fix) from None

    @staticmethod
    def _versions(connection: Connection, streams: Iterable[str]) -> dict[str, int]:
        found: dict[str, int] = {}
        wanted = select(entries.c.stream, func.max(entries.c.version)).group_by(entries.c.stream)
        for some in _parts(streams):
            rows = connection.execute(wanted.where(entries.c.stream.in_(some)))
            found.update((row[0], row[1]) for row in rows)
        return found

    @staticmethod
    def _refuse_repeated(connection: Connection, commands: Iterable[str]) -> None:
        wanted = select(entries.c.command, func.min(entries.c.position)).group_by(entries.c.command)
        for some in _parts(commands):
            row = connection.execute(wanted.where(entries.c.command.in_(some))).first()
            if row is not None:
                raise refuse_repeated(row[0], row[1])

    @staticmethod
    def _insert(connection: Connection, lines: Sequence[Line]) -> None:
        if lines:
            connection.execute(insert(entries), [line._asdict() for line in lines])


def _parts(names: Iterable[str]) -> Iterator[list[str]]:
    """Names in sorted parts, small enough for one statement each."""
    ordered = sorted(names)
    for first in range(0, len(ordered), 500):
        yield ordered[first : first + 500]


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
