"""What was reported of a movement, held against the stops of its plan.

Reports without a vehicle are held against the plan by counting: the first so many people that left, or
arrived, are those that the plan moves first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from standto.move.check.index import Index
from standto.move.check.verdict import Violation
from standto.move.check.work import moves_something
from standto.move.plan import Plan, Stop
from standto.move.problem import TOLERANCE, Problem

INF = float("inf")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Something of a movement that was reported, in hours of the problem.

    Attributes
    ----------
    what
        `departed` from the origin or a vehicle's stop, `arrived` at the destination or a vehicle's stop, or
        `delayed` by `lost_h` hours.
    requirement
        What it is about; blank where a vehicle is named.
    people
        How many left or arrived; None = some, or with `last` all the rest.
    vehicle, stop
        The stop of the plan that it is about, counted from 1; 0 = the vehicle's next one at that hour.
    """

    what: Literal["departed", "arrived", "delayed"]
    hour: float
    requirement: str = ""
    people: int | None = None
    last: bool = False
    vehicle: str = ""
    stop: int = 0
    lost_h: float = 0.0


@dataclass(frozen=True, slots=True)
class Fact:
    """What is known of one stop: when it was reached and left, and before when its work cannot begin."""

    arrive_h: float | None = None
    depart_h: float | None = None
    not_before_h: float = -INF
    depart_from_h: float = -INF


Facts = dict[tuple[str, int], Fact]
"""By vehicle and stop, counted from 0."""


