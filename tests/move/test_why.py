"""What bound a requirement, in plans where the cause is known."""

from __future__ import annotations

from typing import Any

import pytest

from standto.move.check.index import Index
from standto.move.why import Movement as Walk
from standto.move.why import Reason, explain, trace
from tests.move.check.cases import Movement, lot, stop, vehicle


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
        "Closes 1 h late: 1 h of it waiting for the one air slot at A, held by C with R1."
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
        "Closes 1 h late: 1 h of it waiting for one of the 2 air slots at Aerodrome, held by C with R1."
    )


def test_waits_for_the_vehicle_that_carried_another() -> None:
    movement = Movement()
    shuttle(movement, name="Airlifter")
    movement.requirement("R2")["due_h"] = 3
    reason = reasons(movement)["R2"]
    assert (reason.cause, reason.fleet, reason.place) == ("lift", "C", "")
    assert reason.sentence == ("Closes 4 h late: 4 h of it waiting for Airlifter, which was away with R1.")


def test_a_wait_that_did_no_harm_is_no_part_of_the_lateness() -> None:
    movement = Movement()
    shuttle(movement)
    movement.requirement("R2")["due_h"] = 9
    reason = reasons(movement)["R2"]
    assert reason.cause == "lift"
    assert (
        reason.sentence == "Closes 2 h before it is due, though it waited 4 h for C, which was away with R1."
    )


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
    assert (
        reason.sentence == "Closes 13 h late: it is ready at 30 h and moving, loading and unloading take 3 h."
    )


def test_the_way_is_long() -> None:
    reason = reasons(Movement())["R1"]
    assert reason.cause == "way"
    assert reason.sentence.startswith("Missed, closes 3 h late: moving, loading and unloading take 9 h")


def test_a_link_is_closed() -> None:
    movement = Movement()
    movement.requirement("R2")["due_h"] = 3
    movement.link("air")["closed"] = [[2, 12]]
    movement.stop("C#2", 1)["depart_h"] = 12
    movement.stop("C#2", 2).update(arrive_h=13, start_h=13, end_h=14)
    reason = reasons(movement)["R2"]
    assert reason.cause == "way"
    assert reason.sentence == "Closes 11 h late: 10 h of it waiting for a closed link to open."


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
    assert reason.sentence == "Closes 7 h late: 7 h of it waiting for C, available from 7 h on."


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
