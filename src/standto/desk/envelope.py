"""What every command about a record has beside its own fields, as the command line gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime


class Envelope(TypedDict):
    """Id, office, reason and time of a command, and who else may see what it leads to."""

    id: str
    by: str
    why: str
    at: datetime | None
    releasable_to: tuple[str, ...]


def envelope(id_: str, by: str, why: str, at: str, releasable_to: Iterable[str] | None = None) -> Envelope:
    """Read the shared options; a blank id is a new one, a blank time is now."""
    from standto.desk.options import at_of, id_of, readers_of

    return {
        "id": id_of(id_),
        "by": by,
        "why": why,
        "at": at_of(at),
        "releasable_to": readers_of(releasable_to),
    }
