"""A command given to a record, and what came of it for people and programs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeVar

from standto.decide.saying import override_lines
from standto.decide.state import Decided
from standto.desk.answer import Answer
from standto.desk.record import Outcome, Record
from standto.desk.recording import entry_data, entry_line
from standto.desk.room import Picture
from standto.errors import RefusedError, UsageError
from standto.ledger.command import Command

T = TypeVar("T")


def carry_out(
    place: str, command: Command, say: Callable[[Picture, datetime], Iterable[str]] = lambda _p, _n: ()
) -> Answer:
    """Carry out a command once, and show what came of it under the record's banner.

    Parameters
    ----------
    place
        Where the record is.
    command
        What somebody wants to happen.
    say
        Lines about how things stand after it.
    """
    with Record.open(place) as record:
        banner = record.opening.banner
        try:
            outcome = record.execute(command)
        except RefusedError as refused:
            refused.message = f"{picture_nature(banner).upper()}: {refused.message}"
            raise
        picture, now = record.picture(), record.clock()
    lines = [banner, *override_lines(picture.of(Decided), now), *_happened(outcome), *say(picture, now)]
    data = {
        "banner": banner,
        "nature": picture_nature(banner),
        "command": command.id,
        "repeated": outcome.repeated,
        "entries": [entry_data(entry) for entry in outcome.entries],
        "overrides": [order.id for order in picture.of(Decided).overrides()],
    }
    return Answer(lines, data)


def _happened(outcome: Outcome) -> list[str]:
    if not outcome.entries:
        return ["nothing happened"]
    before = ["carried out before; nothing was added"] if outcome.repeated else []
    return [*before, *(entry_line(entry).strip() for entry in outcome.entries)]


def picture_nature(banner: str) -> str:
    """Exercise or real, as the banner begins."""
    return banner.split(" ", 1)[0].lower()


def made(build: Callable[[], T]) -> T:
    """What a constructor makes, its objections turned into one message for people."""
    try:
        return build()
    except ValueError as error:
        raise UsageError(str(error), fix="correct the option") from None


def parts(values: Iterable[str] | None) -> tuple[str, ...]:
    """The names in options that can be repeated, or hold several separated by commas."""
    return tuple(name.strip() for value in values or () for name in value.split(",") if name.strip())
