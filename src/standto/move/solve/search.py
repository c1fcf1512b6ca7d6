"""The search."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from standto.move.bound import Bound
from standto.move.plan import Plan
from standto.move.problem import Problem
from standto.move.solve.decoder import Decoder
from standto.move.solve.progress import Progress
from standto.move.solve.stopping import StoppingRule
from standto.move.solve.tables import Layout
from standto.move.solve.trips import Decoded, Habits


@dataclass(frozen=True, slots=True)
class Found:
    """What a search ends with."""

    decoded: Decoded
    rounds: int


def search(
    problem: Problem,
    layout: Layout,
    stop: StoppingRule,
    *,
    seed: int,
    start: Plan | None,
    bound: Bound | None,
    progress: Callable[[Progress], None] | None,
) -> Found:
    """A first plan."""
    decoder = Decoder(layout.tables, problem.goal)
    decoder.decode(np.empty(0, dtype=np.int64), first_order(problem), Habits())
    return Found(decoder.decoded(), 0)


def first_order(problem: Problem) -> np.ndarray:
    """Requirements in the order in which the first plan serves them: the due soonest first."""
    items = problem.requirements
    order = sorted(range(len(items)), key=lambda i: (items[i].due_h, -items[i].weight, items[i].available_h))
    return np.array(order, dtype=np.int64)
