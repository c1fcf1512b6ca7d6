"""Cross-checks of slots, fleets and flows by the planning formulas: what cannot be on the average.

Each looks only at requirements that nothing but the mode in question can serve, takes the most favourable
vehicle, and allows the time from the first unit ready to the due hour: what it finds, no plan can do, as far
as its formula holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from standto.force.checks.lift import slots
from standto.force.checks.subject import Finding, Subject, check
from standto.force.planning import (
    TRAINS_A_DAY_DOUBLE_TRACK,
    cycle_h,
    end_delivery_t_per_day,
    fleet_capability_t_per_day,
    missions,
    net_division_t_per_day,
    pass_time_h,
    road_space_km,
    rolling_stock,
    station_throughput_t_per_day,
)
from standto.force.tables import ScenarioFleet, ScenarioPlace, ScenarioRequirement

CIRCUITY = {"air": 1.0, "rail": 1.35, "road": 1.25}
FIX = "check the figures; else expect late arrivals"


@dataclass(frozen=True, slots=True)
class Flow:
    """One requirement as a flow: what must arrive, from when, until when."""

    requirement: ScenarioRequirement
    origin: ScenarioPlace
    destination: ScenarioPlace
    ready_h: float
    tonnes: float
    people: int
    lift: tuple[ScenarioFleet, ...]


def _flows(subject: Subject, mode: str) -> list[Flow]:
    """The requirements with cargo or people that only one mode can serve, by due hour."""
    flows = []
    for requirement in subject.scenario.requirements:
        unit = subject.units[requirement.unit]
        origin = subject.places[requirement.origin or unit.home]
        destination = subject.places[requirement.destination]
        usable = {
            fleet.mode for fleet in subject.lift(requirement) if slots(destination, fleet.mode) is not None
        }
        if subject.driving(requirement) and slots(destination, "road") is not None:
            usable.add("road")
        if usable != {mode} or origin.id == destination.id:
            continue
        tonnes = sum(row.count * row.mass_t for row in subject.cargo(requirement)) * requirement.share
        lift = tuple(fleet for fleet in subject.lift(requirement) if fleet.mode == mode)
        people = subject.people(requirement)
        ready_h = subject.ready[unit.id].ready_h
        flows.append(Flow(requirement, origin, destination, ready_h, tonnes, people, lift))
    return sorted(flows, key=lambda flow: flow.requirement.due_h)


def _by_destination(flows: Iterable[Flow]) -> dict[str, list[Flow]]:
    found: dict[str, list[Flow]] = {}
    for flow in flows:
        found.setdefault(flow.destination.id, []).append(flow)
    return found


def _worst(flows: Sequence[Flow], t_per_day: float) -> tuple[float, float, float] | None:
    """Due hour, tonnes wanted by then and tonnes possible by then, where the excess is largest."""
    first_h = min(flow.ready_h for flow in flows)
    wanted, worst = 0.0, None
    for flow in flows:
        wanted += flow.tonnes
        possible = t_per_day * max(0.0, flow.requirement.due_h - first_h) / 24
        if wanted > possible + 1e-6 and (worst is None or wanted - possible > worst[1] - worst[2]):
            worst = (flow.requirement.due_h, wanted, possible)
    return worst


def _km(subject: Subject, flow: Flow, mode: str) -> float:
    """Kilometres of a flow: the link given, else the great circle times the mode's circuity."""
    from standto.geo.places import find_place
    from standto.geo.ways import great_circle_km

    pair = {flow.origin.id, flow.destination.id}
    for link in subject.scenario.links:
        if link.mode == mode and {link.origin, link.destination} == pair and link.km:
            return link.km
    ends = (flow.origin.at or flow.origin.id, flow.destination.at or flow.destination.id)
    return great_circle_km(find_place(ends[0]), find_place(ends[1])) * CIRCUITY[mode]


@check("warning", sound=True)
def airfield_throughput(subject: Subject) -> Iterator[Finding]:
    """The slots of an airfield that only aircraft reach can work the tonnes wanted there by each due hour.

    Station throughput, formula 9.0 of AFPAM 10-1403 (2018), with the best payload per hour of unloading.
    """
    for place, flows in _by_destination(_flows(subject, "air")).items():
        mog = slots(flows[0].destination, "air") or -1
        carriers = [fleet for flow in flows for fleet in flow.lift if fleet.tonnes and fleet.unload_h]
        if mog < 0 or not carriers:
            continue
        best = max(carriers, key=lambda fleet: fleet.tonnes / fleet.unload_h)
        hours = flows[0].destination.operating_h_per_day
        t_per_day = station_throughput_t_per_day(mog, best.tonnes, hours, best.unload_h)
        worst = _worst(flows, t_per_day)
        if worst:
            sorties = missions(worst[1], best.tonnes)
            message = (
                f"the {mog} air slots at {place} work at most {t_per_day:,.0f} t a day "
                f"(planning formula); {worst[1]:,.0f} t ({sorties:,} {best.id} sorties) are wanted "
                f"by hour {worst[0]:g}, {worst[2]:,.0f} t are possible"
            )
            yield Finding(flows[0].destination, "air_slots", message, FIX)


