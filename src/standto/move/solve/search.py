"""The improvement search: change the list of trips a little, decode it, keep it if it is not much worse.

Simulated annealing in short cycles (Kirkpatrick, Gelatt and Vecchi 1983), with ruin and recreate among its
moves (Schrimpf et al. 2000). Every cycle begins from the best plan, now and then from a new one. What it does
in its n-th round depends on the seed alone, never on when it will be stopped.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

import numpy as np

from standto.move.bound import Bound
from standto.move.network import Ints
from standto.move.plan import Plan
from standto.move.problem import Problem
from standto.move.solve.decoder import Decoder
from standto.move.solve.flat import Listing, add_trips, as_decoded, copy_listing
from standto.move.solve.moves import Change, Moves
from standto.move.solve.progress import Progress
from standto.move.solve.stopping import StoppingRule
from standto.move.solve.tables import Layout
from standto.move.solve.trips import Decoded, Habits
from standto.move.solve.write import totals_of

CYCLE = 400
"""Rounds from warm to cold."""
WARM, COLD = 0.05, 0.0005
"""How much worse, as a share, a plan may be and still be kept about one time in three."""
SAME = 1e-7
WATCH_S = 0.25

Score = tuple[float, ...]


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
    """Improve the list schedule until told to stop."""
    walk = Walk(problem, layout, seed)
    walk.begin(start)
    watch = Watch(problem, layout, stop, bound, progress)
    watch(walk, force=True)
    try:
        while not stop(walk.rounds):
            if walk.round():
                watch(walk)
    except KeyboardInterrupt:
        pass
    watch(walk, force=True)
    return Found(walk.best_decoded(), walk.rounds)


class Watch:
    """Tells who watches, not too often."""

    def __init__(
        self,
        problem: Problem,
        layout: Layout,
        stop: StoppingRule,
        bound: Bound | None,
        progress: Callable[[Progress], None] | None,
    ) -> None:
        self._problem, self._layout, self._stop, self._progress = problem, layout, stop, progress
        self._bound = None
        if bound is not None:
            self._bound = bound.closure_h if problem.goal == "closure" else bound.weighted_lateness
        self._last_s = -math.inf

    def __call__(self, walk: Walk, *, force: bool = False) -> None:
        """Tell of the best so far, if there is anybody and enough time has passed."""
        if self._progress is None:
            return
        elapsed = self._stop.elapsed_s
        if not force and elapsed - self._last_s < WATCH_S:
            return
        self._last_s = elapsed
        best = totals_of(self._problem, walk.best_score, walk.best)
        self._progress(Progress(elapsed, walk.rounds, best, self._problem.goal, self._bound))


class Walk:
    """Where the search stands: the plan it changes, the best it has seen."""

    best: Listing
    best_score: Score
    score: Score

    def __init__(self, problem: Problem, layout: Layout, seed: int) -> None:
        self.layout = layout
        self.decoder = Decoder(layout.tables, problem.goal)
        self.random = Random(seed)
        self.moves = Moves(layout, self.decoder, self.random)
        self.orders = first_orders(layout)
        self.order = self.orders[0]
        self.rounds = 0
        self._cycles = 0

    def begin(self, start: Plan | None) -> None:
        """The first plan: the list schedule, or the one given if that is better."""
        self.score = self.decoder.decode(_nothing(), self.order, Habits())
        self._keep_best(first=True)
        self.decoder.keep()
        if start is not None:
            from standto.move.solve.read import read_trips

            decoded = Decoder(self.layout.tables, self.layout.problem.goal)
            decoded.decode_tokens(read_trips(self.layout, start), self.order.tolist(), Habits())
            if decoded.score < self.score:
                self.decoder.restore(copy_listing(decoded.out))
                self.score = decoded.score
                self.best, self.best_score = copy_listing(decoded.out), decoded.score

    def best_decoded(self) -> Decoded:
        """The best plan as plain objects."""
        return as_decoded(self.best, None, self.best_score)

    def round(self) -> bool:
        """One change, tried; True if the plan at hand is now another one."""
        at = self.rounds % CYCLE
        self.rounds += 1
        if at == 0 and self.rounds > 1:
            self._new_cycle()
        fresh = self.rounds < len(self.orders)
        change = Change([], [-1 - int(r) for r in self.orders[self.rounds]]) if fresh else self.moves.any()
        if change is None:
            return False
        heat = WARM * (COLD / WARM) ** (at / CYCLE)
        return self._try(change, heat)

    def _try(self, change: Change, heat: float) -> bool:
        """Decode the changed list; keep it if it is good enough."""
        kept = self.decoder.kept
        before = kept.used.copy()
        if not self.decoder.room_for(change.trips):
            return False
        add_trips(kept, change.trips)
        tokens = np.array(change.tokens, dtype=np.int64)
        score = self.decoder.decode(tokens, self.order, change.habits)
        kept.used[:] = before
        if not self._good_enough(score, heat):
            return False
        self.score = score
        if is_better(score, self.best_score):
            self._keep_best()
        self.decoder.keep()
        return True

    def _good_enough(self, score: Score, heat: float) -> bool:
        for part, (new, old) in enumerate(zip(score, self.score, strict=True)):
            if abs(new - old) > SAME * max(1.0, abs(old)) or math.isinf(new) != math.isinf(old):
                if new < old:
                    return True
                worse = (new - old) / max(1.0, abs(old))
                worse *= 10 if part < 2 else 1
                return self.random.random() < math.exp(-worse / heat)
        return True

    def _keep_best(self, *, first: bool = False) -> None:
        if first or is_better(self.score, self.best_score):
            self.best, self.best_score = copy_listing(self.decoder.out), self.score

    def _new_cycle(self) -> None:
        """Begin again from the best, every third time from a plan made anew."""
        self._cycles += 1
        if self._cycles % 3 == 0 and len(self.orders[0]) <= 12:
            order = self.orders[0].tolist()
            self.random.shuffle(order)
            habits = self.moves.habits()
            self.score = self.decoder.decode(_nothing(), np.array(order, dtype=np.int64), habits)
            if is_better(self.score, self.best_score):
                self._keep_best()
            self.decoder.keep()
        else:
            self.decoder.restore(self.best)
            self.score = self.best_score


def is_better(score: Score, other: Score) -> bool:
    """Whether a score is smaller, rounding left aside."""
    for new, old in zip(score, other, strict=True):
        if math.isinf(new) or math.isinf(old):
            if new != old:
                return new < old
        elif abs(new - old) > SAME * max(1.0, abs(old)):
            return new < old
    return False


def first_orders(layout: Layout) -> list[Ints]:
    """Orders in which a list schedule may serve the requirements; the first is the best as a rule."""
    t = layout.tables
    togo = np.zeros(len(t.origin))
    for r in range(len(t.origin)):
        hours = [t.togo[way, t.origin[r]] for way in t.way[r] if way >= 0]
        togo[r] = max([hour for hour in hours if hour < np.inf], default=0.0)
    keys = [
        (t.ready_h, -t.weight, t.due_h),
        (t.ready_h, -t.weight, t.due_h - togo),
        (t.due_h, -t.weight, t.ready_h),
        (t.due_h, t.ready_h, -t.weight),
        (t.due_h, -togo),
    ]
    return [np.lexsort(key).astype(np.int64) for key in keys]


def _nothing() -> Ints:
    return np.empty(0, dtype=np.int64)
