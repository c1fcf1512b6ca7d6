"""The pooled programme as it stands in the solver: the least multiple of all lift that suffices.

Rows: resources (order as in `Window`), whole trips and works, vehicles standing at places, bundles wanted.
Columns: the multiple of lift, trips of empty vehicles, and bundles of ways, each by what it uses of a row.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from standto.move.bound.lift import Flags, Floats, Ints, Lift
from standto.move.bound.prices import Counted
from standto.move.bound.solver import quiet_solver, run_for
from standto.move.bound.window import Slots, Window

LEFT_BEHIND = 20.0
"""What leaving one bundle behind costs, in multiples of all lift; only until there are ways for all."""
TINY = 1e-12

Column = tuple[Ints, Floats]
Bundles = tuple[list[Column], float]
"""What each bundle uses, and the hour until which the ways in it are counted."""


class BundleMatrix:
    """Rows of resources and of bundles wanted, columns of bundles; columns are only ever added.

    Resources come first, then bundles, then `others`, of which all lift together has as much as `number`.
    """

    def __init__(self, resources: int, bundles: int, others: Floats) -> None:
        self.resources, self.bundles = resources, bundles
        self.highs = quiet_solver()
        self.columns = 0
        self.bundle_columns: list[tuple[int, int, float]] = []
        """First column, number of columns, and the hour until which the ways in them are counted."""
        self.others = others
        self.rows = resources + bundles + len(others)
        free = resources + bundles
        lower, upper = np.full(self.rows, -np.inf), np.zeros(self.rows)
        lower[resources:free], upper[resources:free] = 1.0, np.inf
        none = np.zeros(0, dtype=np.int32)
        self.highs.addRows(self.rows, lower, upper, 0, np.zeros(self.rows, dtype=np.int32), none, np.zeros(0))
        everything = np.arange(self.rows)
        self._columns([(everything, -np.ones(len(everything)))], 1.0)
        self._columns([(np.array([resources + n]), np.ones(1)) for n in range(bundles)], LEFT_BEHIND)

    def ask_with(self, room: Floats, until_h: float) -> None:
        """Ask with this room of each resource, for ways that are counted until an hour."""
        held = np.isfinite(room)
        for row in range(self.resources):
            self.highs.changeRowBounds(row, -np.inf, 0.0 if held[row] else np.inf)
            self.highs.changeCoeff(row, 0, -float(room[row]) if held[row] else 0.0)
        for n in range(self.bundles):
            self.highs.changeCoeff(self.resources + n, 0, 0.0)
        for n, number in enumerate(self.others):
            self.highs.changeCoeff(self.resources + self.bundles + n, 0, -float(number))
        for first, number, made_until in self.bundle_columns:
            most = np.inf if made_until <= until_h else 0.0
            for column in range(first, first + number):
                self.highs.changeColBounds(column, 0.0, most)

    def add_bundles(self, used: list[Column], until_h: float) -> None:
        """A column for each bundle: all that is wanted of it, by ways that use so much of each resource."""
        self.bundle_columns.append((self.columns, len(used), until_h))
        self._columns(
            [
                (np.append(rows, self.resources + n), np.append(values, 1.0))
                for n, (rows, values) in enumerate(used)
            ],
            0.0,
        )

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

    def _columns(self, columns: list[Column], cost: float) -> None:
        number = len(columns)
        if number == 0:
            return
        starts = np.cumsum([0, *(len(rows) for rows, _ in columns)])[:-1].astype(np.int32)
        rows = np.concatenate([rows for rows, _ in columns]).astype(np.int32)
        values = np.concatenate([values for _, values in columns])
        lower, upper = np.zeros(number), np.full(number, np.inf)
        self.highs.addCols(number, np.full(number, cost), lower, upper, len(rows), starts, rows, values)
        self.columns += number


class PooledMatrix(BundleMatrix):
    """One window's pooled programme with a price for every fleet at every place; trips join as columns."""

    def __init__(
        self,
        lift: Lift,
        slots: Slots,
        window: Window,
        bundles: int,
        wholes: Sequence[Counted],
        idle_h: Floats,
        back: Ints,
    ) -> None:
        self.lift, self.slots, self.window, self.idle_h = lift, slots, window, idle_h
        self.wholes = wholes
        fleets, places = lift.slots.shape
        self.standing = 2 * fleets + 2 * len(slots.number) + len(wholes)
        super().__init__(self.standing + fleets * places, bundles, lift.count)
        self.trips: Flags = np.zeros(len(lift.leg_h), dtype=bool)
        if not window.first:
            self._columns([self._there(f, p) for f, p in np.argwhere(np.isfinite(window.there_h))], 0.0)
        self.add_trips(back)

    def _there(self, f: int, p: int) -> Column:
        """A column of a vehicle that stands at a place when the window opens, or as soon as it can."""
        fleets, node = len(self.lift.fleets), self.standing + f * self.lift.places + p
        used = self.window.there_h[f, p], self.window.spent_h[f, p]
        counts = self.resources + self.bundles + f
        return np.array([node, counts, f, fleets + f]), np.array([-1.0, 1.0, *used])

    def set_question(self, deadline_h: float, until_h: float) -> None:
        """Ask about a deadline, for ways that are counted until an hour."""
        stock = self.lift.stationed.ravel() if self.window.first else np.zeros(self.lift.slots.size)
        room = room_by(self.lift, self.window, self.wholes, deadline_h)
        self.ask_with(np.concatenate([room, stock]), until_h)

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


def room_by(lift: Lift, window: Window, wholes: Sequence[Counted], deadline_h: float) -> Floats:
    """What there is of hours (order as in `Window`) and of what is counted whole by a deadline."""
    whole = [one.capacity(lift, window, deadline_h) for one in wholes]
    return np.concatenate([window.capacity(deadline_h), np.array(whole, dtype=float)])


def as_columns(used: Floats) -> list[Column]:
    """What each bundle uses, without what is nothing."""
    columns = []
    for row in used:
        some = np.flatnonzero(np.abs(row) > TINY)
        columns.append((some, row[some]))
    return columns
