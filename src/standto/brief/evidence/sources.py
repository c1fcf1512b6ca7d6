"""The sources of figures about requirements, places, fleets and the whole, made from ids alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from standto.brief.evidence.source import Condition, Fold, Rows, Source, row
from standto.brief.words import dtg

LATE: tuple[Condition, ...] = (("late_h", ">", 0.0), ("close_h", ">", -1e9))
MISSING: tuple[Condition, ...] = (("close_h", "=", ""),)
ARRIVED = "in place: unloaded at the destination, and not loaded there again"


def of_outcome(requirement: str, field: str) -> Source:
    """What became of one requirement: its line in the plan, its unloadings, what was asked for."""
    last: tuple[Condition, ...] = (("requirement", "=", requirement),)
    return Source(
        f"plan.requirements[{requirement}].{field}",
        "",
        (
            row("plan.requirements", requirement),
            Rows("plan.landings", last, "max", "hour") if field == "close_h" else Rows("plan.landings", last),
            row("problem.requirements", requirement),
        ),
    )


def of_requirement(requirement: str, field: str) -> Source:
    """What was asked for."""
    return Source(
        f"problem.requirements[{requirement}].{field}", "", (row("problem.requirements", requirement),)
    )


def of_all_requirements(field: str) -> Source:
    """A sum over all requirements."""
    return Source(
        f"problem.requirements: sum of {field}", "", (Rows("problem.requirements", (), "sum", field),)
    )


def of_closure() -> Source:
    """The last close of the plan."""
    return Source(
        "plan.totals.closure_h", "the last close", (Rows("plan.requirements", (), "max", "close_h"),)
    )


def of_bound(field: str) -> Source:
    """What no plan can beat."""
    how = "proven from prices, see Method; rounded down"
    return Source(
        f"bound.{field}", how, (row("bound", field), row("bound", "method"), row("bound", "reason"))
    )


def of_gap() -> Source:
    """What is left between plan and bound."""
    rows = (Rows("plan.requirements", (), "max", "close_h"), row("bound", "closure_h"))
    return Source("plan.totals.closure_h - bound.closure_h", "the last close less the bound", rows)


def of_arrivals(hour: float, column: str, table: str = "plan.landings") -> Source:
    """People or tonnes in place by an hour."""
    by: tuple[Condition, ...] = (("hour", "<=", hour),)
    return Source(f"{table}: sum of {column} up to hour {hour:g}", ARRIVED, (Rows(table, by, "sum", column),))


def of_closed(hour: float) -> Source:
    """Requirements that have closed by an hour."""
    by: tuple[Condition, ...] = (("close_h", "<=", hour),)
    return Source(
        f"plan.requirements: close_h up to hour {hour:g}", "", (Rows("plan.requirements", by, "count"),)
    )


def of_late() -> Source:
    """Requirements that close after they are due."""
    return Source("plan.requirements: late_h above 0", "", (Rows("plan.requirements", LATE, "count"),))


def of_missing() -> Source:
    """Requirements that do not all arrive."""
    return Source("plan.requirements: close_h is null", "", (Rows("plan.requirements", MISSING, "count"),))


def of_due_at(place: str, fold: Fold, column: str = "", *only: Condition) -> Source:
    """Something counted or summed over the requirements due at one place."""
    where: tuple[Condition, ...] = (("destination", "=", place), *only)
    rows = Rows("plan.requirements", where, fold, column)
    return Source(
        f"plan.requirements due at {place}: {fold} of {column or 'rows'}",
        "",
        (rows, row("problem.places", place)),
    )


def of_gathered(places: Sequence[str]) -> Source:
    """The part of all weighted lateness that lies at some places."""
    return Source(
        "sum of weight x late_h at " + ", ".join(places) + " over that of all",
        "the sums below, first of each place, then of all",
        (
            *(
                Rows("plan.requirements", (("destination", "=", one),), "sum", "weighted_late")
                for one in places
            ),
            Rows("plan.requirements", (), "sum", "weighted_late"),
        ),
    )


def of_arrived_share(hour: float, column: str) -> Source:
    """The part of people or tonnes in place by an hour."""
    return Source(
        f"plan.landings: sum of {column} up to hour {hour:g}, over all of problem.requirements",
        "the first sum over the second",
        (
            Rows("plan.landings", (("hour", "<=", hour),), "sum", column),
            Rows("problem.requirements", (), "sum", column),
        ),
    )


def of_cases(path: str, how: str, *names: str) -> Source:
    """A difference between cases that were planned side by side."""
    return Source(path, how, tuple(row("cases", name, "case") for name in names))


def of_alert_gain() -> Source:
    """Hours of closure that the alerts buy."""
    how = "both planned for closure with like effort; closes without less closes with"
    return of_cases("cases: closure_h without - with", how, "without", "with")


def of_alert_range(end: Literal["low", "high"]) -> Source:
    """What is proven of the hours that the alerts buy."""
    if end == "low":
        how = "the bound without, less the plan with; at least 0"
        return of_cases("cases: bound_h of without - closure_h of with", how, "without", "with")
    how = "the plan without, less the bound with"
    return of_cases("cases: closure_h of without - bound_h of with", how, "without", "with")


def of_one_alert(name: str, what: Literal["gain", "low", "high"]) -> Source:
    """What one alert adds to the others, planned or proven."""
    how = {
        "gain": "closes without it less closes with all",
        "low": "the bound without it, less the plan with all; at least 0",
        "high": "the plan without it, less the bound with all",
    }[what]
    return of_cases(f"cases: without {name} against with, {what}", how, f"without {name}", "with")


def of_unit_gain(requirement: str, what: Literal["ready", "close", "survived"]) -> Source:
    """What the alerts bought one requirement."""
    how = {
        "ready": "ready without less ready with",
        "close": "closes without less closes with",
        "survived": "close gained over readiness gained, between 0 and 1",
    }[what]
    by: tuple[Condition, ...] = (("requirement", "=", requirement),)
    return Source(
        f"value.units[{requirement}]: {what}",
        how,
        (
            Rows("value.units", by),
            row("problem.requirements", requirement),
            Rows("plan.landings", by),
            Rows("without.landings", by),
        ),
    )


def of_gains(column: str, fold: Fold) -> Source:
    """The largest or the sum of what units gained."""
    return Source(f"value.units: {fold} of {column}", "", (Rows("value.units", (), fold, column),))


def of_survival() -> Source:
    """How much of the readiness gained reached the destination."""
    how = (
        "hours gained x people that survived, over all hours gained x people; tonnes where nobody has people"
    )
    rows = (
        Rows("value.units", (), "sum", "survived_people_h"),
        Rows("value.units", (), "sum", "gained_people_h"),
    )
    return Source("value.units: survived over gained", how, rows)


def of_eaten(cause: str) -> Source:
    """How much of the readiness gained one cause ate."""
    how = "hours gained x people that it ate, over all hours gained x people; tonnes where nobody has people"
    rows = (
        Rows("value.units", (("eaten_cause", "=", cause),), "sum", "eaten_people_h"),
        Rows("value.units", (), "sum", "gained_people_h"),
    )
    return Source(f"value.units: eaten by {cause or 'no one cause'} over gained", how, rows)


def of_decision(decided_at: datetime, column: str) -> Source:
    """A figure of one decision."""
    group = dtg(decided_at)
    return Source(f"decisions[{group}].{column}", "planned as if decided then", (row("decisions", group),))


def of_way(origin: str, destination: str, mode: str) -> Source:
    """What went along one way, leg by leg."""
    way: tuple[Condition, ...] = (("to", "=", destination), ("mode", "=", mode), ("place", "=", origin))
    return Source(
        f"plan stops: laden legs {origin} to {destination} by {mode}",
        "what was aboard when each vehicle left for there",
        (Rows("plan.stops", way), row("problem.places", origin), row("problem.places", destination)),
    )


def of_place(place: str, path: str, how: str = "") -> Source:
    """What passed through one place, stop by stop."""
    return Source(path, how, (Rows("plan.stops", (("place", "=", place),)), row("problem.places", place)))


def of_slots(place: str, mode: str, path: str, how: str) -> Source:
    """How far the slots of a mode at a place were used."""
    at: tuple[Condition, ...] = (("place", "=", place), ("mode", "=", mode))
    return Source(
        path, how, (row("use", f"{place}/{mode}"), Rows("plan.stops", at), row("problem.places", place))
    )


def of_fleet(fleet: str, path: str, how: str) -> Source:
    """How far the vehicles of a fleet were used."""
    return Source(
        path,
        how,
        (row("use", fleet), row("problem.fleets", fleet), Rows("plan.stops", (("fleet", "=", fleet),))),
    )


def of_bottleneck(name: str, path: str, how: str) -> Source:
    """What one more of a scarce thing does."""
    return Source(path, how, (row("bottlenecks", name), row("bound", "closure_h"), row("bound", "method")))


def of_rows(table: str) -> Source:
    """How many rows a table has."""
    return Source(f"{table}: how many", "", (Rows(table, (), "count"),))


def of_method(path: str, how: str = "") -> Source:
    """A figure that comes from what the page says of its method."""
    return Source(path, how)


def of_group(kind: str, name: str, fold: Fold, column: str, table: str = "problem.requirements") -> Source:
    """Something counted or summed over the requirements of one nation or domain."""
    rows = Rows(table, ((kind, "=", name),), fold, column)
    return Source(f"{table} of {kind} {name}: {fold} of {column}", "", (rows,))


def of_group_arrivals(kind: str, name: str, hour: float, column: str) -> Source:
    """People or tonnes of one nation or domain in place by an hour."""
    by: tuple[Condition, ...] = ((kind, "=", name), ("hour", "<=", hour))
    path = f"plan.landings of {kind} {name}: sum of {column} up to hour {hour:g}"
    return Source(path, ARRIVED, (Rows("plan.landings", by, "sum", column),))


def of_due(hour: float, column: str) -> Source:
    """People or tonnes that are due by an hour."""
    by: tuple[Condition, ...] = (("due_h", "<=", hour),)
    path = f"problem.requirements: sum of {column} with due_h up to {hour:g}"
    return Source(path, "", (Rows("problem.requirements", by, "sum", column),))


def of_half(column: str) -> Source:
    """When half is in place."""
    how = f"the first hour at which the running sum of {column} reaches half of what is to be in place"
    rows = (Rows("plan.landings"), Rows("problem.requirements", (), "sum", column))
    return Source(f"plan.landings: half of {column}", how, rows)


def of_rest(column: str) -> Source:
    """How long the second half takes."""
    how = f"the last close less the hour at which half of {column} are in place"
    rows = (Rows("plan.requirements", (), "max", "close_h"), Rows("plan.landings"))
    return Source("plan.totals.closure_h - half.after", how, rows)


def of_names(table: str, names: Sequence[str], what: str) -> Source:
    """How many of a group there are, the group given by its ids."""
    return Source(f"{table}: {what}", "", (Rows(table, (("id", "in", list(names)),), "count"),))


def of_late_or_missing() -> Source:
    """Requirements that close after they are due, or never."""
    how = "those that close late and those that are not all delivered, together"
    rows = (Rows("plan.requirements", LATE, "count"), Rows("plan.requirements", MISSING, "count"))
    return Source("plan.requirements: late or not delivered", how, rows)


def of_cure(bottleneck: str, requirement: str) -> Source:
    """How much sooner one requirement closes with one more of something."""
    how = "closes without one more less closes with it; both planned with like effort"
    rows = (
        Rows("cures", (("bottleneck", "=", bottleneck), ("requirement", "=", requirement))),
        row("bottlenecks", bottleneck),
        row("plan.requirements", requirement),
    )
    return Source(f"cures[{bottleneck}, {requirement}]: without_h - with_h", how, rows)


def of_assumptions() -> Source:
    """How many assumptions there are."""
    how = (
        "assumptions of the scenario, and reasons in `assumed`, each once, of places, fleets, units and ways"
    )
    rows = (
        Rows("scenario.assumptions"),
        Rows("problem.places", (("assumed", ">", ""),)),
        Rows("problem.fleets", (("assumed", ">", ""),)),
        Rows("problem.requirements", (("assumed", ">", ""),)),
    )
    return Source("problem.about.assumptions and every field `assumed`", how, rows)
