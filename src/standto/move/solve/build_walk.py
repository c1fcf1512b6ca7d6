"""Building anew: plans built from nothing, each in a way a little unlike the way of the best so far.

On large problems one list schedule differs from the next by more than a walk through timetables gains in the
same time: which voyages are made, in which order requirements are sent, how loads are weighed against slots.
So these are varied (an evolution strategy of one parent and one child: Rechenberg 1973), and the voyages and
the order may also be shaken by chance (GRASP: Feo and Resende 1995).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random
from typing import TypeVar

import numpy as np

from standto.move.network import Ints
from standto.move.problem import LARGEST
from standto.move.solve.decoder import Decoder
from standto.move.solve.first import DIRECT, ONWARD, SHARED, THRIFTY, First, Sailing, due_order, with_voyages
from standto.move.solve.flat import TRIPS, Listing, copy_listing
from standto.move.solve.list_walk import is_better
from standto.move.solve.tables import Tables
from standto.move.solve.trips import Habits

VARIED = 0.35
"""Each part of a way is varied in so many of its children."""
TRIP_ROOTS = 15_000
"""Trips times the root of requirements whose building counts as one move (set by what both take)."""

Score = tuple[float, ...]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Recipe:
    """A way to build a plan: the order of requirements, shaken in part, the voyages, the habits."""

    delay_h: float
    shaken: float
    shake: int
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
    listing, score
        The best plan so far, in the goal's order.
    seed
        Of all that is random.
    """

    def __init__(self, decoder: Decoder, t: Tables, listing: Listing, score: Score, seed: int) -> None:
        self.decoder, self.t, self.random = decoder, t, Random(seed)
        self._listing, self.score = listing, score
        self._closure_h = score[decoder.closure_at]
        self._moves, self.built = 0, 0
        self.pace = max(1, int(int(listing.used[TRIPS]) * math.sqrt(len(t.origin)) / TRIP_ROOTS))
        habits = replace(THRIFTY, joins=len(t.origin) >= SHARED)
        plain = Recipe(10.0, 0.0, 0, None, habits)
        self._begin = [
            replace(plain, sailing=Sailing(0.9, ONWARD, early=True)),
            replace(plain, delay_h=30.0, sailing=Sailing(0.9, ONWARD)),
            replace(plain, delay_h=30.0),
        ]
        self._parent: Recipe | None = None
        self._at: Score = (math.inf,) * len(score)

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
        """Build one plan; its way is the next to be varied if the plan is no worse than that of the last."""
        recipe = self._begin.pop() if self._begin else self.child()
        self.built += 1
        score = self.decode(recipe)
        if score is not None and not is_better(self._at, score):
            self._parent, self._at = recipe, score
            if is_better(score, self.score):
                self.score, self._listing = score, copy_listing(self.decoder.out)

    def decode(self, recipe: Recipe) -> Score | None:
        """The score of a way; None if it has no voyages where it should."""
        way: First | None = First((), self.order(recipe), recipe.habits)
        if recipe.sailing is not None and way is not None:
            way = with_voyages(self.t, way, self._closure_h, recipe.sailing)
        return None if way is None else self.decoder.decode_after(way.voyages, way.order, way.habits)

    def order(self, recipe: Recipe) -> Ints:
        """Requirements by when they are due, each up to so large a part of all places further back."""
        order = due_order(self.t, recipe.delay_h)
        count = len(order)
        later = np.random.default_rng(recipe.shake).random(count) * recipe.shaken * count
        shaken: Ints = order[np.argsort(np.arange(count) + later, kind="stable")]
        return shaken

    def child(self) -> Recipe:
        """The way of the best so far, some of its parts varied."""
        random, parent = self.random, self._parent
        assert parent is not None
        old = parent.habits
        habits = replace(
            old,
            thrift=self._some(old.thrift, lambda to: _within(0.01, to * math.exp(random.gauss(0, 0.5)), 0.5)),
            hubs=self._some(old.hubs, lambda _: random.choice((2, 3, 4))),
            patience_h=self._some(old.patience_h, lambda _: random.choice((0.0, 12.0, 24.0, 48.0))),
            noise_h=self._some(old.noise_h, lambda _: random.choice((0.0, 0.0, 1.0, 2.0, 4.0))),
            seed=self._some(old.seed, lambda _: random.randrange(1 << 20)),
        )
        return Recipe(
            delay_h=self._some(parent.delay_h, lambda old: _within(0.0, old + random.gauss(0, 10), LARGEST)),
            shaken=self._some(parent.shaken, lambda old: random.choice((0.0, 0.05, 0.1, 0.2, 0.4))),
            shake=self._some(parent.shake, lambda old: random.randrange(1 << 30)),
            sailing=self._sailing(parent.sailing),
            habits=habits,
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
