"""What a benchmark declares: a question, sizes and seeds, how a case is built, what is measured of it, peers.

One file of this folder is one subject. `python -m benchmarks` knows no subject; it runs what is declared.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

ROOT = Path(__file__).parents[1]
SUBJECTS = (
    "startup",
    "demo",
    "verify_example",
    "first_plan",
    "list_schedule",
    "moves",
    "memory",
    "closure_gap",
    "lateness",
    "families",
    "brief_large",
    "ledger",
    "ledger_postgres",
)
Figures = dict[str, float | None]
"""Figures by name with their unit, such as `cpu_s` or `peak_mb`; None where there is nothing to tell."""
Phase = Callable[[Any, bool], Figures]
"""Measures one thing of a case; told whether in full or in the short version."""
Across = Callable[[Mapping[str, Sequence[Figures]]], Sequence[str]]
"""What is to be said of all sizes together."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing that is measured.

    `build(size, seed)` makes a case, which is not measured; the `phases` measure it one after the other, in a
    process of their own; `wanted` says in words what the project asks of it. Of `peers` (solvers of the race)
    the figures stand beside ours where they have been raced: docs/peers.md.
    """

    name: str
    question: str
    wanted: str
    build: Callable[[str, int], Any]
    phases: Mapping[str, Phase]
    peers: Sequence[str] = ()
    sizes: Sequence[str] = ("-",)
    short_sizes: Sequence[str] | None = None
    seeds: Sequence[int] = (0,)
    repeats: int = 1
    short_repeats: int = 1
    across: Across | None = field(default=None)


def subject(name: str) -> Subject:
    """The subject declared in `benchmarks/<name>.py`."""
    found: Subject = import_module(f"benchmarks.{name}").SUBJECT
    return found


def in_own_process(name: str, size: str, seed: int, *, full: bool) -> Figures:
    """All phases of a subject's case, by `python -m benchmarks.one`; raises if that fails."""
    command = [sys.executable, "-m", "benchmarks.one", name, size, str(seed), "full" if full else "short"]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{name} {size} {seed}: {done.stderr.strip().splitlines()[-1:]}")
    figures: Figures = json.loads(done.stdout.strip().splitlines()[-1])
    return figures


def whole_process(command: Sequence[str]) -> Figures:
    """Wall and processor seconds and peak memory of a command with its children; raises if it fails."""
    with TemporaryFile() as complaint:
        began = time.perf_counter()
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=complaint)
        most_mb, status = 0.0, None
        while status is None:
            time.sleep(0.005 if time.perf_counter() - began < 1 else 0.1)
            most_mb = max(most_mb, tree_mb(process.pid))
            pid, ended, usage = os.wait4(process.pid, os.WNOHANG)
            status = ended if pid else None
        wall = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in {0, 1}:
            complaint.seek(0)
            raise RuntimeError(f"{' '.join(command)}: {complaint.read().decode(errors='replace')}")
    most_mb = most_mb or usage.ru_maxrss / 1024  # the latter is no less than what the caller had
    return {"wall_s": wall, "cpu_s": usage.ru_utime + usage.ru_stime, "peak_mb": most_mb}


def peak_mb() -> float:
    """The most memory that this process has had, in MB; what it was forked from does not count."""
    with suppress(OSError, StopIteration):
        lines = Path("/proc/self/status").read_text().splitlines()
        return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def tree_mb(pid: int) -> float:
    """Resident memory of a process and all that it started, in MB; 0 where there is no /proc."""
    total, waiting = 0.0, [pid]
    while waiting:
        at = Path(f"/proc/{waiting.pop()}")
        with suppress(OSError, ValueError, IndexError):
            total += int((at / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
            for children in (at / "task").glob("*/children"):
                waiting += map(int, children.read_text().split())
    return total


def standto(*arguments: str) -> list[str]:
    """The installed command with arguments."""
    return [str(Path(sys.executable).with_name("standto")), *arguments]
