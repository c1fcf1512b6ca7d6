"""A store that forgets: for tests, rehearsal and questions of what if."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from threading import RLock

from standto.ledger.chain import follow, seal
from standto.ledger.entry import Draft, Entry, Head
from standto.ledger.line import Line, entry_of
from standto.ledger.store import refuse_repeated, require_expected


class MemoryStore:
    """Entries in a list of this process."""

    def __init__(self) -> None:
        self._lines: list[Line] = []
        self._entries: list[Entry] = []
        self._versions: dict[str, int] = {}
        self._commands: dict[str, list[Entry]] = {}
        self._lock = RLock()

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
            last = self.head()
            require_expected(expected, head, self._versions, last.position)
            for draft in drafts:
                if draft.command and draft.command in self._commands:
                    raise refuse_repeated(draft.command, self._commands[draft.command][0].position)
            return self._add(
                tuple(seal(drafts, last, self._versions, recorded_at=recorded_at, clock_at=clock_at))
            )

    def adopt(self, lines: Sequence[Line]) -> None:
        """Add entries that another store sealed, as they are, all or none."""
        with self._lock:
            self._add(tuple(follow(lines, self.head(), self._versions)))

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep everybody else from adding entries meanwhile."""
        with self._lock:
            yield

    def _add(self, lines: Sequence[Line]) -> tuple[Entry, ...]:
        entries = tuple(map(entry_of, lines))
        self._lines.extend(lines)
        self._entries.extend(entries)
        for entry in entries:
            self._versions[entry.stream] = entry.version
            if entry.command:
                self._commands.setdefault(entry.command, []).append(entry)
        return entries

    def read(self, after: int = 0, upto: int | None = None, stream: str | None = None) -> Iterator[Entry]:
        """Entries after one position up to another, in order, of all streams or one."""
        for entry in self._entries[max(0, after) : upto]:
            if stream is None or entry.stream == stream:
                yield entry

    def lines(self, after: int = 0, upto: int | None = None) -> Iterator[Line]:
        """The same as they are written."""
        return iter(self._lines[max(0, after) : upto])

    def head(self) -> Head:
        """The last entry."""
        if not self._entries:
            return Head()
        last = self._entries[-1]
        return Head(last.position, last.hash, last.recorded_at)

    def version(self, stream: str) -> int:
        """Last version of a stream; 0 where it has no entry."""
        return self._versions.get(stream, 0)

    def by_command(self, command: str) -> tuple[Entry, ...]:
        """What a command led to; empty where its id is not in the record."""
        return tuple(self._commands.get(command, ()))

    def close(self) -> None:
        """Nothing to let go of."""
