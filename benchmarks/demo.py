"""How long does the main job on the example take, from the folder to the brief?"""

from __future__ import annotations

import tempfile

from benchmarks.registry import Figures, Subject, standto, whole_process


def build(size: str, seed: int) -> list[str]:
    """The command of `make demo`, but for the folder."""
    return standto("brief", "examples/eastern-flank-2022", "--seconds", "36", "--seed", str(seed))


def whole(command: list[str], full: bool) -> Figures:
    """Run it once."""
    with tempfile.TemporaryDirectory() as folder:
        return whole_process([*command, "-o", folder])


SUBJECT = Subject(
    name="demo",
    question="`make demo` after set-up: the brief of examples/eastern-flank-2022",
    wanted="at most 60 s on two cores, peak memory at most 1 GB",
    build=build,
    phases={"whole": whole},
    repeats=3,
    short_repeats=1,
)
