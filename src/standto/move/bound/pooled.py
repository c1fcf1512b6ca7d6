"""The pooled programme: how many times over is lift needed by a deadline? Small enough for large problems.

The same statement of prices as `flow`, looked for in a smaller family: what a trip or a stop costs is
charged to seats and tonnes in one proportion for each fleet, so that no leg needs rows of its own. Loads are
priced by shortest ways in compiled code; the programme itself knows only what bundles of ways use of each
resource.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from standto.move.bound.berths import find_berths
from standto.move.bound.crossings import find_crossings
from standto.move.bound.effort import Effort
from standto.move.bound.lift import Floats, Ints, Lift
from standto.move.bound.pooled_coarse import CoarseMatrix
from standto.move.bound.pooled_matrix import Bundles, PooledMatrix, as_columns
from standto.move.bound.prices import Counted, Cut, Prices, certify_units, own_hours, repair
from standto.move.bound.readiness import SLACK_H, Units, read_units
from standto.move.bound.returns import ways_back
from standto.move.bound.streams import Streams
from standto.move.bound.window import Slots, Window

MOST_ROWS = 600
"""Up to so many streams each has a row; beyond, those of one destination and kind share one."""
CELLS_A_ROW = 6_000
"""Sources times legs that take as long to search as a row of the programme to solve, measured roughly."""
MOST_STANDING = 300
"""Fleets times places up to which standing has prices of its own from the start."""
MANY_LEGS = 6_000
"""Beyond so many legs the programme begins with the ways back to the nearest origin or base only."""
NEW_TRIPS = 1_000
MIXED = 0.7
"""The next prices asked for: so much of the programme's own, the rest of the best yet."""
CLOSE, MOST_OPEN = 1e-3, 0.02
"""How close to the programme's own optimum a certificate must come: at last, and on the way."""
REACH = 1e-3
"""A cut leaves out what comes too late for this much, relatively, after the deadline asked."""
NEARER = 0.01
"""Of two answers the later is handed out, unless lift is nearer to being needed once by the other."""
EVEN = 1e-7
"""Lift needed this much more than once is not worth a refutation."""
COARSE_OPEN = 0.01, 0.002, 0.0005
"""As `CLOSE`, for the coarse programme, one after the other."""


@dataclass(frozen=True, slots=True)
class Tightness:
    """How many times over lift is needed by the last deadline asked, at least, and the cut that shows it."""

    need: float
    cut: Cut
    by_h: float


