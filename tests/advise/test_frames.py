"""The frames of a notebook add up to the plan's own totals."""

from __future__ import annotations

import pytest

from standto.advise.frames import (
    in_place_frame,
    legs_frame,
    readiness_frame,
    requirements_frame,
    stops_frame,
)
from standto.move.plan import Plan
from standto.move.problem import Problem
from tests.advise.small import aircraft, lot, move, plan_of, shuttle, unit


@pytest.fixture
def planned() -> tuple[Problem, Plan]:
    problem = move(
        unit("R1", 2.0, pax=150, due_h=10.0, cargo={"bulk": 10.0}, nation="USA"),
        unit("R2", 3.0, pax=40, nation="POL"),
        unit("R3", 0.0, pax=7, nation="POL"),
        fleets=[aircraft(2, cost_per_km=2.0)],
    )
    first = shuttle(problem, (2.0, [lot("R1", 100)]), (14.0, [lot("R1", 50, bulk=10.0)]))
    return problem, plan_of(problem, first, shuttle(problem, (4.0, [lot("R2", 40)]), vehicle="C#2"))


def test_requirements(planned: tuple[Problem, Plan]) -> None:
    frame = requirements_frame(*planned)
    assert frame["close_h"].to_list() == [21.0, 11.0, None]
    assert frame["late_h"].sum() == planned[1].totals.weighted_lateness
    assert frame["people_undelivered"].to_list() == [0, 0, 7]
    assert frame["close_h"].max() == planned[1].totals.closure_h


def test_stops(planned: tuple[Problem, Plan]) -> None:
    frame = stops_frame(*planned)
    assert frame.height == 6
    assert frame["people_on"].sum() == frame["people_off"].sum() == 190
    assert frame["tonnes_on"].sum() == 10.0
    assert frame["people_aboard"].to_list() == [100, 0, 50, 0, 40, 0]
    assert frame["depart_h"].null_count() == 2


def test_legs(planned: tuple[Problem, Plan]) -> None:
    frame = legs_frame(*planned)
    totals = planned[1].totals
    assert frame.height == totals.sorties == 4
    assert frame["moving_h"].sum() == pytest.approx(totals.moving_h)
    assert frame["cost"].sum() == pytest.approx(totals.cost)
    assert frame["people"].to_list() == [100, 0, 50, 40]


def test_in_place(planned: tuple[Problem, Plan]) -> None:
    frame = in_place_frame(*planned)
    assert frame["people"].to_list() == [100, 140, 190]
    by_nation = in_place_frame(*planned, by=lambda requirement: requirement.nation)
    assert by_nation.rows()[-1] == ("POL", 11.0, 40, 0.0)


def test_readiness(planned: tuple[Problem, Plan]) -> None:
    frame = readiness_frame(*planned)
    assert frame["wait_h"].to_list() == [0.0, 1.0, None]
    assert frame["way_h"].to_list() == [19.0, 7.0, None]


def test_nothing_to_move_gives_empty_frames() -> None:
    problem = move(fleets=[])
    plan = plan_of(problem)
    frames = [requirements_frame, stops_frame, legs_frame, in_place_frame, readiness_frame]
    assert [frame(problem, plan).height for frame in frames] == [0] * 5
