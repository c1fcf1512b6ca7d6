"""What routing solvers see of a problem: vehicle-sized shipments, and hours between them for every fleet.

Loads are cut as the first-come planner cuts them, so each shipment fills a vehicle or is the last of its
requirement; any fleet that holds it may carry it. A shipment is one node: loading, the way to its destination
and unloading stand on the arcs that leave it, with the empty way to the next. Rule 5 stretches an arc until
its moving hours are within the daily use, the first day's allowance being spread over the whole time. Slots
are not in it, nor loads that change vehicles: where the first-come planner sends anything by a chain, there
is no model.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from benchmarks.peers.greedy import plan_greedy
from benchmarks.peers.missions import Mission, read_missions
from benchmarks.peers.tours import Tours, ready_h
from benchmarks.peers.ways import Amounts, Ways
from standto.move.problem import Problem

MINUTES = 60
"""Whole minutes in an hour, the unit of the models."""
NEVER = 10_000_000
"""Minutes of an arc that a fleet cannot take."""
Ints = NDArray[np.int64]


class NotExpressibleError(ValueError):
    """The problem has something that the peer's model cannot say."""


class Shipments:
    """Nodes: first the bases, then the shipments."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.ways = Ways(problem)
        self.missions = read_missions(self.ways, plan_greedy(problem))
        if any(mission.providers for mission in self.missions):
            raise NotExpressibleError("loads change vehicles on their way, which shipments cannot")
        self.horizon_h = max((mission.end_h for mission in self.missions), default=0.0)
        """When the first-come plan is over."""
        self.groups = [
            (index, self.ways.place[base], count)
            for index, fleet in enumerate(problem.fleets)
            for base, count in fleet.stationed().items()
            if count
        ]
        self.bases = sorted({base for _, base, _ in self.groups})
        self.ready = [round(ready_h(self.ways, mission) * MINUTES) for mission in self.missions]

    def first_tours(self) -> Tours:
        """The tours of the first-come planner."""
        mine: dict[int, list[int]] = {}
        groups: dict[tuple[int, int], list[list[int]]] = {}
        for index, mission in enumerate(self.missions):
            if mission.follows < 0:
                mine[index] = []
                groups.setdefault((mission.fleet, mission.base), []).append(mine[index])
            else:
                mine[index] = mine[mission.follows]
            mine[index].append(index)
        return groups

    def carries(self, fleet: int, mission: Mission) -> bool:
        """Whether a fleet may carry a shipment."""
        load: Amounts = {}
        for piece in mission.pieces:
            if not self.ways.may(fleet, piece.requirement):
                return False
            for thing, amount in piece.amounts.items():
                load[thing] = load.get(thing, 0.0) + amount
        ends = self.ways.works(fleet, mission.origin) and self.ways.works(fleet, mission.destination)
        way = self.ways.way(fleet, mission.origin, mission.destination)
        return ends and way is not None and self.ways.takes_all(fleet, load)

    def minutes(self, fleet: int) -> Ints:
        """Minutes from node to node: own work and way first, then the empty way; 0 back to a base."""
        kind, count = self.problem.fleets[fleet], len(self.bases)
        stretch = 1.0
        if kind.use_h_per_day is not None:
            stretch = 24 / kind.use_h_per_day / (1 + 24 / max(24.0, self.horizon_h))
        able = [self.carries(fleet, mission) for mission in self.missions]
        origins = [mission.origin for mission in self.missions]
        matrix = np.full((count + len(able), count + len(able)), NEVER, dtype=np.int64)
        np.fill_diagonal(matrix, 0)
        known: dict[int, tuple[Ints, Ints]] = {}

        def empty(at: int) -> tuple[Ints, Ints]:
            if at not in known:
                there = [self.ways.way(fleet, at, origin) for origin in range(len(self.problem.places))]
                hours = np.array([math.inf if way is None else way.hours for way in there])
                moving = np.array([math.inf if way is None else way.moving_h for way in there])
                known[at] = hours[origins], moving[origins]
            return known[at]

        for row in range(len(matrix)):
            base = row < count
            if not base and not able[row - count]:
                continue
            at = self.bases[row] if base else self.missions[row - count].destination
            hours, moving = empty(at)
            own = own_moving = 0.0
            if not base:
                mission = self.missions[row - count]
                way = self.ways.way(fleet, mission.origin, mission.destination)
                assert way is not None
                own, own_moving = kind.load_h + way.hours + kind.unload_h, way.moving_h
                matrix[row, :count] = math.ceil(own * MINUTES)
            spans = own + hours
            if not base:
                spans = np.maximum(spans, stretch * (own_moving + moving))
            usable = np.isfinite(spans) & np.array(able)
            usable[row - count] &= base
            matrix[row, count:][usable] = np.ceil(spans[usable] * MINUTES).astype(np.int64)
        np.fill_diagonal(matrix, 0)
        return matrix
