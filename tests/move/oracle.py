"""The best plan of a tiny lift problem, proven: a mixed-integer programme over whole hours, in HiGHS.

Every vehicle is one unit of flow through (place, state, hour); what it loads and unloads are amounts at the
starts of its work; what is on the ground is a balance per place, hour and thing. The objective's parts are
minimised one after the other, each held at its best while the next is sought.

With whole-hour data some best plan has whole hours: move every event to the earliest hour that the others
allow, and each hour is a sum of given hours. The horizon is finite, and lengthened until it is shown that no
plan past it is better: everything that can be delivered is, no fewer are missed by any plan that need not
deliver the rest, and a close past the horizon alone would cost more lateness than the best plan has.

It shares no code with the planner; the checker judges what it finds.
"""

from __future__ import annotations

import json
import math
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from standto.move.check import score
from standto.move.plan import Lot, Plan, Stop, Vehicle
from standto.move.problem import TOLERANCE, Fleet, Problem, Requirement
from tests.move.tiny import tiny_problem

PAX = ""
SLACK = 1e-7
LONGEST_H = 120
STEP_H = 8
SECONDS_A_STAGE = 60.0

Thing = tuple[str, str]
"""A requirement and one of its cargo classes, or `PAX`."""
Terms = dict[int, float]


class NotTinyError(Exception):
    """The problem is outside what the oracle can prove."""


def solve_exactly(problem: Problem) -> Plan:
    """The best plan by the problem's goal, proven; `plan.totals.score(problem.goal)` is the optimum.

    Raises
    ------
    NotTinyError
        If hours are not whole, work or legs take no time, or the proof takes too long.
    """
    _require_whole_hours(problem)
    horizon = _first_horizon(problem)
    missed = Programme(problem, horizon, deliver_all=False).least_missed()
    while horizon <= LONGEST_H:
        plan = Programme(problem, horizon).best(missed)
        if plan is not None:
            return plan
        horizon += STEP_H
    raise NotTinyError(f"no proof within {LONGEST_H} h")


def _require_whole_hours(problem: Problem) -> None:
    hours = [place.transfer_h for place in problem.places]
    for fleet in problem.fleets:
        hours += [fleet.available_h, fleet.load_h, fleet.unload_h, fleet.service_h]
        if min(fleet.load_h, fleet.unload_h) < max(1.0, fleet.service_h):
            raise NotTinyError(f"{fleet.id}: loading and unloading take at least 1 h and the service hours")
    for requirement in problem.requirements:
        hours += [requirement.available_h, requirement.due_h, requirement.hard_h or 0.0]
    for link in problem.links:
        hours += [hour for window in link.closed for hour in window]
    if any(not float(hour).is_integer() for hour in hours):
        raise NotTinyError("an hour is not whole")
    available = [item.available_h for item in problem.requirements]
    if any(hour < 0 for hour in (*available, *(fleet.available_h for fleet in problem.fleets))):
        raise NotTinyError("something is available before hour 0")


def _first_horizon(problem: Problem) -> int:
    hours = [0.0, *(item.available_h for item in problem.requirements)]
    hours += [fleet.available_h for fleet in problem.fleets]
    hours += [item.hard_h for item in problem.requirements if item.hard_h is not None]
    return int(max(hours)) + 12


@dataclass(slots=True)
class Work:
    """One kind of work at one place and hour by one vehicle: its columns, one per state it may begin in."""

    kind: str
    place: str
    start: int
    end: int
    columns: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Carrier:
    """One vehicle in the programme."""

    id: str
    fleet: Fleet
    base: str
    things: list[Thing]
    works: list[Work] = field(default_factory=list)
    legs: list[tuple[int, str, int, str, int, float]] = field(default_factory=list)
    """Column, origin, departure, destination, arrival, kilometres."""
    load: dict[tuple[int, Thing], int] = field(default_factory=dict)
    """Column of what is loaded, by number of the work and thing."""
    unload: dict[tuple[int, Thing], int] = field(default_factory=dict)


