"""A case of a subject in a process of its own: `python -m benchmarks.one SUBJECT SIZE SEED full|short`."""

from __future__ import annotations

import json
import sys

from benchmarks.registry import Figures, subject


def main(name: str, size: str, seed: str, effort: str) -> None:
    """Build the case, measure its phases, print the figures of all."""
    measured = subject(name)
    case = measured.build(size, int(seed))
    figures: Figures = {}
    for phase in measured.phases.values():
        figures |= phase(case, effort == "full")
    print(json.dumps(figures))


if __name__ == "__main__":
    main(*sys.argv[1:])
