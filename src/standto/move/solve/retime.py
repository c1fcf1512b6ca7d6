"""The same plan sooner: each vehicle's stops, loads and order kept, each stop at the earliest hours allowed.

A plan that was made for later readiness, or for later lift, keeps its hours when another case takes it over
in which units are ready earlier. No rule is broken then, and yet units wait for nothing. One pass takes the
stops in the order in which their work begins and gives each the earliest hours that its vehicle, its load
and the slots left by those before it allow: serial schedule generation (Kolisch 1996) with the plan as the
list. Passes follow until none brings anything forward.

No hour is ever later than before. What a stop waits for is no later than it was, and no rule answers that
with a later hour: not closed windows, and not rule 5, where an earlier departure leaves a vehicle more time
for what it moves after. Nor do slots: all work placed before a stop began no later than this stop does in
the plan before, and ends no later now, so what holds a slot from that hour on held it then.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from standto.move.check import check, score
from standto.move.check.index import Index, Leg, within_range
from standto.move.check.score import way_taken
from standto.move.check.stock import Change, stock_changes
from standto.move.check.work import loading_begins_h, on_ground_h, work_h
from standto.move.plan import Plan, Vehicle
from standto.move.problem import TOLERANCE, Fleet, Problem
from standto.move.solve.tables import DUST
from standto.move.solve.twin import Slots

INF = float("inf")
MOST_PASSES = 100
"""Two or three are the rule; more only where many loads wait for work that begins after their own."""


def retime(problem: Problem, plan: Plan) -> Plan:
    """The same stops, loads and order of every vehicle, each as early as the rules allow, none later.

    Links are kept or exchanged for ones as short and as quick, so that the plan scores worse by no goal. What
    different vehicles do may change its order, as far as slots and loads allow.

    Parameters
    ----------
    problem, plan
        A plan that keeps every rule of this problem.

    Returns
    -------
    Plan
        The plan itself where nothing can be earlier; else one whose outcomes are those of its new hours,
        their reasons left empty.
    """
    index, vehicles = Index(problem), plan.vehicles
    for _ in range(MOST_PASSES):
        sooner = Pass(index, vehicles).run()
        if sooner == vehicles:
            break
        vehicles = sooner
    if vehicles is plan.vehicles:
        return plan
    outcomes, totals = score(problem, vehicles)
    changes = {"vehicles": vehicles, "requirements": outcomes, "totals": totals}
    retimed = plan.model_copy(update=changes)
    return retimed if check(problem, retimed).ok else plan


class Pass:
    """Every stop placed anew once. Stops not reached yet have their hours of before, which hold for them."""

    def __init__(self, index: Index, vehicles: Sequence[Vehicle]) -> None:
        self._index, self._vehicles = index, vehicles
        self._number = {vehicle.id: number for number, vehicle in enumerate(vehicles)}
        self._fleets = [index.fleets[vehicle.fleet] for vehicle in vehicles]
        self._stops = [list(vehicle.stops) for vehicle in vehicles]
        self._use = [Use(fleet) for fleet in self._fleets]
        self._slots: dict[tuple[str, str], Slots] = {}
        self._sources = _sources(index, vehicles)

    def run(self) -> list[Vehicle]:
        """The vehicles with their new hours."""
        for _, vehicle, stop in sorted(self._begins()):
            self._place(vehicle, stop)
        return [
            vehicle.model_copy(update={"stops": stops})
            for vehicle, stops in zip(self._vehicles, self._stops, strict=True)
        ]

    def _begins(self) -> Iterator[tuple[float, int, int]]:
        """Hour at which the work of each stop begins, never before that of the vehicle's stop before."""
        for vehicle, stops in enumerate(self._stops):
            begins_h = -INF
            for number, stop in enumerate(stops):
                begins_h = max(begins_h, stop.start_h)
                yield begins_h, vehicle, number

    def _place(self, vehicle: int, number: int) -> None:
        """Give a stop its hours; the old ones are allowed too, and may be earlier by the tolerance."""
        fleet, old = self._fleets[vehicle], self._stops[vehicle][number]
        arrive_h = self._move(vehicle, number) if number else old.arrive_h
        hours = work_h(fleet, old, first=number == 0)
        slots = self._slots_of(old.place, fleet.mode, hours)
        from_h = max(arrive_h, self._loadable_h(vehicle, number))
        start_h = _sooner(old.start_h, slots.earliest(from_h, hours))
        end_h = _sooner(old.end_h, start_h + hours)
        slots.book(start_h, end_h, 1)
        if (arrive_h, start_h, end_h) != (old.arrive_h, old.start_h, old.end_h):
            changes = {"arrive_h": arrive_h, "start_h": start_h, "end_h": end_h}
            self._stops[vehicle][number] = old.model_copy(update=changes)

    def _slots_of(self, place: str, mode: str, hours: float) -> Slots:
        limit = self._index.places[place].slots[mode]
        if limit is None or hours <= TOLERANCE:
            return Slots(-1)
        return self._slots.setdefault((place, mode), Slots(limit))

    def _loadable_h(self, vehicle: int, number: int) -> float:
        """Hour before which work must not begin, for all that is loaded to be ready in time."""
        stop = self._stops[vehicle][number]
        sources = self._sources.get((self._vehicles[vehicle].id, number + 1))
        if not sources:
            return -INF
        waits_h = loading_begins_h(self._fleets[vehicle], stop.model_copy(update={"start_h": 0.0}))
        transfer_h = self._index.places[stop.place].transfer_h
        return max(self._ready_h(source, transfer_h) for source in sources) - waits_h

    def _ready_h(self, source: _Source, transfer_h: float) -> float:
        if not source.vehicle:
            return self._index.requirements[source.requirement].available_h
        number = self._number[source.vehicle]
        ground_h = on_ground_h(self._fleets[number], self._stops[number][source.stop - 1])
        return ground_h + transfer_h

    def _move(self, vehicle: int, number: int) -> float:
        """Leave the stop before as early as allowed; the hour of arrival at this one."""
        fleet, use = self._fleets[vehicle], self._use[vehicle]
        left, then = self._stops[vehicle][number - 1 : number + 1]
        depart_h = INF if left.depart_h is None else left.depart_h
        arrive_h = then.arrive_h
        if left.place == then.place:
            depart_h = _sooner(depart_h, left.end_h)
            arrive_h = _sooner(arrive_h, depart_h)
        else:
            km, hours = way_taken(self._index, fleet, left, then)
            for leg in self._index.legs(fleet, left.place, then.place):
                if not as_good(fleet, leg, km, hours):
                    continue
                leave_h = leg.next_open_h(use.allows_h(left.end_h, leg.hours))
                if leave_h <= depart_h and leave_h + leg.hours < arrive_h - DUST:
                    depart_h, arrive_h, hours = leave_h, leave_h + leg.hours, leg.hours
            use.move(depart_h, hours)
        if depart_h != left.depart_h:
            self._stops[vehicle][number - 1] = left.model_copy(update={"depart_h": depart_h})
        return arrive_h


