"""What bound a requirement, in plans where the cause is known."""

from __future__ import annotations

import re
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.generate import FAMILIES, generate
from standto.move.bound import critical_path
from standto.move.check import score
from standto.move.check.index import Index
from standto.move.plan import Plan
from standto.move.problem import TOLERANCE, Problem
from standto.move.solve import Rounds, solve
from standto.move.why import Movement as Walk
from standto.move.why import Reason, account, explain, trace
from tests.move.check.cases import Movement, lot, stop, vehicle
from tests.move.check.driver import drive
from tests.move.tiny import problems, tiny_problem


def reasons(movement: Movement) -> dict[str, Reason]:
    assert movement.judge().ok
    return explain(*movement.read())


def shuttle(movement: Movement, **fleet: Any) -> None:
    """R1 to H in one flight of C#1, R2 after it in the same aircraft."""
    movement.requirement("R1")["destination"] = "H"
    movement.requirement("R1").pop("hard_h")
    movement.fleet("C").update(**fleet)
    one, two = lot("R1", 40, bulk=5), lot("R2", 10)
    movement.vehicles[:] = [
        vehicle(
            "C",
            1,
            "A",
            stop("A", 0, 0, 1, 1, load=[one]),
            stop("H", 2, 2, 3, 3, unload=[one]),
            stop("A", 4, 4, 5, 5, load=[two]),
            stop("H", 6, 6, 7, unload=[two]),
        )
    ]


def test_waits_for_a_slot() -> None:
    """C#2 stands at A for an hour while C#1 loads R1 there; that hour makes R2 late."""
    movement = Movement()
    movement.requirement("R2")["due_h"] = 3
    reason = reasons(movement)["R2"]
    assert (reason.cause, reason.place, reason.fleet) == ("slots", "A", "")
    assert reason.sentence == (
        "Closes 1 h late, ready 3 h before it is due: it waited 1 h for the one air slot at A, "
        "held by C with R1; the way takes 3 h."
    )


def test_waits_for_one_of_several_slots_by_name() -> None:
    movement = Movement()
    movement.place("A").update(name="Aerodrome", slots={"air": 2})
    movement.fleet("C")["count"] = 3
    movement.requirement("R1").update(pax=80, divisible=True)
    movement.requirement("R2")["due_h"] = 3
    load = [lot("R1", 40)]
    movement.vehicles.insert(
        1, vehicle("C", 3, "A", stop("A", 0, 0, 1, 1, load=load), stop("H", 2, 2, 3, unload=load))
    )
    movement.place("H")["slots"]["air"] = 3
    assert reasons(movement)["R2"].sentence == (
        "Closes 1 h late, ready 3 h before it is due: it waited 1 h for one of the 2 air slots at Aerodrome, "
        "held by C with R1; the way takes 3 h."
    )


def test_waits_for_the_vehicle_that_carried_another() -> None:
    movement = Movement()
    shuttle(movement, name="Airlifter")
    movement.requirement("R2")["due_h"] = 3
    reason = reasons(movement)["R2"]
    assert (reason.cause, reason.fleet, reason.place) == ("lift", "C", "")
    assert reason.sentence == (
        "Closes 4 h late, ready 3 h before it is due: it waited 4 h for Airlifter, away with R1; "
        "the way takes 3 h."
    )


def test_a_wait_that_did_no_harm_is_no_part_of_the_lateness() -> None:
    movement = Movement()
    shuttle(movement)
    movement.requirement("R2")["due_h"] = 9
    reason = reasons(movement)["R2"]
    assert reason.cause == "lift"
    assert reason.sentence == "Closes 2 h before it is due, though it waited 4 h for C, away with R1."


def test_ready_late() -> None:
    movement = Movement()
    movement.requirement("R2").update(available_h=30, due_h=20)
    movement.vehicles[1] = vehicle(
        "C",
        2,
        "A",
        stop("A", 0, 30, 31, 31, load=[lot("R2", 10)]),
        stop("H", 32, 32, 33, unload=[lot("R2", 10)]),
    )
    reason = reasons(movement)["R2"]
    assert reason.cause == "readiness"
    assert reason.sentence == "Closes 13 h late: it is ready only 10 h after it is due and the way takes 3 h."


def test_the_way_is_long() -> None:
    reason = reasons(Movement())["R1"]
    assert reason.cause == "way"
    assert (
        reason.sentence == "Missed, closes 3 h late: the way takes 9 h and it is ready 6 h before it is due."
    )


