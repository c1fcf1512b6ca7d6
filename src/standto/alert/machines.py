"""What may happen to what, as tables of status, command, event and status after; the pages draw them.

The rules ask these tables, the state follows them, and docs/concepts/alert.md is made from them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from standto.errors import RefusedError


@dataclass(frozen=True, slots=True)
class Cell:
    """In a status a command leads to an event and a status; no event where time alone does it."""

    status: str
    command: str
    event: str
    to: str


@dataclass(frozen=True)
class Machine:
    """The life of one kind of thing.

    Attributes
    ----------
    name
        What it is the life of.
    statuses
        Every status in the order of life, with its meaning; the first is where it begins.
    cells
        All that may happen; what is not here is refused.
    """

    name: str
    statuses: tuple[tuple[str, str], ...]
    cells: tuple[Cell, ...]

    @cached_property
    def _cells(self) -> dict[tuple[str, str], Cell]:
        return {(cell.status, cell.command): cell for cell in self.cells}

    @property
    def commands(self) -> tuple[str, ...]:
        """Every command once, in the order of the cells."""
        return tuple(dict.fromkeys(cell.command for cell in self.cells))

    def find(self, status: str, command: str) -> Cell | None:
        """What a command does in a status; None where it is not allowed."""
        return self._cells.get((status, command))

    def after(self, status: str, command: str) -> str:
        """The status after a command; where it was not allowed, the one it leads to anyway.

        States by effective time are folded in another order than things were recorded.
        """
        cell = self.find(status, command)
        return cell.to if cell else next(cell.to for cell in self.cells if cell.command == command)

    def require(self, status: str, command: str, thing: str) -> Cell:
        """The cell of a command that is allowed.

        Raises
        ------
        RefusedError
            If it is not, naming the thing, its status, and in which statuses it would be allowed.
        """
        cell = self.find(status, command)
        if cell is None:
            allowed = [name for name, _ in self.statuses if self.find(name, command)]
            raise RefusedError(
                f"{thing} is {status}: `{command}` is not possible",
                fix=f"possible while it is {', '.join(allowed)}",
            )
        return cell


def cells(*rows: str) -> tuple[Cell, ...]:
    """Cells from rows of `status, ... | command, ... | event | status after`; `=` is the same status."""
    made = []
    for row in rows:
        statuses, commands, event, to = (part.strip() for part in row.split("|"))
        for status in statuses.split(", "):
            for command in commands.split(", "):
                made.append(Cell(status, command, event, status if to == "=" else to))
    return tuple(made)


ORDER = Machine(
    "alert order",
    (
        ("not issued", "there is no such order"),
        ("standing", "its units hold the posture it orders"),
        ("ended", "its own end has passed"),
        ("superseded", "another order has taken its place"),
        ("stood down", "all its units are released"),
    ),
    cells(
        "not issued | raise | alert.raised | standing",
        "standing | raise | alert.raised | =",
        "standing | extend | alert.extended | =",
        "standing | lower | alert.lowered | =",
        "standing | acknowledge | alert.acknowledged | =",
        "standing | answer | alert.answered | =",
        "standing | stand down some | alert.stood-down | =",
        "standing | stand down | alert.stood-down | stood down",
        "standing | supersede | alert.superseded | superseded",
        "standing | (its end passes) | | ended",
    ),
)

ADDRESSEE = Machine(
    "addressee",
    (
        ("not addressed", "the order does not name it"),
        ("told", "it has neither acknowledged nor answered; it is reminded"),
        ("acknowledged", "it has the order, and has not said yes or no"),
        ("awaiting", "it waits for national approval; the posture does not count meanwhile"),
        ("agreed", "it said yes"),
        ("caveated", "it said yes with a caveat"),
        ("refused", "it said no: it is under the order no longer, but may still agree"),
        ("released", "stood down, or its order was superseded"),
    ),
    cells(
        "not addressed, refused, released | raise | alert.raised | told",
        "told, acknowledged, awaiting, agreed, caveated | raise | alert.raised | told",
        "not addressed, refused, released | extend | alert.extended | told",
        "told, acknowledged, awaiting, agreed, caveated | lower | alert.lowered | told",
        "told | acknowledge | alert.acknowledged | acknowledged",
        "told, acknowledged, awaiting, caveated, refused | yes | alert.answered | agreed",
        "told, acknowledged, awaiting, agreed, caveated, refused | caveat | alert.answered | caveated",
        "told, acknowledged, awaiting, refused | awaiting | alert.answered | awaiting",
        "told, acknowledged, awaiting, agreed, caveated | no | alert.answered | refused",
        "told, acknowledged, awaiting, agreed, caveated, refused | stand down | alert.stood-down | released",
        "told, acknowledged, awaiting, agreed, caveated, refused | supersede | alert.superseded | released",
    ),
)

TIMER = Machine(
    "timer",
    (
        ("not set", "nobody is to be told"),
        ("set", "it runs off when it is due"),
        ("ran off", "its last step has fired"),
        ("stopped", "answered, stood down or superseded before it ran off"),
    ),
    cells(
        "not set, ran off, stopped, set | set | timer.set | set",
        "set | fire | timer.fired | set",
        "set | fire the last step | timer.fired | ran off",
        "set | stop | timer.stopped | stopped",
    ),
)

MESSAGE = Machine(
    "message",
    (
        ("not queued", "there is no such message"),
        ("queued", "it waits to be sent"),
        ("trying", "a runner is sending it, or died while it did: then it is sent again, with the same key"),
        ("sent", "the channel took it"),
        ("failed", "the channel did not take it; it is tried again later"),
        ("given up", "the channel did not take it as often as it was tried"),
        ("dropped", "answered, stood down or superseded before it was out"),
    ),
    cells(
        "not queued | queue | message.queued | queued",
        "queued, trying, failed | try | message.tried | trying",
        "trying | note sent | message.sent | sent",
        "trying | note failed | message.failed | failed",
        "trying | give up | message.failed | given up",
        "queued, trying, failed | drop | message.dropped | dropped",
    ),
)

MACHINES = (ORDER, ADDRESSEE, TIMER, MESSAGE)

STANDING = ("told", "acknowledged", "awaiting", "agreed", "caveated")
"""Statuses of an addressee that is under the order and counts against its ceiling."""

COUNTING = ("told", "acknowledged", "agreed", "caveated")
"""Statuses in which the posture ordered counts for the readiness clock."""
