"""The linear programme: can all lift together carry these amounts by this deadline?

Fleets are flows of vehicles over legs, loads are flows of people and tonnes along ways; work takes vehicle
hours and slot hours, legs take vehicle hours and moving hours. The objective is the share of the demand that
must be left behind; its dual prices make the certificate of `prices`. Ways and legs join the programme when a
price calls for them (column generation), so its size follows what is used, not what could be.
"""

from __future__ import annotations

import numpy as np

from standto.move.bound.effort import Effort
from standto.move.bound.lift import Floats, Lift
from standto.move.bound.matrix import FlowMatrix
from standto.move.bound.prices import SLACK_H, Cut, Prices, Rounding, certify, repair, trip_hours
from standto.move.bound.solver import run_for
from standto.move.bound.streams import Streams
from standto.move.bound.ways import NEAR, WaySearch
from standto.move.bound.window import Slots, Window

SMALL_LEGS = 6_000
"""Up to this many legs all stand in the programme from the start."""
CLOSE = 1e-4
"""A certificate this close to the programme's own optimum is good enough."""
LEAST_PRICE = 1e-6
"""All vehicle hours together cost at least this share of the demand, so that no way is free."""
MOST_NEW_TRIPS = 2_000
ROUND_WORTH = 1e-3
"""A rounding joins the programme if it is broken by more than this share."""


class FlowProgram:
    """One window's programme; it keeps its columns and its basis from one question to the next."""

    def __init__(
        self, lift: Lift, streams: Streams, slots: Slots, window: Window, effort: Effort | None = None
    ) -> None:
        self.lift, self.streams, self.slots, self.window = lift, streams, slots, window
        self.effort = effort or Effort()
        full = streams.supply(window.members.astype(float))
        self.moved = np.flatnonzero(full > 0)
        self.search = WaySearch(lift, streams, self.moved, self.effort.seconds)
        guess = self._plain_prices()
        cost, _ = self.search.price(guess, np.zeros(len(self.moved)))
        value = cost[self.moved] / max(float(np.median(cost[self.moved])), 1e-9)
        self.total = max(float(value @ full[self.moved]), 1e-9)
        self.matrix = FlowMatrix(lift, streams, slots, window, self.moved, value)
        if len(lift.leg_h) <= SMALL_LEGS:
            self.matrix.add_trips(np.arange(len(lift.leg_h)))
        self._find_ways(guess, np.full(len(self.moved), np.inf))

    @property
    def resources(self) -> int:
        """How many resources have a price (order as in `Window`)."""
        return 2 * len(self.lift.fleets) + 2 * len(self.slots.number)

    @property
    def stages(self) -> tuple[dict[str, bool], ...]:
        """How to ask, from fast to strong: by shares of trips, then counting whole ones."""
        return {"whole_trips": False}, {"whole_trips": True}

    @property
    def roundings(self) -> list[Rounding]:
        """The whole trips that are counted."""
        return self.matrix.roundings

    def _plain_prices(self) -> Prices:
        """A first guess: every vehicle hour and slot hour costs the same."""
        zero, none = np.zeros(self.lift.slots.shape), np.zeros(len(self.lift.leg_h))
        hours = np.ones(self.resources)
        guess = Prices(hours, zero, zero, zero + 0.5, none, none, zero, zero, zero, zero, np.zeros(0))
        return repair(self.lift, self.slots, guess, [])

    def _find_ways(self, prices: Prices, pays: Floats) -> tuple[Floats, int]:
        """Price all ways, add the cheapest of each stream that pays; returns stream costs and ways added."""
        cost, found = self.search.price(prices, pays)
        return cost, self.matrix.add_ways(found)

    def ask(
        self,
        done: Floats,
        deadline_h: float,
        *,
        whole_trips: bool = True,
        close: float = CLOSE,
        rounds: int = 60,
    ) -> tuple[float, Cut | None]:
        """The share of demand that must be left behind, at least, and the cut that proves it.

        Parameters
        ----------
        done
            The share of each requirement that is to be delivered by the deadline.
        whole_trips
            Whether to count whole trips (`Rounding`), which makes capacity jump.
        close
            Stop when the certificate is this close, relatively, to the programme's optimum.

        Returns
        -------
        The proven share (0: the programme sees no obstacle, the cut is None).
        """
        supply = self.streams.supply(done * self.window.members)
        room, fleets = self.window.capacity(deadline_h), len(self.lift.fleets)
        self.matrix.set_question(supply, room, deadline_h, whole_trips)
        best: tuple[float, Cut | None] = (0.0, None)
        for _ in range(rounds):
            if not self.effort.spend(self.matrix.rows + self.matrix.columns + self.search.work):
                break
            if not run_for(self.matrix.highs, self.effort.seconds()):
                break
            short = self.matrix.highs.getInfo().objective_function_value
            if whole_trips and self._round_trips(deadline_h):
                continue
            if short <= NEAR * self.total:
                return 0.0, None
            prices, pays = self.matrix.prices()
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
        made = self.matrix.trips_made()
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
                self.matrix.add_rounding(rounding, deadline_h)
                added += 1
        return added

    def _add_paying_trips(self, prices: Prices) -> None:
        """Add trips that would earn more, by where they bring the vehicle, than they cost."""
        lift, fleets = self.lift, len(self.lift.fleets)
        absent = np.flatnonzero(self.matrix.trip_column < 0)
        if len(absent) == 0:
            return
        f, p, q = lift.leg_fleet[absent], lift.leg_from[absent], lift.leg_to[absent]
        own = lift.leg_h[absent] * (prices.hours[f] + prices.hours[fleets + f]) + prices.idle[f, q]
        for price, rounding in zip(prices.trips, self.roundings, strict=True):
            own = own + price * rounding.trips(lift)[absent]
        earns = prices.stand[f, q] - prices.stand[f, p] - own
        order = np.argsort(-earns, kind="stable")[:MOST_NEW_TRIPS]
        self.matrix.add_trips(absent[order[earns[order] > NEAR]])
