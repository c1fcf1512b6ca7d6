"""The planner and its peers on the same problems, one run after another: `python -m benchmarks.race`.

Runs stand in the order of their importance. Each is kept as one line of benchmarks/results/race.jsonl as soon
as it ends; a run that is there for the very same problem is not made again, so that a race can be stopped and
goes on where it was. Seconds are of the processor (`benchmarks/clock.py`), so that a race may stand behind
other work: `nice -n 19 python -m benchmarks.race`. `--list` shows what would run and how long it takes where
nothing else does, `--write` makes docs/peers.md's tables and docs/img/gap.svg from what has been run.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from benchmarks.generate import FAMILIES, SIZES, generate
from benchmarks.peers import MOST_BYTES
from benchmarks.registry import ROOT

RECORDS = ROOT / "benchmarks" / "results" / "race.jsonl"
NAMES = ("bound", "greedy", "standto", "cpsat", "pyvrp", "routing")
WAITS = 40
"""On a busy machine a run may take so many times its seconds."""
Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Run:
    """One solver on one problem with one limit of seconds."""

    solver: str
    problem: str
    seed: int
    goal: str
    seconds: float

    def key(self, sha256: str) -> str:
        """What makes a run the same run: not the commit, but the very problem, and for ours the planner."""
        made_of = [planner()] if self.solver in OWN else []
        return json.dumps([*asdict(self).values(), *made_of, sha256[:16]])


SEEDS = (1, 2, 3)
SMALL, LARGE = ("S", "M"), ("L", "XL")
OWN = ("bound", "standto")
"""What is ours: a run counts for as long as the planner's sources are the same."""


def _each(
    solver: str, problems: Iterable[str], goal: str, seconds: float, seeds: Sequence[int] = SEEDS
) -> Iterator[Run]:
    for problem in problems:
        yield from (Run(solver, problem, seed, goal, seconds) for seed in seeds)


def runs() -> Iterator[Run]:
    """All runs, the most telling first; each keeps what it has at the marks of time before its limit."""
    yield from peers()
    yield from own()


def own() -> Iterator[Run]:
    """Ours: bounds, and the planner on everything for a minute; then longer on S and M, and what is left."""
    yield from _each("bound", ("S", *FAMILIES), "lateness", 300)
    yield from _each("standto", ("S",), "lateness", 60)
    yield from _each("standto", ("S",), "closure", 60)
    yield from _each("standto", FAMILIES, "lateness", 10)
    yield from _each("bound", ("M",), "lateness", 300)
    yield from _each("standto", ("M",), "closure", 60)
    yield from _each("standto", ("M",), "lateness", 60)
    yield from _each("bound", LARGE, "lateness", 120)
    yield from _each("standto", LARGE, "closure", 60)
    yield from _each("standto", LARGE, "lateness", 60, (1,))

    yield from _each("standto", ("S",), "lateness", 300)
    yield from _each("standto", ("M",), "lateness", 300, (1,))
    yield from _each("standto", SMALL, "closure", 300, (1,))
    yield from _each("standto", LARGE, "lateness", 60, (2, 3))
    yield from _each("standto", SMALL, "closure", 300, (2, 3))
    yield from _each("standto", ("M",), "lateness", 300, (2, 3))


def peers() -> Iterator[Run]:
    """The others: 300 s on S and M, 60 s on all else, of the largest one seed."""
    yield from _each("greedy", [*SMALL, *FAMILIES, *LARGE], "lateness", 0)
    yield from _each("cpsat", ("S",), "lateness", 300)
    yield from _each("cpsat", ("M",), "lateness", 300, (1,))
    for solver in ("pyvrp", "routing"):
        yield from _each(solver, SMALL, "closure", 300)
    yield from _each("cpsat", LARGE, "lateness", 60, (1,))
    yield from _each("cpsat", FAMILIES, "lateness", 60)
    for solver in ("pyvrp", "routing"):
        yield from _each(solver, LARGE, "closure", 60, (1,))
        yield from _each(solver, FAMILIES, "closure", 60, (1,))
    yield from _each("cpsat", ("M",), "lateness", 300, (2, 3))
    yield from _each("cpsat", SMALL, "closure", 300)
    yield from _each("cpsat", LARGE, "closure", 60, (1,))


@cache
def planner() -> str:
    """What the sources of the planner and its bound say, in few letters."""
    found = hashlib.sha256()
    for path in sorted((ROOT / "src" / "standto" / "move").rglob("*.py")):
        found.update(path.read_bytes())
    return found.hexdigest()[:12]


@cache
def sha256_of(problem: str, seed: int) -> str:
    """The hash of a generated problem, as the generator makes it now."""
    return generate(problem, seed).sha256


def read_records() -> dict[str, Record]:
    """What has been run, by its key, the latest of each."""
    if not RECORDS.exists():
        return {}
    records = {}
    for line in RECORDS.read_text().splitlines():
        with suppress(json.JSONDecodeError):  # cut off when the machine stopped
            record = json.loads(line)
            records[record["key"]] = record
    return records


def obtain(run: Run, *, full: bool) -> Record:
    """A run's record, made where it is missing; in full, that of the run listed for its problem instead."""
    if full:
        same = (run.solver, run.problem, run.seed)
        listed = [one for one in runs() if (one.solver, one.problem, one.seed) == same]
        run = next((one for one in listed if one.goal == run.goal), run)
    known = read_records().get(run.key(sha256_of(run.problem, run.seed)))
    if known is not None:
        return known
    record = perform(run)
    keep(record)
    return record


def keep(record: Record) -> None:
    """Add a record to what has been run."""
    RECORDS.parent.mkdir(exist_ok=True)
    with RECORDS.open("a") as file:
        file.write(json.dumps(record) + "\n")


