"""Orders forecast: reports, losses and completion held against a plan; what is not planned is named."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from standto.advise.forecast import forecast_orders
from standto.errors import UsageError
from standto.move.plan import Plan
from standto.move.problem import Problem
from standto.move.solve import Rounds, solve
from tests.decide import scene
from tests.move.tiny import as_problem

HOUR = scene.HOUR


def small(epoch: str | None = "2022-02-01T12:00:00+00:00") -> tuple[Problem, Plan]:
    """Unit A-1 flies from `home` to `port`, 10 people in each of three flights of two hours."""
    problem = as_problem(
        {
            "name": "small",
            "epoch": epoch,
            "places": [{"id": "home", "slots": {"air": 1}}, {"id": "port", "slots": {"air": 1}}],
            "links": [{"from": "home", "to": "port", "mode": "air", "km": 200}],
            "fleets": [
                {
                    "id": "C",
                    "mode": "air",
                    "count": 1,
                    "base": "home",
                    "seats": 10,
                    "tonnes": 0,
                    "classes": [],
                    "kmh": 100,
                    "load_h": 1,
                    "unload_h": 1,
                    "service_h": 0,
                }
            ],
            "requirements": [
                {
                    "id": "R1",
                    "unit": "A-1",
                    "pax": 30,
                    "cargo": {},
                    "origin": "home",
                    "destination": "port",
                    "available_h": 1,
                    "due_h": 30,
                }
            ],
        }
    )
    return problem, solve(problem, Rounds(0))


@pytest.fixture
def ordered(desk: scene.Desk) -> scene.Desk:
    desk.adopt("D1")
    desk.order("O1", people=30, origin="home")
    return desk


@pytest.fixture
def desk() -> scene.Desk:
    return scene.desk()


def closure(desk: scene.Desk, now: datetime) -> float:
    problem, plan = small()
    told = forecast_orders(problem, plan, desk.state, now)
    assert told.closure is not None
    assert told.planned_closure is not None
    return (told.closure - told.planned_closure) / HOUR


def test_nothing_due_and_nothing_reported_closes_as_planned(ordered: scene.Desk) -> None:
    assert closure(ordered, scene.NOON + HOUR) == 0


def test_a_loss_before_the_first_flight_makes_all_of_it_later(ordered: scene.Desk) -> None:
    ordered.report("O1", "delayed", hours=6.0, why="weather")
    problem, plan = small()
    told = forecast_orders(problem, plan, ordered.state, ordered.now)
    assert [item.later_h for item in told.closings] == [pytest.approx(6)]
    assert told.losses == ("order O1 lost 6 h: weather",)
    assert told.broken == told.unmatched == told.not_planned == ()


def test_a_flight_reported_late_makes_those_after_it_late(ordered: scene.Desk) -> None:
    ordered.now = scene.NOON + 7 * HOUR
    ordered.report("O1", "departed", people=10)
    assert closure(ordered, ordered.now) == pytest.approx(5)


def test_what_was_due_and_not_reported_has_not_happened(ordered: scene.Desk) -> None:
    on_time = closure(ordered, scene.NOON + 2 * HOUR)
    late = closure(ordered, scene.NOON + 12 * HOUR)
    assert on_time == 0
    assert late == pytest.approx(10)


def test_reports_on_time_keep_the_plan(ordered: scene.Desk) -> None:
    ordered.now = scene.NOON + 2 * HOUR
    ordered.report("O1", "departed", people=10)
    ordered.now = scene.NOON + 4 * HOUR
    ordered.report("O1", "arrived", people=10)
    assert closure(ordered, ordered.now) == 0


def test_an_order_that_the_plan_does_not_move_is_named(ordered: scene.Desk) -> None:
    ordered.order("O2", unit="B-1")
    problem, plan = small()
    assert forecast_orders(problem, plan, ordered.state, ordered.now).not_planned == ("O2",)


def test_a_problem_without_an_epoch_has_no_forecast(ordered: scene.Desk) -> None:
    problem, plan = small(epoch=None)
    with pytest.raises(UsageError, match="does not say when hour 0 is"):
        forecast_orders(problem, plan, ordered.state, datetime.now(UTC) + timedelta(days=1))
