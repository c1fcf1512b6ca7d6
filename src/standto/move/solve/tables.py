"""The problem as flat arrays, the form in which the planner's inner loops read it.

Things that are moved have columns: column 0 is people, then one column per cargo class. A requirement's
column has a *way class*: which fleets may carry it, and the hours still to go from every place to the
destination, all vehicles being free. An indivisible requirement has one way class for all its columns.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from standto.move.network import Floats, Ints, Net, Network
from standto.move.problem import Fleet, Problem, Requirement
from standto.move.solve.scarcity import scarcity

DUST = 1e-9
"""Tonnes and hours below this are rounding, not load or time."""
FIT = 5e-7
"""Tonnes by which an indivisible load may exceed what is free: half of what the judge allows."""


class Tables(NamedTuple):
    """Everything the decoder reads; F fleets, V vehicles, P places, R requirements, K columns."""

    pax_t: float
    # fleets
    net: Ints
    seats: Ints
    tonnes: Floats
    load_h: Floats
    unload_h: Floats
    service_h: Floats
    both_at_once: Ints
    use: Floats
    bank: Floats
    free_h: Floats
    km_cost: Floats
    hour_cost: Floats
    mode: Ints
    groups: Ints
    # groups: vehicles of one fleet at one base, and single vehicles
    group_first: Ints
    group_size: Ints
    v_fleet: Ints
    v_base: Ints
    v_group: Ints
    # nets
    net_at: Ints
    net_size: Ints
    local: Ints
    hours: Floats
    near: Ints
    leg: Ints
    places: Ints
    place_at: Ints
    leg_to: Ints
    leg_options: Ints
    option_h: Floats
    option_km: Floats
    option_closed: Ints
    closed_from: Floats
    closed_to: Floats
    # places: slots at place * modes + mode, -1 without limit
    slots: Ints
    scarce: Floats
    modes: int
    transfer_h: Floats
    # requirements
    origin: Ints
    destination: Ints
    ready_h: Floats
    due_h: Floats
    hard_h: Floats
    weight: Floats
    whole: Ints
    still: Ints
    need: Floats
    order: Ints
    way: Ints
    # way classes
    may: Ints
    togo: Floats
    onward: Ints
    """Bits of the modes that go from a place to the destination without another transfer."""


class Layout:
    """The tables of a problem, with the names behind the numbers."""

    def __init__(self, problem: Problem, network: Network | None = None) -> None:
        self.problem = problem
        self.network = network or Network(problem)
        names = dict.fromkeys(name for item in problem.requirements for name in item.cargo)
        self.columns: list[str] = ["", *names]
        self.vehicle_ids: list[str] = []
        self.tables = Tables(
            pax_t=problem.pax_tonnes,
            **self._fleets(),
            **self._vehicles(),
            **self._nets(),
            **self._places(),
            **self._requirements(),
            scarce=np.empty(0),
        )
        self.tables = self.tables._replace(scarce=scarcity(self.tables))

    def _fleets(self) -> dict[str, Any]:
        fleets = self.problem.fleets

        def floats(name: str, none: float = np.inf) -> Floats:
            values = [getattr(fleet, name) for fleet in fleets]
            return np.array([none if value is None else value for value in values], dtype=np.float64)

        return {
            "net": np.array(self.network.net_of, dtype=np.int64),
            "seats": np.array([fleet.seats for fleet in fleets], dtype=np.int64),
            "tonnes": np.array([fleet.tonnes if fleet.limits_mass else np.inf for fleet in fleets]),
            "load_h": floats("load_h"),
            "unload_h": floats("unload_h"),
            "service_h": floats("service_h"),
            "both_at_once": np.array([fleet.concurrent for fleet in fleets], dtype=np.int64),
            "use": floats("use_h_per_day"),
            "bank": floats("use_bank_days"),
            "free_h": floats("available_h"),
            "km_cost": floats("cost_per_km"),
            "hour_cost": np.array([fleet.cost_per_km * fleet.kmh + 1e-6 for fleet in fleets]),
            "mode": np.array([self.network.modes[fleet.mode] for fleet in fleets], dtype=np.int64),
        }

    def _vehicles(self) -> dict[str, Any]:
        """Vehicles that could ever be of use: of very large fleets no more than there are loads."""
        groups, first, size = [0], [], []
        v_fleet: list[int] = []
        v_base: list[int] = []
        v_group: list[int] = []
        for index, fleet in enumerate(self.problem.fleets):
            number, most = 0, self._most_loads(fleet)
            for base, count in fleet.stationed().items():
                useful = min(count, most)
                first.append(len(v_fleet))
                size.append(useful)
                self.vehicle_ids += [f"{fleet.id}#{number + k + 1}" for k in range(useful)]
                v_group += [len(first) - 1] * useful
                v_fleet += [index] * useful
                v_base += [self.network.place[base]] * useful
                number += count
            groups.append(len(first))
        named = {"groups": groups, "group_first": first, "group_size": size}
        named |= {"v_fleet": v_fleet, "v_base": v_base, "v_group": v_group}
        return {name: np.array(values, dtype=np.int64) for name, values in named.items()}

    def _most_loads(self, fleet: Fleet) -> int:
        if fleet.count <= 64:
            return fleet.count
        loads = 64.0
        for item in self.problem.requirements:
            parts = [1.0 + len(item.cargo)]
            parts += [item.pax / fleet.seats] if fleet.seats else []
            mass = item.tonnes + item.pax * self.problem.pax_tonnes
            parts += [mass / fleet.tonnes] if fleet.tonnes else []
            loads += 2 * sum(parts)
        return int(min(loads, fleet.count))

    def _nets(self) -> dict[str, Any]:
        nets = self.network.nets
        sizes = [len(net.places) for net in nets]
        starts = np.cumsum([0, *(len(net.legs) for net in nets)])
        leg_to, leg_options, option_closed = [], [0], [0]
        option_h: list[float] = []
        option_km: list[float] = []
        closed: list[tuple[float, float]] = []
        for net in nets:
            for _, end, options in net.legs:
                leg_to.append(int(net.places[end]))
                for option in options:
                    option_h.append(option.hours)
                    option_km.append(option.km)
                    closed += option.closed
                    option_closed.append(len(closed))
                leg_options.append(len(option_h))
        legs = [np.where(net.leg >= 0, net.leg + start, -1) for net, start in zip(nets, starts, strict=False)]
        count = len(self.problem.places)
        return {
            "net_at": np.cumsum([0, *(size * size for size in sizes)]).astype(np.int64),
            "net_size": np.array(sizes, dtype=np.int64),
            "local": np.array([net.local for net in nets], dtype=np.int64).reshape(len(nets), count),
            "hours": _flat([net.hours for net in nets], np.float64),
            "near": _flat([np.argsort(net.hours.T, axis=1, kind="stable") for net in nets], np.int64),
            "leg": _flat(legs, np.int64),
            "places": _flat([net.places for net in nets], np.int64),
            "place_at": np.cumsum([0, *sizes]).astype(np.int64),
            "leg_to": np.array(leg_to, dtype=np.int64),
            "leg_options": np.array(leg_options, dtype=np.int64),
            "option_h": np.array(option_h, dtype=np.float64),
            "option_km": np.array(option_km, dtype=np.float64),
            "option_closed": np.array(option_closed, dtype=np.int64),
            "closed_from": np.array([window[0] for window in closed], dtype=np.float64),
            "closed_to": np.array([window[1] for window in closed], dtype=np.float64),
        }

    def _places(self) -> dict[str, Any]:
        modes = self.network.modes
        slots = np.zeros((len(self.problem.places), len(modes)), dtype=np.int64)
        for index, place in enumerate(self.problem.places):
            for mode, number in place.slots.items():
                slots[index, modes[mode]] = -1 if number is None else number
        return {
            "slots": slots.ravel(),
            "modes": len(modes),
            "transfer_h": np.array([place.transfer_h for place in self.problem.places], dtype=np.float64),
        }

    def _requirements(self) -> dict[str, Any]:
        items, place = self.problem.requirements, self.network.place
        need = np.zeros((len(items), len(self.columns)))
        for index, item in enumerate(items):
            need[index, 0] = item.pax
            for name, tonnes in item.cargo.items():
                need[index, self.columns.index(name)] = tonnes if tonnes > DUST else 0.0
        ways = WayClasses(self.problem, self.network, self.columns)
        way = np.array([ways.of(item, need[index]) for index, item in enumerate(items)], dtype=np.int64)
        way = way.reshape(len(items), len(self.columns))
        may = np.array(ways.may, dtype=np.int64).reshape(len(ways.may), len(self.problem.fleets))
        carriers = np.append(may.sum(axis=1), len(self.problem.fleets) + 1)
        return {
            "origin": np.array([place[item.origin] for item in items], dtype=np.int64),
            "destination": np.array([place[item.destination] for item in items], dtype=np.int64),
            "ready_h": np.array([item.available_h for item in items], dtype=np.float64),
            "due_h": np.array([item.due_h for item in items], dtype=np.float64),
            "hard_h": np.array([np.inf if item.hard_h is None else item.hard_h for item in items]),
            "weight": np.array([item.weight for item in items], dtype=np.float64),
            "whole": np.array([not item.divisible for item in items], dtype=np.int64),
            "still": np.array([item.still for item in items], dtype=np.int64),
            "need": need,
            "order": np.argsort(carriers[way], axis=1, kind="stable").astype(np.int64),
            "way": way,
            "may": may,
            "togo": np.array(ways.togo, dtype=np.float64).reshape(len(ways.may), len(self.problem.places)),
            "onward": np.array(ways.onward, dtype=np.int64).reshape(len(ways.may), len(self.problem.places)),
        }


class WayClasses:
    """Way classes as they are met: fleets that may carry, and hours to go to the destination."""

    def __init__(self, problem: Problem, network: Network, columns: list[str]) -> None:
        self.problem, self.network, self.columns = problem, network, columns
        self.may: list[list[int]] = []
        self.togo: list[Floats] = []
        self.onward: list[Ints] = []
        self._known: dict[tuple[tuple[int, ...], str, tuple[str, ...]], int] = {}
        self._stages: dict[tuple[int, ...], Floats] = {}
        self._based = [network.from_base(index) for index in range(len(problem.fleets))]
        self._serves = [None if f.serves is None else set(f.serves) for f in problem.fleets]
        self._classes = [set(f.classes) for f in problem.fleets]

    def of(self, item: Requirement, need: Floats) -> list[int]:
        """The way class of every column of a requirement; -1 where there is nothing to move."""
        if item.still:
            return [-1] * len(self.columns)
        open_to = [i for i, fleet in enumerate(self.problem.fleets) if self._open(i, fleet, item)]
        if not item.divisible:
            fleets = tuple(i for i in open_to if self._takes_all(i, item))
            return [self._class(fleets, item)] * len(self.columns)
        classes = []
        for column, name in enumerate(self.columns):
            fleets = tuple(i for i in open_to if self._takes(i, column, name))
            classes.append(self._class(fleets, item) if need[column] > 0 else -1)
        return classes

    def _open(self, index: int, fleet: Fleet, item: Requirement) -> bool:
        serves = self._serves[index]
        right_mode = item.modes is None or fleet.mode in item.modes
        return fleet.count > 0 and right_mode and (serves is None or item.id in serves)

    def _takes(self, index: int, column: int, name: str) -> bool:
        fleet = self.problem.fleets[index]
        if column == 0:
            return fleet.seats > 0 and (
                not fleet.limits_mass or fleet.tonnes >= self.problem.pax_tonnes - FIT
            )
        return fleet.limits_mass and fleet.tonnes > DUST and name in self._classes[index]

    def _takes_all(self, index: int, item: Requirement) -> bool:
        fleet = self.problem.fleets[index]
        if item.pax > fleet.seats or any(
            tonnes > DUST and not self._takes(index, 1, name) for name, tonnes in item.cargo.items()
        ):
            return False
        mass = item.tonnes + item.pax * self.problem.pax_tonnes
        return not fleet.limits_mass or mass <= fleet.tonnes + FIT

    def _class(self, fleets: tuple[int, ...], item: Requirement) -> int:
        ends = () if item.ports is None else (item.origin, item.destination, *item.ports)
        key = (fleets, item.destination, tuple(sorted(set(ends))))
        if key not in self._known:
            self._known[key] = len(self.may)
            self.may.append([int(index in fleets) for index in range(len(self.problem.fleets))])
            stages = self._stage_hours(fleets)
            if ends:
                stages = stages.copy()
                stages[[place.id not in ends for place in self.problem.places]] = np.inf
            self.onward.append(self._onward(fleets, self.network.place[item.destination]))
            self.togo.append(_hours_to_go(stages, self.network.place[item.destination], self._transfer()))
        return self._known[key]

    def _onward(self, fleets: tuple[int, ...], destination: int) -> Ints:
        """Which modes go from every place to the destination, as bits."""
        bits = np.zeros(len(self.problem.places), dtype=np.int64)
        for index in fleets:
            net, mode = self.network.net(index), self.network.modes[self.problem.fleets[index].mode]
            there = int(net.local[destination])
            if there >= 0 and self.problem.places[destination].slots[net.mode] != 0:
                bits[net.places[np.isfinite(net.hours[:, there])]] |= 1 << mode
        return bits

    def _transfer(self) -> Floats:
        return np.array([place.transfer_h for place in self.problem.places], dtype=np.float64)

    def _stage_hours(self, fleets: tuple[int, ...]) -> Floats:
        """Hours from loading at one place to the end of unloading at another, by the quickest fleet."""
        if fleets not in self._stages:
            count = len(self.problem.places)
            best = np.full((count, count), np.inf)
            for index in fleets:
                net, fleet = self.network.net(index), self.problem.fleets[index]
                best_of = net.hours + fleet.load_h + fleet.unload_h
                best_of[~self._workable(net, fleet) | ~self._based[index][net.places], :] = np.inf
                np.fill_diagonal(best_of, np.inf)
                rows = np.ix_(net.places, net.places)
                best[rows] = np.minimum(best[rows], best_of)
            self._stages[fleets] = best
        return self._stages[fleets]

    def _workable(self, net: Net, fleet: Fleet) -> NDArray[np.bool_]:
        places = [self.problem.places[int(index)] for index in net.places]
        return np.array([place.slots[fleet.mode] != 0 for place in places], dtype=bool)


def _hours_to_go(stages: Floats, destination: int, transfer_h: Floats) -> Floats:
    """Hours from every place to the destination with the quickest stages and the transfers between them."""
    togo = np.full(len(stages), np.inf)
    togo[destination] = 0.0
    known = np.zeros(len(stages), dtype=bool)
    for _ in range(len(stages)):
        nearest = int(np.argmin(np.where(known, np.inf, togo)))
        if known[nearest] or not np.isfinite(togo[nearest]):
            break
        known[nearest] = True
        wait = 0.0 if nearest == destination else transfer_h[nearest]
        np.minimum(togo, stages[:, nearest] + (wait + togo[nearest]), out=togo)
    return togo


def _flat(
    parts: list[NDArray[np.generic]] | list[Floats] | list[Ints], kind: type[np.generic]
) -> NDArray[np.generic]:
    return np.concatenate([np.empty(0, dtype=kind), *(part.ravel() for part in parts)]).astype(kind)
