"""Every figure of a brief worked out again, from plan, problem and scenario, by none of the brief's code.

Plans and problems are read as plain JSON, the scenario as CSV. A figure is recognised by its id; one that
no rule knows has no value here, and the test says so.
"""

from __future__ import annotations

import csv
import itertools
import json
import math
import re
from collections import defaultdict
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any

from standto.brief.page import BriefInput

Rule = Callable[..., float | None]
RULES: list[tuple[re.Pattern[str], Rule]] = []


def rule(pattern: str) -> Callable[[Rule], Rule]:
    """What works out the figures whose id matches."""

    def keep(function: Rule) -> Rule:
        RULES.append((re.compile(pattern), function))
        return function

    return keep


class Movement:
    """One problem and its plan as JSON, and what can be read off the stops."""

    def __init__(self, problem: dict[str, Any], plan: dict[str, Any]) -> None:
        self.problem, self.plan = problem, plan
        self.wanted = {one["id"]: one for one in problem["requirements"]}
        self.fleets = {one["id"]: one for one in problem["fleets"]}
        self.places = {one["id"]: one for one in problem["places"]}

    @classmethod
    def of(cls, problem: Any, plan: Any) -> Movement:
        return cls(json.loads(problem.to_bytes()), json.loads(plan.to_bytes()))

    def tonnes(self, name: str) -> float:
        return float(sum(self.wanted[name]["cargo"].values()))

    @cached_property
    def arrivals(self) -> list[tuple[float, str, int, float]]:
        """(hour on the ground, requirement, people, tonnes) of every unloading at a destination."""
        found = []
        for vehicle in self.plan["vehicles"]:
            fleet = self.fleets[vehicle["fleet"]]
            for stop in vehicle["stops"]:
                both = fleet.get("concurrent", False) and stop["load"]
                hours = max(fleet["unload_h"], fleet["load_h"]) if both else fleet["unload_h"]
                for lot in stop["unload"]:
                    if self.wanted[lot["requirement"]]["destination"] == stop["place"]:
                        mass = sum(lot["cargo"].values())
                        found.append((stop["start_h"] + hours, lot["requirement"], lot["pax"], mass))
        for one in self.wanted.values():
            if one["origin"] == one["destination"]:
                found.append((one["available_h"], one["id"], one["pax"], self.tonnes(one["id"])))
        return sorted(found)

    @cached_property
    def closes(self) -> dict[str, float]:
        """The last arrival of each requirement that arrives in full."""
        there: dict[str, list[tuple[float, str, int, float]]] = defaultdict(list)
        for arrival in self.arrivals:
            there[arrival[1]].append(arrival)
        found = {}
        for name, one in self.wanted.items():
            several = there[name]
            whole = sum(part[2] for part in several) >= one["pax"]
            if whole and sum(part[3] for part in several) >= self.tonnes(name) - 1e-5:
                found[name] = max((part[0] for part in several), default=one["available_h"])
        return found

    def late_h(self, name: str) -> float:
        return float(max(0.0, self.closes[name] - self.wanted[name]["due_h"]))

    @property
    def lateness(self) -> float:
        return float(sum(one.get("weight", 1.0) * self.late_h(name) for name, one in self.wanted.items()))

    @property
    def closure(self) -> float:
        return max(self.closes.values())

    def arrived(self, hour: float, what: str, group: tuple[str, str] | None = None) -> float:
        """People or tonnes there by an hour, of all or of one nation or domain."""
        return float(
            sum(
                part[2] if what == "people" else part[3]
                for part in self.arrivals
                if part[0] <= hour + 1e-6
                and (group is None or self.wanted[part[1]].get(group[0]) == group[1])
            )
        )

    def whole(self, what: str) -> float:
        return float(
            sum(one["pax"] if what == "people" else self.tonnes(one["id"]) for one in self.wanted.values())
        )


class Recompute:
    """The figures of one brief from what it was made from."""

    def __init__(self, given: BriefInput, folder: Path | None) -> None:
        self.given, self.folder = given, folder
        self.now = Movement.of(given.problem, given.plan)
        self.then: Movement | None = None
        if given.value is not None:
            self.cases = {
                "with": (
                    given.value.with_alerts,
                    Movement.of(given.value.with_alerts.problem, given.value.with_alerts.plan),
                ),
                "": (given.value.without, Movement.of(given.value.without.problem, given.value.without.plan)),
                **{
                    name: (case, Movement.of(case.problem, case.plan))
                    for name, case in given.value.left_out.items()
                },
            }
            self.then = self.cases[""][1]

    def rows(self, table: str) -> list[dict[str, str]]:
        """The rows of a table of the scenario folder."""
        assert self.folder is not None
        with (self.folder / f"{table}.csv").open(encoding="utf-8") as file:
            return list(csv.DictReader(file))

    def value(self, key: str) -> float | None:
        """The figure of an id.

        Raises
        ------
        KeyError
            If no rule knows the id.
        """
        for pattern, function in RULES:
            found = pattern.fullmatch(key)
            if found:
                return function(self, *found.groups())
        raise KeyError(key)