@dataclass(slots=True)
class Reading:
    """Reports held against the plan, one after the other."""

    plan: Plan
    index: Index
    facts: Facts = field(default_factory=dict)
    unmatched: list[str] = field(default_factory=list)
    _counted: dict[tuple[str, str], int] = field(default_factory=dict)

    def take(self, report: Report) -> None:
        """Find the stops that a report is about, and note what it says of them."""
        if report.vehicle:
            stops = self._stop_of(report)
        elif report.what == "delayed":
            stops = [
                (key, stop) for key, stop, _ in self._loadings(report.requirement) if not self._left(key)
            ]
        else:
            stops = self._counted_off(report)
        if not stops and not (report.what != "delayed" and self._moves(report)):
            about = report.vehicle or report.requirement
            self.unmatched.append(f"nothing in the plan answers to what was reported of {about}")
        for key, stop in stops:
            self._note(key, stop, report)

    def expect(self, now_h: float, expected: frozenset[str]) -> None:
        """Let what should have been reported by now and was not happen now at the earliest."""
        for vehicle in self.plan.vehicles:
            last = max((stop for name, stop in self.facts if name == vehicle.id), default=-1)
            first = next(
                (
                    number
                    for number, stop in enumerate(vehicle.stops)
                    if any(lot.requirement in expected for lot in stop.load)
                ),
                None,
            )
            for number, stop in enumerate(vehicle.stops):
                key = (vehicle.id, number)
                if first is None or number < max(first, last):
                    continue
                fact = self.facts.get(key, Fact())
                if stop.depart_h is not None and fact.depart_h is None and stop.depart_h < now_h:
                    fact = replace(fact, depart_from_h=now_h)
                if number > first and fact.arrive_h is None and fact.depart_h is None:
                    fact = replace(fact, not_before_h=max(fact.not_before_h, min(now_h, INF)))
                if fact != Fact():
                    self.facts[key] = fact

    def is_past(self, violation: Violation, now_h: float) -> bool:
        """Whether a broken rule is about a stop that was reported, or that lies before now."""
        reported = max((stop for name, stop in self.facts if name == violation.vehicle), default=-1)
        if violation.vehicle and violation.stop - 1 <= reported:
            return True
        vehicle = next((found for found in self.plan.vehicles if found.id == violation.vehicle), None)
        return vehicle is not None and vehicle.stops[violation.stop - 1].start_h < now_h

    def _note(self, key: tuple[str, int], stop: Stop, report: Report) -> None:
        fact = self.facts.get(key, Fact())
        if report.what == "departed":
            fact = replace(fact, depart_h=report.hour)
        elif report.what == "arrived":
            fact = replace(fact, arrive_h=report.hour)
        else:
            fact = _later(fact, stop, report.lost_h, idle=key[1] == 0 and not moves_something(stop.load))
        self.facts[key] = fact

    def _left(self, key: tuple[str, int]) -> bool:
        return self.facts.get(key, Fact()).depart_h is not None

    def _stop_of(self, report: Report) -> list[tuple[tuple[str, int], Stop]]:
        vehicle = next((found for found in self.plan.vehicles if found.id == report.vehicle), None)
        if vehicle is None:
            return []
        if report.stop:
            found = report.stop - 1 < len(vehicle.stops)
            return [((vehicle.id, report.stop - 1), vehicle.stops[report.stop - 1])] if found else []
        for number, stop in enumerate(vehicle.stops):
            key = (vehicle.id, number)
            hour = stop.arrive_h if report.what == "arrived" else stop.depart_h
            known = self.facts.get(key, Fact())
            done = known.arrive_h if report.what == "arrived" else known.depart_h
            if done is None and (report.what != "delayed" or (hour or INF) >= report.hour):
                if report.what == "arrived" and number == 0:
                    continue
                return [(key, stop)]
        return []

    def _counted_off(self, report: Report) -> list[tuple[tuple[str, int], Stop]]:
        """The stops that the plan has first, up to as many people as were reported so far."""
        departing, moves = report.what == "departed", self._moves(report)
        done = (report.requirement, report.what)
        counted = self._counted.get(done, 0) + (report.people or 0)
        self._counted[done] = counted
        found: list[tuple[tuple[str, int], Stop]] = []
        total = 0
        for key, stop, people in moves:
            total += people
            known = self.facts.get(key, Fact())
            if (known.depart_h if departing else known.arrive_h) is not None:
                continue
            some = report.people is None and not found
            if report.last or some or (report.people is not None and total <= counted + TOLERANCE):
                found.append((key, stop))
        return found

    def _moves(self, report: Report) -> list[tuple[tuple[str, int], Stop, int]]:
        """The stops at which the plan lets people of the requirement leave, or arrive, in order."""
        found = self._loadings if report.what == "departed" else self._unloadings
        return list(found(report.requirement))

    def _loadings(self, requirement: str) -> Iterator[tuple[tuple[str, int], Stop, int]]:
        origin = self.index.requirements[requirement].origin if requirement in self.index.requirements else ""
        moves = [
            (stop.depart_h or INF, (vehicle.id, number), stop, lot.pax)
            for vehicle in self.plan.vehicles
            for number, stop in enumerate(vehicle.stops)
            if stop.place == origin
            for lot in stop.load
            if lot.requirement == requirement
        ]
        yield from ((key, stop, people) for _, key, stop, people in sorted(moves, key=lambda move: move[:2]))

    def _unloadings(self, requirement: str) -> Iterator[tuple[tuple[str, int], Stop, int]]:
        known = self.index.requirements.get(requirement)
        moves = [
            (stop.arrive_h, (vehicle.id, number), stop, lot.pax)
            for vehicle in self.plan.vehicles
            for number, stop in enumerate(vehicle.stops)
            if known is not None and stop.place == known.destination
            for lot in stop.unload
            if lot.requirement == requirement
        ]
        yield from ((key, stop, people) for _, key, stop, people in sorted(moves, key=lambda move: move[:2]))


def _later(fact: Fact, stop: Stop, lost_h: float, *, idle: bool) -> Fact:
    """Hours lost at a stop: its work begins later, or where there is none it is left later."""
    if idle:
        leaves_h = max(INF if stop.depart_h is None else stop.depart_h, fact.depart_from_h)
        return replace(fact, depart_from_h=leaves_h + lost_h)
    return replace(fact, not_before_h=max(stop.start_h, fact.not_before_h) + lost_h)


def expected_of(problem: Problem, units: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Requirements of each unit, by the unit's or the requirement's own id."""
    return {
        unit: tuple(item.id for item in problem.requirements if unit in (item.unit, item.id))
        for unit in units
    }
