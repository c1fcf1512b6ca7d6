"""The judge on plans of every kind: made at random, changed at random, too large for its own good."""

from __future__ import annotations

import json
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standto.move.check import check, score
from standto.move.plan import Plan, Stop, Vehicle, parse_plan
from standto.move.problem import LARGEST, Problem
from standto.move.why import explain
from tests.move.check.cases import Movement
from tests.move.check.driver import drive
from tests.move.tiny import problems, tiny_problem

_NAMES = ["A", "P1", "P2", "R1", "R2", "F1", "F2", "air", "bulk", "", "F1#1", "F2#2", "#", "é" * 70]
_HOURS = st.one_of(st.floats(-LARGEST, LARGEST), st.sampled_from([0.0, 1.0, 5e-324, -1.0]))
_ID = st.sampled_from([name for name in _NAMES if name])


@st.composite
def any_vehicles(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Vehicles that fit the format and nothing else."""
    lots = st.lists(
        st.fixed_dictionaries(
            {
                "requirement": _ID,
                "pax": st.integers(0, 10**9),
                "cargo": st.dictionaries(_ID, st.floats(0, LARGEST), max_size=2),
            }
        ),
        max_size=2,
    )
    stops = st.fixed_dictionaries(
        {
            "place": _ID,
            "arrive_h": _HOURS,
            "start_h": _HOURS,
            "end_h": _HOURS,
            "depart_h": st.one_of(st.none(), _HOURS),
            "unload": lots,
            "load": lots,
        }
    )
    vehicles = st.fixed_dictionaries(
        {"id": _ID, "fleet": _ID, "base": _ID, "stops": st.lists(stops, max_size=4)}
    )
    return draw(st.lists(vehicles, max_size=3))


def whole_plan(problem: Problem, vehicles: list[Vehicle]) -> Plan:
    outcomes, totals = score(problem, vehicles)
    return Plan(problem=problem.sha256, vehicles=vehicles, requirements=outcomes, totals=totals)


@given(problems(), any_vehicles())
def test_nothing_of_the_format_makes_it_raise(problem: Problem, raw: list[dict[str, Any]]) -> None:
    vehicles = [Vehicle.model_validate_json(json.dumps(one)) for one in raw]
    plan = whole_plan(problem, vehicles)
    verdict = check(problem, plan)
    assert verdict.totals == plan.totals
    assert set(explain(problem, plan)) == {item.id for item in problem.requirements}
    assert parse_plan(plan.to_bytes()) == plan


@given(problems(), st.integers(0, 2**32))
def test_what_is_driven_by_the_rules_passes(problem: Problem, seed: int) -> None:
    plan = whole_plan(problem, drive(problem, Random(seed)))
    assert check(problem, plan).violations == ()
    assert all(reason.sentence for reason in explain(problem, plan).values())


@given(problems(), st.integers(0, 2**32), st.data())
def test_an_hour_shifted_past_the_tolerance_fails(problem: Problem, seed: int, data: st.DataObject) -> None:
    vehicles = drive(problem, Random(seed))
    plan = whole_plan(problem, vehicles)
    hours = [
        (one, number, name)
        for one, vehicle in enumerate(vehicles)
        for number, stop in enumerate(vehicle.stops)
        for name in ("arrive_h", "end_h")
        if getattr(stop, name) is not None
    ]
    if not hours:
        return
    one, number, name = data.draw(st.sampled_from(hours))
    by = data.draw(st.sampled_from([-1.0, -1e-5, 1e-5, 1.0]))
    stops = list(vehicles[one].stops)
    stops[number] = stops[number].model_copy(update={name: getattr(stops[number], name) + by})
    changed = list(vehicles)
    changed[one] = changed[one].model_copy(update={"stops": stops})
    assert not check(problem, plan.model_copy(update={"vehicles": changed})).ok


@given(problems(), st.integers(0, 2**32), st.data())
def test_one_more_person_fails(problem: Problem, seed: int, data: st.DataObject) -> None:
    vehicles = drive(problem, Random(seed))
    plan = whole_plan(problem, vehicles)
    lots = [
        (one, number, side, which)
        for one, vehicle in enumerate(vehicles)
        for number, stop in enumerate(vehicle.stops)
        for side in ("load", "unload")
        for which in range(len(getattr(stop, side)))
    ]
    if not lots:
        return
    one, number, side, which = data.draw(st.sampled_from(lots))
    stop: Stop = vehicles[one].stops[number]
    changed_lots = list(getattr(stop, side))
    changed_lots[which] = changed_lots[which].model_copy(update={"pax": changed_lots[which].pax + 1})
    stops = list(vehicles[one].stops)
    stops[number] = stop.model_copy(update={side: changed_lots})
    changed = list(vehicles)
    changed[one] = changed[one].model_copy(update={"stops": stops})
    assert not check(problem, plan.model_copy(update={"vehicles": changed})).ok


def _bound_of_what_is_left(movement: Movement) -> bool:
    movement.claims["bound"] = {"closure_h": 5.0, "weighted_lateness": 0.0}
    return movement.judge().ok


@pytest.mark.parametrize(("classes", "judged"), [(["bulk"], False), (["oversize"], True)])
def test_a_bound_is_judged_where_the_rest_is_out_of_reach(classes: list[str], judged: bool) -> None:
    """R1 is left behind; only if nothing can carry its cargo is the bound one of R2 alone, closed at 4 h."""
    movement = Movement()
    movement.vehicles[:] = [movement.vehicle("C#2")]
    for fleet in ("C", "T"):
        movement.fleet(fleet)["classes"] = classes
    assert _bound_of_what_is_left(movement) is not judged


def test_the_driver_does_move_people() -> None:
    """Otherwise the properties above would hold for want of any plan."""
    unloaded = 0
    for seed in range(60):
        vehicles = drive(tiny_problem(seed), Random(seed))
        unloaded += any(stop.unload for vehicle in vehicles for stop in vehicle.stops)
    assert unloaded >= 20
