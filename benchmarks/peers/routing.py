"""OR-Tools routing on vehicle-sized shipments: guided local search from the first-come tours, for both goals.

For closure it minimises the longest tour; for lateness the sum over shipments of weight x lateness, a
requirement's weight being shared among its shipments, since the last shipment of a requirement (which is what
counts) cannot be said. It cannot say slots, changes of vehicle or cuts of loads within the search either.
"""

from __future__ import annotations

import math
import time
from collections import Counter
from typing import Any

from ortools.constraint_solver import pywrapcp, routing_enums_pb2

from benchmarks.peers.shipments import MINUTES, NotExpressibleError, Shipments
from benchmarks.peers.tours import Tours, play_tours
from standto.move.plan import Plan
from standto.move.problem import Problem

RESTORE = 0.2
"""The part of the time in which the first tours are put into the model, which is a search of its own."""
LONGEST = 4
"""The models look no further than so many times the first-come plan."""


def plan_routing(problem: Problem, seconds: float) -> tuple[Plan | None, str]:
    """The plan of the best tours found within the seconds, building the model counted."""
    began = time.perf_counter()
    try:
        ships = Shipments(problem)
    except NotExpressibleError as error:
        return None, str(error)
    model = _Model(ships)
    note = f"{len(ships.missions):,} shipments, {model.vehicles:,} vehicles"
    tours = model.solve(began + seconds)
    if tours is None:
        return None, f"{note}, nothing found"
    return play_tours(ships.ways, ships.missions, tours, "OR-Tools routing"), note


class _Model:
    def __init__(self, ships: Shipments) -> None:
        self.ships = ships
        self.groups = [(fleet, base) for fleet, base, count in ships.groups for _ in range(count)]
        self.vehicles = len(self.groups)
        bases, count = ships.bases, len(ships.bases)
        depots = [bases.index(base) for _, base in self.groups]
        self.manager = pywrapcp.RoutingIndexManager(
            count + len(ships.missions), self.vehicles, depots, depots
        )
        self.routing: Any = pywrapcp.RoutingModel(self.manager)
        transits = {
            fleet: self.routing.RegisterTransitMatrix(ships.minutes(fleet).tolist())
            for fleet in sorted({fleet for fleet, _ in self.groups})
        }
        mine = [transits[fleet] for fleet, _ in self.groups]
        for vehicle, transit in enumerate(mine):
            self.routing.SetArcCostEvaluatorOfVehicle(transit, vehicle)
        horizon = math.ceil(LONGEST * ships.horizon_h * MINUTES)
        self.routing.AddDimensionWithVehicleTransits(mine, horizon, horizon, False, "time")
        self.time = self.routing.GetDimensionOrDie("time")
        for vehicle, (fleet, _) in enumerate(self.groups):
            free = round(ships.problem.fleets[fleet].available_h * MINUTES)
            self.time.CumulVar(self.routing.Start(vehicle)).SetMin(max(0, free))
        self._shipments(count)
        self._aim()

    def _shipments(self, count: int) -> None:
        able = {
            fleet: [self.ships.carries(fleet, mission) for mission in self.ships.missions]
            for fleet in {fleet for fleet, _ in self.groups}
        }
        for number, ready in enumerate(self.ships.ready):
            index = self.manager.NodeToIndex(count + number)
            self.time.CumulVar(index).SetMin(max(0, ready))
            allowed = [v for v, (fleet, _) in enumerate(self.groups) if able[fleet][number]]
            self.routing.VehicleVar(index).SetValues(allowed)

    def _aim(self) -> None:
        problem, count = self.ships.problem, len(self.ships.bases)
        if problem.goal == "closure":
            self.time.SetGlobalSpanCostCoefficient(1000)
            return
        parts = Counter(mission.pieces[0].requirement for mission in self.ships.missions)
        for number, mission in enumerate(self.ships.missions):
            which = mission.pieces[0].requirement
            item = problem.requirements[which]
            kind = problem.fleets[mission.fleet]
            way = self.ships.ways.way(mission.fleet, mission.origin, mission.destination)
            assert way is not None
            begin = item.due_h - kind.load_h - way.hours - kind.unload_h
            index = self.manager.NodeToIndex(count + number)
            weight = max(1, round(1000 * item.weight / parts[which]))
            self.time.SetCumulVarSoftUpperBound(index, max(0, round(begin * MINUTES)), weight)

    def solve(self, until: float) -> Tours | None:
        """Guided local search from the first-come tours, until that second of `time.perf_counter`."""
        parameters = pywrapcp.DefaultRoutingSearchParameters()
        parameters.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
        left_s = until - time.perf_counter()
        if left_s < 0.5:
            return None
        parameters.time_limit.FromMilliseconds(round(1000 * RESTORE * left_s))
        self.routing.CloseModelWithParameters(parameters)
        start = self._start()
        left_s = max(0.1, until - time.perf_counter())
        parameters.time_limit.FromMilliseconds(round(1000 * left_s))
        solution = None
        if start is not None:
            solution = self.routing.SolveFromAssignmentWithParameters(start, parameters)
        if solution is None:
            solution = self.routing.SolveWithParameters(parameters)
        return None if solution is None else self._tours(solution)

    def _start(self) -> Any:
        count, waiting = len(self.ships.bases), dict(self.ships.first_tours())
        left = {group: list(mine) for group, mine in waiting.items()}
        routes = []
        for group in self.groups:
            mine = left.get(group, [])
            routes.append([count + number for number in mine.pop(0)] if mine else [])
        return self.routing.ReadAssignmentFromRoutes(routes, True)

    def _tours(self, solution: Any) -> Tours:
        count = len(self.ships.bases)
        tours: dict[tuple[int, int], list[list[int]]] = {}
        for vehicle, group in enumerate(self.groups):
            index, tour = solution.Value(self.routing.NextVar(self.routing.Start(vehicle))), []
            while not self.routing.IsEnd(index):
                tour.append(self.manager.IndexToNode(index) - count)
                index = solution.Value(self.routing.NextVar(index))
            tours.setdefault(group, []).append(tour)
        return tours
