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
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from ortools.sat.python import cp_model

from benchmarks.peers.missions import Mission, read_missions
from benchmarks.peers.timetable import Piece
from benchmarks.peers.ways import PAX, Amounts, Ways
from standto.move.plan import Plan
from standto.move.problem import Problem, Requirement

PER_H = 100
"""Steps of an hour; hours of legs and work are rounded up to them."""
KG = 1000


@dataclass(frozen=True, slots=True)
class Tuning:
    """What was tried: arcs per mission and fleet, spare missions, search parameters of CP-SAT."""

    successors: int = 10
    bases: int = 2
    spare: float = 0.1
    smooth: bool = False
    """Whether the ends of all missions break ties, as a slope where the last missions alone give none."""
    pools: bool = False
    """Vehicles of a fleet as one cumulative instead of chains of missions."""
    parameters: dict[str, Any] = field(default_factory=dict)


TUNED = Tuning(
    successors=4,
    bases=1,
    spare=0.05,
    smooth=True,
    parameters={
        "use_lns_only": True,
        "ignore_subsolvers": ["fj", "feasibility_pump", "ls", "rins/rens"],
        "linearization_level": 0,
        "cp_model_probing_level": 0,
        "max_presolve_iterations": 1,
        "symmetry_level": 0,
    },
)
"""The best of what was tried; docs/peers.md tells what that was."""


@dataclass(slots=True)
class Route:
    """One mission or approach by one fleet: stops on the way and whole steps of each leg."""

    stops: tuple[int, ...]
    legs: tuple[int, ...]
    moving: int


@dataclass(slots=True)
class Node:
    """The variables of one mission."""

    mission: Mission
    spare: bool
    free: bool
    uses: dict[int, Any]
    start: Any
    arrive: Any
    unload: Any
    end: Any
    level: Any
    on_way: list[Any]
    approach: list[Any]
    amounts: dict[tuple[int, str], Any]
    before: dict[tuple[int, int], Any] = field(default_factory=dict)
    """By fleet and mission before (-1 - base where it is the vehicle's first)."""
    back: Any = None
    away: Any = None


