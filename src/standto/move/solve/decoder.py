"""The compiled decoder with its arrays: grown when they are too small, two lists that take turns."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from standto.move.network import Ints
from standto.move.solve.flat import (
    RIDES,
    STOPS,
    TRIPS,
    Listing,
    Manner,
    Verdict,
    add_trips,
    as_decoded,
    copy_listing,
    fill_listing,
    new_listing,
    new_workings,
    one_load,
    pack,
)
from standto.move.solve.tables import Tables
from standto.move.solve.trips import Decoded, Habits, Send, Token, Trip

SPARE = 64
"""Trips, stops and rides that a search may add to a list before it is decoded, eight times as many rides."""


class Decoder:
    """Turns lists of tokens into plans, and compares plans by the goal.

    The list decoded last stands in `out`; `keep()` makes it `kept`, the list that tokens refer to.
    """

    def __init__(self, tables: Tables, goal: str) -> None:
        self.flat = pack(tables)
        self._columns = tables.need.shape[1]
        self._one = one_load(self._columns)
        order = (0, 1, 5, 2, 3, 4) if goal == "closure" else (0, 1, 2, 3, 4, 5)
        self._order = list(order)
        self.closure_at = self._order.index(5)
        self._trips = 32 + 8 * len(tables.need)
        self._grow(1)

    def _grow(self, times: int) -> None:
        self._trips *= times
        self.out = self._room()
        self.workings = new_workings(
            self.flat, len(self.flat.need) + 2 * self._trips, 4 * len(self.flat.slots) + 32 * self._trips
        )
        if times == 1:
            self.kept, self.verdict, self.kept_verdict = self._room(), self._verdict(), self._verdict()

    def _room(self) -> Listing:
        trips = self._trips + SPARE
        return new_listing(trips, 3 * trips, 3 * trips + 8 * SPARE, 6 * trips, self._columns)

    def _verdict(self) -> Verdict:
        needs = len(self.flat.need)
        return Verdict(np.zeros(needs), np.zeros((needs, self._columns)), np.zeros(6))

    @property
    def score(self) -> tuple[float, ...]:
        """The score of the list decoded last, in the goal's order."""
        return tuple(self.verdict.score[self._order].tolist())

    def decode(self, tokens: Ints, priority: Ints, habits: Habits) -> tuple[float, ...]:
        """Decode tokens that refer to `kept` into `out`, and give the score."""
        from standto.move.solve.kernel import decode

        manner = Manner(
            habits.seed,
            float(habits.noise_h),
            float(habits.patience_h),
            float(habits.thrift),
            habits.hubs,
            float(habits.step_h),
            bool(habits.joins),
        )
        given = (self.kept, tokens, priority, manner, self._one)
        while not decode(self.flat, self.workings, *given, self.out, self.verdict):
            self._grow(2)
        return self.score

    def decode_after(self, trips: Sequence[Trip], priority: Ints, habits: Habits) -> tuple[float, ...]:
        """Decode these trips and then everything else, and give the score; `kept` stays what it is."""
        before = self.kept.used.copy()
        if not self.room_for(trips):
            self._widen()
        add_trips(self.kept, trips)
        first = int(before[TRIPS])
        score = self.decode(np.arange(first, first + len(trips)), priority, habits)
        self.kept.used[:] = before
        return score

    def keep(self) -> None:
        """Make the list decoded last the one that tokens refer to."""
        self.kept, self.out = self.out, self.kept
        self.kept_verdict, self.verdict = self.verdict, self.kept_verdict
        if len(self.out.trip) < len(self.kept.trip):
            self.out = self._room()

    def _widen(self) -> None:
        """Room in `kept` for as much again."""
        saved = copy_listing(self.kept)
        self._grow(2)
        self.kept = self._room()
        fill_listing(self.kept, saved)

    def restore(self, saved: Listing) -> None:
        """Make a saved list the one that tokens refer to."""
        while not self._holds(saved):
            self._grow(2)
            self.kept = self._room()
        fill_listing(self.kept, saved)

    def _holds(self, saved: Listing) -> bool:
        rooms = (self.kept.trip, self.kept.stop_i, self.kept.ride, self.kept.visit_i)
        spare = (SPARE, 3 * SPARE, 8 * SPARE, 0)
        return all(
            count + extra <= len(room)
            for count, extra, room in zip(saved.used.tolist(), spare, rooms, strict=True)
        )

    def decode_tokens(self, tokens: Sequence[Token], priority: Sequence[int], habits: Habits) -> Decoded:
        """Decode a list given as plain objects."""
        trips = [token for token in tokens if isinstance(token, Trip)]
        self._trips = max(self._trips, len(trips), sum(len(trip.rides) for trip in trips) // 3)
        self._grow(1)
        self.kept.used[:] = 0
        add_trips(self.kept, trips)
        numbers = iter(range(len(trips)))
        codes = [-1 - token.requirement if isinstance(token, Send) else next(numbers) for token in tokens]
        self.decode(np.array(codes, dtype=np.int64), np.array(priority, dtype=np.int64), habits)
        return self.decoded()

    def decoded(self) -> Decoded:
        """The list decoded last as plain objects."""
        return as_decoded(self.out, self.verdict, self.score)

    def room_for(self, trips: Sequence[Trip]) -> bool:
        """Whether these may be added to `kept`."""
        count = self.kept.used
        return bool(
            count[TRIPS] + len(trips) <= len(self.kept.trip)
            and count[STOPS] + sum(len(trip.places) for trip in trips) <= len(self.kept.stop_i)
            and count[RIDES] + sum(len(trip.rides) for trip in trips) <= len(self.kept.ride)
        )
