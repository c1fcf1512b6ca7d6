"""How long until there is a first feasible plan of a generated problem, once the planner is compiled?"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time

from benchmarks.registry import ROOT, Figures, Subject


def run(size: str, seed: int) -> Figures:
    """Generate, plan with no search rounds and judge, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.first_plan", size, str(seed)]
    printed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    figures: Figures = json.loads(printed)
    return figures


def measure(size: str, seed: int) -> Figures:
    """Seconds of the first plan and of its check, lateness and closure, peak memory."""
    from benchmarks.generate import generate
    from standto.move.check import check
    from standto.move.solve import Rounds, solve, warm_up

    warm_up(lambda text: None)
    problem = generate(size, seed)
    began = time.perf_counter()
    plan = solve(problem, Rounds(0), seed=seed)
    planned = time.perf_counter()
    verdict = check(problem, plan)
    checked = time.perf_counter()
    if not verdict.ok:
        raise SystemExit(f"the plan breaks rules: {verdict.violations[0]}")
    return {
        "first_plan_s": planned - began,
        "check_s": checked - planned,
        "undelivered": plan.totals.undelivered,
        "closure_h": plan.totals.closure_h or 0.0,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


SUBJECT = Subject(
    name="first_plan",
    question="first feasible plan of generated problems, after warm-up",
    wanted="L (1,000 requirements, 200,000 people, 600 vehicles) at most 2 s; XL (10,000) 15 s and 2 GB",
    run=run,
    sizes=("S", "M", "L", "XL"),
    seeds=(1, 2, 3),
    repeats=1,
    short_repeats=1,
)

if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1], int(sys.argv[2]))))
