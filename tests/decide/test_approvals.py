"""National approvals after the decision: awaited, given with a caveat, refused."""

from __future__ import annotations

from typing import Any

import pytest

from standto.decide.commands import ApproveContribution
from standto.decide.permit import Caveat, Needed
from standto.errors import NotCoveredError, RefusedError
from tests.decide.scene import HOUR, MOVE, NOON, Desk

NEEDED = Needed(nation="BRAVO", units=("B-1", "C-1"), by="parliament", lead_h=48)


@pytest.fixture
def decided(desk: Desk) -> Desk:
    desk.adopt("D1", MOVE, approvals=(NEEDED,))
    return desk


def approve(desk: Desk, *units: str, **fields: Any) -> None:
    desk.give(ApproveContribution, decision="D1", nation="BRAVO", units=units, by="Parliament", **fields)


def test_units_wait_for_their_own_nation_only(decided: Desk) -> None:
    decided.order("O1", unit="A-1")
    with pytest.raises(
        NotCoveredError, match=r"approval of BRAVO \(parliament\) is awaited, expected by 2022-02-03 13:00Z"
    ) as refused:
        decided.order("O2", unit="B-1")
    assert refused.value.part == "approval"


def test_an_approval_opens_the_way_for_the_units_it_names(decided: Desk) -> None:
    approve(decided, "B-1")
    decided.order("O1", unit="B-1")
    with pytest.raises(NotCoveredError, match="is awaited"):
        decided.order("O2", unit="C-1")


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"destination": "field"}, "only to port"),
        ({"people": 151}, "at most 150 people, 0 are ordered and 151 more are asked"),
        ({"from_at": NOON + 5 * HOUR}, "departures before 2022-02-01 17:00Z only"),
    ],
)
def test_a_caveat_limits_it(decided: Desk, asked: dict[str, Any], words: str) -> None:
    caveat = Caveat(text="logistics only", places=("port",), people=150, until_at=NOON + 5 * HOUR)
    approve(decided, "B-1", caveat=caveat)
    with pytest.raises(NotCoveredError, match="logistics only") as refused:
        decided.order("O1", unit="B-1", **asked)
    assert words in str(refused.value)
    decided.order("O2", unit="B-1", people=150)


def test_a_refusal_stops_the_units_orders(decided: Desk) -> None:
    approve(decided, "B-1")
    decided.order("O1", unit="B-1")
    decided.order("O2", unit="A-1")
    approve(decided, "B-1", granted=False, why="no mandate")
    assert [decided.state.orders[order].status for order in ("O1", "O2")] == ["stopped", "given"]
    with pytest.raises(NotCoveredError, match="was refused: no mandate"):
        decided.order("O3", unit="B-1")


def test_a_package_waits_for_every_unit_in_it(decided: Desk) -> None:
    approve(decided, "B-1")
    with pytest.raises(NotCoveredError, match="approval of BRAVO") as refused:
        decided.order("O1", unit="FORCE")
    assert refused.value.part == "approval"
    approve(decided, "C-1")
    decided.order("O1", unit="FORCE")
    approve(decided, "C-1", granted=False, why="no mandate")
    assert decided.state.orders["O1"].status == "stopped"


def test_only_what_is_awaited_can_be_answered(decided: Desk) -> None:
    with pytest.raises(RefusedError, match="awaits no approval of BRAVO for A-1"):
        approve(decided, "A-1")
    approve(decided, "B-1")
    with pytest.raises(RefusedError, match="is given: it cannot be approved again"):
        approve(decided, "B-1")
    with pytest.raises(RefusedError, match="needs a reason"):
        approve(decided, "B-1", granted=False)
