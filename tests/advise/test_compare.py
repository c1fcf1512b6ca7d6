"""Two plans side by side."""

from __future__ import annotations

import pytest

from benchmarks.generate import generate
from standto.advise.compare import compare
from standto.advise.differences import differences
from standto.move.problem import Link, Place
from standto.move.solve import Rounds, solve
from tests.advise.small import aircraft, lot, move, plan_of, shuttle, unit


def test_a_plan_and_itself_differ_in_nothing() -> None:
    problem = move(unit("R1", 0.0), unit("R2", 0.0, pax=10))
    plan = plan_of(problem, shuttle(problem, (0.0, [lot("R1")])))
    found = compare(problem, plan, problem, plan)
    assert found.same
    assert found.sentences == ("Nothing differs.",)
    assert not found.gained
    assert not found.lost


def test_readiness_made_the_difference() -> None:
    late, early = move(unit("R7", 24.0)), move(unit("R7", 10.0))
    plans = [plan_of(p, shuttle(p, (h, [lot("R7")]))) for p, h in ((late, 24.0), (early, 10.0))]
    found = compare(late, plans[0], early, plans[1])
    assert [change.requirement for change in found.gained] == ["R7"]
    assert found.gained[0].sentence == "R7 closes 14 hours earlier: it is ready 14 hours earlier."
    rest = "1 stop of the second plan is possible only with it."
    assert f"R7 is ready 14 hours earlier. {rest}" in found.sentences
    assert found.sentences[0] == "Closure comes 14 hours earlier in the second plan."
    back = compare(early, plans[1], late, plans[0])
    assert back.lost[0].sentence == "R7 closes 14 hours later: it is ready 14 hours later."


def test_another_aircraft_made_the_difference() -> None:
    one = move(unit("R1", 0.0), unit("R2", 0.0))
    two = move(unit("R1", 0.0), unit("R2", 0.0), fleets=[aircraft(2)])
    slow = plan_of(one, shuttle(one, (0.0, [lot("R1")]), (12.0, [lot("R2")])))
    fast = plan_of(two, shuttle(two, (0.0, [lot("R1")])), shuttle(two, (0.0, [lot("R2")]), vehicle="C#2"))
    found = compare(one, slow, two, fast)
    assert found.gained[0].sentence == "R2 closes 12 hours earlier: it no longer waits 12 hours for C."
    rest = "1 stop of the second plan is possible only with it."
    assert any(said.startswith(f"Fleet C: count is 2 instead of 1. {rest}") for said in found.sentences)


def test_slots_made_the_difference() -> None:
    fleets = [aircraft(2)]
    tight = move(unit("R1", 0.0), unit("R2", 0.0), fleets=fleets, slots=1)
    wide = move(unit("R1", 0.0), unit("R2", 0.0), fleets=fleets, slots=2)
    queued = plan_of(
        tight, shuttle(tight, (0.0, [lot("R1")])), shuttle(tight, (1.0, [lot("R2")]), vehicle="C#2")
    )
    abreast = plan_of(
        wide, shuttle(wide, (0.0, [lot("R1")])), shuttle(wide, (0.0, [lot("R2")]), vehicle="C#2")
    )
    found = compare(tight, queued, wide, abreast)
    assert found.gained[0].sentence == ("R2 closes 1 hour earlier: it no longer waits 1 hour for slots at A.")
    slots = [said for said in found.sentences if said.startswith("A has 2 air slots instead of 1.")]
    assert "1 stop of the second plan is possible only with it." in slots[0]


def test_one_more_slot_is_named_as_the_cause_in_a_move_that_queues() -> None:
    tight = generate("one slot", 1)
    more = {"west": {"air": 2}}
    places = [one.model_copy(update={"slots": more.get(one.id, one.slots)}) for one in tight.places]
    wide = tight.model_copy(update={"places": places})
    found = compare(tight, solve(tight, Rounds(60)), wide, solve(wide, Rounds(60)))
    told = next(said for said in found.sentences if said.startswith("west has 2 air slots instead of 1."))
    assert "of the second plan are possible only with it" in told
    assert "pass through west" in told
    assert any(cause.cause == "slots" and cause.at == "west" and cause.hours > 0 for cause in found.causes)
    assert any("less waiting for slots at west" in said for said in found.sentences)


