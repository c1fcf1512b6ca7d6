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
from standto.move.solve.crossings import Crossings, Voyage, as_trip
from standto.move.solve.decoder import Decoder
from standto.move.solve.scarcity import PERSON_T
from standto.move.solve.tables import Tables
from standto.move.solve.trips import Habits, Trip

THRIFTY = Habits(thrift=0.1, hubs=3)
"""Measured on generated problems: any thrift from 0.02 to 0.5 is about as good, 3 hubs are as good as 4."""
FEW, MANY = 3, 1000
"""So many plans are made of a problem that has so many requirements or more."""
SHARED = 50
"""From so many requirements on loads share vehicles on their way too. Fewer are soon searched through lists,
which such plans are not given by.
"""


LASTS = 0.65
"""What does not sail is sent one after the other in this part of the closure, as a rule (measured)."""


@dataclass(frozen=True, slots=True)
class Sailing:
    """Voyages to begin with: by which part of the closure of a plan without them all must be there.

    They leave up to `left` of the way to others. What is least urgent sails, and is sent on last; or, where
    `early`, what is ready first, and is sent on in its turn: others are sent one by one while it `lasts`, as
    a part of the same closure.
    """

    share: float
    left: float
    early: bool = False
    lasts: float = LASTS

    def scaled(self, factor: float) -> Sailing:
        """The same as parts of another closure, this many times as early."""
        return replace(self, share=self.share * factor, lasts=self.lasts * factor)


ONWARD, DIRECT = 0.5, 0.0
SAILINGS = (
    *(Sailing(share, ONWARD) for share in (0.75, 0.8, 0.85, 0.9)),
    Sailing(0.85, DIRECT),
    *(Sailing(share, ONWARD, early=True) for share in (0.7, 0.75, 0.8, 0.85, 0.9)),
)
SAILINGS_OF_MANY = (Sailing(0.7, ONWARD, early=True), Sailing(0.8, ONWARD, early=True), Sailing(0.7, DIRECT))
"""Measured on generated problems: those that others go on from close earlier, direct ones make less late."""


@dataclass(frozen=True, slots=True)
class First:
    """How the first plan was made, and its score in the goal's order.

    `sailing` says which voyages there are, as parts of its own closure, and `before` the order without them.
    """

    score: tuple[float, ...]
    order: Ints
    habits: Habits
    voyages: tuple[Trip, ...] = ()
    sailing: Sailing | None = None
    before: Ints | None = None

    @property
    def sent(self) -> Ints:
        """The order in which requirements are sent, before what sails is put in its turn."""
        return self.order if self.before is None else self.before


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
        for sailing in SAILINGS_OF_MANY if many else SAILINGS:
            way = with_voyages(t, one, one.score[decoder.closure_at], sailing)
            if way is not None:
                new, at = _made(decoder, made, way), decoder.closure_at
                made.append(replace(new, sailing=sailing.scaled(one.score[at] / new.score[at])))
                yield _best(made)


def _best(made: Sequence[First]) -> First:
    return min(made, key=lambda one: one.score)


def with_voyages(t: Tables, way: First, closure_h: float, sailing: Sailing) -> First | None:
    """The same way to build a plan after voyages; None if there are none."""
    if not np.isfinite(closure_h):
        return None
    by_readiness = np.argsort(-t.ready_h, kind="stable")
    order = by_readiness if sailing.early else way.order
    voyages = Crossings(t, order, sailing.share * closure_h, sailing.left).plan()
    if not voyages:
        return None
    trips = tuple(as_trip(voyage, t.need.shape[1]) for voyage in voyages)
    way = replace(way, voyages=trips, sailing=sailing, before=way.order)
    if sailing.early:
        return replace(way, order=in_turn(t, way.order, voyages, sailing.lasts * closure_h))
    step_h = min(voyage.ground_h for voyage in voyages) - float(t.ready_h.min())
    return replace(way, habits=replace(way.habits, step_h=max(1.0, step_h)))


def in_turn(t: Tables, order: Ints, voyages: Sequence[Voyage], lasts_h: float) -> Ints:
    """The order with what sails, for the most part, where it is there when the others have come so far.

    Sent on earlier it would take vehicles that wait for it; sent on last it would find them idle until then.
    """
    turn_h = np.empty(len(order))
    turn_h[order] = np.arange(len(order)) * (lasts_h / max(1, len(order)))
    sails, there_h = np.zeros(len(order)), np.zeros(len(order))
    for voyage in voyages:
        for r, _, amount in voyage.loads:
            sails[r] += amount
            there_h[r] = max(there_h[r], voyage.ground_h)
    most = sails > 0.5 * t.need[:, 1:].sum(axis=1)
    return np.argsort(np.where(most, there_h, turn_h), kind="stable").astype(np.int64)


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
    joined = [replace(THRIFTY, joins=True)] if len(t.origin) >= SHARED else []
    return [(order, habits) for habits in (*joined, THRIFTY, Habits()) for order in (*orders, ready)]


def due_order(t: Tables, delay_h: float) -> Ints:
    """Requirements by when they are due, later by so many hours for a usual load of usual weight."""
    load = t.need[:, 1:].sum(axis=1) + t.need[:, 0] * max(t.pax_t, PERSON_T)
    ratio = np.minimum(load / t.weight, LARGEST)
    usual = float(ratio.mean()) if len(ratio) else 0.0
    if usual > 0:
        ratio = ratio / usual
    return np.lexsort((t.ready_h, -t.weight, t.due_h + delay_h * ratio)).astype(np.int64)
