"""Runs are made in processes of their own, resume by the very problem, and end in tables and a plot."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from benchmarks.generate import FAMILIES, SIZES, generate
from benchmarks.race import Run, expected_s, obtain, peers, perform, read_records, runs, sha256_of
from benchmarks.race_page import Race, family_table, without_result
from benchmarks.race_plot import STYLES, gap_plot
from standto.move.solve import Rounds, solve

needs_peers = pytest.mark.skipif(
    find_spec("ortools") is None or find_spec("pyvrp") is None,
    reason="the dependency group `peers` is not installed: make test needs no other solvers",
)


def test_runs_are_told_apart_by_all_that_matters() -> None:
    listed = list(runs())
    keys = {run.key("sha") for run in listed}
    assert len(keys) == len(set(listed))
    assert Run("greedy", "S", 1, "lateness", 0).key("one") != Run("greedy", "S", 1, "lateness", 0).key("two")
    assert all(expected_s(run) > 0 for run in listed)


def test_every_peer_runs_once_on_a_problem_to_its_longest_limit() -> None:
    listed = list(peers())
    assert len({(run.solver, run.problem, run.seed, run.goal) for run in listed}) == len(listed)
    timed = [run for run in listed if run.solver != "greedy"]
    assert {run.seconds for run in timed if run.problem in {"S", "M"}} == {300}
    assert {run.seconds for run in timed if run.problem not in {"S", "M"}} == {60}
    for solver in ("cpsat", "pyvrp", "routing"):
        assert {run.problem for run in listed if run.solver == solver} == {*FAMILIES, *SIZES}


def test_our_runs_count_for_the_planner_that_made_them_the_peers_for_any(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ours, theirs = Run("standto", "S", 1, "lateness", 60), Run("cpsat", "S", 1, "lateness", 60)
    before = ours.key("sha"), theirs.key("sha")
    monkeypatch.setattr("benchmarks.race.planner", lambda: "another")
    assert ours.key("sha") != before[0]
    assert theirs.key("sha") == before[1]


def test_a_run_is_judged_and_told() -> None:
    record = perform(Run("greedy", "one slot", 1, "lateness", 0))
    assert record["at"]["0"]["outcome"] == "plan"
    assert record["peak_mb"] > 0
    told = "\n".join(family_table(Race([record])))
    assert f"{record['at']['0']['weighted_lateness']:,.1f}" in told
    other = json.loads(json.dumps(record)) | {"key": record["key"].replace('"]', 'x"]')}
    assert Race([other]).records == [], "a run of a problem that is made otherwise now does not count"


def test_a_run_is_made_once_and_then_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("benchmarks.race.RECORDS", tmp_path / "race.jsonl")
    made: list[Run] = []

    def pretend(run: Run) -> dict[str, Any]:
        made.append(run)
        return {"key": run.key(sha256_of(run.problem, run.seed)), "seconds": run.seconds}

    monkeypatch.setattr("benchmarks.race.perform", pretend)
    short = Run("standto", "S", 1, "closure", 10)
    assert obtain(short, full=False) == obtain(short, full=False)
    assert obtain(short, full=True)["seconds"] == 60, "in full, the run that is listed"
    assert obtain(Run("bound", "L", 1, "lateness", 10), full=True)["seconds"] == 120
    assert len(made) == 3
    assert len(read_records()) == 3


def test_of_ours_the_runs_of_the_latest_planner_count_of_the_peers_all() -> None:
    sha256 = sha256_of("one slot", 1)[:16]

    def record(solver: str, seconds: float, began: str, planner: str | None, value: float) -> dict[str, Any]:
        key = [solver, "one slot", 1, "lateness", seconds, *([planner] if planner else []), sha256]
        totals = {"outcome": "plan", "undelivered": 0, "weighted_lateness": value}
        about = {"solver": solver, "problem": "one slot", "seed": 1, "goal": "lateness", "seconds": seconds}
        return {"key": json.dumps(key), "began": began, "at": {"10": totals}, **about}

    old = record("standto", 10, "2026-01-01", "old", 1.0), record("standto", 60, "2026-01-02", "old", 2.0)
    theirs = record("cpsat", 10, "2026-01-01", None, 5.0), record("cpsat", 60, "2026-01-02", None, 4.0)
    new = record("standto", 60, "2026-01-03", "new", 3.0)
    race = Race([new, *old, *theirs])
    assert len(race.records) == 3
    assert race.value("standto", "one slot", 1, "lateness", "10") == 3.0
    assert race.value("cpsat", "one slot", 1, "lateness", "10") == 4.0


def test_a_run_that_fails_is_told() -> None:
    record = perform(Run("no such solver", "one slot", 1, "lateness", 0))
    assert "KeyError" in record["failed"]
    assert "no such solver" in "\n".join(without_result(Race([record])))


def test_the_plot_names_every_solver_and_is_well_formed() -> None:
    lines = {name: [(1.0, 30.0), (10.0, 20.0), (300.0, 12.5)] for name in STYLES}
    drawn = ElementTree.fromstring(gap_plot({"S": lines, "M": lines, "L": lines}))
    texts = {element.text for element in drawn.iter() if element.text}
    assert set(STYLES) <= texts
    assert {"S", "M", "L", "seconds"} <= texts


@needs_peers
@pytest.mark.parametrize("family", ["small-large-small", "long range"])
def test_cpsat_starts_from_the_list_schedule(family: str) -> None:
    record = perform(Run("cpsat", family, 1, "lateness", 2))
    first = solve(generate(family, 1), Rounds(0))
    assert record["at"]["2"]["outcome"] == "plan"
    rounding_h = 0.05 * first.totals.sorties
    assert record["trajectory"][0][1] <= first.totals.weighted_lateness + rounding_h
    assert record["at"]["2"]["weighted_lateness"] <= first.totals.weighted_lateness + 1e-6


@needs_peers
@pytest.mark.parametrize("solver", ["pyvrp", "routing"])
def test_routing_solvers_give_plans_that_keep_the_rules(solver: str) -> None:
    at = perform(Run(solver, "one slot", 1, "closure", 2))["at"]["2"]
    assert (at["outcome"], at["undelivered"]) == ("plan", 0)
    assert perform(Run(solver, "small-large-small", 1, "closure", 2))["at"]["2"]["outcome"] == "none"


def test_every_family_is_raced() -> None:
    assert {run.problem for run in runs()} >= {*FAMILIES, "S", "M", "L", "XL"}
