"""How a record begins: its name, whether it is an exercise or real, and what it is about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from standto.errors import RefusedError
from standto.ledger.command import Command
from standto.ledger.entry import Nature
from standto.ledger.event import Event, Noted

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
        return f"{word} {self.name} {word}"


EVENTS: tuple[type[Event], ...] = (Opened,)


def fold(opening: Opening, notes: Iterable[Noted]) -> Opening:
    """What the record says of itself after these."""
    for noted in notes:
        if isinstance(noted.event, Opened):
            event = noted.event
            opening = Opening(event.name, event.nature, event.scenario, opened=True)
    return opening


def open_record(opening: Opening, command: OpenRecord) -> tuple[Event, ...]:
    """Open a record that is empty.

    Raises
    ------
    RefusedError
        If it is open already, or the name is blank.
    """
    if opening.opened:
        raise RefusedError(
            f"the record is open already: {opening.banner}", fix="use it, or name another place to begin one"
        )
    if not command.name.strip():
        raise RefusedError("a record needs a name", fix="give --name, such as --name 'CPX 22'")
    return (Opened(name=command.name, nature=command.nature, scenario=command.scenario),)
