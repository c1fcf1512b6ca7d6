"""How entries hang together: each gets its place, and the hash of the one before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from standto.errors import RecordError
from standto.ledger.canonical import canonical
from standto.ledger.entry import Draft, Head
from standto.ledger.line import Line, instant_text, line_hash


def seal(
    drafts: Sequence[Draft],
    head: Head,
    versions: Mapping[str, int],
    *,
    recorded_at: datetime,
    clock_at: datetime | None = None,
) -> Iterator[Line]:
    """Give drafts their places after the head, one after another.

    Parameters
    ----------
    head
        The last entry so far.
    versions
        Last version of every stream that the drafts name; a stream that is missing is new.
    recorded_at
        What the clock says. Where it stands behind the head, the head's time is used and the clock's noted.
    clock_at
        Given for history alone: then `recorded_at` is its public date and this is what the clock says.

    Raises
    ------
    RecordError
        If history is older than the head, or a draft holds what canonical JSON or a database cannot.
    """
    if recorded_at < head.recorded_at:
        if clock_at is not None:
            raise RecordError(
                f"history of {instant_text(recorded_at)} comes after an entry recorded at "
                f"{instant_text(head.recorded_at)}",
                fix="bring history in sorted by date, before anything later is recorded",
            )
        recorded_at, clock_at = head.recorded_at, recorded_at
    recorded = instant_text(recorded_at)
    clock = None if clock_at is None else instant_text(clock_at)
    last = dict(versions)
    position, previous = head.position, head.hash
    for draft in drafts:
        require_sound(draft)
        last[draft.stream] = version = last.get(draft.stream, 0) + 1
        position += 1
        try:
            line = Line(
                body=canonical(draft.body),
                by=draft.by,
                clock_at=clock,
                command=draft.command,
                command_digest=draft.command_digest,
                effective_at=instant_text(draft.effective_at),
                hash="",
                kind=draft.kind,
                nature=draft.nature,
                position=position,
                previous=previous,
                recorded_at=recorded,
                releasable_to=canonical(draft.releasable_to),
                schema=draft.schema,
                stream=draft.stream,
                version=version,
                why=draft.why,
            )
            previous = line_hash(line)
        except ValueError as error:
            raise RecordError(f"{draft.kind} cannot be recorded: {error}", fix="correct its fields") from None
        yield line._replace(hash=previous)


def require_sound(draft: Draft) -> None:
    """Refuse what some store could not keep: a blank stream or kind, or a NUL in a text.

    Raises
    ------
    RecordError
        If the draft has one.
    """
    texts = (draft.stream, draft.kind, draft.by, draft.why, draft.command, draft.command_digest)
    nul = any("\0" in text for text in texts)
    if nul or not draft.stream or not draft.kind:
        problem = "a text of it holds a NUL character" if nul else "it needs a stream and a kind"
        raise RecordError(f"{draft.kind!r} cannot be recorded: {problem}", fix="correct its fields")


def follow(lines: Sequence[Line], head: Head, versions: Mapping[str, int]) -> Iterator[Line]:
    """Entries that another store sealed, if they are sound and go on from the head.

    Raises
    ------
    RecordError
        At the first that is not.
    """
    position, previous = head.position, head.hash
    recorded = instant_text(head.recorded_at) if head.position else ""
    last = dict(versions)
    for line in lines:
        position += 1
        last[line.stream] = version = last.get(line.stream, 0) + 1
        try:
            sound = line_hash(line) == line.hash
        except ValueError:
            sound = False
        if not sound:
            problem = "its hash is not that of what it says"
        elif (line.position, line.previous) != (position, previous):
            problem = f"it does not follow entry {position - 1} of this record"
        elif line.version != version or line.recorded_at < recorded:
            problem = "its version or time does not follow those before it"
        else:
            previous, recorded = line.hash, line.recorded_at
            yield line
            continue
        raise RecordError(f"entry {line.position} is refused: {problem}", fix="verify where it comes from")
