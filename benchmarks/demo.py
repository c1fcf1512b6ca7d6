"""How long does the main job on the example take, from the folder to the brief?"""

from __future__ import annotations

import tempfile

from benchmarks.registry import Figures, Subject, standto, whole_process


def run(size: str, seed: int) -> Figures:
    """Run the command of `make demo` once."""
    with tempfile.TemporaryDirectory() as folder:
        command = (
            "brief",
            "examples/eastern-flank-2022",
            "-o",
            folder,
            "--seconds",
            "40",
            "--seed",
            str(seed),
        )
        return whole_process(standto(*command))


SUBJECT = Subject(
    name="demo",
    question="`make demo` after set-up: the brief of examples/eastern-flank-2022",
    wanted="at most 60 s on two cores, peak memory at most 1 GB",
    run=run,
    repeats=3,
    short_repeats=1,
)