class PooledProgram:
    """One window's programme of bundles; it keeps them from one question to the next."""

    def __init__(
        self, lift: Lift, streams: Streams, slots: Slots, window: Window, effort: Effort | None = None
    ) -> None:
        self.lift, self.streams, self.slots, self.window = lift, streams, slots, window
        self.effort = effort or Effort()
        self.units: Units = read_units(lift, streams, window)
        self.filled = self._filled()
        self.idle_h = self._idle()
        self.hours = self._work_hours()
        wanted = np.unique(np.r_[self.units.origins, np.flatnonzero((lift.stationed > 0).any(axis=0))])
        starts = lift.leg_fleet * lift.places + lift.leg_from
        self.outward: Ints = np.argsort(starts, kind="stable")
        self.begin: Ints = np.searchsorted(starts[self.outward], np.arange(lift.slots.size + 1))
        self.back_h = ways_back(lift, self.idle_h, self.units.origins)[0]
        many = len(lift.leg_h) > MANY_LEGS
        self.back: Ints = ways_back(lift, self.idle_h, wanted, nearest_only=many)[1]
        ends = np.stack([self.units.ends, self.units.kinds], axis=1)
        few = len(ends) <= MOST_ROWS
        self.wholes: list[Counted] = [
            *find_crossings(lift, self.units),
            *find_berths(lift, slots, self.units),
        ]
        self.counted_trips, self.counted_works = self._counted()
        self.rows: Ints = np.arange(len(ends)) if few else _numbered(ends)
        self.bundles = int(self.rows.max(initial=-1)) + 1
        self.coarse: CoarseMatrix | None = None
        self.full: PooledMatrix | None = None
        self.found: list[Bundles] = []
        if lift.slots.size > MOST_STANDING:
            self.coarse = CoarseMatrix(
                lift, slots, window, self.bundles, self.wholes, self.back_h, self.units.origins
            )
        else:
            self.refine()
        self.last: Floats | None = None
        self.asked: Floats | None = None
        self.tightest: Tightness | None = None

    @property
    def matrix(self) -> CoarseMatrix | PooledMatrix:
        """The programme that is asked for prices."""
        matrix = self.full or self.coarse
        assert matrix is not None
        return matrix

    def refine(self) -> bool:
        """Give standing prices of its own from now on; whether it had none."""
        if self.full is not None:
            return False
        self.full = PooledMatrix(
            self.lift, self.slots, self.window, self.bundles, self.wholes, self.idle_h, self.back
        )
        for used, until_h in self.found:
            self.full.add_bundles(used, until_h)
        return True

    def _counted(self) -> tuple[Ints, Ints]:
        """As what each leg counts, shape (E,), and each loading and unloading, (2, F, P); -1: as nothing."""
        trips = np.full(len(self.lift.leg_h), -1, dtype=np.int64)
        works = np.full((2, *self.lift.slots.shape), -1, dtype=np.int64)
        for number, whole in enumerate(self.wholes):
            trips[whole.trips(self.lift) > 0] = number
            for which, counts in enumerate((whole.on, whole.off)):
                works[which][np.broadcast_to(counts, works[which].shape) > 0] = number
        return trips, works

    def _filled(self) -> Floats:
        """Vehicles of each fleet that a seat and a tonne take, shape (2, F): the proportion of charges."""
        lift, streams = self.lift, self.streams
        moved = np.unique(self.units.kinds)
        cargo = bool((streams.seats[moved] == 0).any())
        part = (0.0 if lift.problem.pax_tonnes > 0 else 0.3) if cargo else 1.0
        massive = np.isfinite(lift.tonnes) & (lift.tonnes > 0)
        part_seats = np.where(massive, np.where(lift.seats > 0, part, 0.0), 1.0)
        seat = np.where(lift.seats > 0, part_seats / np.maximum(lift.seats, 1.0), 0.0)
        tonne = np.where(massive, (1 - part_seats) / np.where(massive, lift.tonnes, 1.0), 0.0)
        return np.stack([seat, tonne])

    def _idle(self) -> Floats:
        """Hours of service counted at every arrival: only where no goods come from or go to."""
        lift = self.lift
        service_h = np.array([fleet.service_h for fleet in lift.fleets])
        least = np.minimum(service_h, np.minimum(lift.load_h, lift.unload_h))
        between = np.ones(lift.places, dtype=bool)
        between[self.units.origins] = False
        between[self.units.ends] = False
        return np.asarray(least[:, None] * between[None, :], dtype=float)

    def _work_hours(self) -> Floats:
        """Hours of service, loading (all, goods) and unloading (all, goods), shape (5, F, P); as `repair`."""
        lift, idle = self.lift, self.idle_h
        concurrent = np.array([fleet.concurrent for fleet in lift.fleets], dtype=bool)[:, None]
        shorter = np.minimum(lift.load_h, lift.unload_h)[:, None] + np.zeros_like(idle)
        saved = np.where(concurrent, shorter, 0.0) / 2
        saved_all = np.where(concurrent, shorter - idle, 0.0) / 2
        load, unload = lift.load_h[:, None], lift.unload_h[:, None]
        return np.stack(
            [idle, load - idle - saved_all, load - saved, unload - idle - saved_all, unload - saved]
        )

    def go_on_from(self, other: PooledProgram) -> None:
        """Begin with the prices that another window's programme ended with."""
        if other.last is None:
            return
        split, end = self.resources - self.lift.slots.size - len(self.wholes), self.lift.slots.size
        before = other.last[split : split + len(other.wholes)]
        price = {_key(one): value for one, value in zip(other.wholes, before, strict=True)}
        trips = [price.get(_key(one), 0.0) for one in self.wholes]
        self.last = np.concatenate([other.last[:split], trips, other.last[-end:]])

    @property
    def resources(self) -> int:
        """How many prices: of hours (order as in `Window`), of what is counted whole, of standing."""
        hours = 2 * len(self.lift.fleets) + 2 * len(self.slots.number)
        return hours + len(self.wholes) + self.lift.slots.size

    @property
    def stages(self) -> Iterator[dict[str, float]]:
        """How to ask, from fast to strong: with few prices, with all."""
        if self.coarse is not None and self.full is None:
            for close in COARSE_OPEN:
                yield {"close": close}
            self.refine()
        yield {}

    @property
    def work(self) -> float:
        """What one search takes, in rows of the programme."""
        return len(self.units.sources) * len(self.lift.leg_h) / CELLS_A_ROW

    def _prices(self, price: Floats) -> Prices:
        """Prices of hours and of standing as the programme has them, made consistent."""
        lift, slots, fleets = self.lift, self.slots, len(self.lift.fleets)
        split = 2 * fleets + 2 * len(slots.number)
        hours, trips = price[:split], price[split : split + len(self.wholes)]
        stand = price[split + len(self.wholes) :].reshape(lift.slots.shape)
        all_work = hours[2 * fleets :][np.maximum(slots.group, 0)] if len(slots.number) else 0.0
        hour = hours[:fleets, None] + np.where(slots.group >= 0, all_work, 0.0)
        zero = np.zeros(lift.slots.shape)
        seat, tonne = self.filled[:, lift.leg_fleet]
        work_seat, work_tonne = zero + self.filled[0][:, None], zero + self.filled[1][:, None]
        guess = Prices(
            hours=hours,
            stand=stand,
            idle=self.idle_h * hour,
            merge=zero + 0.5,
            leg_seat=seat,
            leg_tonne=tonne,
            load_seat=work_seat,
            load_tonne=work_tonne,
            unload_seat=work_seat,
            unload_tonne=work_tonne,
            trips=trips,
        )
        return repair(lift, slots, guess, self.wholes)

    def _first_prices(self, deadline_h: float) -> Floats:
        """An hour costs load times speed of its vehicle, which is worth more the nearer it is to goods."""
        lift, fleets = self.lift, len(self.lift.fleets)
        person_t = lift.problem.pax_tonnes or 0.1
        massive = np.isfinite(lift.tonnes) & (lift.tonnes > 0)
        carries_t = np.where(massive, np.where(massive, lift.tonnes, 0.0), lift.seats * person_t)
        hour = carries_t * np.array([fleet.kmh for fleet in lift.fleets])
        hour = hour / max(float(hour.max(initial=0.0)), 1e-9)
        few = np.isfinite(self.window.capacity(deadline_h)[fleets : 2 * fleets])
        slots = np.zeros(2 * len(self.slots.number) + len(self.wholes))
        stand = (self.back_h.max(axis=1, keepdims=True) - self.back_h) * hour[:, None]
        return np.concatenate([np.where(few, 0.0, hour), np.where(few, hour, 0.0), slots, stand.ravel()])

    def search(self, prices: Prices, amounts: Floats, until_h: float) -> tuple[Floats, Floats]:
        """The least cost of a unit of each stream, and what all amounts use in each row of the programme."""
        from standto.move.bound.routes import route

        lift, streams, units = self.lift, self.streams, self.units
        closed_on, closed_off = np.where(lift.loads_at, 0.0, np.inf), np.where(lift.unloads_at, 0.0, np.inf)
        cost = np.zeros(len(units.ends))
        used = np.zeros((self.bundles, self.resources))
        route(
            units.sources,
            units.first,
            units.ends,
            self.rows,
            amounts,
            np.stack([streams.seats, streams.mass_t]),
            streams.fleets,
            streams.loadable,
            np.stack([lift.leg_from, lift.leg_to, lift.leg_fleet]),
            self.outward,
            self.begin,
            lift.leg_h,
            np.stack([prices.leg_seat, prices.leg_tonne]),
            units.aboard_h,
            units.left_h,
            until_h + SLACK_H,
            np.stack([prices.load_seat, prices.load_tonne, closed_on]),
            np.stack([prices.unload_seat, prices.unload_tonne, closed_off]),
            self.filled,
            self.hours,
            self.slots.group,
            len(self.slots.number),
            self.counted_trips,
            self.counted_works,
            len(self.wholes),
            cost,
            used,
        )
        return cost, used

    def ask(
        self,
        done: Floats,
        deadline_h: float,
        *,
        close: float = CLOSE,
        rounds: int = 60,
        needed: float = 1.0,
        enough: float = math.inf,
    ) -> tuple[float, Cut | None]:
        """The share of what is asked that must be left behind, at least, and the cut that proves it.

        Parameters
        ----------
        done
            The share of each requirement that is to be delivered by the deadline.
        close
            Stop when the certificate is this close, relatively, to the programme's optimum.
        needed
            Stop once it is known that lift is needed fewer times over than this.
        enough
            Stop once it is proven that lift is needed more times over than this.

        Returns
        -------
        The proven share (0: no obstacle is seen, the cut is None).
        """
        until_h = deadline_h + REACH * (1 + abs(deadline_h))
        amounts = self.units.amounts(done)
        price = self.last if self.last is not None else self._first_prices(deadline_h)
        best, best_price, best_cut = 0.0, price, None
        least = close if self.full is None else CLOSE
        self._set_question(amounts, deadline_h, until_h)
        for turn in range(rounds):
            if not self.effort.spend(self.matrix.rows + self.matrix.columns / 4 + self.work):
                break
            asked = price if turn < 2 or turn % 2 else (1 - MIXED) * best_price + MIXED * price
            prices = self._prices(asked)
            cost, used = self.search(prices, amounts, until_h)
            cut = certify_units(self.lift, self.window, prices, self.units, cost, until_h, self.wholes)
            lost = cost[amounts > 0]
            if np.isinf(lost).any():
                return 1.0, cut
            total, worth = float(lost @ amounts[amounts > 0]), cut.worth(deadline_h)
            ratio = total / worth if worth > 0 else (np.inf if total > 0 else 0.0)
            if ratio > best:
                best, best_price, best_cut = ratio, asked, cut
            if math.isinf(ratio) or best > enough + EVEN:
                break
            self._join(asked, prices, used, until_h)
            solved = self.matrix.solve(self.effort.seconds())
            if solved is None:
                break
            need, price = solved
            open_yet = least if best <= 1 + EVEN < need else min(close, MOST_OPEN)
            if best >= need * (1 - open_yet) or need < needed:
                break
        self.last = best_price
        nearest = abs(self.tightest.need - 1) if self.tightest is not None else math.inf
        if best_cut is not None and abs(best - 1) <= nearest + NEARER:
            self.tightest = Tightness(best, best_cut, deadline_h)
        return (1 - 1 / best, best_cut) if best > 1 else (0.0, None)

    def _set_question(self, amounts: Floats, deadline_h: float, until_h: float) -> None:
        """Bring the programme to a question; bundles found for other amounts are forgotten."""
        if self.asked is None or not np.array_equal(self.asked, amounts):
            self.found.clear()
            self.matrix.forget_bundles()
        self.asked = amounts
        self.matrix.set_question(deadline_h, until_h)

    def _join(self, price: Floats, prices: Prices, used: Floats, until_h: float) -> None:
        """Add what has been found to the programme."""
        columns = as_columns(used)
        if self.full is not None:
            self._add_trips(self.full, price, prices)
            self.full.add_bundles(columns, until_h)
        elif self.coarse is not None:
            self.found.append((columns, until_h))
            self.coarse.add_used(used, until_h)

    def _add_trips(self, matrix: PooledMatrix, price: Floats, prices: Prices) -> None:
        """Add trips of empty vehicles that would earn more, by where they bring them, than they cost."""
        lift = self.lift
        stand = price[-lift.slots.size :].reshape(lift.slots.shape)
        f, p, q = lift.leg_fleet, lift.leg_from, lift.leg_to
        earns = np.where(matrix.trips, 0.0, stand[f, q] - stand[f, p] - own_hours(lift, prices))
        order = np.argsort(-earns, kind="stable")[:NEW_TRIPS]
        matrix.add_trips(order[earns[order] > 1e-9 * (1 + float(stand.max(initial=0.0)))])


def _key(whole: Counted) -> tuple[int, bool, bool]:
    """What tells one kind of whole trips or works from the others of a programme."""
    return whole.resource, bool(np.any(whole.on)), bool(np.any(whole.off))


def _numbered(rows: Ints) -> Ints:
    """The number of each row among those that differ."""
    return np.asarray(np.unique(rows, axis=0, return_inverse=True)[1].reshape(-1), dtype=np.int64)
