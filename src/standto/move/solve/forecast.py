"""The plan as it stands: what was reported at its hours, the rest as planned or as soon after as can be.

Every vehicle keeps its stops, loads and order. What was reported is taken as it was. What is still to come
keeps its planned hours unless something before it came later: its vehicle, the loads it waits for, a slot, or
time that was lost. So a forecast is never earlier than planned but where an arrival was reported early.
Where reports of a requirement are expected and one is missing that the plan has in the past, it is taken to
happen now at the earliest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from standto.move.check import check, score
from standto.move.check.index import Index
from standto.move.check.score import way_taken
from standto.move.check.verdict import Violation
from standto.move.check.work import moves_something, work_h
from standto.move.plan import Plan, Vehicle
from standto.move.problem import TOLERANCE, Problem
from standto.move.solve.reported import Fact, Facts, Reading, Report
from standto.move.solve.retime import MOST_PASSES, Pass, as_good
from standto.move.solve.tables import DUST

INF = float("inf")


@dataclass(frozen=True, slots=True)
class Forecast:
    """A plan re-timed with what was reported.

    Attributes
    ----------
    plan
        The plan with the hours as they were and as they are to be expected; its outcomes say who closes when.
    broken
        Rules that what is still to come would break; none unless a report contradicts the plan.
    unmatched
        Reports that nothing in the plan answers to, in one sentence each.
    """

    plan: Plan
    broken: tuple[Violation, ...]
    unmatched: tuple[str, ...]


def forecast(
    problem: Problem,
    plan: Plan,
    reports: Sequence[Report],
    *,
    now_h: float = -INF,
    expected: frozenset[str] = frozenset(),
) -> Forecast:
    """When everything is in place, by the plan and what was reported.

    Parameters
    ----------
    problem, plan
        A plan that keeps every rule of this problem.
    reports
        What was reported, in any order.
    now_h
        The hour it is.
    expected
        Requirements whose departures and arrivals are reported when they happen.

    Returns
    -------
    Forecast
        With the plan itself where nothing is reported and nothing is late.
    """
    reading = Reading(plan, Index(problem))
    for report in sorted(reports, key=lambda report: report.hour):
        reading.take(report)
    reading.expect(now_h, expected)
    index, vehicles = Index(problem), plan.vehicles
    ways = _ways(index, plan)
    for _ in range(MOST_PASSES):
        later = _Later(index, vehicles, reading.facts, ways).run()
        if later == vehicles:
            break
        vehicles = later
    if vehicles is plan.vehicles:
        return Forecast(plan, (), tuple(reading.unmatched))
    outcomes, totals = score(problem, vehicles)
    changes = {"vehicles": vehicles, "requirements": outcomes, "totals": totals, "bound": None}
    told = plan.model_copy(update=changes)
    broken = [item for item in check(problem, told).violations if not reading.is_past(item, now_h)]
    return Forecast(told, tuple(broken), tuple(reading.unmatched))


def _ways(index: Index, plan: Plan) -> Mapping[tuple[str, int], tuple[float, float]]:
    """Kilometres and hours of the leg to each stop, as planned."""
    return {
        (vehicle.id, number): way_taken(
            index, index.fleets[vehicle.fleet], *vehicle.stops[number - 1 : number + 1]
        )
        for vehicle in plan.vehicles
        for number in range(1, len(vehicle.stops))
    }


class _Later(Pass):
    """Every stop placed anew once, never before its hours of before but where it was reported so."""

    def __init__(
        self,
        index: Index,
        vehicles: Sequence[Vehicle],
        facts: Facts,
        ways: Mapping[tuple[str, int], tuple[float, float]],
    ) -> None:
        super().__init__(index, vehicles)
        self._facts, self._ways = facts, ways

    def _fact(self, vehicle: int, number: int) -> Fact:
        return self._facts.get((self._vehicles[vehicle].id, number), Fact())

    def _place(self, vehicle: int, number: int) -> None:
        fleet, old = self._fleets[vehicle], self._stops[vehicle][number]
        fact = self._fact(vehicle, number)
        arrive_h = self._move(vehicle, number) if number else old.arrive_h
        if number == 0 and not moves_something(old.load):
            return
        hours = work_h(fleet, old, first=number == 0)
        slots = self._slots_of(old.place, fleet.mode, hours)
        if fact.depart_h is not None:
            end_h = min(max(old.end_h, arrive_h + hours), fact.depart_h)
            start_h = end_h - hours
            arrive_h = min(arrive_h, start_h) if number else arrive_h
        else:
            planned_h = arrive_h if fact.arrive_h is not None else max(arrive_h, old.start_h)
            from_h = max(planned_h, fact.not_before_h, self._loadable_h(vehicle, number))
            start_h = slots.earliest(from_h, hours)
            start_h = old.start_h if abs(start_h - old.start_h) <= DUST else start_h
            end_h = old.end_h if start_h == old.start_h else start_h + hours
        slots.book(start_h, end_h, 1)
        if (arrive_h, start_h, end_h) != (old.arrive_h, old.start_h, old.end_h):
            changes = {"arrive_h": arrive_h, "start_h": start_h, "end_h": end_h}
            self._stops[vehicle][number] = old.model_copy(update=changes)

    def _move(self, vehicle: int, number: int) -> float:
        use = self._use[vehicle]
        left, then = self._stops[vehicle][number - 1 : number + 1]
        gone, there = self._fact(vehicle, number - 1), self._fact(vehicle, number)
        planned_h = INF if left.depart_h is None else left.depart_h
        depart_h = max(planned_h, left.end_h, gone.depart_from_h) if gone.depart_h is None else gone.depart_h
        km, hours = self._ways.get((self._vehicles[vehicle].id, number), (0.0, 0.0))
        if left.place == then.place:
            arrive_h = depart_h
        else:
            depart_h, hours = self._leg(vehicle, number, depart_h, km, hours, fixed=gone.depart_h is not None)
            arrive_h = depart_h + hours
            use.move(depart_h, hours)
        if abs(depart_h - planned_h) <= DUST:
            depart_h = planned_h
            arrive_h = then.arrive_h if abs(arrive_h - then.arrive_h) <= DUST else arrive_h
        if there.arrive_h is not None:
            arrive_h = there.arrive_h
            depart_h = min(depart_h, arrive_h)
        elif gone.depart_h is not None:
            arrive_h = max(arrive_h, there.not_before_h)
        if depart_h != left.depart_h:
            self._stops[vehicle][number - 1] = left.model_copy(update={"depart_h": depart_h})
        return arrive_h

    def _leg(
        self, vehicle: int, number: int, from_h: float, km: float, hours: float, *, fixed: bool
    ) -> tuple[float, float]:
        """When a leg is left, at or after an hour, and how long it takes; as planned where it was left."""
        fleet, use = self._fleets[vehicle], self._use[vehicle]
        if fixed:
            return from_h, hours
        left, then = self._stops[vehicle][number - 1 : number + 1]
        best = (from_h, hours)
        arrives_h = INF
        for leg in self._index.legs(fleet, left.place, then.place):
            if not as_good(fleet, leg, km + TOLERANCE, hours + TOLERANCE):
                continue
            leave_h = leg.next_open_h(use.allows_h(from_h, leg.hours))
            if leave_h + leg.hours < arrives_h - DUST:
                arrives_h, best = leave_h + leg.hours, (leave_h, leg.hours)
        return best
