"""Events to entries and back; old entries are lifted to the form of today as they are read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pydantic import TypeAdapter, ValidationError

from standto.errors import RecordError
from standto.ledger.entry import Entry
from standto.ledger.event import Event, Noted

FIX = "correct it where it is written; an entry of a record that verifies was recorded so"
Upcaster = Callable[[dict[str, Any]], dict[str, Any]]
"""Lifts an event's fields from one schema to the next."""


class Codec:
    """Knows every kind of event of a record, and how old forms of it become today's.

    Parameters
    ----------
    event_types
        Every event class that the record may hold.
    upcasters
        By kind and schema n: what makes fields of schema n + 1 of those of schema n.
    """

    def __init__(
        self, event_types: Iterable[type[Event]], upcasters: Mapping[tuple[str, int], Upcaster] | None = None
    ) -> None:
        self.upcasters = dict(upcasters or {})
        self._types: dict[str, type[Event]] = {}
        self._adapters: dict[str, TypeAdapter[Event]] = {}
        for event_type in event_types:
            if self._types.setdefault(event_type.kind, event_type) is not event_type:
                raise ValueError(f"two events are called {event_type.kind}")
            self._adapters[event_type.kind] = TypeAdapter(event_type)
            missing = [n for n in range(1, event_type.schema) if (event_type.kind, n) not in self.upcasters]
            if missing:
                raise ValueError(f"{event_type.kind}: no upcaster from schema {missing[0]}")

    def encode(self, event: Event) -> tuple[str, int, dict[str, Any]]:
        """An event's kind, schema and fields as JSON has them."""
        adapter = self._adapters.get(event.kind)
        if adapter is None:
            raise ValueError(f"this record knows no event {event.kind}")
        body: dict[str, Any] = adapter.dump_python(event, mode="json")
        return event.kind, event.schema, body

    def decode(self, entry: Entry) -> Event:
        """The event that an entry records, in today's form.

        Raises
        ------
        RecordError
            If its kind or schema is of a later Standto, or its fields are not what the kind demands.
        """
        return self.event(entry.kind, entry.schema, entry.text, name=f"entry {entry.position}")

    def event(self, kind: str, schema: int, text: str, *, name: str) -> Event:
        """The event of a kind and schema whose fields are a text of JSON, in today's form.

        Parameters
        ----------
        name
            What messages call it.

        Raises
        ------
        RecordError
            If the kind or schema is of a later Standto, or the fields are not what the kind demands.
        """
        event_type = self._types.get(kind)
        if event_type is None:
            raise RecordError(
                f"{name} is of an unknown kind {kind!r}",
                fix="read this record with the version of Standto that wrote it, or a later one",
            )
        if not 1 <= schema <= event_type.schema:
            raise RecordError(
                f"{name} has schema {schema} of {kind}; this Standto knows 1 to {event_type.schema}",
                fix="read this record with a later version of Standto",
            )
        adapter = self._adapters[kind]
        try:
            if schema == event_type.schema:
                return adapter.validate_json(text)
            body = json.loads(text)
            for older in range(schema, event_type.schema):
                body = self.upcasters[kind, older](body)
            return adapter.validate_python(body)
        except (ValidationError, KeyError, TypeError, ValueError) as error:
            raise RecordError(f"{name} is no sound {kind}: {_first(error)}", fix=FIX) from None

    def note(self, entry: Entry) -> Noted:
        """An entry as states see it."""
        return Noted(
            self.decode(entry),
            entry.recorded_at,
            entry.effective_at,
            entry.by,
            entry.why,
            entry.position,
            entry.releasable_to,
            entry.command,
        )


def _first(error: Exception) -> str:
    if isinstance(error, ValidationError):
        found = error.errors(include_url=False)[0]
        return f"{'.'.join(map(str, found['loc'])) or 'its fields'}: {found['msg']}"
    return f"{type(error).__name__} {error}"
