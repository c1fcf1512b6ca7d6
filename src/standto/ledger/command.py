"""What the commands of every room have in common: an id, who gives it, why, and from when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from standto.errors import RefusedError, UsageError

LONGEST_NAME = 200
FIRST_YEAR, LAST_YEAR = 1900, 2200
"""As in the tables of a scenario: what takes effect beyond could be read in no plan."""


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


def require_envelope(command: Command) -> None:
    """Refuse a command of nobody, or for an instant that is none: an entry could not be taken back.

    Raises
    ------
    RefusedError
        If the office that gives it is not one line.
    UsageError
        If its time has no zone or is beyond the years that scenarios know.
    """
    by, at = command.by, command.at
    if not by.strip() or len(by) > LONGEST_NAME or not by.isprintable():
        raise RefusedError(
            f"{by[:40]!r} is no name of the office that gives a command",
            fix=f"a name is one line of 1 to {LONGEST_NAME} characters",
        )
    if at is not None and (at.tzinfo is None or not FIRST_YEAR <= at.year <= LAST_YEAR):
        raise UsageError(
            f"command {command.id!r} should take effect at {at.isoformat()[:40]}",
            fix=f"give a time with its zone between the years {FIRST_YEAR} and {LAST_YEAR}",
        )
