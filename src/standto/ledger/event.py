"""What the events of every room have in common, and an event as its record noted it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened, in the past tense; a room's events are frozen dataclasses made from this.

    Fields hold what JSON can say once pydantic has dumped it: text, numbers, yes or no, aware datetimes in
    UTC, tuples, dicts, None and frozen dataclasses of these. A field that an older schema did not have gets
    an upcaster (`ledger/codec.py`), not a default.
    """

    kind: ClassVar[str]
    """Room word and past tense, such as `record.opened`; never changed once written."""
    schema: ClassVar[int] = 1
    """Raised by one with every change of the fields."""
    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid"}

    @property
    def stream(self) -> str:
        """The history that it belongs to: a subject and its id, such as `record/opened`."""
        raise NotImplementedError(f"{type(self).__name__} names no stream")


@dataclass(frozen=True, slots=True)
class Dated:
    """An event that took effect at another instant than its command, such as an expiry noticed later."""

    event: Event
    effective_at: datetime


@dataclass(frozen=True, slots=True)
class Noted:
    """An event as a state sees it: with who, when, why and where in the record it stands."""

    event: Event
    recorded_at: datetime
    effective_at: datetime
    by: str
    why: str
    position: int
    releasable_to: tuple[str, ...] = ()
    command: str = ""
