"""How long does the command line take to answer at all?"""

from __future__ import annotations

from benchmarks.registry import Figures, Subject, standto, whole_process


def run(size: str, seed: int) -> Figures:
    """Run `standto --help` once."""
    return whole_process(standto("--help"))


SUBJECT = Subject(
    name="startup",
    question="`standto --help` as a whole process",
    wanted="at most 0.5 s",
    run=run,
    repeats=9,
    short_repeats=3,
)
