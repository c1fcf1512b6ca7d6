"""The first plan: the list schedule built a few times, in a few orders, and the best of them.

Earliest due first serves lateness well (Jackson 1955), and small or heavily weighted requirements a little
earlier serve it better where they queue (after Smith 1956: the shortest for its weight first).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from standto.move.network import Ints
from standto.move.problem import LARGEST
from standto.move.solve.decoder import Decoder
from standto.move.solve.scarcity import PERSON_T
from standto.move.solve.tables import Tables
from standto.move.solve.trips import Habits

THRIFTY = Habits(thrift=0.1, hubs=2)
"""Measured on generated problems: any thrift from 0.02 to 0.5 is about as good, two hubs as good as four."""
FEW, MANY = 3, 1000
"""So many plans are made of a problem that has so many requirements or more."""


@dataclass(frozen=True, slots=True)
class First:
    """How the first plan was made, and its score in the goal's order."""

    score: tuple[float, ...]
    order: Ints
    habits: Habits


def first_plan(decoder: Decoder, t: Tables) -> First:
    """Build plans in several ways and leave the best in the decoder's `kept`."""
    ways = first_ways(t)
    return _best(decoder, ways[:FEW] if len(t.origin) >= MANY else ways)


def _best(decoder: Decoder, ways: Sequence[tuple[Ints, Habits]]) -> First:
    made: list[First] = []
    for order, habits in ways:
        new = First(decoder.decode(np.empty(0, dtype=np.int64), order, habits), order, habits)
        if all(new.score < other.score for other in made):
            decoder.keep()
        made.append(new)
    return min(made, key=lambda one: one.score)


def first_ways(t: Tables) -> list[tuple[Ints, Habits]]:
    """Orders of requirements and habits to build first plans with, those that are best as a rule first."""
    orders = [due_order(t, delay_h) for delay_h in (10.0, 0.0, 30.0)]
    ready = np.lexsort((t.due_h, -t.weight, t.ready_h)).astype(np.int64)
    ways = [(order, THRIFTY) for order in (*orders, ready)]
    return ways + [(order, Habits()) for order in (*orders, ready)]


def due_order(t: Tables, delay_h: float) -> Ints:
    """Requirements by when they are due, later by so many hours for a usual load of usual weight."""
    load = t.need[:, 1:].sum(axis=1) + t.need[:, 0] * max(t.pax_t, PERSON_T)
    ratio = np.minimum(load / t.weight, LARGEST)
    usual = float(ratio.mean()) if len(ratio) else 0.0
    if usual > 0:
        ratio = ratio / usual
    return np.lexsort((t.ready_h, -t.weight, t.due_h + delay_h * ratio)).astype(np.int64)
