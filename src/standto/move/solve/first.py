"""The first plan: the list schedule built a few times, in a few orders, and the best of them.

Earliest due first serves lateness well (Jackson 1955), and small or heavily weighted requirements a little
earlier serve it better where they queue (after Smith 1956: the shortest for its weight first). Some plans
begin with voyages, which the list scheduler would not make.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from standto.move.network import Ints
from standto.move.problem import LARGEST
from standto.move.solve.crossings import Crossings, as_trip
from standto.move.solve.decoder import Decoder
from standto.move.solve.scarcity import PERSON_T
from standto.move.solve.tables import Tables
from standto.move.solve.trips import Habits, Trip

THRIFTY = Habits(thrift=0.1, hubs=3)
"""Measured on generated problems: any thrift from 0.02 to 0.5 is about as good, three hubs as good as four."""
FEW, MANY = 3, 1000
"""So many plans are made of a problem that has so many requirements or more."""


ONWARD, DIRECT = 0.5, 0.0
"""Voyages may leave so much of the way to others, or nothing."""
VOYAGES = ((0.75, ONWARD), (0.8, ONWARD), (0.85, ONWARD), (0.9, ONWARD), (0.85, DIRECT))
VOYAGES_OF_MANY = ((0.85, ONWARD), (0.7, DIRECT))
"""By which part of the closure of a plan without voyages they are to be there, and what they may leave.

Measured on generated problems: those that others go on from close plans earlier, direct ones make less late.
"""


@dataclass(frozen=True, slots=True)
class First:
    """How the first plan was made, and its score in the goal's order."""

    score: tuple[float, ...]
    order: Ints
    habits: Habits
    voyages: tuple[Trip, ...] = ()


def first_plan(decoder: Decoder, t: Tables) -> First:
    """Build plans in several ways and leave the best in the decoder's `kept`."""
    return list(first_plans(decoder, t))[-1]


def first_plans(decoder: Decoder, t: Tables) -> Iterator[First]:
    """Build plans in several ways; after each the best so far, which stands in the decoder's `kept`."""
    ways = first_ways(t)
    many = len(t.origin) >= MANY
    made: list[First] = []
    for order, habits in ways[:FEW] if many else ways:
        made.append(_made(decoder, made, First((), order, habits)))
        yield _best(made)
    plain = sorted(made, key=lambda one: one.score)[: 1 if many else FEW]
    for one in plain:
        for share, left in VOYAGES_OF_MANY if many else VOYAGES:
            sailing = with_voyages(t, one, share * one.score[decoder.closure_at], left)
            if sailing is not None:
                made.append(_made(decoder, made, sailing))
                yield _best(made)


def _best(made: Sequence[First]) -> First:
    return min(made, key=lambda one: one.score)


def with_voyages(t: Tables, way: First, until_h: float, left: float = ONWARD) -> First | None:
    """The same way to build a plan after voyages that are there by some hour; None if there are none.

    What they bring is sent on last, or the vehicles that do so would be idle until then.
    """
    if not np.isfinite(until_h):
        return None
    voyages = Crossings(t, way.order, until_h, left).plan()
    if not voyages:
        return None
    step_h = min(voyage.ground_h for voyage in voyages) - float(t.ready_h.min())
    trips = tuple(as_trip(voyage, t.need.shape[1]) for voyage in voyages)
    return replace(way, habits=replace(way.habits, step_h=max(1.0, step_h)), voyages=trips)


def _made(decoder: Decoder, others: Sequence[First], way: First) -> First:
    """Build a plan this way, and keep it if it is better than others."""
    new = replace(way, score=decoder.decode_after(way.voyages, way.order, way.habits))
    if all(new.score < other.score for other in others):
        decoder.keep()
    return new


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
