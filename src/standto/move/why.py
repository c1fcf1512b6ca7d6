"""Why a requirement closes when it does, in one sentence: the chain of events that held it, walked backwards.

From the last unloading at the destination the walk follows what it waited for: the vehicle that carried it,
back to where it was loaded; there, whichever came last, the vehicle or the load; and if the load came by
another vehicle, that vehicle's chain. Every hour from `available_h` to the close goes to one cause: the way
(moving, work, transfer, closed links), slots (a vehicle stood while all slots were held) or lift (the vehicle
was elsewhere, or worked for others). What `available_h` itself leaves of the lateness is readiness.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from typing import Literal

from standto.move.check.aboard import amounts_of
from standto.move.check.index import PAX, Index
from standto.move.check.reach import Reach
from standto.move.check.slots import Held, slots_held
from standto.move.check.stock import Change, stock_changes
from standto.move.check.verdict import short
from standto.move.check.work import loading_begins_h, on_ground_h
from standto.move.plan import Outcome, Plan, Stop, Vehicle
from standto.move.problem import TOLERANCE, Fleet, Problem, Requirement

Cause = Literal["readiness", "lift", "slots", "way", "none"]
HOLDERS_NAMED = 3


@dataclass(frozen=True, slots=True)
class Reason:
    """What bound one requirement: the largest cause, and one plain sentence with its numbers.

    `place` is set where slots bind, `fleet` where lift binds; both are ids, empty otherwise.
    """

    cause: Cause
    sentence: str
    place: str = ""
    fleet: str = ""


def explain(problem: Problem, plan: Plan) -> dict[str, Reason]:
    """The reason of every requirement, late or not; a plan with broken rules is explained as it stands."""
    movement = Movement(Index(problem), plan)
    reach = Reach(movement.index)
    outcomes = {outcome.id: outcome for outcome in plan.requirements}
    reasons = {}
    for requirement in problem.requirements:
        outcome = outcomes.get(requirement.id)
        if outcome is None or outcome.close_h is None:
            reasons[requirement.id] = _left_behind(movement.index, reach, requirement, outcome)
        elif requirement.still or not movement.last_unload(requirement):
            reasons[requirement.id] = _still(requirement, outcome)
        else:
            reasons[requirement.id] = _in_place(movement, requirement, outcome.close_h)
    return reasons


@dataclass(slots=True)
class Wait:
    """Hours that one cause took, and whom to name for it."""

    hours: float = 0.0
    longest_h: float = 0.0
    tell: Callable[[], str] = str

    def add(self, hours: float, tell: Callable[[], str]) -> None:
        """Count more hours; the longest single wait gives its words, told only where they are wanted."""
        self.hours += hours
        if hours > self.longest_h:
            self.longest_h, self.tell = hours, tell


@dataclass(slots=True)
class Chain:
    """What the hours from `available_h` to the close went into."""

    way_h: float = 0.0
    closed_h: float = 0.0
    slots: dict[tuple[str, str], Wait] = field(default_factory=lambda: defaultdict(Wait))
    """By place and mode."""
    lift: dict[str, Wait] = field(default_factory=lambda: defaultdict(Wait))
    """By fleet."""


@dataclass(slots=True)
class Movement:
    """A plan looked up for walking backwards: vehicles, stock, and when all slots of a place were held."""

    index: Index
    plan: Plan
    vehicles: dict[str, tuple[Vehicle, Fleet]] = field(init=False)
    stock: dict[str, list[tuple[str, str, Change]]] = field(init=False)
    """Per requirement: place, thing and change, in the order of hours."""
    unloads: dict[str, tuple[str, int]] = field(init=False)
    """The last unloading of each requirement at its destination: vehicle and stop."""
    held: dict[tuple[str, str], list[Held]] = field(init=False)
    full: dict[tuple[str, str], list[tuple[float, float]]] = field(init=False)
    names: dict[str, str] = field(init=False)
    """How sentences call each requirement: by its unit where no other moves it, else by its id."""

    def __post_init__(self) -> None:
        units = Counter(one.unit for one in self.index.requirements.values())
        self.names = {
            one.id: one.unit if one.unit and units[one.unit] == 1 else one.id
            for one in self.index.requirements.values()
        }
        self.vehicles = {}
        for vehicle in self.plan.vehicles:
            fleet = self.index.fleets.get(vehicle.fleet)
            if fleet is not None:
                self.vehicles[vehicle.id] = (vehicle, fleet)
        self.stock = defaultdict(list)
        for (name, place, thing), changes in stock_changes(self.index, self.plan.vehicles).items():
            self.stock[name] += [(place, thing, change) for change in changes]
        for rows in self.stock.values():
            rows.sort(key=lambda row: (row[2].hour, row[2].loads))
        self._find_unloads()
        self.held = slots_held(self.index, self.plan.vehicles)
        self.full = {key: self._full_hours(key, held) for key, held in self.held.items()}
        for held in self.held.values():
            held.sort(key=lambda one: one.start_h)

    def _find_unloads(self) -> None:
        last: dict[str, tuple[float, str, int]] = {}
        for name, rows in self.stock.items():
            requirement = self.index.requirements.get(name)
            for place, _, change in rows:
                if requirement is None or change.loads or not change.vehicle:
                    continue
                if place == requirement.destination and change.vehicle in self.vehicles:
                    last[name] = max(
                        last.get(name, (change.hour, "", 0)), (change.hour, change.vehicle, change.stop)
                    )
        self.unloads = {name: (vehicle, stop) for name, (_, vehicle, stop) in last.items()}

    def _full_hours(self, key: tuple[str, str], held: list[Held]) -> list[tuple[float, float]]:
        place = self.index.places.get(key[0])
        slots = place.slots.get(key[1]) if place is not None else None
        if slots is None:
            return []
        events = sorted([(one.start_h, 1) for one in held] + [(one.end_h, -1) for one in held])
        full: list[tuple[float, float]] = []
        working, since = 0, 0.0
        for hour, change in events:
            if working >= slots and working + change < slots:
                full.append((since, hour))
            if working < slots <= working + change:
                since = hour
            working += change
        return [(begins, ends) for begins, ends in full if ends > begins]

    def called(self, requirements: Iterable[str]) -> dict[str, None]:
        """Names of requirements for a sentence, each once."""
        return dict.fromkeys(self.names.get(name, name) for name in requirements)

    def last_unload(self, requirement: Requirement) -> tuple[str, int] | None:
        """Vehicle and stop of the last unloading at the destination."""
        return self.unloads.get(requirement.id)

    def full_h(self, place: str, mode: str, begins: float, ends: float) -> float:
        """Hours of a span in which every slot there was held."""
        full = self.full.get((place, mode), [])
        first = bisect_left(full, (begins, begins))
        total = 0.0
        for since, until in full[max(0, first - 1) :]:
            if since >= ends:
                break
            total += max(0.0, min(until, ends) - max(since, begins))
        return total

    def holders(self, place: str, mode: str, begins: float, ends: float, but: str) -> str:
        """Who held the slots in a span, as a sentence says it: fleets and what they moved."""
        held = self.held.get((place, mode), [])
        last = bisect_left(held, ends, key=lambda one: one.start_h)
        fleets: dict[str, None] = {}
        moved: dict[str, None] = {}
        for one in held[max(0, last - 50) : last]:
            if one.end_h <= begins or one.vehicle == but or one.vehicle not in self.vehicles:
                continue
            vehicle, fleet = self.vehicles[one.vehicle]
            fleets[fleet.name or fleet.id] = None
            stop = vehicle.stops[one.stop - 1]
            moved.update(self.called(lot.requirement for lot in (*stop.unload, *stop.load)))
        who = _listed(fleets)
        what = f" with {_listed(moved)}" if moved else ""
        return f"held by {who}{what}" if who else "held by others"


def _listed(names: dict[str, None]) -> str:
    shown = [short(name) for name in list(names)[:HOLDERS_NAMED]]
    if len(names) > HOLDERS_NAMED:
        shown.append(f"{len(names) - HOLDERS_NAMED} more")
    return " and ".join(part for part in (", ".join(shown[:-1]), *shown[-1:]) if part)


def _in_place(movement: Movement, requirement: Requirement, close_h: float) -> Reason:
    chain = trace(movement, requirement)
    late_h = close_h - requirement.due_h
    slots = max(chain.slots.items(), key=lambda item: item[1].hours, default=None)
    lift = max(chain.lift.items(), key=lambda item: item[1].hours, default=None)
    slots_h = slots[1].hours if slots else 0.0
    lift_h = lift[1].hours if lift else 0.0
    verdict = _verdict(requirement, close_h, late_h)
    unaided_h = requirement.available_h + chain.way_h
    late_anyway_h = min(late_h, unaided_h - requirement.due_h) if late_h > 0 else 0.0
    if slots is not None and slots_h >= max(lift_h, chain.closed_h, late_anyway_h, TOLERANCE):
        (place, mode), wait = slots
        known = movement.index.places.get(place)
        count = known.slots.get(mode) if known is not None else None
        one = f"one of the {count} {short(mode)} slots" if count != 1 else f"the one {short(mode)} slot"
        where = _place(movement.index, place)
        sentence = f"{verdict}{_waited(slots_h, late_h)} for {one} at {where}, {wait.tell()}."
        return Reason("slots", sentence, place=place)
    if lift is not None and lift_h >= max(chain.closed_h, late_anyway_h, TOLERANCE):
        name, wait = lift
        fleet = movement.index.fleets[name]
        sentence = f"{verdict}{_waited(lift_h, late_h)} for {_name(fleet.name, name)}, {wait.tell()}."
        return Reason("lift", sentence, fleet=name)
    if chain.closed_h >= max(late_anyway_h, TOLERANCE):
        return Reason("way", f"{verdict}{_waited(chain.closed_h, late_h)} for a closed link to open.")
    return _ready_or_way(requirement, chain, verdict)


def _ready_or_way(requirement: Requirement, chain: Chain, verdict: str) -> Reason:
    """Nothing waited long: it was ready late, or the way is long."""
    ready = f"ready at {_h(requirement.available_h)}"
    way = f"moving, loading and unloading take {_h(chain.way_h)}"
    if requirement.available_h > requirement.due_h - chain.way_h and requirement.available_h > chain.way_h:
        return Reason("readiness", f"{verdict}: it is {ready} and {way}.")
    return Reason("way", f"{verdict}: {way}, and it is {ready}.")


def _verdict(requirement: Requirement, close_h: float, late_h: float) -> str:
    if requirement.hard_h is not None and close_h > requirement.hard_h + TOLERANCE:
        return f"Missed, closes {_h(late_h)} late" if late_h > 0 else "Missed"
    if late_h > TOLERANCE:
        return f"Closes {_h(late_h)} late"
    return f"Closes {_h(-late_h)} before it is due" if late_h < -TOLERANCE else "Closes when it is due"


def _waited(hours: float, late_h: float) -> str:
    """How a sentence goes on after the verdict: as a part of the lateness only where it can be one."""
    if late_h <= TOLERANCE:
        return f", though it waited {_h(hours)}"
    return f": {_h(hours)} of it waiting" if hours <= late_h + TOLERANCE else f": it waited {_h(hours)}"


def _h(hours: float) -> str:
    """Hours as sentences say them: whole past ten, a decimal below."""
    return f"{hours:.0f} h" if abs(hours) >= 10 or float(hours).is_integer() else f"{hours:.1f} h"


def _place(index: Index, place: str) -> str:
    known = index.places.get(place)
    return _name(known.name if known is not None else "", place)


def _name(name: str, id_: str) -> str:
    return short(name or id_)


def trace(movement: Movement, requirement: Requirement) -> Chain:
    """Walk back from the last unloading of a requirement to its readiness."""
    chain = Chain()
    found = movement.last_unload(requirement)
    seen: set[tuple[str, int]] = set()
    while found is not None and found not in seen:
        seen.add(found)
        found = _ride(movement, requirement, *found, chain)
    return chain


def _ride(
    movement: Movement, requirement: Requirement, vehicle_id: str, number: int, chain: Chain
) -> tuple[str, int] | None:
    """Account for one ride, from unloading back to when both load and vehicle were there.

    Returns the unloading by which the load got to where this ride began, or None at the origin.
    """
    vehicle, fleet = movement.vehicles[vehicle_id]
    stop = vehicle.stops[number - 1]
    chain.way_h += on_ground_h(fleet, stop) - stop.start_h
    _account_wait(movement, vehicle, fleet, stop, stop.arrive_h, chain)
    loaded = number - 1
    while loaded >= 1:
        before, after = vehicle.stops[loaded - 1], vehicle.stops[loaded]
        _account_leg(movement.index, fleet, before, after, chain)
        if any(lot.requirement == requirement.id and amounts_of(lot) for lot in before.load):
            break
        chain.way_h += before.end_h - before.start_h
        if loaded > 1:
            _account_wait(movement, vehicle, fleet, before, before.arrive_h, chain)
        loaded -= 1
    if loaded < 1:
        return None
    start = vehicle.stops[loaded - 1]
    begins_h = loading_begins_h(fleet, start)
    chain.way_h += start.end_h - begins_h
    ready_h, source = _enough(movement, requirement, start, begins_h)
    _account_vehicle(movement, requirement, vehicle, fleet, loaded, min(ready_h, begins_h), chain)
    if source is None:
        return None
    carrier, at = source
    other, other_fleet = movement.vehicles[carrier]
    chain.way_h += max(0.0, ready_h - on_ground_h(other_fleet, other.stops[at - 1]))
    return source


def _enough(
    movement: Movement, requirement: Requirement, start: Stop, begins_h: float
) -> tuple[float, tuple[str, int] | None]:
    """When what is loaded here was ready, and which unloading made it so (None: it was at its origin)."""
    place = start.place
    wanted = {
        thing for lot in start.load if lot.requirement == requirement.id for thing, _ in amounts_of(lot)
    }
    loaded: dict[str, float] = defaultdict(float)
    came: dict[str, list[tuple[float, Change]]] = defaultdict(list)
    for at, thing, change in movement.stock[requirement.id]:
        if at != place or thing not in wanted or change.hour > begins_h + TOLERANCE:
            continue
        if change.loads:
            loaded[thing] += change.amount
        else:
            total = came[thing][-1][0] if came[thing] else 0.0
            came[thing].append((total + change.amount, change))
    latest: Change | None = None
    for thing in wanted:
        rows = came[thing]
        enough = bisect_left(rows, loaded[thing] - TOLERANCE, key=lambda row: row[0])
        if not rows:
            continue
        reaches = rows[min(enough, len(rows) - 1)][1]
        if latest is None or reaches.hour > latest.hour:
            latest = reaches
    if latest is None:
        return requirement.available_h, None
    source = (latest.vehicle, latest.stop) if latest.vehicle in movement.vehicles else None
    return latest.hour + TOLERANCE, source


def _account_wait(
    movement: Movement, vehicle: Vehicle, fleet: Fleet, stop: Stop, since_h: float, chain: Chain
) -> None:
    """Hours between arrival (or readiness) and the start of work: for a slot, or for others."""
    hours = stop.start_h - since_h
    if hours <= TOLERANCE:
        return
    if movement.full_h(stop.place, fleet.mode, since_h, stop.start_h) > TOLERANCE:
        span = (stop.place, fleet.mode, since_h, stop.start_h, vehicle.id)
        chain.slots[stop.place, fleet.mode].add(hours, partial(movement.holders, *span))
        return
    chain.lift[fleet.id].add(hours, partial(_stood, movement, stop))


def _account_leg(index: Index, fleet: Fleet, stop: Stop, then: Stop, chain: Chain) -> None:
    """Moving hours, and the wait between the end of work and the departure."""
    depart_h = stop.depart_h if stop.depart_h is not None else then.arrive_h
    chain.way_h += max(0.0, then.arrive_h - depart_h)
    waited = depart_h - stop.end_h
    if waited <= TOLERANCE:
        return
    legs = [leg for leg in index.legs(fleet, stop.place, then.place) if leg.allowed]
    if legs and not any(leg.is_open(stop.end_h) for leg in legs):
        chain.closed_h += waited
        return
    limited = fleet.use_h_per_day is not None
    told = "which had used up its hours" if limited else f"which stood at {_place(index, stop.place)}"
    chain.lift[fleet.id].add(waited, lambda: told)


def _account_vehicle(
    movement: Movement,
    requirement: Requirement,
    vehicle: Vehicle,
    fleet: Fleet,
    loaded: int,
    ready_h: float,
    chain: Chain,
) -> None:
    """What the vehicle did between the hour the load was ready and the beginning of loading."""
    start = vehicle.stops[loaded - 1]
    _account_wait(movement, vehicle, fleet, start, max(start.arrive_h, ready_h), chain)
    unloading_h = loading_begins_h(fleet, start) - max(start.start_h, ready_h)
    away_h = max(0.0, unloading_h)
    carried: dict[str, None] = dict.fromkeys(lot.requirement for lot in start.unload)
    for before, after in reversed(list(pairwise(vehicle.stops[:loaded]))):
        if after.arrive_h <= ready_h + TOLERANCE:
            break
        begins = max(before.start_h, ready_h)
        away_h += after.arrive_h - begins
        carried.update(dict.fromkeys(lot.requirement for lot in before.unload))
        waited_from = max(before.arrive_h, ready_h)
        if before.start_h > waited_from + TOLERANCE:
            _account_wait(movement, vehicle, fleet, before, waited_from, chain)
    carried.pop(requirement.id, None)
    late_lift = (
        start.arrive_h > ready_h + TOLERANCE and fleet.available_h > ready_h + TOLERANCE and not carried
    )
    if late_lift:
        away_h = max(away_h, start.arrive_h - ready_h)

    def away() -> str:
        if late_lift:
            return f"available from {_h(fleet.available_h)} on"
        if carried:
            return f"which was away with {_listed(movement.called(carried))}"
        return f"which had to come to {_place(movement.index, start.place)} first"

    if away_h > TOLERANCE:
        chain.lift[fleet.id].add(away_h, away)


def _stood(movement: Movement, stop: Stop) -> str:
    waits_for = _listed(movement.called(lot.requirement for lot in stop.load))
    stood = f"which stood at {_place(movement.index, stop.place)}"
    return stood + (f" for {waits_for}" if waits_for else "")


def _still(requirement: Requirement, outcome: Outcome) -> Reason:
    late_h = (outcome.close_h or 0.0) - requirement.due_h
    if late_h > TOLERANCE:
        sentence = f"Closes {_h(late_h)} late: nothing has to move, but it is ready only at "
        return Reason("readiness", f"{sentence}{_h(requirement.available_h)}.")
    return Reason("none", "Nothing has to move.")


def _left_behind(index: Index, reach: Reach, requirement: Requirement, outcome: Outcome | None) -> Reason:
    """Why something of it is not delivered."""
    demand = index.demand[requirement.id]
    way = f"from {_place(index, requirement.origin)} to {_place(index, requirement.destination)}"
    if not requirement.divisible and demand and not reach.carriers(requirement, next(iter(demand))):
        size = f"{requirement.pax} people and {requirement.tonnes:g} t"
        sentence = f"Not delivered: it is indivisible, {size}, and no vehicle that may carry it takes all."
        return Reason("lift", sentence)
    for thing in demand:
        what = "people" if thing == PAX else f"{short(thing)} cargo"
        carriers = reach.carriers(requirement, thing)
        if not carriers:
            return Reason("lift", f"Not delivered: no fleet that may carry it carries {what}.")
        if not reach.can_arrive(requirement, carriers):
            fleets = _listed({fleet.name or fleet.id: None for fleet in carriers})
            sentence = f"Not delivered: there is no way {way} for {what}; it may ride with {fleets}."
            return Reason("way", sentence)
    left = outcome.undelivered if outcome is not None else None
    much = f"{left.pax} people and {sum(left.cargo.values()):g} t" if left else "it"
    fleets = _listed({f.name or f.id: None for thing in demand for f in reach.carriers(requirement, thing)})
    carriers = reach.carriers(requirement, next(iter(demand), PAX))
    sentence = f"Not delivered: {much} are left, though {fleets} could carry them {way}."
    return Reason("lift", sentence, fleet=carriers[0].id if carriers else "")
