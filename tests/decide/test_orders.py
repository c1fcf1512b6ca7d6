"""What an order needs: every part covered, or refused with the one that is not; overrides that show."""

from __future__ import annotations

from typing import Any

import pytest

from standto.decide.body import Package
from standto.decide.commands import (
    AssignPackage,
    CancelOrder,
    CloseConsultation,
    ReservePosition,
    ReviewOverride,
    SetSilence,
)
from standto.decide.permit import Permit
from standto.errors import NotCoveredError, RefusedError
from tests.decide.scene import HOUR, NOON, Desk

TERMS = Permit(
    act="movement",
    units=("A-1", "B-1"),
    places=("port",),
    from_at=NOON + 2 * HOUR,
    until_at=NOON + 10 * HOUR,
    people=250,
)


@pytest.fixture
def allowed(desk: Desk) -> Desk:
    desk.adopt("D1", TERMS, valid_until=NOON + 20 * HOUR)
    desk.now = NOON + 3 * HOUR
    return desk


def test_an_order_within_the_terms_is_given(allowed: Desk) -> None:
    (given,) = allowed.order("O1")
    assert given.kind == "order.given"
    order = allowed.state.orders["O1"]
    assert (order.status, order.given.decision, order.given.permit) == ("given", "D1", 1)


@pytest.mark.parametrize(
    ("asked", "part", "words"),
    [
        ({"unit": "C-1"}, "unit", "decision D1 does not cover the unit; it names A-1, B-1"),
        ({"unit": "Z-9"}, "unit", "no body on record decides for this unit"),
        ({"destination": "field"}, "place", "decision D1 does not cover the place; it names port"),
        ({"from_at": NOON + HOUR}, "time", "permits departures from 2022-02-01 14:00Z on"),
        ({"from_at": NOON + 10 * HOUR}, "time", "permits departures before 2022-02-01 22:00Z"),
        ({"people": 251}, "number", "permits 250 people, 0 are ordered and 251 more are asked"),
        ({"decision": "D9"}, "decision", "there is no decision D9"),
        ({"unit": "A-2"}, "decision", "Ministry of ALFA decided nothing that permits it"),
    ],
)
def test_the_one_part_that_is_not_covered_is_named(
    allowed: Desk, asked: dict[str, Any], part: str, words: str
) -> None:
    with pytest.raises(NotCoveredError) as refused:
        allowed.order("O1", **asked)
    assert refused.value.part == part
    assert words in str(refused.value)
    assert "O1" not in allowed.state.orders


def test_packages_within_packages_are_covered_and_reserved(desk: Desk) -> None:
    whole = Package(id="ALL", units=("FORCE", "ALL"))
    desk.give(AssignPackage, body="COUNCIL", package=whole)
    desk.propose("D1", Permit(act="movement", units=("ALL",)))
    reserved = {"decision": "D1", "member": "BRAVO", "text": "not these", "units": ("B-1",), "by": "BRAVO"}
    desk.give(ReservePosition, how="reservation", **reserved)
    desk.give(CloseConsultation, decision="D1", published="a source")
    desk.order("O1", unit="C-1")
    for unit in ("B-1", "FORCE", "ALL"):
        with pytest.raises(NotCoveredError, match="BRAVO reserved B-1") as refused:
            desk.order("O2", unit=unit)
        assert refused.value.part == "unit"


def test_the_last_instants_of_the_terms_are_covered(allowed: Desk) -> None:
    allowed.order("O1", from_at=NOON + 2 * HOUR, people=250)


def test_the_ceiling_counts_all_orders_together_and_gives_back_what_is_cancelled(allowed: Desk) -> None:
    allowed.order("O1", people=200)
    with pytest.raises(NotCoveredError, match="200 are ordered and 51 more are asked"):
        allowed.order("O2", unit="B-1", people=51)
    allowed.give(CancelOrder, order="O1", why="not needed")
    allowed.order("O3", unit="B-1", people=250)
    assert allowed.state.people_ordered("D1", 1) == 250


def test_those_who_left_before_a_cancellation_still_count(allowed: Desk) -> None:
    allowed.order("O1", people=200)
    allowed.report("O1", "departed", people=80)
    allowed.give(CancelOrder, order="O1", why="not needed")
    assert allowed.state.people_ordered("D1", 1) == 80


