"""Links of a lift problem: the ways that some fleet could use, and those given by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from standto.force.scenario import Scenario
from standto.force.tables import ScenarioLink
from standto.geo.modes import MODES, Mode
from standto.geo.places import GeoPlace
from standto.geo.ways import Way, WayFinder
from standto.move.build.corridors import Corridors
from standto.move.build.stations import stops_of
from standto.move.problem import Fleet, Link, Place, Requirement

DRAWN_TO_DEG = 0.25
"""Lines are thinned to this for the maps of a brief; it keeps the problem small."""

RULE_OF_THUMB = "length by rule of thumb, not from a network"


def links_of(
    scenario: Scenario,
    places: Sequence[Place],
    where: Mapping[str, GeoPlace],
    fleets: Sequence[Fleet],
    requirements: Sequence[Requirement],
) -> list[Link]:
    """Every way worth offering to a planner; the scenario's own links replace derived ones.

    Raises
    ------
    GeographyError
        If the scenario closes a passage that the geography does not know.
    """
    settings = scenario.settings
    given = _by_hand(scenario.links)
    corridors = Corridors(where, fleets, requirements)
    links: list[Link] = []
    for mode in _modes(fleets):
        stops = tuple(stops_of(mode, places, where))
        ways = _ways(mode, stops, settings.transit, settings.closed_passages)
        for (a, b), way in sorted(ways.items()):
            if a < b and corridors.worth(mode, a, b, way.km):
                links += _derived(way, a, b, given)
    carriers = {mode: [fleet.id for fleet in fleets if fleet.mode == mode] for mode in _modes(fleets)}
    return links + [_given(row, carriers.get(row.mode, [])) for row in scenario.links if row.km is not None]


@lru_cache(maxsize=16)
def _ways(
    mode: Mode, stops: tuple[GeoPlace, ...], transit: tuple[str, ...] | None, closed: tuple[str, ...]
) -> dict[tuple[str, str], Way]:
    """Ways between stops; kept, because the variants of a scenario are built one after the other."""
    return WayFinder(transit, closed).ways(mode, stops)


def _modes(fleets: Sequence[Fleet]) -> Iterator[Mode]:
    used = {fleet.mode for fleet in fleets}
    yield from (mode for mode in MODES if mode in used)


def _by_hand(rows: Sequence[ScenarioLink]) -> set[tuple[str, str, str]]:
    """Mode, origin and destination of every derived way that a row replaces or closes."""
    replaced: set[tuple[str, str, str]] = set()
    for row in rows:
        replaced.add((row.mode, row.origin, row.destination))
        if row.both:
            replaced.add((row.mode, row.destination, row.origin))
    return replaced


def _derived(way: Way, a: str, b: str, given: set[tuple[str, str, str]]) -> Iterator[Link]:
    forth, back = (way.mode, a, b) not in given, (way.mode, b, a) not in given
    if not (forth or back):
        return
    fields: dict[str, object] = {
        "from": a if forth else b,
        "to": b if forth else a,
        "mode": way.mode,
        "km": round(way.km, 1),
        "both": forth and back,
        "basis": way.basis,
    }
    line = _thinned(way.line if forth else tuple(reversed(way.line)))
    if len(line) > 2:
        fields["line"] = line
    if way.assumed:
        fields["assumed"] = f"{RULE_OF_THUMB}: {way.basis}"
    yield Link.model_validate(fields)


def _given(row: ScenarioLink, carriers: list[str]) -> Link:
    fields: dict[str, object] = {
        "from": row.origin,
        "to": row.destination,
        "mode": row.mode,
        "km": row.km,
        "both": row.both,
        "basis": f"given: {row.source}" if row.source else "given by hand",
    }
    if row.hours is not None:
        fields["hours"] = dict.fromkeys(carriers, row.hours)
    if row.closed:
        fields["closed"] = list(row.closed)
    if row.assumed:
        fields["assumed"] = row.assumed
    return Link.model_validate(fields)


def _thinned(line: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """A line with only the points that a map of the theatre shows."""
    if len(line) < 3:
        return list(line)
    from shapely.geometry import LineString

    thin = LineString(line).simplify(DRAWN_TO_DEG, preserve_topology=False)
    return [(round(x, 2), round(y, 2)) for x, y in thin.coords]