class Programme:
    """The mixed-integer programme of one problem up to one horizon."""

    def __init__(self, problem: Problem, horizon: int, *, deliver_all: bool = True) -> None:
        self.problem, self.horizon, self.deliver_all = problem, horizon, deliver_all
        self.lower: list[float] = []
        self.upper: list[float] = []
        self.whole: list[bool] = []
        self.rows: list[tuple[float, float, Terms]] = []
        self.values: list[float] = []
        self.moving = [item for item in problem.requirements if not item.still]
        self.demand: dict[Thing, float] = {}
        for item in self.moving:
            if item.pax:
                self.demand[item.id, PAX] = item.pax
            self.demand.update({(item.id, name): t for name, t in item.cargo.items() if t > 0})
        self.of = {item.id: item for item in self.moving}
        self.slots = {place.id: place.slots for place in problem.places}
        self.carriers = [self._carrier(*one) for one in _vehicles(problem)]
        self._limit_slots()
        self._balance_ground()
        self._close()

    def column(self, upper: float, *, whole: bool = False) -> int:
        """A new column from 0 to `upper`."""
        self.lower.append(0.0)
        self.upper.append(upper)
        self.whole.append(whole)
        return len(self.lower) - 1

    def row(self, lower: float, upper: float, terms: Terms) -> None:
        """A new row."""
        if terms:
            self.rows.append((lower, upper, terms))

    # --- vehicles

    def _carrier(self, name: str, fleet: Fleet, base: str) -> Carrier:
        carrier = Carrier(name, fleet, base, [thing for thing in self.demand if self._rides(thing, fleet)])
        flow: dict[tuple[str, str, int], Terms] = defaultdict(dict)
        places = [place for place, slots in self.slots.items() if fleet.mode in slots]
        if base in places:
            for place in places:
                self._stand_and_work(carrier, place, flow)
            self._legs(carrier, places, flow)
        for (place, state, hour), terms in flow.items():
            source = float(place == base and state == "ready" and hour == int(fleet.available_h))
            at_most = np.inf if state == "ready" else 0.0
            # In minus out: what is left at a place where its work is done has ended its plan there.
            self.row(-source, at_most, terms)
        self._hold(carrier)
        self._use(carrier)
        return carrier

    def _rides(self, thing: Thing, fleet: Fleet) -> bool:
        name, kind = thing
        requirement = self.of[name]
        allowed = fleet.serves is None or name in fleet.serves
        allowed = allowed and (requirement.modes is None or fleet.mode in requirement.modes)
        return allowed and (fleet.seats > 0 if kind == PAX else kind in fleet.classes)

    def _stand_and_work(self, carrier: Carrier, place: str, flow: dict[tuple[str, str, int], Terms]) -> None:
        fleet, slots = carrier.fleet, self.slots[place][carrier.fleet.mode]
        load, unload, service = int(fleet.load_h), int(fleet.unload_h), int(fleet.service_h)
        both = max(load, unload) if fleet.concurrent else load + unload
        kinds = {"load": load, "unload": unload, "both": both, "service": service}
        for hour in range(int(fleet.available_h), self.horizon + 1):
            if hour < self.horizon:
                for state in ("arrived", "ready"):
                    stays = self.column(1, whole=True)
                    flow[place, state, hour][stays] = -1.0
                    flow[place, state, hour + 1][stays] = 1.0
            for kind, takes in kinds.items():
                if hour + takes > self.horizon or (slots == 0 and takes):
                    continue
                work = Work(kind, place, hour, hour + takes)
                for state in ("arrived", "ready"):
                    if kind == "service" and state == "ready":
                        continue
                    column = self.column(1, whole=True)
                    flow[place, state, hour][column] = -1.0
                    flow[place, "ready", hour + takes][column] = 1.0
                    work.columns.append(column)
                carrier.works.append(work)

    def _legs(self, carrier: Carrier, places: list[str], flow: dict[tuple[str, str, int], Terms]) -> None:
        fleet = carrier.fleet
        shortest: dict[tuple[str, str, int, int], float] = {}
        for link in self.problem.links:
            fits = link.mode == fleet.mode and (link.fleets is None or fleet.id in link.fleets)
            if not fits or (fleet.range_km is not None and link.km > fleet.range_km):
                continue
            hours = link.hours.get(fleet.id, link.km / fleet.kmh)
            if not float(hours).is_integer() or hours < 1:
                raise NotTinyError("a leg takes no whole hours")
            ends = [(link.origin, link.destination), (link.destination, link.origin)]
            for origin, destination in ends if link.both else ends[:1]:
                if origin == destination or origin not in places or destination not in places:
                    continue
                for hour in range(int(fleet.available_h), self.horizon - int(hours) + 1):
                    if not any(begins <= hour < end for begins, end in link.closed):
                        key = (origin, destination, hour, hour + int(hours))
                        shortest[key] = min(link.km, shortest.get(key, link.km))
        for (origin, destination, departs, arrives), km in shortest.items():
            column = self.column(1, whole=True)
            flow[origin, "ready", departs][column] = -1.0
            flow[destination, "arrived", arrives][column] = 1.0
            carrier.legs.append((column, origin, departs, destination, arrives, km))

    def _hold(self, carrier: Carrier) -> None:
        """What is aboard after the work that begins in each hour, and that it has room."""
        fleet, horizon = carrier.fleet, self.horizon
        aboard: dict[tuple[Thing, int], int] = {}
        off: dict[tuple[Thing, int], list[int]] = defaultdict(list)
        on: dict[tuple[Thing, int], list[int]] = defaultdict(list)
        for number, work in enumerate(carrier.works):
            for thing in carrier.things:
                self._lot(carrier, number, work, thing, on, off)
        for thing in carrier.things:
            for hour in range(horizon + 1):
                aboard[thing, hour] = self.column(self.demand[thing])
                before = aboard.get((thing, hour - 1))
                taken = dict.fromkeys(off[thing, hour], -1.0)
                terms = {aboard[thing, hour]: 1.0} | dict.fromkeys(off[thing, hour], 1.0)
                terms |= dict.fromkeys(on[thing, hour], -1.0)
                if before is not None:
                    terms[before] = -1.0
                    taken[before] = 1.0
                self.row(0.0, 0.0, terms)
                self.row(0.0, np.inf, taken)
        for hour in range(horizon + 1):
            people = {aboard[thing, hour]: 1.0 for thing in carrier.things if thing[1] == PAX}
            self.row(-np.inf, fleet.seats, people)
            if fleet.limits_mass:
                mass = {
                    aboard[t, hour]: self.problem.pax_tonnes if t[1] == PAX else 1.0 for t in carrier.things
                }
                self.row(-np.inf, fleet.tonnes, mass)
        self._keep_whole(carrier, aboard)

    def _lot(
        self,
        carrier: Carrier,
        number: int,
        work: Work,
        thing: Thing,
        on: dict[tuple[Thing, int], list[int]],
        off: dict[tuple[Thing, int], list[int]],
    ) -> None:
        requirement, most = self.of[thing[0]], self.demand[thing]
        room = carrier.fleet.seats if thing[1] == PAX else carrier.fleet.tonnes
        most = min(most, room)
        sides = []
        if work.kind in ("load", "both") and work.place != requirement.destination:
            sides.append((carrier.load, on))
        if work.kind in ("unload", "both") and work.place != requirement.origin:
            sides.append((carrier.unload, off))
        for columns, changes in sides:
            column = self.column(most, whole=thing[1] == PAX)
            columns[number, thing] = column
            changes[thing, work.start].append(column)
            self.row(-np.inf, 0.0, {column: 1.0} | dict.fromkeys(work.columns, -most))

    def _keep_whole(self, carrier: Carrier, aboard: dict[tuple[Thing, int], int]) -> None:
        for requirement in self.moving:
            if requirement.divisible:
                continue
            things = [thing for thing in self.demand if thing[0] == requirement.id]
            for hour in range(self.horizon + 1):
                all_of_it = self.column(1 if set(things) <= set(carrier.things) else 0, whole=True)
                for thing in things:
                    if thing in carrier.things:
                        terms = {aboard[thing, hour]: 1.0, all_of_it: -self.demand[thing]}
                        self.row(0.0, 0.0, terms)

    def _use(self, carrier: Carrier) -> None:
        """Rule 5 for every span of hours; a span without a move at its ends is implied by a shorter one."""
        fleet, per_day = carrier.fleet, carrier.fleet.use_h_per_day
        if per_day is None:
            return
        for ends in range(self.horizon + 1):
            spans = [(0, (ends - fleet.available_h) / 24 + 1)]
            if fleet.use_bank_days is not None:
                spans += [(begins, (ends - begins) / 24 + fleet.use_bank_days) for begins in range(ends)]
            for begins, days in spans:
                moved = {
                    column: float(arrives - departs)
                    for column, _, departs, _, arrives, _ in carrier.legs
                    if departs >= begins and arrives <= ends
                }
                if sum(moved.values()) > per_day * days:
                    self.row(-np.inf, per_day * days, moved)

    # --- places

    def _limit_slots(self) -> None:
        worked: dict[tuple[str, str, int], Terms] = defaultdict(dict)
        for carrier in self.carriers:
            for work in carrier.works:
                for hour in range(work.start, work.end):
                    worked[work.place, carrier.fleet.mode, hour].update(dict.fromkeys(work.columns, 1.0))
        for (place, mode, _), terms in worked.items():
            slots = self.slots[place][mode]
            if slots is not None:
                self.row(-np.inf, slots, terms)

    def _balance_ground(self) -> None:
        """Stock ready to load at every place but the destination; there, what has been unloaded so far."""
        transfer = {place.id: int(place.transfer_h) for place in self.problem.places}
        change: dict[tuple[Thing, str, int], Terms] = defaultdict(dict)
        for carrier in self.carriers:
            fleet = carrier.fleet
            for (number, thing), column in carrier.load.items():
                work = carrier.works[number]
                waits = work.kind == "both" and not fleet.concurrent
                change[thing, work.place, work.start + (int(fleet.unload_h) if waits else 0)][column] = -1.0
            for (number, thing), column in carrier.unload.items():
                work = carrier.works[number]
                whole = work.kind == "both" and fleet.concurrent
                ground = work.end if whole else work.start + int(fleet.unload_h)
                at_end = work.place == self.of[thing[0]].destination
                change[thing, work.place, ground + (0 if at_end else transfer[work.place])][column] = 1.0
        self.arrived: dict[Thing, list[int]] = {}
        for thing, amount in self.demand.items():
            requirement = self.of[thing[0]]
            for place in self.slots:
                ready = int(requirement.available_h) if place == requirement.origin else None
                stock = self._stock(thing, place, change, amount, ready)
                if place == requirement.destination:
                    self.arrived[thing] = stock

    def _stock(
        self,
        thing: Thing,
        place: str,
        change: dict[tuple[Thing, str, int], Terms],
        amount: float,
        ready: int | None,
    ) -> list[int]:
        stock: list[int] = []
        for hour in range(self.horizon + 1):
            stock.append(self.column(amount))
            terms = {stock[hour]: 1.0}
            terms |= {column: -sign for column, sign in change.get((thing, place, hour), {}).items()}
            if hour:
                terms[stock[hour - 1]] = -1.0
            comes = amount if hour == ready else 0.0
            self.row(comes, comes, terms)
        return stock

    def _close(self) -> None:
        """`done[requirement][hour]`: all of it is there by then; `open[hour]`: something is not."""
        self.done: dict[str, list[int]] = {}
        for requirement in self.moving:
            hours = [self.column(1, whole=True) for _ in range(self.horizon + 1)]
            for thing, arrived in self.arrived.items():
                if thing[0] == requirement.id:
                    for hour, column in enumerate(hours):
                        self.row(0.0, np.inf, {arrived[hour]: 1.0, column: -self.demand[thing]})
            for hour, then in pairwise(hours):
                self.row(0.0, np.inf, {then: 1.0, hour: -1.0})
            self.done[requirement.id] = hours
            self.lower[hours[-1]] = float(self.deliver_all)
            self._cut(requirement)
        self.open = [self.column(1) for _ in range(self.horizon + 1)]
        for hours in self.done.values():
            for column, now in list(zip(hours, self.open, strict=True))[:-1]:
                self.row(0.0, np.inf, {now: 1.0, column: 1.0, hours[-1]: -1.0})
        still_close_h = max(
            (item.available_h for item in self.problem.requirements if item.still), default=0.0
        )
        for hour in range(min(int(still_close_h), self.horizon + 1)):
            self.lower[self.open[hour]] = 1.0

    def _cut(self, requirement: Requirement) -> None:
        """Nothing is done before enough works at either end; implied, but it makes the relaxation tight."""
        least_h = self._least_hours(requirement)
        for thing in (thing for thing in self.demand if thing[0] == requirement.id):
            able = [one for one in self.carriers if thing in one.things]
            room = max((self._room(one.fleet, thing) for one in able), default=0.0)
            trips = math.ceil(self.demand[thing] / room - SLACK) if room else 0
            for hour, done in enumerate(self.done[requirement.id]):
                off, on = {done: -float(trips)}, {done: -float(trips)}
                for one in able:
                    for number, loaded in one.unload:
                        work = one.works[number]
                        begins = work.start + int(one.fleet.unload_h)
                        if loaded == thing and work.place == requirement.destination and begins <= hour:
                            off |= dict.fromkeys(work.columns, 1.0)
                    for number, loaded in one.load:
                        work = one.works[number]
                        after_h = one.fleet.load_h + least_h + 1
                        if (
                            loaded == thing
                            and work.place == requirement.origin
                            and work.start + after_h <= hour
                        ):
                            on |= dict.fromkeys(work.columns, 1.0)
                self.row(0.0, np.inf, off)
                self.row(0.0, np.inf, on)

    def _room(self, fleet: Fleet, thing: Thing) -> float:
        if thing[1] != PAX:
            return fleet.tonnes
        each = self.problem.pax_tonnes
        by_mass = math.floor(fleet.tonnes / each + SLACK) if fleet.limits_mass and each else math.inf
        return min(fleet.seats, by_mass)

    def _least_hours(self, requirement: Requirement) -> float:
        """Fewest hours of moving from origin to destination, by whatever links."""
        hours = {requirement.origin: 0.0}
        for _ in self.problem.places:
            for link in self.problem.links:
                takes = min(link.hours.get(fleet.id, link.km / fleet.kmh) for fleet in self.problem.fleets)
                ends = [(link.origin, link.destination), (link.destination, link.origin)]
                for origin, destination in ends if link.both else ends[:1]:
                    through = hours.get(origin, math.inf) + takes
                    hours[destination] = min(hours.get(destination, math.inf), through)
        return hours.get(requirement.destination, math.inf)

    # --- the objective, one part after the other

    def parts(self) -> dict[str, Terms]:
        """Each part of the objective as a sum over columns, constants left out."""
        missed: Terms = {}
        lateness: Terms = {}
        for requirement in self.moving:
            hours, weight = self.done[requirement.id], requirement.weight
            if requirement.hard_h is not None and requirement.hard_h >= 0:
                missed[hours[min(int(requirement.hard_h), self.horizon)]] = -weight
            late = [hours[hour] for hour in range(max(0, int(requirement.due_h)), self.horizon)]
            lateness.update(dict.fromkeys(late, -weight))
            lateness[hours[-1]] = lateness.get(hours[-1], 0.0) + weight * len(late)
        cost: Terms = {}
        moving: Terms = {}
        for carrier in self.carriers:
            for column, _, departs, _, arrives, km in carrier.legs:
                cost[column] = km * carrier.fleet.cost_per_km
                moving[column] = float(arrives - departs)
        closure = dict.fromkeys(self.open, 1.0)
        found = {"missed": missed} if missed else {}
        if self.problem.goal == "closure":
            return {**found, "closure": closure, "lateness": lateness, "rest": self._as_one(cost, moving)}
        return {**found, "lateness": lateness, "rest": self._as_one(cost, moving, closure)}

    def _as_one(self, *parts: Terms) -> Terms:
        """Parts in their order as one sum: a step of one is worth more than all of those after it."""
        one: Terms = {}
        for terms in reversed(parts):
            if any(value != round(value) for value in terms.values()):
                raise NotTinyError("a cost is not whole")
            step = math.gcd(*(round(value) for value in terms.values())) or 1
            scale = (self._most(one) + 1) / step
            one = {name: one.get(name, 0.0) + scale * terms.get(name, 0.0) for name in {**one, **terms}}
        return one

    def _most(self, terms: Terms) -> float:
        """No less than such a sum can be: a vehicle moves in no more hours than there are."""
        largest = max(terms.values(), default=0.0)
        return largest * (self.horizon + 1) * max(1, len(self.carriers)) if terms else 0.0

    def least_missed(self) -> float:
        """The least of `missed`, by plans that need not deliver the rest: no horizon makes it less."""
        terms = self.parts().get("missed")
        return (self._least(self._solver(), terms) or 0.0) if terms else 0.0

    def best(self, missed: float) -> Plan | None:
        """The best plan within the horizon, or None where a longer horizon might hold a better one."""
        import highspy

        solver, sums = self._solver(), dict[str, float]()
        for name, terms in self.parts().items():
            least = self._least(solver, terms)
            if least is None or (name == "missed" and least > missed + SLACK):
                return None
            if name == "lateness" and self.problem.goal == "lateness" and not self._late_enough(least):
                return None
            sums[name] = least
            columns = np.array(list(terms), dtype=np.int32)
            solver.addRow(-np.inf, least + SLACK, len(columns), columns, np.array(list(terms.values())))
            start = highspy.HighsSolution()
            start.col_value = self.values
            solver.setSolution(start)
        plan = self._plan(np.array(self.values))
        assert abs(plan.totals.weighted_lateness - sums["lateness"]) < SLACK + TOLERANCE
        assert "closure" not in sums or plan.totals.closure_h == round(sums["closure"])
        return plan

    def _late_enough(self, lateness: float) -> bool:
        """Whether every close past the horizon alone costs more than all the lateness of the best plan."""
        return all(
            item.weight * (self.horizon + 1 - max(0.0, item.due_h)) > lateness + SLACK for item in self.moving
        )

    def _solver(self) -> Any:
        import highspy

        solver: Any = highspy.Highs
        solver = solver()
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("threads", 1)
        solver.setOptionValue("time_limit", SECONDS_A_STAGE)
        solver.setOptionValue("mip_rel_gap", 0.0)
        solver.setOptionValue("mip_feasibility_tolerance", 1e-8)
        solver.setOptionValue("primal_feasibility_tolerance", 1e-9)
        programme = highspy.HighsLp()
        programme.num_col_, programme.num_row_ = len(self.lower), len(self.rows)
        programme.col_cost_ = np.zeros(len(self.lower))
        programme.col_lower_, programme.col_upper_ = np.array(self.lower), np.array(self.upper)
        programme.row_lower_ = np.array([row[0] for row in self.rows])
        programme.row_upper_ = np.array([row[1] for row in self.rows])
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        programme.integrality_ = [kinds[whole] for whole in self.whole]
        matrix = programme.a_matrix_
        matrix.format_ = highspy.MatrixFormat.kRowwise
        matrix.start_ = np.cumsum([0, *(len(row[2]) for row in self.rows)])
        matrix.index_ = np.array([column for row in self.rows for column in row[2]])
        matrix.value_ = np.array([value for row in self.rows for value in row[2].values()])
        solver.passModel(programme)
        return solver

    def _least(self, solver: Any, terms: Terms) -> float | None:
        """The least value of one part, None where nothing delivers all; `values` is then the solution."""
        import highspy

        cost = np.zeros(len(self.lower))
        cost[list(terms)] = list(terms.values())
        solver.changeColsCost(len(cost), np.arange(len(cost), dtype=np.int32), cost)
        solver.run()
        status = solver.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            raise NotTinyError(f"HiGHS: {solver.modelStatusToString(status)}")
        self.values = list(solver.getSolution().col_value)
        return float(cost @ np.array(self.values))

    # --- the plan

    def _plan(self, values: np.ndarray[Any, np.dtype[np.float64]]) -> Plan:
        vehicles = [vehicle for one in self.carriers if (vehicle := self._vehicle(one, values)) is not None]
        outcomes, totals = score(self.problem, vehicles)
        return Plan(
            problem=self.problem.sha256,
            vehicles=vehicles,
            requirements=outcomes,
            totals=totals,
            made_by={"solver": "oracle", "horizon_h": self.horizon},
        )

    def _vehicle(self, carrier: Carrier, values: np.ndarray[Any, np.dtype[np.float64]]) -> Vehicle | None:
        legs = sorted((leg[2], leg) for leg in carrier.legs if values[leg[0]] > 0.5)
        works = [
            (work.start, number, work)
            for number, work in enumerate(carrier.works)
            if any(values[column] > 0.5 for column in work.columns)
        ]
        visits: list[tuple[str, float, float | None]] = []
        place, arrive = carrier.base, carrier.fleet.available_h
        for departs, (_, _, _, destination, arrives, _) in legs:
            visits.append((place, arrive, float(departs)))
            place, arrive = destination, float(arrives)
        visits.append((place, arrive, None))
        stops: list[Stop] = []
        for first, (at, begins, ends) in enumerate(visits):
            here = [
                self._stop(carrier, number, work, values)
                for start, number, work in sorted(works, key=lambda item: item[:2])
                if work.place == at and start >= begins and (ends is None or work.end <= ends)
            ]
            busy = [stop for stop in here if stop.load or stop.unload]
            service = 0.0 if first == 0 else carrier.fleet.service_h
            idle = Stop(
                place=at,
                arrive_h=begins,
                start_h=begins,
                end_h=begins + service,
                depart_h=None,
                unload=[],
                load=[],
            )
            stops += _chained(busy or [idle], begins, ends)
        used = any(stop.load for stop in stops)
        return (
            Vehicle(id=carrier.id, fleet=carrier.fleet.id, base=carrier.base, stops=stops) if used else None
        )

    def _stop(
        self, carrier: Carrier, number: int, work: Work, values: np.ndarray[Any, np.dtype[np.float64]]
    ) -> Stop:
        unload = _lots(carrier.unload, number, values)
        load = _lots(carrier.load, number, values)
        fleet, start = carrier.fleet, float(work.start)
        if work.kind == "both" and not fleet.concurrent and not unload:
            start += fleet.unload_h
        hours = (fleet.unload_h if unload else 0.0, fleet.load_h if load else 0.0)
        end = start + (max(hours) if fleet.concurrent else sum(hours))
        return Stop(
            place=work.place,
            arrive_h=start,
            start_h=start,
            end_h=end,
            depart_h=None,
            unload=unload,
            load=load,
        )


