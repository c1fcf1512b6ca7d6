"""How a record begins: its name, whether it is an exercise or real, and what it is about."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from standto.errors import RefusedError
from standto.ledger.command import LONGEST_NAME, Command
from standto.ledger.entry import Nature
from standto.ledger.event import Event, Noted
from standto.ledger.line import Line

STREAM = "record/opened"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened(Event):
    """A record was opened; always its first entry, and there is no second.

    Attributes
    ----------
    name
        What the record is called.
    nature
        Exercise or real; every entry after it says the same.
    scenario
        The scenario whose units and packages it speaks of, as the opener wrote it; blank = none.
    """

    kind: ClassVar[str] = "record.opened"
    name: str
    nature: Nature
    scenario: str = ""

    @property
    def stream(self) -> str:
        """The one stream that every record has."""
        return STREAM


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRecord(Command):
    """Begin a record."""

    name: str
    nature: Nature
    scenario: str = ""


@dataclass(frozen=True, slots=True)
class Opening:
    """What a record says of itself; all blank before it is opened."""

    name: str = ""
    nature: Nature = "exercise"
    scenario: str = ""
    opened: bool = False

    @property
    def banner(self) -> str:
        """What stands over every screen and message."""
        word = self.nature.upper()
        name = "".join(c if c.isprintable() else repr(c)[1:-1] for c in self.name)
        return f"{word} {name} {word}"


EVENTS: tuple[type[Event], ...] = (Opened,)


def fold(opening: Opening, notes: Iterable[Noted]) -> Opening:
    """What the record says of itself after these; the first opening counts, no later one can turn it."""
    for noted in notes:
        if isinstance(noted.event, Opened) and not opening.opened:
            event = noted.event
            opening = Opening(event.name, event.nature, event.scenario, opened=True)
    return opening


def open_record(opening: Opening, command: OpenRecord) -> tuple[Event, ...]:
    """Open a record that is empty.

    Raises
    ------
    RefusedError
        If it is open already, or the name is not one line.
    """
    if opening.opened:
        raise RefusedError(
            f"the record is open already: {opening.banner}", fix="use it, or name another place to begin one"
        )
    if not command.name.strip() or not command.name.isprintable() or len(command.name) > LONGEST_NAME:
        raise RefusedError(
            f"{command.name[:40]!r} is no name of a record",
            fix=f"give --name in one line of 1 to {LONGEST_NAME} characters, such as --name 'CPX 22'",
        )
    return (Opened(name=command.name, nature=command.nature, scenario=command.scenario),)


def opening_flaw(first: Line) -> str:
    """Why the first entry of a record opens none; blank where it does.

    What says `exercise` and opens a real record, or the reverse, would be paged and shown as what it is not.
    """
    if (first.kind, first.stream) != (Opened.kind, STREAM):
        return f"entry 1 is of kind {first.kind[:40]!r}: a record begins with {Opened.kind}"
    try:
        nature = json.loads(first.body)["nature"]
    except (ValueError, KeyError, TypeError):
        return "entry 1 does not say whether the record is an exercise or real"
    if nature != first.nature:
        return f"entry 1 is marked {first.nature} and opens a record that is {nature}"
    return ""
