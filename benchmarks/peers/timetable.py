"""Plays tours forward by the rules of motion: slots, work, use of vehicles, ways that are closed.

A peer says which vehicle goes where with what and in which order; the timetable gives every stop the first
hours that the rules allow and writes it all down as a plan.
"""

from __future__ import annotations

import bisect
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from benchmarks.peers.ways import PAX, Amounts, Ways
from standto.move.check import score
from standto.move.plan import Lot, Plan, Stop, Vehicle
from standto.move.problem import Problem


class Piece(NamedTuple):
    """So much of one requirement."""

    requirement: int
    amounts: Amounts


@dataclass(frozen=True, slots=True)
class Call:
    """A vehicle at a place: what it unloads and loads, and when what it loads is ready there."""

    place: int
    unload: tuple[Piece, ...] = ()
    load: tuple[Piece, ...] = ()
    ready_h: float = -math.inf


class Calendar:
    """When each slot of one place and mode is taken."""

    def __init__(self, slots: int, shortest_h: float) -> None:
        self._busy: list[tuple[list[float], list[float]]] = [([], []) for _ in range(slots)]
        self._shortest_h = shortest_h

    def find(self, hour: float, hours: float) -> tuple[float, int]:
        """The first start at or after an hour that leaves a slot free so long, and the slot."""
        best, which = math.inf, -1
        for slot, (starts, ends) in enumerate(self._busy):
            begin, number = hour, bisect.bisect_right(ends, hour)
            while number < len(starts) and starts[number] < begin + hours:
                begin = ends[number]
                number += 1
                if begin >= best:
                    break
            if begin < best:
                best, which = begin, slot
                if best <= hour:
                    break
        return best, which

    def book(self, slot: int, start: float, end: float) -> None:
        """Take a slot; what is too short for any work between two takings counts as taken."""
        starts, ends = self._busy[slot]
        at = bisect.bisect_right(starts, start)
        if at < len(starts) and starts[at] - end < self._shortest_h:
            end = ends[at]
            del starts[at], ends[at]
        if at > 0 and start - ends[at - 1] < self._shortest_h:
            ends[at - 1] = max(end, ends[at - 1])
        else:
            starts.insert(at, start)
            ends.insert(at, end)


class State(NamedTuple):
    """A vehicle between stops: where, free from when, hours moved, and the lowest of rule 5's right sides."""

    at: int
    free_h: float
    moved_h: float
    low: float
    fresh: bool


class Timed(NamedTuple):
    """A stop with its hours, the leg to it, and the slot it holds (-1 = none)."""

    call: Call
    depart_h: float
    arrive_h: float
    start_h: float
    end_h: float
    ground_h: float
    slot: int


@dataclass(slots=True)
class Moving:
    """One vehicle, what became of it so far."""

    number: int
    fleet: int
    base: int
    state: State
    stops: list[Timed] = field(default_factory=list)


class Trial(NamedTuple):
    """What calls in a row would come to, if they were booked."""

    stops: list[Timed]
    state: State


