"""The ways of a problem as flat arrays: what each fleet can reach, how long it takes, by which stops.

Fleets that move alike share one *net*: the places of their mode, the legs that fit (mode, allowed fleets,
range, use limit), and the quickest path between every two places, with `service_h` at the stops between.
Parallel links stay apart as options of one leg, since one may be closed while another is open.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from standto.move.problem import Fleet, Link, Problem

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

NUDGE = 1e-9
"""Hours added to a leg, and per kilometre, when paths are chosen: fewer stops, then fewer kilometres."""


@dataclass(frozen=True, slots=True)
class Option:
    """One link that may be taken for a leg: hours, kilometres, when no departure is allowed."""

    hours: float
    km: float
    closed: tuple[tuple[float, float], ...]


@dataclass(frozen=True, eq=False)
class Net:
    """How fleets that move alike get about.

    `places` are problem indices of the net's own places; `hours[a, b]` the hours of the quickest path from
    own place a to b, infinite where there is none; `leg[a, b]` the leg to take first on it, -1 if none.
    """

    mode: str
    service_h: float
    places: Ints
    local: Ints
    legs: tuple[tuple[int, int, tuple[Option, ...]], ...]
    hours: Floats
    leg: Ints

    def path(self, origin: int, destination: int) -> list[int]:
        """Problem indices of the places on the quickest path, both ends included; empty if there is none."""
        here, there = int(self.local[origin]), int(self.local[destination])
        if here < 0 or there < 0 or not np.isfinite(self.hours[here, there]):
            return []
        stops = [origin]
        while here != there:
            here = self.legs[int(self.leg[here, there])][1]
            stops.append(int(self.places[here]))
        return stops


class Network:
    """All nets of a problem, and which fleet moves on which."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.place = {place.id: index for index, place in enumerate(problem.places)}
        self._links: dict[str, list[Link]] = {}
        for link in problem.links:
            self._links.setdefault(link.mode, []).append(link)
        self._special = {name for link in problem.links for name in (*link.hours, *(link.fleets or ()))}
        self.nets: list[Net] = []
        self.net_of: list[int] = []
        known: dict[tuple[object, ...], int] = {}
        for fleet in problem.fleets:
            own = fleet.id if fleet.id in self._special else ""
            use = (fleet.use_h_per_day, fleet.use_bank_days)
            key = (fleet.mode, fleet.kmh, fleet.range_km, fleet.service_h, use, own)
            if key not in known:
                known[key] = len(self.nets)
                self.nets.append(self._net(fleet))
            self.net_of.append(known[key])

    def net(self, fleet: int) -> Net:
        """The net of a fleet, by the fleet's index in the problem."""
        return self.nets[self.net_of[fleet]]

    @cached_property
    def modes(self) -> dict[str, int]:
        """Index of every mode that a place or a fleet knows."""
        names = [fleet.mode for fleet in self.problem.fleets]
        names += [mode for place in self.problem.places for mode in place.slots]
        return {name: index for index, name in enumerate(dict.fromkeys(names))}

    def from_base(self, fleet: int) -> NDArray[np.bool_]:
        """Which places some vehicle of the fleet can get to from its base (by problem index)."""
        net, found = self.net(fleet), np.zeros(len(self.place), dtype=bool)
        for base, count in self.problem.fleets[fleet].stationed().items():
            here = int(net.local[self.place[base]])
            if count and here >= 0:
                found[net.places[np.isfinite(net.hours[here])]] = True
        return found

    def _net(self, fleet: Fleet) -> Net:
        usable = [i for i, place in enumerate(self.problem.places) if fleet.mode in place.slots]
        places = np.array(usable, dtype=np.int64)
        local = np.full(len(self.place), -1, dtype=np.int64)
        local[places] = np.arange(len(places))
        options: dict[tuple[int, int], list[Option]] = {}
        for link in self._links.get(fleet.mode, ()):
            for origin, destination, option in _ways(link, fleet):
                a, b = int(local[self.place[origin]]), int(local[self.place[destination]])
                no_slot = b >= 0 and self.problem.places[usable[b]].slots[fleet.mode] == 0
                if a >= 0 and b >= 0 and a != b and not no_slot:
                    options.setdefault((a, b), []).append(option)
        legs = tuple((a, b, _useful(found)) for (a, b), found in sorted(options.items()))
        hours, leg = _quickest(legs, len(places), fleet.service_h)
        return Net(fleet.mode, fleet.service_h, places, local, legs, hours, leg)


def _ways(link: Link, fleet: Fleet) -> Iterator[tuple[str, str, Option]]:
    """The link as a fleet may take it: one way or both, or not at all."""
    if link.fleets is not None and fleet.id not in link.fleets:
        return
    if fleet.range_km is not None and link.km > fleet.range_km:
        return
    hours = link.hours.get(fleet.id, link.km / fleet.kmh)
    if fleet.use_h_per_day is not None and fleet.use_bank_days is not None:
        most = fleet.use_h_per_day * (hours / 24 + fleet.use_bank_days)
        if hours > most:
            return
    option = Option(hours, link.km, _merged(link.closed))
    yield link.origin, link.destination, option
    if link.both:
        yield link.destination, link.origin, option


def _merged(windows: list[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """Closed windows in order, overlapping ones as one."""
    merged: list[tuple[float, float]] = []
    for begins, ends in sorted(windows):
        if begins >= ends:
            continue
        if merged and begins <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(ends, merged[-1][1]))
        else:
            merged.append((begins, ends))
    return tuple(merged)


def _useful(options: list[Option]) -> tuple[Option, ...]:
    """Options that no always open, quicker and shorter one makes useless; shortest first."""
    kept: list[Option] = []
    for option in sorted(options, key=lambda item: (item.km, item.hours, len(item.closed), item.closed)):
        if not any(not other.closed and other.hours <= option.hours for other in kept):
            kept.append(option)
    return tuple(kept)


def _quickest(
    legs: tuple[tuple[int, int, tuple[Option, ...]], ...], size: int, service_h: float
) -> tuple[Floats, Ints]:
    """Hours of the quickest path between every two places, and the leg to take first on each."""
    hours = np.full((size, size), np.inf)
    first = np.full((size, size), -1, dtype=np.int64)
    np.fill_diagonal(hours, 0.0)
    if not legs:
        return hours, first
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import dijkstra

    rows = np.array([leg[0] for leg in legs])
    columns = np.array([leg[1] for leg in legs])
    hour = np.array([min(option.hours for option in leg[2]) for leg in legs])
    km = np.array([leg[2][0].km for leg in legs])
    weight = hour + service_h + NUDGE * (1 + km)
    # Paths are found backwards, so that the predecessor of a place is the next stop from it.
    graph = csr_matrix((weight, (columns, rows)), shape=(size, size))
    _, following = dijkstra(graph, return_predecessors=True)
    number = np.full((size, size), -1, dtype=np.int64)
    number[rows, columns] = np.arange(len(legs))
    there, here = np.nonzero(following >= 0)
    first[here, there] = number[here, following[there, here]]
    _fill_hours(hours, first, columns, hour, service_h)
    return hours, first


def _fill_hours(hours: Floats, first: Ints, ends: Ints, hour: Floats, service_h: float) -> None:
    """Exact hours along the paths that were chosen, all destinations at once, stop by stop."""
    here, there = np.nonzero(first >= 0)
    at = here.copy()
    total = np.zeros(len(here))
    going = np.ones(len(here), dtype=bool)
    while going.any():
        leg = first[at[going], there[going]]
        total[going] += hour[leg]
        at[going] = ends[leg]
        going = at != there
        total[going] += service_h
    hours[here, there] = total
