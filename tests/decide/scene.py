"""A small alliance, a nation and a union, and a desk without a record that folds what commands lead to."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from standto.decide.body import Body, Member, Package, Rule
from standto.decide.commands import (
    CloseConsultation,
    FoundBody,
    GiveOrder,
    OpenConsultation,
    ProposeDecision,
    ReportMovement,
    SetSilence,
)
from standto.decide.events import Seat
from standto.decide.permit import Permit, Proposal
from standto.decide.rules.answering import answer
from standto.decide.state import Decided
from standto.ledger.command import Command
from standto.ledger.event import Dated, Event, Noted

NOON = datetime(2022, 2, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)

MEMBERS = (
    Member(id="ALFA", people=10),
    Member(id="BRAVO", people=20),
    Member(id="CHARLIE", people=70),
)
COUNCIL = Body(
    id="COUNCIL",
    name="Council",
    chair="Secretary General",
    rule=Rule(how="consensus"),
    members=MEMBERS,
    packages=(Package(id="FORCE", units=("A-1", "B-1", "C-1")),),
    emergency=("Supreme Commander",),
)
MINISTRY = Body(
    id="MINISTRY",
    name="Ministry of ALFA",
    chair="Minister of ALFA",
    rule=Rule(how="single"),
    packages=(Package(id="NATIONAL", units=("A-1", "A-2")),),
)
UNION = Body(
    id="UNION",
    name="Union",
    rule=Rule(how="majority", quorum=0.6, members_share=0.55, people_share=0.65),
    members=MEMBERS,
    packages=(Package(id="POOL", units=("P-1",)),),
)
MOVE = Permit(act="movement", units=("FORCE",), places=("port", "field"), people=1000)


@dataclass
class Desk:
    """Carries out commands at the hour it is."""

    now: datetime = NOON
    state: Decided = field(default_factory=Decided)
    history: list[Noted] = field(default_factory=list)
    number: int = 0

    def do(self, command: Command) -> tuple[Event, ...]:
        """What the command led to."""
        happened = []
        for item in answer(self.state, command, self.now):
            dated = item if isinstance(item, Dated) else Dated(item, command.at or self.now)
            position = len(self.history) + 1
            noted = Noted(
                dated.event, self.now, dated.effective_at, command.by, command.why, position, (), command.id
            )
            self.history.append(noted)
            self.state = self.state.apply(noted)
            happened.append(dated.event)
        return tuple(happened)

    def give(self, kind: type[Command], **fields: Any) -> tuple[Event, ...]:
        """Carry out a command under a new id, as the chair of the council unless said otherwise."""
        self.number += 1
        return self.do(kind(**{"id": f"c{self.number}", "by": "Secretary General", **fields}))

    def wait(self, hours: float) -> None:
        """Let time go by."""
        self.now += timedelta(hours=hours)

    def propose(self, decision: str, *permits: Permit, body: str = "COUNCIL", **fields: Any) -> None:
        """Open a consultation with all members represented and put a text before it."""
        members = self.state.bodies[body].members
        seats = tuple(Seat(member=member.id) for member in members)
        self.give(OpenConsultation, decision=decision, body=body, subject="the flank", seats=seats)
        proposal = Proposal(text="reinforce", permits=permits or (MOVE,), **fields)
        self.give(ProposeDecision, decision=decision, proposal=proposal)

    def adopt(self, decision: str, *permits: Permit, **fields: Any) -> None:
        """Have the council adopt a text under a silence of an hour."""
        self.propose(decision, *permits, **fields)
        self.give(SetSilence, decision=decision, until=self.now + HOUR)
        self.wait(1)
        self.give(CloseConsultation, decision=decision)

    def order(self, order: str, **fields: Any) -> tuple[Event, ...]:
        """Order 100 people of a unit to move from now on."""
        usual = {"unit": "A-1", "people": 100, "destination": "port", "from_at": self.now}
        return self.give(GiveOrder, order=order, **{**usual, **fields})

    def report(self, order: str, what: str, **fields: Any) -> tuple[Event, ...]:
        """Report what has just happened."""
        return self.give(ReportMovement, order=order, what=what, **{"happened_at": self.now, **fields})


def desk() -> Desk:
    """With the three bodies on record."""
    made = Desk()
    for body in (COUNCIL, MINISTRY, UNION):
        made.give(FoundBody, body=body)
    return made
