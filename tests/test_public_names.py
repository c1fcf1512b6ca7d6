"""The names that `import standto` promises: locked here, at most thirty, each there and documented."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import standto

EXAMPLES = Path(__file__).parents[1] / "examples"
NAMES = [
    "AlertValue",
    "Bound",
    "BriefInput",
    "Plan",
    "Problem",
    "Rounds",
    "Scenario",
    "Seconds",
    "StandtoError",
    "__version__",
    "build",
    "check",
    "check_scenario",
    "compare",
    "export",
    "in_place_frame",
    "legs_frame",
    "prove_bound",
    "read_plan",
    "read_problem",
    "read_scenario",
    "readiness_frame",
    "requirements_frame",
    "solve",
    "stops_frame",
    "value_of_alert",
    "write_brief",
    "write_plan",
    "write_problem",
]


def test_the_public_names_are_these() -> None:
    assert sorted(standto.__all__) == NAMES
    assert len(NAMES) <= 30


@pytest.mark.parametrize("name", [name for name in NAMES if not name.startswith("__")])
def test_every_public_name_is_there_and_says_what_it_is(name: str) -> None:
    assert getattr(standto, name).__doc__


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        standto.nothing  # noqa: B018  # the access itself is the test


def test_importing_standto_imports_nothing_heavy() -> None:
    heavy = "{'numba', 'pydantic', 'highspy', 'scipy', 'typer'}"
    code = f"import sys, standto; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_files_may_be_named_by_text(tmp_path: Path) -> None:
    problem = standto.build(standto.read_scenario(str(EXAMPLES / "flood-pool")))
    name = str(tmp_path / "p.json")
    standto.write_problem(name, problem)
    plan = standto.solve(standto.read_problem(name), standto.Rounds(1))
    standto.write_plan(str(tmp_path / "plan.json"), plan)
    assert standto.read_plan(str(tmp_path / "plan.json")) == plan
    assert standto.export(problem, plan, str(tmp_path / "m.xlsx")) == [tmp_path / "m.xlsx"]
