"""How long does judging the example's plan take?"""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.registry import Figures, Subject, standto, whole_process

EXAMPLE = "examples/eastern-flank-2022"


def run(size: str, seed: int) -> Figures:
    """Plan the example, then time `standto verify` on the files."""
    with tempfile.TemporaryDirectory() as folder:
        problem, plan = str(Path(folder) / "p.json"), str(Path(folder) / "plan.json")
        whole_process(standto("problem", EXAMPLE, "-o", problem))
        whole_process(standto("plan", problem, "-o", plan, "--seconds", "2", "--seed", str(seed)))
        return whole_process(standto("verify", problem, plan))


SUBJECT = Subject(
    name="verify_example",
    question="`standto verify` of the example's plan",
    wanted="at most 2 s",
    run=run,
    repeats=5,
    short_repeats=1,
)
