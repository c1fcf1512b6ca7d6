"""What a plan achieves, recomputed from its stops alone: closings, what is left, and the sums.

What counts as delivered is what stands on the ground at the destination when the plan ends. What is loaded
there again and not brought back, and what is still aboard a vehicle after its last stop, is undelivered.
A requirement that is all there closes with the last unloading of it at its destination; where nothing had to
be unloaded, because there is nothing to move or because it starts there, it closes at `available_h`.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum

from standto.move.check.index import PAX, Index, Leg, within_range
from standto.move.check.work import on_ground_h
from standto.move.plan import Lot, Outcome, Stop, Totals, Undelivered, Vehicle
from standto.move.problem import TOLERANCE, Fleet, Problem, Requirement


def score(problem: Problem, vehicles: Sequence[Vehicle]) -> tuple[list[Outcome], Totals]:
    """What these vehicles achieve: one outcome per requirement in the problem's order, and the totals.

    Broken plans are scored too: stops of unknown fleets and lots of unknown requirements count for nothing.
    `Outcome.why` is left empty.
    """
    return score_indexed(Index(problem), vehicles)


def score_indexed(index: Index, vehicles: Sequence[Vehicle]) -> tuple[list[Outcome], Totals]:
    """`score` for a problem that is indexed already."""
    arrived, last_h = _deliveries(index, vehicles)
    outcomes = [
        _outcome(item, index.demand[item.id], arrived[item.id], last_h.get(item.id))
        for item in index.problem.requirements
    ]
    return outcomes, _totals(index, outcomes, vehicles)


def _deliveries(
    index: Index, vehicles: Sequence[Vehicle]
) -> tuple[dict[str, dict[str, float]], dict[str, float]]:
    arrived: dict[str, dict[str, float]] = {}
    for item in index.problem.requirements:
        starts_there = item.origin == item.destination
        arrived[item.id] = dict(index.demand[item.id]) if starts_there else {}
    last_h: dict[str, float] = {}
    for vehicle in vehicles:
        fleet = index.fleets.get(vehicle.fleet)
        if fleet is None:
            continue
        for stop in vehicle.stops:
            for lot in stop.unload:
                if _ends_at(index, lot, stop):
                    _add(arrived[lot.requirement], lot, 1)
                    if lot.pax or any(lot.cargo.values()):
                        hour = on_ground_h(fleet, stop)
                        last_h[lot.requirement] = max(hour, last_h.get(lot.requirement, hour))
            for lot in stop.load:
                if _ends_at(index, lot, stop):
                    _add(arrived[lot.requirement], lot, -1)
    return arrived, last_h


def _ends_at(index: Index, lot: Lot, stop: Stop) -> bool:
    requirement = index.requirements.get(lot.requirement)
    return requirement is not None and requirement.destination == stop.place


def _add(amounts: dict[str, float], lot: Lot, sign: int) -> None:
    if lot.pax:
        amounts[PAX] = amounts.get(PAX, 0.0) + sign * lot.pax
    for name, tonnes in lot.cargo.items():
        amounts[name] = amounts.get(name, 0.0) + sign * tonnes


def _outcome(
    requirement: Requirement, demand: dict[str, float], arrived: dict[str, float], last_h: float | None
) -> Outcome:
    left = {name: min(amount - arrived.get(name, 0.0), amount) for name, amount in demand.items()}
    pax = max(0, round(left.pop(PAX, 0.0)))
    cargo = {name: tonnes for name, tonnes in left.items() if tonnes > TOLERANCE}
    there_h = requirement.available_h if last_h is None else last_h
    close_h = None if pax or cargo else there_h
    late_h = max(0.0, close_h - requirement.due_h) if close_h is not None else 0.0
    undelivered = Undelivered(pax=pax, cargo=cargo)
    return Outcome(id=requirement.id, close_h=close_h, late_h=late_h, undelivered=undelivered, why="")


def _totals(index: Index, outcomes: Sequence[Outcome], vehicles: Sequence[Vehicle]) -> Totals:
    undelivered, missed, lateness = [], [], []
    for item, outcome in zip(index.problem.requirements, outcomes, strict=True):
        left = outcome.undelivered
        undelivered.append((left.pax + fsum(left.cargo.values())) * item.weight)
        lateness.append(outcome.late_h * item.weight)
        if item.hard_h is not None and (outcome.close_h is None or outcome.close_h > item.hard_h + TOLERANCE):
            missed.append(item.weight)
    cost, moving, sorties = [], [], 0
    for vehicle in vehicles:
        fleet = index.fleets.get(vehicle.fleet)
        for stop, then in zip(vehicle.stops, vehicle.stops[1:], strict=False):
            if fleet is None or stop.place == then.place:
                continue
            km, hours = way_taken(index, fleet, stop, then)
            cost.append(km * fleet.cost_per_km)
            moving.append(hours)
            sorties += 1
    return Totals(
        undelivered=fsum(undelivered),
        missed=fsum(missed),
        weighted_lateness=fsum(lateness),
        closure_h=max((item.close_h for item in outcomes if item.close_h is not None), default=None),
        cost=fsum(cost),
        moving_h=fsum(moving),
        sorties=sorties,
    )


def way_taken(index: Index, fleet: Fleet, stop: Stop, then: Stop) -> tuple[float, float]:
    """Kilometres and hours of a leg: of the links that fit it, the one with the fewest kilometres.

    Where none fits the hours are those stated and the kilometres those of the link nearest in hours, or 0.
    """
    stated = max(0.0, then.arrive_h - (stop.depart_h if stop.depart_h is not None else then.arrive_h))
    legs = index.legs(fleet, stop.place, then.place)
    for leg in legs:
        if stop.depart_h is not None and fits(fleet, leg, stop.depart_h, then.arrive_h):
            return leg.km, leg.hours
    nearest = min(legs, key=lambda leg: abs(leg.hours - stated), default=None)
    return (nearest.km if nearest else 0.0), stated


def fits(fleet: Fleet, leg: Leg, depart_h: float, arrive_h: float) -> bool:
    """Whether a departure and an arrival are those of a vehicle of the fleet on this leg."""
    return (
        leg.allowed
        and within_range(fleet, leg)
        and abs(arrive_h - depart_h - leg.hours) <= TOLERANCE
        and leg.is_open(depart_h)
    )