def test_a_link_is_closed() -> None:
    movement = Movement()
    movement.requirement("R2")["due_h"] = 3
    movement.link("air")["closed"] = [[2, 12]]
    movement.stop("C#2", 1)["depart_h"] = 12
    movement.stop("C#2", 2).update(arrive_h=13, start_h=13, end_h=14)
    reason = reasons(movement)["R2"]
    assert reason.cause == "way"
    assert reason.sentence == (
        "Closes 11 h late, ready 3 h before it is due: it waited 10 h for a closed link to open, "
        "and 1 h more for slots; the way takes 3 h."
    )


def test_the_chain_goes_on_through_the_transfer() -> None:
    """The lorry is there in time; what R1 waited for is the slot at A, two rides before."""
    movement = Movement()
    movement.fleet("C")["load_h"] = 6
    movement.vehicles[:2] = [
        vehicle(
            "C",
            1,
            "A",
            stop("A", 0, 6, 12, 12, load=[lot("R1", 40, bulk=5)]),
            stop("H", 13, 13, 14, unload=[lot("R1", 40, bulk=5)]),
        ),
        vehicle(
            "C",
            2,
            "A",
            stop("A", 0, 0, 6, 6, load=[lot("R2", 10)]),
            stop("H", 7, 7, 8, unload=[lot("R2", 10)]),
        ),
    ]
    movement.stop("T#1", 2).update(start_h=16, end_h=17, depart_h=17)
    movement.stop("T#1", 3).update(arrive_h=19, start_h=19, end_h=20)
    movement.requirement("R1").update(due_h=14)
    reason = reasons(movement)["R1"]
    assert (reason.cause, reason.place) == ("slots", "A")
    assert "held by C with R2" in reason.sentence


def test_nothing_to_move() -> None:
    movement = Movement()
    movement.requirement("R2").update(destination="A", available_h=2)
    movement.vehicles.pop(1)
    assert reasons(movement)["R2"].cause == "none"
    movement.requirement("R2")["available_h"] = 10
    late = reasons(movement)["R2"]
    assert late.cause == "readiness"
    assert late.sentence == "Closes 6 h late: nothing has to move, but it is ready only at 10 h."


def left(movement: Movement) -> Reason:
    movement.vehicles.clear()
    return reasons(movement)["R1"]


def test_no_fleet_carries_the_class() -> None:
    movement = Movement()
    movement.requirement("R1")["cargo"] = {"outsize": 5}
    reason = left(movement)
    assert reason.cause == "lift"
    assert reason.sentence == "Not delivered: no fleet that may carry it carries outsize cargo."


def test_no_way_there() -> None:
    movement = Movement()
    movement.link("road")["fleets"] = ["C"]
    reason = left(movement)
    assert reason.cause == "way"
    assert reason.sentence.startswith("Not delivered: there is no way from A to B for bulk cargo")


@pytest.mark.parametrize(
    "change",
    [
        lambda m: m.fleet("T").update(range_km=99),
        lambda m: m.fleet("C").update(serves=["R2"]),
        lambda m: m.place("H")["slots"].update(road=0),
        lambda m: m.place("H")["slots"].pop("air"),
        lambda m: m.fleet("T").update(use_h_per_day=2, use_bank_days=0.5),
        lambda m: m.fleet("T").update(count=0),
    ],
)
def test_no_way_there_for_many_reasons(change: Any) -> None:
    movement = Movement()
    change(movement)
    assert left(movement).cause == "way"


def test_too_large_to_travel_whole() -> None:
    movement = Movement()
    movement.requirement("R1").update(divisible=False, pax=60)
    reason = left(movement)
    assert reason.cause == "lift"
    assert "indivisible, 60 people and 5 t" in reason.sentence


def test_it_could_have_been_carried() -> None:
    reason = left(Movement())
    assert reason.cause == "lift"
    assert (
        reason.sentence
        == "Not delivered: 40 people and 5 t are left, though C and T could carry them from A to B."
    )


