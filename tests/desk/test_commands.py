"""Every command on a small scenario: what it writes, prints, and its exit code."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from standto.move.files import read_plan, read_problem, write_problem
from standto.move.problem import Problem
from tests.desk.conftest import Run


@pytest.fixture
def planned(run: Run, drill: Path, tmp_path: Path) -> tuple[Path, Path]:
    problem, plan = tmp_path / "p.json", tmp_path / "plan.json"
    assert run("problem", drill, "-o", problem).code == 0
    assert run("plan", problem, "-o", plan, "--rounds", 20, "--seconds", 5).code == 0
    return problem, plan


def test_new_scenario_is_sound_and_is_never_overwritten(run: Run, tmp_path: Path) -> None:
    assert run("new", "harbour", "--into", tmp_path).code == 0
    assert run("check", tmp_path / "harbour", "--strict").code == 0
    before = (tmp_path / "harbour" / "units.csv").read_bytes()
    again = run("new", "harbour", "--into", tmp_path)
    assert again.code == 2
    assert "harbour" in again.err
    assert (tmp_path / "harbour" / "units.csv").read_bytes() == before


@pytest.mark.parametrize("name", ["../out", "a/b", "", ".", "..", "nul\0", "x" * 300])
def test_new_refuses_names_that_are_paths(run: Run, tmp_path: Path, name: str) -> None:
    ran = run("new", name, "--into", tmp_path)
    assert ran.code == 2
    assert list(tmp_path.iterdir()) == []


def test_check_lists_errors_with_exit_code_one_and_others_refuse(
    run: Run, drill: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "broken"
    folder.mkdir()
    for file in drill.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    units = (folder / "units.csv").read_text().splitlines()
    (folder / "units.csv").write_text("\n".join([*units, units[-1]]) + "\n")
    checked = run("check", folder)
    assert checked.code == 1
    assert "units" in checked.out
    data = run("check", folder, "--json").data
    assert data["errors"] >= 1
    assert data["faults"][0]["table"] == "units"
    for command in (("problem", folder, "-o", tmp_path / "p.json"), ("bound", folder)):
        refused = run(*command)
        assert refused.code == 2
        assert "units" in refused.err
    assert not (tmp_path / "p.json").exists()


def test_problem_is_the_same_every_time(run: Run, drill: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "a.json", tmp_path / "b.json.gz"
    assert run("problem", drill, "-o", first).code == 0
    assert run("problem", drill, "-o", second).code == 0
    assert read_problem(first).sha256 == read_problem(second).sha256


def test_plan_then_verify_then_export_then_brief(
    run: Run, drill: Path, planned: tuple[Path, Path], tmp_path: Path
) -> None:
    problem, plan = planned
    assert run("verify", problem, plan).code == 0
    assert run("verify", drill, plan).code == 0
    assert run("export", problem, plan, "-o", tmp_path / "move.xlsx").code == 0
    assert run("export", problem, plan, "-o", tmp_path / "tables").code == 0
    book = load_workbook(tmp_path / "move.xlsx", read_only=True)
    vehicles = {vehicle.id for vehicle in read_plan(plan).vehicles}
    shown = {str(row[0]) for sheet in book.worksheets for row in sheet.iter_rows(values_only=True)}
    assert vehicles <= shown
    tables = {file.name: file.read_text(encoding="utf-8-sig") for file in (tmp_path / "tables").iterdir()}
    assert all(any(name in text for text in tables.values()) for name in vehicles)
    assert all("EXERCISE" in text for text in tables.values())
    told = run("brief", problem, "--plan", plan, "-o", tmp_path / "brief")
    assert told.code == 0
    page = (tmp_path / "brief" / "brief.html").read_text(encoding="utf-8")
    assert "EXERCISE" in page
    assert str(tmp_path / "brief" / "brief.html") in told.out


def test_a_brief_comes_in_other_forms_as_well(run: Run, planned: tuple[Path, Path], tmp_path: Path) -> None:
    problem, plan = planned
    forms = ("--pdf", "--md", "--png", tmp_path / "slides")
    told = run("brief", problem, "--plan", plan, "-o", tmp_path / "brief", *forms)
    assert told.code == 0
    for name in ("brief.pdf", "brief.md"):
        assert f"wrote {tmp_path / 'brief' / name}" in told.out
    assert (tmp_path / "brief" / "brief.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "brief" / "brief.md").read_text(encoding="utf-8").startswith("**EXERCISE")
    assert (tmp_path / "slides" / "01-answer.png").is_file()
    (tmp_path / "taken").write_text("a file")
    refused = run(
        "brief", problem, "--plan", plan, "-o", tmp_path / "brief", "--png", tmp_path / "taken", "--json"
    )
    assert refused.code == 2


def test_same_seed_and_rounds_write_the_same_plan(
    run: Run, planned: tuple[Path, Path], tmp_path: Path
) -> None:
    problem, plan = planned
    again = tmp_path / "again.json"
    run("plan", problem, "-o", again, "--rounds", 20, "--seconds", 5)
    first, second = (json.loads(path.read_text()) for path in (plan, again))
    for made in (first, second):
        del made["bound"]["seconds"], made["made_by"]["seconds"]
    assert first == second


@pytest.mark.parametrize("workers", [1, 3])
def test_same_seed_rounds_and_workers_write_the_same_plan(
    run: Run, drill: Path, tmp_path: Path, workers: int
) -> None:
    made = []
    for name in ("a.json", "b.json"):
        options = ("--rounds", 60, "--seed", 7, "--workers", workers)
        assert run("plan", drill, "-o", tmp_path / name, *options).code == 0
        plan = json.loads((tmp_path / name).read_text())
        del plan["bound"]["seconds"], plan["made_by"]["seconds"]
        made.append(plan)
    assert made[0] == made[1]
    assert made[0]["made_by"]["options"]["workers"] == workers


def test_the_searches_of_a_brief_have_the_workers_asked_for(run: Run, drill: Path, tmp_path: Path) -> None:
    data = run("brief", drill, "-o", tmp_path, "--rounds", 5, "--workers", 3, "--json").data
    assert data["made_by"]["options"]["workers"] == 3
    assert run("brief", drill, "-o", tmp_path, "--workers", 0).code == 2


def test_bound_is_never_above_the_plan(run: Run, planned: tuple[Path, Path]) -> None:
    problem, plan = planned
    bound = run("bound", problem, "--json").data["bound"]
    totals = read_plan(plan).totals
    assert totals.closure_h is not None
    assert bound["closure_h"] <= totals.closure_h + 1e-6
    assert bound["weighted_lateness"] <= totals.weighted_lateness + 1e-6


def test_a_changed_hour_breaks_the_plan(run: Run, planned: tuple[Path, Path], tmp_path: Path) -> None:
    problem, plan = planned
    data = json.loads(plan.read_text())
    data["vehicles"][0]["stops"][-1]["arrive_h"] -= 1.0
    changed = tmp_path / "changed.json"
    changed.write_text(json.dumps(data))
    ran = run("verify", problem, changed, "--json")
    assert ran.code == 1
    assert ran.data["ok"] is False
    refused = run("brief", problem, "--plan", changed, "-o", tmp_path / "out")
    assert refused.code == 2
    assert not (tmp_path / "out" / "brief.html").exists()


def test_a_plan_that_cannot_deliver_is_written_and_the_answer_is_no(
    run: Run, planned: tuple[Path, Path], tmp_path: Path
) -> None:
    problem = read_problem(planned[0])
    heavy = problem.requirements[0].model_copy(update={"id": "heavy", "cargo": {"unheard-of": 5.0}})
    harder = Problem(**{**dict(problem), "requirements": [*problem.requirements, heavy]})
    write_problem(tmp_path / "harder.json", harder)
    ran = run("plan", tmp_path / "harder.json", "-o", tmp_path / "plan.json", "--rounds", 5, "--seconds", 5)
    assert ran.code == 1
    assert "heavy: " in ran.out
    assert "Not delivered" in ran.out
    assert run("verify", tmp_path / "harder.json", tmp_path / "plan.json").code == 0


def test_compare_says_what_changed(run: Run, drill: Path, planned: tuple[Path, Path], tmp_path: Path) -> None:
    problem, plan = planned
    other, other_plan = tmp_path / "other.json", tmp_path / "other-plan.json"
    alerts = [row.split(",")[0] for row in (drill / "alerts.csv").read_text().splitlines()[1:]]
    run("problem", drill, "-o", other, "--without-alert", alerts[0])
    run("plan", other, "-o", other_plan, "--rounds", 20, "--seconds", 5)
    assert run("compare", problem, plan, plan).code == 0
    compared = run("compare", problem, plan, other, other_plan)
    assert compared.code == 0
    before, after = read_problem(problem).requirements, read_problem(other).requirements
    later = [b.id for a, b in zip(before, after, strict=True) if b.available_h > a.available_h]
    assert later
    assert any(name in compared.out for name in later)
    assert run("compare", problem, plan).code == 2
    assert run("compare", problem, plan, other_plan).code == 2


def test_several_times_of_decision(run: Run, drill: Path, tmp_path: Path) -> None:
    epoch = "2030-01-01T00:00Z,2030-06-01T00:00Z"
    ran = run("plan", drill, "-o", tmp_path / "p.json", "--decide-at", epoch, "--seconds", 2, "--json")
    rows = ran.data["decisions"]
    assert [row["decided_at"][:7] for row in rows] == ["2030-01", "2030-06"]
    for row in rows:
        assert Path(row["plan"]).exists()
    assert run("verify", drill, rows[1]["plan"], "--decide-at", "2030-06-01T00:00Z").code == 0
    assert run("verify", drill, rows[1]["plan"], "--decide-at", epoch).code == 2
    exported = run("export", drill, rows[1]["plan"], "-o", tmp_path / "t", "--decide-at", "2030-06-01T00:00Z")
    assert exported.code == 0


def test_rounds_count_for_several_times_of_decision(run: Run, drill: Path, tmp_path: Path) -> None:
    times = ("--decide-at", "2030-01-01T00:00Z,2030-01-01T00:00:30Z", "--rounds", 2)
    rows = run("plan", drill, "-o", tmp_path / "p.json", *times, "--json").data["decisions"]
    assert len({row["plan"] for row in rows}) == 2
    assert all(row["made_by"]["rounds"] <= 2 for row in rows)


def test_no_seconds_at_all_still_gives_a_plan_and_a_brief(run: Run, drill: Path, tmp_path: Path) -> None:
    assert run("plan", drill, "-o", tmp_path / "p.json", "--seconds", 0).code == 0
    assert run("brief", drill, "-o", tmp_path / "out", "--seconds", 0).code == 0


def test_another_goal_is_another_file_with_its_own_hash(run: Run, drill: Path, tmp_path: Path) -> None:
    target = tmp_path / "p.json"
    run("problem", drill, "-o", target)
    other = "closure" if read_problem(target).goal == "lateness" else "lateness"
    told = run("problem", drill, "-o", target, "--goal", other, "--json").data
    assert told["sha256"] == hashlib.sha256(target.read_bytes()).hexdigest() == read_problem(target).sha256


def test_names_with_terminal_escapes_are_shown_not_obeyed(
    run: Run, planned: tuple[Path, Path], tmp_path: Path
) -> None:
    problem = read_problem(planned[0])
    evil = problem.requirements[0].model_copy(update={"id": "\x1b[2J\x9bm\x07"})
    write_problem(tmp_path / "p.json", Problem(**{**dict(problem), "requirements": [evil]}))
    for extra in ((), ("--json",)):
        made = run("plan", tmp_path / "p.json", "-o", tmp_path / "plan.json", "--rounds", 1, *extra)
        judged = run("verify", tmp_path / "p.json", tmp_path / "plan.json", *extra)
        assert not set("\x1b\x9b\x07") & set(made.out + made.err + judged.out + judged.err)


def test_brief_of_a_scenario_ends_with_headline_and_path(run: Run, drill: Path, tmp_path: Path) -> None:
    ran = run("brief", drill, "-o", tmp_path / "out", "--seconds", 3)
    assert ran.code == 0
    lines = ran.out.strip().splitlines()
    assert lines[-1] == f"brief: {tmp_path / 'out' / 'brief.html'}"
    assert "EXERCISE" in lines[0]
