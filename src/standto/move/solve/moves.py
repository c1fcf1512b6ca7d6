"""Small changes to a list of trips, each of which may lead to a better plan.

Whatever a change leaves unmoved, the list scheduler sends, at the end or where the change asks for it, so
every change gives a plan.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from random import Random

import numpy as np

from standto.move.solve.decoder import SPARE, Decoder
from standto.move.solve.flat import (
    N_END,
    Q_NEED,
    Q_TRIP,
    RIDES,
    TRIPS,
    VISITS,
    get_trip,
)
from standto.move.solve.tables import Layout
from standto.move.solve.trips import NEVER_EARLIER, Habits, Ride, Trip

INF = float("inf")
EVERYTHING = 1e9


@dataclass(slots=True)
class Change:
    """New trips, and the tokens of the changed list; new trips are numbered on from those kept."""

    trips: list[Trip]
    tokens: list[int]
    habits: Habits = field(default_factory=Habits)


class Moves:
    """Draws changes to the list that a decoder keeps."""

    def __init__(self, layout: Layout, decoder: Decoder, random: Random) -> None:
        self.layout, self.decoder, self.random = layout, decoder, random
        t = layout.tables
        self._needs = [r for r in range(len(t.origin)) if not t.still[r]]
        self._vehicles = len(t.v_fleet)
        self._stops_of: dict[int, list[int]] = {}
        small = len(self._needs) <= 6
        self._kinds: list[tuple[Callable[[], Change | None], float]] = [
            (self.ruin, 2.0 if small else 6.0),
            (self.clear, 2.0),
            (self.shift, 2.0),
            (self.reassign, 2.0),
            (self.exchange, 1.0),
            (self.merge, 3.0 if small else 1.0),
            (self.split, 1.0),
            (self.open, 1.0),
            (self.shed, 1.0),
            (self.wait, 1.0),
            (self.reroute, 1.0),
            (self.insert, 2.0 if small else 0.5),
            (self.drop_early, 0.5),
        ]
        self._weights = [weight for _, weight in self._kinds]

    @property
    def count(self) -> int:
        """Trips in the list."""
        return int(self.decoder.kept.used[TRIPS])

    def any(self) -> Change | None:
        """One change drawn at random; None if it does not fit this list."""
        if not self._needs or not self._vehicles:
            return None
        kind = self.random.choices(self._kinds, self._weights)[0][0]
        change = kind()
        if change is not None and self.random.random() < 0.2:
            second = self.random.choices(self._kinds, self._weights)[0][0]
            change = self._both(change, second)
        return change

    def _both(self, change: Change, second: Callable[[], Change | None]) -> Change:
        """Two changes at once, where the second only reorders or replaces trips the first left alone."""
        other = second()
        if other is None or other.trips or len(other.tokens) != self.count:
            return change
        rank = {token: place for place, token in enumerate(other.tokens) if token >= 0}
        old = sorted(
            (token for token in change.tokens if 0 <= token < self.count), key=lambda x: rank.get(x, 0)
        )
        queue = iter(old)
        change.tokens = [next(queue) if 0 <= token < self.count else token for token in change.tokens]
        return change

    def habits(self) -> Habits:
        """Habits of the list scheduler, drawn at random."""
        noise_h = self.random.choice([0.0, 1.0, 4.0, 12.0, 40.0])
        patience_h = self.random.choice([0.0, 6.0, 24.0, EVERYTHING])
        thrift = self.random.choice([0.0, 0.03, 0.1, 0.3])
        hubs = self.random.choice([1, 2, 2, 4])
        return Habits(self.random.randrange(1 << 30), noise_h, patience_h, thrift, hubs)

    # --- what others are made of ------------------------------------------------------------------------

    def _trip(self, number: int) -> Trip:
        return get_trip(self.decoder.kept, number)

    def _pick(self) -> int:
        return self.random.randrange(self.count)

    def _near(self, at: int, width: int = 40) -> int:
        """A place in the list not far from another."""
        low, high = max(0, at - width), min(self.count, at + width)
        return self.random.randint(low, high)

    def _needs_of(self, trips: list[int]) -> list[int]:
        kept = self.decoder.kept
        rides = kept.ride[: int(kept.used[RIDES])]
        if len(trips) <= 4:
            return list(dict.fromkeys(ride.requirement for trip in trips for ride in self._trip(trip).rides))
        return [int(r) for r in np.unique(rides[np.isin(rides[:, Q_TRIP], trips), Q_NEED])]

    def _trips_of(self, needs: list[int]) -> list[int]:
        kept = self.decoder.kept
        rides = kept.ride[: int(kept.used[RIDES])]
        mine = rides[:, Q_NEED] == needs[0] if len(needs) == 1 else np.isin(rides[:, Q_NEED], needs)
        return [int(trip) for trip in np.unique(rides[mine, Q_TRIP])]

    def _replaced(
        self, changed: dict[int, list[Trip]], sends: list[int], at: int | None = None
    ) -> Change | None:
        """The list with some trips replaced by others (or none) and requirements sent at a place in it."""
        trips: list[Trip] = []
        tokens: list[int] = []
        count = self.count
        codes = [-1 - r for r in sends]
        if at is None:
            at = max(changed, default=count - 1) + 1
        previous = 0
        for number in sorted({*changed, at}):
            tokens += range(previous, number)
            previous = number
            if number == at:
                tokens += codes
            if number in changed:
                for trip in changed[number]:
                    tokens.append(count + len(trips))
                    trips.append(trip)
                previous = number + 1
        tokens += range(previous, count)
        return Change(trips, tokens) if len(trips) <= SPARE else None

    def _vehicle_for(self, trip: Trip) -> int:
        """Another vehicle for a trip: of its fleet, or of any fleet that may carry some of its load."""
        t, random = self.layout.tables, self.random
        fleet = int(t.v_fleet[trip.vehicle])
        if random.random() < 0.4:
            r = trip.rides[0].requirement
            ways = [way for way in t.way[r] if way >= 0]
            able = [f for f in range(len(t.net)) if any(t.may[way, f] for way in ways)]
            fleet = random.choice(able) if able else fleet
        groups = range(int(t.groups[fleet]), int(t.groups[fleet + 1]))
        sizes = [int(t.group_size[group]) for group in groups]
        if not sum(sizes):
            return trip.vehicle
        group = random.choices(groups, sizes)[0]
        return int(t.group_first[group]) + random.randrange(int(t.group_size[group]))

    def _on(self, trip: Trip, vehicle: int) -> Trip:
        """The trip with another vehicle, which takes what fits."""
        if vehicle == trip.vehicle:
            return trip
        return replace(trip, vehicle=vehicle, rides=tuple(map(self._opened, trip.rides)))

    def _opened(self, ride: Ride) -> Ride:
        return replace(ride, most=(INF,) * len(ride.most))

    # --- the changes ------------------------------------------------------------------------------------

    def ruin(self) -> Change | None:
        """Take some related requirements out and send them anew, where the first of them went or before."""
        random, t = self.random, self.layout.tables
        seed = random.choice(self._needs)
        if random.random() < 0.5:
            late = self.decoder.kept_verdict.close_h - t.due_h
            tried = [random.choice(self._needs) for _ in range(3)]
            seed = max(tried, key=lambda r: late[r] * t.weight[r])
        most = random.choice([1, 1, 2, 3, 5])
        related = [
            r
            for r in random.sample(self._needs, min(30, len(self._needs)))
            if r != seed and (t.origin[r] == t.origin[seed] or t.destination[r] == t.destination[seed])
        ]
        needs = [seed, *related[: most - 1]]
        gone = self._trips_of(needs)
        chosen = set(needs)
        changed: dict[int, list[Trip]] = {}
        for number in gone:
            trip = self._trip(number)
            rides = tuple(ride for ride in trip.rides if ride.requirement not in chosen)
            changed[number] = [replace(trip, rides=rides)] if rides else []
        at = min(gone, default=self.count)
        at = random.choice([at, random.randint(0, at), random.randint(0, self.count)])
        random.shuffle(needs)
        change = self._replaced(changed, needs, at)
        if change is not None:
            change.habits = self.habits()
        return change

    def clear(self) -> Change | None:
        """Take some trips out, alike in vehicle or in place of the list, and send their loads anew."""
        if not self.count:
            return None
        random, kept = self.random, self.decoder.kept
        first = self._pick()
        if random.random() < 0.5:
            vehicle = int(kept.trip[first, 0])
            mine = np.flatnonzero(kept.trip[: self.count, 0] == vehicle).tolist()
            gone = [number for number in mine if number >= first][: random.randint(1, 6)]
        else:
            gone = sorted({first, *(min(self.count - 1, self._near(first, 10)) for _ in range(2))})
            gone = gone[: random.randint(1, 3)]
        needs = self._needs_of(gone)
        random.shuffle(needs)
        change = self._replaced({number: [] for number in gone}, needs, gone[0])
        if change is not None:
            change.habits = self.habits()
        return change

    def shift(self) -> Change | None:
        """Take a trip earlier or later in the list."""
        if self.count < 2:
            return None
        number = self._pick()
        to = min(self.count - 1, self._near(number))
        tokens = list(range(self.count))
        tokens.insert(to, tokens.pop(number))
        return Change([], tokens)

    def reassign(self) -> Change | None:
        """Give a trip to another vehicle."""
        if not self.count:
            return None
        number = self._pick()
        trip = self._trip(number)
        new = self._on(trip, self._vehicle_for(trip))
        needs = [ride.requirement for ride in trip.rides] if self.random.random() < 0.7 else []
        change = self._replaced({number: [new]}, list(dict.fromkeys(needs)))
        if change is not None and self.random.random() < 0.5:
            change.habits = self.habits()
        return change

    def exchange(self) -> Change | None:
        """Let two vehicles change trips, or all that they do from there on."""
        if self.count < 2:
            return None
        random, kept = self.random, self.decoder.kept
        one = self._pick()
        two = min(self.count - 1, self._near(one))
        a, b = int(kept.trip[one, 0]), int(kept.trip[two, 0])
        if a == b:
            return None
        numbers = [one, two]
        if random.random() < 0.5:
            owner = kept.trip[: self.count, 0]
            after = np.flatnonzero((owner == a) | (owner == b))
            numbers = after[after >= min(one, two)].tolist()
        changed = {}
        for number in numbers[:SPARE]:
            trip = self._trip(number)
            changed[number] = [self._on(trip, b if trip.vehicle == a else a)]
        return self._replaced(changed, self._needs_of([one, two]) if random.random() < 0.5 else [])

    def merge(self) -> Change | None:
        """Make one tour of two trips, in any order of their stops."""
        if self.count < 2:
            return None
        random = self.random
        one, two = sorted(random.sample(range(self.count), 2)) if self.count <= 60 else self._pair()
        a, b = self._trip(one), self._trip(two)
        tour = interleave(a, b, random)
        if random.random() < 0.3:
            tour = replace(tour, vehicle=self._vehicle_for(tour))
        if random.random() < 0.5 or tour.vehicle not in (a.vehicle, b.vehicle):
            tour = replace(tour, rides=tuple(map(self._opened, tour.rides)))
        if random.random() < 0.5:
            return self._replaced({one: [tour], two: []}, [], self.count)
        return self._replaced({one: [], two: [tour]}, [], self.count)

    def _pair(self) -> tuple[int, int]:
        """Two trips near each other in the list, of one vehicle or from one place if there are such."""
        one = self._pick()
        first = self._trip(one).places[0]
        for _ in range(8):
            two = min(self.count - 1, self._near(one))
            if two != one and first in self._trip(two).places:
                break
        two = two if two != one else (one + 1) % self.count
        return min(one, two), max(one, two)

    def split(self) -> Change | None:
        """Make two trips of a tour, the second perhaps with another vehicle."""
        tries = [self._pick() for _ in range(5)] if self.count else []
        number = next((n for n in tries if len(self._trip(n).rides) > 1), None)
        if number is None:
            return None
        trip = self._trip(number)
        rides = list(trip.rides)
        self.random.shuffle(rides)
        at = self.random.randint(1, len(rides) - 1)
        first, second = replace(trip, rides=tuple(rides[:at])), replace(trip, rides=tuple(rides[at:]))
        if self.random.random() < 0.5:
            second = self._on(second, self._vehicle_for(second))
        return self._replaced({number: [first, second]}, [])

    def open(self) -> Change | None:
        """Let a trip take as much as fits; later ones find less."""
        if not self.count:
            return None
        number = self._pick()
        trip = self._trip(number)
        rides = list(map(self._opened, trip.rides))
        self.random.shuffle(rides)
        return self._replaced({number: [replace(trip, rides=tuple(rides))]}, [])

    def shed(self) -> Change | None:
        """Leave part of a trip's load behind, for others."""
        if not self.count:
            return None
        random = self.random
        number = self._pick()
        trip = self._trip(number)
        chosen = random.randrange(len(trip.rides))
        ride = trip.rides[chosen]
        loaded = [k for k, amount in enumerate(ride.most) if amount > 0]
        column = random.choice(loaded)
        part = random.choice([0.0, 0.5])
        amount = float(int(ride.most[column] * part)) if column == 0 else ride.most[column] * part
        most = tuple(amount if k == column else old for k, old in enumerate(ride.most))
        rides = list(trip.rides)
        rides[chosen] = replace(ride, most=most)
        sends = [ride.requirement]
        change = self._replaced({number: [replace(trip, rides=tuple(rides))]}, sends)
        if change is not None and random.random() < 0.5:
            change.habits = self.habits()
        return change

    def wait(self) -> Change | None:
        """Hold a stop until some other stop's work ends, or let it go again."""
        if not self.count:
            return None
        random, kept = self.random, self.decoder.kept
        number = self._pick()
        trip = self._trip(number)
        stop = random.randrange(len(trip.places))
        hold = NEVER_EARLIER
        if trip.holds[stop] == NEVER_EARLIER or random.random() < 0.3:
            hold = float(kept.visit_f[random.randrange(int(kept.used[VISITS])), N_END])
        holds = tuple(hold if i == stop else old for i, old in enumerate(trip.holds))
        return self._replaced({number: [replace(trip, holds=holds)]}, [])

    def reroute(self) -> Change | None:
        """Put a tour's stops in another order."""
        tries = [self._pick() for _ in range(5)] if self.count else []
        number = next((n for n in tries if len(self._trip(n).places) > 2), None)
        if number is None:
            return None
        trip = self._trip(number)
        order = list(range(len(trip.places)))
        i, j = sorted(self.random.sample(order, 2))
        order[i : j + 1] = reversed(order[i : j + 1])
        place = {old: new for new, old in enumerate(order)}
        rides = tuple(replace(ride, first=place[ride.first], last=place[ride.last]) for ride in trip.rides)
        places = tuple(trip.places[old] for old in order)
        new = Trip(trip.vehicle, places, (NEVER_EARLIER,) * len(places), rides)
        return self._replaced({number: [new]}, [])

    def insert(self) -> Change | None:
        """Put a new trip into the list that takes what it can of one requirement, to its end or a hub."""
        random, t = self.random, self.layout.tables
        r = random.choice(self._needs)
        number = self._near(self._pick()) if self.count else 0
        a, b = int(t.origin[r]), int(t.destination[r])
        draft = Trip(0, (a, b), (NEVER_EARLIER, NEVER_EARLIER), (Ride(r, 0, 1, (INF,) * t.need.shape[1]),))
        ways = [way for way in t.way[r] if way >= 0]
        able = [f for f in range(len(t.net)) if any(t.may[way, f] for way in ways)]
        if not able:
            return None
        fleet = random.choice(able)
        if t.groups[fleet] == t.groups[fleet + 1]:
            return None
        group = random.randrange(int(t.groups[fleet]), int(t.groups[fleet + 1]))
        if not t.group_size[group]:
            return None
        vehicle = int(t.group_first[group]) + random.randrange(int(t.group_size[group]))
        hubs = self._hubs(fleet)
        if random.random() < 0.3 and hubs:
            a = random.choice(hubs)
        if random.random() < 0.3 and hubs:
            b = random.choice(hubs)
        if a == b:
            return None
        new = replace(draft, vehicle=vehicle, places=(a, b))
        count = self.count
        tokens = [*range(number), count, *range(number, count)]
        if random.random() < 0.5:
            tokens.insert(number + 1, -1 - r)
        return Change([new], tokens)

    def drop_early(self) -> Change | None:
        """Set a trip's load down at another place, to be sent on from there."""
        if not self.count:
            return None
        number = self._pick()
        trip = self._trip(number)
        hubs = self._hubs(int(self.layout.tables.v_fleet[trip.vehicle]))
        last = len(trip.places) - 1
        place = self.random.choice(hubs) if hubs else trip.places[last]
        if place in (trip.places[last], trip.places[last - 1]):
            return None
        places = (*trip.places[:last], place)
        needs = list(dict.fromkeys(ride.requirement for ride in trip.rides))
        change = self._replaced({number: [replace(trip, places=places)]}, needs)
        if change is not None:
            change.habits = self.habits()
        return change

    def _hubs(self, fleet: int) -> list[int]:
        """Places where the fleet can stop."""
        if fleet not in self._stops_of:
            t = self.layout.tables
            net = self.layout.network.net(fleet)
            self._stops_of[fleet] = [
                int(place) for place in net.places if t.slots[place * t.modes + t.mode[fleet]] != 0
            ]
        return self._stops_of[fleet]


def interleave(a: Trip, b: Trip, random: Random) -> Trip:
    """One tour of two trips: each keeps its order of stops, stops met at one place become one."""
    steps = [0] * len(a.places) + [1] * len(b.places)
    random.shuffle(steps)
    if random.random() < 0.3:
        steps = sorted(steps)
    places: list[int] = []
    holds: list[float] = []
    index: tuple[list[int], list[int]] = ([], [])
    for step in steps:
        trip = b if step else a
        own = len(index[step])
        place, hold = trip.places[own], trip.holds[own]
        if places and places[-1] == place and len(places) - 1 not in index[step]:
            holds[-1] = max(holds[-1], hold)
        else:
            places.append(place)
            holds.append(hold)
        index[step].append(len(places) - 1)
    rides = [
        replace(ride, first=index[which][ride.first], last=index[which][ride.last])
        for which, trip in enumerate((a, b))
        for ride in trip.rides
    ]
    if random.random() < 0.3:
        random.shuffle(rides)
    vehicle = random.choice((a.vehicle, b.vehicle))
    return Trip(vehicle, tuple(places), tuple(holds), tuple(rides))
