"""An entry as stores and files write it: plain texts and numbers, and the text that its hash is made of."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple, cast

from standto.errors import RecordError
from standto.ledger.canonical import canonical, digest, quoted
from standto.ledger.entry import Entry, Nature


class Line(NamedTuple):
    """The fields of an entry in the order of their names; `body` and `releasable_to` are canonical JSON."""

    body: str
    by: str
    clock_at: str | None
    command: str
    command_digest: str
    effective_at: str
    hash: str
    kind: str
    nature: str
    position: int
    previous: str
    recorded_at: str
    releasable_to: str
    schema: int
    stream: str
    version: int
    why: str


NUMBERS = ("position", "schema", "version")


def hashed_text(line: Line) -> str:
    """What an entry's hash is the SHA-256 of: its canonical form without `hash`.

    Raises
    ------
    ValueError
        If a text holds a lone surrogate.
    """
    before, after = _halves(line)
    return before + after


def line_hash(line: Line) -> str:
    """The hash that an entry should have."""
    return digest(hashed_text(line))


def line_text(line: Line) -> str:
    """An entry in canonical form with its hash: a line of an exported record."""
    before, after = _halves(line)
    return f'{before}"hash":{quoted(line.hash)},{after}'


def _halves(line: Line) -> tuple[str, str]:
    clock = "null" if line.clock_at is None else quoted(line.clock_at)
    return (
        f'{{"body":{line.body},"by":{quoted(line.by)},"clock_at":{clock},'
        f'"command":{quoted(line.command)},"command_digest":{quoted(line.command_digest)},'
        f'"effective_at":{quoted(line.effective_at)},',
        f'"kind":{quoted(line.kind)},"nature":{quoted(line.nature)},'
        f'"position":{line.position},"previous":{quoted(line.previous)},'
        f'"recorded_at":{quoted(line.recorded_at)},"releasable_to":{line.releasable_to},'
        f'"schema":{line.schema},"stream":{quoted(line.stream)},"version":{line.version},'
        f'"why":{quoted(line.why)}}}',
    )


def line_of(row: Mapping[str, Any]) -> Line:
    """The line of an entry read from JSON.

    Raises
    ------
    ValueError
        If a field is missing, unknown, or of another type.
    """
    unknown = sorted(set(row) - set(Line._fields))
    missing = sorted(set(Line._fields) - set(row))
    if unknown or missing:
        raise ValueError(
            f"has no field {missing[0]!r}" if missing else f"has an unknown field {unknown[0]!r}"
        )
    for name, value in row.items():
        if name in NUMBERS:
            sound = isinstance(value, int) and not isinstance(value, bool)
        elif name == "body":
            sound = isinstance(value, dict)
        elif name == "releasable_to":
            sound = isinstance(value, list) and all(isinstance(item, str) for item in value)
        else:
            sound = isinstance(value, str) or (name == "clock_at" and value is None)
        if not sound:
            raise ValueError(f"its {name} is {value!r}")
    texts = {name: canonical(row[name]) for name in ("body", "releasable_to")}
    return Line(**{**row, **texts})


def entry_of(line: Line) -> Entry:
    """A line as an entry.

    Raises
    ------
    RecordError
        If an instant or the list of readers cannot be read.
    """
    try:
        return Entry(
            stream=line.stream,
            kind=line.kind,
            schema=line.schema,
            text=line.body,
            effective_at=datetime.fromisoformat(line.effective_at),
            by=line.by,
            why=line.why,
            nature=cast("Nature", line.nature),
            releasable_to=() if line.releasable_to == "[]" else tuple(json.loads(line.releasable_to)),
            command=line.command,
            command_digest=line.command_digest,
            position=line.position,
            version=line.version,
            recorded_at=datetime.fromisoformat(line.recorded_at),
            clock_at=None if line.clock_at is None else datetime.fromisoformat(line.clock_at),
            previous=line.previous,
            hash=line.hash,
        )
    except (ValueError, TypeError) as error:
        raise RecordError(
            f"entry {line.position} cannot be read: {error}", fix="run `standto record verify`"
        ) from None


def instant_text(instant: datetime) -> str:
    """An instant as entries write it: UTC, six decimals, `Z`.

    Raises
    ------
    ValueError
        If it has no time zone.
    """
    if instant.tzinfo is None:
        raise ValueError(f"{instant} has no time zone")
    return instant.astimezone(UTC).isoformat(timespec="microseconds")[:26] + "Z"
