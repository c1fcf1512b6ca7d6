"""Every example folder: no faults, a problem that can be read, and everybody can get there."""

from __future__ import annotations

from pathlib import Path

import pytest

from standto.force.files import check_scenario, read_scenario
from standto.move.build import build
from standto.move.check import check, unreachable
from standto.move.problem import parse_problem
from standto.move.solve import Rounds, solve

EXAMPLES = Path(__file__).parents[2] / "examples"
FOLDERS = sorted(file.parent.name for file in EXAMPLES.glob("*/scenario.toml"))


def test_the_examples_are_found() -> None:
    assert {"eastern-flank-2022", "flood-pool", "movements-2022"} <= set(FOLDERS)


@pytest.mark.parametrize("name", FOLDERS)
def test_an_example_is_a_scenario_without_faults(name: str) -> None:
    assert [str(fault) for fault in check_scenario(EXAMPLES / name).faults] == []


@pytest.mark.parametrize("name", FOLDERS)
def test_variants_leave_out_alerts_that_are_there(name: str) -> None:
    scenario = read_scenario(EXAMPLES / name)
    alerts = {alert.id for alert in scenario.alerts}
    for variant, left_out in scenario.settings.variants.items():
        assert set(left_out) <= alerts
        assert {alert.id for alert in scenario.variant(variant).alerts} == alerts - set(left_out)


@pytest.mark.parametrize("name", FOLDERS)
def test_every_variant_of_an_example_builds_a_problem_that_can_be_served(name: str) -> None:
    scenario = read_scenario(EXAMPLES / name)
    for variant in scenario.settings.variants:
        problem = build(scenario.variant(variant))
        assert parse_problem(problem.to_bytes()).to_bytes() == problem.to_bytes()
        assert unreachable(problem) == []


@pytest.mark.parametrize("variant", ["warned", "unwarned"])
def test_the_flood_pool_is_planned_in_full(variant: str) -> None:
    problem = build(read_scenario(EXAMPLES / "flood-pool").variant(variant))
    plan = solve(problem, Rounds(50))
    assert check(problem, plan).ok
    assert plan.totals.undelivered == 0


def test_standing_up_makes_the_field_hospital_ready_by_its_tasks() -> None:
    scenario = read_scenario(EXAMPLES / "flood-pool")
    ready = {}
    for variant in ("warned", "unwarned"):
        for one in build(scenario.variant(variant)).requirements:
            if one.id == "R-HOSPITAL-FR":
                assert one.readiness is not None
                ready[variant] = one.available_h, [task["name"] for task in one.readiness["tasks"]]
    assert ready["warned"][0] == 24
    assert ready["unwarned"][0] == 40
    assert set(ready["unwarned"][1]) == {"recall-staff", "vaccinations", "draw-medicines", "pack-hospital"}
