"""Runs CP-SAT from the planner's list schedule and keeps what it had found at every mark of time."""

from __future__ import annotations

import math
import threading
from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from ortools.sat.python import cp_model

from benchmarks.clock import Shared
from benchmarks.peers.cpsat_hint import Hint
from benchmarks.peers.cpsat_model import Model
from benchmarks.peers.cpsat_parts import KG, Tuning
from benchmarks.peers.timetable import Call, Piece, Timetable
from benchmarks.peers.ways import PAX, SPARE_T, Amounts
from standto.move.network import Ints
from standto.move.plan import Plan
from standto.move.problem import Problem

Values = Sequence[int]
JUDGED = 5
"""How many of the last incumbents are judged for a mark of time."""
LOOK_S = 0.1
"""Seconds of the wall between two looks at the clock."""
PATIENCE, LEAST_PATIENCE_S = 30.0, 600.0
"""Where the processor's clock hardly moves, a run ends after so many times its seconds on the wall."""


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """An incumbent: after how many seconds, what the model makes of the goal, and all values."""

    elapsed_s: float
    reached: float
    values: Ints


class Incumbents(cp_model.CpSolverSolutionCallback):
    """Keeps the seconds of every incumbent, and at each mark of time the last few."""

    def __init__(self, model: Model, clock: Callable[[], float], marks: Sequence[float]) -> None:
        super().__init__()
        self._model, self._clock = model, clock
        self.trajectory: list[tuple[float, float]] = []
        self.until: dict[float, deque[Found]] = {mark: deque(maxlen=JUDGED) for mark in marks}

    def on_solution_callback(self) -> None:
        """Called by the solver with every better solution."""
        proto_values = self.response_proto.solution
        values = np.fromiter(proto_values, dtype=np.int64, count=len(proto_values))
        found = Found(self._clock(), self._model.reached(values), values)
        self.trajectory.append((found.elapsed_s, found.reached))
        for mark, last in self.until.items():
            if found.elapsed_s <= mark:
                last.append(found)


@dataclass(slots=True)
class Run:
    """What one run of CP-SAT came to."""

    model: Model
    hint: Plan
    built_s: float
    status: str
    variables: int
    constraints: int
    trajectory: list[tuple[float, float]] = field(default_factory=list)
    until: dict[float, deque[Found]] = field(default_factory=dict)
    _plans: dict[float, Plan] = field(default_factory=dict)

    def plan_at(self, mark: float) -> Plan | None:
        """Of the hint and the last incumbents by a mark the best as judged, None where there was none.

        The model holds rule 5 less exactly than the judge, so the last need not be the best; the hint is the
        first incumbent.
        """
        until = self.until.get(mark)
        if not until:
            return None
        plans = [self.hint, *(self._plan(found) for found in until)]
        return min(plans, key=lambda plan: plan.totals.score(self.model.problem.goal))

    def _plan(self, found: Found) -> Plan:
        if found.elapsed_s not in self._plans:
            self._plans[found.elapsed_s] = write_plan(self.model, found.values.tolist())
        return self._plans[found.elapsed_s]


def run(
    problem: Problem, hint: Plan, marks: Sequence[float], tuning: Tuning, *, seed: int = 0, clock: Shared
) -> Run:
    """Solve until the clock shows the last of the marks, the time of building counted."""
    seconds = max(marks)
    model = Model(problem, hint, tuning)
    Hint(model).add()
    built_s = clock()
    proto = model.model.proto
    sizes = (len(proto.variables), len(proto.constraints))
    if built_s >= seconds:
        return Run(model, hint, built_s, "not begun: building took all the time", *sizes)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 2
    solver.parameters.random_seed = seed
    solver.parameters.max_time_in_seconds = max(LEAST_PATIENCE_S, PATIENCE * seconds)
    for name, value in tuning.parameters.items():
        if isinstance(value, list):
            getattr(solver.parameters, name).extend(value)
        else:
            setattr(solver.parameters, name, value)
    found = Incumbents(model, clock, marks)
    clock.share()
    over = threading.Event()
    watcher = threading.Thread(target=_stop_at, args=(solver, clock, seconds, over))
    watcher.start()
    try:
        status = solver.solve(model.model, found)
    finally:
        over.set()
        watcher.join()
    return Run(model, hint, built_s, solver.status_name(status), *sizes, found.trajectory, found.until)


