"""States of units: they only go forward, and say what the plan and the readiness say."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standto.advise.use import use_of
from standto.brief.flow import flow_of
from standto.brief.map.fullness import Fullness, fullness, level
from standto.brief.states import IN_PLACE, NEVER, STATES, UNDER_WAY, Journey, counts, journeys
from standto.move.problem import Problem
from tests.brief.sample import make_sample

HOURS = st.floats(-1000, 1000)


def made(number: int = 24) -> tuple[Problem, tuple[Journey, ...], dict[str, float | None]]:
    problem, plan = make_sample(number)
    outcomes = {one.id: one for one in plan.requirements}
    found = journeys(problem.requirements, outcomes, flow_of(problem, plan).rides)
    return problem, found, {one.id: one.close_h for one in plan.requirements}


def test_a_unit_goes_from_home_to_in_place() -> None:
    problem, found, closes = made()
    for one, requirement in zip(found, problem.requirements, strict=True):
        close = closes[one.requirement]
        assert close is not None
        assert all(a <= b for a, b in pairwise(one.enters))
        assert STATES[one.state(-2000.0)] == "at home"
        assert one.state(close) == IN_PLACE
        assert one.state(close - 0.01) == UNDER_WAY
        assert one.enters[2] == requirement.available_h
        alerted = bool(requirement.readiness and requirement.readiness["changes"])
        assert (one.enters[0] < 0) == alerted
        assert one.left_h <= one.there_h or one.there_h < one.left_h


@given(HOURS, HOURS)
def test_time_takes_no_unit_back(a: float, b: float) -> None:
    _, found, _ = made(8)
    first, then = min(a, b), max(a, b)
    assert all(one.state(first) <= one.state(then) for one in found)
    assert sum(counts(found, a)) == len(found)


def test_what_is_never_delivered_never_arrives() -> None:
    problem, plan = make_sample(4)
    lost = plan.requirements[0].model_copy(update={"close_h": None})
    found = journeys(problem.requirements, {lost.id: lost}, ())
    assert found[0].enters[3:] == (NEVER, NEVER)
    assert STATES[found[0].state(1e6)] == "ready"


def test_slots_are_as_full_as_the_work_at_them() -> None:
    problem, plan = make_sample(24)
    full = fullness(problem, use_of(problem, plan))
    stops = [stop for one in plan.vehicles for stop in one.stops if stop.place == "APEX"]
    worked = sum(stop.end_h - stop.start_h for stop in stops)
    apex = next(place for place in problem.places if place.id == "APEX")
    slots = apex.slots["air"]
    assert slots is not None
    assert sum(full["APEX"].shares) * slots == pytest.approx(worked)
    assert full["APEX"].mode == "air"
    assert 0 < full["APEX"].fullest_day <= 1
    assert "NOWHERE" not in full


def test_levels_go_from_idle_to_all() -> None:
    assert [level(share) for share in (0.0, 0.1, 0.3, 0.6, 0.8, 1.0)] == [0, 1, 2, 3, 4, 5]
    assert Fullness((0.0, 1.0, 0.3)).digits == "052"
    assert Fullness((0.5,)).at(-1) == Fullness((0.5,)).at(1.0) == 0.0
