"""Where every unit stands at an hour, from home to in place: folded from readiness and rides."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from standto.brief.flow import Ride
from standto.move.plan import Outcome
from standto.move.problem import Requirement

STATES = ("at home", "under alert", "getting ready", "ready", "under way", "in place")
HOME, ALERT, PREPARING, READY, UNDER_WAY, IN_PLACE = range(6)
NEVER = float("inf")


@dataclass(frozen=True, slots=True)
class Journey:
    """The hours at which one requirement passes from state to state.

    `enters` has five hours that never fall: under alert, getting ready, ready, under way, in place; a state
    that is never entered has the hour of the one after it, or `NEVER`. `left_h` is when the last of it leaves
    home, `there_h` when the first of it is at its destination.
    """

    requirement: str
    origin: str
    destination: str
    enters: tuple[float, float, float, float, float]
    left_h: float
    there_h: float

    def state(self, hour: float) -> int:
        """The index in `STATES` at an hour."""
        return bisect_right(self.enters, hour)


def journeys(
    requirements: Iterable[Requirement], outcomes: dict[str, Outcome], rides: Iterable[Ride]
) -> tuple[Journey, ...]:
    """The journey of every requirement, in the order given."""
    of: dict[str, list[Ride]] = defaultdict(list)
    for ride in rides:
        of[ride.requirement].append(ride)
    return tuple(_journey(one, outcomes.get(one.id), of[one.id]) for one in requirements)


def counts(found: Iterable[Journey], hour: float) -> tuple[int, ...]:
    """How many stand in each state at an hour, in the order of `STATES`."""
    seen = Counter(one.state(hour) for one in found)
    return tuple(seen[state] for state in range(len(STATES)))


def _journey(one: Requirement, outcome: Outcome | None, rides: Sequence[Ride]) -> Journey:
    about = one.readiness or {}
    ordered = _number(about.get("ordered_h"), min(0.0, one.available_h))
    ready = max(_number(about.get("ready_h"), one.available_h), ordered)
    alerts = [at for change in _list(about.get("changes")) if (at := _first(change)) is not None]
    alerted = min([*alerts, ordered])
    away = min((ride.load_h for ride in rides), default=NEVER)
    close = outcome.close_h if outcome is not None and outcome.close_h is not None else NEVER
    if one.still and close < NEVER:
        away = close
    enters = [close, min(away, close)]
    for hour in (ready, ordered, alerted):
        enters.append(min(hour, enters[-1]))
    home = [ride.depart_h for ride in rides if ride.origin == one.origin]
    there = [ride.arrive_h for ride in rides if ride.destination == one.destination]
    first_close, second, third, fourth, fifth = enters
    return Journey(
        one.id,
        one.origin,
        one.destination,
        (fifth, fourth, third, second, first_close),
        max(home, default=second),
        min(there, default=first_close),
    )


def _list(value: object) -> Sequence[Any]:
    return value if isinstance(value, (list, tuple)) else ()


def _first(change: object) -> float | None:
    if isinstance(change, (list, tuple)) and change:
        hour = _number(change[0], NEVER)
        return hour if hour < NEVER else None
    return None


def _number(value: object, otherwise: float) -> float:
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else otherwise
