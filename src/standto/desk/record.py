"""The record as people use it: one store, what its entries mean, the rules of all rooms and a clock."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import takewhile
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pydantic import TypeAdapter

from standto.desk.room import Picture, Room, fold
from standto.desk.rooms import rooms as all_rooms
from standto.errors import ConflictError, RecordError, RepeatedCommandError, UsageError
from standto.ledger.canonical import canonical, digest
from standto.ledger.codec import Codec
from standto.ledger.command import Command
from standto.ledger.entry import Draft, Entry, Nature
from standto.ledger.event import Dated, Event, Noted
from standto.ledger.memory import MemoryStore
from standto.ledger.opening import STREAM, Opening, OpenRecord
from standto.ledger.store import Store

Clock = Callable[[], datetime]
TRIES = 3
"""How often a command is decided while others may write; after that the others wait for it."""


def utc_now() -> datetime:
    """The machine's clock."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command led to; `repeated` where it had been carried out before and nothing was added now."""

    entries: tuple[Entry, ...]
    events: tuple[Event, ...]
    repeated: bool = False


class Record:
    """A record that is open: commands in, entries and pictures out.

    Parameters
    ----------
    store
        Where the entries are.
    clock
        What time it is; the only clock that anything in a record is told by.
    rooms
        The rooms whose events it may hold.
    """

    def __init__(
        self, store: Store, *, clock: Clock = utc_now, rooms: Iterable[Room[Any]] | None = None
    ) -> None:
        self.store: Store = store
        self.clock = clock
        self.rooms = tuple(all_rooms() if rooms is None else rooms)
        self.codec = Codec(
            (event for room in self.rooms for event in room.events),
            {key: lift for room in self.rooms for key, lift in room.upcasters.items()},
        )
        self._rules = {command: rule for room in self.rooms for command, rule in room.rules.items()}
        self._live = fold(self.rooms, None, ())

    @classmethod
    def open(cls, place: str, *, clock: Clock = utc_now, rooms: Iterable[Room[Any]] | None = None) -> Self:
        """Open a record that is there: a file, `sqlite:///FILE`, `postgresql://...`.

        An exported record or a file of history (`.jsonl`) is read into memory, and cannot be written to.

        Raises
        ------
        RecordError
            If nothing is there, or what is there is no record.
        """
        from standto.desk.reading import EXPORTED, read_whole
        from standto.ledger.places import open_store

        if place.endswith(EXPORTED):
            record = cls(MemoryStore(), clock=clock, rooms=rooms)
            record.store = read_whole(Path(place), record.codec, now=clock())
            return record
        return cls(open_store(place), clock=clock, rooms=rooms)

    @classmethod
    def create(
        cls,
        place: str,
        *,
        name: str,
        nature: Nature,
        by: str,
        why: str = "",
        scenario: str = "",
        clock: Clock = utc_now,
        rooms: Iterable[Room[Any]] | None = None,
    ) -> Self:
        """Begin a record where none is; `memory:` forgets it again.

        Raises
        ------
        RecordError
            If a record is there already, or the place cannot be written.
        """
        from standto.ledger.places import create_store

        record = cls(create_store(place), clock=clock, rooms=rooms)
        command = OpenRecord(id="open", by=by, why=why, name=name, nature=nature, scenario=scenario)
        record.execute(command)
        return record

    @property
    def opening(self) -> Opening:
        """The record's name, nature and banner."""
        return self.picture().of(Opening)

    def execute(self, command: Command) -> Outcome:
        """Carry out a command once, whatever others write meanwhile.

        The rules see the whole record as it stands; where somebody else wrote in between, they are asked
        again. A command whose id is in the record already answers what came of it then.

        Raises
        ------
        RepeatedCommandError
            If the id is in the record with other content.
        StandtoError
            Whatever the rules refuse.
        """
        asked = command_digest(command)
        for _ in range(TRIES):
            try:
                return self._once(command, asked)
            except ConflictError:
                continue
        with self.store.alone():
            return self._once(command, asked)

    def _once(self, command: Command, asked: str) -> Outcome:
        """Decide by the record as it stands, and add what follows if it still stands so."""
        picture = self.picture()
        earlier = self.store.by_command(command.id)
        if earlier:
            return self._repeated(command, asked, earlier)
        reading = self.clock()
        now = max(reading, picture.recorded_at)
        happened = tuple(self._rule(command)(picture, command, now))
        drafts = self._drafts(picture, command, asked, now, happened)
        if not drafts:
            return Outcome((), ())
        entries = self.store.append(drafts, recorded_at=reading, head=picture.position)
        events = tuple(found.event if isinstance(found, Dated) else found for found in happened)
        return Outcome(entries, events)

    def entries(self, after: int = 0, upto: int | None = None, stream: str | None = None) -> Iterator[Entry]:
        """Entries in the order of recording."""
        return self.store.read(after, upto, stream)

    def picture(self, as_of: datetime | None = None, *, effective: bool = False) -> Picture:
        """The states of all rooms.

        Parameters
        ----------
        as_of
            As it was known at this instant; None = now.
        effective
            Take the entries by when they took effect instead of when they were recorded: what is known
            today of how it stood then. With no `as_of` it is all of them, in that order.
        """
        if as_of is None and not effective:
            self._live = fold(self.rooms, self._live, self._notes(self._live.position))
            return self._live
        return fold(self.rooms, None, map(self.codec.note, self.entries_as_of(as_of, effective=effective)))

    def entries_as_of(self, as_of: datetime | None = None, *, effective: bool = False) -> Iterator[Entry]:
        """The entries that a picture of an instant is made of, in the order in which it takes them."""
        if not effective:
            return takewhile(lambda entry: as_of is None or entry.recorded_at <= as_of, self.store.read())
        taken = (
            entry
            for entry in self.store.read()
            if as_of is None or entry.effective_at <= as_of or entry.stream == STREAM
        )
        return iter(sorted(taken, key=lambda entry: (entry.stream != STREAM, entry.effective_at)))

    def close(self) -> None:
        """Let go of the store."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _notes(self, after: int = 0) -> Iterator[Noted]:
        return map(self.codec.note, self.store.read(after))

    def _rule(self, command: Command) -> Callable[[Picture, Command, datetime], Iterable[Event | Dated]]:
        rule = self._rules.get(type(command))
        if rule is None:
            raise ValueError(f"no room answers {type(command).__name__}")
        return rule

    def _drafts(
        self,
        picture: Picture,
        command: Command,
        asked: str,
        now: datetime,
        happened: tuple[Event | Dated, ...],
    ) -> list[Draft]:
        opening = picture.of(Opening)
        if not opening.opened and not isinstance(command, OpenRecord):
            raise RecordError("the record was never opened", fix="run `standto record init`")
        nature = command.nature if isinstance(command, OpenRecord) else opening.nature
        drafts = []
        for item in happened:
            dated = item if isinstance(item, Dated) else Dated(item, command.at or now)
            kind, schema, body = self.codec.encode(dated.event)
            draft = Draft(
                stream=dated.event.stream,
                kind=kind,
                schema=schema,
                body=body,
                effective_at=dated.effective_at,
                by=command.by,
                why=command.why,
                nature=nature,
                releasable_to=command.releasable_to,
                command=command.id,
                command_digest=asked,
            )
            drafts.append(draft)
        return drafts

    def _repeated(self, command: Command, asked: str, earlier: tuple[Entry, ...]) -> Outcome:
        if earlier[0].command_digest != asked:
            raise RepeatedCommandError(
                f"command {command.id!r} is in the record already, with other content, at entry "
                f"{earlier[0].position}",
                fix="give a new command a new id",
            )
        return Outcome(earlier, tuple(map(self.codec.decode, earlier)), repeated=True)


def command_digest(command: Command) -> str:
    """What tells one command from another under the same id: the SHA-256 of its type and fields.

    Raises
    ------
    UsageError
        If a field has no form in JSON, such as a number that is not finite.
    """
    try:
        fields = TypeAdapter(type(command)).dump_python(command, mode="json")
        return digest(canonical({"command": type(command).__name__, "fields": fields}))
    except ValueError as error:
        raise UsageError(f"command {command.id!r}: {error}", fix="correct its fields") from None
