"""Local search: one walk through timetables, in laps of a few moves, from warm to cold and again."""

from __future__ import annotations

import math

import numpy as np

from standto.move.network import Floats, Ints
from standto.move.solve.flat import Flat, Listing, copy_listing, new_listing
from standto.move.solve.list_walk import TARGETS, UNKNOWN
from standto.move.solve.timetable import (
    C_HEAD,
    L_NEXT,
    L_START,
    Timetable,
    copy_into,
    grown,
    room_for,
)

Score = tuple[float, ...]

WARM, COLD = 0.002, 0.00002
"""How much worse, as a share, a timetable of 15 requirements may be and still be kept one time in three."""
USUAL = 15
FIRST_CYCLE, LAST_CYCLE = 2_000, 64_000
"""Moves from warm to cold, at first and at most."""
LARGE = 3_000
"""Trips from which on nothing worse is kept: there is no time to make up for it."""


class Local:
    """One walk; what it does in its n-th move depends on its seed alone.

    Parameters
    ----------
    flat
        The problem, packed.
    start
        A list of trips with its hours, as the decoder writes it.
    closure
        Whether closure comes right after what is missed.
    floor_h
        No plan closes before this hour; 0 where nothing is known.
    seed
        Of all that is random.
    """

    def __init__(self, flat: Flat, start: Listing, *, closure: bool, floor_h: float, seed: int) -> None:
        self.flat, self.closure, self.floor_h = flat, closure, floor_h
        self.table = table_of(flat, start)
        self._best = np.full(6, np.inf)
        self._wanted, self._counts = np.zeros(5), np.zeros(6, dtype=np.int64)
        self._copy: Timetable | None = None
        self._is_saved = False
        self.table.seed[0] = 88_172_645_463_325_252 + 2_654_435_761 * (seed + 1)
        self.moves = 0
        self._cycle, self._begun, self._length = 0, 0, FIRST_CYCLE
        self._note_best()
        self._warm_up_cycle()

    @property
    def score(self) -> Score:
        """The best score, in the goal's order."""
        return tuple(self._best.tolist())

    @property
    def at_end_of_cycle(self) -> bool:
        """Whether it is cold: the moment to go on from elsewhere."""
        return self.moves - self._begun >= self._length

    def listing(self) -> Listing:
        """The best timetable as a list."""
        return listing_of(self.flat, self._copy if self._is_saved and self._copy is not None else self.table)

    def go_on(self, listing: Listing | None = None) -> None:
        """Begin the next cycle, from the best or from another list."""
        self.new_cycle(None if listing is None else table_of(self.flat, listing))

    def lap(self, moves: int) -> None:
        """Make so many moves."""
        from standto.move.solve.improve import improve

        end = self.moves + moves
        fall = math.log(WARM / COLD) / self._length
        while self.moves < end:
            self._counts[2] = int(self._is_saved)
            self._counts[5] = self.moves - self._begun
            target = self._target if self.closure else math.inf
            arguments = (self._best, self._wanted, end - self.moves, self.closure, target, self._warm, fall)
            made = improve(self.flat, self.table, *arguments, self._counts)
            self.moves += int(made)
            self._is_saved = bool(self._counts[4])
            if self._counts[2]:
                self._save()
            if self._counts[3]:
                self.table = grown(self.flat, self.table)

    def _save(self) -> None:
        if self._copy is None or not has_room(self._copy, self.table):
            self._copy = like(self.flat, self.table)
        copy_into(self._copy, self.table)
        self._is_saved = True

    def new_cycle(self, other: Timetable | None = None) -> None:
        """Warm again, from the best or from another timetable, brought forward."""
        from standto.move.solve.improve import bring_forward

        if other is not None:
            if not self._is_saved:
                self._save()
            other.seed[0] = self.table.seed[0]
            self.table = other
        elif self._is_saved and self._copy is not None:
            self._copy.seed[0] = self.table.seed[0]
            self.table, self._copy, self._is_saved = self._copy, self.table, False
        bring_forward(self.flat, self.table)
        self._note_best()
        self._cycle += 1
        self._begun = self.moves
        self._length = min(LAST_CYCLE, 2 * self._length)
        self._warm_up_cycle()

    def _warm_up_cycle(self) -> None:
        from standto.move.solve.improve import feel_pressure, set_aims

        closure_h = float(self.table.score[5]) if np.isfinite(self.table.score[5]) else 0.0
        trips = len(self.table.trip_i) - int(self.table.top[0])
        usual = min(1.0, USUAL / max(1, len(self.flat.need)))
        self._warm = 0.0 if trips > LARGE else WARM * usual
        way = max(0.0, closure_h - (self.floor_h or UNKNOWN * closure_h))
        self._target = closure_h - way * TARGETS[self._cycle % len(TARGETS)] if way > 0 else closure_h
        feel_pressure(self.flat, self.table, closure_h)
        set_aims(self.flat, self.table, self._target if self.closure else math.inf, self._wanted)

    def _note_best(self) -> None:
        """The timetable at hand is the best if it is better."""
        score = self.table.score[[0, 1, 5, 2, 3, 4] if self.closure else slice(None)]
        if tuple(score.tolist()) < tuple(self._best.tolist()):
            self._best[:] = score
            self._is_saved = False


def table_of(flat: Flat, listing: Listing) -> Timetable:
    """The timetable of a list of trips."""
    from standto.move.solve.improve import fill_table

    spare = 256
    while True:
        table = room_for(flat, listing, spare)
        if fill_table(flat, listing, table):
            return table
        spare *= 4


def has_room(table: Timetable, other: Timetable) -> bool:
    """Whether all of another fits into a timetable."""
    names = ("trip_i", "visit_i", "ride_i", "step_h")
    return all(len(getattr(table, name)) >= len(getattr(other, name)) for name in names)


def like(flat: Flat, table: Timetable) -> Timetable:
    """An empty timetable with the room of another."""
    from standto.move.solve.timetable import new_timetable

    return new_timetable(flat, len(table.trip_i), len(table.visit_i), len(table.ride_i))


def order_of(table: Timetable) -> Ints:
    """The trips by the start of their first work; those of one vehicle in their order."""
    order: list[int] = []
    following = table.trip_i[:, L_NEXT].tolist()
    for head in table.chain[:, C_HEAD].tolist():
        trip = head
        while trip >= 0:
            order.append(trip)
            trip = following[trip]
    trips = np.array(order, dtype=np.int64)
    starts: Floats = table.trip_f[trips, L_START]
    return trips[np.argsort(starts, kind="stable")]


def listing_of(flat: Flat, table: Timetable) -> Listing:
    """The trips of a timetable as a list, with their hours."""
    from standto.move.solve.improve import empty_table

    trips, visits, rides = (
        len(getattr(table, name)) - int(top) + 8
        for name, top in zip(("trip_i", "visit_i", "ride_i"), table.top, strict=True)
    )
    listing = new_listing(trips, visits, rides, visits, flat.need.shape[1])
    empty_table(flat, table, order_of(table), listing)
    return copy_listing(listing)
