"""Rule 5 in the model: hours in a vehicle's bank grow with time, up to the most, and are spent by moving."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

from benchmarks.peers.cpsat_parts import PER_H, Node, Route, steps
from standto.move.problem import Problem


class Bank:
    """All in whole steps times the denominator of the fleet's rate."""

    def __init__(self, problem: Problem, model: Any) -> None:
        self.problem, self.model = problem, model

    def rate(self, fleet: int) -> Fraction | None:
        """Hours moved per hour that a fleet's use allows, None without limit."""
        use = self.problem.fleets[fleet].use_h_per_day
        return None if use is None else Fraction(use / 24).limit_denominator(48)

    def first(self, fleet: int, rate: Fraction) -> int:
        """What a vehicle that is free at once has at hour 0: a day's use, less what it is free later."""
        return self._day(rate) - rate.numerator * steps(self.problem.fleets[fleet].available_h)

    def most(self, fleet: int, rate: Fraction) -> int | None:
        """The most that a vehicle banks, None without limit."""
        days = self.problem.fleets[fleet].use_bank_days
        return None if days is None else math.floor(self._day(rate) * days)

    def _day(self, rate: Fraction) -> int:
        return math.floor(rate.numerator * 24 * PER_H)

    def approach(self, node: Node, fleet: int, last: Node | None, literal: Any, route: Route) -> None:
        """From the last mission, or the base, to the start of loading."""
        rate = self.rate(fleet)
        if rate is None:
            return
        n, spent = rate.numerator, rate.denominator * route.moving
        had = self.first(fleet, rate) if last is None else last.left - n * last.arrive
        self.model.add(node.banked <= had + n * node.start - spent).only_enforce_if(literal)

    def on_approach(self, node: Node, fleet: int, number: int, literal: Any, route: Route) -> None:
        """Nothing is overdrawn at a stop on the way to the place of loading."""
        rate = self.rate(fleet)
        if rate is not None:
            still = rate.denominator * sum(route.legs[number + 1 :])
            grown = rate.numerator * (node.start - node.approach[number])
            self.model.add(node.banked + still >= grown).only_enforce_if(literal)

    def loaded(self, node: Node, fleet: int, use: Any, route: Route) -> None:
        """From loading to the arrival, and nothing overdrawn at the stops between."""
        rate = self.rate(fleet)
        if rate is None:
            return
        n, d, since = rate.numerator, rate.denominator, node.arrive - node.start
        left = node.banked + n * since - d * route.moving
        self.model.add(node.left <= left).only_enforce_if(use)
        most = self.most(fleet, rate)
        if most is not None:
            most -= n * steps(self.problem.fleets[fleet].load_h)
            self.model.add(node.left <= most + n * since - d * route.moving).only_enforce_if(use)
        spent = 0
        for number in range(len(route.stops)):
            spent += d * route.legs[number]
            grown = n * (node.on_way[number] - node.start)
            self.model.add(node.banked + grown >= spent).only_enforce_if(use)
