"""One run in a process of its own: `python -m benchmarks.peers SOLVER PROBLEM SEED GOAL SECONDS`."""

from __future__ import annotations

import json
import resource
import sys
import time
from dataclasses import asdict
from typing import cast

from benchmarks.generate import generate
from benchmarks.peers import MOST_BYTES
from benchmarks.peers.solvers import SOLVERS
from benchmarks.registry import peak_mb
from standto.move.problem import Goal


def main(solver: str, name: str, seed: str, goal: str, seconds: str) -> None:
    """Run and print; whatever goes wrong is part of the record."""
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_BYTES, MOST_BYTES))
    began = time.perf_counter()
    problem = generate(name, int(seed)).with_goal(cast(Goal, goal))
    record: dict[str, object] = {"problem_sha256": problem.sha256}
    try:
        record |= asdict(SOLVERS[solver](problem, float(seconds), int(seed)))
    except MemoryError:
        record["failed"] = f"does not fit in {MOST_BYTES / 2**30:.0f} GB"
    except (RuntimeError, ValueError) as error:
        record["failed"] = f"{type(error).__name__}: {error}"[:300]
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    record["peak_mb"] = round(peak_mb())
    record["cpu_s"] = round(sum(usage.ru_utime + usage.ru_stime for usage in usages), 2)
    record["wall_s"] = round(time.perf_counter() - began, 1)
    print(json.dumps(record))


if __name__ == "__main__":
    main(*sys.argv[1:])
