"""An entry of the record: what happened, by whom, when and why, and its place in the chain."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, NamedTuple

Nature = Literal["exercise", "real"]
START = "0" * 64
"""What the first entry holds in place of the hash of the one before it."""
NEVER = datetime.min.replace(tzinfo=UTC)
"""Before anything was recorded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An entry before it has a place in the record.

    Attributes
    ----------
    stream
        The history that it belongs to, such as `record/opened`; versions are counted within it.
    kind, schema
        Which event, and which form of its fields.
    body
        The event's fields as JSON has them.
    effective_at
        When it takes effect.
    by
        The office that said so.
    why
        The reason given.
    nature
        Exercise or real.
    releasable_to
        Who else may see it; empty where only its owner may.
    command
        Id of the command that led to it; empty where none did.
    command_digest
        SHA-256 of what that command said.
    """

    stream: str
    kind: str
    schema: int
    body: Mapping[str, Any]
    effective_at: datetime
    by: str
    why: str
    nature: Nature
    releasable_to: tuple[str, ...] = ()
    command: str = ""
    command_digest: str = ""


class Entry(NamedTuple):
    """A draft that was recorded; its hash covers every field here but `hash`.

    Attributes
    ----------
    position
        1, 2, 3 ... through the whole record.
    version
        1, 2, 3 ... within the stream.
    recorded_at
        When it was recorded; never earlier than the entry before.
    clock_at
        What the clock said where that is not `recorded_at`: it stood behind the entry before, or the entry
        is history that was brought in later, under its public date.
    text
        The body in canonical form.
    previous, hash
        Hash of the entry before, and of this one.
    """

    stream: str
    kind: str
    schema: int
    text: str
    effective_at: datetime
    by: str
    why: str
    nature: Nature
    releasable_to: tuple[str, ...]
    command: str
    command_digest: str
    position: int
    version: int
    recorded_at: datetime
    clock_at: datetime | None
    previous: str
    hash: str

    @property
    def body(self) -> dict[str, Any]:
        """The event's fields as JSON has them; a new dict each time."""
        found: dict[str, Any] = json.loads(self.text)
        return found


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry of a record: how many there are, the hash of the last, and when it was recorded."""

    position: int = 0
    hash: str = START
    recorded_at: datetime = NEVER
