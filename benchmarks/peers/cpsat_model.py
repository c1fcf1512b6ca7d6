"""OR-Tools CP-SAT: missions as optional intervals, vehicles as chains of missions, slots as cumulatives.

The model starts from the list schedule of the planner (its complete hint) and may change for every mission:
whether it is made, the fleet and the vehicle (so the order of a vehicle's missions), all hours, and how much
of each requirement it carries (whole people, whole kilograms). It keeps from the hint between which two
places a mission goes and whose loads it carries; what changes vehicles on its way keeps its pieces and who
brings them. Successors of a mission on a vehicle are limited to those nearest in time. Closed ways and
`hard_h` are not in the model (the timetable keeps closed ways); rule 5 is held at every mission's arrival.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from math import ceil
from typing import Any

from ortools.sat.python import cp_model

from benchmarks.peers.cpsat_bank import Bank
from benchmarks.peers.cpsat_loads import Loads
from benchmarks.peers.cpsat_parts import PER_H, Node, Route, Tuning, due_step, steps, weight_of
from benchmarks.peers.missions import Mission, read_missions
from benchmarks.peers.timetable import Piece
from benchmarks.peers.ways import Amounts, Ways
from standto.move.network import Ints
from standto.move.plan import Plan
from standto.move.problem import Problem


class Model:
    """The model of one problem and the plan it starts from."""

    def __init__(self, problem: Problem, hint: Plan, tuning: Tuning) -> None:
        self.problem, self.tuning = problem, tuning
        self.ways = Ways(problem)
        self.model = cp_model.CpModel()
        self.horizon = steps(1.5 * (hint.totals.closure_h or 0.0) + 48)
        self._routes: dict[tuple[int, int, int], Route | None] = {}
        self._intervals: dict[tuple[int, str], list[Any]] = {}
        self.sums: list[tuple[Any, list[Any]]] = []
        """Literals that are true where one of others is, in the order in which they are made."""
        self.late: dict[int, Any] = {}
        self.last: Any = None
        missions = read_missions(self.ways, hint)
        self.simple = self._direct(missions)
        self.bank = Bank(problem, self.model)
        self.loads = Loads(self.ways, self.model, self.simple)
        count = len(missions)
        missions += self._spares(missions)
        self.nodes = [self._node(mission, index >= count) for index, mission in enumerate(missions)]
        self._after = {
            node.mission.follows: i for i, node in enumerate(self.nodes) if node.mission.follows >= 0
        }
        self._chain()
        for node in self.nodes:
            self._time(node)
        self.loads.deliver(self.nodes)
        for (at, mode), intervals in self._intervals.items():
            slots = problem.places[at].slots[mode]
            if slots is not None:
                self.model.add_cumulative(intervals, [1] * len(intervals), slots)
        self._aim()

    # --- what there is --------------------------------------------------------------------------------

    def _direct(self, missions: list[Mission]) -> set[int]:
        """Divisible requirements that go without change of vehicle: their loads may be cut anew."""
        broken = set()
        for mission in missions:
            for piece in mission.pieces:
                item = self.problem.requirements[piece.requirement]
                ends = (self.ways.place[item.origin], self.ways.place[item.destination])
                if not item.divisible or ends != (mission.origin, mission.destination):
                    broken.add(piece.requirement)
        return {piece.requirement for mission in missions for piece in mission.pieces} - broken

    def _spares(self, missions: list[Mission]) -> list[Mission]:
        spares = []
        by_need: dict[int, list[Mission]] = {}
        for mission in missions:
            for piece in mission.pieces[:1]:
                if piece.requirement in self.simple:
                    by_need.setdefault(piece.requirement, []).append(mission)
        for requirement, made in by_need.items():
            for number in range(ceil(self.tuning.spare * len(made))):
                like = made[(number * 7) % len(made)]
                pieces = [Piece(requirement, {})]
                hours = (like.start_h, like.end_h)
                spares.append(Mission(like.origin, like.destination, pieces, -1, -1, -1, *hours))
        return spares

    def route(self, fleet: int, origin: int, destination: int) -> Route | None:
        """The path of a fleet in whole steps."""
        key = (fleet, origin, destination)
        if key not in self._routes:
            way, legs, at = self.ways.way(*key), self.ways.legs(fleet), origin
            if way is None:
                self._routes[key] = None
            else:
                hours = []
                for stop in way.stops:
                    if stop != at:
                        hours.append(steps(min(option.hours for option in legs[at, stop])))
                    at = stop
                self._routes[key] = Route(way.stops[:-1], tuple(hours), sum(hours))
        return self._routes[key]

    def _fleets(self, mission: Mission) -> list[int]:
        found = []
        for fleet in range(len(self.problem.fleets)):
            ends = self.ways.works(fleet, mission.origin) and self.ways.works(fleet, mission.destination)
            if not ends or self.route(fleet, mission.origin, mission.destination) is None:
                continue
            if not self.ways.reaches[fleet][mission.origin]:
                continue
            if all(self._rides(fleet, piece) for piece in mission.pieces) and self._fits(fleet, mission):
                found.append(fleet)
        return found

    def _rides(self, fleet: int, piece: Piece) -> bool:
        if not self.ways.may(fleet, piece.requirement):
            return False
        if piece.requirement in self.simple:
            return any(self.ways.takes(fleet, thing) for thing in self.ways.demand(piece.requirement))
        return all(self.ways.takes(fleet, thing) for thing in piece.amounts)

    def _fits(self, fleet: int, mission: Mission) -> bool:
        fixed: Amounts = {}
        for piece in mission.pieces:
            if piece.requirement not in self.simple:
                for thing, amount in piece.amounts.items():
                    fixed[thing] = fixed.get(thing, 0.0) + amount
        return self.ways.takes_all(fleet, fixed) or fleet == mission.fleet

    # --- variables ------------------------------------------------------------------------------------

    def _node(self, mission: Mission, spare: bool) -> Node:
        model, horizon = self.model, self.horizon
        ready = self.ready(mission)
        uses = {fleet: model.new_bool_var("") for fleet in self._fleets(mission)}
        (model.add_at_most_one if spare else model.add_exactly_one)(uses.values())
        longest = max(
            (len(route.stops) for fleet in uses if (route := self._on_way(fleet, mission)) is not None),
            default=0,
        )

        def hour(first: int = 0) -> Any:
            return model.new_int_var(first, horizon, "")

        amounts = {}
        for piece in mission.pieces:
            if piece.requirement in self.simple:
                for thing in self.ways.demand(piece.requirement):
                    most = self.loads.whole(piece.requirement, thing)
                    amounts[piece.requirement, thing] = model.new_int_var(0, most, "")
        return Node(
            mission,
            spare,
            uses,
            *(hour(ready), hour(), hour(), hour()),
            model.new_int_var(0, 200 * horizon, ""),
            model.new_int_var(0, 200 * horizon, ""),
            [hour() for _ in range(longest)],
            [],
            amounts,
        )

    def ready(self, mission: Mission) -> int:
        """The first step at which what comes from its origin may be loaded."""
        items = [self.problem.requirements[piece.requirement] for piece in mission.pieces]
        at_home = [item for item in items if self.ways.place[item.origin] == mission.origin]
        return max([0, *(steps(item.available_h) for item in at_home)])

    def _on_way(self, fleet: int, mission: Mission) -> Route | None:
        return self.route(fleet, mission.origin, mission.destination)

    def _chain(self) -> None:
        """Which mission may follow which on a vehicle: those nearest in time in the hint, and the hint's."""
        model = self.model
        after: dict[tuple[int, int], list[Any]] = {}
        firsts: dict[tuple[int, int], list[Any]] = {}
        for fleet, kind in enumerate(self.problem.fleets):
            members = [i for i, node in enumerate(self.nodes) if fleet in node.uses]
            members.sort(key=lambda i: self.nodes[i].mission.start_h)
            starts = [self.nodes[i].mission.start_h for i in members]
            for j in members:
                node, bases = self.nodes[j], []
                for name, count in kind.stationed().items():
                    route = self.route(fleet, self.ways.place[name], node.mission.origin)
                    if count and route is not None:
                        bases.append((route.moving, self.ways.place[name]))
                kept = {base for _, base in sorted(bases)[: self.tuning.bases]}
                if node.mission.fleet == fleet and node.mission.follows < 0:
                    kept.add(node.mission.base)
                for base in sorted(kept):
                    literal = model.new_bool_var("")
                    node.before[fleet, -1 - base] = literal
                    firsts.setdefault((fleet, base), []).append(literal)
            for i in members:
                for j in self._successors(fleet, i, members, starts):
                    literal = model.new_bool_var("")
                    self.nodes[j].before[fleet, i] = literal
                    after.setdefault((fleet, i), []).append(literal)
            for j in members:
                node = self.nodes[j]
                into = [literal for (which, _), literal in node.before.items() if which == fleet]
                model.add(sum(into) == node.uses[fleet])
                model.add(sum(after.get((fleet, j), [])) <= node.uses[fleet])
        for (fleet, base), literals in firsts.items():
            model.add(sum(literals) <= self.problem.fleets[fleet].stationed()[self.problem.places[base].id])

    def _successors(self, fleet: int, i: int, members: list[int], starts: list[float]) -> list[int]:
        """The missions of the fleet that begin nearest to when the vehicle could be there; and the hint's."""
        first, chosen, near = self.nodes[i].mission, [], []
        then = self._after.get(i)
        if then is not None and self.nodes[then].mission.fleet == fleet:
            chosen.append(then)
        home = self.route(fleet, first.destination, first.origin)
        about = bisect.bisect(starts, first.end_h + (home.moving / PER_H if home is not None else 0.0))
        reach = 8 * self.tuning.successors
        for j in members[max(0, about - reach) : about + reach]:
            mission = self.nodes[j].mission
            route = self.route(fleet, first.destination, mission.origin)
            if j != i and j not in chosen and route is not None:
                near.append((abs(mission.start_h - first.end_h - route.moving / PER_H), j))
        return chosen + [j for _, j in sorted(near)[: self.tuning.successors]]

    # --- constraints ----------------------------------------------------------------------------------

    def _any(self, literals: list[Any]) -> Any:
        """A literal that is true where one of these is (at most one can be)."""
        if len(literals) == 1:
            return literals[0]
        any_ = self.model.new_bool_var("")
        self.model.add(sum(literals) == any_)
        self.sums.append((any_, literals))
        return any_

    def _hold(self, place: int, mode: str, start: Any, hours: int, literals: list[Any]) -> None:
        """A slot taken where any of these literals is true (at most one is)."""
        if hours == 0 or self.problem.places[place].slots.get(mode) is None:
            return
        present = self._any(literals)
        interval = self.model.new_optional_fixed_size_interval_var(start, hours, present, "")
        self._intervals.setdefault((place, mode), []).append(interval)

    def _time(self, node: Node) -> None:
        model, mission = self.model, node.mission
        holds: dict[tuple[int, str, int, int], list[Any]] = {}

        def hold(place: int, fleet: int, kind: int, hours: int, literal: Any) -> None:
            holds.setdefault((place, self.problem.fleets[fleet].mode, kind, hours), []).append(literal)

        for fleet, use in node.uses.items():
            kind, route = self.problem.fleets[fleet], self._on_way(fleet, mission)
            assert route is not None
            load, unload, service = steps(kind.load_h), steps(kind.unload_h), steps(kind.service_h)
            hold(mission.origin, fleet, -1, load, use)
            hold(mission.destination, fleet, -2, unload, use)
            ready = node.start + load
            for step, stop in enumerate(route.stops):
                model.add(node.on_way[step] >= ready + route.legs[step]).only_enforce_if(use)
                ready = node.on_way[step] + service
                hold(stop, fleet, step, service, use)
            model.add(node.arrive >= ready + route.legs[-1]).only_enforce_if(use)
            model.add(node.end >= node.unload + unload).only_enforce_if(use)
            self.bank.loaded(node, fleet, use, route)
        model.add(node.unload >= node.arrive)
        for provider in mission.providers:
            wait = steps(self.problem.places[mission.origin].transfer_h)
            model.add(node.start >= self.nodes[provider].end + wait)
        self._approach(node, hold)
        starts = [*node.on_way, *node.approach]
        for (place, mode, kind_, hours), literals in holds.items():
            start = {-1: node.start, -2: node.unload}.get(kind_)
            self._hold(place, mode, starts[kind_] if start is None else start, hours, literals)

    def _approach(self, node: Node, hold: Any) -> None:
        """From where the vehicle was, by stops on the way, to the place of loading."""
        model = self.model
        by_way: dict[tuple[int, int], list[Any]] = {}
        for (fleet, before), literal in node.before.items():
            at = -1 - before if before < 0 else self.nodes[before].mission.destination
            by_way.setdefault((fleet, at), []).append((before, literal))
        routes = {key: self.route(key[0], key[1], node.mission.origin) for key in by_way}
        longest = max((len(route.stops) for route in routes.values() if route is not None), default=0)
        node.approach = [model.new_int_var(0, self.horizon, "") for _ in range(longest)]
        for (fleet, at), entries in by_way.items():
            route, kind = routes[fleet, at], self.problem.fleets[fleet]
            assert route is not None
            first = node.approach[0] if route.stops else node.start
            leg = route.legs[0] if route.legs else 0
            for before, literal in entries:
                free = steps(kind.available_h) if before < 0 else self.nodes[before].end
                model.add(first >= free + leg).only_enforce_if(literal)
                last = None if before < 0 else self.nodes[before]
                self.bank.approach(node, fleet, last, literal, route)
            if not route.stops:
                continue
            literal = self._any([entry[1] for entry in entries])
            service = steps(kind.service_h)
            for number, stop in enumerate(route.stops):
                hold(stop, fleet, len(node.on_way) + number, service, literal)
                then = node.approach[number + 1] if number + 1 < len(route.stops) else node.start
                ready = node.approach[number] + service + route.legs[number + 1]
                model.add(then >= ready).only_enforce_if(literal)
                self.bank.on_approach(node, fleet, number, literal, route)

    def _aim(self) -> None:
        model, items = self.model, self.problem.requirements
        if self.problem.goal == "closure":
            self.last = model.new_int_var(0, self.horizon, "")
        for node in self.nodes:
            present = [self._any(list(node.uses.values()))] if node.spare and node.uses else []
            if self.last is not None and node.uses:
                model.add(self.last >= node.end).only_enforce_if(*present)
                continue
            for piece in node.mission.pieces:
                item = items[piece.requirement]
                if not node.uses or self.ways.place[item.destination] != node.mission.destination:
                    continue
                if piece.requirement not in self.late:
                    self.late[piece.requirement] = model.new_int_var(0, self.horizon, "")
                late = self.late[piece.requirement] - node.end >= -due_step(item)
                model.add(late).only_enforce_if(*present)
        if self.last is not None:
            self.aim: Any = self.last
        else:
            self.aim = sum(weight_of(items[i]) * late for i, late in self.late.items())
        ends = sum(node.end for node in self.nodes) if self.tuning.smooth else 0
        model.minimize(self.aim * (len(self.nodes) if self.tuning.smooth else 1) + ends)

    def reached(self, values: Sequence[int] | Ints) -> float:
        """What a solution makes of the goal: hours of closure, or of weighted lateness."""
        if self.last is not None:
            return float(values[self.last.index] / PER_H)
        items = self.problem.requirements
        late = sum(weight_of(items[i]) * values[late.index] for i, late in self.late.items())
        return float(late / (10 * PER_H))
