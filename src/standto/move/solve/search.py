"""The improvement search: walks side by side, each from the best that any has found, until told to stop.

Kinds of walks complement each other. A *build walk* builds plans from nothing, each in another order than the
last: it moves far. A *list walk* changes the list of trips a little and decodes it all: every change is felt
by all that stands behind it, at the cost of a whole decode. A *local walk* takes a few trips out of a
timetable and puts them back, and touches nothing else: the way for large problems. What all do in their n-th
round depends on the seed and the number of workers alone, never on when they are stopped.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Protocol

from standto.move.bound import Bound
from standto.move.plan import Plan
from standto.move.problem import Problem
from standto.move.solve.build_walk import BuildWalk
from standto.move.solve.decoder import Decoder
from standto.move.solve.flat import Listing, as_decoded
from standto.move.solve.list_walk import ListWalk, is_better
from standto.move.solve.local import Local
from standto.move.solve.progress import Progress
from standto.move.solve.stopping import StoppingRule
from standto.move.solve.tables import Layout
from standto.move.solve.trips import Decoded
from standto.move.solve.write import totals_of

WATCH_S = 0.25
LAP, SHORTEST_LAP, LAP_TRIPS = 200, 20, 60_000
"""Rounds between two looks at the stopping rule: fewer, the more trips there are."""
BUILT = 1_000
"""Trips from which on there are no walks through lists: each of their rounds decodes the whole plan."""

BEFORE = -1
"""Rounds made while there are first plans to make: fewer than none, so that a rule of rounds lets all be."""

Score = tuple[float, ...]


class Walk(Protocol):
    """One walk through plans, in cycles from warm to cold."""

    @property
    def score(self) -> Score:
        """Its best score, in the goal's order."""
        ...

    @property
    def at_end_of_cycle(self) -> bool:
        """Whether it is cold: the moment to go on from elsewhere."""
        ...

    def lap(self, moves: int) -> None:
        """Make so many moves."""
        ...

    def listing(self) -> Listing:
        """Its best plan as a list."""
        ...

    def go_on(self, listing: Listing | None = None) -> None:
        """Begin the next cycle, from its best or from another list."""
        ...


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
    workers: int,
    start: Plan | None,
    bound: Bound | None,
    progress: Callable[[Progress], None] | None,
    write: Callable[[Found], Plan] | None = None,
) -> Found:
    """Improve the list schedule until told to stop."""
    floor_h = (bound.closure_h or 0.0) if bound is not None else 0.0
    first = ListWalk(problem, layout, seed, floor_h)
    watch = Watch(problem, stop, bound, progress, write)
    rounds = 0
    if not begun(first, start, stop, watch) or stop(rounds) or not first.listing().used[0]:
        return Found(as_decoded(first.listing(), None, first.score), rounds)
    walks: list[Walk] = [first]
    usual = max(SHORTEST_LAP, min(LAP, LAP_TRIPS // (int(first.listing().used[0]) + 100)))
    with ThreadPoolExecutor(workers) as pool:
        try:
            walks = crew(problem, first, workers, seed)
            usual = max(usual, *(walk.pace for walk in walks if isinstance(walk, BuildWalk)), 0)
            while not stop(rounds):
                lap = min(usual, rounds_left(stop, rounds))
                share(pool, walks, workers, lap)
                rounds += lap
                if lap == usual:  # a longer search meets then, and only then
                    meet(walks)
                watch(leader(walks), rounds)
        except KeyboardInterrupt:
            pool.shutdown(wait=True)
    best = leader(walks)
    watch(best, rounds, force=True)
    return Found(as_decoded(best.listing(), None, best.score), rounds)


def begun(first: ListWalk, start: Plan | None, stop: StoppingRule, watch: Watch) -> bool:
    """Make the first plans, each told of if it is time; whether the search may go on.

    Rounds are not counted yet: only a rule with a clock, or an interrupt, ends it before all are made.
    """
    some = False
    try:
        for _ in first.beginnings(start):
            is_first, some = not some, True
            watch(first, 0, force=is_first)
            if stop(BEFORE):
                break
        else:
            watch(first, 0, force=True)
            return True
    except KeyboardInterrupt:
        if not some:
            raise
    watch(first, 0, force=True)
    return False


def crew(problem: Problem, first: ListWalk, workers: int, seed: int) -> list[Walk]:
    """The walks: a list walk, local ones and a build walk; no list walk on large problems.

    A build walk comes last, so that it shares the first worker with a list walk.
    """
    listing, tables = first.listing(), first.layout.tables
    closure, flat = problem.goal == "closure", first.decoder.flat
    large = int(listing.used[0]) > BUILT
    local = [
        Local(flat, listing, closure=closure, floor_h=first.floor_h, seed=seed + 1_000 * number)
        for number in range(max(1, workers - 1))
    ]
    decoder = first.decoder if large else Decoder(tables, problem.goal)
    build = BuildWalk(decoder, tables, listing, replace(first.first, score=first.score), seed)
    return [build, *local] if large else [first, *local, build]


def share(pool: ThreadPoolExecutor, walks: list[Walk], workers: int, lap: int) -> None:
    """Let all walks make a lap, each worker its part of them."""

    def some(part: int) -> None:
        for walk in walks[part::workers]:
            walk.lap(lap)

    for done in [pool.submit(some, part) for part in range(min(workers, len(walks)))]:
        done.result()


def meet(walks: list[Walk]) -> None:
    """Send those that are cold on their way again, from the best that any has found."""
    for walk in walks:
        if walk.at_end_of_cycle:
            best = leader(walks)
            walk.go_on(best.listing() if is_better(best.score, walk.score) else None)


def leader(walks: list[Walk]) -> Walk:
    """The walk that has found the best."""
    best = walks[0]
    for walk in walks[1:]:
        if is_better(walk.score, best.score):
            best = walk
    return best


def rounds_left(stop: StoppingRule, rounds: int) -> int:
    """How many more rounds the rule can allow at most, 1 or more."""
    most = getattr(stop, "most_rounds", math.inf)
    return int(min(2**31, max(1, most - rounds)))


def wants_word(stop: StoppingRule, rounds: int) -> bool:
    """Whether a rule asks for the progress after these rounds, as one that takes note on the way does."""
    asks = getattr(stop, "wants_word", None)
    return asks is not None and bool(asks(rounds))


class Watch:
    """Tells who watches, not too often."""

    def __init__(
        self,
        problem: Problem,
        stop: StoppingRule,
        bound: Bound | None,
        progress: Callable[[Progress], None] | None,
        write: Callable[[Found], Plan] | None,
    ) -> None:
        self._problem, self._stop, self._progress, self._write = problem, stop, progress, write
        self._bound = None
        if bound is not None:
            self._bound = bound.closure_h if problem.goal == "closure" else bound.weighted_lateness
        self._last_s = -math.inf
        self._told: tuple[Score, Listing] | None = None

    def __call__(self, walk: Walk, rounds: int, *, force: bool = False) -> None:
        """Tell of the best so far, if there is anybody and enough time has passed, or the rule wants it."""
        if self._progress is None:
            return
        elapsed = self._stop.elapsed_s
        force = force or wants_word(self._stop, rounds)
        if not force and elapsed - self._last_s < WATCH_S:
            return
        self._last_s = elapsed
        if self._told is None or self._told[0] != walk.score:
            self._told = walk.score, walk.listing()
        score, listing = self._told
        best, write = totals_of(self._problem, score, listing), self._write

        def plan() -> Plan:
            assert write is not None
            return write(Found(as_decoded(listing, None, score), rounds))

        told = Progress(elapsed, rounds, best, self._problem.goal, self._bound, plan if write else None)
        self._progress(told)
