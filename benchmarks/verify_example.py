"""How long does judging the example's plan take?"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.registry import Figures, Subject, standto, whole_process

EXAMPLE = "examples/eastern-flank-2022"


@dataclass(frozen=True, slots=True)
class Case:
    """A problem and a plan of it in a folder that is gone when the case is."""

    folder: TemporaryDirectory[str]
    problem: str
    plan: str


def build(size: str, seed: int) -> Case:
    """The example's problem and a plan of two seconds."""
    folder = TemporaryDirectory()
    problem, plan = str(Path(folder.name) / "p.json"), str(Path(folder.name) / "plan.json")
    whole_process(standto("problem", EXAMPLE, "-o", problem))
    whole_process(standto("plan", problem, "-o", plan, "--seconds", "2", "--seed", str(seed)))
    return Case(folder, problem, plan)


def verify(case: Case, full: bool) -> Figures:
    """Judge it once."""
    return whole_process(standto("verify", case.problem, case.plan))


SUBJECT = Subject(
    name="verify_example",
    question="`standto verify` of the example's plan",
    wanted="at most 2 s",
    build=build,
    phases={"verify": verify},
    repeats=5,
    short_repeats=1,
)
