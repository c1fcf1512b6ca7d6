"""The tables behind a brief: problem, plan, bound, cases; what was not given has no table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from standto.advise.in_place import landings
from standto.brief.evidence.cases import (
    bottlenecks_table,
    cases_table,
    cures_table,
    decisions_table,
    gains_table,
)
from standto.brief.evidence.scenario import origins, scenario_tables
from standto.brief.evidence.table import Table, columns
from standto.brief.page import BriefInput
from standto.move.plan import Plan, Stop
from standto.move.problem import Place, Problem

if TYPE_CHECKING:
    from standto.advise.use import Use
    from standto.brief.sheet import Sheet

H = "h after C-hour"


def evidence_tables(sheet: Sheet) -> Iterator[Table]:
    """Every table that figures of this brief point into."""
    given = sheet.given
    yield _requirements(given)
    yield _places(given.problem)
    yield _fleets(given.problem)
    yield _outcomes(sheet)
    yield landings_table("plan", "Unloadings at the destination", "plan", given.problem, given.plan)
    yield _stops(given.problem, given.plan)
    yield _use(sheet.use)
    if sheet.bound is not None:
        yield _bound(sheet)
    if given.bound is not None and (given.bound.bottlenecks or given.cures):
        yield bottlenecks_table(given)
    if given.cures:
        yield cures_table(given)
    compared = sheet.without
    if compared is not None:
        title = f"Unloadings without {sheet.alerts}"
        home = f"the plan without {sheet.alerts}"
        yield landings_table("without", title, home, compared.problem, compared.plan)
    if given.value is not None:
        yield cases_table(given)
        yield gains_table(given)
    if given.decisions:
        yield decisions_table(given)
    if given.scenario is not None:
        yield from scenario_tables(given.scenario)


def _requirements(given: BriefInput) -> Table:
    known = origins(given.scenario, given.problem) if given.scenario is not None else {}
    heads = columns(
        "id",
        "unit",
        "nation",
        "domain",
        ("people", "people"),
        ("tonnes", "tonnes", "t"),
        ("origin", "from", "", "problem.places"),
        ("destination", "to", "", "problem.places"),
        ("available_h", "ready", H),
        ("due_h", "due", H),
        ("hard_h", "last hour that counts", H),
        "weight",
        "assumed",
        *((("row", "row of requirements", "", "scenario.requirements"),) if known else ()),
        *((("unit_row", "row of units", "", "scenario.units"),) if known else ()),
    )
    rows = [
        (
            one.id,
            one.unit,
            one.nation,
            one.domain,
            one.pax,
            one.tonnes,
            one.origin,
            one.destination,
            one.available_h,
            one.due_h,
            one.hard_h,
            one.weight,
            one.assumed,
            *(known.get(one.id, ("", "")) if known else ()),
        )
        for one in given.problem.requirements
    ]
    return Table("problem.requirements", "What was asked for", "problem, requirements", heads, rows)


def _places(problem: Problem) -> Table:
    heads = columns(
        "id", "name", "country", "slots", ("transfer_h", "transfer", "h"), "lat", "lon", "assumed"
    )
    rows = [
        (one.id, one.name, one.country, _slots(one), one.transfer_h, one.lat, one.lon, one.assumed)
        for one in problem.places
    ]
    return Table("problem.places", "Places", "problem, places", heads, rows)


def _slots(place: Place) -> str:
    return ", ".join(f"{mode} {'any' if number is None else number}" for mode, number in place.slots.items())


def _fleets(problem: Problem) -> Table:
    heads = columns(
        "id",
        "name",
        "owner",
        "mode",
        ("count", "vehicles"),
        "seats",
        ("tonnes", "tonnes", "t"),
        ("kmh", "speed", "km/h"),
        ("range_km", "range", "km"),
        ("load_h", "loading", "h"),
        ("unload_h", "unloading", "h"),
        ("use_h_per_day", "moving hours", "h/day"),
        ("available_h", "available", H),
        "assumed",
    )
    rows = [
        (
            one.id,
            one.name,
            one.owner,
            one.mode,
            one.count,
            one.seats,
            one.tonnes,
            one.kmh,
            one.range_km,
            one.load_h,
            one.unload_h,
            one.use_h_per_day,
            one.available_h,
            one.assumed,
        )
        for one in problem.fleets
    ]
    return Table("problem.fleets", "Fleets", "problem, fleets", heads, rows)


def _outcomes(sheet: Sheet) -> Table:
    """What became of each requirement, with its destination, weight and earliest close beside it."""
    bound = sheet.given.bound
    earliest = bound.earliest_h if bound is not None else {}
    heads = columns(
        ("id", "id", "", "problem.requirements"),
        ("destination", "destination", "", "problem.places"),
        "nation",
        "domain",
        ("due_h", "due", H),
        ("close_h", "closes", H),
        ("late_h", "late", "h"),
        "weight",
        ("weighted_late", "weighted hours late", "weight x h"),
        ("people", "people"),
        ("tonnes", "tonnes", "t"),
        ("missing", "people not delivered"),
        ("missing_t", "tonnes not delivered", "t"),
        *((("earliest_h", "no plan closes it before", H),) if earliest else ()),
    )
    rows = []
    for one in sheet.given.plan.requirements:
        wanted = sheet.requirements[one.id]
        rows.append(
            (
                one.id,
                wanted.destination,
                wanted.nation,
                wanted.domain,
                wanted.due_h,
                one.close_h,
                one.late_h,
                wanted.weight,
                wanted.weight * one.late_h,
                wanted.pax,
                wanted.tonnes,
                one.undelivered.pax,
                sum(one.undelivered.cargo.values()),
                *((earliest.get(one.id),) if earliest else ()),
            )
        )
    return Table("plan.requirements", "What became of it", "plan, requirements", heads, rows)


def landings_table(key: str, title: str, home: str, problem: Problem, plan: Plan) -> Table:
    """Every unloading at a destination; leaving it again counts below 0."""
    heads = columns(
        ("hour", "unloaded", H),
        ("requirement", "requirement", "", "problem.requirements"),
        "people",
        ("tonnes", "tonnes", "t"),
        ("vehicle", "vehicle", "", "plan.vehicle" if key == "plan" else ""),
        "nation",
        "domain",
    )
    wanted = {one.id: (one.nation, one.domain) for one in problem.requirements}
    rows = [
        (one.hour, one.requirement, one.people, one.tonnes, one.vehicle, *wanted[one.requirement])
        for one in landings(problem, plan)
    ]
    return Table(f"{key}.landings", title, f"{home}, stops", heads, rows)


def _stops(problem: Problem, plan: Plan) -> Table:
    modes = {fleet.id: fleet.mode for fleet in problem.fleets}
    heads = columns(
        ("vehicle", "vehicle", "", "plan.vehicle"),
        ("stop", "stop"),
        ("fleet", "fleet", "", "problem.fleets"),
        "mode",
        ("place", "place", "", "problem.places"),
        ("arrive_h", "arrives", H, "", "<depart_h"),
        ("start_h", "work starts", H, "", "arrive_h"),
        ("end_h", "work ends", H, "", "start_h"),
        ("depart_h", "departs", H, "", "end_h"),
        ("to", "for", "", "problem.places"),
        ("off", "people off"),
        ("off_t", "tonnes off", "t"),
        ("on", "people on"),
        ("on_t", "tonnes on", "t"),
        ("aboard", "people aboard then"),
        ("aboard_t", "tonnes aboard then", "t"),
        ("carries", "of requirements", "", "problem.requirements"),
    )
    rows: list[tuple[Any, ...]] = []
    for vehicle in plan.vehicles:
        mode = modes.get(vehicle.fleet, "")
        pax, mass = 0, 0.0
        following = [*(stop.place for stop in vehicle.stops[1:]), ""]
        for number, (stop, to) in enumerate(zip(vehicle.stops, following, strict=True), start=1):
            off, off_t, on, on_t = _loads(stop)
            pax, mass = pax + on - off, max(0.0, mass + on_t - off_t)
            who = (vehicle.id, number, vehicle.fleet, mode, stop.place)
            hours = (stop.arrive_h, stop.start_h, stop.end_h, stop.depart_h)
            carried = sorted({lot.requirement for lot in (*stop.unload, *stop.load)})
            rows.append((*who, *hours, to, off, off_t, on, on_t, pax, mass, carried))
    return Table("plan.stops", "Stops of the plan", "plan, vehicles, stops", heads, rows)


def _loads(stop: Stop) -> tuple[int, float, int, float]:
    return (
        sum(lot.pax for lot in stop.unload),
        sum(sum(lot.cargo.values()) for lot in stop.unload),
        sum(lot.pax for lot in stop.load),
        sum(sum(lot.cargo.values()) for lot in stop.load),
    )


def _use(uses: Iterable[Use]) -> Table:
    heads = columns(
        "id",
        "kind",
        "mode",
        ("number", "slots or vehicles"),
        ("peak", "most in use at once"),
        ("busy_h", "in use", "slot or vehicle hours"),
        ("full_h", "all in use", "h"),
    )
    rows = [
        (
            f"{one.id}/{one.mode}" if one.kind == "slots" else one.id,
            one.kind,
            one.mode,
            "any" if one.number is None else one.number,
            one.peak,
            one.busy_h,
            one.full_h,
        )
        for one in uses
    ]
    return Table("use", "Use of slots and fleets", "worked out from the stops of the plan", heads, rows)


def _bound(sheet: Sheet) -> Table:
    bound, given = sheet.bound, sheet.given.bound
    assert bound is not None
    rows: list[tuple[Any, ...]] = [
        ("closure_h", bound.closure_h),
        ("weighted_lateness", bound.weighted_lateness),
        ("method", bound.method),
        ("seconds", bound.seconds),
    ]
    if given is not None:
        rows.append(("reason", given.reason))
        if given.left_out:
            rows.append(("left_out", ", ".join(given.left_out)))
    return Table("bound", "The bound", "plan, bound", columns("id", "value"), rows)
