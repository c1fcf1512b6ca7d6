"""Use of slots and fleets over time, the stretch that a close hung on, what cures whom, what ate the gain."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from standto.advise.cures import hours_cured
from standto.advise.use import use_of
from standto.move.check.index import Index
from standto.move.plan import Plan, Stop, Vehicle
from standto.move.problem import Problem
from standto.move.why import Movement, course
from tests.brief.sample import make_sample
from tests.brief.sample_value import LATER_H, full_input

TWO_TRIPS = (
    ("V1", ((0.0, 0.0, 2.0, 2.0, "A"), (4.0, 4.0, 6.0, None, "B"))),
    ("V2", ((0.0, 1.0, 3.0, 3.0, "A"), (5.0, 6.0, 8.0, None, "B"))),
)


def two_trips() -> tuple[Problem, Plan]:
    """Two vehicles from A (two slots) to B (one slot), each 2 h of work, 2 h of moving, 2 h of work."""
    lot = {"requirement": "R", "pax": 10, "cargo": {}}
    fleet = {"id": "F", "mode": "air", "count": 2, "base": "A", "seats": 10, "tonnes": 0, "classes": []}
    wanted = {"id": "R", "pax": 20, "cargo": {}, "origin": "A", "destination": "B"}
    problem = Problem.model_validate(
        {
            "places": [{"id": "A", "slots": {"air": 2}}, {"id": "B", "slots": {"air": 1}}],
            "links": [{"from": "A", "to": "B", "mode": "air", "km": 200}],
            "fleets": [{**fleet, "kmh": 100, "load_h": 2, "unload_h": 2, "service_h": 0.5}],
            "requirements": [{**wanted, "available_h": 0, "due_h": 10}],
        }
    )
    vehicles = []
    for name, hours in TWO_TRIPS:
        stops = [
            Stop.model_validate(
                {
                    "place": place,
                    "arrive_h": arrive,
                    "start_h": start,
                    "end_h": end,
                    "depart_h": depart,
                    "unload": [lot] if place == "B" else [],
                    "load": [lot] if place == "A" else [],
                }
            )
            for arrive, start, end, depart, place in hours
        ]
        vehicles.append(Vehicle(id=name, fleet="F", base="A", stops=stops))
    given = full_input(6).plan
    return problem, given.model_copy(update={"vehicles": vehicles})


def test_use_counts_work_and_moving_but_no_waiting() -> None:
    slots_a, slots_b, fleet = use_of(*two_trips())
    assert (slots_a.id, slots_a.mode, slots_a.number) == ("A", "air", 2)
    assert slots_a.steps == ((0.0, 1), (1.0, 2), (2.0, 1), (3.0, 0))
    assert (slots_a.busy_h, slots_a.full_h, slots_a.peak) == (4.0, 1.0, 2)
    assert (slots_b.busy_h, slots_b.full_h, slots_b.peak) == (4.0, 4.0, 1)
    assert slots_b.share(8.0) == pytest.approx(0.5)
    assert fleet.busy_h == pytest.approx(12.0)
    assert fleet.full_h == pytest.approx(4.0)


def test_no_plan_uses_more_than_there_is() -> None:
    for use in use_of(*make_sample(24)):
        assert use.steps[-1][1] == 0
        assert use.number is None or use.peak <= use.number
        assert use.full_h <= use.steps[-1][0] - use.steps[0][0]


def test_the_course_runs_from_ready_to_close_without_a_gap() -> None:
    problem, plan = make_sample(24)
    movement = Movement(Index(problem), plan)
    closes = {one.id: one.close_h for one in plan.requirements}
    for one in problem.requirements:
        pieces = course(movement, one)
        assert pieces[0].start_h == pytest.approx(one.available_h, abs=1e-3)
        assert pieces[-1].end_h == pytest.approx(closes[one.id])
        assert pieces[-1].to == one.destination
        for before, after in itertools.pairwise(pieces):
            assert after.start_h == pytest.approx(before.end_h, abs=1e-3)


def test_a_cure_is_told_by_requirement_where_it_closes_sooner() -> None:
    (cure,) = full_input(12).cures
    cured = hours_cured([cure])
    assert len(cured) == 12
    assert all(hours == pytest.approx(LATER_H) for _, hours in cured.values())
    assert hours_cured([replace(cure, plan=cure.before, before=cure.plan)]) == {}


def test_what_became_of_the_readiness_gained_adds_up() -> None:
    value = full_input(12).value
    assert value is not None
    assert set(value.shares) == {"survived", "slots"}
    assert sum(value.shares.values()) == pytest.approx(1.0)
    assert value.shares["survived"] == value.survived