def _sooner(before_h: float, now_h: float) -> float:
    """The new hour, or the old one where only rounding is between them."""
    return now_h if now_h < before_h - DUST else before_h


def as_good(fleet: Fleet, leg: Leg, km: float, hours: float) -> bool:
    """Whether a link may be taken and is as short and as quick as one so long."""
    return leg.allowed and within_range(fleet, leg) and leg.km <= km and leg.hours <= hours


@dataclass(slots=True)
class Use:
    """Moving hours of one vehicle so far, and the latest hour that its bank starts from (rule 5)."""

    fleet: Fleet
    moved_h: float = 0.0
    bank_h: float = -INF

    def allows_h(self, from_h: float, hours: float) -> float:
        """The first departure at or after an hour that may be followed by so many hours of moving."""
        per_day, days = self.fleet.use_h_per_day, self.fleet.use_bank_days
        if per_day is None:
            return from_h
        earned_h = 24 * (self.moved_h + hours) / per_day - hours
        allowed_h = max(from_h, self.fleet.available_h + earned_h - 24)
        return allowed_h if days is None else max(allowed_h, self.bank_h + earned_h - 24 * days)

    def move(self, depart_h: float, hours: float) -> None:
        """Count hours moved from a departure on."""
        if self.fleet.use_h_per_day is not None:
            self.bank_h = max(self.bank_h, depart_h - 24 * self.moved_h / self.fleet.use_h_per_day)
        self.moved_h += hours


@dataclass(frozen=True, slots=True)
class _Source:
    """Where part of a load comes from: a vehicle's stop, counted from 1, or with no vehicle the origin."""

    requirement: str
    vehicle: str
    stop: int


def _sources(index: Index, vehicles: Sequence[Vehicle]) -> dict[tuple[str, int], list[_Source]]:
    """What each stop that loads takes from where, first in, first out at every place."""
    found: dict[tuple[str, int], list[_Source]] = defaultdict(list)
    for (requirement, _, _), changes in stock_changes(index, vehicles).items():
        for load, supply in _first_in_first_out(sorted(changes)):
            source = _Source(requirement, supply.vehicle, supply.stop)
            found[load.vehicle, load.stop].append(source)
    return found


def _first_in_first_out(changes: Sequence[Change]) -> Iterator[tuple[Change, Change]]:
    """Pairs of a loading and an unloading that it takes from; the judge lets a tolerance be missing."""
    supplies = (change for change in changes if not change.loads)
    supply, supplied, loaded = None, 0.0, -TOLERANCE / 2
    for load in changes:
        if not load.loads:
            continue
        if supply is not None and supplied > loaded:
            yield load, supply
        loaded += load.amount
        while supplied < loaded and (supply := next(supplies, None)) is not None:
            supplied += supply.amount
            yield load, supply
