"""How long does the command line take to answer at all?"""

from __future__ import annotations

from benchmarks.registry import Figures, Subject, standto, whole_process


def build(size: str, seed: int) -> list[str]:
    """The command."""
    return standto("--help")


def whole(command: list[str], full: bool) -> Figures:
    """Run it once."""
    return whole_process(command)


SUBJECT = Subject(
    name="startup",
    question="`standto --help` as a whole process",
    wanted="at most 0.5 s",
    build=build,
    phases={"whole": whole},
    repeats=9,
    short_repeats=3,
)