@check("warning", sound=True)
def airlift_capability(subject: Subject) -> Iterator[Finding]:
    """The aircraft together can carry by each due hour what only aircraft can bring.

    Fleet capability by AFPAM 10-1403: payload x aircraft x flying hours a day / round-trip flying time over
    the shortest of the distances, the flying hours limited by the cycle time.
    """
    flows = [flow for flow in _flows(subject, "air") if flow.tonnes]
    if not flows:
        return
    km = min(_km(subject, flow, "air") for flow in flows)
    t_per_day = 0.0
    for fleet in {fleet.id: fleet for flow in flows for fleet in flow.lift}.values():
        flying_h = 2 * km / fleet.kmh
        if not fleet.tonnes or not flying_h:
            continue
        most = 24 * flying_h / cycle_h(flying_h, fleet.load_h + fleet.unload_h)
        use = min(most, fleet.use_h_per_day or most)
        t_per_day += fleet_capability_t_per_day(fleet.tonnes, sum(fleet.bases.values()), use, flying_h)
    worst = _worst(flows, t_per_day)
    if worst and t_per_day:
        late = next(flow for flow in flows if flow.requirement.due_h == worst[0])
        message = (
            f"all aircraft together carry at most {t_per_day:,.0f} t a day over {km:,.0f} km "
            f"(planning formula); {worst[1]:,.0f} t are wanted by hour {worst[0]:g}, "
            f"{worst[2]:,.0f} t are possible"
        )
        yield Finding(late.requirement, "due_h", message, FIX)


@check("warning", sound=True)
def rail_throughput(subject: Subject) -> Iterator[Finding]:
    """Ramps and a double-track line bring by each due hour what only trains can bring to a place.

    Net division tonnage and end delivery tonnage, TR0603 paragraphs 2.13-2.16, with 30 trains a day for the
    line; trains full of people take the place of freight trains.
    """
    for place, flows in _by_destination(_flows(subject, "rail")).items():
        trains = [fleet for flow in flows for fleet in flow.lift if fleet.tonnes]
        if not trains:
            continue
        best = max(trains, key=lambda fleet: fleet.tonnes)
        ramps = slots(flows[0].destination, "rail") or -1
        worked = ramps * 24 / best.unload_h if ramps > 0 and best.unload_h else float("inf")
        days = max(1.0, (flows[-1].requirement.due_h - min(flow.ready_h for flow in flows)) / 24)
        coaches = [fleet.seats for flow in flows for fleet in flow.lift if fleet.seats and not fleet.tonnes]
        people = missions(sum(flow.people for flow in flows), max(coaches)) / days if coaches else 0.0
        line = net_division_t_per_day(best.tonnes, TRAINS_A_DAY_DOUBLE_TRACK, people)
        t_per_day = end_delivery_t_per_day(line, net_division_t_per_day(best.tonnes, worked))
        worst = _worst(flows, t_per_day)
        if worst:
            message = (
                f"ramps and line to {place} bring at most {t_per_day:,.0f} t a day by the planning formula; "
                f"{worst[1]:,.0f} t are wanted by hour {worst[0]:g}, {worst[2]:,.0f} t are possible"
            )
            yield Finding(flows[0].destination, "rail_slots", message, FIX)


@check("warning", sound=True)
def rolling_stock_short(subject: Subject) -> Iterator[Finding]:
    """There are trains enough, with a tenth in reserve, for what only trains can bring by the last due hour.

    One day's dispatch x turnaround x 1.10: TR0603, pages 102-103 of the public copy.
    """
    flows = [flow for flow in _flows(subject, "rail") if flow.tonnes]
    fleets = {fleet.id: fleet for flow in flows for fleet in flow.lift if fleet.tonnes}
    if not fleets:
        return
    best = max(fleets.values(), key=lambda fleet: fleet.tonnes)
    days = (flows[-1].requirement.due_h - min(flow.ready_h for flow in flows)) / 24
    loads = missions(sum(flow.tonnes for flow in flows), best.tonnes)
    km = min(_km(subject, flow, "rail") for flow in flows)
    turnaround_days = cycle_h(2 * km / best.kmh, best.load_h + best.unload_h) / 24
    have = sum(sum(fleet.bases.values()) for fleet in fleets.values())
    need = rolling_stock(loads / days, turnaround_days) if days > 0 else loads
    if min(need, loads) > have:
        message = (
            f"{loads} trainloads in {max(days, 0):.1f} days with a turnaround of {turnaround_days:.1f} days "
            f"keep {min(need, loads)} trains busy (planning formula); there are {have}"
        )
        yield Finding(best, "bases", message, FIX)


@check("warning", sound=True)
def march_pass_time(subject: Subject) -> Iterator[Finding]:
    """A unit that drives itself can have passed by its due hour, with a column as long as its vehicles need.

    Road space at ten vehicles a kilometre and pass time, ST 100-3 paragraph 8-1; movement plans leave
    the length of columns out.
    """
    for flow in _flows(subject, "road"):
        unit = subject.units[flow.requirement.unit]
        if not unit.march_kmh:
            continue
        vehicles = sum(row.count for row in subject.driving(flow.requirement)) * flow.requirement.share
        passing_h = pass_time_h(road_space_km(vehicles), unit.march_kmh)
        driving_h = _km(subject, flow, "road") / unit.march_kmh
        close_h = flow.ready_h + driving_h + passing_h
        if close_h > flow.requirement.due_h:
            message = (
                f"{vehicles:,.0f} vehicles of {unit.id} drive some {driving_h:,.0f} h and take "
                f"{passing_h:.1f} h to pass; ready at hour {flow.ready_h:g}, they close at about "
                f"{close_h:,.0f}, due at {flow.requirement.due_h:g}"
            )
            yield Finding(flow.requirement, "due_h", message, FIX)
