"""By whose authority readiness is raised: a body's decision, its delegation, or a nation's own."""

from __future__ import annotations

from datetime import timedelta

import pytest

from standto.alert.commands import ExtendAlert, StandDownAlert
from standto.alert.force import addressed
from standto.decide.body import Body, Member, Package, Rule
from standto.decide.commands import (
    CloseConsultation,
    DelegateReadiness,
    FoundBody,
    GiveOrder,
    OpenConsultation,
    ProposeDecision,
    SetSilence,
    WithdrawDecision,
)
from standto.decide.events import Seat
from standto.decide.permit import Permit, Proposal
from standto.errors import RefusedError
from tests.alert.scenes import FORCE, OFFICE, Watch

COMMANDER = "Supreme Commander"
MINISTER = "Minister of Defence"
COUNCIL = Body(
    id="COUNCIL",
    name="Council",
    chair="Secretary General",
    rule=Rule(how="consensus"),
    members=(Member(id="ALFA"), Member(id="BRAVO")),
    packages=(Package(id="FORCE", units=("U1", "U2", "U3")),),
)
MINISTRY = Body(
    id="MINISTRY",
    name="Ministry",
    chair=MINISTER,
    rule=Rule(how="single"),
    packages=(Package(id="OWN", units=("U3", "U4")),),
)


@pytest.fixture
def watch() -> Watch:
    watch = Watch()
    watch.do(FoundBody, body=COUNCIL)
    watch.do(FoundBody, body=MINISTRY)
    return watch


def delegate(watch: Watch, people: int | None = None) -> None:
    watch.do(
        DelegateReadiness,
        body="COUNCIL",
        office=COMMANDER,
        packages=("FORCE",),
        people=people,
        by="Secretary General",
    )


def adopt(watch: Watch, decision: str, postures: tuple[str, ...] = (), people: int | None = None) -> None:
    seats = (Seat(member="ALFA"), Seat(member="BRAVO"))
    chair = "Secretary General"
    watch.do(OpenConsultation, decision=decision, body="COUNCIL", subject="readiness", seats=seats, by=chair)
    permit = Permit(act="readiness", units=("FORCE",), postures=postures, people=people)
    proposal = Proposal(text="raise readiness", permits=(permit,))
    watch.do(ProposeDecision, decision=decision, proposal=proposal, by=chair)
    watch.do(SetSilence, decision=decision, until=watch.clock.now + timedelta(hours=1), by=chair)
    watch.later(hours=1)
    watch.do(CloseConsultation, decision=decision, by=chair)


def test_units_that_no_body_decides_for_are_raised_by_their_nation(watch: Watch) -> None:
    watch.raise_(units=("U5", "U6"))
    assert watch.state.orders["A1"].basis == "national"


def test_units_of_a_body_are_not_raised_without_it(watch: Watch) -> None:
    with pytest.raises(RefusedError, match=f"{OFFICE} may not raise U1"):
        watch.raise_(units=("U1", "U5"))


def test_a_delegated_authority_raises_readiness_and_moves_nobody(watch: Watch) -> None:
    with pytest.raises(RefusedError):
        watch.raise_(authority=COMMANDER)
    delegate(watch)
    watch.raise_(authority=COMMANDER)
    order = watch.state.orders["A1"]
    assert (order.basis, order.body, order.authority) == ("delegated", "COUNCIL", COMMANDER)
    with pytest.raises(RefusedError):
        watch.do(
            GiveOrder,
            order="M1",
            unit="U1",
            people=100,
            destination="EHEH",
            from_at=watch.clock.now,
            by=COMMANDER,
        )


def test_the_ceiling_of_a_delegation_holds_over_all_orders_under_it(watch: Watch) -> None:
    delegate(watch, people=500)
    watch.raise_("A1", ("U1", "U2"), authority=COMMANDER)
    with pytest.raises(RefusedError, match="ceiling of 500 people, asked are 600"):
        watch.raise_("A2", ("U3",), authority=COMMANDER)
    watch.do(StandDownAlert, alert="A1", authority=COMMANDER, units=("U1",))
    watch.raise_("A2", ("U3",), authority=COMMANDER)


def test_a_decision_permits_units_postures_and_people(watch: Watch) -> None:
    adopt(watch, "D1", postures=("heightened",), people=500)
    with pytest.raises(RefusedError, match="does not cover the posture immediate"):
        watch.raise_(to="immediate", decision="D1")
    with pytest.raises(RefusedError, match="no body on record decides for U5"):
        watch.raise_(units=("U1", "U5"), decision="D1")
    watch.raise_(decision="D1")
    assert watch.state.orders["A1"].basis == "decision"
    with pytest.raises(RefusedError, match="ceiling of 500 people, asked are 600"):
        watch.do(ExtendAlert, alert="A1", authority=OFFICE, addressees=addressed(FORCE, ["U3"]))
    with pytest.raises(RefusedError, match="there is no decision D9"):
        watch.raise_("A2", ("U3",), decision="D9")


def test_a_withdrawn_decision_supports_no_further_version(watch: Watch) -> None:
    adopt(watch, "D1")
    watch.raise_(decision="D1")
    watch.do(WithdrawDecision, decision="D1", why="diplomacy", by="Secretary General")
    with pytest.raises(RefusedError, match="D1 is withdrawn"):
        watch.raise_(to="immediate")
    watch.stand_down()


def test_a_chair_that_decides_alone_raises_and_ends_what_is_its_own(watch: Watch) -> None:
    watch.raise_(units=("U4",), authority=MINISTER)
    assert watch.state.orders["A1"].basis == "own"
    with pytest.raises(RefusedError, match=f"given by authority of {MINISTER}"):
        watch.stand_down()
    delegate(watch)
    watch.raise_("A2", ("U3",), authority=COMMANDER)
    watch.do(StandDownAlert, alert="A2", authority=MINISTER)
    assert watch.state.orders["A2"].status == "stood down"
