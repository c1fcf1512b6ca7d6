"""The linear programme: can all lift together carry these amounts by this deadline?

Fleets are flows of vehicles over legs, loads are flows of people and tonnes along ways; work takes vehicle
hours and slot hours, legs take vehicle hours and moving hours. The objective is the share of the demand that
must be left behind; its dual prices make the certificate of `prices`. Ways and legs join the programme when a
price calls for them (column generation), so its size follows what is used, not what could be.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from standto.move.bound.lift import Floats, Ints, Lift
from standto.move.bound.prices import (
    SLACK_H,
    Cut,
    Paths,
    Prices,
    Rounding,
    certify,
    cheapest,
    repair,
    trip_hours,
)
from standto.move.bound.solver import quiet_solver, run_for
from standto.move.bound.streams import Streams
from standto.move.bound.window import Slots, Window

SMALL_LEGS = 6_000
"""Up to this many legs all stand in the programme from the start."""
NEAR = 1e-7
"""Shares of the demand below this are nothing."""
CLOSE = 1e-4
"""A certificate this close to the programme's own optimum is good enough."""
LEAST_PRICE = 1e-6
"""All vehicle hours together cost at least this share of the demand, so that no way is free."""
MOST_NEW_TRIPS = 2_000
ROUND_WORTH = 1e-3
"""A rounding joins the programme if it is broken by more than this share."""
BREAK = -1
"""Between two legs of a way: unload, transfer, load."""


@dataclass(slots=True)
class Effort:
    """How much more the programmes may be solved: rows and columns summed over solves, and seconds.

    Counting work, not time, keeps the bound the same on every machine unless a time was asked for.
    """

    left: float = math.inf
    seconds: Callable[[], float] = lambda: math.inf

    def spend(self, work: float) -> bool:
        """Take some; whether there was enough."""
        self.left -= work
        return self.left >= 0 and self.seconds() > 0

    def part(self, share: float) -> Effort:
        """A share of what is left, taken from it."""
        mine = self.left * share if math.isfinite(self.left) else math.inf
        self.left -= mine if math.isfinite(mine) else 0.0
        return Effort(mine, self.seconds)


