"""The linear programme's rows and columns, as they stand in the solver.

Rows: resources, vehicles standing, arrivals, work, supply, room on legs, whole trips. Columns: what is left
behind, work at places, trips along legs, ways of loads.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from standto.move.bound.lift import Floats, Ints, Lift
from standto.move.bound.prices import Prices, Rounding
from standto.move.bound.solver import quiet_solver
from standto.move.bound.streams import Streams
from standto.move.bound.ways import BREAK, Way
from standto.move.bound.window import Slots, Window


class FlowMatrix:
    """One window's programme as the solver holds it; columns and rows are only ever added."""

    def __init__(
        self, lift: Lift, streams: Streams, slots: Slots, window: Window, moved: Ints, value: Floats
    ) -> None:
        self.lift, self.streams, self.slots, self.window, self.moved = lift, streams, slots, window, moved
        self.highs = quiet_solver()
        self.highs.setOptionValue("presolve", "off")
        self.infinity = np.inf
        self.resources = 2 * len(lift.fleets) + 2 * len(slots.number)
        self.ways: set[Way] = set()
        self.trip_column = np.full(len(lift.leg_h), -1, dtype=np.int64)
        self.leg_rows = np.full((2, len(lift.leg_h)), -1, dtype=np.int64)
        self.open_legs = np.zeros(len(lift.leg_h), dtype=bool)
        self.roundings: list[Rounding] = []
        self.rounding_rows: list[int] = []
        self.columns = 0
        self.rows = 0
        self._frame(value)

    def _frame(self, value: Floats) -> None:
        """Rows of resources, standing, arrivals, work and supply; columns of work at each place."""
        lift = self.lift
        fleets, places = lift.slots.shape
        inf = self.infinity
        free = np.full(self.resources, inf)
        self._rows(np.full(self.resources, -inf), free)
        stock = lift.stationed.ravel() if self.window.first else np.zeros(fleets * places)
        nodes = fleets * places
        self.stand_row = self._rows(np.full(nodes, -inf), stock)
        self.idle_row = self._rows(np.full(nodes, -inf), np.zeros(nodes))
        self.work_row = {
            name: self._rows(np.full(nodes, -inf), np.zeros(nodes))
            for name in (
                "load_seat",
                "load_tonne",
                "unload_seat",
                "unload_tonne",
                "merge_load",
                "merge_unload",
            )
        }
        self.count_row = self._rows(np.full(fleets, -inf), lift.count)
        self.supply_row = self._rows(np.zeros(len(self.moved)), np.full(len(self.moved), inf))
        left = [[(self.supply_row + n, 1.0)] for n in range(len(self.moved))]
        self._columns(left, list(value))
        work: list[list[tuple[int, float]]] = []
        for f, fleet in enumerate(lift.fleets):
            for p in np.flatnonzero(lift.usable[f]):
                work += self._work(f, int(p), fleet.service_h, fleet.concurrent)
        self._columns(work, [0.0] * len(work))

    def _work(self, f: int, p: int, service_h: float, concurrent: bool) -> list[list[tuple[int, float]]]:
        """Columns of one fleet at one place: loadings, unloadings, services, merged ones, a vehicle there."""
        lift, node = self.lift, f * self.lift.places + p
        fleets, groups, group = len(lift.fleets), len(self.slots.number), self.slots.group[f, p]
        row = {name: first + node for name, first in self.work_row.items()}
        idle = self.idle_row + node

        def hours(amount: float, goods: bool) -> list[tuple[int, float]]:
            entries = [(f, amount)]
            if group >= 0:
                entries.append((2 * fleets + group, amount))
                if goods:
                    entries.append((2 * fleets + groups + group, amount))
            return entries

        tonnes = lift.tonnes[f] if np.isfinite(lift.tonnes[f]) else 0.0
        load = [*hours(lift.load_h[f], True), (idle, -1.0)]
        load += [(row["load_seat"], -lift.seats[f]), (row["load_tonne"], -tonnes), (row["merge_load"], -1.0)]
        unload = [*hours(lift.unload_h[f], True), (idle, -1.0)]
        unload += [(row["unload_seat"], -lift.seats[f]), (row["unload_tonne"], -tonnes)]
        unload.append((row["merge_unload"], -1.0))
        service = [*hours(service_h, False), (idle, -1.0)]
        may = bool(lift.loads_at[f, p]), bool(lift.unloads_at[f, p]), bool(lift.services_at[f, p])
        columns = [column for column, able in zip((load, unload, service), may, strict=True) if able]
        if concurrent and may[0] and may[1]:
            saved = -min(lift.load_h[f], lift.unload_h[f])
            merged = [*hours(saved, True), (idle, 1.0)]
            columns.append([*merged, (row["merge_load"], 1.0), (row["merge_unload"], 1.0)])
        there_h, spent_h = float(self.window.there_h[f, p]), float(self.window.spent_h[f, p])
        if not self.window.first and np.isfinite(there_h):
            there = [(f, there_h), (fleets + f, spent_h)]
            columns.append([(self.stand_row + node, -1.0), (self.count_row + f, 1.0), *there])
        return columns

    def add_trips(self, legs: Ints) -> None:
        """Columns of vehicles moving along these legs."""
        lift, fleets = self.lift, len(self.lift.fleets)
        columns = []
        counted = [rounding.trips(lift) for rounding in self.roundings]
        for e in legs:
            f, p, q = int(lift.leg_fleet[e]), int(lift.leg_from[e]), int(lift.leg_to[e])
            hours = float(lift.leg_h[e])
            columns.append(
                [
                    (f, hours),
                    (fleets + f, hours),
                    (self.stand_row + f * lift.places + p, 1.0),
                    (self.stand_row + f * lift.places + q, -1.0),
                    (self.idle_row + f * lift.places + q, 1.0),
                    *((row, n[e]) for row, n in zip(self.rounding_rows, counted, strict=True) if n[e] > 0),
                ]
            )
        first = self._columns(columns, [0.0] * len(columns))
        self.trip_column[legs] = first + np.arange(len(columns))

    def _add_leg_rows(self, legs: Ints) -> None:
        """Let ways use these legs: what rides on a leg needs trips with room."""
        lift = self.lift
        self.add_trips(legs[self.trip_column[legs] < 0])
        for e in legs:
            f, column = lift.leg_fleet[e], int(self.trip_column[e])
            for which, room in enumerate((float(lift.seats[f]), float(lift.tonnes[f]))):
                if np.isfinite(room):
                    self.highs.addRow(-self.infinity, 0.0, 1, np.array([column]), np.array([-room]))
                    self.leg_rows[which, e] = self.rows
                    self.rows += 1
        self.open_legs[legs] = True

    def add_ways(self, found: Sequence[Way]) -> int:
        """Columns of ways not there yet: what a unit takes of room on its legs and at its stops; how many."""
        found = [way for way in found if way not in self.ways]
        lift, places = self.lift, self.lift.places
        used = np.unique([e for _, way in found for e in way if e >= 0]).astype(np.int64)
        self._add_leg_rows(used[~self.open_legs[used]])
        columns = []
        for n, way in found:
            kind = self.streams.kind[self.moved[n]]
            units = float(self.streams.seats[kind]), float(self.streams.mass_t[kind])
            entries = [(self.supply_row + n, 1.0)]
            for before, e, after in zip((BREAK, *way[:-1]), way, (*way[1:], BREAK), strict=True):
                if e == BREAK:
                    continue
                f = int(lift.leg_fleet[e])
                rows = [int(self.leg_rows[0, e]), int(self.leg_rows[1, e])]
                stops = []
                if before == BREAK:
                    stops.append(("load", int(lift.leg_from[e])))
                if after == BREAK:
                    stops.append(("unload", int(lift.leg_to[e])))
                for row, unit in zip(rows, units, strict=True):
                    if row >= 0:
                        entries.append((row, unit))
                for name, p in stops:
                    entries.append((self.work_row[f"{name}_seat"] + f * places + p, units[0]))
                    if np.isfinite(lift.tonnes[f]):
                        entries.append((self.work_row[f"{name}_tonne"] + f * places + p, units[1]))
            columns.append(entries)
            self.ways.add((n, way))
        self._columns(columns, [0.0] * len(columns))
        return len(found)

    def add_rounding(self, rounding: Rounding, deadline_h: float) -> None:
        """A row of whole trips, up to what there is of them by the deadline."""
        counted = rounding.trips(self.lift)
        legs = np.flatnonzero((counted > 0) & (self.trip_column >= 0))
        whole = rounding.capacity(self.lift, self.window, deadline_h)
        columns = self.trip_column[legs].astype(np.int32)
        self.highs.addRow(-self.infinity, whole, len(legs), columns, counted[legs])
        self.rounding_rows.append(self.rows)
        self.roundings.append(rounding)
        self.rows += 1

    def set_question(self, supply: Floats, room: Floats, deadline_h: float, whole_trips: bool) -> None:
        """Ask for this supply of each stream with this room of each resource."""
        for row in range(self.resources):
            self.highs.changeRowBounds(row, -self.infinity, min(float(room[row]), self.infinity))
        for n, j in enumerate(self.moved):
            self.highs.changeRowBounds(self.supply_row + n, float(supply[j]), self.infinity)
        for row, rounding in zip(self.rounding_rows, self.roundings, strict=True):
            whole = rounding.capacity(self.lift, self.window, deadline_h) if whole_trips else np.inf
            self.highs.changeRowBounds(row, -self.infinity, whole)

    def prices(self) -> tuple[Prices, Floats]:
        """The programme's dual prices, as the solver gives them, and what each stream pays for a unit."""
        dual = np.array(self.highs.getSolution().row_dual)
        shape = self.lift.slots.shape
        nodes = shape[0] * shape[1]

        def at(first: int) -> Floats:
            return np.asarray(np.maximum(-dual[first : first + nodes], 0.0).reshape(shape))

        on, off = at(self.work_row["merge_load"]), at(self.work_row["merge_unload"])
        merge = np.where(on + off > 0, on / np.where(on + off > 0, on + off, 1.0), 0.5)
        pays = np.maximum(dual[self.supply_row : self.supply_row + len(self.moved)], 0.0)
        leg_seat, leg_tonne = (
            np.where(rows >= 0, np.maximum(-dual[rows], 0.0), 0.0) for rows in self.leg_rows
        )
        found = Prices(
            hours=np.maximum(-dual[: self.resources], 0.0),
            stand=at(self.stand_row),
            idle=at(self.idle_row),
            merge=merge,
            leg_seat=leg_seat,
            leg_tonne=leg_tonne,
            load_seat=at(self.work_row["load_seat"]),
            load_tonne=at(self.work_row["load_tonne"]),
            unload_seat=at(self.work_row["unload_seat"]),
            unload_tonne=at(self.work_row["unload_tonne"]),
            trips=np.array([max(0.0, -dual[row]) for row in self.rounding_rows]),
        )
        return found, pays

    def trips_made(self) -> Floats:
        """How often each leg is moved along in the solution."""
        values = np.array(self.highs.getSolution().col_value)
        present = np.flatnonzero(self.trip_column >= 0)
        made = np.zeros(len(self.trip_column))
        made[present] = values[self.trip_column[present]]
        return made

    def _rows(self, lower: Floats, upper: Floats) -> int:
        first, number = self.rows, len(lower)
        none = np.zeros(0)
        if number:
            starts = np.zeros(number, dtype=np.int32)
            self.highs.addRows(number, lower, upper, 0, starts, none.astype(np.int32), none)
        self.rows += number
        return first

    def _columns(self, columns: list[list[tuple[int, float]]], cost: list[float]) -> int:
        first, number = self.columns, len(columns)
        if number:
            starts = np.cumsum([0, *(len(column) for column in columns)])[:-1].astype(np.int32)
            rows = np.array([row for column in columns for row, _ in column], dtype=np.int32)
            values = np.array([value for column in columns for _, value in column], dtype=float)
            lower, upper = np.zeros(number), np.full(number, self.infinity)
            self.highs.addCols(number, np.array(cost), lower, upper, len(rows), starts, rows, values)
        self.columns += number
        return first