def test_what_no_plan_needs_is_not_named_as_the_cause() -> None:
    less = move(unit("R1", 0.0), unit("R2", 0.0))
    more = move(unit("R1", 0.0), unit("R2", 0.0), fleets=[aircraft(3)])
    slow = plan_of(less, shuttle(less, (0.0, [lot("R1")]), (12.0, [lot("R2")])))
    same = plan_of(more, shuttle(more, (0.0, [lot("R2")]), (12.0, [lot("R1")])))
    found = compare(less, slow, more, same)
    assert "Fleet C: count is 3 instead of 1. Neither plan needs it to be so." in found.sentences
    assert any(
        said.startswith("The second plan could be carried out in the first") for said in found.sentences
    )


def test_a_link_closed_later_on_says_that_the_first_plan_is_no_longer_possible() -> None:
    open_, shut = (
        move(unit("R1", 0.0), links=[Link(origin="A", destination="B", mode="air", km=500.0, closed=closed)])
        for closed in ([], [(0.5, 8.0)])
    )
    plans = [plan_of(p, shuttle(p, (h, [lot("R1")]))) for p, h in ((open_, 0.0), (shut, 7.0))]
    found = compare(open_, plans[0], shut, plans[1])
    assert any("1 stop of the first plan is no longer possible." in said for said in found.sentences)


def test_two_searches_of_one_problem_differ_by_the_search_alone() -> None:
    problem = generate("small-large-small", 3)
    found = compare(problem, solve(problem, Rounds(0)), problem, solve(problem, Rounds(80)))
    told = [said for said in found.sentences if "only the search makes the difference" in said]
    assert told == [
        "Both plans are of the same movement, so only the search makes the difference: "
        "the first plan took 0 rounds with seed 0, the second 80 rounds with seed 0."
    ]


@pytest.mark.parametrize("family", ["small-large-small", "sea or air", "tight use"])
def test_causes_sum_to_the_hours_gained(family: str) -> None:
    problem = generate(family, 3)
    found = compare(problem, solve(problem, Rounds(0)), problem, solve(problem, Rounds(60)))
    gained = sum(change.close_gain_h for change in found.changes if change.close_gain_h is not None)
    assert sum(cause.hours for cause in found.causes) == pytest.approx(gained, abs=1e-3)


def test_delivered_in_one_plan_only() -> None:
    problem = move(unit("R1", 0.0))
    found = compare(
        problem, plan_of(problem), problem, plan_of(problem, shuttle(problem, (0.0, [lot("R1")])))
    )
    assert found.gained[0].close_gain_h is None
    assert found.gained[0].sentence.startswith("R1 is delivered only in the second plan")
    assert not found.lost


def test_other_requirements_are_listed() -> None:
    a, b = move(unit("R1", 0.0), unit("R2", 0.0)), move(unit("R2", 0.0), unit("R3", 0.0))
    found = compare(a, plan_of(a), b, plan_of(b))
    assert [change.requirement for change in found.changes] == ["R2"]
    assert (found.only_a, found.only_b) == (("R1",), ("R3",))
    assert "Only in the first: R1." in found.sentences


def test_another_mode_made_the_difference() -> None:
    places = [
        Place(id="A", slots={"air": None, "road": None}),
        Place(id="B", slots={"air": None, "road": None}),
    ]
    links = [
        Link(origin="A", destination="B", mode="air", km=500.0),
        Link(origin="A", destination="B", mode="road", km=2000.0),
    ]
    fleets = [aircraft(), aircraft(name="T", mode="road")]
    problem = move(unit("R1", 0.0), places=places, links=links, fleets=fleets)
    by_air = plan_of(problem, shuttle(problem, (0.0, [lot("R1")])))
    trucked = shuttle(problem, (0.0, [lot("R1")]), vehicle="T#1")
    first, second = trucked.stops
    later = second.model_copy(update={"arrive_h": 21.0, "start_h": 21.0, "end_h": 22.0})
    by_road = plan_of(problem, trucked.model_copy(update={"stops": [first, later]}))
    found = compare(problem, by_road, problem, by_air)
    assert found.gained[0].sentence == "R1 closes 15 hours earlier: it goes by air instead of road."


def test_what_differs_is_named_field_by_field() -> None:
    a = move(unit("R1", 0.0))
    closed = [Link(origin="A", destination="B", mode="air", km=500.0, closed=[(0.0, 5.0)], basis="drawn")]
    b = move(unit("R1", 0.0, pax=120), links=closed, fleets=[aircraft(), aircraft(name="D")], epoch=None)
    found = {(item.table, item.id, item.field): item.sentence for item in differences(a, b)}
    assert set(found) == {
        ("problem", "", "epoch"),
        ("links", "A->B (air)", "closed"),
        ("fleets", "D", ""),
        ("requirements", "R1", "pax"),
    }
    assert found["requirements", "R1", "pax"] == "R1 has 120 people instead of 100 people."
    assert found["fleets", "D", ""] == "Only the second problem has fleet D."
