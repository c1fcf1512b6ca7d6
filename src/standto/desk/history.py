"""History brought into a record: what was public, under its public date, as both recorded and effective time.

A file of history has one JSON object a line: `at` (the public date), `kind` and `body` of the event, `by`,
and if need be `why`, `schema`, `releasable_to`. The first line of a record that is yet to begin is its
`record.opened`. The rules of the rooms are not asked: what happened, happened.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from standto.desk.inputs import read_instant
from standto.errors import RecordError, StandtoError
from standto.ledger.canonical import canonical, digest
from standto.ledger.codec import Codec
from standto.ledger.entry import Draft, Nature
from standto.ledger.opening import Opened
from standto.ledger.store import Store

FIELDS: dict[str, type] = {
    "at": str,
    "kind": str,
    "body": dict,
    "by": str,
    "why": str,
    "schema": int,
    "releasable_to": list,
}
NEEDED = ("at", "kind", "body", "by")


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of history, understood."""

    at: datetime
    draft: Draft


def read_facts(
    rows: Iterable[tuple[int, Mapping[str, Any]]], codec: Codec, *, nature: Nature | None, file: str
) -> list[Fact]:
    """Lines of history as drafts, sorted by date; those of a date keep their order, repeated ones count once.

    Parameters
    ----------
    nature
        Of the record that they go into; None = it is yet to begin, and the first line opens it.

    Raises
    ------
    RecordError
        If a line is not understood, or the first does not open a record that is yet to begin.
    """
    facts: dict[str, Fact] = {}
    for number, row in rows:
        try:
            _require_fields(row)
            at = read_instant(row["at"])
            text = canonical(row["body"])
            event = codec.event(row["kind"], row.get("schema", 1), text, name="it")
            kind, schema, body = codec.encode(event)
            line = digest(canonical(row))
        except StandtoError as error:
            raise RecordError(f"line {number}: {error.message}", fix=error.fix, file=file) from None
        except ValueError as error:
            raise RecordError(f"line {number}: {error}", file=file) from None
        if nature is None:
            if not isinstance(event, Opened):
                fix = "begin with a line of kind record.opened, or run `standto record init` first"
                raise RecordError("does not say which record it begins", fix=fix, file=file)
            nature = event.nature
        draft = Draft(
            stream=event.stream,
            kind=kind,
            schema=schema,
            body=body,
            effective_at=at,
            by=row["by"],
            why=row.get("why", ""),
            nature=nature,
            releasable_to=tuple(row.get("releasable_to", ())),
            command=f"history/{line}",
            command_digest=line,
        )
        facts.setdefault(line, Fact(at, draft))
    return sorted(facts.values(), key=lambda fact: fact.at)


def bring_in(store: Store, facts: Iterable[Fact], *, now: datetime) -> int:
    """Record facts that are not in the record yet, and say how many.

    Raises
    ------
    RecordError
        If one is older than the last entry of the record, or opens it again.
    """
    added = 0
    for at, same in groupby(facts, key=lambda fact: fact.at):
        drafts = [fact.draft for fact in same if not store.by_command(fact.draft.command)]
        if store.head().position and any(draft.kind == Opened.kind for draft in drafts):
            raise RecordError("history opens a record that is open", fix="take the line out")
        if drafts:
            added += len(store.append(drafts, recorded_at=at, clock_at=now))
    return added


def _require_fields(row: Mapping[str, Any]) -> None:
    for name in NEEDED:
        if name not in row:
            raise RecordError(f"it has no {name!r}", fix=f"a line of history has {', '.join(NEEDED)}")
    for name, value in row.items():
        kind = FIELDS.get(name)
        if kind is None:
            raise RecordError(f"it has an unknown field {name!r}", fix=f"fields are {', '.join(FIELDS)}")
        if not isinstance(value, kind) or isinstance(value, bool):
            raise RecordError(f"its {name} is {value!r}", fix=f"write a {kind.__name__}")
    if not all(isinstance(reader, str) for reader in row.get("releasable_to", ())):
        raise RecordError("its releasable_to holds something else than text", fix="write a list of texts")
