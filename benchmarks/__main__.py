"""Measure the subjects; print medians with commit, machine and repeats, or write docs/benchmarks.md."""

from __future__ import annotations

import argparse
import math
import os
import platform
import statistics
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from benchmarks.registry import ROOT, SUBJECTS, Figures, Subject, in_own_process, subject

PAGE = ROOT / "docs" / "benchmarks.md"
MARK = "<!-- measured by python -m benchmarks -->"
NOTHING = "–"


def main() -> None:
    """Run the subjects named, or all; of a page only their sections are written anew."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("subjects", nargs="*", help=f"any of {', '.join(SUBJECTS)}; none = all")
    parser.add_argument("--full", action="store_true", help="all sizes, repeats and seeds")
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    options = parser.parse_args()
    unknown = set(options.subjects) - set(SUBJECTS)
    if unknown:
        parser.error(f"no subject {sorted(unknown)[0]!r}")
    for name in options.subjects or SUBJECTS:
        lines = []
        for line in report(subject(name), full=options.full):
            print(line, flush=True)
            lines.append(line)
        if options.write:
            written = with_section(PAGE.read_text(encoding="utf-8"), name, "\n".join(lines))
            PAGE.write_text(written, encoding="utf-8")
            print(f"wrote {name} to {PAGE}", file=sys.stderr)


def provenance(measured: Subject, runs: int) -> str:
    """Commit, machine, Python, day, load, seeds and repeats of a measurement."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, check=False, capture_output=True, text=True
    ).stdout.strip()
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    load = f"load {os.getloadavg()[0]:.1f}"
    return f"{runs} runs; commit {commit or 'unknown'}, {datetime.now(UTC):%d %B %Y}, {machine}, {load}."


def with_section(page: str, name: str, section: str) -> str:
    """The page with the section of one subject put in place of what it had, in the order of the registry."""
    head, _, tail = page.partition(MARK)
    sections = {text.partition("\n")[0].strip(): text for text in tail.split("\n## ")[1:]}
    sections[name] = section.removeprefix("## ")
    known = [sections[key].strip() for key in SUBJECTS if key in sections]
    return head + MARK + "\n" + "".join(f"\n## {text}\n" for text in known)


def report(measured: Subject, *, full: bool) -> Iterator[str]:
    """A table of one subject: a row per size, medians with the range of all runs."""
    yield f"## {measured.name}\n\n{measured.question}. Wanted: {measured.wanted}.\n"
    seeds = measured.seeds if full else measured.seeds[:1]
    repeats = measured.repeats if full else measured.short_repeats
    sizes = measured.sizes if full or measured.short_sizes is None else measured.short_sizes
    found: dict[str, list[Figures]] = {}
    for size in sizes:
        runs = [
            in_own_process(measured.name, size, seed, full=full) for seed in seeds for _ in range(repeats)
        ]
        found[size] = runs
        names = list(runs[0])
        if len(found) == 1:
            head = names
            yield "| size | runs | " + " | ".join(head) + " |"
            yield "|---|---:|" + "---:|" * len(head)
        yield f"| {size} | {len(runs)} | " + " | ".join(spread(runs, name) for name in head) + " |"
    yield ""
    if measured.across is not None:
        yield from measured.across(found)
        yield ""
    yield provenance(measured, sum(map(len, found.values()))) + f" Seeds {', '.join(map(str, seeds))}."
    yield ""


def spread(runs: Sequence[Figures], name: str) -> str:
    """The median of a figure, with the range of all runs where they differ."""
    values = [value for run in runs if (value := run.get(name)) is not None and math.isfinite(value)]
    if not values:
        return NOTHING
    middle, low, high = statistics.median(values), min(values), max(values)
    return f"{middle:,.2f}" if low == high else f"{middle:,.2f} ({low:,.2f} to {high:,.2f})"


if __name__ == "__main__":
    main()
