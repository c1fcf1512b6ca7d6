"""From the planner's own picture of a plan to a movement plan, with outcomes recomputed by the judge."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from standto.move.bound import Bound
from standto.move.check import score as score_plan
from standto.move.plan import Lot, Outcome, Plan, Stop, Totals, Vehicle
from standto.move.problem import Problem
from standto.move.solve.collector import collector_at_rest
from standto.move.solve.flat import N_ARRIVE, N_LEFT, Listing
from standto.move.solve.tables import Layout
from standto.move.solve.trips import Decoded, Ride, Visit


def write_plan(
    problem: Problem, layout: Layout, decoded: Decoded, bound: Bound | None, made_by: dict[str, Any]
) -> Plan:
    """The plan that decoded trips stand for, its totals as the judge counts them."""
    with collector_at_rest():
        vehicles = write_vehicles(problem, layout, decoded)
        outcomes, totals = score_plan(problem, vehicles)
        plan = Plan.model_construct(
            format="standto-plan/1",
            problem=problem.sha256,
            vehicles=vehicles,
            requirements=outcomes,
            totals=totals,
            bound=bound.as_plan_bound() if bound is not None else None,
            made_by=made_by,
        )
        return with_reasons(problem, plan, bound)


def write_vehicles(problem: Problem, layout: Layout, decoded: Decoded) -> list[Vehicle]:
    """Every vehicle that moves or works, with its stops in time order."""
    loads: dict[tuple[int, int], list[Lot]] = defaultdict(list)
    unloads: dict[tuple[int, int], list[Lot]] = defaultdict(list)
    for number, trip in enumerate(decoded.trips):
        for ride in trip.rides:
            lot = _lot(problem, layout, ride)
            loads[number, ride.first].append(lot)
            unloads[number, ride.last].append(lot)
    visits: dict[int, list[Visit]] = defaultdict(list)
    for visit in decoded.visits:
        visits[visit.vehicle].append(visit)
    vehicles = []
    for index in sorted(visits):
        stops = _stops(problem, layout, index, visits[index], loads, unloads)
        fleet = problem.fleets[int(layout.tables.v_fleet[index])]
        base = problem.places[int(layout.tables.v_base[index])].id
        vehicles.append(
            Vehicle.model_construct(id=layout.vehicle_ids[index], fleet=fleet.id, base=base, stops=stops)
        )
    return vehicles


def _lot(problem: Problem, layout: Layout, ride: Ride) -> Lot:
    cargo = {
        name: float(tonnes)
        for name, tonnes in zip(layout.columns[1:], ride.most[1:], strict=True)
        if tonnes > 0
    }
    requirement = problem.requirements[ride.requirement].id
    return Lot.model_construct(requirement=requirement, pax=round(ride.most[0]), cargo=cargo)


def _stops(
    problem: Problem,
    layout: Layout,
    vehicle: int,
    visits: Sequence[Visit],
    loads: dict[tuple[int, int], list[Lot]],
    unloads: dict[tuple[int, int], list[Lot]],
) -> list[Stop]:
    base, free_h = (
        int(layout.tables.v_base[vehicle]),
        float(layout.tables.free_h[layout.tables.v_fleet[vehicle]]),
    )
    stops = []
    if visits[0].place != base:
        stops.append(_stop(problem.places[base].id, free_h, free_h, free_h, visits[0].left_h, [], []))
    for visit, then in zip(visits, [*visits[1:], None], strict=True):
        key = (visit.trip, visit.stop)
        depart_h = then.left_h if then is not None else None
        arrive_h = visit.arrive_h if stops or visit is not visits[0] else free_h
        place = problem.places[visit.place].id
        hours = (arrive_h, visit.start_h, visit.end_h, depart_h)
        stops.append(_stop(place, *hours, unloads.get(key, []), loads.get(key, [])))
    return stops


def _stop(
    place: str,
    arrive_h: float,
    start_h: float,
    end_h: float,
    depart_h: float | None,
    unload: list[Lot],
    load: list[Lot],
) -> Stop:
    return Stop.model_construct(
        place=place,
        arrive_h=float(arrive_h),
        start_h=float(start_h),
        end_h=float(end_h),
        depart_h=None if depart_h is None else float(depart_h),
        unload=unload,
        load=load,
    )


def with_reasons(problem: Problem, plan: Plan, bound: Bound | None) -> Plan:
    """The plan with one sentence for every outcome, as far as reasons can be found."""
    try:
        from standto.move.why import explain
    except ImportError:
        return plan
    reasons = explain(problem, plan, bound.earliest_h if bound is not None else None)
    outcomes: list[Outcome] = [
        outcome.model_copy(update={"why": reasons[outcome.id].sentence}) for outcome in plan.requirements
    ]
    return plan.model_copy(update={"requirements": outcomes})


def totals_of(problem: Problem, score: Sequence[float], listing: Listing) -> Totals:
    """Totals from the decoder's own score, for progress while a search runs."""
    order = ("undelivered", "missed", "weighted_lateness", "cost", "moving_h", "closure_h")
    if problem.goal == "closure":
        order = ("undelivered", "missed", "closure_h", "weighted_lateness", "cost", "moving_h")
    values: dict[str, Any] = dict(zip(order, map(float, score), strict=True))
    if values["closure_h"] == float("-inf"):
        values["closure_h"] = None
    sorties = int((listing.visit_f[:, N_LEFT] < listing.visit_f[:, N_ARRIVE]).sum())
    return Totals.model_construct(**values, sorties=sorties)
