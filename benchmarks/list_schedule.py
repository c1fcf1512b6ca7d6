"""How long does one list schedule of a whole plan take, and how does that grow with its missions?"""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from benchmarks.registry import Figures, Subject
from standto.move.solve.decoder import Decoder
from standto.move.solve.first import First

LEAST_TIMES, LEAST_S = 5, 1.0
"""A decode is repeated so many times and for so many seconds; the median counts."""


@dataclass(frozen=True, slots=True)
class Case:
    """The decoder of a problem that holds its first plan, and how that was made."""

    decoder: Decoder
    first: First


def build(size: str, seed: int) -> Case:
    """The best first plan of a generated problem."""
    from benchmarks.generate import generate
    from standto.move.solve import warm_up
    from standto.move.solve.first import first_plan
    from standto.move.solve.tables import Layout

    warm_up(lambda text: None)
    tables = Layout(generate(size, seed)).tables
    decoder = Decoder(tables, "lateness")
    return Case(decoder, first_plan(decoder, tables))


def from_nothing(case: Case, full: bool) -> Figures:
    """Milliseconds to build it from an order of requirements, its voyages given."""
    way = case.first
    took_ms = _median_ms(lambda: case.decoder.decode_after(way.voyages, way.order, way.habits))
    return {"missions": float(case.decoder.kept.used[0]), "from_nothing_ms": took_ms}


def again(case: Case, full: bool) -> Figures:
    """Milliseconds to give all trips of the list their hours anew, as a search does for every change."""
    from standto.move.solve.trips import Habits

    trips, order = np.arange(int(case.decoder.kept.used[0])), case.first.order
    return {"again_ms": _median_ms(lambda: case.decoder.decode(trips, order, Habits()))}


def _median_ms(work: Callable[[], object]) -> float:
    work()  # makes room
    took: list[float] = []
    while len(took) < LEAST_TIMES or sum(took) < LEAST_S:
        began = time.process_time()
        work()
        took.append(time.process_time() - began)
    return 1000 * statistics.median(took)


def growth(found: Mapping[str, Sequence[Figures]]) -> list[str]:
    """By which power of the missions the milliseconds grow from size to size."""
    lines = []
    for name in ("from_nothing_ms", "again_ms"):
        points = {
            size: (_median(runs, "missions"), _median(runs, name)) for size, runs in found.items() if runs
        }
        powers = [
            f"{one} to {other} {math.log(b[1] / a[1]) / math.log(b[0] / a[0]):.2f}"
            for (one, a), (other, b) in pairwise(points.items())
        ]
        if powers:
            lines.append(f"{name} grows with missions to the power of: {', '.join(powers)}.  ")
    return lines


def _median(runs: Sequence[Figures], name: str) -> float:
    return float(statistics.median(value for run in runs if (value := run[name]) is not None))


SUBJECT = Subject(
    name="list_schedule",
    question="one list schedule of a whole plan, from nothing or decoded again, in milliseconds of one core",
    wanted="M 7, L 65, XL 250 ms, growth no faster than missions^1.15; aim M 3, L 20, XL 100 ms",
    build=build,
    phases={"from nothing": from_nothing, "again": again},
    sizes=("S", "M", "L", "XL"),
    short_sizes=("S", "M", "L"),
    seeds=(1, 2, 3),
    across=growth,
)
