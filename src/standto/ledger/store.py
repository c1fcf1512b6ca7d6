"""What every store of entries must do; one contract suite (tests/contracts) holds each to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from standto.errors import ConflictError, RepeatedCommandError
from standto.ledger.entry import Draft, Entry, Head
from standto.ledger.line import Line


class Store(Protocol):
    """Entries in one order, added at the end, never changed."""

    def append(
        self,
        drafts: Sequence[Draft],
        *,
        recorded_at: datetime,
        expected: Mapping[str, int] | None = None,
        head: int | None = None,
        clock_at: datetime | None = None,
    ) -> tuple[Entry, ...]:
        """Add drafts at the end, all or none; when it returns they are on disk.

        Parameters
        ----------
        recorded_at, clock_at
            As in `chain.seal`.
        expected
            Last version, as the writer saw it, of streams written or only relied on; 0 = not there yet.
        head
            Position of the last entry that the writer saw, where it relied on the whole record.

        Raises
        ------
        ConflictError
            If somebody else wrote first: a version or the head is no longer what the writer saw.
        RepeatedCommandError
            If a command's id is in the record already.
        RecordError
            If the store cannot write: disk full, read-only, locked, unreachable. Nothing is added.
        """

    def adopt(self, lines: Sequence[Line]) -> None:
        """Add entries that another store sealed, as they are, all or none.

        Raises
        ------
        RecordError
            If the first does not follow the last entry here, or one is not sound.
        """

    def alone(self) -> AbstractContextManager[None]:
        """Keep others from adding entries; what this thread appends meanwhile is on disk at the end."""

    def read(self, after: int = 0, upto: int | None = None, stream: str | None = None) -> Iterator[Entry]:
        """Entries after one position up to another, in order, of all streams or one."""

    def lines(self, after: int = 0, upto: int | None = None) -> Iterator[Line]:
        """The same as they are written, even where they can no longer be read as entries."""

    def head(self) -> Head:
        """The last entry."""

    def version(self, stream: str) -> int:
        """Last version of a stream; 0 where it has no entry."""

    def by_command(self, command: str) -> tuple[Entry, ...]:
        """What a command led to; empty where its id is not in the record."""

    def close(self) -> None:
        """Let go of files and connections."""


def require_expected(
    expected: Mapping[str, int] | None, head: int | None, versions: Mapping[str, int], position: int
) -> None:
    """Refuse to write over what the writer has not seen.

    Raises
    ------
    ConflictError
        If a stream or the head has moved on.
    """
    if head is not None and head != position:
        raise ConflictError(
            f"the record has {position} entries, not {head}: somebody else wrote first",
            fix="read again and decide again",
        )
    for stream, version in (expected or {}).items():
        found = versions.get(stream, 0)
        if found != version:
            raise ConflictError(
                f"{stream} is at version {found}, not {version}: somebody else wrote first",
                fix="read again and decide again",
            )


def refuse_repeated(command: str, position: int) -> RepeatedCommandError:
    """What is raised where a command's id stands in the record already."""
    return RepeatedCommandError(
        f"command {command!r} is in the record already, at entry {position}",
        fix="give a new command a new id",
    )