def _stop_at(
    solver: cp_model.CpSolver, clock: Callable[[], float], seconds: float, over: threading.Event
) -> None:
    """Stop the solver when the clock shows the end; CP-SAT's own limits know the wall's clock only."""
    while not over.wait(LOOK_S):
        if clock() >= seconds:
            solver.stop_search()


def write_plan(model: Model, values: Values) -> Plan:
    """The plan of a solution: its order of work, played forward in exact hours."""
    table = Timetable(model.ways)
    vacant: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number, vehicle in enumerate(table.vehicles):
        vacant[vehicle.fleet, vehicle.base].append(number)
    chosen = _chosen(model, values)
    driver: dict[int, int] = {}
    calls: list[tuple[int, int, int, Call, list[int]]] = []
    pieces = {i: _pieces(model, i, values) for i in chosen}
    exact(model, pieces)
    for i in sorted(chosen, key=lambda i: values[model.nodes[i].start.index]):
        fleet, before = chosen[i]
        node, mission = model.nodes[i], model.nodes[i].mission
        driver[i] = vacant[fleet, -1 - before].pop() if before < 0 else driver[before]
        at = -1 - before if before < 0 else model.nodes[before].mission.destination
        route, loaded = model.route(fleet, at, mission.origin), model.route(fleet, *_ends(model, i))
        assert route is not None
        assert loaded is not None
        load = tuple(pieces[i])
        waits = sorted(mission.providers)
        stops: list[tuple[Any, Call]] = list(zip(node.approach, map(Call, route.stops), strict=False))
        ready_h = _ready_h(model, i)
        stops.append((node.start, Call(mission.origin, load=load, ready_h=ready_h)))
        stops += zip(node.on_way, map(Call, loaded.stops), strict=False)
        stops.append((node.unload, Call(mission.destination, unload=load)))
        for order, (variable, call) in enumerate(stops):
            calls.append((values[variable.index], i, order, call, waits if call.load else []))
    ground: dict[int, float] = {}
    for _, i, _, call, waits in sorted(calls, key=lambda item: item[:3]):
        if waits:
            wait = model.problem.places[call.place].transfer_h
            ready_h = max([call.ready_h, *(ground[w] + wait for w in waits)])
            calls_on = [Call(call.place, call.unload, call.load, ready_h)]
        else:
            calls_on = [call]
        trial = table.trial(table.vehicles[driver[i]], calls_on)
        table.book(table.vehicles[driver[i]], trial)
        if call.unload:
            ground[i] = trial.stops[0].ground_h
    return table.plan("OR-Tools CP-SAT")


def _ends(model: Model, i: int) -> tuple[int, int]:
    mission = model.nodes[i].mission
    return mission.origin, mission.destination


def _ready_h(model: Model, i: int) -> float:
    mission, ready_h = model.nodes[i].mission, -math.inf
    for piece in mission.pieces:
        item = model.problem.requirements[piece.requirement]
        if model.ways.place[item.origin] == mission.origin:
            ready_h = max(ready_h, item.available_h)
    return ready_h


def _chosen(model: Model, values: Values) -> dict[int, tuple[int, int]]:
    """Of every mission that is made its fleet and what its vehicle did before."""
    return {
        i: key
        for i, node in enumerate(model.nodes)
        for key, literal in node.before.items()
        if values[literal.index]
    }


def _pieces(model: Model, i: int, values: Values) -> list[Piece]:
    node = model.nodes[i]
    pieces = []
    for piece in node.mission.pieces:
        if piece.requirement not in model.simple:
            pieces.append(piece)
            continue
        amounts: Amounts = {}
        for (requirement, thing), variable in node.amounts.items():
            amount = values[variable.index]
            if requirement == piece.requirement and amount:
                amounts[thing] = float(amount) if thing == PAX else amount / KG
        if amounts:
            pieces.append(Piece(piece.requirement, amounts))
    return pieces


def exact(model: Model, pieces: dict[int, list[Piece]]) -> None:
    """Take from the last loads what whole kilograms are more than there is."""
    for requirement in model.simple:
        for thing, amount in model.ways.demand(requirement).items():
            mine = [p for each in pieces.values() for p in each if p.requirement == requirement]
            over = sum(p.amounts.get(thing, 0.0) for p in mine) - amount
            for piece in mine:
                if over > SPARE_T and thing in piece.amounts:
                    less = min(over, piece.amounts[thing])
                    piece.amounts[thing] -= less
                    over -= less
