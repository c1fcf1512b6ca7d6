"""A drill record in memory with a clock that the test sets, and a force of six units."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from standto.alert import commands as c
from standto.alert.contacts import STANDARD_STEPS
from standto.alert.events import Step
from standto.alert.force import addressed, posture
from standto.alert.state import AlertState
from standto.desk.record import Outcome, Record
from standto.force.scenario import Scenario
from standto.ledger.command import Command
from standto.ledger.event import Event
from standto.ledger.memory import MemoryStore
from standto.ledger.opening import OpenRecord

START = datetime(2030, 5, 1, 6, tzinfo=UTC)
OFFICE = "Joint Operations Chief"
UNITS = ("U1", "U2", "U3", "U4", "U5", "U6")


def force(**tables: Any) -> Scenario:
    """Six units of 100 to 600 people, of which two are a package; no alerts."""
    units = [
        {"id": id_, "nation": "NLD", "strength": 100 * n, "home": "EHEH", "notice_h": (240, 120, 48)}
        for n, id_ in enumerate(UNITS, 1)
    ]
    data = {
        "settings": {"name": "Drill", "kind": "exercise", "epoch": START},
        "nations": [{"id": "NLD"}],
        "units": units,
        "packages": [{"id": "PAIR", "units": ("U5", "U6")}],
    }
    return Scenario.model_validate({**data, **tables})


FORCE = force()


class Clock:
    """What time it is, as the test says."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def wait(self, seconds: float) -> None:
        """Let time pass instead of sleeping."""
        self.now += timedelta(seconds=seconds)


class Watch:
    """A record in memory, and commands in few words."""

    def __init__(self, *, nature: Any = "exercise", scenario: Scenario = FORCE) -> None:
        self.clock = Clock()
        self.scenario = scenario
        self.record = Record(MemoryStore(), clock=self.clock)
        self.ids = map("c{}".format, count(1))
        self.do(OpenRecord, name="Drill", nature=nature)

    @property
    def state(self) -> AlertState:
        """The alert orders as they stand."""
        return self.record.picture().of(AlertState)

    def do(self, command: Callable[..., Command], **fields: Any) -> tuple[Event, ...]:
        """Carry out a command and give its events."""
        return self.outcome(command, **fields).events

    def outcome(self, command: Callable[..., Command], **fields: Any) -> Outcome:
        """Carry out a command."""
        return self.record.execute(command(**{"id": next(self.ids), "by": "watch officer", **fields}))

    def later(self, **span: float) -> datetime:
        """Let time pass."""
        self.clock.now += timedelta(**span)
        return self.clock.now

    def raise_(
        self,
        alert: str = "A1",
        units: Sequence[str] = ("U1", "U2"),
        to: str = "heightened",
        *,
        steps: Sequence[Step] = STANDARD_STEPS,
        command: Callable[..., Command] = c.RaiseAlert,
        **fields: Any,
    ) -> tuple[Event, ...]:
        """Raise units by an order."""
        name, level = posture(self.scenario, to)
        order = {
            "alert": alert,
            "addressees": addressed(self.scenario, units),
            "posture": name,
            "level": level,
            "authority": OFFICE,
            "steps": tuple(steps),
        }
        return self.do(command, **{**order, **fields})

    def lower(self, to: str, units: Sequence[str] = (), alert: str = "A1") -> tuple[Event, ...]:
        """Lower units under an order."""
        name, level = posture(self.scenario, to)
        return self.do(
            c.LowerAlert, alert=alert, posture=name, level=level, units=tuple(units), authority=OFFICE
        )

    def stand_down(self, *units: str, alert: str = "A1") -> tuple[Event, ...]:
        """Release units from an order, or all."""
        return self.do(c.StandDownAlert, alert=alert, units=units, authority=OFFICE)

    def ack(self, unit: str, alert: str = "A1", **fields: Any) -> tuple[Event, ...]:
        """Acknowledge an order."""
        return self.do(c.AcknowledgeAlert, alert=alert, unit=unit, **fields)

    def answer(self, unit: str, answer: str, alert: str = "A1", **fields: Any) -> tuple[Event, ...]:
        """Answer an order."""
        if answer == "caveat":
            fields.setdefault("says", "home waters only")
        if answer == "awaiting":
            fields.setdefault("until", self.clock.now + timedelta(hours=12))
        return self.do(c.AnswerAlert, alert=alert, unit=unit, answer=answer, **fields)

    def status(self, unit: str, alert: str = "A1") -> str:
        """How an addressee stands."""
        return self.state.orders[alert].told[unit].status
