"""Who is told, and how: the channels of offices, and the steps of an escalation, as tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field

from standto.alert.events import Recipient, Step
from standto.alert.state import AlertOrder, Timer
from standto.force.tables import Amount, Id, Ids, Row, Text, column

Nature = Literal["exercise", "real"]
ADDRESSEE = "addressee"
"""In a step's `to`: the offices of the unit that has not answered."""


def _natures(words: tuple[str, ...]) -> tuple[str, ...]:
    if not words or not set(words) <= {"exercise", "real"}:
        raise ValueError("should be exercise, real, or both")
    return words


class Contact(Row):
    """One channel of an office."""

    table: ClassVar[str] = "contacts"
    key: ClassVar[str | None] = None
    meaning: ClassVar[str] = "channels of offices: who is told of which units, how, and in which use"

    office: Id = column("office, short and unique", example="duty-82ABN")
    name: Text = column("office as shown", example="Duty officer, 82nd Airborne Division", default="")
    units: Ids = column(
        "units, packages or nations that the office answers for; blank = it is told by steps only",
        example="US-82ABN",
        default=(),
    )
    channel: Id = column("name of the channel, unique in its office", example="mail")
    address: Annotated[str, Field(min_length=1, max_length=2000)] = column(
        "the office's address as an Apprise URL", example="mailtos://duty.example.org?to=desk@example.org"
    )
    use: Annotated[Ids, AfterValidator(_natures)] = column(
        "exercise, real, or both: what the channel may be used for", example="exercise real"
    )


class StepRow(Row):
    """One step of an escalation."""

    table: ClassVar[str] = "steps"
    key: ClassVar[str | None] = None
    meaning: ClassVar[str] = "steps of an escalation, in order: how long after the order, and who is told"

    after_min: Amount = column("minutes after the order", example="15", unit="min")
    to: Ids = column(
        "offices to tell; addressee = the offices of the unit that has not answered",
        example="addressee corps-watch",
        default=(ADDRESSEE,),
    )
    channels: Ids = column("only these channels; blank = all of an office", example="mail", default=())
    says: Text = column("words added to the message", example="Second reminder.", default="")

    def step(self) -> Step:
        """The step as an order carries it."""
        return Step(after_min=self.after_min, to=self.to, channels=self.channels, says=self.says)


STANDARD_STEPS = (
    Step(after_min=0),
    Step(after_min=15, says="First reminder."),
    Step(after_min=30, says="Second reminder."),
    Step(after_min=60, says="Last reminder."),
)
"""The escalation of an order that names no other: told at once, reminded three times within the hour."""


@dataclass(frozen=True)
class Contacts:
    """A contact list that was read and checked for one record.

    `units` holds the offices of each unit, `numbers` the rows' numbers in their file.
    """

    rows: tuple[Contact, ...] = ()
    units: Mapping[str, tuple[str, ...]] | None = None
    numbers: tuple[int, ...] = ()

    def address(self, office: str, channel: str) -> str | None:
        """The address of a channel; None where the list no longer has it."""
        for row in self.rows:
            if (row.office, row.channel) == (office, channel):
                return row.address
        return None

    def office_name(self, office: str) -> str:
        """An office as shown."""
        return next((row.name for row in self.rows if row.office == office and row.name), office)

    def recipients(self, order: AlertOrder, timer: Timer) -> tuple[Recipient, ...]:
        """Whom a timer that runs off tells: offices and channels, each once."""
        step = order.steps[timer.step] if timer.step >= 0 else Step(after_min=0)
        own = (self.units or {}).get(timer.unit, ())
        offices = dict.fromkeys(
            office for named in step.to for office in (own if named == ADDRESSEE else (named,))
        )
        return tuple(
            Recipient(office=office, channel=row.channel)
            for office in offices
            for row in self.rows
            if row.office == office and (not step.channels or row.channel in step.channels)
        )


def offices_by_unit(
    rows: Sequence[Contact], members: Mapping[str, Sequence[str]]
) -> dict[str, tuple[str, ...]]:
    """The offices that answer for each unit.

    Parameters
    ----------
    members
        The units that a name stands for; a name that is missing stands for itself.
    """
    found: dict[str, dict[str, None]] = {}
    for row in rows:
        for name in row.units:
            for unit in members.get(name, (name,)):
                found.setdefault(unit, {})[row.office] = None
    return {unit: tuple(offices) for unit, offices in found.items()}
