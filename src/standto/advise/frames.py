"""A plan as Polars frames, for notebooks: requirements, stops, legs, who is in place when, readiness.

Hours count from the problem's epoch; masses are metric tonnes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from standto.advise.in_place import in_place, in_place_by
from standto.move.plan import Lot, Plan
from standto.move.problem import Problem, Requirement

if TYPE_CHECKING:
    import polars as pl

Rows = list[dict[str, Any]]


def requirements_frame(problem: Problem, plan: Plan) -> pl.DataFrame:
    """One row per requirement: what it moves, when it is ready, due and in place, and what bound it."""
    import polars as pl

    outcomes = {outcome.id: outcome for outcome in plan.requirements}
    rows: Rows = []
    for item in problem.requirements:
        outcome = outcomes[item.id]
        rows.append(
            {
                **_who(item),
                "origin": item.origin,
                "destination": item.destination,
                "people": item.pax,
                "tonnes": item.tonnes,
                "weight": item.weight,
                "ready_h": item.available_h,
                "due_h": item.due_h,
                "hard_h": item.hard_h,
                "close_h": outcome.close_h,
                "late_h": outcome.late_h,
                "people_undelivered": outcome.undelivered.pax,
                "tonnes_undelivered": float(sum(outcome.undelivered.cargo.values())),
                "why": outcome.why,
            }
        )
    text = dict.fromkeys(("requirement", "unit", "nation", "domain", "origin", "destination"), pl.String)
    hours = dict.fromkeys(("ready_h", "due_h", "hard_h", "close_h", "late_h"), pl.Float64)
    load = {"people": pl.Int64, "tonnes": pl.Float64, "weight": pl.Float64}
    left = {"people_undelivered": pl.Int64, "tonnes_undelivered": pl.Float64, "why": pl.String}
    return pl.DataFrame(rows, schema={**text, **load, **hours, **left})


def stops_frame(problem: Problem, plan: Plan) -> pl.DataFrame:
    """One row per stop of every vehicle, with what comes off, what goes on, and what leaves aboard."""
    import polars as pl

    fleets = {fleet.id: fleet for fleet in problem.fleets}
    rows: Rows = []
    for vehicle in plan.vehicles:
        people, tonnes = 0, 0.0
        for number, stop in enumerate(vehicle.stops, start=1):
            people_off, tonnes_off = _load(stop.unload)
            people_on, tonnes_on = _load(stop.load)
            people, tonnes = people + people_on - people_off, tonnes + tonnes_on - tonnes_off
            rows.append(
                {
                    "vehicle": vehicle.id,
                    "fleet": vehicle.fleet,
                    "mode": fleets[vehicle.fleet].mode,
                    "stop": number,
                    "place": stop.place,
                    "arrive_h": stop.arrive_h,
                    "start_h": stop.start_h,
                    "end_h": stop.end_h,
                    "depart_h": stop.depart_h,
                    "people_off": people_off,
                    "tonnes_off": tonnes_off,
                    "people_on": people_on,
                    "tonnes_on": tonnes_on,
                    "people_aboard": people,
                    "tonnes_aboard": _clean(tonnes),
                }
            )
    named = {"vehicle": pl.String, "fleet": pl.String, "mode": pl.String, "stop": pl.Int64}
    hours = dict.fromkeys(("arrive_h", "start_h", "end_h", "depart_h"), pl.Float64)
    loads = {
        f"{what}_{side}": pl.Int64 if what == "people" else pl.Float64
        for side in ("off", "on", "aboard")
        for what in ("people", "tonnes")
    }
    return pl.DataFrame(rows, schema={**named, "place": pl.String, **hours, **loads})


def legs_frame(problem: Problem, plan: Plan) -> pl.DataFrame:
    """One row per leg moved (a sortie): from where to where, how far, how long, at what cost, what aboard."""
    import polars as pl

    from standto.move.check.index import Index
    from standto.move.check.score import way_taken

    index = Index(problem)
    rows: Rows = []
    for vehicle in plan.vehicles:
        fleet = index.fleets[vehicle.fleet]
        people, tonnes = 0, 0.0
        for stop, then in zip(vehicle.stops, vehicle.stops[1:], strict=False):
            off, on = _load(stop.unload), _load(stop.load)
            people, tonnes = people + on[0] - off[0], tonnes + on[1] - off[1]
            if stop.place == then.place:
                continue
            km, hours = way_taken(index, fleet, stop, then)
            rows.append(
                {
                    "vehicle": vehicle.id,
                    "fleet": vehicle.fleet,
                    "mode": fleet.mode,
                    "origin": stop.place,
                    "destination": then.place,
                    "depart_h": stop.depart_h,
                    "arrive_h": then.arrive_h,
                    "moving_h": hours,
                    "km": km,
                    "cost": km * fleet.cost_per_km,
                    "people": people,
                    "tonnes": _clean(tonnes),
                }
            )
    text = dict.fromkeys(("vehicle", "fleet", "mode", "origin", "destination"), pl.String)
    numbers = dict.fromkeys(("depart_h", "arrive_h", "moving_h", "km", "cost"), pl.Float64)
    return pl.DataFrame(rows, schema={**text, **numbers, "people": pl.Int64, "tonnes": pl.Float64})


def in_place_frame(
    problem: Problem, plan: Plan, *, by: Callable[[Requirement], str] | None = None
) -> pl.DataFrame:
    """People and tonnes at their destination over time, one row per hour at which the number changes.

    Parameters
    ----------
    problem, plan
        A plan and the problem it was made for.
    by
        Splits the rows into groups, such as `lambda requirement: requirement.nation`.
    """
    import polars as pl

    groups = in_place_by(problem, plan, by) if by else {"": in_place(problem, plan)}
    rows = [
        {"group": name, "hour": step.hour, "people": step.people, "tonnes": step.tonnes}
        for name, steps in groups.items()
        for step in steps
    ]
    numbers = {"hour": pl.Float64, "people": pl.Int64, "tonnes": pl.Float64}
    frame = pl.DataFrame(rows, schema={"group": pl.String, **numbers})
    return frame if by else frame.drop("group")


def readiness_frame(problem: Problem, plan: Plan) -> pl.DataFrame:
    """One row per requirement: ready, first loaded, in place, and the hours between.

    `wait_h` is from ready to the first loading, `way_h` from there to in place; both are empty where nothing
    was loaded.
    """
    import polars as pl

    from standto.move.check.work import loading_begins_h

    fleets = {fleet.id: fleet for fleet in problem.fleets}
    first: dict[str, float] = {}
    for vehicle in plan.vehicles:
        for stop in vehicle.stops:
            begins_h = loading_begins_h(fleets[vehicle.fleet], stop)
            for lot in stop.load:
                first[lot.requirement] = min(begins_h, first.get(lot.requirement, begins_h))
    closes = {outcome.id: outcome.close_h for outcome in plan.requirements}
    rows: Rows = []
    for item in problem.requirements:
        loaded_h, close_h = first.get(item.id), closes[item.id]
        rows.append(
            {
                **_who(item),
                "people": item.pax,
                "ready_h": item.available_h,
                "loaded_h": loaded_h,
                "close_h": close_h,
                "wait_h": None if loaded_h is None else loaded_h - item.available_h,
                "way_h": None if loaded_h is None or close_h is None else close_h - loaded_h,
            }
        )
    text = dict.fromkeys(("requirement", "unit", "nation", "domain"), pl.String)
    hours = dict.fromkeys(("ready_h", "loaded_h", "close_h", "wait_h", "way_h"), pl.Float64)
    return pl.DataFrame(rows, schema={**text, "people": pl.Int64, **hours})


def _who(item: Requirement) -> dict[str, str]:
    return {"requirement": item.id, "unit": item.unit, "nation": item.nation, "domain": item.domain}


def _load(lots: list[Lot]) -> tuple[int, float]:
    return sum(lot.pax for lot in lots), float(sum(sum(lot.cargo.values()) for lot in lots))


def _clean(tonnes: float) -> float:
    """What adding and taking away leaves of nothing is nothing."""
    return 0.0 if abs(tonnes) < 1e-9 else tonnes
