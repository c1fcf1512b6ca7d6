"""Consensus under silence: adopted at its very end and never before, broken in writing, extended."""

from __future__ import annotations

from datetime import timedelta

import pytest

from standto.decide.commands import (
    BreakSilence,
    CastVote,
    CloseConsultation,
    ExtendSilence,
    ProposeDecision,
    ReservePosition,
    SetSilence,
    SettleDue,
)
from standto.decide.events import DecisionAdopted, SilenceBroken
from standto.decide.permit import Proposal
from standto.errors import NotCoveredError, RefusedError
from tests.decide.scene import HOUR, MOVE, NOON, Desk

EVERYBODY = ("ALFA", "BRAVO", "CHARLIE", "Secretary General")
MOMENT = timedelta(microseconds=1)


@pytest.fixture
def silent(desk: Desk) -> Desk:
    desk.propose("D1")
    desk.give(SetSilence, decision="D1", until=NOON + HOUR)
    return desk


def test_silence_adopts_at_its_end_and_not_a_moment_before(silent: Desk) -> None:
    silent.now = NOON + HOUR - MOMENT
    assert silent.give(SettleDue) == ()
    assert silent.state.consultations["D1"].status_at(silent.now) == "under silence"
    with pytest.raises(NotCoveredError, match="under silence until 2022-02-01 13:00Z"):
        silent.order("O1")
    silent.now = NOON + HOUR
    assert silent.state.consultations["D1"].status_at(silent.now) == "adopted"
    (adopted,) = silent.give(SettleDue)
    assert isinstance(adopted, DecisionAdopted)
    assert adopted.told == EVERYBODY
    assert silent.state.consultations["D1"].adopted_at == NOON + HOUR


def test_it_adopts_at_its_end_however_late_that_is_noticed(silent: Desk) -> None:
    silent.wait(30)
    adopted, given = silent.order("O1")
    assert (adopted.kind, given.kind) == ("decision.adopted", "order.given")
    assert silent.state.consultations["D1"].adopted_at == NOON + HOUR


def test_closing_it_at_its_end_confirms_it_once(silent: Desk) -> None:
    with pytest.raises(RefusedError, match="under silence until 2022-02-01 13:00Z"):
        silent.give(CloseConsultation, decision="D1")
    silent.wait(1)
    (adopted,) = silent.give(CloseConsultation, decision="D1")
    assert isinstance(adopted, DecisionAdopted)
    with pytest.raises(RefusedError, match="D1 is adopted: it cannot be closed"):
        silent.give(CloseConsultation, decision="D1")
    assert silent.give(SettleDue) == ()


@pytest.mark.parametrize("how", ["objection", "amendment"])
def test_writing_before_its_end_breaks_it_and_all_are_told(silent: Desk, how: str) -> None:
    silent.now = NOON + HOUR - MOMENT
    (broken,) = silent.give(BreakSilence, decision="D1", member="BRAVO", how=how, text="not yet", by="BRAVO")
    assert isinstance(broken, SilenceBroken)
    assert broken.told == EVERYBODY
    silent.wait(30)
    assert silent.give(SettleDue) == ()
    assert silent.state.consultations["D1"].status == "broken"


def test_writing_at_its_end_comes_too_late(silent: Desk) -> None:
    silent.wait(1)
    with pytest.raises(RefusedError, match="D1 is adopted: it cannot be objected to"):
        silent.give(BreakSilence, decision="D1", member="BRAVO", how="objection", text="no", by="BRAVO")


def test_an_objection_dated_back_comes_too_late(silent: Desk) -> None:
    silent.wait(2)
    before = NOON + HOUR / 2
    with pytest.raises(RefusedError, match="D1 is adopted"):
        silent.give(
            BreakSilence, decision="D1", member="BRAVO", how="objection", text="no", by="BRAVO", at=before
        )


def test_an_objection_is_made_in_writing_by_a_member(silent: Desk) -> None:
    with pytest.raises(RefusedError, match="in writing"):
        silent.give(BreakSilence, decision="D1", member="BRAVO", how="objection", text=" ", by="BRAVO")
    with pytest.raises(RefusedError, match="'DELTA' is no member of Council"):
        silent.give(BreakSilence, decision="D1", member="DELTA", how="objection", text="no", by="DELTA")


def test_a_broken_text_is_put_again_and_adopted(silent: Desk) -> None:
    silent.give(BreakSilence, decision="D1", member="BRAVO", how="amendment", text="fewer", by="BRAVO")
    silent.give(ProposeDecision, decision="D1", proposal=Proposal(text="fewer", permits=(MOVE,)))
    silent.give(SetSilence, decision="D1", until=silent.now + HOUR)
    silent.wait(1)
    silent.order("O1")
    assert silent.state.consultations["D1"].proposals == 2


def test_it_can_be_made_longer_only(silent: Desk) -> None:
    with pytest.raises(RefusedError, match="can only be made longer"):
        silent.give(ExtendSilence, decision="D1", until=NOON + HOUR)
    silent.give(ExtendSilence, decision="D1", until=NOON + 2 * HOUR)
    silent.wait(1.5)
    assert silent.give(SettleDue) == ()
    silent.wait(0.5)
    assert [event.kind for event in silent.give(SettleDue)] == ["decision.adopted"]


def test_a_statement_breaks_nothing_and_a_reservation_keeps_units_out(silent: Desk) -> None:
    statement = {"decision": "D1", "member": "BRAVO", "by": "BRAVO", "text": "as we read it"}
    silent.give(ReservePosition, **statement, how="interpretative statement")
    silent.give(ReservePosition, **statement, how="reservation", units=("B-1",))
    silent.wait(1)
    silent.order("O1", unit="A-1")
    with pytest.raises(NotCoveredError, match="BRAVO reserved B-1") as refused:
        silent.order("O2", unit="B-1")
    assert refused.value.part == "unit"
    with pytest.raises(RefusedError, match="a reservation comes too late"):
        silent.give(ReservePosition, **statement, how="reservation", units=("C-1",))
    silent.give(ReservePosition, **statement, how="interpretative statement")


def test_silence_is_for_bodies_that_decide_by_consensus(desk: Desk) -> None:
    desk.propose("D1", MOVE.__class__(act="movement", units=("POOL",)), body="UNION")
    with pytest.raises(RefusedError, match="decides by majority"):
        desk.give(SetSilence, decision="D1", until=NOON + HOUR)


def test_only_the_chair_sets_it(desk: Desk) -> None:
    desk.propose("D1")
    with pytest.raises(RefusedError, match="may not set a silence"):
        desk.give(SetSilence, decision="D1", until=NOON + HOUR, by="BRAVO")


def test_nobody_votes_under_silence(silent: Desk) -> None:
    with pytest.raises(RefusedError, match="under silence: it cannot be voted on"):
        silent.give(CastVote, decision="D1", member="BRAVO", vote="yes", by="BRAVO")
