"""Who may raise readiness: alone, by delegation, under a decision; and never movement by delegation."""

from __future__ import annotations

import pytest

from standto.decide import basis_for_readiness
from standto.decide.commands import DelegateReadiness, RevokeDelegation
from standto.decide.permit import Permit
from standto.errors import NotCoveredError, RefusedError
from tests.decide.scene import HOUR, Desk

COMMANDER = "Supreme Commander"


def basis(desk: Desk, by: str, *units: str, posture: str = "heightened", **more: object) -> str:
    found = basis_for_readiness(desk.state, by=by, units=units, posture=posture, now=desk.now, **more)  # type: ignore[arg-type]  # options of one function
    return found.kind


def test_one_office_alone_raises_what_its_body_decides_for(desk: Desk) -> None:
    assert basis(desk, "Minister of ALFA", "A-1", "A-2") == "own"
    assert basis(desk, "Minister of ALFA", "NATIONAL") == "own"
    with pytest.raises(
        RefusedError, match=r"may not raise A-1, B-1 to heightened: .* does not decide for B-1"
    ):
        basis(desk, "Minister of ALFA", "A-1", "B-1")


def test_a_unit_of_nobody_is_nobodys_to_raise(desk: Desk) -> None:
    with pytest.raises(RefusedError, match="Z-9"):
        basis(desk, "Minister of ALFA", "Z-9")


def test_a_delegation_covers_its_package_posture_number_and_time(desk: Desk) -> None:
    with pytest.raises(RefusedError, match="nobody delegated that to Supreme Commander"):
        basis(desk, COMMANDER, "B-1")
    desk.give(
        DelegateReadiness,
        body="COUNCIL",
        office=COMMANDER,
        packages=("FORCE",),
        postures=("heightened",),
        people=500,
        until=desk.now + HOUR,
    )
    assert basis(desk, COMMANDER, "B-1", people=500) == "delegated"
    with pytest.raises(RefusedError, match="ceiling of 500 people, asked are 501"):
        basis(desk, COMMANDER, "B-1", people=501)
    with pytest.raises(RefusedError, match="posture immediate"):
        basis(desk, COMMANDER, "B-1", posture="immediate")
    with pytest.raises(RefusedError, match="does not cover P-1"):
        basis(desk, COMMANDER, "P-1")
    desk.wait(1)
    with pytest.raises(RefusedError, match="ran out at 2022-02-01 13:00Z"):
        basis(desk, COMMANDER, "B-1")


def test_a_delegation_moves_nobody(desk: Desk) -> None:
    desk.give(DelegateReadiness, body="COUNCIL", office=COMMANDER, packages=("FORCE",))
    with pytest.raises(NotCoveredError) as refused:
        desk.order("O1", by=COMMANDER)
    assert refused.value.part == "decision"


def test_a_revoked_delegation_covers_nothing(desk: Desk) -> None:
    desk.give(DelegateReadiness, body="COUNCIL", office=COMMANDER, packages=("FORCE",))
    desk.give(RevokeDelegation, body="COUNCIL", office=COMMANDER)
    with pytest.raises(RefusedError):
        basis(desk, COMMANDER, "B-1")


def test_only_the_chair_delegates_and_only_known_packages(desk: Desk) -> None:
    with pytest.raises(RefusedError, match="its chair is 'Secretary General'"):
        desk.give(DelegateReadiness, body="COUNCIL", office=COMMANDER, packages=("FORCE",), by=COMMANDER)
    with pytest.raises(RefusedError, match="no package 'POOL'"):
        desk.give(DelegateReadiness, body="COUNCIL", office=COMMANDER, packages=("POOL",))


def test_a_decision_permits_readiness_within_its_terms(desk: Desk) -> None:
    permit = Permit(act="readiness", units=("B-1",), postures=("heightened",), people=300)
    desk.adopt("D1", permit)
    assert basis(desk, "anybody", "B-1", people=300) == "decision"
    assert basis(desk, "anybody", "B-1", decision="D1") == "decision"
    with pytest.raises(RefusedError, match="decision D1 does not cover C-1"):
        basis(desk, "anybody", "C-1", decision="D1")
    with pytest.raises(RefusedError, match="ceiling of 300"):
        basis(desk, "anybody", "B-1", decision="D1", people=301)
    with pytest.raises(RefusedError, match="no decision D2"):
        basis(desk, "anybody", "B-1", decision="D2")


def test_a_decision_to_move_raises_no_readiness(desk: Desk) -> None:
    desk.adopt("D1")
    with pytest.raises(RefusedError, match="permits no readiness"):
        basis(desk, "anybody", "B-1", decision="D1")
