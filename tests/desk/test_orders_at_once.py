"""Orders given by many at once: together they never pass a ceiling, and a text is adopted once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from standto.decide.commands import (
    CastVote,
    CloseConsultation,
    FoundBody,
    GiveOrder,
    OpenConsultation,
    ProposeDecision,
)
from standto.decide.events import Seat
from standto.decide.permit import Permit, Proposal
from standto.decide.state import Decided
from standto.desk.record import Record
from standto.errors import RefusedError
from tests.decide.scene import COUNCIL, NOON

CHAIR = "Secretary General"
AT_ONCE = 8


@pytest.fixture
def place(tmp_path: Path) -> str:
    """A record in which a text for 30 people lies before the council, all votes cast."""
    place = str(tmp_path / "cpx.db")
    with Record.create(place, name="CPX", nature="exercise", by="Clerk") as record:
        record.execute(FoundBody(id="1", by=CHAIR, body=COUNCIL))
        seats = tuple(Seat(member=member.id) for member in COUNCIL.members)
        record.execute(
            OpenConsultation(id="2", by=CHAIR, decision="D1", body="COUNCIL", subject="", seats=seats)
        )
        text = Proposal(text="go", permits=(Permit(act="movement", units=("FORCE",), people=30),))
        record.execute(ProposeDecision(id="3", by=CHAIR, decision="D1", proposal=text))
        for member in COUNCIL.members:
            vote = CastVote(id=f"v-{member.id}", by=member.id, decision="D1", member=member.id, vote="yes")
            record.execute(vote)
    return place


def at_once(place: str, act: Callable[[Record, int], object]) -> list[bool]:
    """Whether each of many writers, all with the record open, was let through."""

    def one(number: int) -> bool:
        with Record.open(place) as record:
            try:
                act(record, number)
            except RefusedError:
                return False
            return True

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, range(AT_ONCE)))


def close(record: Record, number: int) -> None:
    record.execute(CloseConsultation(id=f"close-{number}", by=CHAIR, decision="D1"))


def order(record: Record, number: int) -> None:
    command = GiveOrder(
        id=f"o{number}",
        by=CHAIR,
        order=f"O{number}",
        unit="A-1",
        people=10,
        destination="port",
        from_at=NOON,
    )
    record.execute(command)


def test_one_adoption_and_orders_up_to_the_ceiling(place: str) -> None:
    assert sum(at_once(place, close)) == 1
    assert sum(at_once(place, order)) == 3
    with Record.open(place) as record:
        state = record.picture().of(Decided)
        assert state.people_ordered("D1", 1) == 30
        assert sum(1 for entry in record.entries() if entry.kind == "decision.adopted") == 1
