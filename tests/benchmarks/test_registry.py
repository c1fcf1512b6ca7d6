"""Subjects declare all that the runner needs, run in their own processes, and fill their part of the page."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.__main__ import MARK, report, spread, with_section
from benchmarks.generate import FAMILIES, SIZES
from benchmarks.list_schedule import growth
from benchmarks.peers.solvers import SOLVERS
from benchmarks.registry import (
    ROOT,
    SUBJECTS,
    Figures,
    in_own_process,
    subject,
    tree_mb,
    whole_process,
)


@pytest.mark.parametrize("name", SUBJECTS)
def test_a_subject_declares_what_is_built_measured_and_wanted(name: str) -> None:
    declared = subject(name)
    assert declared.name == name
    assert declared.phases
    assert set(declared.peers) <= set(SOLVERS)
    assert set(declared.sizes) <= {"-", *SIZES, *FAMILIES}
    assert set(declared.short_sizes or ()) <= set(declared.sizes)
    assert declared.question
    assert declared.wanted


def test_every_file_that_declares_a_subject_is_in_the_registry() -> None:
    declaring = {
        path.stem for path in (ROOT / "benchmarks").glob("*.py") if "\nSUBJECT = " in path.read_text()
    }
    assert declaring == set(SUBJECTS)


def test_a_subject_is_measured_in_a_process_of_its_own_and_told() -> None:
    figures = in_own_process("families", "one slot", 1, full=False)
    assert figures["refused"] == 0
    assert (figures["plans_judged"] or 0) >= 2
    lines = list(report(subject("startup"), full=False))
    assert "| size | runs | wall_s | cpu_s | peak_mb |" in lines
    assert any("commit" in line for line in lines)


def test_what_fails_is_said() -> None:
    with pytest.raises(RuntimeError, match="families no such family 1"):
        in_own_process("families", "no such family", 1, full=False)


def test_memory_is_that_of_a_process_and_what_it_starts() -> None:
    child = "import time; held = bytearray(60_000_000); time.sleep(1)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    figures = whole_process([sys.executable, "-c", parent])
    assert 60 < (figures["peak_mb"] or 0) < 200
    assert tree_mb(2**22 + 1) == 0, "no such process"
    own = "import os; from benchmarks.registry import *; print(peak_mb(), tree_mb(os.getpid()))"
    told = subprocess.run([sys.executable, "-c", own], cwd=ROOT, capture_output=True, text=True, check=True)
    peak, now = map(float, told.stdout.split())
    assert peak >= 0.9 * now > 10, "alone: a worker of the test suite may have children that take more"


def test_a_section_takes_the_place_of_the_old_one_in_the_order_of_the_registry(tmp_path: Path) -> None:
    page = f"# Head\n\n{MARK}\n\n## moves\n\nold\n\n## startup\n\nkept\n"
    written = with_section(page, "moves", "## moves\n\nnew\n")
    assert written == f"# Head\n\n{MARK}\n\n## startup\n\nkept\n\n## moves\n\nnew\n"
    assert with_section(written, "moves", "## moves\n\nnew\n") == written
    more = with_section(written, "memory", "## memory\n\nmuch\n")
    assert more.index("## moves") < more.index("## memory")


def test_a_figure_that_is_missing_is_left_out_of_the_median() -> None:
    assert spread([{"a": 1.0}, {"a": None}, {"a": 3.0}], "a") == "2.00 (1.00 to 3.00)"
    assert spread([{"a": None}], "a") == "–"


def test_growth_is_the_power_from_size_to_size() -> None:
    found: dict[str, list[Figures]] = {
        "S": [{"missions": 10.0, "from_nothing_ms": 1.0, "again_ms": 1.0}],
        "M": [{"missions": 100.0, "from_nothing_ms": 10.0, "again_ms": 100.0}],
    }
    assert [line.split("of: ")[1].strip() for line in growth(found)] == ["S to M 1.00.", "S to M 2.00."]
