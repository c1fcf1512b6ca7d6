"""A store that forgets: for tests, rehearsal and questions of what if."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from threading import Lock

from standto.ledger.chain import seal
from standto.ledger.entry import Draft, Entry, Head
from standto.ledger.store import refuse_repeated, require_expected


class MemoryStore:
    """Entries in a list of this process."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []
        self._versions: dict[str, int] = {}
        self._commands: dict[str, list[Entry]] = {}
        self._head = Head()
        self._lock = Lock()

    def append(
        self,
        drafts: Sequence[Draft],
        *,
        recorded_at: datetime,
        expected: Mapping[str, int] | None = None,
        head: int | None = None,
        clock_at: datetime | None = None,
    ) -> tuple[Entry, ...]:
        """Add drafts at the end, all or none."""
        with self._lock:
            require_expected(expected, head, self._versions, self._head.position)
            for draft in drafts:
                if draft.command and draft.command in self._commands:
                    raise refuse_repeated(draft.command, self._commands[draft.command][0].position)
            entries = tuple(
                seal(drafts, self._head, self._versions, recorded_at=recorded_at, clock_at=clock_at)
            )
            for entry in entries:
                self._entries.append(entry)
                self._versions[entry.stream] = entry.version
                if entry.command:
                    self._commands.setdefault(entry.command, []).append(entry)
                self._head = Head(entry.position, entry.hash, entry.recorded_at)
            return entries

    def read(self, after: int = 0, upto: int | None = None, stream: str | None = None) -> Iterator[Entry]:
        """Entries after one position up to another, in order, of all streams or one."""
        for entry in self._entries[max(0, after) : upto]:
            if stream is None or entry.stream == stream:
                yield entry

    def head(self) -> Head:
        """The last entry."""
        return self._head

    def version(self, stream: str) -> int:
        """Last version of a stream; 0 where it has no entry."""
        return self._versions.get(stream, 0)

    def by_command(self, command: str) -> tuple[Entry, ...]:
        """What a command led to; empty where its id is not in the record."""
        return tuple(self._commands.get(command, ()))

    def close(self) -> None:
        """Nothing to let go of."""
