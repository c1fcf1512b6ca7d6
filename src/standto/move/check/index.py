"""A problem looked up once: places, fleets, requirements, and the legs each fleet may move."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field

from standto.move.problem import TOLERANCE, Fleet, Link, Place, Problem, Requirement

PAX = ""
"""People, where people and cargo classes are keys of one mapping; no class can have this name."""


@dataclass(frozen=True, slots=True)
class Leg:
    """One link as one fleet would move along it, in one direction."""

    km: float
    hours: float
    allowed: bool
    """Whether the link is open to this fleet at all."""
    closed: tuple[tuple[float, float], ...]
    """Hours without departures, half-open, merged and in order."""

    def next_open_h(self, hour: float) -> float:
        """The first hour at or after `hour` at which a departure is allowed."""
        for begins, ends in self.closed:
            if begins <= hour < ends:
                return ends
        return hour

    def is_open(self, hour: float) -> bool:
        """Whether a vehicle may depart then; the end of a window is taken within the tolerance."""
        return self.next_open_h(hour) <= hour + TOLERANCE


@dataclass(slots=True)
class Index:
    """What the rules look up in a problem, built once per check."""

    problem: Problem
    places: dict[str, Place] = field(init=False)
    fleets: dict[str, Fleet] = field(init=False)
    requirements: dict[str, Requirement] = field(init=False)
    demand: dict[str, dict[str, float]] = field(init=False)
    """People (`PAX`) and tonnes per class of each requirement, without zeros."""
    serves: dict[str, frozenset[str] | None] = field(init=False)
    """Requirements that each fleet serves, None where it serves all."""
    _links: dict[tuple[str, str, str], list[Link]] = field(init=False)
    _legs: dict[tuple[str, str, str], tuple[Leg, ...]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.places = {place.id: place for place in self.problem.places}
        self.fleets = {fleet.id: fleet for fleet in self.problem.fleets}
        self.requirements = {item.id: item for item in self.problem.requirements}
        self.demand = {item.id: _load_of(item) for item in self.problem.requirements}
        self.serves = {
            fleet.id: None if fleet.serves is None else frozenset(fleet.serves)
            for fleet in self.problem.fleets
        }
        self._links = defaultdict(list)
        for link in self.problem.links:
            self._links[link.origin, link.destination, link.mode].append(link)
            if link.both and link.origin != link.destination:
                self._links[link.destination, link.origin, link.mode].append(link)

    def legs(self, fleet: Fleet, origin: str, destination: str) -> tuple[Leg, ...]:
        """All links of the fleet's mode from one place to another, fewest kilometres first."""
        key = (fleet.id, origin, destination)
        legs = self._legs.get(key)
        if legs is None:
            links = self._links.get((origin, destination, fleet.mode), ())
            legs = tuple(sorted((_leg(link, fleet) for link in links), key=lambda leg: leg.km))
            self._legs[key] = legs
        return legs


def _load_of(requirement: Requirement) -> dict[str, float]:
    load = {name: tonnes for name, tonnes in requirement.cargo.items() if tonnes > 0}
    if requirement.pax:
        load[PAX] = float(requirement.pax)
    return load


def _leg(link: Link, fleet: Fleet) -> Leg:
    hours = link.hours.get(fleet.id)
    if hours is None:
        hours = link.km / fleet.kmh
    allowed = link.fleets is None or fleet.id in link.fleets
    return Leg(link.km, hours, allowed and math.isfinite(hours), _merged(link.closed))


def _merged(windows: list[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    merged: list[tuple[float, float]] = []
    for begins, ends in sorted(windows):
        if begins >= ends:
            continue
        if merged and begins <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], ends))
        else:
            merged.append((begins, ends))
    return tuple(merged)


def within_range(fleet: Fleet, leg: Leg) -> bool:
    """Whether the fleet's range covers this single leg."""
    return fleet.range_km is None or leg.km <= fleet.range_km
