"""A later decision leaves an alert more time: in place sooner after it, though not sooner in the world."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from standto.advise.cases import Budget, carry_over, postponed
from standto.advise.decide_at import decide_at
from standto.advise.value import value_of_alert
from standto.force.files import read_scenario
from standto.force.new import new_scenario
from standto.force.scenario import Scenario, Settings
from standto.force.tables import (
    Alert,
    Nation,
    ScenarioFleet,
    ScenarioLink,
    ScenarioPlace,
    ScenarioRequirement,
    Unit,
)
from standto.move.check import check

ALERTED = datetime(2030, 3, 1, tzinfo=UTC)
EFFORT = Budget.rounds(20)


def day(number: int) -> datetime:
    return ALERTED + timedelta(days=number)


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    """One unit alerted on day 0 from 10 days' notice to 5; one aircraft, 5 h away, an hour at each end."""
    return Scenario(
        settings=Settings(name="drill", kind="exercise", epoch=day(10), postures=("normal", "heightened")),
        nations=(Nation(id="POL", country="PL"),),
        places=(
            ScenarioPlace(id="A", at="52.2,21.0", country="PL", air_slots=1),
            ScenarioPlace(id="B", at="50.1,22.0", country="PL", air_slots=1),
        ),
        units=(Unit(id="U", nation="POL", strength=100, home="A", notice_h=(240.0, 120.0)),),
        fleets=(
            ScenarioFleet(
                id="C", mode="air", bases={"A": 1}, seats=100, tonnes=50, kmh=100, load_h=1, unload_h=1
            ),
        ),
        links=(ScenarioLink(origin="A", destination="B", mode="air", km=500),),
        requirements=(ScenarioRequirement(id="R", unit="U", destination="B", due_h=200),),
        alerts=(Alert(id="A1", at=ALERTED, units=("U",), posture="heightened"),),
    )


def test_closure_against_the_time_of_decision(scenario: Scenario) -> None:
    rows = decide_at(scenario, [day(10), day(0), day(2)], budget=EFFORT)
    assert [row.decided_at for row in rows] == [day(0), day(2), day(10)]
    assert [row.closure_h for row in rows] == [
        pytest.approx(247.0),
        pytest.approx(199.0),
        pytest.approx(127.0),
    ]
    assert rows[0].closes_at == day(0) + timedelta(hours=247)
    assert [row.late for row in rows] == [("R",), (), ()]
    assert [row.people_on_time for row in rows] == [0, 100, 100]
    for row in rows:
        assert check(row.case.problem, row.case.plan).ok
        assert row.bound_h is not None
        assert row.closure_h is not None
        assert row.bound_h <= row.closure_h


def test_deciding_earlier_never_closes_later(tmp_path: Path) -> None:
    """However little is searched: whoever decides earlier may always wait."""
    new_scenario(tmp_path / "drill", "drill")
    drill = read_scenario(tmp_path / "drill")
    epoch = drill.settings.epoch
    times = [epoch - timedelta(hours=hours) for hours in (40, 30, 20, 10, 5, 0)]
    rows = decide_at(drill, times, budget=Budget.rounds(6), goal="closure")
    closes = [row.closes_at for row in rows if row.closes_at is not None]
    assert len(closes) == len(times)
    assert all(later >= earlier - timedelta(seconds=1) for earlier, later in pairwise(closes))
    for row in rows:
        assert check(row.case.problem, row.case.plan).ok


def test_the_plan_of_a_later_decision_may_be_taken_over_by_an_earlier_one(scenario: Scenario) -> None:
    """Instant for instant, and then as soon as the unit is ready, on day 10 at full notice."""
    early, late = decide_at(scenario, [day(0), day(10)], budget=EFFORT, goal="closure")
    waited = carry_over(early.case.problem, postponed(late.case.plan, 240.0))
    assert waited is not None
    assert waited.totals.closure_h == pytest.approx(247.0)
    assert carry_over(early.case.problem, late.case.plan) is None, "hour for hour the unit is not ready"


def test_equal_instants_are_planned_once_and_in_utc(scenario: Scenario) -> None:
    rows = decide_at(scenario, [day(2), day(2)], budget=EFFORT, goal="closure")
    assert len(rows) == 1
    assert rows[0].case.problem.goal == "closure"


def test_instants_need_a_zone_and_there_must_be_one(scenario: Scenario) -> None:
    with pytest.raises(ValueError, match="zone"):
        decide_at(scenario, [datetime(2030, 3, 1)])  # noqa: DTZ001  # what is refused
    with pytest.raises(ValueError, match="at least one"):
        decide_at(scenario, [])


def test_the_value_of_the_only_alert(scenario: Scenario) -> None:
    """Ten days ahead it buys the full five days, and with an aircraft waiting all of it survives."""
    value = value_of_alert(scenario, budget=EFFORT)
    assert value.closure_gain_h == pytest.approx(120.0)
    assert value.survived == pytest.approx(1.0)
    assert value.left_out == {"A1": value.without}
    assert value.alert_gain_h("A1") == value.closure_gain_h


def test_an_alert_after_the_decision_buys_nothing(scenario: Scenario) -> None:
    value = value_of_alert(scenario.decided_at(day(-1)), budget=EFFORT)
    assert value.closure_gain_h == pytest.approx(0.0)
    assert value.units[0].ready_gain_h == 0.0


def test_no_alerts_at_all(scenario: Scenario) -> None:
    value = value_of_alert(scenario.without_alerts(), budget=EFFORT, lateness=False)
    assert value.with_alerts is value.without
    assert value.lateness_gain is None
    assert value.left_out == {}
