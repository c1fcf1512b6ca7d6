"""What a benchmark declares: question, sizes, seeds, repeats, the measure wanted, how to run it once."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).parents[1]
SUBJECTS = ("startup", "demo", "verify_example", "first_plan", "brief_large", "ledger")
Figures = dict[str, float]


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing that is measured.

    `run(size, seed)` does it once in a process of its own and returns figures by name with their unit, such
    as `wall_s` or `peak_mb`; `wanted` says in words what the project asks of it.
    """

    name: str
    question: str
    wanted: str
    run: Callable[[str, int], Figures]
    sizes: Sequence[str] = ("-",)
    seeds: Sequence[int] = (0,)
    repeats: int = 5
    short_repeats: int = 2


def subject(name: str) -> Subject:
    """The subject declared in `benchmarks/<name>.py`."""
    found: Subject = import_module(f"benchmarks.{name}").SUBJECT
    return found


def whole_process(command: Sequence[str]) -> Figures:
    """Wall seconds and peak memory of a command as a whole process; raises if it fails."""
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr is not None
    complaint = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    if os.waitstatus_to_exitcode(status) not in {0, 1}:
        raise RuntimeError(f"{' '.join(command)}: {complaint.decode(errors='replace')}")
    return {"wall_s": wall, "peak_mb": usage.ru_maxrss / 1024}


def standto(*arguments: str) -> list[str]:
    """The installed command with arguments."""
    return [str(Path(sys.executable).with_name("standto")), *arguments]
