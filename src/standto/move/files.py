"""Problems and plans on disk: `.json` and `.json.gz`, size-guarded, written beside and renamed."""

from __future__ import annotations

from pathlib import Path

from standto.force.files import MOST_BYTES, read_bytes, write_bytes
from standto.move.plan import Plan, parse_plan
from standto.move.problem import Problem, parse_problem


def read_problem(path: Path | str, *, most: int = MOST_BYTES) -> Problem:
    """A lift problem from a file of at most so many unpacked bytes; `FileError` or `ProblemError`."""
    return parse_problem(read_bytes(path, most=most), file=str(path))


def read_plan(path: Path | str, *, most: int = MOST_BYTES) -> Plan:
    """A movement plan from a file of at most so many unpacked bytes; `FileError` or `PlanError`."""
    return parse_plan(read_bytes(path, most=most), file=str(path))


def write_problem(path: Path | str, problem: Problem) -> None:
    """Write a problem; the hash that plans refer to is that of these bytes."""
    write_bytes(path, problem.to_bytes())


def write_plan(path: Path | str, plan: Plan) -> None:
    """Write a plan."""
    write_bytes(path, plan.to_bytes())
