"""The example of 2022 end to end: the numbers of the record, the problem, its ways, plans and the alert."""

from __future__ import annotations

from pathlib import Path

import pytest

from standto.force.files import check_scenario, read_scenario
from standto.force.scenario import Scenario
from standto.geo.outlines import states
from standto.move.build import build
from standto.move.check import check, unreachable
from standto.move.plan import Plan
from standto.move.problem import Problem, parse_problem
from standto.move.solve import Rounds, solve

FOLDER = Path(__file__).parents[2] / "examples" / "eastern-flank-2022"
NO_PASSAGE = ("BY", "RU", "UA")

PUBLISHED_PEOPLE = {
    "US-8500": 8500,
    "NRF22-VJTF": 5000,
}
"""People of packages as the public record has them: the alert of 24 January, the spearhead land brigade."""

PUBLISHED_STRENGTH = {"FR-BATTALION": 500, "BE-COMPANY": 300, "DE-AIRDEFENCE": 300, "CA-BATTERY": 120}
PUBLISHED_NOTICE_DAYS = {"US-8500": (10, 5), "NRF22-VJTF": (7, 5), "NRF22-IFFG": (30, 7)}
PUBLISHED_ALERT_DAYS = {"US-8500": "2022-01-24", "NRF22-VJTF": "2021-12-20", "NRF22-IFFG": "2022-02-18"}


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return read_scenario(FOLDER)


@pytest.fixture(scope="module")
def problem(scenario: Scenario) -> Problem:
    return build(scenario)


@pytest.fixture(scope="module")
def without(scenario: Scenario) -> Problem:
    return build(scenario.variant("no-alert"))


@pytest.fixture(scope="module")
def plan(problem: Problem) -> Plan:
    return solve(problem, Rounds(0))


def test_the_folder_has_no_faults() -> None:
    assert [str(fault) for fault in check_scenario(FOLDER).faults] == []


def test_packages_have_the_published_people(scenario: Scenario) -> None:
    strength = {unit.id: unit.strength for unit in scenario.units}
    people = {package.id: sum(strength[unit] for unit in package.units) for package in scenario.packages}
    assert {name: people[name] for name in PUBLISHED_PEOPLE} == PUBLISHED_PEOPLE
    assert {name: strength[name] for name in PUBLISHED_STRENGTH} == PUBLISHED_STRENGTH


def test_notice_and_alerts_are_the_published_ones(scenario: Scenario) -> None:
    units = {unit.id: unit for unit in scenario.units}
    for package in scenario.packages:
        days = {tuple(hours / 24 for hours in units[unit].notice_h) for unit in package.units}
        assert days == {PUBLISHED_NOTICE_DAYS[package.id]}
    alerted = {package: alert.at.date().isoformat() for alert in scenario.alerts for package in alert.units}
    assert alerted == PUBLISHED_ALERT_DAYS


def test_every_figure_without_a_source_says_that_it_is_assumed(scenario: Scenario) -> None:
    for table in ("units", "places", "fleets", "requirements", "holdings"):
        for row in getattr(scenario, table):
            assert row.assumed or row.source, row
    assert all(unit.source for unit in scenario.units)


def test_sources_named_in_tables_are_explained(scenario: Scenario) -> None:
    tables = ("units", "places", "holdings", "fleets", "requirements", "alerts", "decisions", "packages")
    named = {key for table in tables for row in getattr(scenario, table) for key in row.source.split()}
    assert named <= set(scenario.settings.sources)


def test_the_problem_can_be_read_again(problem: Problem) -> None:
    again = parse_problem(problem.to_bytes())
    assert again.to_bytes() == problem.to_bytes()
    assert len(problem.to_bytes()) < 2_000_000


def test_everybody_can_get_there(problem: Problem) -> None:
    assert unreachable(problem) == []


def test_no_way_crosses_a_state_that_gives_no_passage(problem: Problem) -> None:
    import shapely

    closed = shapely.union_all([states()[code].buffer(-0.3) for code in NO_PASSAGE])
    drawn = [link for link in problem.links if link.line]
    assert {link.mode for link in drawn} == {"air", "sea", "rail", "road"}
    for link in drawn:
        crossing = shapely.LineString(link.line).intersection(closed)
        assert crossing.length < 0.05, link.label


def test_every_unit_is_ready_no_later_for_being_alerted(problem: Problem, without: Problem) -> None:
    gained = {
        later.id: later.available_h - sooner.available_h
        for sooner, later in zip(problem.requirements, without.requirements, strict=True)
    }
    assert min(gained.values()) >= 0
    assert gained["R-US-82ABN"] == 120
    assert gained["R-FR-BATTALION"] == 48
    assert gained["R-DE-AIRDEFENCE"] == 162
    assert gained["R-US-TANKER"] == 0


def test_the_plan_keeps_every_rule(problem: Problem, plan: Plan) -> None:
    assert [str(violation) for violation in check(problem, plan).violations] == []
    assert plan.totals.undelivered == 0


def test_a_plan_without_the_alerts_still_holds_with_them(problem: Problem, without: Problem) -> None:
    late = solve(without, Rounds(0))
    carried = late.model_copy(update={"problem": problem.sha256})
    broken = check(problem, carried).violations
    assert [str(violation) for violation in broken] == []
