"""`standto brief --compare`: the page it writes, and what does not go together."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.desk.conftest import Run

Four = tuple[Path, Path, Path, Path]


@pytest.fixture
def four(run: Run, drill: Path, tmp_path: Path) -> Four:
    """A problem without an alert and its plan; the scenario, and a plan of that."""
    other, other_plan, plan = tmp_path / "p.json", tmp_path / "first.json", tmp_path / "second.json"
    alert = (drill / "alerts.csv").read_text().splitlines()[1].split(",")[0]
    assert run("problem", drill, "-o", other, "--without-alert", alert).code == 0
    assert run("plan", other, "-o", other_plan, "--rounds", 5).code == 0
    assert run("plan", drill, "-o", plan, "--rounds", 5).code == 0
    return other, other_plan, drill, plan


def test_two_plans_are_laid_side_by_side(run: Run, four: Four, tmp_path: Path) -> None:
    out = tmp_path / "out"
    ran = run("brief", "-o", out, "--rounds", 1, "--md", "--audience", "the desk", "--compare", *four)
    assert ran.code == 0, ran.err
    told = json.loads((out / "compare.json").read_text(encoding="utf-8"))
    assert ran.out.splitlines()[0] == f"{told['banner']}: {told['headline']}"
    assert str(out / "compare.html") in ran.out
    page = (out / "compare.html").read_text(encoding="utf-8")
    assert "for the desk" in page
    assert "first.json" in page
    markdown = (out / "compare.md").read_text(encoding="utf-8")
    assert told["headline"] in " ".join(markdown.split())
    sentences = run("compare", *four).out.splitlines()
    assert told["sentences"] == sentences
    data = run("brief", "-o", out, "--rounds", 1, "--json", "--compare", *four).data
    assert data["compare"] == str(out / "compare.html")


def test_what_does_not_go_together_is_refused(run: Run, four: Four, tmp_path: Path) -> None:
    out = tmp_path / "out"
    problem, plan, drill, _ = four
    neither = run("brief", "-o", out)
    assert neither.code == 2
    assert "PATH" in neither.err
    assert "--compare" in neither.err
    both = run("brief", drill, "-o", out, "--compare", *four)
    assert both.code == 2
    assert "PATH" in both.err
    for extra in (("--plan", plan), ("--goal", "closure"), ("--record", "r.db"), ("--effective",)):
        refused = run("brief", "-o", out, *extra, "--compare", *four)
        assert refused.code == 2
        assert extra[0] in refused.err
    assert run("brief", "-o", out, "--compare", problem, plan, drill).code == 2
    swapped = run("brief", "-o", out, "--compare", problem, plan, drill, plan)
    assert swapped.code == 2
    assert "another problem" in swapped.err
    assert not out.exists()


def test_a_plan_that_breaks_a_rule_is_not_compared(run: Run, four: Four, tmp_path: Path) -> None:
    problem, plan, drill, other = four
    broken = json.loads(plan.read_text(encoding="utf-8"))
    stop = next(stop for vehicle in broken["vehicles"] for stop in vehicle["stops"] if stop["load"])
    stop["start_h"] -= 1000.0
    bad = tmp_path / "bad.json"
    bad.write_text(json.dumps(broken), encoding="utf-8")
    refused = run("brief", "-o", tmp_path / "out", "--compare", problem, bad, drill, other)
    assert refused.code == 2
    assert not (tmp_path / "out").exists()
