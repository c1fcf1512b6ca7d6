"""Re-timed plans: the same stops and loads, never an hour later, and nothing left to bring forward."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standto.move.check import check, score
from standto.move.plan import Plan, Stop, Vehicle
from standto.move.problem import TOLERANCE, Problem
from standto.move.solve import Rounds, retime, solve
from tests.move.check.cases import Movement, lot, stop, vehicle
from tests.move.check.driver import drive
from tests.move.tiny import as_problem, problems

Hours = tuple[float, float, float, float | None]


def hours_of(plan: Plan) -> dict[str, list[Hours]]:
    """Arrival, start, end and departure of every stop."""
    return {
        one.id: [(item.arrive_h, item.start_h, item.end_h, item.depart_h) for item in one.stops]
        for one in plan.vehicles
    }


def doings(plan: Plan) -> list[tuple[str, str, Any, Any]]:
    """All of a plan but its hours."""
    return [(one.id, item.place, item.unload, item.load) for one in plan.vehicles for item in one.stops]


def plan_of(problem: Problem, vehicles: list[Vehicle]) -> Plan:
    """A plan of these vehicles; it must keep every rule."""
    outcomes, totals = score(problem, vehicles)
    plan = Plan(problem=problem.sha256, vehicles=vehicles, requirements=outcomes, totals=totals)
    assert check(problem, plan).violations == ()
    return plan


def later(problem: Problem, hours: float) -> Problem:
    """The same, everybody ready so much later."""
    needs = [
        item.model_copy(update={"available_h": item.available_h + hours}) for item in problem.requirements
    ]
    return problem.model_copy(update={"requirements": needs})


def holds(problem: Problem, plan: Plan) -> Plan:
    """Re-time a plan and look at everything that is promised of it."""
    sooner = retime(problem, plan)
    assert check(problem, sooner).violations == ()
    assert doings(sooner) == doings(plan)
    for name, before in hours_of(plan).items():
        for old, new in zip(before, hours_of(sooner)[name], strict=True):
            assert all((a or 0.0) <= (b or 0.0) for a, b in zip(new, old, strict=True))
    for goal in ("lateness", "closure"):
        assert sooner.totals.score(goal) <= plan.totals.score(goal)
    assert retime(problem, sooner) is sooner
    return sooner


@settings(max_examples=60)
@given(problems(), st.integers(0, 2**32))
def test_whoever_dawdles_is_brought_forward(problem: Problem, seed: int) -> None:
    holds(problem, plan_of(problem, drive(problem, Random(seed))))


@settings(max_examples=40)
@given(problems(), st.sampled_from([1.0, 7.5, 100.0]), st.integers(0, 15))
def test_plans_made_for_later_readiness(problem: Problem, hours: float, rounds: int) -> None:
    made = solve(later(problem, hours), Rounds(rounds))
    holds(problem, plan_of(problem, made.vehicles))


@settings(max_examples=40)
@given(problems(), st.integers(0, 15))
def test_what_the_search_makes_is_left_as_it_is_or_better(problem: Problem, rounds: int) -> None:
    holds(problem, solve(problem, Rounds(rounds)))


def delayed(movement: Movement, hours: float) -> Movement:
    """The plan worked out by hand, everything but the hours of availability so much later."""
    for one in movement.vehicles:
        for item in one["stops"]:
            for name in ("arrive_h", "start_h", "end_h", "depart_h"):
                if item[name] is not None:
                    item[name] += hours
        first = one["stops"][0]
        first["arrive_h"] = 0
        if not first["load"]:
            first["start_h"] = first["end_h"] = 0
    return movement


def retimed(movement: Movement) -> dict[str, list[Hours]]:
    problem, plan = movement.read()
    assert check(problem, plan).violations == ()
    return hours_of(holds(problem, plan))


SOONEST: dict[str, list[Hours]] = {
    "C#1": [(0, 0, 1, 1), (2, 2, 3, None)],
    "C#2": [(0, 1, 2, 2), (3, 3, 4, None)],
    "T#1": [(0, 0, 0, 0), (2, 5, 6, 6), (8, 8, 9, None)],
}
"""The slot at A goes to C#1, then to C#2; the lorry waits at H until R1 may be loaded again."""


@pytest.mark.parametrize("hours", [0.0, 0.25, 100.0])
def test_vehicles_slots_and_transfers_by_hand(hours: float) -> None:
    assert retimed(delayed(Movement(), hours)) == SOONEST


def test_nothing_leaves_in_a_closed_window_and_everything_at_its_end() -> None:
    movement = delayed(Movement(), 100.0)
    movement.link("air")["closed"] = [[0.5, 4], [4, 6.5]]
    hours = retimed(movement)
    assert hours["C#1"] == [(0, 0, 1, 6.5), (7.5, 7.5, 8.5, None)]
    assert hours["C#2"] == [(0, 1, 2, 6.5), (7.5, 7.5, 8.5, None)]
    assert hours["T#1"][1] == (2, 10.5, 11.5, 11.5)


