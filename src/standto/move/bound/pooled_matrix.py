"""The pooled programme as it stands in the solver: the least multiple of all lift that suffices.

Rows: resources (order as in `Window`), vehicles standing at places, bundles wanted. Columns: the multiple of
lift, trips of empty vehicles, and bundles of ways, each with what it uses of every row.
"""

from __future__ import annotations

import numpy as np

from standto.move.bound.lift import Flags, Floats, Ints, Lift
from standto.move.bound.solver import quiet_solver, run_for
from standto.move.bound.window import Slots, Window

LEFT_BEHIND = 20.0
"""What leaving one bundle behind costs, in multiples of all lift; only until there are ways for all."""
TINY = 1e-12


class PooledMatrix:
    """Rows and columns of one window's pooled programme; columns are only ever added."""

    def __init__(
        self, lift: Lift, slots: Slots, window: Window, bundles: int, idle_h: Floats, back: Ints
    ) -> None:
        self.lift, self.slots, self.window, self.bundles, self.idle_h = lift, slots, window, bundles, idle_h
        fleets, places = lift.slots.shape
        self.standing = 2 * fleets + 2 * len(slots.number)
        self.resources = self.standing + fleets * places
        self.trips: Flags = np.zeros(len(lift.leg_h), dtype=bool)
        self.highs = quiet_solver()
        self.columns = 0
        self.bundle_columns: list[tuple[int, int, float]] = []
        """First column, number of columns, and the hour until which the ways in them are counted."""
        free = self.resources + bundles
        rows = free + fleets
        lower = np.full(rows, -np.inf)
        lower[self.resources : free] = 1.0
        upper = np.zeros(rows)
        upper[self.resources : free] = np.inf
        none = np.zeros(0, dtype=np.int32)
        self.highs.addRows(rows, lower, upper, 0, np.zeros(rows, dtype=np.int32), none, np.zeros(0))
        self.rows = rows
        everything = np.arange(free + fleets)
        self._columns([(everything, -np.ones(len(everything)))], 1.0)
        self._columns([(np.array([self.resources + n]), np.ones(1)) for n in range(bundles)], LEFT_BEHIND)
        if not window.first:
            self._columns([self._there(f, p, free) for f, p in np.argwhere(np.isfinite(window.there_h))], 0.0)
        self.add_trips(back)

    def _there(self, f: int, p: int, counts: int) -> tuple[Ints, Floats]:
        """A column of a vehicle that stands at a place when the window opens, or as soon as it can."""
        fleets, node = len(self.lift.fleets), self.standing + f * self.lift.places + p
        used = self.window.there_h[f, p], self.window.spent_h[f, p]
        return np.array([node, counts + f, f, fleets + f]), np.array([-1.0, 1.0, *used])

    def set_question(self, room: Floats, until_h: float) -> None:
        """Ask with this room of each resource, for ways that are counted until an hour."""
        held = np.isfinite(room)
        fleets = len(self.lift.fleets)
        for row in range(self.resources):
            self.highs.changeRowBounds(row, -np.inf, 0.0 if held[row] else np.inf)
            self.highs.changeCoeff(row, 0, -float(room[row]) if held[row] else 0.0)
        for n in range(self.bundles):
            self.highs.changeCoeff(self.resources + n, 0, 0.0)
        for f in range(fleets):
            self.highs.changeCoeff(self.resources + self.bundles + f, 0, -float(self.lift.count[f]))
        for first, number, made_until in self.bundle_columns:
            most = np.inf if made_until <= until_h else 0.0
            for column in range(first, first + number):
                self.highs.changeColBounds(column, 0.0, most)

    def add_trips(self, legs: Ints) -> None:
        """Columns of empty vehicles moving along these legs."""
        lift, places, fleets = self.lift, self.lift.places, len(self.lift.fleets)
        columns = []
        for e in legs[~self.trips[legs]]:
            f, p, q = int(lift.leg_fleet[e]), int(lift.leg_from[e]), int(lift.leg_to[e])
            hours, idle = float(lift.leg_h[e]), float(self.idle_h[f, q])
            rows = [f, fleets + f, self.standing + f * places + p, self.standing + f * places + q]
            values = [hours + idle, hours, 1.0, -1.0]
            if idle > 0 and self.slots.group[f, q] >= 0:
                rows.append(2 * fleets + int(self.slots.group[f, q]))
                values.append(idle)
            columns.append((np.array(rows), np.array(values)))
        self._columns(columns, 0.0)
        self.trips[legs] = True

    def add_bundles(self, used: Floats, until_h: float) -> None:
        """A column for each bundle that uses anything: all that is wanted of it, by these ways."""
        columns = []
        for n in range(self.bundles):
            some = np.flatnonzero(np.abs(used[n]) > TINY)
            columns.append((np.append(some, self.resources + n), np.append(used[n, some], 1.0)))
        self.bundle_columns.append((self.columns, len(columns), until_h))
        self._columns(columns, 0.0)

    def forget_bundles(self) -> None:
        """Leave out all bundles: they were of other amounts."""
        for first, number, _ in self.bundle_columns:
            for column in range(first, first + number):
                self.highs.changeColBounds(column, 0.0, 0.0)
        self.bundle_columns.clear()

    def solve(self, seconds: float) -> tuple[float, Floats] | None:
        """The least multiple of lift, and the prices of all resources; None if time was out."""
        if not run_for(self.highs, seconds):
            return None
        dual = np.array(self.highs.getSolution().row_dual, dtype=float)[: self.resources]
        return float(self.highs.getInfo().objective_function_value), np.maximum(-dual, 0.0)

    def _columns(self, columns: list[tuple[Ints, Floats]], cost: float) -> None:
        number = len(columns)
        if number == 0:
            return
        starts = np.cumsum([0, *(len(rows) for rows, _ in columns)])[:-1].astype(np.int32)
        rows = np.concatenate([rows for rows, _ in columns]).astype(np.int32)
        values = np.concatenate([values for _, values in columns])
        lower, upper = np.zeros(number), np.full(number, np.inf)
        self.highs.addCols(number, np.full(number, cost), lower, upper, len(rows), starts, rows, values)
        self.columns += number
