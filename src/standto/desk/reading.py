"""A record read from a file of JSON Lines, exported or of history: to look at, not to write to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from standto.desk.history import bring_in, read_facts
from standto.errors import FileError, RecordError
from standto.ledger.codec import Codec
from standto.ledger.entry import Draft, Entry
from standto.ledger.files import read_lines, read_rows
from standto.ledger.memory import MemoryStore
from standto.ledger.proof import verify

EXPORTED = ".jsonl"


class FileStore(MemoryStore):
    """The entries of a file; nothing can be added, so that nobody believes something was recorded."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.file = file

    def append(
        self,
        drafts: Sequence[Draft],
        *,
        recorded_at: datetime,
        expected: Mapping[str, int] | None = None,
        head: int | None = None,
        clock_at: datetime | None = None,
    ) -> tuple[Entry, ...]:
        """Refuse.

        Raises
        ------
        RecordError
            Always.
        """
        raise RecordError(
            "is a file of entries, which is only read",
            fix="import it into a record first",
            file=str(self.file),
        )


def has_hashes(file: Path) -> bool:
    """Whether a file of JSON Lines is an exported record rather than history.

    Raises
    ------
    FileError
        If it cannot be read, or is empty.
    """
    first = next(read_rows(file), None)
    if first is None:
        raise FileError("is empty", file=str(file))
    return "hash" in first[1]


def read_whole(file: Path, codec: Codec, *, now: datetime) -> FileStore:
    """The entries of an exported record or of history.

    Raises
    ------
    StandtoError
        If the file cannot be read, or an exported record is not what was written.
    """
    store, read = FileStore(file), MemoryStore()
    if has_hashes(file):
        verdict = verify(lambda: read_lines(file))
        if not verdict.ok:
            raise RecordError(
                f"is not what was written: {verdict.breaks[0].message}",
                fix="run `standto record verify` on it for all of it",
                file=str(file),
            )
        store.adopt(list(read_lines(file)))
        return store
    bring_in(read, read_facts(read_rows(file), codec, nature=None, file=str(file)), now=now)
    store.adopt(list(read.lines()))
    return store
