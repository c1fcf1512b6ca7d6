"""Checks that what is referred to is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from standto.errors import GeographyError, UnknownPlaceError
from standto.force.checks.subject import Finding, Subject, check
from standto.force.tables import TABLES, Row


def _unknown(
    subject: Subject, table: str, row: Row, column: str, names: Iterable[str], *also: str
) -> Iterator[Finding]:
    known = set().union(*(subject.ids[name] for name in (table, *also)))
    where = " or ".join((table, *also))
    for name in names:
        if name not in known:
            yield Finding(row, column, f"{name!r} is not in {where}", f"add it to {where} or correct the id")


@check("error")
def unknown_place(subject: Subject) -> Iterator[Finding]:
    """Home stations, bases, ports, ends of links, origins and destinations are rows of places."""
    scenario = subject.scenario
    for unit in scenario.units:
        yield from _unknown(subject, "places", unit, "home", [unit.home])
    for fleet in scenario.fleets:
        yield from _unknown(subject, "places", fleet, "bases", fleet.bases)
    for link in scenario.links:
        yield from _unknown(subject, "places", link, "origin", [link.origin])
        yield from _unknown(subject, "places", link, "destination", [link.destination])
    for requirement in scenario.requirements:
        if requirement.origin:
            yield from _unknown(subject, "places", requirement, "origin", [requirement.origin])
        yield from _unknown(subject, "places", requirement, "destination", [requirement.destination])
        yield from _unknown(subject, "places", requirement, "ports", requirement.ports)


@check("error")
def place_not_found(subject: Subject) -> Iterator[Finding]:
    """Every place is an ICAO code, a port code, an installation's name or a pair of coordinates we know."""
    from standto.geo.places import find_place

    for place in subject.scenario.places:
        try:
            find_place(place.at or place.id)
        except UnknownPlaceError as error:
            yield Finding(place, "at", error.message, error.fix)


@check("error")
def unknown_nation(subject: Subject) -> Iterator[Finding]:
    """The nations of units and of national lift are rows of nations, where there is such a table."""
    if not subject.scenario.nations:
        return
    for unit in subject.scenario.units:
        yield from _unknown(subject, "nations", unit, "nation", [unit.nation])
    for fleet in subject.scenario.fleets:
        yield from _unknown(subject, "nations", fleet, "only_nations", fleet.only_nations)


@check("error")
def unknown_unit(subject: Subject) -> Iterator[Finding]:
    """Packages and requirements name units; alerts and decisions name units or packages."""
    scenario = subject.scenario
    for package in scenario.packages:
        yield from _unknown(subject, "units", package, "units", package.units)
    for requirement in scenario.requirements:
        yield from _unknown(subject, "units", requirement, "unit", [requirement.unit])
    for alert in scenario.alerts:
        yield from _unknown(subject, "units", alert, "units", alert.units, "packages")
    for decision in scenario.decisions:
        yield from _unknown(subject, "units", decision, "units", decision.units, "packages")


@check("error")
def unknown_decision(subject: Subject) -> Iterator[Finding]:
    """The decision that orders a requirement is a row of decisions."""
    for requirement in subject.scenario.requirements:
        if requirement.decision:
            names = [requirement.decision]
            yield from _unknown(subject, "decisions", requirement, "decision", names)


@check("error")
def unknown_posture(subject: Subject) -> Iterator[Finding]:
    """Alerts and tasks name postures of scenario.toml."""
    if subject.settings is None:
        return
    postures = subject.settings.postures
    fix = f"use one of {', '.join(postures)}, or add it to postures in scenario.toml"
    for alert in subject.scenario.alerts:
        if alert.posture not in postures:
            yield Finding(alert, "posture", f"{alert.posture!r} is no posture of the scenario", fix)
    for task in subject.scenario.tasks:
        if task.at and task.at not in postures:
            yield Finding(task, "at", f"{task.at!r} is no posture of the scenario", fix)


@check("error")
def unknown_variant_alert(subject: Subject) -> Iterator[Finding]:
    """Variants leave out alerts that are there."""
    variants = subject.settings.variants if subject.settings else {}
    for variant, alerts in variants.items():
        for name in alerts:
            if name not in subject.ids["alerts"]:
                message = f"the variant {variant!r} leaves out {name!r}, which is not in alerts"
                yield Finding(None, "variants", message, "correct the alert's id")


@check("error")
def unknown_transit_state(subject: Subject) -> Iterator[Finding]:
    """The transit list holds ISO 3166-1 alpha-2 codes of members, partners and their territories."""
    from standto.geo.nations import nations

    transit = subject.settings.transit if subject.settings else None
    known = {nation.iso2 for nation in nations()} if transit else set()
    for state in transit or ():
        if state not in known:
            fix = "use two-letter codes such as PL; states outside the alliance and its partners have no ways"
            yield Finding(None, "transit", f"the geography knows no state {state!r}", fix)


@check("error")
def unknown_passage(subject: Subject) -> Iterator[Finding]:
    """Closed passages are canals and straits that the geography knows."""
    from standto.geo.passages import closed_set

    for name in subject.settings.closed_passages if subject.settings else ():
        try:
            closed_set(frozenset({name}))
        except GeographyError as error:
            yield Finding(None, "closed_passages", error.message, error.fix)


@check("warning")
def unknown_source(subject: Subject) -> Iterator[Finding]:
    """Where a source begins with a key of [sources], or is a single word, all its words are such keys."""
    keys = subject.settings.sources if subject.settings else {}
    fix = "add it to [sources] in scenario.toml, or write the source out"
    tables = [getattr(subject.scenario, model.table) for model in TABLES]
    for row in (row for table in tables if keys for row in table):
        words = row.source.replace(";", " ").split()
        if not words or "://" in row.source or (len(words) > 1 and words[0] not in keys):
            continue
        for word in words:
            if word not in keys:
                yield Finding(row, "source", f"{word!r} is no key of [sources]", fix)


@check("warning")
def unused_type(subject: Subject) -> Iterator[Finding]:
    """Holdings and tasks belong to a unit or to a type that some unit has."""
    used = {unit.type for unit in subject.scenario.units} | subject.ids["units"]
    if subject.broken.get("units"):
        return
    for holding in subject.scenario.holdings:
        if holding.holder not in used:
            message = f"no unit is or has the type {holding.holder!r}"
            yield Finding(holding, "holder", message, "correct it, or give a unit that type")
    for task in subject.scenario.tasks:
        if task.unit_type not in used:
            message = f"no unit is or has the type {task.unit_type!r}"
            yield Finding(task, "unit_type", message, "correct it, or give a unit that type")
