"""Movement as it happens: departures, arrivals and losses of time against the order."""

from __future__ import annotations

from typing import Any

import pytest

from standto.decide.commands import CancelOrder
from standto.decide.permit import Permit
from standto.errors import RefusedError
from tests.decide.scene import HOUR, NOON, Desk


@pytest.fixture
def ordered(desk: Desk) -> Desk:
    desk.adopt("D1", Permit(act="movement", units=("FORCE",), until_at=NOON + 10 * HOUR))
    desk.order("O1")
    return desk


def test_people_leave_and_arrive_until_all_are_there(ordered: Desk) -> None:
    ordered.report("O1", "departed", people=60)
    ordered.wait(2)
    ordered.report("O1", "departed", people=40)
    ordered.report("O1", "arrived", people=60)
    order = ordered.state.orders["O1"]
    assert (order.status, order.departed, order.arrived, order.under_way) == ("moving", 100, 60, 40)
    happened = ordered.report("O1", "arrived", people=40)
    assert [event.kind for event in happened] == ["movement.arrived", "order.completed"]
    order = ordered.state.orders["O1"]
    assert (order.status, order.first_departure, order.last_arrival) == (
        "complete",
        NOON + HOUR,
        NOON + 3 * HOUR,
    )


def test_arrivals_without_numbers_complete_when_they_say_so(ordered: Desk) -> None:
    ordered.report("O1", "arrived")
    assert ordered.state.orders["O1"].status == "moving"
    assert not ordered.state.orders["O1"].counts_known
    ordered.report("O1", "arrived", last=True)
    assert ordered.state.orders["O1"].status == "complete"


def test_losses_of_time_add_up(ordered: Desk) -> None:
    ordered.report("O1", "delayed", hours=6.0, why="weather", vehicle="C-17/1")
    ordered.report("O1", "delayed", hours=1.5, why="customs")
    assert ordered.state.orders["O1"].lost_h == 7.5


@pytest.mark.parametrize(
    ("what", "fields", "words"),
    [
        ("departed", {"people": 101}, "O1 moves 100 people: 0 left and 101 more"),
        ("arrived", {"people": 101}, "O1 moves 100 people: 0 arrived and 101 more"),
        ("departed", {"people": 0}, "of 0 people"),
        ("departed", {"happened_at": NOON + 9 * HOUR}, "has not come yet"),
        ("departed", {"happened_at": NOON}, "lets people leave from 2022-02-01 13:00Z on"),
        ("arrived", {"happened_at": NOON}, "lets people leave from 2022-02-01 13:00Z on"),
        ("delayed", {"hours": 0.0}, "give hours above 0"),
        ("delayed", {"hours": float("nan")}, "give hours above 0"),
    ],
)
def test_what_cannot_be_is_refused(ordered: Desk, what: str, fields: dict[str, Any], words: str) -> None:
    with pytest.raises(RefusedError, match=words):
        ordered.report("O1", what, **fields)
    assert ordered.state.orders["O1"].status == "given"


def test_nobody_leaves_after_the_time_that_was_permitted(ordered: Desk) -> None:
    ordered.now = NOON + 10 * HOUR
    with pytest.raises(RefusedError, match="D1 lets people leave before 2022-02-01 22:00Z"):
        ordered.report("O1", "departed", people=1)


def test_nobody_leaves_before_the_order_was_given_whatever_it_says(ordered: Desk) -> None:
    ordered.wait(2)
    ordered.order("O2", from_at=NOON)
    with pytest.raises(RefusedError, match="O2 lets people leave from 2022-02-01 15:00Z on"):
        ordered.report("O2", "departed", people=1, happened_at=NOON + 2 * HOUR)


def test_nobody_leaves_under_a_cancelled_order(ordered: Desk) -> None:
    ordered.give(CancelOrder, order="O1", why="not needed")
    ordered.wait(1)
    with pytest.raises(RefusedError, match="O1 is cancelled: it cannot be departed under"):
        ordered.report("O1", "departed", people=1)


def test_an_unknown_order_has_no_reports(ordered: Desk) -> None:
    with pytest.raises(RefusedError, match=r"no order 'O9' \(on record: O1\)"):
        ordered.report("O9", "arrived")