@rule(r"all\.(people|tonnes)")
def whole(of: Recompute, what: str) -> float:
    """From the scenario's own rows where there are any: strength times share, and what the unit holds."""
    if of.folder is None:
        return of.now.whole(what)
    units = {row["id"]: row for row in of.rows("units")}
    total = 0.0
    for row in of.rows("requirements"):
        unit, share = units[row["unit"]], float(row.get("share") or 1)
        if what == "people":
            total += float(row.get("pax") or float(unit["strength"]) * share)
            continue
        own = [one for one in of.rows("holdings") if one["holder"] == unit["id"]]
        for one in own or [one for one in of.rows("holdings") if one["holder"] == unit["type"]]:
            total += float(one["count"]) * float(one["mass_t"]) * share
    return total


@rule(r"all\.requirements")
def requirements(of: Recompute) -> float:
    return len(of.now.wanted)


@rule(r"closure(?:\.after)?")
def closure(of: Recompute) -> float:
    return of.now.closure


@rule(r"bound\.(?:closure|after)")
def bound(of: Recompute) -> float | None:
    assert of.given.bound is not None
    return of.given.bound.closure_h


@rule(r"bound\.gap")
def gap(of: Recompute) -> float:
    assert of.given.bound is not None
    assert of.given.bound.closure_h is not None
    return of.now.closure - of.given.bound.closure_h


@rule(r"close\.(.+)")
def close(of: Recompute, name: str) -> float:
    return of.now.closes[name]


@rule(r"due\.day-(\d+)\.people")
def due_by(of: Recompute, day: str) -> float:
    return float(sum(one["pax"] for one in of.now.wanted.values() if one["due_h"] <= 24 * float(day)))


@rule(r"due\.(.+)")
def due(of: Recompute, name: str) -> float:
    if of.folder is None:
        return float(of.now.wanted[name]["due_h"])
    base = name.removesuffix(".rest")
    return next(float(row["due_h"]) for row in of.rows("requirements") if row["id"] == base)


@rule(r"late\.count|late-or-not\.count")
def late_count(of: Recompute) -> float:
    return sum(of.now.late_h(name) > 1e-6 for name in of.now.wanted)


@rule(r"late\.(slots|lift|way|readiness|none|all)\.count")
def late_of_cause(of: Recompute, cause: str) -> float:
    """Told by the sentence that the plan itself carries where no reasons were given to the brief."""
    from standto.move.why import explain

    earliest = of.given.bound.earliest_h if of.given.bound is not None else None
    reasons = explain(of.given.problem, of.given.plan, earliest)
    return sum(of.now.late_h(name) > 1e-6 and reasons[name].cause == cause for name in of.now.wanted)


@rule(r"held\.(.+)")
def held(of: Recompute, name: str) -> float:
    from standto.move.why import explain

    earliest = of.given.bound.earliest_h if of.given.bound is not None else None
    reasons = explain(of.given.problem, of.given.plan, earliest)
    late_ = [one for one in of.now.wanted if of.now.late_h(one) > 1e-6]
    return sum(name in {reasons[one].place, reasons[one].fleet} for one in late_)


@rule(r"late\.(.+)")
def late(of: Recompute, name: str) -> float:
    return of.now.late_h(name)


@rule(r"in-place\.day-(\d+)\.(people|tonnes)")
def in_place(of: Recompute, day: str, what: str) -> float:
    return of.now.arrived(24 * float(day), what)


@rule(r"in-place\.day-(\d+)\.share")
def in_place_share(of: Recompute, day: str) -> float:
    what = "people" if of.now.whole("people") else "tonnes"
    return of.now.arrived(24 * float(day), what) / of.now.whole(what)


@rule(r"complete\.day-(\d+)")
def complete(of: Recompute, day: str) -> float:
    return sum(hour <= 24 * float(day) + 1e-6 for hour in of.now.closes.values())


@rule(r"without\.day-(\d+)\.(people|tonnes)")
def without(of: Recompute, day: str, what: str) -> float:
    assert of.then is not None
    return of.then.arrived(24 * float(day), what)


@rule(r"half\.(after|rest)")
def half(of: Recompute, which: str) -> float:
    what = "people" if of.now.whole("people") else "tonnes"
    hours = sorted({part[0] for part in of.now.arrivals})
    first = next(hour for hour in hours if of.now.arrived(hour, what) >= of.now.whole(what) / 2 - 1e-6)
    return first if which == "after" else of.now.closure - first


