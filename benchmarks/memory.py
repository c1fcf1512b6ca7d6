"""How much memory does planning a large problem take, with its bound proven beside it?"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.registry import Figures, Subject, standto, whole_process

SECONDS, SHORT_SECONDS = "60", "5"


@dataclass(frozen=True, slots=True)
class Case:
    """A problem file in a folder that is gone when the case is."""

    folder: TemporaryDirectory[str]
    problem: str


def build(size: str, seed: int) -> Case:
    """The file of a generated problem."""
    from benchmarks.generate import generate
    from standto.move.files import write_problem

    folder = TemporaryDirectory()
    path = Path(folder.name) / "problem.json"
    write_problem(path, generate(size, seed))
    return Case(folder, str(path))


def plan(case: Case, full: bool) -> Figures:
    """The whole command with all processes that it starts."""
    seconds = SECONDS if full else SHORT_SECONDS
    output = str(Path(case.problem).with_name("plan.json"))
    return whole_process(standto("plan", case.problem, "-o", output, "--seconds", seconds))


SUBJECT = Subject(
    name="memory",
    question="`standto plan` of a generated problem for a minute, with the process that proves its bound",
    wanted="XL at most 2 GB",
    build=build,
    phases={"plan": plan},
    sizes=("L", "XL"),
    short_sizes=("L",),
    seeds=(1,),
)
