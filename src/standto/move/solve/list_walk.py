"""List search: change the list of trips a little, decode it, keep it if it is not much worse.

Simulated annealing in short cycles (Kirkpatrick, Gelatt and Vecchi 1983), with ruin and recreate among its
moves (Schrimpf et al. 2000). Every cycle begins from the best plan, now and then from a new one.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from random import Random

import numpy as np

from standto.move.network import Ints
from standto.move.plan import Plan
from standto.move.problem import Problem
from standto.move.solve.decoder import Decoder
from standto.move.solve.first import First, first_plans
from standto.move.solve.flat import TRIPS, Listing, add_trips, copy_listing
from standto.move.solve.moves import Change, Moves
from standto.move.solve.tables import Layout
from standto.move.solve.trips import Habits

CYCLE = 600
"""Rounds from warm to cold."""
WARM, COLD = 0.01, 0.0003
"""How much worse, as a share, a plan may be and still be kept about one time in three."""
SAME = 1e-7
TARGETS = (0.1, 0.3, 0.5, 0.2)
"""By what part of its way to the bound closure is wanted earlier, in turn."""
UNKNOWN = 0.8
"""Where nothing is proven, the bound is taken to be this part of the closure."""

Score = tuple[float, ...]


class ListWalk:
    """One walk through lists of trips.

    Where closure is the goal it makes small, in place of the closure itself, the hours by which requirements
    close after a target that is earlier than the best closure: a slope where closure alone is flat.
    """

    best: Listing
    score: Score
    first: First
    _at: Score

    def __init__(self, problem: Problem, layout: Layout, seed: int, floor_h: float = 0.0) -> None:
        self.layout, self.floor_h = layout, floor_h
        self.decoder = Decoder(layout.tables, problem.goal)
        self.random = Random(seed)
        self.moves = Moves(layout, self.decoder, self.random)
        self.rounds = 0
        self._closure = problem.goal == "closure"
        self._target = math.inf
        self._cycles, self._begun = 0, 0

    @property
    def at_end_of_cycle(self) -> bool:
        """Whether it is cold: the moment to go on from elsewhere."""
        return self.rounds - self._begun >= CYCLE

    def begin(self, start: Plan | None) -> None:
        """The first plan: the best list schedule, or the one given if that is better."""
        for _ in self.beginnings(start):
            pass

    def beginnings(self, start: Plan | None) -> Iterator[None]:
        """Begin step by step: after each there is a plan, the best of all so far."""
        known: First | None = None
        for first in first_plans(self.decoder, self.layout.tables):
            if first is not known:
                known = self.first = first
                self.score, self.order = first.score, first.order
                self.best = copy_listing(self.decoder.kept)
            yield
        self.go_on()
        if start is not None:
            from standto.move.solve.read import read_trips

            decoder = Decoder(self.layout.tables, self.layout.problem.goal)
            decoder.decode_tokens(read_trips(self.layout, start), self.order.tolist(), Habits())
            if is_better(decoder.score, self.score):
                self.best, self.score = copy_listing(decoder.out), decoder.score
                self.go_on()

    def listing(self) -> Listing:
        """Its best plan as a list."""
        return self.best

    def lap(self, moves: int) -> None:
        """Make so many moves."""
        for _ in range(moves):
            self.round()

    def round(self) -> None:
        """One change, tried."""
        at = self.rounds - self._begun
        self.rounds += 1
        change = self.moves.any()
        if change is not None:
            self._try(change, WARM * (COLD / WARM) ** (at / CYCLE))

    def _try(self, change: Change, heat: float) -> None:
        """Decode the changed list; keep it if it is good enough."""
        kept = self.decoder.kept
        before = kept.used.copy()
        if not self.decoder.room_for(change.trips):
            return
        add_trips(kept, change.trips)
        tokens = np.array(change.tokens, dtype=np.int64)
        self.decoder.decode(tokens, self.order, change.habits)
        kept.used[:] = before
        aims = self._aims()
        if good_enough(aims, self._at, heat, self.random):
            self._at = aims
            self._keep_best()
            self.decoder.keep()

    def _aims(self) -> Score:
        """What is made small, for the list decoded last."""
        score = self.decoder.score
        if not self._closure:
            return score
        close_h = self.decoder.verdict.close_h
        over = np.maximum(0.0, close_h[np.isfinite(close_h)] - self._target).sum()
        return (*score[:2], float(over), *score[3:], score[2])

    def _keep_best(self) -> None:
        score = self.decoder.score
        if is_better(score, self.score):
            self.best, self.score = copy_listing(self.decoder.out), score

    def go_on(self, listing: Listing | None = None) -> None:
        """Begin again from the best or from another list, every third time from a plan made anew."""
        self._cycles += 1
        self._begun = self.rounds
        if self._closure:
            closure_h = self.score[2]
            way = max(0.0, closure_h - (self.floor_h or UNKNOWN * closure_h))
            self._target = closure_h - way * TARGETS[self._cycles % len(TARGETS)]
        if listing is None and self._cycles % 3 == 0 and len(self.order) <= 12:
            order = self.order.tolist()
            self.random.shuffle(order)
            self.decoder.decode(_nothing(), np.array(order, dtype=np.int64), self.moves.habits())
        else:
            source = self.best if listing is None else listing
            self.decoder.restore(source)
            self.decoder.decode(np.arange(int(source.used[TRIPS]), dtype=np.int64), self.order, Habits())
        self._at = self._aims()
        self._keep_best()
        self.decoder.keep()


def good_enough(new: Score, old: Score, heat: float, random: Random) -> bool:
    """Whether to go on from a plan: where it is better, and where it is worse with a chance by the heat."""
    for part, (now, before) in enumerate(zip(new, old, strict=True)):
        if abs(now - before) > SAME * max(1.0, abs(before)) or math.isinf(now) != math.isinf(before):
            if now < before:
                return True
            worse = (now - before) / max(1.0, abs(before))
            worse *= 10 if part < 2 else 1
            return random.random() < math.exp(-worse / heat)
    return True


def is_better(score: Score, other: Score) -> bool:
    """Whether a score is smaller, rounding left aside."""
    for new, old in zip(score, other, strict=True):
        if math.isinf(new) or math.isinf(old):
            if new != old:
                return new < old
        elif abs(new - old) > SAME * max(1.0, abs(old)):
            return new < old
    return False


def _nothing() -> Ints:
    return np.empty(0, dtype=np.int64)