class FlowProgram:
    """One window's programme; it keeps its columns and its basis from one question to the next."""

    def __init__(
        self, lift: Lift, streams: Streams, slots: Slots, window: Window, effort: Effort | None = None
    ) -> None:
        self.lift, self.streams, self.slots, self.window = lift, streams, slots, window
        self.effort = effort or Effort()
        self.highs = quiet_solver()
        self.highs.setOptionValue("presolve", "off")
        self.infinity = np.inf
        self.full = streams.supply(window.members.astype(float))
        self.moved = np.flatnonzero(self.full > 0)
        pairs = np.unique(
            np.stack([streams.origin[self.moved], streams.kind[self.moved]], axis=1), axis=0
        ).reshape(-1, 2)
        self.sources = pairs
        source_of = {(int(o), int(k)): row for row, (o, k) in enumerate(pairs)}
        self.source = np.array(
            [source_of[int(streams.origin[j]), int(streams.kind[j])] for j in self.moved], dtype=np.int64
        )
        self.ways: set[tuple[int, tuple[int, ...]]] = set()
        self.trip_column = np.full(len(lift.leg_h), -1, dtype=np.int64)
        self.leg_rows = np.full((2, len(lift.leg_h)), -1, dtype=np.int64)
        self.open_legs = np.zeros(len(lift.leg_h), dtype=bool)
        self.roundings: list[Rounding] = []
        self.rounding_rows: list[int] = []
        self.columns = 0
        self.rows = 0
        self._frame()
        if len(lift.leg_h) <= SMALL_LEGS:
            self._add_trips(np.arange(len(lift.leg_h)))
        self._find_ways(self._plain_prices(), np.full(len(self.moved), np.inf))

    # -- the programme's fixed rows and columns

    def _frame(self) -> None:
        """Rows of resources, standing, arrivals, work and supply; columns of work at each place."""
        lift, slots = self.lift, self.slots
        fleets, places = lift.slots.shape
        groups = len(slots.number)
        inf = self.infinity
        self.resources = 2 * fleets + 2 * groups
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
        self.supply_row = self._rows(self.full[self.moved], np.full(len(self.moved), inf))
        guess = self._plain_prices()
        cost, _ = self._price_ways(guess, np.zeros(len(self.moved)))
        self.value = cost[self.moved] / max(float(np.median(cost[self.moved])), 1e-9)
        self.total = max(float(self.value @ self.full[self.moved]), 1e-9)
        left = [[(self.supply_row + n, 1.0)] for n in range(len(self.moved))]
        self._columns(left, list(self.value))
        work: list[list[tuple[int, float]]] = []
        for f, fleet in enumerate(lift.fleets):
            for p in np.flatnonzero(lift.slots[f] > 0):
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
        columns = [load, unload, [*hours(service_h, False), (idle, -1.0)]]
        if concurrent:
            saved = -min(lift.load_h[f], lift.unload_h[f])
            merged = [*hours(saved, True), (idle, 1.0)]
            columns.append([*merged, (row["merge_load"], 1.0), (row["merge_unload"], 1.0)])
        if not self.window.first:
            columns.append([(self.stand_row + node, -1.0), (self.count_row + f, 1.0)])
        return columns

    # -- trips and ways

    def _add_trips(self, legs: Ints) -> None:
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
        self._add_trips(legs[self.trip_column[legs] < 0])
        for e in legs:
            f, column = lift.leg_fleet[e], int(self.trip_column[e])
            for which, room in enumerate((float(lift.seats[f]), float(lift.tonnes[f]))):
                if np.isfinite(room):
                    self.highs.addRow(-self.infinity, 0.0, 1, np.array([column]), np.array([-room]))
                    self.leg_rows[which, e] = self.rows
                    self.rows += 1
        self.open_legs[legs] = True

    def _find_ways(self, prices: Prices, pays: Floats) -> tuple[Floats, int]:
        """Price all ways, add the cheapest of each stream that pays; returns stream costs and ways added."""
        cost, found = self._price_ways(prices, pays)
        new = [way for way in found if way not in self.ways]
        self._add_ways(new)
        return cost, len(new)

    def _price_ways(self, prices: Prices, pays: Floats) -> tuple[Floats, list[tuple[int, tuple[int, ...]]]]:
        """Each stream's cheapest cost, and the cheapest way of those that cost less than the stream pays."""
        lift, streams = self.lift, self.streams
        cost = np.zeros(len(streams.origin))
        found: list[tuple[int, tuple[int, ...]]] = []
        batch = max(1, 1_000_000 // max(1, len(lift.leg_h)))
        for first in range(0, len(self.sources), batch):
            rows = self.sources[first : first + batch]
            paths = cheapest(lift, streams, prices, rows[:, 0], rows[:, 1])
            for n in np.flatnonzero((self.source >= first) & (self.source < first + batch)):
                j, row = self.moved[n], int(self.source[n]) - first
                cost[j] = paths.ground[row, streams.destination[j]]
                if cost[j] * (1 + NEAR) < pays[n]:
                    way = trace(lift, paths, row, int(streams.origin[j]), int(streams.destination[j]))
                    if way:
                        found.append((int(n), way))
        return cost, found

    def _add_ways(self, found: list[tuple[int, tuple[int, ...]]]) -> None:
        """Columns of ways: what a unit takes of seats and tonnes on its legs and at its stops."""
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

    def _plain_prices(self) -> Prices:
        """A first guess: every vehicle hour and slot hour costs the same."""
        shape, legs = self.lift.slots.shape, len(self.lift.leg_h)
        zero, none = np.zeros(shape), np.zeros(legs)
        guess = Prices(
            np.ones(self.resources), zero, zero, zero + 0.5, none, none, zero, zero, zero, zero, np.zeros(0)
        )
        return repair(self.lift, self.slots, guess, [])

    # -- questions

    def ask(
        self,
        supply: Floats,
        deadline_h: float,
        *,
        whole_trips: bool = True,
        close: float = CLOSE,
        rounds: int = 60,
    ) -> tuple[float, Cut | None]:
        """The share of demand that must be left behind, at least, and the cut that proves it.

        Parameters
        ----------
        supply
            Units of each stream that are to be delivered by the deadline.
        whole_trips
            Whether to count whole trips (`Rounding`), which makes capacity jump.
        close
            Stop when the certificate is this close, relatively, to the programme's optimum.

        Returns
        -------
        The proven share (0: the programme sees no obstacle, the cut is None).
        """
        room, fleets = self.window.capacity(deadline_h), len(self.lift.fleets)
        for row in range(self.resources):
            self.highs.changeRowBounds(row, -self.infinity, min(float(room[row]), self.infinity))
        for n, j in enumerate(self.moved):
            self.highs.changeRowBounds(self.supply_row + n, float(supply[j]), self.infinity)
        for row, rounding in zip(self.rounding_rows, self.roundings, strict=True):
            whole = rounding.capacity(self.lift, self.window, deadline_h) if whole_trips else np.inf
            self.highs.changeRowBounds(row, -self.infinity, whole)
        best: tuple[float, Cut | None] = (0.0, None)
        for _ in range(rounds):
            if not self.effort.spend(self.rows + self.columns):
                break
            if not run_for(self.highs, self.effort.seconds()):
                break
            short = self.highs.getInfo().objective_function_value
            if whole_trips and self._round_trips(deadline_h):
                continue
            if short <= NEAR * self.total:
                return 0.0, None
            prices, pays = self._prices()
            self._add_paying_trips(prices)
            prices.hours[:fleets] += LEAST_PRICE * self.total / max(1.0, float(room[:fleets].sum()))
            prices = repair(self.lift, self.slots, prices, self.roundings)
            cost, added = self._find_ways(prices, pays)
            cut = certify(self.lift, self.streams, self.window, self.roundings, prices, cost)
            proven = float(cost[self.moved] @ supply[self.moved]) - cut.worth(deadline_h)
            if proven > best[0]:
                best = proven, cut
            if added == 0 or best[0] >= short * (1 - close):
                break
        return best[0] / self.total, best[1]

    def _round_trips(self, deadline_h: float) -> int:
        """Add the most broken rounding of each fleet; how many were added."""
        values = np.array(self.highs.getSolution().col_value)
        present = np.flatnonzero(self.trip_column >= 0)
        made = np.zeros(len(self.trip_column))
        made[present] = values[self.trip_column[present]]
        hours = self.lift.leg_h + self.lift.least_stop_h[self.lift.leg_fleet]
        available = trip_hours(self.lift, self.window, deadline_h) + 2 * SLACK_H
        added = 0
        for f in np.unique(self.lift.leg_fleet[made > NEAR]):
            mine = np.flatnonzero((self.lift.leg_fleet == f) & (made > NEAR) & (hours > 0))
            if len(mine) == 0:
                continue
            units = np.unique(hours[mine] * (1 - 1e-12))
            counts = np.floor(hours[mine][None, :] / units[:, None]) @ made[mine]
            room = self.lift.count[f] * np.floor(max(0.0, available[f]) / units)
            broken = (counts - room) / np.maximum(1.0, room)
            worst = int(np.argmax(broken))
            rounding = Rounding(int(f), float(units[worst]))
            if broken[worst] > ROUND_WORTH and rounding not in self.roundings:
                self._add_rounding(rounding, deadline_h)
                added += 1
        return added

    def _add_rounding(self, rounding: Rounding, deadline_h: float) -> None:
        counted = rounding.trips(self.lift)
        legs = np.flatnonzero((counted > 0) & (self.trip_column >= 0))
        whole = rounding.capacity(self.lift, self.window, deadline_h)
        columns = self.trip_column[legs].astype(np.int32)
        self.highs.addRow(-self.infinity, whole, len(legs), columns, counted[legs])
        self.rounding_rows.append(self.rows)
        self.roundings.append(rounding)
        self.rows += 1

    def _prices(self) -> tuple[Prices, Floats]:
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

    def _add_paying_trips(self, prices: Prices) -> None:
        """Add trips that would earn more, by where they bring the vehicle, than they cost."""
        lift, fleets = self.lift, len(self.lift.fleets)
        absent = np.flatnonzero(self.trip_column < 0)
        if len(absent) == 0:
            return
        f, p, q = lift.leg_fleet[absent], lift.leg_from[absent], lift.leg_to[absent]
        own = lift.leg_h[absent] * (prices.hours[f] + prices.hours[fleets + f]) + prices.idle[f, q]
        for price, rounding in zip(prices.trips, self.roundings, strict=True):
            own = own + price * rounding.trips(lift)[absent]
        earns = prices.stand[f, q] - prices.stand[f, p] - own
        order = np.argsort(-earns, kind="stable")[:MOST_NEW_TRIPS]
        self._add_trips(absent[order[earns[order] > NEAR]])

    # -- the solver's matrix

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


def trace(lift: Lift, paths: Paths, row: int, origin: int, end: int) -> tuple[int, ...]:
    """The legs of a cheapest way, in order; `BREAK` stands where the load changes vehicles."""
    ready = np.minimum(paths.loaded[row], paths.carried[row])
    reach = ready[lift.leg_fleet, lift.leg_from] + paths.leg_cost[row]
    heads = lift.leg_fleet * lift.places + lift.leg_to
    legs: list[int] = []
    place, fleet = end, -1
    for _ in range(2 * lift.places):
        if fleet < 0:
            if place == origin:
                return tuple(reversed(legs[:-1]))
            fleet = int(np.argmin(paths.carried[row, :, place] + paths.unloading[row, :, place]))
        first, last = np.searchsorted(heads, [fleet * lift.places + place, fleet * lift.places + place + 1])
        leg = int(first + np.argmin(reach[first:last]))
        legs.append(leg)
        place = int(lift.leg_from[leg])
        if paths.loaded[row, fleet, place] <= paths.carried[row, fleet, place]:
            legs.append(BREAK)
            fleet = -1
    return ()