@rule(r"group\.(nation|domain)\.(.+)\.(people|tonnes|last|day-\d+)")
def group(of: Recompute, kind: str, name: str, what: str) -> float:
    several = [one for one in of.now.wanted.values() if one.get(kind) == name]
    if what == "last":
        return max(of.now.closes[one["id"]] for one in several)
    if what == "people":
        return float(sum(one["pax"] for one in several))
    if what == "tonnes":
        return sum(of.now.tonnes(one["id"]) for one in several)
    return of.now.arrived(24 * float(what.removeprefix("day-")), "people", (kind, name))


@rule(r"time\.most")
def time_most(of: Recompute) -> float:
    first: dict[str, float] = {}
    for vehicle in of.now.plan["vehicles"]:
        fleet = of.now.fleets[vehicle["fleet"]]
        for stop in vehicle["stops"]:
            later = stop["unload"] and not fleet.get("concurrent", False)
            hour = stop["start_h"] + (fleet["unload_h"] if later else 0.0)
            for lot in stop["load"]:
                first[lot["requirement"]] = min(first.get(lot["requirement"], math.inf), hour)
    ready = wait = carried = 0.0
    for name, hour in first.items():
        available = max(0.0, of.now.wanted[name]["available_h"])
        ready, wait = ready + available, wait + max(0.0, hour - available)
        carried += of.now.closes[name] - hour
    return max(ready, wait, carried) / (ready + wait + carried)


@rule(r"alert\.gain")
def alert_gain(of: Recompute) -> float:
    return of.cases[""][1].closure - of.cases["with"][1].closure


@rule(r"alert\.range\.(low|high)")
def alert_range(of: Recompute, end: str) -> float:
    return _range(of, "", end)


def _range(of: Recompute, name: str, end: str) -> float:
    case, movement = of.cases[name]
    best, planned = of.cases["with"]
    assert case.bound.closure_h is not None
    assert best.bound.closure_h is not None
    low = max(0.0, case.bound.closure_h - planned.closure)
    return low if end == "low" else max(low, movement.closure - best.bound.closure_h)


@rule(r"alert\.lateness")
def alert_lateness(of: Recompute) -> float:
    value = of.given.value
    assert value is not None
    assert value.lateness_with is not None
    assert value.lateness_without is not None
    richer = Movement.of(value.lateness_with.problem, value.lateness_with.plan)
    return Movement.of(value.lateness_without.problem, value.lateness_without.plan).lateness - richer.lateness


def gains(of: Recompute) -> dict[str, tuple[float, float]]:
    """Hours ready and closed sooner with the alerts, by requirement."""
    richer, poorer = of.cases["with"][1], of.cases[""][1]
    return {
        name: (
            poorer.wanted[name]["available_h"] - one["available_h"],
            poorer.closes[name] - richer.closes[name],
        )
        for name, one in richer.wanted.items()
    }


@rule(r"alert\.ready\.most")
def ready_most(of: Recompute) -> float:
    return max(ready for ready, _ in gains(of).values())


@rule(r"alert\.unit\.(.+)\.(ready|close|survived)")
def unit_gain(of: Recompute, name: str, what: str) -> float:
    ready, closes = gains(of)[name]
    if what == "survived":
        return min(1.0, max(0.0, closes / ready))
    return ready if what == "ready" else closes


@rule(r"alert\.(survived|eaten\.\w+)")
def survived(of: Recompute, what: str) -> float:
    value = of.given.value
    assert value is not None
    causes = {one.requirement: one.eaten_cause or "other" for one in value.units}
    whole_h = part_h = 0.0
    for name, (ready, closes) in gains(of).items():
        if ready > 1e-6:
            people_h = of.now.wanted[name]["pax"] * ready
            share = min(1.0, max(0.0, closes / ready))
            whole_h += people_h
            if what == "survived":
                part_h += people_h * share
            elif what == f"eaten.{causes[name]}":
                part_h += people_h * (1 - share)
    return part_h / whole_h


@rule(r"alert\.(.+)\.(gain|low|high)")
def one_alert(of: Recompute, name: str, what: str) -> float:
    if what == "gain":
        return of.cases[name][1].closure - of.cases["with"][1].closure
    return _range(of, name, what)


@rule(r"decide\.(\w+)\.(closure|bound|people-on-time|late)")
def decided(of: Recompute, group_: str, what: str) -> float | None:
    row = next(row for row in of.given.decisions if row.decided_at.strftime("%d%H%MZ%b%y").upper() == group_)
    there = Movement.of(row.case.problem, row.case.plan)
    if what == "closure":
        return there.closure
    if what == "bound":
        return row.case.bound.closure_h
    on_time = {name for name in there.wanted if name in there.closes and there.late_h(name) <= 1e-6}
    if what == "late":
        return len(there.wanted) - len(on_time)
    return float(sum(there.wanted[name]["pax"] for name in on_time))


