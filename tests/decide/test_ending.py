"""Decisions that end stop what has not left, and list what moves already."""

from __future__ import annotations

import pytest

from standto.decide.commands import SettleDue, WithdrawDecision
from standto.decide.events import DecisionExpired, DecisionSuperseded, DecisionWithdrawn
from standto.decide.permit import Permit
from standto.errors import NotCoveredError, RefusedError
from tests.decide.scene import HOUR, MOVE, NOON, Desk


@pytest.fixture
def under_way(desk: Desk) -> Desk:
    """One order not begun, one moving, one complete; the decision ends at noon of the next day."""
    desk.adopt("D1", valid_until=NOON + 24 * HOUR)
    for number in (1, 2, 3):
        desk.order(f"O{number}")
    desk.report("O2", "departed", people=60)
    desk.report("O3", "departed", people=100)
    desk.report("O3", "arrived", people=100)
    return desk


def statuses(desk: Desk) -> list[str]:
    return [desk.state.orders[order].status for order in ("O1", "O2", "O3")]


def test_withdrawn(under_way: Desk) -> None:
    ended, *stops = under_way.give(WithdrawDecision, decision="D1", why="talks go on")
    assert isinstance(ended, DecisionWithdrawn)
    assert (ended.stopped, ended.moving) == (("O1", "O2"), ("O2",))
    assert [event.kind for event in stops] == ["order.stopped", "order.stopped"]
    assert statuses(under_way) == ["stopped", "stopped", "complete"]
    with pytest.raises(NotCoveredError, match="D1 was withdrawn at 2022-02-01 13:00Z"):
        under_way.order("O4")
    with pytest.raises(RefusedError, match="order O1 is stopped"):
        under_way.report("O1", "departed", people=1)
    under_way.report("O2", "arrived", people=60)
    assert not under_way.state.orders["O2"].on_the_way


def test_expired(under_way: Desk) -> None:
    under_way.now = NOON + 24 * HOUR
    ended, *_ = under_way.give(SettleDue)
    assert isinstance(ended, DecisionExpired)
    assert (ended.stopped, ended.moving) == (("O1", "O2"), ("O2",))
    assert under_way.state.consultations["D1"].ended_at == NOON + 24 * HOUR
    with pytest.raises(NotCoveredError, match="D1 expired at 2022-02-02 12:00Z"):
        under_way.order("O4")


def test_expired_before_anybody_noted_it(under_way: Desk) -> None:
    under_way.now = NOON + 24 * HOUR
    with pytest.raises(NotCoveredError, match="expired"):
        under_way.order("O4")
    with pytest.raises(RefusedError, match="order O1 is stopped"):
        under_way.report("O1", "departed", people=1)


def test_who_left_before_the_end_may_be_reported_after_it(under_way: Desk) -> None:
    under_way.now = NOON + 25 * HOUR
    under_way.report("O1", "departed", people=10, happened_at=NOON + 23 * HOUR)
    order = under_way.state.orders["O1"]
    assert (order.status, order.under_way, order.on_the_way) == ("stopped", 10, True)
    with pytest.raises(RefusedError, match="O1 is stopped and 10 had left: 0 arrived and 11 more"):
        under_way.report("O1", "arrived", people=11)


def test_superseded(under_way: Desk) -> None:
    under_way.adopt("D2", MOVE, supersedes=("D1",))
    ended = [note.event for note in under_way.history if isinstance(note.event, DecisionSuperseded)]
    assert [(event.later, event.moving) for event in ended] == [("D2", ("O2",))]
    assert statuses(under_way) == ["stopped", "stopped", "complete"]
    with pytest.raises(NotCoveredError, match="D1 was superseded"):
        under_way.order("O4", decision="D1")
    under_way.order("O4")
    assert under_way.state.orders["O4"].given.decision == "D2"


def test_a_withdrawal_is_the_chairs_and_has_a_reason(under_way: Desk) -> None:
    with pytest.raises(RefusedError, match="without a reason"):
        under_way.give(WithdrawDecision, decision="D1")
    with pytest.raises(RefusedError, match="its chair is"):
        under_way.give(WithdrawDecision, decision="D1", why="no", by="ALFA")


def test_silence_and_expiry_that_both_passed_are_noted_in_order(desk: Desk) -> None:
    from standto.decide.commands import SetSilence

    desk.propose("D1", Permit(act="movement", units=("FORCE",)), valid_until=NOON + 5 * HOUR)
    desk.give(SetSilence, decision="D1", until=NOON + HOUR)
    desk.wait(30)
    assert [event.kind for event in desk.give(SettleDue)] == ["decision.adopted", "decision.expired"]
    noted = desk.history[-2:]
    assert [note.effective_at for note in noted] == [NOON + HOUR, NOON + 5 * HOUR]
