"""How entries hang together: each gets its place, and the hash of the one before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from standto.errors import RecordError
from standto.ledger.canonical import canonical, digest, quoted
from standto.ledger.entry import Draft, Entry, Head, instant_text


def seal(
    drafts: Sequence[Draft],
    head: Head,
    versions: Mapping[str, int],
    *,
    recorded_at: datetime,
    clock_at: datetime | None = None,
) -> Iterator[Entry]:
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
        If history is older than the head.
    """
    if recorded_at < head.recorded_at:
        if clock_at is not None:
            raise RecordError(
                f"history of {instant_text(recorded_at)} comes after an entry recorded at "
                f"{instant_text(head.recorded_at)}",
                fix="bring history in sorted by date, before anything later is recorded",
            )
        recorded_at, clock_at = head.recorded_at, recorded_at
    last = dict(versions)
    for draft in drafts:
        last[draft.stream] = version = last.get(draft.stream, 0) + 1
        entry = Entry(
            stream=draft.stream,
            kind=draft.kind,
            schema=draft.schema,
            text=canonical(draft.body),
            effective_at=draft.effective_at,
            by=draft.by,
            why=draft.why,
            nature=draft.nature,
            releasable_to=draft.releasable_to,
            command=draft.command,
            command_digest=draft.command_digest,
            position=head.position + 1,
            version=version,
            recorded_at=recorded_at,
            clock_at=clock_at,
            previous=head.hash,
        )
        entry = replace(entry, hash=entry_hash(entry))
        head = Head(entry.position, entry.hash, recorded_at)
        yield entry


def entry_hash(entry: Entry) -> str:
    """The hash that an entry should have: SHA-256 of its canonical form without `hash`."""
    return digest(entry_text(entry))


def entry_text(entry: Entry) -> str:
    """An entry in canonical form, without its hash: what is hashed. Keys stand in their sorted order."""
    clock = "null" if entry.clock_at is None else f'"{instant_text(entry.clock_at)}"'
    return (
        f'{{"body":{entry.text},"by":{quoted(entry.by)},"clock_at":{clock},'
        f'"command":{quoted(entry.command)},"command_digest":{quoted(entry.command_digest)},'
        f'"effective_at":"{instant_text(entry.effective_at)}","kind":{quoted(entry.kind)},'
        f'"nature":{quoted(entry.nature)},"position":{entry.position},"previous":{quoted(entry.previous)},'
        f'"recorded_at":"{instant_text(entry.recorded_at)}",'
        f'"releasable_to":[{",".join(map(quoted, entry.releasable_to))}],"schema":{entry.schema},'
        f'"stream":{quoted(entry.stream)},"version":{entry.version},"why":{quoted(entry.why)}}}'
    )