class Timetable:
    """All vehicles of a problem and the slots that they take."""

    def __init__(self, ways: Ways) -> None:
        self.ways = ways
        self.problem = ways.problem
        self.vehicles: list[Moving] = []
        shortest: dict[str, float] = {}
        for index, fleet in enumerate(self.problem.fleets):
            least = min(fleet.load_h, fleet.unload_h, fleet.service_h)
            shortest[fleet.mode] = min(least, shortest.get(fleet.mode, math.inf))
            number = 0
            for base, count in fleet.stationed().items():
                state = State(ways.place[base], fleet.available_h, 0.0, math.inf, True)
                for _ in range(count):
                    number += 1
                    self.vehicles.append(Moving(number, index, state.at, state))
        self._calendars = {
            (index, mode): Calendar(slots, shortest.get(mode, 0.0))
            for index, place in enumerate(self.problem.places)
            for mode, slots in place.slots.items()
            if slots is not None
        }

    def trial(self, vehicle: Moving, calls: Iterable[Call]) -> Trial:
        """The hours of these calls at neighbouring places, one after the other; nothing is booked."""
        state, stops = vehicle.state, []
        for call in calls:
            timed, state = self._step(vehicle, state, call)
            stops.append(timed)
        return Trial(stops, state)

    def book(self, vehicle: Moving, trial: Trial) -> None:
        """Do it."""
        mode = self.problem.fleets[vehicle.fleet].mode
        for timed in trial.stops:
            if timed.slot >= 0:
                self._calendars[timed.call.place, mode].book(timed.slot, timed.start_h, timed.end_h)
        vehicle.stops += trial.stops
        vehicle.state = trial.state

    def _step(self, vehicle: Moving, state: State, call: Call) -> tuple[Timed, State]:
        fleet = self.problem.fleets[vehicle.fleet]
        depart_h = arrive_h = state.free_h
        moved_h, low = state.moved_h, state.low
        if call.place != state.at:
            depart_h, arrive_h = self._leg(vehicle.fleet, state, call.place)
            if fleet.use_h_per_day is not None:
                low = min(low, moved_h - fleet.use_h_per_day * depart_h / 24)
            moved_h += arrive_h - depart_h
        hours, loading_after, ground_after = self._work(vehicle.fleet, call)
        idle = state.fresh and call.place == state.at and not call.load and not call.unload
        start_h, slot = max(arrive_h, call.ready_h - loading_after), -1
        if idle:
            hours, start_h = 0.0, arrive_h
        elif hours > 0 and (calendar := self._calendars.get((call.place, fleet.mode))) is not None:
            start_h, slot = calendar.find(start_h, hours)
        end_h = start_h + hours
        timed = Timed(call, depart_h, arrive_h, start_h, end_h, start_h + ground_after, slot)
        return timed, State(call.place, end_h, moved_h, low, False)

    def _work(self, number: int, call: Call) -> tuple[float, float, float]:
        """Hours of the work; after how many loading begins; after how many what came is on the ground."""
        fleet = self.problem.fleets[number]
        if call.unload and call.load:
            if fleet.concurrent:
                both = max(fleet.unload_h, fleet.load_h)
                return both, 0.0, both
            return fleet.unload_h + fleet.load_h, fleet.unload_h, fleet.unload_h
        if call.unload:
            return fleet.unload_h, 0.0, fleet.unload_h
        return (fleet.load_h, 0.0, 0.0) if call.load else (fleet.service_h, 0.0, 0.0)

    def _leg(self, number: int, state: State, place: int) -> tuple[float, float]:
        """The first departure that rule 5 and closed ways allow, and the arrival."""
        fleet = self.problem.fleets[number]
        best = (math.inf, math.inf)
        for option in self.ways.legs(number)[state.at, place]:
            depart_h = state.free_h
            if fleet.use_h_per_day is not None:
                use, moved = fleet.use_h_per_day, state.moved_h + option.hours
                soonest = fleet.available_h + 24 * (moved / use - 1)
                if fleet.use_bank_days is not None and state.low < math.inf:
                    soonest = max(soonest, 24 * (moved - use * fleet.use_bank_days - state.low) / use)
                depart_h = max(depart_h, soonest - option.hours)
            for begins, ends in option.closed:
                if begins <= depart_h < ends:
                    depart_h = ends
            best = min(best, (depart_h + option.hours, depart_h))
        return best[1], best[0]

    def plan(self, solver: str) -> Plan:
        """Everything booked as a plan, scored by the judge's own rule."""
        vehicles = [self._vehicle(vehicle) for vehicle in self.vehicles if vehicle.stops]
        outcomes, totals = score(self.problem, vehicles)
        return Plan(
            problem=self.problem.sha256,
            vehicles=vehicles,
            requirements=outcomes,
            totals=totals,
            made_by={"solver": solver},
        )

    def _vehicle(self, moving: Moving) -> Vehicle:
        fleet, stops = self.problem.fleets[moving.fleet], list(moving.stops)
        if stops[0].call.place != moving.base:
            idle = Call(moving.base)
            h = fleet.available_h
            stops.insert(0, Timed(idle, h, h, h, h, h, -1))
        written = [
            Stop(
                place=self.problem.places[timed.call.place].id,
                arrive_h=timed.arrive_h,
                start_h=timed.start_h,
                end_h=timed.end_h,
                depart_h=None if then is None else then.depart_h,
                unload=_lots(self.problem, timed.call.unload),
                load=_lots(self.problem, timed.call.load),
            )
            for timed, then in zip(stops, [*stops[1:], None], strict=True)
        ]
        base = self.problem.places[moving.base].id
        return Vehicle(id=f"{fleet.id}#{moving.number}", fleet=fleet.id, base=base, stops=written)


def _lots(problem: Problem, pieces: Sequence[Piece]) -> list[Lot]:
    return [
        Lot(
            requirement=problem.requirements[piece.requirement].id,
            pax=round(piece.amounts.get(PAX, 0)),
            cargo={name: amount for name, amount in piece.amounts.items() if name != PAX},
        )
        for piece in pieces
    ]