def test_who_is_ready_takes_a_slot_before_who_is_not() -> None:
    movement = delayed(Movement(), 50.0)
    movement.requirement("R1")["available_h"] = 50
    hours = retimed(movement)
    assert hours["C#1"][0] == (0, 50, 51, 51)
    assert hours["C#2"] == [(0, 0, 1, 1), (2, 2, 3, None)]


def test_a_gap_too_short_for_the_work_stays_empty() -> None:
    movement = delayed(Movement(), 50.0)
    movement.requirement("R1")["available_h"] = 20
    movement.requirement("R2")["available_h"] = 19.5
    assert retimed(movement)["C#2"][0] == (0, 21, 22, 22)


def test_loads_take_what_came_first() -> None:
    """Each aircraft brings half of R1; the lorry's first tour need not wait for the second half."""
    half = lot("R1", 20, bulk=2.5)
    movement = Movement()
    movement.problem["requirements"].pop()
    movement.vehicles[:] = [
        vehicle("C", 1, "A", stop("A", 0, 0, 1, 1, load=[half]), stop("H", 2, 2, 3, unload=[half])),
        vehicle("C", 2, "A", stop("A", 0, 30, 31, 31, load=[half]), stop("H", 32, 32, 33, unload=[half])),
        vehicle(
            "T",
            1,
            "B",
            stop("B", 0, 0, 0, 1),
            stop("H", 3, 40, 41, 41, load=[half]),
            stop("B", 43, 43, 44, 44, unload=[half]),
            stop("H", 46, 46, 47, 47, load=[half]),
            stop("B", 49, 49, 50, unload=[half]),
        ),
    ]
    hours = retimed(movement)
    assert hours["C#2"] == SOONEST["C#2"]
    assert hours["T#1"][1:3] == [SOONEST["T#1"][1], (8, 8, 9, 9)]
    assert hours["T#1"][3:] == [(11, 11, 12, 12), (14, 14, 15, None)]


def test_a_link_that_was_closed_then_is_taken_when_it_is_quicker() -> None:
    movement = delayed(Movement(), 100.0)
    movement.problem["links"].append(
        {"from": "A", "to": "H", "mode": "air", "km": 400, "closed": [[60, 200]]}
    )
    assert retimed(movement)["C#1"] == [(0, 0, 1, 1), (1.5, 1.5, 2.5, None)]


def shuttles(**fleet: Any) -> Problem:
    """A hundred people and one aircraft of ten seats, 3 h away, by a way that is closed now and then."""
    usual = {
        "id": "F", "mode": "air", "count": 1, "base": "A", "seats": 10, "tonnes": 0, "classes": [],
        "kmh": 100, "load_h": 1, "unload_h": 1, "service_h": 1,
    }  # fmt: skip
    need = {"id": "R", "pax": 100, "cargo": {}, "origin": "A", "destination": "B"}
    return as_problem(
        {
            "places": [{"id": name, "slots": {"air": 1}} for name in "AB"],
            "links": [{"from": "A", "to": "B", "mode": "air", "km": 300, "closed": [[20, 31], [70, 75]]}],
            "fleets": [usual | fleet],
            "requirements": [need | {"available_h": 0, "due_h": 8}],
        }
    )


@pytest.mark.parametrize("use", [None, 6, 12, 24])
@pytest.mark.parametrize("bank", [None, 1, 2.5])
@pytest.mark.parametrize("wait_h", [3.0, 400.0])
def test_hours_of_use_allow_what_they_allow_the_planner(
    use: float | None, bank: float | None, wait_h: float
) -> None:
    problem = shuttles(use_h_per_day=use, use_bank_days=bank)
    made = solve(later(problem, wait_h), Rounds(0))
    sooner = holds(problem, plan_of(problem, made.vehicles))
    (new,) = hours_of(sooner).values()
    (planned,) = hours_of(solve(problem, Rounds(0))).values()
    assert new == [pytest.approx(item) for item in planned]


def test_hours_that_the_tolerance_lets_pass_may_stay() -> None:
    """Half the tolerance early at every step: what is so by rounding is not made later."""
    movement = Movement()
    slack = TOLERANCE / 2
    for one in movement.vehicles:
        for number, item in enumerate(one["stops"]):
            for name in ("arrive_h", "start_h", "end_h", "depart_h"):
                if item[name] is not None and number:
                    item[name] -= slack
    problem, plan = movement.read()
    assert check(problem, plan).violations == ()
    holds(problem, plan)


def test_plans_of_nothing() -> None:
    problem, _ = Movement().read()
    nothing = plan_of(problem, [])
    assert retime(problem, nothing) is nothing
    idle = Stop(place="B", arrive_h=0, start_h=0, end_h=0, depart_h=None, unload=[], load=[])
    standing = plan_of(problem, [Vehicle(id="T#1", fleet="T", base="B", stops=[idle])])
    assert retime(problem, standing) is standing