def test_without_a_decision_named_the_one_that_comes_nearest_is_told(allowed: Desk) -> None:
    allowed.propose("D2", Permit(act="movement", units=("C-1",)))
    with pytest.raises(NotCoveredError, match="decision D1 does not cover the place"):
        allowed.order("O1", destination="field")


def test_a_decision_not_adopted_covers_nothing(desk: Desk) -> None:
    with pytest.raises(NotCoveredError, match="Council, Ministry of ALFA decided nothing that permits it"):
        desk.order("O1")
    desk.propose("D1", TERMS)
    with pytest.raises(NotCoveredError, match="decision D1 is proposed, not adopted"):
        desk.order("O1")
    desk.give(SetSilence, decision="D1", until=desk.now + HOUR)
    with pytest.raises(NotCoveredError, match="D1 is under silence until"):
        desk.order("O1")


def test_a_decision_that_begins_later_covers_nothing_yet(desk: Desk) -> None:
    desk.adopt("D1", TERMS, valid_from=NOON + 5 * HOUR)
    with pytest.raises(NotCoveredError, match="D1 is in force from 2022-02-01 17:00Z on"):
        desk.order("O1", from_at=NOON + 6 * HOUR)


def test_an_order_dated_back_before_the_decision_is_refused(allowed: Desk) -> None:
    with pytest.raises(NotCoveredError) as refused:
        allowed.order("O1", at=NOON)
    assert refused.value.part == "decision"


def test_an_override_names_authority_reason_and_review(desk: Desk) -> None:
    full = {"authority": "Supreme Commander", "why": "people in danger", "review_at": NOON + 6 * HOUR}
    for missing, words in (
        ("authority", "an authority"),
        ("why", "a reason"),
        ("review_at", "a review time"),
    ):
        with pytest.raises(RefusedError, match=f"lacks {words}"):
            desk.order("O1", **{**full, missing: None if missing == "review_at" else ""})
    with pytest.raises(RefusedError, match="'Clerk' may not override for A-1"):
        desk.order("O1", **{**full, "authority": "Clerk"})
    with pytest.raises(RefusedError, match="which has passed"):
        desk.order("O1", **{**full, "review_at": NOON})
    desk.order("O1", **full)
    order = desk.state.orders["O1"]
    assert order.given.covered == "EMERGENCY OVERRIDE by Supreme Commander, review by 2022-02-01 18:00Z"
    assert [found.id for found in desk.state.overrides()] == ["O1"]
    assert not order.review_overdue(NOON + 5 * HOUR)
    assert order.review_overdue(NOON + 6 * HOUR)


def test_a_review_upholds_or_ends_an_override(desk: Desk) -> None:
    full = {"authority": "Supreme Commander", "why": "danger", "review_at": NOON + 6 * HOUR}
    desk.order("O1", **full)
    desk.give(ReviewOverride, order="O1", outcome="upheld", why="right")
    assert not desk.state.orders["O1"].review_overdue(NOON + 9 * HOUR)
    desk.give(ReviewOverride, order="O1", outcome="ended", why="over")
    assert desk.state.orders["O1"].status == "stopped"
    with pytest.raises(RefusedError, match="is ended: it cannot be upheld"):
        desk.give(ReviewOverride, order="O1", outcome="upheld", why="again")


def test_an_order_under_a_decision_has_no_override_to_review(allowed: Desk) -> None:
    allowed.order("O1")
    with pytest.raises(RefusedError, match="rests on decision D1"):
        allowed.give(ReviewOverride, order="O1", outcome="upheld", why="right")


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"people": 0}, "moves 0 people"),
        ({"unit": " "}, "' ' is no id of a unit"),
        ({"order": "O\n2"}, "is no id of a movement order"),
        ({"destination": ""}, "'' is no name of a destination"),
        ({"by": ""}, "'' is no name of the office that gives a command"),
        ({"order": "O1"}, "order O1 is on record already"),
    ],
)
def test_what_makes_no_order_is_refused(allowed: Desk, asked: dict[str, Any], words: str) -> None:
    allowed.order("O1")
    with pytest.raises(RefusedError, match=words):
        allowed.order(**{"order": "O2", **asked})
