"""The decoder in plain Python: the oracle that the compiled one must agree with to the last bit.

Serial schedule generation (Kolisch 1996): tokens in list order, each stop at the earliest hour that its
vehicle, its load and a slot allow, slots already given kept.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from standto.move.problem import LARGEST, TOLERANCE
from standto.move.solve.scarcity import PERSON_T
from standto.move.solve.tables import DUST, FIT, Tables
from standto.move.solve.trips import HUBS, NEVER_EARLIER, Decoded, Habits, Ride, Send, Token, Trip, Visit

INF = float("inf")
MOST_TRIPS = 250_000
LEAST_SHARE = 1e-3
"""A smaller part of a full load than this counts as this part, when slots are weighed against loads."""


class Slots:
    """How many vehicles are worked at one place over time, as a step function; `limit` -1 = no limit."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.hours = [-INF]
        self.taken = [0]

    def earliest(self, from_h: float, work_h: float) -> float:
        """The earliest start at or after an hour with a slot free for the whole work."""
        if self.limit < 0 or work_h <= DUST:
            return from_h
        start, at = from_h, bisect_right(self.hours, from_h + DUST) - 1
        step = at
        while step < len(self.hours) and (step == at or self.hours[step] < start + work_h - DUST):
            if self.taken[step] >= self.limit:
                at = step + 1
                start = max(from_h, self.hours[at])
            step += 1
        return start

    def book(self, start_h: float, end_h: float, change: int) -> None:
        """Take a slot (+1) or give it back (-1)."""
        if self.limit < 0 or end_h - start_h <= DUST:
            return
        first, last = self._step(start_h), self._step(end_h)
        for step in range(first, last):
            self.taken[step] += change

    def _step(self, hour: float) -> int:
        at = bisect_right(self.hours, hour) - 1
        if self.hours[at] != hour:
            at += 1
            self.hours.insert(at, hour)
            self.taken.insert(at, self.taken[at - 1])
        return at


@dataclass(slots=True)
class Batch:
    """Part of a requirement on the ground."""

    place: int
    ready_h: float
    amounts: list[float]
    stuck: bool = False


@dataclass(slots=True)
class Mover:
    """One vehicle as it stands: where, free when, hours moved, the use rule's running bank."""

    place: int
    free_h: float
    moved_h: float = 0.0
    bank: float = -INF


@dataclass(slots=True)
class Made:
    """A trip of the plan so far, with what is needed to add to it."""

    trip: Trip
    rides: list[Ride]
    begins_h: list[float]
    ground_h: list[float]
    loads: list[bool]
    unloads: list[bool]


@dataclass(slots=True)
class Choice:
    """The best way found to send a load: by a new trip, or on a trip that is there already."""

    key_h: float = INF
    cost: float = INF
    vehicle: int = -1
    place: int = -1
    trip: int = -1
    first: int = 0
    last: int = 0


def decode(t: Tables, tokens: Sequence[Token], priority: Sequence[int], habits: Habits, goal: str) -> Decoded:
    """Turn tokens into a plan; what they leave is sent at the end, in order of priority."""
    twin = _Twin(t, habits)
    for token in tokens:
        if isinstance(token, Send):
            twin.send(token.requirement)
        else:
            twin.run(token)
    hour = twin.first_waiting(-INF)
    while hour < INF:
        for requirement in priority:
            twin.send(requirement, hour + habits.step_h)
        hour = twin.first_waiting(hour + habits.step_h)
    return twin.result(goal)


