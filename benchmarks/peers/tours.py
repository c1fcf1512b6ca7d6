"""Missions in a row for every vehicle, as routing solvers give them, timed with slots, rests and closed ways.

A routing solver says nothing about slots. Its tours are played forward, whoever can begin first goes first.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Mapping, Sequence

from benchmarks.peers.missions import Mission
from benchmarks.peers.timetable import Call, Timetable
from benchmarks.peers.ways import Ways
from standto.move.plan import Plan

Tours = Mapping[tuple[int, int], Sequence[Sequence[int]]]
"""By fleet and base the tours of single vehicles, each a row of missions by number."""


def play_tours(ways: Ways, missions: Sequence[Mission], tours: Tours, solver: str) -> Plan:
    """The plan that these tours come to."""
    table = Timetable(ways)
    rows: dict[int, list[Call]] = {}
    taken: dict[tuple[int, int], int] = {}
    by_group: dict[tuple[int, int], list[int]] = {}
    for number, vehicle in enumerate(table.vehicles):
        by_group.setdefault((vehicle.fleet, vehicle.base), []).append(number)
    for group, mine in tours.items():
        for tour in mine:
            number = by_group[group][taken.get(group, 0)]
            taken[group] = taken.get(group, 0) + 1
            rows[number] = _calls(ways, missions, group, tour)[::-1]
    waiting = [(-math.inf, number) for number, row in rows.items() if row]
    heapq.heapify(waiting)
    while waiting:
        known, number = heapq.heappop(waiting)
        trial = table.trial(table.vehicles[number], [rows[number][-1]])
        begins = trial.stops[0].start_h
        if waiting and begins > max(known, waiting[0][0]):
            heapq.heappush(waiting, (begins, number))
            continue
        table.book(table.vehicles[number], trial)
        rows[number].pop()
        if rows[number]:
            heapq.heappush(waiting, (trial.state.free_h, number))
    return table.plan(solver)


def _calls(
    ways: Ways, missions: Sequence[Mission], group: tuple[int, int], tour: Sequence[int]
) -> list[Call]:
    fleet, at = group
    calls: list[Call] = []
    for number in tour:
        mission = missions[number]
        there, on = ways.way(fleet, at, mission.origin), ways.way(fleet, mission.origin, mission.destination)
        if there is None or on is None:
            raise ValueError(f"{ways.problem.fleets[fleet].id} has no way for mission {number}")
        load = tuple(mission.pieces)
        calls += [Call(stop) for stop in there.stops[:-1]]
        calls.append(Call(mission.origin, load=load, ready_h=ready_h(ways, mission)))
        calls += [Call(stop) for stop in on.stops[:-1]]
        calls.append(Call(mission.destination, unload=load))
        at = mission.destination
    return calls


def ready_h(ways: Ways, mission: Mission) -> float:
    """The hour at which all that a mission carries is ready at its origin."""
    return max(ways.problem.requirements[piece.requirement].available_h for piece in mission.pieces)