def test_available_late() -> None:
    movement = Movement()
    movement.fleet("C")["available_h"] = 7
    shuttle(movement)
    for one in movement.vehicles[0]["stops"]:
        for key in ("arrive_h", "start_h", "end_h"):
            one[key] += 7
        one["depart_h"] = None if one["depart_h"] is None else one["depart_h"] + 7
    movement.requirement("R1")["due_h"] = 3
    reason = reasons(movement)["R1"]
    assert (reason.cause, reason.fleet) == ("lift", "C")
    assert reason.sentence == (
        "Closes 7 h late, ready 3 h before it is due: it waited 7 h for C, available from 7 h on; "
        "the way takes 3 h."
    )


def slow_way(movement: Movement) -> dict[str, float]:
    """R1 goes by C and T and closes at 9 h; by a quicker way it could be there at 4 h."""
    movement.requirement("R1").pop("hard_h")
    return {"R1": 4.0}


def test_a_slower_way_than_the_quickest_is_for_want_of_lift() -> None:
    movement = Movement()
    earliest_h = slow_way(movement)
    assert movement.judge().ok
    assert explain(*movement.read())["R1"].cause == "way"
    reason = explain(*movement.read(), earliest_h)["R1"]
    assert (reason.cause, reason.fleet) == ("lift", "")
    assert reason.sentence == (
        "Closes 3 h late, ready 6 h before it is due: it goes a slower way, 9 h where the quickest takes 4 h."
    )


def test_a_way_that_cannot_be_quicker_stays_the_cause() -> None:
    movement = Movement()
    slow_way(movement)
    assert explain(*movement.read(), {"R1": 9.0})["R1"].cause == "way"
    assert explain(*movement.read(), {"R1": 9.0}) == explain(*movement.read())


def test_a_slower_way_is_told_beside_a_longer_wait() -> None:
    movement = Movement()
    shuttle(movement)
    movement.requirement("R2")["due_h"] = 3
    reason = explain(*movement.read(), {"R2": 2.0})["R2"]
    assert reason.sentence.endswith("it waited 4 h for C, away with R1; the way takes 3 h, 2 h at best.")


def test_waits_for_several_fleets_outweigh_the_slots_together() -> None:
    """R1 waits 3 h for the slot at A, then 2 h for C#1 to leave, and 2 h at H for the lorry."""
    movement = Movement()
    movement.requirement("R1").update(due_h=9)
    movement.requirement("R1").pop("hard_h")
    one, two = lot("R1", 40, bulk=5), lot("R2", 10)
    movement.fleet("C")["load_h"] = 3
    movement.vehicles[:] = [
        vehicle("C", 1, "A", stop("A", 0, 3, 6, 8, load=[one]), stop("H", 9, 9, 10, unload=[one])),
        vehicle("C", 2, "A", stop("A", 0, 0, 3, 3, load=[two]), stop("H", 4, 4, 5, unload=[two])),
        vehicle(
            "T",
            1,
            "B",
            stop("B", 0, 0, 0, 12),
            stop("H", 14, 14, 15, 15, load=[one]),
            stop("B", 17, 17, 18, unload=[one]),
        ),
    ]
    reason = reasons(movement)["R1"]
    assert (reason.cause, reason.fleet) == ("lift", "T")
    assert reason.sentence == (
        "Closes 9 h late, ready 9 h before it is due: it waited 2 h for T, which had to come to H first, "
        "and 5 h more for other lift and slots; the way takes 11 h."
    )


def test_a_free_slot_that_was_not_used_is_no_wait_for_slots() -> None:
    """C#2 could have worked from 1 h on, but stands until 20 h; only its first hour is one without a slot."""
    movement = Movement()
    movement.requirement("R2")["due_h"] = 3
    movement.stop("C#2", 1).update(start_h=20, end_h=21, depart_h=21)
    movement.stop("C#2", 2).update(arrive_h=22, start_h=22, end_h=23)
    reason = reasons(movement)["R2"]
    assert (reason.cause, reason.fleet) == ("lift", "C")
    assert reason.sentence == (
        "Closes 20 h late, ready 3 h before it is due: it waited 19 h for C, standing at A for R2, "
        "and 1 h more for slots; the way takes 3 h."
    )


def test_several_waits_for_one_fleet_name_the_longest() -> None:
    """C#1 carries R1 first and then stands at A for 3 h before it takes R2."""
    movement = Movement()
    shuttle(movement)
    movement.requirement("R2")["due_h"] = 3
    for number, by in ((3, 3), (4, 3)):
        at = movement.stop("C#1", number)
        for key in ("arrive_h", "start_h", "end_h", "depart_h"):
            if at[key] is not None and (number, key) != (3, "arrive_h"):
                at[key] += by
    sentence = reasons(movement)["R2"].sentence
    assert sentence == (
        "Closes 7 h late, ready 3 h before it is due: it waited 7 h for C, 4 h of it for one away with R1; "
        "the way takes 3 h."
    )