@dataclass
class _Twin:
    t: Tables
    habits: Habits
    made: list[Made] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    cost: float = 0.0

    def __post_init__(self) -> None:
        t = self.t
        self.slots = [Slots(int(limit)) for limit in t.slots]
        self.movers = [
            Mover(int(base), float(t.free_h[fleet])) for fleet, base in zip(t.v_fleet, t.v_base, strict=True)
        ]
        self.columns = range(t.need.shape[1])
        self.stock: list[list[Batch]] = []
        self.last_h = [float(hour) for hour in t.ready_h]
        self.arrived = [[0.0] * len(self.columns) for _ in t.origin]
        for r in range(len(t.origin)):
            amounts = [float(amount) for amount in t.need[r]]
            self.stock.append([] if t.still[r] else [Batch(int(t.origin[r]), float(t.ready_h[r]), amounts)])

    # --- ways -------------------------------------------------------------------------------------------

    def hours(self, fleet: int, origin: int, destination: int) -> float:
        net = self.t.net[fleet]
        a, b = self.t.local[net, origin], self.t.local[net, destination]
        if a < 0 or b < 0:
            return INF
        return float(self.t.hours[self.t.net_at[net] + a * self.t.net_size[net] + b])

    def limit(self, fleet: int, place: int) -> int:
        return int(self.t.slots[place * self.t.modes + self.t.mode[fleet]])

    def slot(self, fleet: int, place: int) -> Slots:
        return self.slots[place * self.t.modes + int(self.t.mode[fleet])]

    def leg(self, fleet: int, mover: Mover, at_h: float, leg: int) -> tuple[float, float, float]:
        """Departure, hours and kilometres of the link that arrives first."""
        t, best = self.t, (INF, INF, INF)
        use = float(t.use[fleet])
        for option in range(t.leg_options[leg], t.leg_options[leg + 1]):
            hours, depart = float(t.option_h[option]), at_h
            if use < INF:
                whole = 24 * ((mover.moved_h + hours) / use - 1) + float(t.free_h[fleet])
                depart = max(depart, whole - hours)
                if t.bank[fleet] < INF:
                    whole = 24 * ((mover.moved_h + hours) / use - float(t.bank[fleet])) + mover.bank
                    depart = max(depart, whole - hours)
            for window in range(t.option_closed[option], t.option_closed[option + 1]):
                if t.closed_from[window] <= depart < t.closed_to[window]:
                    depart = float(t.closed_to[window])
            if depart + hours < best[0] + best[1]:
                best = (depart, hours, float(t.option_km[option]))
        return best

    def go(
        self, fleet: int, mover: Mover, place: int, passed: list[tuple[int, float, float, float, float]]
    ) -> tuple[float, float, float]:
        """Move towards a place; stops on the way are booked in `passed`. Last departure, arrival, cost."""
        t, net = self.t, int(self.t.net[fleet])
        cost, at_h, left = 0.0, mover.free_h, mover.free_h
        there = int(t.local[net, place])
        while mover.place != place:
            here = int(t.local[net, mover.place])
            leg = int(t.leg[t.net_at[net] + here * t.net_size[net] + there])
            left, hours, km = self.leg(fleet, mover, at_h, leg)
            mover.bank = max(mover.bank, left - 24 * mover.moved_h / float(t.use[fleet]))
            mover.moved_h += hours
            cost += km * float(t.km_cost[fleet])
            mover.place, at_h = int(t.leg_to[leg]), left + hours
            if mover.place != place:
                service = float(t.service_h[fleet])
                arrive, start = at_h, self.slot(fleet, mover.place).earliest(at_h, service)
                at_h = start + service
                passed.append((mover.place, left, arrive, start, at_h))
        return left, at_h, cost

    # --- trips ------------------------------------------------------------------------------------------

    def run(self, token: Trip) -> bool:
        """Append a trip, as far as there is load for it."""
        t, v = self.t, token.vehicle
        fleet = int(t.v_fleet[v])
        if len(self.made) >= MOST_TRIPS or not self._reachable(fleet, self.movers[v].place, token.places):
            return False
        drawn: list[tuple[Batch, int, float]] = []
        rides, ready = self._draw(fleet, token, drawn)
        used = [i for i in range(len(token.places)) if any(i in (ride.first, ride.last) for ride in rides)]
        index = {old: new for new, old in enumerate(used)}
        rides = [Ride(ride.requirement, index[ride.first], index[ride.last], ride.most) for ride in rides]
        trip = Trip(
            v, tuple(token.places[i] for i in used), tuple(token.holds[i] for i in used), tuple(rides)
        )
        if rides and self._time(fleet, trip, [ready[i] for i in used]):
            return True
        for batch, k, amount in drawn:
            batch.amounts[k] += amount
        return False

    def _reachable(self, fleet: int, at: int, places: Sequence[int]) -> bool:
        for place in places:
            if self.hours(fleet, at, place) == INF or self.limit(fleet, place) == 0:
                return False
            at = place
        return True

    def _draw(
        self, fleet: int, token: Trip, drawn: list[tuple[Batch, int, float]]
    ) -> tuple[list[Ride], list[float]]:
        """What every ride takes of what is on the ground, and when the last of it is ready."""
        seats, tonnes = float(self.t.seats[fleet]), float(self.t.tonnes[fleet])
        rides: list[Ride] = []
        ready = [NEVER_EARLIER] * len(token.places)
        for stop, place in enumerate(token.places):
            for ride in rides:
                if ride.last == stop:
                    seats += ride.most[0]
                    tonnes += self._mass(ride.most)
            for ride in token.rides:
                if ride.first != stop or ride.last <= stop:
                    continue
                taken, hour = self._take(fleet, ride, place, seats, tonnes, drawn)
                if any(amount > 0 for amount in taken):
                    rides.append(Ride(ride.requirement, stop, ride.last, tuple(taken)))
                    ready[stop] = max(ready[stop], hour)
                    seats -= taken[0]
                    tonnes -= self._mass(taken)
        return rides, ready

    def _mass(self, amounts: Sequence[float]) -> float:
        mass = amounts[0] * self.t.pax_t
        for amount in amounts[1:]:
            mass += amount
        return mass

    def _take(
        self,
        fleet: int,
        ride: Ride,
        place: int,
        seats: float,
        tonnes: float,
        drawn: list[tuple[Batch, int, float]],
    ) -> tuple[list[float], float]:
        t, r = self.t, ride.requirement
        taken, hour = [0.0] * len(self.columns), NEVER_EARLIER
        if t.whole[r]:
            if t.still[r] or not t.may[t.way[r, 0], fleet]:
                return taken, hour
            for batch in self.stock[r]:
                fits = batch.amounts[0] <= seats and self._mass(batch.amounts) <= tonnes + FIT
                if batch.place == place and fits and any(batch.amounts):
                    taken, hour = list(batch.amounts), batch.ready_h
                    drawn += [(batch, k, batch.amounts[k]) for k in self.columns]
                    batch.amounts = [0.0] * len(self.columns)
            return taken, hour
        for k in map(int, t.order[r]):
            if t.way[r, k] < 0 or not t.may[t.way[r, k], fleet]:
                continue
            room = tonnes - self._mass(taken)
            if k == 0:
                room = (
                    seats
                    if t.pax_t <= 0 or room == INF
                    else min(seats, float(np.floor((room + FIT) / t.pax_t)))
                )
            most = min(ride.most[k], room)
            for batch in self.stock[r]:
                if most <= DUST:
                    break
                if batch.place != place or batch.amounts[k] <= 0:
                    continue
                amount = batch.amounts[k] if batch.amounts[k] <= most + DUST else most
                batch.amounts[k] -= amount
                most -= amount
                taken[k] += amount
                hour = max(hour, batch.ready_h)
                drawn.append((batch, k, amount))
        return taken, hour

    def _time(self, fleet: int, trip: Trip, ready: list[float]) -> bool:
        """Give every stop its hours and book its slots; False, and nothing booked, if it ends too late."""
        t, v = self.t, trip.vehicle
        old = self.movers[v]
        mover = Mover(old.place, old.free_h, old.moved_h, old.bank)
        loads = [any(ride.first == i for ride in trip.rides) for i in range(len(trip.places))]
        unloads = [any(ride.last == i for ride in trip.rides) for i in range(len(trip.places))]
        visits: list[Visit] = []
        begins, ground, cost, number = [], [], 0.0, len(self.made)
        for i, place in enumerate(trip.places):
            passed: list[tuple[int, float, float, float, float]] = []
            left, arrive, paid = self.go(fleet, mover, place, passed)
            cost += paid
            visits += [Visit(v, *stop, number, -1) for stop in passed]
            for stop, _, _, start, end in passed:
                self.slot(fleet, stop).book(start, end, 1)
            load = float(t.load_h[fleet]) if loads[i] else 0.0
            unload = float(t.unload_h[fleet]) if unloads[i] else 0.0
            before = 0.0 if t.both_at_once[fleet] else unload
            work = max(load, unload) if t.both_at_once[fleet] else unload + load
            earliest = max(arrive, trip.holds[i])
            if loads[i]:
                earliest = max(earliest, ready[i] - before)
            start = self.slot(fleet, place).earliest(earliest, work)
            end = start + work
            self.slot(fleet, place).book(start, end, 1)
            visits.append(Visit(v, place, left, arrive, start, end, number, i))
            begins.append(start + before)
            ground.append(end if t.both_at_once[fleet] else start + unload)
            mover.free_h = end
        if mover.free_h > LARGEST:
            for visit in visits:
                self.slot(fleet, visit.place).book(visit.start_h, visit.end_h, -1)
            return False
        self.movers[v] = mover
        self.made.append(Made(trip, list(trip.rides), begins, ground, loads, unloads))
        self.visits += visits
        self.cost += cost
        for ride in trip.rides:
            self._put(ride, trip.places[ride.last], ground[ride.last])
        return True

    def _put(self, ride: Ride, place: int, ground_h: float) -> None:
        """Unload: at the destination it has arrived, elsewhere it waits for its transfer."""
        r = ride.requirement
        if place == self.t.destination[r]:
            for k in self.columns:
                self.arrived[r][k] += ride.most[k]
            self.last_h[r] = max(self.last_h[r], ground_h)
            return
        batch = Batch(place, ground_h + float(self.t.transfer_h[place]), list(ride.most))
        at = len(self.stock[r])
        while at > 0 and self.stock[r][at - 1].ready_h > batch.ready_h:
            at -= 1
        self.stock[r].insert(at, batch)

    # --- the list scheduler -----------------------------------------------------------------------------

    def first_waiting(self, after_h: float) -> float:
        """When the first load is ready that was not ready by some hour."""
        waiting = [batch for stock in self.stock for batch in stock if max(batch.amounts) > DUST]
        return min((batch.ready_h for batch in waiting if batch.ready_h > after_h), default=INF)

    def send(self, r: int, until_h: float = INF) -> None:
        """Send what is left of a requirement and ready by an hour, load by load, as each is there soonest."""
        for batch in self.stock[r]:
            batch.stuck = False
        while True:
            waiting = [batch for batch in self.stock[r] if not batch.stuck and max(batch.amounts) > DUST]
            waiting = [batch for batch in waiting if batch.ready_h <= until_h]
            if not waiting:
                return
            batch = waiting[0]
            if not self._send_load(r, batch):
                batch.stuck = True

    def _send_load(self, r: int, batch: Batch) -> bool:
        t = self.t
        wanted = [k for k in map(int, t.order[r]) if batch.amounts[k] > DUST and t.way[r, k] >= 0]
        wanted = [k for k in wanted if t.togo[t.way[r, k], batch.place] < INF]
        for k in wanted:
            choice = self._choose(r, int(t.way[r, k]), batch)
            if choice.trip >= 0:
                if self._join(r, batch, choice):
                    return True
                choice.trip = -1
            if choice.vehicle >= 0:
                return self._new_trip(r, batch, choice)
        return False

    def _choose(self, r: int, way: int, batch: Batch) -> Choice:
        t, best, a, thrift = self.t, Choice(), batch.place, self.habits.thrift
        fleets = [fleet for fleet in range(len(t.net)) if t.may[way, fleet] and self.limit(fleet, a) != 0]
        fleets = [fleet for fleet in fleets if t.local[t.net[fleet], a] >= 0]
        fullest = max([DUST, *(self._carried(fleet, r, batch) for fleet in fleets)]) if thrift > 0 else 0.0
        for fleet in fleets:
            v = self._nearest(fleet, a, batch.ready_h)
            if v < 0:
                continue
            there = int(t.destination[r])
            share = self._carried(fleet, r, batch) / fullest if thrift > 0 else 1.0
            direct_h = self.hours(fleet, a, there) + self._noise(fleet, there, r)
            for place in (there, *self._hubs(r, fleet, way, a, direct_h)):
                if self.hours(fleet, a, place) == INF or self.limit(fleet, place) == 0:
                    continue
                finish, cost = self._try(v, a, place, batch.ready_h)
                if finish > LARGEST:
                    continue
                if place != there and self.habits.hubs > 1 and t.onward[way, place]:
                    ready_h = finish + float(t.transfer_h[place])
                    finish = self._go_on(r, way, place, int(t.mode[fleet]) if direct_h < INF else -1, ready_h)
                elif place != there:
                    finish += float(t.transfer_h[place]) + float(t.togo[way, place])
                if finish == INF:
                    continue
                extra = self._noise(fleet, place, r) + thrift * self._waste(fleet, a, place, share)
                key = max(finish, float(t.due_h[r])) + extra
                if key < best.key_h - DUST or (key <= best.key_h + DUST and cost < best.cost - DUST):
                    best = Choice(key, cost, v, place)
        if self.habits.joins or batch.place == t.origin[r]:
            self._look_for_room(r, way, batch, best)
        return best

    def _carried(self, fleet: int, r: int, batch: Batch) -> float:
        """How much of a batch a vehicle of a fleet can carry, in tonnes, people counted with their weight."""
        t, load = self.t, 0.0
        seats, tonnes = float(t.seats[fleet]), float(t.tonnes[fleet])
        for k in map(int, t.order[r]):
            amount = batch.amounts[k]
            if t.way[r, k] < 0 or amount <= DUST or not t.may[t.way[r, k], fleet]:
                continue
            weight = max(t.pax_t, PERSON_T) if k == 0 else 1.0
            if not t.whole[r] and k == 0:
                amount = min(amount, seats)
                if t.pax_t > 0 and tonnes < INF:
                    amount = min(amount, float(np.floor((tonnes + FIT) / t.pax_t)))
                tonnes -= amount * t.pax_t
            elif not t.whole[r]:
                amount = min(amount, tonnes)
                tonnes -= amount
            load += amount * weight
        return load

    def _waste(self, fleet: int, a: int, b: int, share: float) -> float:
        """Hours of scarce slots that a trip takes, for as much as the fullest vehicle would carry at once."""
        t, mode = self.t, int(self.t.mode[fleet])
        hours = float(t.load_h[fleet]) * float(t.scarce[a * t.modes + mode])
        hours += float(t.unload_h[fleet]) * float(t.scarce[b * t.modes + mode])
        return hours / max(share, LEAST_SHARE)

    def _nearest(self, fleet: int, place: int, ready_h: float) -> int:
        """The vehicle of a fleet that can be there first; of those in time, whose time it wastes least."""
        t, use = self.t, float(self.t.use[fleet])
        best = (INF, INF, -1)
        for v in np.flatnonzero(t.v_fleet == fleet).tolist():
            mover = self.movers[v]
            far = self.hours(fleet, mover.place, place)
            if far == INF:
                continue
            depart = mover.free_h
            if use < INF and far > 0:
                whole = 24 * ((mover.moved_h + far) / use - 1) + float(t.free_h[fleet])
                depart = max(depart, whole - far)
                if t.bank[fleet] < INF:
                    whole = 24 * ((mover.moved_h + far) / use - float(t.bank[fleet])) + mover.bank
                    depart = max(depart, whole - far)
            hour = max(depart + far, ready_h) + self._noise(fleet, mover.place, place)
            best = min(best, (hour, far - mover.free_h, v))
        return best[2]

    def _hubs(self, r: int, fleet: int, way: int, a: int, direct_h: float) -> list[int]:
        """The best places to hand over at: the only or quickest way, or from where another mode goes on."""
        t, there, hubs = self.t, int(self.t.destination[r]), self.habits.hubs
        net, others = int(t.net[fleet]), ~(1 << int(t.mode[fleet]))
        found = []
        for local in range(t.net_size[net]):
            b = int(t.places[t.place_at[net] + local])
            togo = float(t.togo[way, b])
            if b in (a, there) or togo >= t.togo[way, a] or self.limit(fleet, b) == 0:
                continue
            hour = self.hours(fleet, a, b) + float(t.transfer_h[b]) + togo + self._noise(fleet, b, r)
            useful = hour < direct_h
            if hubs > 1:
                useful = direct_h == INF or bool(t.onward[way, b] & others)
            if useful and hour < INF:
                found.append((hour, local, b))
        return [b for _, _, b in sorted(found)][: max(1, min(HUBS, hubs))]

    def _go_on(self, r: int, way: int, a: int, by: int, ready_h: float) -> float:
        """When a load would be brought from a hub by another mode than `by`."""
        t, best, there = self.t, INF, int(self.t.destination[r])
        for fleet in range(len(t.net)):
            if t.mode[fleet] == by or not t.may[way, fleet] or self.hours(fleet, a, there) == INF:
                continue
            if self.limit(fleet, a) == 0 or self.limit(fleet, there) == 0:
                continue
            v = self._nearest(fleet, a, ready_h)
            if v >= 0:
                best = min(best, self._try(v, a, there, ready_h)[0])
        return best

    def _try(self, v: int, a: int, b: int, ready_h: float) -> tuple[float, float]:
        """When a load from a would be on the ground at b with a vehicle, and what the way costs."""
        t, fleet, old = self.t, int(self.t.v_fleet[v]), self.movers[v]
        mover = Mover(old.place, old.free_h, old.moved_h, old.bank)
        _, arrive, _ = self.go(fleet, mover, a, [])
        start = self.slot(fleet, a).earliest(max(arrive, ready_h), float(t.load_h[fleet]))
        mover.free_h = start + float(t.load_h[fleet])
        _, arrive, _ = self.go(fleet, mover, b, [])
        ground = self.slot(fleet, b).earliest(arrive, float(t.unload_h[fleet])) + float(t.unload_h[fleet])
        return ground, (mover.moved_h - old.moved_h) * float(t.hour_cost[fleet])

    def _noise(self, a: int, b: int, c: int) -> float:
        if self.habits.noise_h <= 0:
            return 0.0
        x = (a * 73856093) ^ (b * 19349663) ^ ((c + 1) * 83492791) ^ (self.habits.seed * 2654435)
        for _ in range(3):
            x = ((x & 0x7FFFFFFF) * 1103515245 + 12345) & 0x7FFFFFFF
            x ^= x >> 15
        return self.habits.noise_h * (x / 2147483648.0)

    def _look_for_room(self, r: int, way: int, batch: Batch, best: Choice) -> None:
        """Room on a trip that goes there anyway, if it is there as soon, or in time."""
        t, best_h = self.t, INF
        new_h = max(best.key_h, float(t.due_h[r]))
        for number, made in enumerate(self.made):
            fleet = int(t.v_fleet[made.trip.vehicle])
            if not t.may[way, fleet]:
                continue
            for i, place in enumerate(made.trip.places):
                if place != batch.place or not made.loads[i] or made.begins_h[i] < batch.ready_h:
                    continue
                for j in range(i + 1, len(made.trip.places)):
                    b = made.trip.places[j]
                    if not made.unloads[j] or t.togo[way, b] >= t.togo[way, place]:
                        continue
                    if best.vehicle >= 0 and b not in (best.place, t.destination[r]):
                        continue
                    finish = made.ground_h[j] + float(t.togo[way, b])
                    finish += 0.0 if b == t.destination[r] else float(t.transfer_h[b])
                    if (
                        finish < best_h - DUST
                        and finish <= new_h + DUST
                        and self._has_room(r, batch, made, i, j)
                    ):
                        best.trip, best.first, best.last, best_h = number, i, j, finish

    def _room(self, made: Made, first: int, last: int) -> tuple[float, float]:
        """Seats and tonnes free on every leg between two stops of a trip."""
        fleet = int(self.t.v_fleet[made.trip.vehicle])
        seats, tonnes = float(self.t.seats[fleet]), float(self.t.tonnes[fleet])
        free = (seats, tonnes)
        for leg in range(first, last):
            aboard = [ride for ride in made.rides if ride.first <= leg < ride.last]
            used_seats, used_tonnes = 0.0, 0.0
            for ride in aboard:
                used_seats += ride.most[0]
                used_tonnes += self._mass(ride.most)
            free = (min(free[0], seats - used_seats), min(free[1], tonnes - used_tonnes))
        return free

    def _has_room(self, r: int, batch: Batch, made: Made, first: int, last: int) -> bool:
        seats, tonnes = self._room(made, first, last)
        if self.t.whole[r]:
            need = [float(amount) for amount in self.t.need[r]]
            return need[0] <= seats and self._mass(need) <= tonnes + FIT
        if batch.amounts[0] > DUST and seats >= 1 and tonnes + FIT >= self.t.pax_t:
            return True
        limited = float(self.t.tonnes[self.t.v_fleet[made.trip.vehicle]]) < INF
        return max([0.0, *batch.amounts[1:]]) > DUST and limited and tonnes > TOLERANCE

    def _join(self, r: int, batch: Batch, choice: Choice) -> bool:
        made = self.made[choice.trip]
        seats, tonnes = self._room(made, choice.first, choice.last)
        place, fleet = made.trip.places[choice.last], int(self.t.v_fleet[made.trip.vehicle])
        most = self._caps(r, batch, place, batch.ready_h)
        ride = Ride(r, choice.first, choice.last, tuple(most))
        taken, _ = self._take(fleet, ride, batch.place, seats, tonnes, [])
        if not any(amount > 0 for amount in taken):
            return False
        ride = Ride(r, choice.first, choice.last, tuple(taken))
        made.rides.append(ride)
        self._put(ride, place, made.ground_h[choice.last])
        return True

    def _caps(self, r: int, batch: Batch, place: int, until_h: float) -> list[float]:
        """How much of each column may go there: what is on the ground in time and has a way on from there."""
        t, caps = self.t, [0.0] * len(self.columns)
        for k in self.columns:
            way = int(t.way[r, k])
            if way < 0 or t.togo[way, place] >= t.togo[way, batch.place]:
                continue
            for other in self.stock[r]:
                if other.place == batch.place and other.ready_h <= until_h:
                    caps[k] += other.amounts[k]
        return caps

    def _new_trip(self, r: int, batch: Batch, choice: Choice) -> bool:
        v = choice.vehicle
        mover = self.movers[v]
        arrive = mover.free_h + self.hours(int(self.t.v_fleet[v]), mover.place, batch.place)
        until = max(arrive, batch.ready_h) + self.habits.patience_h
        ride = Ride(r, 0, 1, tuple(self._caps(r, batch, choice.place, until)))
        places = (batch.place, choice.place)
        return self.run(Trip(v, places, (NEVER_EARLIER, NEVER_EARLIER), (ride,)))

    # --- what it comes to -------------------------------------------------------------------------------

    def result(self, goal: str) -> Decoded:
        t, columns = self.t, self.columns
        undelivered = missed = lateness = moving = 0.0
        closure = -INF
        close: list[float] = []
        left: list[list[float]] = []
        for r in range(len(t.origin)):
            rest = [max(0.0, float(t.need[r, k]) - self.arrived[r][k]) for k in columns]
            rest = [0.0 if t.still[r] or amount <= TOLERANCE else amount for amount in rest]
            hour = INF if any(rest) else self.last_h[r]
            total = 0.0
            for amount in rest:
                total += amount
            undelivered += total * float(t.weight[r])
            if t.hard_h[r] < INF and hour > t.hard_h[r] + TOLERANCE:
                missed += float(t.weight[r])
            if hour < INF:
                lateness += float(t.weight[r]) * max(0.0, hour - float(t.due_h[r]))
                closure = max(closure, hour)
            close.append(hour)
            left.append(rest)
        for mover in self.movers:
            moving += mover.moved_h
        rest_score = (lateness, self.cost, moving)
        score = (undelivered, missed, closure, *rest_score)
        if goal != "closure":
            score = (undelivered, missed, *rest_score, closure)
        trips = [
            Trip(made.trip.vehicle, made.trip.places, made.trip.holds, tuple(made.rides))
            for made in self.made
        ]
        return Decoded(trips, self.visits, close, left, score)
