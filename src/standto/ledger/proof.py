"""Whether a record is still what was written: every entry that was altered, removed or moved, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from standto.ledger.canonical import is_canonical
from standto.ledger.entry import START
from standto.ledger.line import Line, line_hash

NEAR = (1, -1, 2, -2, 3, -3, 4, -4)
"""How far from where it stands an entry is looked for whose own place cannot be told from its neighbours."""


@dataclass(frozen=True, slots=True)
class Break:
    """One place where a record is not what was written.

    Attributes
    ----------
    position
        The entry, by the place that it was given when it was recorded, where that can be told.
    what
        `altered`, `replaced`, `removed`, `moved`, `version`, `time` or `nature`; against a signed head also
        `rewritten` or `cut`.
    message
        The same in words.
    """

    position: int
    what: str
    message: str


@dataclass(slots=True)
class Verdict:
    """What was found: how many entries were read, the hash of the last, their nature, and every break."""

    entries: int = 0
    hash: str = START
    nature: str = ""
    breaks: list[Break] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether nothing is broken."""
        return not self.breaks


class Signed(Protocol):
    """What a signed head says of a record: which hash its entry of a position has."""

    @property
    def position(self) -> int:
        """Of the last entry when it was signed."""

    @property
    def hash(self) -> str:
        """Of the same."""


def verify(read: Callable[[], Iterable[Line]], signed: Signed | None = None) -> Verdict:
    """Check every entry's hash, its link to the one before, its version, time and nature.

    Parameters
    ----------
    read
        Gives the entries of a whole record in the order in which they stand; asked again where one of them
        is not sound, to tell an entry that was altered from one that was moved.
    signed
        What the record must hold; without it nobody can tell that its end was cut off, or all of it written
        anew.
    """
    verdict = Verdict()
    suspect = False
    versions: dict[str, int] = {}
    recorded_at = ""
    for line in read():
        expected = verdict.entries + 1
        suspect = suspect or line.position != expected or not _sound(line)
        if not suspect and line.previous != verdict.hash:
            verdict.breaks.append(_replaced(expected))
        if not suspect and line.version != versions.get(line.stream, 0) + 1:
            message = f"entry {line.position} is called version {line.version} of {line.stream}"
            verdict.breaks.append(Break(line.position, "version", message))
        if not suspect and line.recorded_at < recorded_at:
            message = f"entry {line.position} says it was recorded at {line.recorded_at}, before the last one"
            verdict.breaks.append(Break(line.position, "time", message))
        if not suspect and verdict.nature and line.nature != verdict.nature:
            message = f"entry {line.position} says {line.nature} in a record that says {verdict.nature}"
            verdict.breaks.append(Break(line.position, "nature", message))
        versions[line.stream] = line.version
        recorded_at, verdict.nature = line.recorded_at, verdict.nature or line.nature
        if signed is not None and expected == signed.position and line.hash != signed.hash:
            verdict.breaks.append(_rewritten(expected))
        verdict.entries, verdict.hash = expected, line.hash
    if suspect:
        rewritten = [found for found in verdict.breaks if found.what == "rewritten"]
        verdict.breaks = sorted([*_named(list(read())), *rewritten], key=lambda found: found.position)
    if signed is not None and verdict.entries < signed.position:
        verdict.breaks.append(_cut(verdict.entries, signed.position))
    return verdict


def _rewritten(position: int) -> Break:
    message = f"entry {position} is not the one that was signed: it or what comes before it was written anew"
    return Break(position, "rewritten", message)


def _cut(entries: int, signed: int) -> Break:
    message = f"the end was cut off: {signed:,} entries were signed, {entries:,} are left"
    return Break(entries + 1, "cut", message)


def _sound(line: Line) -> bool:
    """Whether an entry says what its hash was made of, in canonical form."""
    try:
        return line_hash(line) == line.hash and is_canonical(line.body) and is_canonical(line.releasable_to)
    except ValueError:
        return False


def _replaced(position: int) -> Break:
    if position == 1:
        return Break(1, "replaced", "entry 1 follows another entry: what came before it was removed")
    message = (
        f"entry {position - 1} is not the one that entry {position} follows: "
        "it was altered and hashed again, or replaced"
    )
    return Break(position - 1, "replaced", message)


def _named(lines: list[Line]) -> Iterator[Break]:
    """Every break of a record in which an entry is not sound or not in its place."""
    places = _places(lines)
    seen: dict[int, Line] = {}
    last = 0
    for line, found in zip(lines, places, strict=True):
        place = line.position if found is None else found
        if found is None:
            message = f"entry {place} was altered: its hash is not that of what it says"
            yield Break(place, "altered", message)
        elif place != line.position:
            yield Break(place, "moved", f"entry {place} was moved: it is called entry {line.position}")
        elif place <= last:
            again = "twice" if place in seen else f"after entry {last}"
            yield Break(place, "moved", f"entry {place} was moved: it stands {again}")
        seen.setdefault(place, line)
        last = max(last, line.position)
    before = 0
    for place in sorted(seen):
        if place > before + 1:
            few = place == before + 2
            which = f"entry {before + 1} was" if few else f"entries {before + 1} to {place - 1} were"
            yield Break(before + 1, "removed", f"{which} removed")
        elif seen[place].previous != (seen[before].hash if before else START):
            yield _replaced(place)
        before = place


def _places(lines: list[Line]) -> list[int | None]:
    """The place that each entry was given when it was recorded; None where it was altered.

    An entry's hash covers its place, so a place is the true one if the hash comes out right with it. Tried
    are the place it stands at, the one after the entry that it follows, and those near by.
    """
    places: list[int | None] = [line.position if _sound(line) else None for line in lines]
    by_hash = {line.hash: place for line, place in zip(lines, places, strict=True) if place is not None}
    followers: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        if places[number] is None:
            followers.setdefault(line.previous, []).append(number)
    resolved = [(START, 0), *((line, place) for line, place in by_hash.items())]
    while resolved:
        previous, place = resolved.pop()
        for number in followers.pop(previous, ()):
            if _sound(lines[number]._replace(position=place + 1)):
                places[number] = place + 1
                resolved.append((lines[number].hash, place + 1))
    shift = 0
    for number, line in enumerate(lines):
        if places[number] is None:
            near = (line.position + by for by in (shift, *NEAR) if by)
            places[number] = next((p for p in near if p > 0 and _sound(line._replace(position=p))), None)
            shift = (places[number] or line.position) - line.position
    return places
