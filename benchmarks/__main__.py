"""Measure the subjects; print medians with commit, machine and repeats, or write docs/benchmarks.md."""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime

from benchmarks.registry import ROOT, SUBJECTS, Figures, Subject, subject

PAGE = ROOT / "docs" / "benchmarks.md"
MARK = "<!-- measured by python -m benchmarks -->"


def main() -> None:
    """Run the subjects named, or all."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("subjects", nargs="*", help=f"any of {', '.join(SUBJECTS)}; none = all")
    parser.add_argument("--full", action="store_true", help="all repeats and seeds")
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    options = parser.parse_args()
    unknown = set(options.subjects) - set(SUBJECTS)
    if unknown:
        parser.error(f"no subject {sorted(unknown)[0]!r}")
    lines = [heading()]
    for name in options.subjects or SUBJECTS:
        for line in report(subject(name), full=options.full):
            print(line, flush=True)
            lines.append(line)
    if options.write:
        before = PAGE.read_text().partition(MARK)[0]
        PAGE.write_text(before + MARK + "\n\n" + "\n".join(lines) + "\n")
        print(f"wrote {PAGE}", file=sys.stderr)


def heading() -> str:
    """Commit, machine, Python and day of a measurement."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, check=False, capture_output=True, text=True
    ).stdout.strip()
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    return f"Commit {commit or 'unknown'}, {machine}, {datetime.now(UTC):%d %B %Y}; shared machine.\n"


def report(measured: Subject, *, full: bool) -> Iterator[str]:
    """A table of one subject: a row per size, medians with the range of all runs."""
    yield f"## {measured.name}\n\n{measured.question}. Wanted: {measured.wanted}.\n"
    seeds = measured.seeds if full else measured.seeds[:1]
    repeats = measured.repeats if full else measured.short_repeats
    head: list[str] = []
    for size in measured.sizes:
        runs = [measured.run(size, seed) for seed in seeds for _ in range(repeats)]
        if not head:
            head = list(runs[0])
            yield "| size | runs | " + " | ".join(head) + " |"
            yield "|---|---:|" + "---:|" * len(head)
        yield f"| {size} | {len(runs)} | " + " | ".join(_spread(runs, name) for name in head) + " |"
    yield ""


def _spread(runs: list[Figures], name: str) -> str:
    values = [run[name] for run in runs]
    middle, low, high = statistics.median(values), min(values), max(values)
    return f"{middle:,.2f}" if low == high else f"{middle:,.2f} ({low:,.2f} to {high:,.2f})"


if __name__ == "__main__":
    main()
