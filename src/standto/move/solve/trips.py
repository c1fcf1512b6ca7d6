"""The planner's own picture of a plan: a list of trips, taken in order.

A trip is one vehicle's tour of stops from empty to empty, with its rides: what is loaded at one stop and
unloaded at a later one, at most so much. In the list a trip goes after what its vehicle did before, after
what brought its load, and around slots taken by trips that stand earlier. Between trips may stand requests to
send whatever is left of a requirement, which the list scheduler turns into trips. So every list gives a plan
that keeps the rules, and every plan is given by a list.
"""

from __future__ import annotations

from dataclasses import dataclass

NEVER_EARLIER = float("-inf")
HUBS = 4
"""The most places to hand a load over at that are tried for a vehicle, the soonest first."""


@dataclass(frozen=True, slots=True)
class Ride:
    """At most so much of one requirement, from one stop of a trip to a later one."""

    requirement: int
    first: int
    last: int
    most: tuple[float, ...]
    """Per column; infinite = whatever fits."""


@dataclass(frozen=True, slots=True)
class Trip:
    """A vehicle's stops with work, by place, the hour before which work at each does not start, and rides."""

    vehicle: int
    places: tuple[int, ...]
    holds: tuple[float, ...]
    rides: tuple[Ride, ...]


@dataclass(frozen=True, slots=True)
class Send:
    """Send what is left of a requirement, by the list scheduler."""

    requirement: int


Token = Trip | Send


@dataclass(frozen=True, slots=True)
class Visit:
    """A vehicle at a place: when it left the place before, arrived, worked; which stop of which trip.

    A stop on the way (`stop` -1) belongs to the trip but has no load.
    """

    vehicle: int
    place: int
    left_h: float
    arrive_h: float
    start_h: float
    end_h: float
    trip: int
    stop: int


@dataclass(frozen=True, slots=True)
class Habits:
    """How the list scheduler chooses; the search varies it.

    `noise_h` is the width of the pseudo-random hours that its `seed` adds to every estimate; `patience_h`
    how long a vehicle waits for more of the same requirement; `thrift` how many hours later a load may come
    for every hour of scarce slots that is saved, reckoned per full load, 0 = as soon as can be; with `hubs`
    above 1 it also tries so many places where another mode may go on to a destination that is crowded; what
    is ready more than `step_h` after the first of what waits is sent after all else, in steps; with `joins`
    loads share vehicles on their way too, not only where they start. Then a trip may stand in the list before
    the one that brings part of its load, and decoding the list again gives another plan.
    """

    seed: int = 0
    noise_h: float = 0.0
    patience_h: float = 24.0
    thrift: float = 0.0
    hubs: int = 1
    step_h: float = float("inf")
    joins: bool = False


@dataclass(frozen=True, slots=True)
class Decoded:
    """What a list of tokens comes to."""

    trips: list[Trip]
    visits: list[Visit]
    close_h: list[float]
    """Infinite where not all is delivered."""
    left: list[list[float]]
    score: tuple[float, ...]
    """Undelivered, missed, weighted lateness, cost, moving hours, closure."""
