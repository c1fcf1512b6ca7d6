"""PyVRP on vehicle-sized shipments: heterogeneous vehicles and hours of readiness, for the goal of closure.

Vehicles must be back (in no time) by an hour that is brought down step by step while time lasts; what is
minimised is the sum of their durations. It cannot say slots, changes of vehicle, cuts of loads within the
search or lateness as a sum over requirements. (Wouda, Lan and Kool 2024, "PyVRP: a high-performance VRP
solver package".)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pyvrp

from benchmarks.peers.shipments import MINUTES, NEVER, Ints, NotExpressibleError, Shipments
from benchmarks.peers.tours import Tours, play_tours
from standto.move.plan import Plan
from standto.move.problem import Problem

STEP = 0.97
"""The next hour to be back by, as a part of the last one reached."""
LEAST_S, PART = 2.0, 0.25
"""A step takes so many seconds, or such a part of those so far if that is more; marks of time end it."""
TOO_SHORT_S = 0.5
LATE = 1.1
"""It looks at the clock between iterations: what ends after this part of a mark is too late for the mark."""


class Until:
    """PyVRP's rule for stopping: when a clock shows so many seconds."""

    def __init__(self, clock: Callable[[], float], end_s: float) -> None:
        self._clock, self._end_s = clock, end_s

    def __call__(self, best_cost: float) -> bool:
        """Whether they are over."""
        return self._clock() >= self._end_s


def plan_pyvrp(
    problem: Problem, marks: Sequence[float], seed: int, clock: Callable[[], float]
) -> tuple[dict[float, Plan | None], str]:
    """At each mark of the clock the best plan so far by the judge's closure, and a note."""
    found: dict[float, Plan | None] = dict.fromkeys(marks)
    if problem.goal != "closure":
        return found, "lateness over requirements cannot be said"
    try:
        ships = Shipments(problem)
    except NotExpressibleError as error:
        return found, str(error)
    fleets = sorted({fleet for fleet, _, _ in ships.groups})
    matrices = [ships.minutes(fleet) for fleet in fleets]
    note = f"{len(ships.missions):,} shipments, {len(fleets)} matrices"
    latest = round(ships.horizon_h * MINUTES)
    best: tuple[float, Plan] | None = None
    told = ", nothing feasible found"
    tours = ships.first_tours()
    for mark in sorted(marks):
        while mark - (now := clock()) > TOO_SHORT_S:
            data = _data(ships, fleets, matrices, latest)
            ends_s = min(mark, now + max(LEAST_S, PART * now))
            if mark - ends_s < LEAST_S / 2:
                ends_s = mark
            result = pyvrp.solve(
                data,
                Until(clock, ends_s),
                seed=seed,
                display=False,
                initial_solution=_solution(ships, data, tours),
            )
            if not result.best.is_feasible():
                latest = round((latest + latest / STEP) / 2)
                continue
            tours = _tours(ships, result.best)
            plan = play_tours(ships.ways, ships.missions, tours, "PyVRP")
            closure = plan.totals.closure_h or 0.0
            if (best is None or closure < best[0]) and clock() <= LATE * mark:
                best = (closure, plan)
            ends = max(route.end_time() for route in result.best.routes())
            told = f", back after {ends / MINUTES:.1f} h if slots were free"
            latest = round(ends * STEP)
        found[mark] = None if best is None else best[1]
    return found, note + told


def _data(ships: Shipments, fleets: list[int], matrices: list[Ints], latest: int) -> pyvrp.ProblemData:
    count = len(ships.bases)
    locations = [pyvrp.Location(0, 0) for _ in range(len(matrices[0]))]
    clients = [pyvrp.Client(count + i, tw_early=ready) for i, ready in enumerate(ships.ready)]
    types = []
    for fleet, base, vehicles in ships.groups:
        depot, kind = ships.bases.index(base), ships.problem.fleets[fleet]
        types.append(
            pyvrp.VehicleType(
                vehicles,
                start_depot=depot,
                end_depot=depot,
                tw_early=round(kind.available_h * MINUTES),
                tw_late=latest,
                unit_distance_cost=0,
                unit_duration_cost=1,
                profile=fleets.index(fleet),
            )
        )
    depots = [pyvrp.Depot(i) for i in range(count)]
    distances = [np.where(matrix >= NEVER, NEVER, 0) for matrix in matrices]
    return pyvrp.ProblemData(locations, clients, depots, types, distances, matrices)


def _solution(ships: Shipments, data: pyvrp.ProblemData, tours: Tours) -> pyvrp.Solution:
    numbers = {(fleet, base): index for index, (fleet, base, _) in enumerate(ships.groups)}
    routes = [pyvrp.Route(data, tour, numbers[group]) for group, mine in tours.items() for tour in mine]
    return pyvrp.Solution(data, routes)


def _tours(ships: Shipments, solution: pyvrp.Solution) -> Tours:
    tours: dict[tuple[int, int], list[list[int]]] = {}
    for route in solution.routes():
        fleet, base, _ = ships.groups[route.vehicle_type()]
        mine = [visit.idx for visit in route if visit.is_client()]
        tours.setdefault((fleet, base), []).append(mine)
    return tours
