"""Building anew: plans built from nothing, each in a way a little unlike the way of the last one kept.

One list schedule differs from the next by more than a walk through lists or timetables gains in the same
time: by the order in which requirements are sent, by which voyages are made, by how loads are weighed against
slots. So these are varied, the order most of all: simulated annealing (Kirkpatrick et al. 1983) over the
priorities of a list scheduler, as in project scheduling (Kolisch and Hartmann 1999).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random
from typing import TypeVar

import numpy as np

from standto.move.solve.decoder import Decoder
from standto.move.solve.first import DIRECT, ONWARD, SHARED, THRIFTY, First, Sailing, due_order, with_voyages
from standto.move.solve.flat import TRIPS, Listing, copy_listing
from standto.move.solve.list_walk import good_enough, is_better
from standto.move.solve.tables import Tables
from standto.move.solve.trips import Habits

REORDERED, ALONE = 0.8, 0.75
"""So many children only have another order; in so many of its changes a requirement moves alone."""
MANY_A_MOVE = 200
"""For so many requirements each one more change."""
CYCLE = 300
"""Plans built from warm to cold; then it goes on from the best way."""
WARM, COLD, USUAL = 0.005, 0.0003, 15
"""How much worse, as a share, a plan of so many requirements may be and still be kept one time in three.

Measured on generated problems; of more requirements less, by the root of their number.
"""
VARIED = 0.35
"""Each part of a way is varied in so many of the other children."""
TRIP_ROOTS = 15_000
"""Trips times the root of requirements whose building counts as one move (set by what both take)."""

Score = tuple[float, ...]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Recipe:
    """A way to build a plan: the order of requirements, the voyages, the habits."""

    order: tuple[int, ...]
    sailing: Sailing | None
    habits: Habits


class BuildWalk:
    """Builds one plan for so many moves as it takes the time of; what it builds depends on its seed alone.

    Parameters
    ----------
    decoder
        Used for nothing else from now on.
    t
        The problem.
    listing
        The best plan so far.
    first
        The way of the first plan, to begin with, and the score of the best so far in the goal's order.
    seed
        Of all that is random.
    """

    def __init__(self, decoder: Decoder, t: Tables, listing: Listing, first: First, seed: int) -> None:
        self.decoder, self.t, self.random = decoder, t, Random(seed)
        self._listing, self.score = listing, first.score
        self._closure_h = first.score[decoder.closure_at]
        self._moves, self.built = 0, 0
        self.pace = max(1, int(int(listing.used[TRIPS]) * math.sqrt(len(t.origin)) / TRIP_ROOTS))
        habits = replace(THRIFTY, joins=len(t.origin) >= SHARED)
        usual, small_first = (tuple(due_order(t, delay_h).tolist()) for delay_h in (10.0, 30.0))
        self._begin = [
            Recipe(small_first, None, habits),
            Recipe(small_first, Sailing(0.9, ONWARD), habits),
            Recipe(usual, Sailing(0.9, ONWARD, early=True), habits),
            Recipe(tuple(first.sent.tolist()), first.sailing, first.habits),
        ]
        self._parent, self._at = self._begin[-1], (math.inf,) * len(first.score)
        self._best: tuple[Recipe, Score] = self._parent, self._at

    @property
    def at_end_of_cycle(self) -> bool:
        """Never: what others find is no way to build."""
        return False

    def lap(self, moves: int) -> None:
        """Make so many moves, that is, build one plan for many of them."""
        for _ in range(moves):
            if self._moves % self.pace == 0:
                self.build()
            self._moves += 1

    def listing(self) -> Listing:
        """The best plan as a list."""
        return self._listing

    def go_on(self, listing: Listing | None = None) -> None:
        """Go on as before."""

    def build(self) -> None:
        """Build one plan; its way is the next to be varied if the plan is good enough beside the last."""
        recipe = self._begin.pop() if self._begin else self.child()
        self.built += 1
        score = self.decode(recipe)
        if score is not None and good_enough(score, self._at, self._heat(), self.random):
            self._parent, self._at = recipe, score
            if is_better(score, self._best[1]):
                self._best = recipe, score
            if is_better(score, self.score):
                self.score, self._listing = score, copy_listing(self.decoder.out)
        if self.built % CYCLE == 0:
            self._parent, self._at = self._best

    def _heat(self) -> float:
        usual = min(1.0, math.sqrt(USUAL / len(self.t.origin)))
        fall: float = (COLD / WARM) ** (self.built % CYCLE / CYCLE)
        return usual * WARM * fall

    def decode(self, recipe: Recipe) -> Score | None:
        """The score of a way; None if it has no voyages where it should."""
        way: First | None = First((), np.array(recipe.order, dtype=np.int64), recipe.habits)
        if recipe.sailing is not None and way is not None:
            way = with_voyages(self.t, way, self._closure_h, recipe.sailing)
        return None if way is None else self.decoder.decode_after(way.voyages, way.order, way.habits)

    def child(self) -> Recipe:
        """The way of the best so far, its order changed a little or some of its habits."""
        parent = self._parent
        if self.random.random() < REORDERED:
            return replace(parent, order=self._reordered(parent.order))
        return replace(parent, sailing=self._sailing(parent.sailing), habits=self._habits(parent.habits))

    def _reordered(self, order: tuple[int, ...]) -> tuple[int, ...]:
        """Some requirements that stand together moved elsewhere, once or a few times."""
        random, new = self.random, list(order)
        for _ in range(1 + len(order) // MANY_A_MOVE):
            many = 1 if random.random() < ALONE else random.randint(1, 2 + len(order) // 8)
            first = random.randrange(len(new))
            moved = new[first : first + many]
            del new[first : first + many]
            to = random.randint(0, len(new))
            new[to:to] = moved
        return tuple(new)

    def _habits(self, old: Habits) -> Habits:
        random = self.random
        return replace(
            old,
            thrift=self._some(old.thrift, lambda to: _within(0.01, to * math.exp(random.gauss(0, 0.5)), 0.5)),
            hubs=self._some(old.hubs, lambda _: random.choice((1, 2, 3, 4))),
            patience_h=self._some(old.patience_h, lambda _: random.choice((0.0, 12.0, 24.0, 48.0))),
            joins=self._some(old.joins, lambda joins: not joins and len(self.t.origin) >= SHARED),
            noise_h=self._some(old.noise_h, lambda _: random.choice((0.0, 0.0, 1.0, 2.0, 4.0))),
            seed=self._some(old.seed, lambda _: random.randrange(1 << 20)),
        )

    def _sailing(self, old: Sailing | None) -> Sailing | None:
        random = self.random
        if old is None or random.random() > 2 * VARIED:
            return old
        return Sailing(
            share=self._some(old.share, lambda share: _within(0.5, share + random.gauss(0, 0.05), 1.2)),
            left=self._some(old.left, lambda left: random.choice((ONWARD, ONWARD, 0.4, 0.6, 0.3, DIRECT))),
            early=self._some(old.early, lambda early: not early),
            lasts=self._some(old.lasts, lambda lasts: _within(0.2, lasts + random.gauss(0, 0.15), 1.0)),
        )

    def _some(self, old: T, varied: Callable[[T], T]) -> T:
        return varied(old) if self.random.random() < VARIED else old


def _within(least: float, value: float, most: float) -> float:
    return min(most, max(least, value))
