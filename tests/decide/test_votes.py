"""Votes: shares of members and of people, quorum, consensus in the room, one office alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from standto.decide.body import Body, Member, Rule
from standto.decide.commands import (
    CastVote,
    CloseConsultation,
    FoundBody,
    OpenConsultation,
    ProposeDecision,
    RepresentMember,
)
from standto.decide.events import Seat
from standto.decide.permit import Permit, Proposal
from standto.errors import RefusedError
from tests.decide.scene import MOVE, UNION, Desk

POOL = Permit(act="movement", units=("POOL",))


def close(desk: Desk, **votes: str) -> str:
    for member, vote in votes.items():
        desk.give(CastVote, decision="D1", member=member, vote=vote, by=member)
    desk.give(CloseConsultation, decision="D1")
    return desk.state.consultations["D1"].status


def test_a_majority_of_members_and_of_people_carries(desk: Desk) -> None:
    desk.propose("D1", POOL, body="UNION")
    assert close(desk, BRAVO="yes", CHARLIE="yes", ALFA="no") == "adopted"
    adopted = desk.state.consultations["D1"].adopted
    assert adopted is not None
    assert adopted.count == "2 yes, 1 no, 0 abstained: 66.7% of members, 90.0% of people"


@pytest.mark.parametrize(
    "votes",
    [
        {"ALFA": "yes", "BRAVO": "yes", "CHARLIE": "no"},
        {"ALFA": "yes", "BRAVO": "yes"},
        {"CHARLIE": "yes", "ALFA": "abstain", "BRAVO": "no"},
    ],
)
def test_members_without_people_or_people_without_members_do_not(desk: Desk, votes: dict[str, str]) -> None:
    desk.propose("D1", POOL, body="UNION")
    assert close(desk, **votes) == "rejected"


def test_too_few_against_cannot_block_by_people(desk: Desk) -> None:
    rule = replace(UNION.rule, blocking_members=2)
    desk.give(FoundBody, body=replace(UNION, id="OTHER", rule=rule))
    desk.propose("D1", POOL, body="OTHER")
    assert close(desk, ALFA="yes", BRAVO="yes", CHARLIE="no") == "adopted"


@pytest.mark.parametrize(("yes", "status"), [(14, "rejected"), (15, "adopted")])
def test_fifty_five_hundredths_of_twenty_seven_are_fifteen(desk: Desk, yes: int, status: str) -> None:
    members = tuple(Member(id=f"M{number}", people=1) for number in range(27))
    rule = Rule(how="majority", members_share=0.55, people_share=0.5)
    desk.give(FoundBody, body=Body(id="EU", name="Union of 27", rule=rule, members=members))
    seats = tuple(Seat(member=member.id) for member in members)
    desk.give(OpenConsultation, decision="D1", body="EU", subject="it", seats=seats)
    desk.give(ProposeDecision, decision="D1", proposal=Proposal(text="it"))
    assert close(desk, **{f"M{number}": "yes" for number in range(yes)}) == status


@pytest.mark.parametrize(("yes", "status"), [(1, "rejected"), (2, "adopted")])
def test_exactly_one_half_is_no_majority(desk: Desk, yes: int, status: str) -> None:
    members = (Member(id="M0"), Member(id="M1"))
    desk.give(FoundBody, body=Body(id="PAIR", name="Pair", rule=Rule(how="majority"), members=members))
    desk.give(
        OpenConsultation, decision="D1", body="PAIR", subject="", seats=(Seat(member="M0"), Seat(member="M1"))
    )
    desk.give(ProposeDecision, decision="D1", proposal=Proposal(text="it"))
    assert close(desk, **{f"M{number}": "yes" for number in range(yes)}) == status


def test_without_a_quorum_nothing_is_counted(desk: Desk) -> None:
    desk.give(OpenConsultation, decision="D1", body="UNION", subject="it", seats=(Seat(member="CHARLIE"),))
    desk.give(ProposeDecision, decision="D1", proposal=Proposal(text="it"))
    desk.give(CastVote, decision="D1", member="CHARLIE", vote="yes")
    with pytest.raises(RefusedError, match=r"1 of 3 members are represented, 60% are needed"):
        desk.give(CloseConsultation, decision="D1")
    desk.give(RepresentMember, decision="D1", seat=Seat(member="BRAVO"))
    assert close(desk, BRAVO="yes") == "adopted"


def test_consensus_in_the_room_needs_every_vote_and_no_no(desk: Desk) -> None:
    desk.propose("D1")
    with pytest.raises(RefusedError, match="ALFA, BRAVO, CHARLIE did not vote"):
        desk.give(CloseConsultation, decision="D1")
    assert close(desk, ALFA="yes", BRAVO="abstain", CHARLIE="yes") == "adopted"


def test_one_no_breaks_consensus(desk: Desk) -> None:
    desk.propose("D1")
    assert close(desk, ALFA="yes", BRAVO="no", CHARLIE="yes") == "rejected"


def test_nobody_votes_twice_on_one_text(desk: Desk) -> None:
    desk.propose("D1")
    desk.give(CastVote, decision="D1", member="ALFA", vote="no")
    with pytest.raises(RefusedError, match="ALFA has voted no on this text already"):
        desk.give(CastVote, decision="D1", member="ALFA", vote="yes")
    desk.give(ProposeDecision, decision="D1", proposal=Proposal(text="another"))
    desk.give(CastVote, decision="D1", member="ALFA", vote="yes")


def test_only_the_office_that_represents_a_member_votes_for_it(desk: Desk) -> None:
    desk.propose("D1")
    desk.give(RepresentMember, decision="D1", seat=Seat(member="ALFA", office="Delegation of ALFA"))
    with pytest.raises(RefusedError, match="does not represent ALFA"):
        desk.give(CastVote, decision="D1", member="ALFA", vote="yes", by="Delegation of BRAVO")
    desk.give(CastVote, decision="D1", member="ALFA", vote="yes", by="Delegation of ALFA")


def test_one_office_decides_alone(desk: Desk) -> None:
    desk.propose("D1", Permit(act="movement", units=("A-2",)), body="MINISTRY")
    with pytest.raises(RefusedError, match="its chair is 'Minister of ALFA'"):
        desk.give(CloseConsultation, decision="D1")
    desk.give(CloseConsultation, decision="D1", by="Minister of ALFA")
    desk.order("O1", unit="A-2", by="Minister of ALFA")


def test_a_body_that_only_consults_decides_nothing(desk: Desk) -> None:
    desk.give(FoundBody, body=Body(id="CALL", name="Call of leaders", rule=Rule(how="none")))
    desk.give(OpenConsultation, decision="D1", body="CALL", subject="it")
    with pytest.raises(RefusedError, match="decides nothing"):
        desk.give(ProposeDecision, decision="D1", proposal=Proposal(text="it", permits=(MOVE,)))
    desk.give(CloseConsultation, decision="D1", outcome="they spoke of unanimity")
    assert desk.state.consultations["D1"].status == "closed"


def test_a_text_published_as_adopted_says_so(desk: Desk) -> None:
    desk.propose("D1")
    desk.give(CloseConsultation, decision="D1", published="https://example.org/release")
    adopted = desk.state.consultations["D1"].adopted
    assert adopted is not None
    assert (adopted.how, adopted.source) == ("published", "https://example.org/release")
