"""OR-Tools routing on vehicle-sized shipments: guided local search from the first-come tours, for both goals.

For closure it minimises the longest tour; for lateness the sum over shipments of weight x lateness, a
requirement's weight being shared among its shipments, since the last shipment of a requirement (which is what
counts) cannot be said. It cannot say slots, changes of vehicle or cuts of loads within the search either.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from ortools.constraint_solver import pywrapcp, routing_enums_pb2

from benchmarks.peers.shipments import MINUTES, NotExpressibleError, Shipments
from benchmarks.peers.tours import Tours, play_tours
from standto.move.plan import Plan
from standto.move.problem import Problem

RESTORE = 0.2
"""In this part of the time to the first mark first tours are put into the model, a search of its own."""
TOO_SHORT_S = 0.5
PATIENCE, LEAST_PATIENCE_S = 30.0, 600.0
"""Where the processor's clock hardly moves, a run ends after so many times its seconds on the wall."""
LONGEST = 4
"""The models look no further than so many times the first-come plan."""


def plan_routing(
    problem: Problem, marks: Sequence[float], clock: Callable[[], float]
) -> tuple[dict[float, Plan | None], str]:
    """At each mark of the clock the plan of the best tours found, building the model counted; and a note."""
    try:
        ships = Shipments(problem)
    except NotExpressibleError as error:
        return dict.fromkeys(marks), str(error)
    model = _Model(ships)
    built_s = clock()
    note = f"{len(ships.missions):,} shipments, {model.vehicles:,} vehicles, built in {built_s:.1f} s"
    solved = model.solve(marks, clock)
    plans: dict[float, Plan | None] = {}
    for mark, tours in solved.items():
        plans[mark] = None
        if tours is not None:
            plans[mark] = play_tours(ships.ways, ships.missions, tours, "OR-Tools routing")
    return plans, f"{note}, {model.solutions:,} solutions"


class _Model:
    def __init__(self, ships: Shipments) -> None:
        self.ships, self.solutions = ships, 0
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

    def solve(self, marks: Sequence[float], clock: Callable[[], float]) -> dict[float, Tours | None]:
        """Guided local search from the first-come tours, until the clock shows the last of the marks."""
        parameters = pywrapcp.DefaultRoutingSearchParameters()
        parameters.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
        seconds, begun_s = max(marks), clock()
        found: dict[float, Tours | None] = dict.fromkeys(marks)
        if seconds - begun_s < TOO_SHORT_S:
            return found
        parameters.time_limit.FromMilliseconds(round(1000 * RESTORE * min(marks)))
        best = math.inf

        def note() -> None:
            nonlocal best
            self.solutions += 1
            cost, now = float(self.routing.CostVar().Value()), clock()
            if cost < best:
                best = cost
                tours = self._tours(lambda index: self.routing.NextVar(index).Value())
                found.update({mark: tours for mark in marks if now <= mark})

        self.routing.AddAtSolutionCallback(note)
        solver = self.routing.solver()
        self.routing.AddSearchMonitor(solver.CustomLimit(lambda: clock() >= seconds))
        self.routing.CloseModelWithParameters(parameters)
        start = self._start()
        parameters.time_limit.FromMilliseconds(round(1000 * (LEAST_PATIENCE_S + PATIENCE * seconds)))
        solution = None
        if start is not None:
            solution = self.routing.SolveFromAssignmentWithParameters(start, parameters)
        if solution is None:
            self.routing.SolveWithParameters(parameters)
        return found

    def _start(self) -> Any:
        count, waiting = len(self.ships.bases), dict(self.ships.first_tours())
        left = {group: list(mine) for group, mine in waiting.items()}
        routes = []
        for group in self.groups:
            mine = left.get(group, [])
            routes.append([count + number for number in mine.pop(0)] if mine else [])
        return self.routing.ReadAssignmentFromRoutes(routes, True)

    def _tours(self, following: Callable[[int], int]) -> Tours:
        count = len(self.ships.bases)
        tours: dict[tuple[int, int], list[list[int]]] = {}
        for vehicle, group in enumerate(self.groups):
            index, tour = following(self.routing.Start(vehicle)), []
            while not self.routing.IsEnd(index):
                tour.append(self.manager.IndexToNode(index) - count)
                index = following(index)
            tours.setdefault(group, []).append(tour)
        return tours
