"""The runner notes what falls due in decisions, at the first pass after it and never before."""

from __future__ import annotations

from datetime import datetime, timedelta

from standto.alert.contacts import Contacts
from standto.decide.commands import FoundBody, OpenConsultation, ProposeDecision, SetSilence
from standto.decide.permit import Proposal
from standto.decide.state import Decided
from standto.desk.paging import Pager
from standto.desk.record import Record
from tests.decide.scene import COUNCIL, HOUR, MOVE, NOON

CHAIR = "Secretary General"


class Nobody:
    """A sender that must not be asked."""

    def send(self, address: str, subject: str, body: str, key: str) -> str:
        raise AssertionError(address)


class Clock:
    now = NOON

    def __call__(self) -> datetime:
        return self.now


def test_a_silence_that_ran_out_is_noted_once_at_its_own_instant() -> None:
    clock = Clock()
    record = Record.create("memory:", name="CPX", nature="exercise", by="Clerk", clock=clock)
    record.execute(FoundBody(id="1", by=CHAIR, body=COUNCIL))
    record.execute(OpenConsultation(id="2", by=CHAIR, decision="D1", body="COUNCIL", subject="it"))
    text = Proposal(text="go", permits=(MOVE,), valid_until=NOON + 5 * HOUR)
    record.execute(ProposeDecision(id="3", by=CHAIR, decision="D1", proposal=text))
    record.execute(SetSilence(id="4", by=CHAIR, decision="D1", until=NOON + HOUR))
    pager = Pager(record, Contacts((), {}), Nobody(), by="duty officer")
    clock.now = NOON + HOUR - timedelta(seconds=2)
    assert pager.once().idle
    assert pager.pause_s(60.0) == 2.0
    clock.now = NOON + HOUR + timedelta(seconds=3)
    assert pager.once().settled == ["D1"]
    assert record.picture().of(Decided).consultations["D1"].adopted_at == NOON + HOUR
    assert pager.once().idle
    clock.now = NOON + 6 * HOUR
    assert pager.once().settled == ["D1"]
    assert record.picture().of(Decided).consultations["D1"].status == "expired"
    assert pager.once().idle
