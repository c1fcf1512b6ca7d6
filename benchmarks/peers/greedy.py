"""First come, first served, as one would plan on a spreadsheet: no look-ahead, no search.

Requirements are taken in the order in which they are ready, then due. Each is sent by the way that is
quickest when nobody else is about, direct or by a chain of vehicles; load after load goes on the vehicle that
brings it to the end of its stage first, as full as that one requirement allows, around slots already taken.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from benchmarks.peers.timetable import Call, Moving, Piece, Timetable, Trial
from benchmarks.peers.ways import PAX, Amounts, Ways
from standto.move.network import Floats
from standto.move.plan import Plan
from standto.move.problem import Problem


class Stage(NamedTuple):
    """From loading at one place to unloading at another by one vehicle."""

    origin: int
    destination: int


class Stock(NamedTuple):
    """An amount on the ground at the start of a stage, and when it is ready."""

    ready_h: float
    thing: str
    amount: float


def plan_greedy(problem: Problem) -> Plan:
    """The whole plan; what has no way stays where it is."""
    return Greedy(problem).plan()


class Greedy:
    """Sends one requirement after the other."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.ways = Ways(problem)
        self.timetable = Timetable(self.ways)
        self._stands: list[dict[int, list[tuple[float, int]]]] = [{} for _ in problem.fleets]
        """Per fleet and place, a heap of vehicles by the hour they are free."""
        for index, vehicle in enumerate(self.timetable.vehicles):
            self._stand(vehicle.fleet, index)
        self._onwards: dict[tuple[int, ...], Floats] = {}
        self._chains: dict[tuple[int, int, tuple[int, ...], frozenset[int]], list[Stage]] = {}

    def plan(self) -> Plan:
        """Send everything that has a way."""
        items = self.problem.requirements
        order = sorted(range(len(items)), key=lambda i: (items[i].available_h, items[i].due_h))
        for requirement in order:
            self._send(requirement)
        return self.timetable.plan("greedy, first come")

    def _stand(self, fleet: int, vehicle: int) -> None:
        state = self.timetable.vehicles[vehicle].state
        heapq.heappush(self._stands[fleet].setdefault(state.at, []), (state.free_h, vehicle))

    def _send(self, requirement: int) -> None:
        item = self.problem.requirements[requirement]
        for fleets, things in self._groups(requirement):
            stages = self._chain(requirement, fleets)
            stock = [Stock(item.available_h, thing, amount) for thing, amount in things.items()]
            for stage in stages:
                stock = self._move(requirement, stage, fleets, stock)

    def _groups(self, requirement: int) -> Iterator[tuple[tuple[int, ...], Amounts]]:
        """What rides together: all of an indivisible one, else things that the same fleets carry."""
        demand = self.ways.demand(requirement)
        may = [i for i in range(len(self.problem.fleets)) if self.ways.may(i, requirement)]
        if not self.problem.requirements[requirement].divisible:
            yield tuple(i for i in may if self.ways.takes_all(i, demand)), demand
            return
        carriers = {thing: tuple(i for i in may if self.ways.takes(i, thing)) for thing in demand}
        by_stages: dict[tuple[Stage, ...], Amounts] = {}
        who: dict[tuple[Stage, ...], tuple[int, ...]] = {}
        for thing in sorted(demand, key=lambda name: len(carriers[name])):
            stages = tuple(self._chain(requirement, carriers[thing]))
            by_stages.setdefault(stages, {})[thing] = demand[thing]
            who[stages] = tuple(sorted({*who.get(stages, ()), *carriers[thing]}))
        for stages, things in by_stages.items():
            if stages:
                yield who[stages], things

    def _chain(self, requirement: int, fleets: tuple[int, ...]) -> list[Stage]:
        """The quickest stages from origin to destination when all vehicles are free; empty if none lead."""
        item = self.problem.requirements[requirement]
        origin, end = self.ways.place[item.origin], self.ways.place[item.destination]
        if item.ports is None:
            allowed = frozenset(range(len(self.problem.places)))
        else:
            allowed = frozenset([origin, *(self.ways.place[port] for port in item.ports)])
        key = (origin, end, fleets, allowed)
        if key not in self._chains:
            self._chains[key] = self._quickest(*key)
        return self._chains[key]

    def _quickest(
        self, origin: int, end: int, fleets: tuple[int, ...], allowed: frozenset[int]
    ) -> list[Stage]:
        onward, count = self._onward(fleets), len(self.problem.places)
        best, before = np.full(count, np.inf), np.full(count, -1)
        best[origin] = 0.0
        open_ = np.ones(count, dtype=bool)
        while True:
            place = int(np.argmin(np.where(open_, best, np.inf)))
            if place == end or not open_[place] or math.isinf(best[place]):
                break
            open_[place] = False
            if place in allowed:
                reached = best[place] + onward[place]
                sooner = reached < best
                best[sooner], before[sooner] = reached[sooner], place
        stages: list[Stage] = []
        while before[end] >= 0:
            stages.append(Stage(int(before[end]), end))
            end = int(before[end])
        return stages[::-1]

    def _onward(self, fleets: tuple[int, ...]) -> Floats:
        """Hours from loading at one place to being ready to go on from another, by the quickest fleet."""
        if fleets not in self._onwards:
            count = range(len(self.problem.places))
            hours = [
                [min((self._stage_h(fleet, a, b) for fleet in fleets), default=math.inf) for b in count]
                for a in count
            ]
            self._onwards[fleets] = np.array(hours) + [place.transfer_h for place in self.problem.places]
        return self._onwards[fleets]

    def _stage_h(self, fleet: int, origin: int, destination: int) -> float:
        way = self.ways.way(fleet, origin, destination)
        works = self.ways.works(fleet, origin) and self.ways.works(fleet, destination)
        if way is None or origin == destination or not works or not self.ways.reaches[fleet][origin]:
            return math.inf
        kind = self.problem.fleets[fleet]
        return kind.load_h + way.hours + kind.unload_h

    def _move(self, requirement: int, stage: Stage, fleets: Sequence[int], stock: list[Stock]) -> list[Stock]:
        """Carry the stock over one stage, load after load; what then stands at its end."""
        arrived: list[Stock] = []
        left = sorted(stock, key=lambda item: item.ready_h)
        while left:
            choice = self._first_there(requirement, stage, fleets, left)
            if choice is None:
                return []
            vehicle, trial, load = choice
            index, ends = vehicle, trial.stops[-1].ground_h
            moving = self.timetable.vehicles[index]
            self._leave(moving, index)
            self.timetable.book(moving, trial)
            self._stand(moving.fleet, index)
            ready_h = ends + self.problem.places[stage.destination].transfer_h
            arrived += [Stock(ready_h, thing, amount) for thing, amount in load.items()]
            left = _without(left, load)
        return arrived

    def _leave(self, moving: Moving, index: int) -> None:
        heap = self._stands[moving.fleet][moving.state.at]
        if heap[0][1] == index:
            heapq.heappop(heap)
        else:
            heap.remove((moving.state.free_h, index))
            heapq.heapify(heap)

    def _first_there(
        self, requirement: int, stage: Stage, fleets: Sequence[int], stock: list[Stock]
    ) -> tuple[int, Trial, Amounts] | None:
        """Of every fleet the vehicle that can be at the origin first; of those the first at the end."""
        best: tuple[float, int, Trial, Amounts] | None = None
        for fleet in fleets:
            if math.isinf(self._stage_h(fleet, *stage)):
                continue
            index = self._nearest(fleet, stage.origin)
            load, ready_h = self._load(requirement, fleet, stock)
            if index is None or not load:
                continue
            piece = (Piece(requirement, load),)
            calls = self._calls(fleet, self.timetable.vehicles[index].state.at, stage, piece, ready_h)
            trial = self.timetable.trial(self.timetable.vehicles[index], calls)
            ends = trial.stops[-1].ground_h
            if best is None or ends < best[0]:
                best = (ends, index, trial, load)
        return None if best is None else best[1:]

    def _nearest(self, fleet: int, origin: int) -> int | None:
        soonest, which = math.inf, None
        for place, heap in self._stands[fleet].items():
            if not heap:
                continue
            way = self.ways.way(fleet, place, origin)
            if way is not None and heap[0][0] + way.hours < soonest:
                soonest, which = heap[0][0] + way.hours, heap[0][1]
        return which

    def _load(self, requirement: int, fleet: int, stock: list[Stock]) -> tuple[Amounts, float]:
        """Fill a vehicle in the order in which things are ready, and say when all of it is."""
        wanted: Amounts = {}
        for item in stock:
            wanted[item.thing] = wanted.get(item.thing, 0.0) + item.amount
        if not self.problem.requirements[requirement].divisible:
            load = wanted if self.ways.takes_all(fleet, wanted) else {}
        else:
            load = self.ways.fill(fleet, wanted)
        ready_h, open_ = -math.inf, dict(load)
        for item in stock:
            if open_.get(item.thing, 0.0) > 0:
                ready_h = max(ready_h, item.ready_h)
                open_[item.thing] -= item.amount
        return load, ready_h

    def _calls(
        self, fleet: int, at: int, stage: Stage, load: tuple[Piece, ...], ready_h: float
    ) -> list[Call]:
        there, on = self.ways.way(fleet, at, stage.origin), self.ways.way(fleet, *stage)
        assert there is not None
        assert on is not None
        calls = [Call(place) for place in there.stops[:-1]]
        calls.append(Call(stage.origin, load=load, ready_h=ready_h))
        calls += [Call(place) for place in on.stops[:-1]]
        calls.append(Call(stage.destination, unload=load))
        return calls


def _without(stock: list[Stock], load: Amounts) -> list[Stock]:
    """What is left, first what was ready first having been taken."""
    open_, left = dict(load), []
    for item in stock:
        taken = min(item.amount, open_.get(item.thing, 0.0))
        if item.thing in open_:
            open_[item.thing] -= taken
        rest = item.amount - taken
        if rest > (0.5 if item.thing == PAX else 1e-9):
            left.append(item._replace(amount=rest))
    return left
