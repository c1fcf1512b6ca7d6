"""What every command about a record has beside its own fields, as the command line gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from datetime import datetime


class Envelope(TypedDict):
    """Id, office, reason and time of a command."""

    id: str
    by: str
    why: str
    at: datetime | None


def envelope(id_: str, by: str, why: str, at: str) -> Envelope:
    """Read the shared options; a blank id is a new one, a blank time is now."""
    from standto.desk.options import at_of, id_of

    return {"id": id_of(id_), "by": by, "why": why, "at": at_of(at)}