def perform(run: Run) -> Record:
    """Run in a process of its own, and say what came of it."""
    command = [sys.executable, "-m", "benchmarks.peers", run.solver, run.problem, str(run.seed), run.goal]
    command.append(f"{run.seconds:g}")
    began = datetime.now(UTC)
    load = os.getloadavg()[0]
    patience = WAITS * run.seconds + 3600
    try:
        process = subprocess.run(
            command, cwd=ROOT, check=False, capture_output=True, text=True, timeout=patience
        )
    except subprocess.TimeoutExpired:
        found: Record = {"failed": f"did not end within {patience:.0f} s"}
    else:
        printed = process.stdout.strip().splitlines()
        if process.returncode == 0 and printed:
            found = json.loads(printed[-1])
        else:
            found = {"failed": _complaint(process.returncode, process.stderr)}
    sha256 = found.pop("problem_sha256", None) or sha256_of(run.problem, run.seed)
    about = {"key": run.key(sha256), **asdict(run), "commit": commit(), "machine": machine()}
    times = {"began": began.isoformat(timespec="seconds"), "load_before": round(load, 2)}
    times |= {"load_after": round(os.getloadavg()[0], 2)}
    times |= {"took_s": round((datetime.now(UTC) - began).total_seconds(), 1)}
    return about | times | found


def _complaint(code: int, stderr: str) -> str:
    """Why a process ended without a result, in a line."""
    if "bad_alloc" in stderr or "MemoryError" in stderr:
        return f"does not fit in {MOST_BYTES / 2**30:.0f} GB"
    last = stderr.strip().splitlines()[-1:] or ["it said nothing"]
    return f"ended with {code}: {last[0]}"[:300]


def commit() -> str:
    """The commit that is measured."""
    command = ["git", "rev-parse", "--short", "HEAD"]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    return done.stdout.strip() or "unknown"


def machine() -> str:
    """What it ran on."""
    return f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"


def summary(record: Record) -> str:
    """A run in one line."""
    head = f"{record['solver']:8} {record['problem']:18} {record['seed']} {record['goal']:8} "
    head += f"{record['seconds']:>5g} s"
    if "failed" in record:
        return f"{head}  failed: {record['failed']}"
    last = list(record["at"].values())[-1]
    if last["outcome"] in {"none", "refused"}:
        return f"{head}  {last['outcome']} {last.get('why', '')}"
    closure = last["closure_h"]
    text = f"lateness {last['weighted_lateness']:,.1f}, closure {0.0 if closure is None else closure:,.1f} h"
    return f"{head}  {text}; {record['note']}; {record['peak_mb']:,} MB"


def main() -> None:
    """Run what was chosen and is not there yet."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.race", description=__doc__)
    parser.add_argument("--problems", nargs="+", help=f"of {', '.join([*SIZES, *FAMILIES])}")
    parser.add_argument("--solvers", nargs="+", choices=NAMES)
    parser.add_argument("--seeds", nargs="+", type=int)
    parser.add_argument("--goals", nargs="+", choices=("lateness", "closure"))
    parser.add_argument("--seconds", nargs="+", type=float, help="run these limits instead of those listed")
    parser.add_argument("--again", action="store_true", help="also what is there already")
    parser.add_argument("--ours", action="store_true", help="only the planner and its bounds")
    parser.add_argument("--theirs", action="store_true", help="only the peers")
    parser.add_argument("--list", action="store_true", help="only show what would run")
    parser.add_argument("--write", action="store_true", help="only write tables and plot")
    options = parser.parse_args()
    if options.write:
        from benchmarks.race_page import write_page

        write_page(list(read_records().values()))
        return
    listed = own() if options.ours else peers() if options.theirs else runs()
    chosen = [run for run in dict.fromkeys(_limited(listed, options.seconds)) if _wanted(run, options)]
    done = read_records()
    open_ = [run for run in chosen if options.again or run.key(sha256_of(run.problem, run.seed)) not in done]
    minutes = sum(expected_s(run) for run in open_) / 60
    print(
        f"{len(chosen)} runs, {len(open_)} to make: about {minutes:,.0f} minutes of both cores",
        file=sys.stderr,
    )
    if options.list:
        ends = itertools.accumulate(map(expected_s, open_))
        for run, ends_s in zip(open_, ends, strict=True):
            print(f"until {ends_s / 60:6.1f} min: {' '.join(str(value) for value in asdict(run).values())}")
        return
    for number, run in enumerate(open_, start=1):
        record = perform(run)
        keep(record)
        print(f"{number}/{len(open_)} {summary(record)}", flush=True)


def _limited(all_: Iterator[Run], seconds: Sequence[float] | None) -> Iterator[Run]:
    if seconds is None:
        yield from all_
        return
    for run in all_:
        timed = seconds if run.seconds else [0.0]
        yield from (Run(run.solver, run.problem, run.seed, run.goal, limit) for limit in timed)


def _wanted(run: Run, options: argparse.Namespace) -> bool:
    pairs = (
        (run.problem, options.problems),
        (run.solver, options.solvers),
        (run.seed, options.seeds),
        (run.goal, options.goals),
    )
    return all(wanted is None or value in wanted for value, wanted in pairs)


OVERHEAD_S = {"S": 5.0, "M": 8.0, "L": 20.0, "XL": 90.0}


def expected_s(run: Run) -> float:
    """About how long a run takes with start-up, generating and judging."""
    limit = 0.0 if run.solver == "bound" and run.problem in {"S", *FAMILIES} else run.seconds
    return limit + OVERHEAD_S.get(run.problem, 3.0)


if __name__ == "__main__":
    main()