def steps(hours: float) -> int:
    """Whole steps that are no shorter."""
    return math.ceil(hours * PER_H - 1e-9)


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
        count = len(missions)
        missions += self._spares(missions)
        self.nodes = [self._node(mission, index >= count) for index, mission in enumerate(missions)]
        self._after = {
            node.mission.follows: i for i, node in enumerate(self.nodes) if node.mission.follows >= 0
        }
        if not tuning.pools:
            self._chain()
        for node in self.nodes:
            self._time(node)
        if tuning.pools:
            Pools(self).add()
        self._deliver()
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
            for number in range(math.ceil(self.tuning.spare * len(made))):
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
                    most = self.whole(piece.requirement, thing)
                    amounts[piece.requirement, thing] = model.new_int_var(0, most, "")
        return Node(
            mission,
            spare,
            bool(amounts),
            uses,
            *(hour(ready), hour(), hour(), hour()),
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
            if not self.tuning.pools:
                self._rest(node, fleet, use, route)
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
                self._use(node, fleet, before, literal, route)
            if not route.stops:
                continue
            literal = self._any([entry[1] for entry in entries])
            service = steps(kind.service_h)
            for number, stop in enumerate(route.stops):
                hold(stop, fleet, len(node.on_way) + number, service, literal)
                then = node.approach[number + 1] if number + 1 < len(route.stops) else node.start
                ready = node.approach[number] + service + route.legs[number + 1]
                model.add(then >= ready).only_enforce_if(literal)

    def day(self, rate: Fraction) -> int:
        """What a day adds under rule 5, in steps times the rate's denominator."""
        return math.floor(rate.numerator * 24 * PER_H)

    def rate(self, fleet: int) -> Fraction | None:
        """Hours moved per hour that a fleet's use allows, None without limit."""
        use = self.problem.fleets[fleet].use_h_per_day
        return None if use is None else Fraction(use / 24).limit_denominator(48)

    def _rest(self, node: Node, fleet: int, use: Any, route: Route) -> None:
        """What is in the bank of hours at the arrival if it was full at the departure (rule 5)."""
        rate, kind = self.rate(fleet), self.problem.fleets[fleet]
        if rate is None or kind.use_bank_days is None:
            return
        n, full = rate.numerator, self.full(fleet)
        since = node.arrive - node.start - steps(kind.load_h)
        left = full - rate.denominator * route.moving + n * since
        self.model.add(node.level <= left).only_enforce_if(use)

    def full(self, fleet: int) -> int:
        """The most hours that a vehicle banks, in steps times the rate's denominator."""
        rate, kind = self.rate(fleet), self.problem.fleets[fleet]
        assert rate is not None
        assert kind.use_bank_days is not None
        return math.floor(self.day(rate) * kind.use_bank_days)

    def _use(self, node: Node, fleet: int, before: int, literal: Any, route: Route) -> None:
        """Hours in a vehicle's bank along its chain: they grow with time and are spent by moving (rule 5)."""
        rate, kind = self.rate(fleet), self.problem.fleets[fleet]
        loaded = self._on_way(fleet, node.mission)
        if rate is None or loaded is None:
            return
        n, spent = rate.numerator, rate.denominator * (route.moving + loaded.moving)
        if before < 0:
            had = self.day(rate) - n * steps(kind.available_h)
        else:
            last = self.nodes[before]
            had = last.level - n * last.arrive
        self.model.add(node.level <= had + n * node.arrive - spent).only_enforce_if(literal)

    def _deliver(self) -> None:
        """Capacity of every mission by its fleet, and all of every requirement delivered."""
        sums: dict[tuple[int, str], list[Any]] = {}
        person = math.ceil(self.problem.pax_tonnes * KG - 1e-9)
        for node in self.nodes:
            for key, variable in node.amounts.items():
                sums.setdefault(key, []).append(variable)
            if not node.free:
                continue
            people: list[Any] = [v for (_, thing), v in node.amounts.items() if thing == PAX]
            cargo: list[Any] = [v for (_, thing), v in node.amounts.items() if thing != PAX]
            for piece in node.mission.pieces:
                if piece.requirement not in self.simple:
                    people.append(round(piece.amounts.get(PAX, 0)))
                    cargo += [math.floor(t * KG + 1e-6) for thing, t in piece.amounts.items() if thing != PAX]
            self.model.add(sum(people) + sum(cargo) >= sum(node.uses.values()))
            room = {fleet: self._room(fleet, person) for fleet in node.uses}
            self.model.add(sum(people) <= sum(room[f][0] * use for f, use in node.uses.items()))
            mass = sum(cargo) + person * sum(people)
            self.model.add(mass <= sum(room[f][1] * use for f, use in node.uses.items()))
            for (_, thing), variable in node.amounts.items():
                takers = [f for f in node.uses if self.ways.takes(f, thing)]
                if thing != PAX:
                    self.model.add(variable <= sum(room[f][1] * node.uses[f] for f in takers))
        for (requirement, thing), variables in sums.items():
            self.model.add(sum(variables) == self.whole(requirement, thing))

    def whole(self, requirement: int, thing: str) -> int:
        """All of one thing of a requirement, in people or whole kilograms."""
        amount = self.ways.demand(requirement)[thing]
        return round(amount) if thing == PAX else math.ceil(amount * KG - 1e-6)

    def _room(self, fleet: int, person: int) -> tuple[int, int]:
        seats, tonnes, _ = self.ways.room[fleet]
        return seats, person * seats if math.isinf(tonnes) else math.floor(tonnes * KG + 1e-6)

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

    def reached(self, values: Sequence[int]) -> float:
        """What a solution makes of the goal: hours of closure, or of weighted lateness."""
        if self.last is not None:
            return float(values[self.last.index] / PER_H)
        items = self.problem.requirements
        late = sum(weight_of(items[i]) * values[late.index] for i, late in self.late.items())
        return float(late / (10 * PER_H))


class Pools:
    """The other way to say vehicles: each fleet is a cumulative of so many, whoever and wherever they are.

    A mission takes one from loading until it may be back where it can load again at the soonest, and at least
    as long as its moving hours want under rule 5: as much of that as the hint allows, which uses what was
    banked. This is a relaxation: who goes is settled afterwards, and the timetable tells what it costs.
    """

    def __init__(self, model: Model) -> None:
        self.of = model
        self._soonest: dict[tuple[int, int], tuple[int, int]] = {}

    def add(self) -> None:
        """Give every node its time away, and every fleet its cumulative."""
        model = self.of.model
        for node in self.of.nodes:
            node.back = model.new_int_var(0, 2 * self.of.horizon, "")
            node.away = model.new_int_var(0, 2 * self.of.horizon, "")
        for fleet, kind in enumerate(self.of.problem.fleets):
            mine = [node for node in self.of.nodes if fleet in node.uses]
            stretch = self._stretch(fleet, mine)
            intervals = []
            for node in mine:
                use, route = node.uses[fleet], self.of.route(fleet, *node.mission.ends)
                assert route is not None
                hours, moving = self.soonest(fleet, node.mission.destination)
                span = math.floor(stretch * (route.moving + moving))
                model.add(node.back >= node.end + hours).only_enforce_if(use)
                model.add(node.away >= span).only_enforce_if(use)
                model.add(node.start >= self._first(fleet, node.mission.origin)).only_enforce_if(use)
                intervals.append(model.new_optional_interval_var(node.start, node.away, node.back, use, ""))
            model.add_cumulative(intervals, [1] * len(intervals), kind.count)

    def soonest(self, fleet: int, place: int) -> tuple[int, int]:
        """Steps, all and moving, to the nearest place where anything is loaded."""
        if (fleet, place) not in self._soonest:
            found = []
            for origin in {node.mission.origin for node in self.of.nodes if fleet in node.uses}:
                route = self.of.route(fleet, place, origin)
                if route is not None:
                    service = steps(self.of.problem.fleets[fleet].service_h)
                    found.append((route.moving + service * len(route.stops), route.moving))
            self._soonest[fleet, place] = min(found, default=(0, 0))
        return self._soonest[fleet, place]

    def _first(self, fleet: int, origin: int) -> int:
        kind = self.of.problem.fleets[fleet]
        near = []
        for base, count in kind.stationed().items():
            route = self.of.route(fleet, self.of.ways.place[base], origin)
            if count and route is not None:
                near.append(route.moving + steps(kind.service_h) * len(route.stops))
        return steps(kind.available_h) + min(near, default=0)

    def _stretch(self, fleet: int, nodes: list[Node]) -> float:
        """The most steps away per step moved with which the hint still has enough vehicles."""
        kind = self.of.problem.fleets[fleet]
        if kind.use_h_per_day is None:
            return 0.0
        low, high = 0.0, 24 / kind.use_h_per_day
        for _ in range(12):
            middle = (low + high) / 2
            low, high = (middle, high) if self._most(fleet, nodes, middle) <= kind.count else (low, middle)
        return 0.98 * low

    def _most(self, fleet: int, nodes: list[Node], stretch: float) -> int:
        events = []
        for node in nodes:
            if node.mission.fleet != fleet:
                continue
            route = self.of.route(fleet, *node.mission.ends)
            assert route is not None
            hours, moving = self.soonest(fleet, node.mission.destination)
            ends = node.mission.end_h + hours / PER_H
            span = stretch * (route.moving + moving) / PER_H
            events.append((node.mission.start_h, 1))
            events.append((max(ends, node.mission.start_h + span) - 0.05, -1))
        most = now = 0
        for _, change in sorted(events):
            now += change
            most = max(most, now)
        return most


def due_step(item: Requirement) -> int:
    """The last whole step that is not late."""
    return math.floor(item.due_h * PER_H)


def weight_of(item: Requirement) -> int:
    """Weights in tenths."""
    return max(1, round(10 * item.weight))