@rule(r"bottleneck\.(.+?)\.(closure|lateness|plan\.closure|plan\.lateness)")
def bottleneck(of: Recompute, name: str, what: str) -> float:
    assert of.given.bound is not None
    named = {".".join(filter(None, (one.kind, one.id, one.mode))): one for one in of.given.bound.bottlenecks}
    if not what.startswith("plan"):
        return named[name].closure_h if what == "closure" else named[name].lateness
    cure = next(cure for cure in of.given.cures if cure.bottleneck == named[name])
    before, after = json.loads(cure.before.to_bytes())["totals"], json.loads(cure.plan.to_bytes())["totals"]
    field = "closure_h" if what == "plan.closure" else "weighted_lateness"
    return float(before[field] - after[field])


@rule(r"cure\.(.+)")
def cured(of: Recompute, name: str) -> float:
    found = []
    for cure in of.given.cures:
        before = Movement.of(of.given.problem, cure.before).closes
        after = {one["id"]: one["close_h"] for one in json.loads(cure.plan.to_bytes())["requirements"]}
        found.append(before[name] - after[name])
    return float(max(found))


def spans(of: Recompute, name: str) -> list[tuple[float, float]]:
    """When a slot of `place/mode` was held, or a vehicle of a fleet was worked or moved."""
    place, slash, mode = name.rpartition("/")
    found = []
    for vehicle in of.now.plan["vehicles"]:
        stops = vehicle["stops"]
        for number, stop in enumerate(stops):
            work = (stop["start_h"], stop["end_h"])
            if slash and stop["place"] == place and of.now.fleets[vehicle["fleet"]]["mode"] == mode:
                found.append(work)
            if not slash and vehicle["fleet"] == name:
                found.append(work)
                if number + 1 < len(stops):
                    found.append((stop["depart_h"], stops[number + 1]["arrive_h"]))
    return [(start, end) for start, end in found if end - start > 1e-6]


@rule(r"use\.(.+)\.(peak|full|share)")
def use(of: Recompute, name: str, what: str) -> float:
    several = spans(of, name)
    place, slash, mode = name.rpartition("/")
    number = of.now.places[place]["slots"][mode] if slash else of.now.fleets[name]["count"]
    if what == "share":
        return float(min(1.0, sum(end - start for start, end in several) / (number * of.now.closure)))
    edges = sorted({round(hour, 6) for one in several for hour in one})
    most, full_h = 0, 0.0
    for start, end in itertools.pairwise(edges):
        middle = (start + end) / 2
        level = sum(begins < middle < ends for begins, ends in several)
        most = max(most, level)
        full_h += end - start if level >= number else 0.0
    return most if what == "peak" else full_h


def laden(of: Recompute) -> dict[tuple[str, str, str], list[tuple[int, float]]]:
    """People and tonnes aboard on each laden leg, by way."""
    found: dict[tuple[str, str, str], list[tuple[int, float]]] = defaultdict(list)
    for vehicle in of.now.plan["vehicles"]:
        pax, mass = 0, 0.0
        mode = of.now.fleets[vehicle["fleet"]]["mode"]
        for stop, then in zip(vehicle["stops"], vehicle["stops"][1:], strict=False):
            pax += sum(lot["pax"] for lot in stop["load"]) - sum(lot["pax"] for lot in stop["unload"])
            for sign, lots in ((1, stop["load"]), (-1, stop["unload"])):
                mass += sign * sum(sum(lot["cargo"].values()) for lot in lots)
            if (pax > 0 or mass > 1e-6) and stop["place"] != then["place"]:
                found[stop["place"], then["place"], mode].append((pax, mass))
    return found


@rule(r"way\.([^.]+)\.([^.]+)\.(\w+)\.(people|tonnes|legs)")
def way(of: Recompute, origin: str, destination: str, mode: str, what: str) -> float:
    legs = laden(of)[origin, destination, mode]
    if what == "legs":
        return len(legs)
    return float(sum(leg[0] if what == "people" else leg[1] for leg in legs))


@rule(r"assumptions\.count")
def assumptions(of: Recompute) -> float:
    """Those of the scenario, and every distinct reason in `assumed` of each list of the problem."""
    problem = of.now.problem
    told = len(problem.get("about", {}).get("assumptions", []))
    lists = ("places", "fleets", "requirements", "links")
    return told + sum(len({one["assumed"] for one in problem[name] if one.get("assumed")}) for name in lists)
