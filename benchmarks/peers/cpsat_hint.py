"""The plan that CP-SAT starts from, as a value for every variable of the model."""

from __future__ import annotations

import math
from typing import Any

from benchmarks.peers.cpsat_model import Model
from benchmarks.peers.cpsat_parts import KG, Node, Route, due_step, steps
from benchmarks.peers.timetable import Calendar
from benchmarks.peers.ways import PAX


class Hint:
    """Plays the missions of the plan forward in whole steps, so that every constraint holds."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.values: dict[int, int] = {}
        self._calendars: dict[tuple[int, str], Calendar] = {}

    def add(self) -> None:
        """Give the model a value for every variable."""
        made = [node for node in self.model.nodes if not node.spare]
        for node in self.model.nodes:
            self._choose(node)
        self._play_all(made)
        self._amounts()
        self._ends(made)
        for any_, literals in self.model.sums:
            self._set(any_, sum(self._get(literal) for literal in literals))
        for index, value in self.values.items():
            self.model.model.add_hint(self.model.model.get_int_var_from_proto_index(index), value)

    def _set(self, variable: Any, value: int) -> None:
        self.values[variable.index] = value

    def _get(self, variable: Any) -> int:
        return self.values[variable.index]

    def _choose(self, node: Node) -> None:
        mission = node.mission
        before = mission.follows if mission.follows >= 0 else -1 - mission.base
        for fleet, literal in node.uses.items():
            self._set(literal, int(not node.spare and fleet == mission.fleet))
        for key, literal in node.before.items():
            self._set(literal, int(not node.spare and key == (mission.fleet, before)))
        for variable in (node.start, node.arrive, node.unload, node.end, node.banked, node.left):
            self._set(variable, 0)
        self._set(node.start, self.model.ready(mission))
        for variable in (*node.on_way, *node.approach, *node.amounts.values()):
            self._set(variable, 0)

    def _slot(self, place: int, mode: str, ready: float, hours: int) -> int:
        slots = self.model.problem.places[place].slots[mode]
        if slots is None or hours == 0:
            return round(ready)
        calendar = self._calendars.setdefault((place, mode), Calendar(slots, 0))
        start, slot = calendar.find(ready, hours)
        calendar.book(slot, start, start + hours)
        return round(start)

    def _stops(self, node: Node) -> list[tuple[float, int]]:
        """The hours of its stops in the plan, numbered as `_play` takes them."""
        mission = node.mission
        hours = [*mission.approach_h, mission.start_h, *mission.on_way_h, mission.unload_h]
        approach, loaded = self._routes(node)
        if (len(approach.stops), len(loaded.stops)) != (len(mission.approach_h), len(mission.on_way_h)):
            hours = [mission.start_h] * (len(approach.stops) + 1)
            hours += [mission.unload_h] * (len(loaded.stops) + 1)
        return list(zip(hours, range(len(hours)), strict=True))

    def _last(self, node: Node) -> Node | None:
        follows = node.mission.follows
        return self.model.nodes[follows] if follows >= 0 else None

    def _routes(self, node: Node) -> tuple[Route, Route]:
        mission, last = node.mission, self._last(node)
        at = mission.base if last is None else last.mission.destination
        route = self.model.route(mission.fleet, at, mission.origin)
        loaded = self.model.route(mission.fleet, mission.origin, mission.destination)
        assert route is not None
        assert loaded is not None
        return route, loaded

    def _play(self, node: Node, number: int, free: int) -> int:
        """One stop of a mission, the vehicle being free from then; when it is free again."""
        model, mission, fleet = self.model, node.mission, node.mission.fleet
        kind = model.problem.fleets[fleet]
        route, loaded = self._routes(node)
        loads_at = len(route.stops)
        if number <= loads_at:
            ready = free + (route.legs[number] if route.legs else 0)
        else:
            ready = free + loaded.legs[number - loads_at - 1]
        if number <= loads_at:
            ready = self._rested(node, ready, sum(route.legs[: number + 1]))
        elif number <= loads_at + len(loaded.stops):
            ready = self._rested(node, ready, route.moving + sum(loaded.legs[: number - loads_at]))
        if number < loads_at:
            place, hours = route.stops[number], kind.service_h
            variable = node.approach[number] if node.approach else None
        elif number == loads_at:
            place, hours, variable = mission.origin, kind.load_h, node.start
            ready = max(ready, self._ready(node))
        elif number <= loads_at + len(loaded.stops):
            at = number - loads_at - 1
            place, hours, variable = loaded.stops[at], kind.service_h, node.on_way[at]
        else:
            place, hours, variable = mission.destination, kind.unload_h, node.unload
            ready = self._arrive(node, ready, route.moving, loaded.moving)
            self._set(node.arrive, ready)
        begins = self._slot(place, kind.mode, ready, steps(hours))
        if variable is not None:
            self._set(variable, begins)
        if variable is node.start and (bank := self._had(node)) is not None:
            n, d, had = bank
            self._set(node.banked, had + n * begins - d * route.moving)
        if variable is node.unload:
            self._set(node.end, begins + steps(hours))
        return begins + steps(hours)

    def _play_all(self, made: list[Node]) -> None:
        """Every stop in the order in which the plan has them."""
        events = [(hour, i, number) for i, node in enumerate(made) for hour, number in self._stops(node)]
        free: dict[int, int] = {}
        for _, i, number in sorted(events):
            node = made[i]
            if number == 0:
                last, kind = self._last(node), self.model.problem.fleets[node.mission.fleet]
                free[i] = steps(kind.available_h) if last is None else self._get(last.end)
            free[i] = self._play(node, number, free[i])

    def _ready(self, node: Node) -> int:
        place = self.model.problem.places[node.mission.origin]
        wait = steps(place.transfer_h)
        brought = [self._get(self.model.nodes[i].end) + wait for i in node.mission.providers]
        return max([self.model.ready(node.mission), *brought])

    def _had(self, node: Node) -> tuple[int, int, int] | None:
        """Rate of use, and what the vehicle's last level amounts to at hour 0; None without limit."""
        fleet, last, bank = node.mission.fleet, self._last(node), self.model.bank
        rate = bank.rate(fleet)
        if rate is None:
            return None
        had = bank.first(fleet, rate)
        if last is not None:
            had = self._get(last.left) - rate.numerator * self._get(last.arrive)
        return rate.numerator, rate.denominator, had

    def _rested(self, node: Node, ready: int, moved: int) -> int:
        """The first arrival that rule 5 allows after so many steps of moving."""
        bank = self._had(node)
        if bank is None:
            return ready
        n, d, had = bank
        return max(ready, math.ceil((d * moved - had) / n))

    def _arrive(self, node: Node, ready: int, approach: int, loaded: int) -> int:
        """The first arrival that rule 5 allows at the destination; notes what is left in the bank."""
        fleet, had = node.mission.fleet, self._had(node)
        rate = self.model.bank.rate(fleet)
        if had is None or rate is None:
            return ready
        n, d, first = had
        levels = [first - d * (approach + loaded)]
        most = self.model.bank.most(fleet, rate)
        if most is not None:
            begins = self._get(node.start) + steps(self.model.problem.fleets[fleet].load_h)
            levels.append(most - d * loaded - n * begins)
        arrive = max(ready, math.ceil(-min(levels) / n))
        self._set(node.left, min(levels) + n * arrive)
        return arrive

    def _amounts(self) -> None:
        """Whole kilograms that sum to the whole."""
        sums: dict[tuple[int, str], list[tuple[Any, float]]] = {}
        for node in self.model.nodes:
            for piece in node.mission.pieces:
                for thing, amount in piece.amounts.items():
                    variable = node.amounts.get((piece.requirement, thing))
                    if variable is not None:
                        sums.setdefault((piece.requirement, thing), []).append((variable, amount))
        for (requirement, thing), parts in sums.items():
            scale = 1 if thing == PAX else KG
            whole = self.model.loads.whole(requirement, thing)
            given = [round(amount * scale) for _, amount in parts]
            given[given.index(max(given))] += whole - sum(given)
            for (variable, _), amount in zip(parts, given, strict=True):
                self._set(variable, amount)

    def _ends(self, made: list[Node]) -> None:
        if self.model.last is not None:
            self._set(self.model.last, max(self._get(node.end) for node in made))
        for requirement, late in self.model.late.items():
            item = self.model.problem.requirements[requirement]
            end = max(
                self._get(node.end)
                for node in made
                if self.model.ways.place[item.destination] == node.mission.destination
                and any(piece.requirement == requirement for piece in node.mission.pieces)
            )
            self._set(late, max(0, end - due_step(item)))