@settings(max_examples=40, deadline=None)
@given(problems(), st.integers(0, 2**32))
def test_the_hours_of_driven_plans_add_up(problem: Problem, seed: int) -> None:
    vehicles = drive(problem, Random(seed))
    outcomes, totals = score(problem, vehicles)
    add_up(problem, Plan(problem=problem.sha256, vehicles=vehicles, requirements=outcomes, totals=totals))


@pytest.mark.parametrize("seed", range(24))
def test_the_hours_of_solved_plans_add_up(seed: int) -> None:
    problem = tiny_problem(seed)
    problem = problem.model_copy(
        update={
            "requirements": [one.model_copy(update={"due_h": one.due_h / 4}) for one in problem.requirements]
        }
    )
    add_up(problem, solve(problem, Rounds(3)))


@pytest.mark.parametrize("family", [*FAMILIES, "S"])
def test_the_hours_of_generated_plans_add_up(family: str) -> None:
    problem = generate(family, 3)
    add_up(problem, solve(problem, Rounds(2)))


def add_up(problem: Problem, plan: Plan) -> None:
    """The hours by cause sum to the lateness, and so do the hours that a late sentence names."""
    walk = Walk(Index(problem), plan)
    earliest_h = critical_path(problem)
    told = {known: explain(problem, plan, earliest_h if known else None) for known in (False, True)}
    for requirement in problem.requirements:
        close_h = plan.outcome(requirement.id).close_h
        if close_h is None or requirement.still:
            continue
        chain = trace(walk, requirement)
        for known in (False, True):
            sums = account(chain, requirement, close_h, earliest_h[requirement.id] if known else None)
            hours = [sums.way_h, sums.slower_h, sums.closed_h, sums.slots_h, sums.lift_h]
            assert min(hours) >= -TOLERANCE
            assert sums.late_h == pytest.approx(close_h - requirement.due_h)
            assert sums.ready_h + sum(hours) == pytest.approx(sums.late_h, abs=1e-4)
            shares = {
                "slots": sums.slots_h,
                "lift": sums.lift_h + (sums.slower_h if sums.late_h > TOLERANCE else 0.0),
                "way": max(sums.closed_h, min(sums.late_h, sums.unavoidable_h)),
            }
            cause = told[known][requirement.id].cause
            largest_h = shares["way" if cause == "readiness" else cause]
            assert largest_h >= max(shares.values()) - TOLERANCE
            if sums.late_h > 0.1:
                said_h, slack_h = hours_said(told[known][requirement.id].sentence)
                assert said_h == pytest.approx(sums.late_h, abs=slack_h)


def hours_said(sentence: str) -> tuple[float, float]:
    """The sum of the hours that a late sentence names beside the lateness, and what rounding may take."""
    assert re.search(r"loses [\d.]+ h late", sentence), sentence
    total, slack = 0.0, 0.25
    for pattern, sign in (
        (r"([\d.]+) h before it is due", -1),
        (r"([\d.]+) h after it is due", 1),
        (r"waited ([\d.]+) h for", 1),
        (r"and ([\d.]+) h more for", 1),
        (r"(?:the way takes|a slower way,) ([\d.]+) h", 1),
    ):
        for number in re.findall(pattern, sentence):
            total += sign * float(number)
            slack += 0.5 if float(number) >= 10 else 0.05
    return total, slack


@pytest.mark.parametrize("changed", [False, True])
def test_every_hour_has_one_cause(changed: bool) -> None:
    """From readiness to the close, the hours of all causes add up, however the plan came about."""
    movement = Movement()
    if changed:
        shuttle(movement)
    problem, plan = movement.read()
    walk = Walk(Index(problem), plan)
    for requirement in problem.requirements:
        chain = trace(walk, requirement)
        waits = [*chain.slots.values(), *chain.lift.values()]
        hours = chain.way_h + chain.closed_h + sum(wait.hours for wait in waits)
        close_h = plan.outcome(requirement.id).close_h
        assert close_h is not None
        assert hours == pytest.approx(close_h - requirement.available_h)
