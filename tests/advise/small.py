"""Problems and plans small enough to be added up by hand.

One aircraft flies 500 km legs at 100 km/h between A and B: 5 h each way, an hour to load and one to unload.
"""

from __future__ import annotations

from typing import Any

from standto.move.bound import Bound
from standto.move.check import check, score
from standto.move.plan import Lot, Plan, Stop, Vehicle
from standto.move.problem import About, Fleet, Link, Place, Problem, Requirement

EPOCH = "2022-02-25T18:00:00+00:00"


def unit(name: str, ready_h: float, *, pax: int = 100, due_h: float = 0.0, **more: Any) -> Requirement:
    """People from A to B, one aircraft load by default."""
    values: dict[str, Any] = {"cargo": {}, "origin": "A", "destination": "B", "unit": name}
    return Requirement(id=name, pax=pax, available_h=ready_h, due_h=due_h, **{**values, **more})


def aircraft(count: int = 1, name: str = "C", **more: Any) -> Fleet:
    """Aircraft of 100 seats and 50 t, based at A."""
    values: dict[str, Any] = {"mode": "air", "base": "A", "seats": 100, "tonnes": 50.0, "classes": ["bulk"]}
    work = {"kmh": 100.0, "load_h": 1.0, "unload_h": 1.0, "service_h": 0.5}
    return Fleet(id=name, count=count, **{**values, **work, **more})


def move(
    *units: Requirement, fleets: list[Fleet] | None = None, slots: int | None = None, **more: Any
) -> Problem:
    """These units to be lifted from A to B, by one aircraft by default."""
    values: dict[str, Any] = {
        "epoch": EPOCH,
        "places": [Place(id="A", slots={"air": slots}), Place(id="B", slots={"air": slots})],
        "links": [Link(origin="A", destination="B", mode="air", km=500.0)],
        "fleets": fleets if fleets is not None else [aircraft()],
        "requirements": list(units),
        "about": About(kind="exercise", banner="made by hand"),
    }
    return Problem(**{**values, **more})


def lot(name: str, pax: int = 100, **cargo: float) -> Lot:
    """Part of a requirement on board."""
    return Lot(requirement=name, pax=pax, cargo=cargo)


def shuttle(problem: Problem, *loads: tuple[float, list[Lot]], vehicle: str = "C#1") -> Vehicle:
    """One aircraft that loads at A from each given hour on, flies to B, unloads at once and comes back."""
    fleet = next(item for item in problem.fleets if item.id == vehicle.partition("#")[0])
    at = fleet.available_h
    stops = []
    for number, (load_h, lots) in enumerate(loads):
        up = load_h + 1
        stops.append(stop("A", at, load_h, up, up, load=lots))
        last = number == len(loads) - 1
        stops.append(stop("B", up + 5, up + 5, up + 6, None if last else up + 6, unload=lots))
        at = up + 11
    return Vehicle(id=vehicle, fleet=fleet.id, base="A", stops=stops)


def stop(
    place: str,
    arrive_h: float,
    start_h: float,
    end_h: float,
    depart_h: float | None,
    *,
    unload: list[Lot] | None = None,
    load: list[Lot] | None = None,
) -> Stop:
    """A stop written out."""
    return Stop(
        place=place,
        arrive_h=arrive_h,
        start_h=start_h,
        end_h=end_h,
        depart_h=depart_h,
        unload=unload or [],
        load=load or [],
    )


def plan_of(problem: Problem, *vehicles: Vehicle) -> Plan:
    """A plan of these vehicles, scored; it must keep every rule."""
    outcomes, totals = score(problem, vehicles)
    plan = Plan(
        problem=problem.sha256,
        vehicles=list(vehicles),
        requirements=outcomes,
        totals=totals,
        made_by={"by": "hand"},
    )
    verdict = check(problem, plan)
    assert verdict.ok, [str(item) for item in verdict.violations]
    return plan


def bound_at(closure_h: float | None, *, lateness: float = 0.0, left_out: tuple[str, ...] = ()) -> Bound:
    """A bound stated by hand."""
    return Bound(closure_h, lateness, {}, left_out, "by hand", 0.0)
