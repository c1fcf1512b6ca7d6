"""What the commands of every room have in common: an id, who gives it, why, and from when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Somebody wants something to happen; a room's commands are frozen dataclasses with imperative names.

    Attributes
    ----------
    id
        The command's own id. Given again with the same content, it answers what came of it the first time.
    by
        The office that gives it.
    why
        The reason.
    at
        When it takes effect; None = when it is recorded.
    releasable_to
        Who else may see the entries that it leads to.
    """

    id: str
    by: str
    why: str = ""
    at: datetime | None = None
    releasable_to: tuple[str, ...] = ()