def _chained(stops: list[Stop], begins: float, ends: float | None) -> list[Stop]:
    """Stops in a row at one place: each arrives as the one before departs."""
    chained = []
    for number, stop in enumerate(stops):
        last = number == len(stops) - 1
        departs = ends if last else stop.end_h
        chained.append(stop.model_copy(update={"arrive_h": begins, "depart_h": departs}))
        begins = stop.end_h
    return chained


def _lots(
    columns: dict[tuple[int, Thing], int], work: int, values: np.ndarray[Any, np.dtype[np.float64]]
) -> list[Lot]:
    amounts: dict[str, dict[str, float]] = defaultdict(dict)
    for (number, (name, kind)), column in columns.items():
        amount = round(float(values[column]), 6)
        if number == work and amount > 0:
            amounts[name][kind] = amount
    return [Lot(requirement=name, pax=round(load.pop(PAX, 0)), cargo=load) for name, load in amounts.items()]


def _vehicles(problem: Problem) -> list[tuple[str, Fleet, str]]:
    found = []
    for fleet in problem.fleets:
        bases = [base for base, count in fleet.stationed().items() for _ in range(count)]
        found += [(f"{fleet.id}#{number}", fleet, base) for number, base in enumerate(bases, start=1)]
    return found


RECORD = Path(__file__).with_name("oracle_scores.json")


def recorded_scores() -> dict[int, tuple[float, ...]]:
    """The proven best score of each tiny seed, as `python -m tests.move.oracle SEEDS` last wrote them."""
    return {int(seed): tuple(values) for seed, values in json.loads(RECORD.read_text()).items()}


def record_scores(seeds: int) -> None:
    """Prove the best of many tiny problems again and write them down; takes minutes."""
    lines = []
    for seed in range(seeds):
        problem = tiny_problem(seed)
        try:
            best = solve_exactly(problem).totals.score(problem.goal)
        except NotTinyError as error:
            print(f"{seed}: left out, {error}")
            continue
        lines.append(f' "{seed}": {json.dumps(list(best))}')
    RECORD.write_text("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    record_scores(int(sys.argv[1]))
