"""What can be delivered at all: which fleets may carry a thing, and whether their ways lead there.

Judged as if every vehicle had all the time there is: what is out of reach here no plan can deliver.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from standto.move.check.index import PAX, Index, within_range
from standto.move.problem import TOLERANCE, Fleet, Place, Requirement

_Search = tuple[str, tuple[str, ...], frozenset[str] | None]
"""Origin, fleets by id, and where alone it may be loaded."""


@dataclass(slots=True)
class Reach:
    """Where fleets can get to, and from where to where they can carry things; found once per fleet."""

    index: Index
    _ends: dict[tuple[str, str], list[str]] = field(init=False)
    _from: dict[str, dict[str, frozenset[str]]] = field(init=False, default_factory=dict)
    _onward: dict[tuple[str, ...], dict[str, set[str]]] = field(init=False, default_factory=dict)
    _reached: dict[_Search, frozenset[str]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        ends: dict[tuple[str, str], list[str]] = defaultdict(list)
        for link in self.index.problem.links:
            ends[link.origin, link.mode].append(link.destination)
            if link.both:
                ends[link.destination, link.mode].append(link.origin)
        self._ends = dict(ends)

    def carriers(self, requirement: Requirement, thing: str) -> tuple[Fleet, ...]:
        """Fleets with vehicles that may carry such a thing of it, wherever they are.

        For an indivisible requirement those that take all of it at once.
        """
        return tuple(
            fleet
            for fleet in self.index.problem.fleets
            if self._may_ride(requirement, fleet) and self._has_room(requirement, fleet, thing)
        )

    def _may_ride(self, requirement: Requirement, fleet: Fleet) -> bool:
        serves = self.index.serves[fleet.id]
        return (
            fleet.count > 0
            and (serves is None or requirement.id in serves)
            and (requirement.modes is None or fleet.mode in requirement.modes)
        )

    def _has_room(self, requirement: Requirement, fleet: Fleet, thing: str) -> bool:
        each = self.index.problem.pax_tonnes
        if not requirement.divisible:
            classes = {name: mass for name, mass in least_load(requirement).items() if name != PAX}
            tonnes = sum(classes.values()) + requirement.pax * each
            return (
                requirement.pax <= fleet.seats
                and (not fleet.limits_mass or tonnes <= fleet.tonnes + TOLERANCE)
                and all(name in fleet.classes and fleet.tonnes > 0 for name in classes)
            )
        if thing == PAX:
            return fleet.seats > 0 and (not fleet.limits_mass or each <= fleet.tonnes + TOLERANCE)
        return thing in fleet.classes and fleet.tonnes > 0

    def can_arrive(self, requirement: Requirement, fleets: Sequence[Fleet]) -> bool:
        """Whether these fleets together lead from origin to destination.

        With transfers anywhere, or only at its ports where it names any.
        """
        names = tuple(fleet.id for fleet in fleets)
        only = None if requirement.ports is None else frozenset((requirement.origin, *requirement.ports))
        key = (requirement.origin, names, only)
        found = self._reached.get(key)
        if found is None:
            onward = self._onward_by(names, fleets)
            found = _closure(
                requirement.origin,
                lambda place: onward.get(place, ()) if only is None or place in only else (),
            )
            self._reached[key] = found
        return requirement.destination in found

    def leaves(self, fleet: Fleet, place: str) -> bool:
        """Whether the fleet can load at a place and unload what it loaded at another."""
        return bool(self._carries(fleet).get(place, frozenset()) - {place})

    def _onward_by(self, key: tuple[str, ...], fleets: Sequence[Fleet]) -> dict[str, set[str]]:
        onward = self._onward.get(key)
        if onward is None:
            onward = defaultdict(set)
            for fleet in fleets:
                for place, ends in self._carries(fleet).items():
                    onward[place] |= ends
            self._onward[key] = onward
        return onward

    def _carries(self, fleet: Fleet) -> dict[str, frozenset[str]]:
        """Places the fleet can load at, each with those it can then unload at."""
        known = self._from.get(fleet.id)
        if known is not None:
            return known
        places = self.index.places
        visited: set[str] = set()
        for base, count in fleet.stationed().items():
            if count and base in places and fleet.mode in places[base].slots:
                visited |= _closure(base, lambda place: self._next(fleet, place))
        carries = {}
        for place in visited:
            if can_work(places[place], fleet, fleet.load_h):
                ends = _closure(place, lambda at: self._next(fleet, at))
                carries[place] = frozenset(at for at in ends if can_work(places[at], fleet, fleet.unload_h))
        self._from[fleet.id] = carries
        return carries

    def _next(self, fleet: Fleet, place: str) -> list[str]:
        least = min(fleet.load_h, fleet.unload_h, fleet.service_h)
        ends = []
        for end in dict.fromkeys(self._ends.get((place, fleet.mode), ())):
            stop = self.index.places.get(end)
            if stop is not None and can_work(stop, fleet, least) and self._leg_fits(fleet, place, end):
                ends.append(end)
        return ends

    def _leg_fits(self, fleet: Fleet, place: str, end: str) -> bool:
        for leg in self.index.legs(fleet, place, end):
            if leg.allowed and within_range(fleet, leg) and _within_bank(fleet, leg.hours):
                return True
        return False

    def undeliverable(self, requirement: Requirement) -> tuple[str, ...]:
        """What of a requirement no plan can deliver: `PAX` and cargo classes."""
        if requirement.origin == requirement.destination:
            return ()
        things = least_load(requirement)
        found = tuple(
            thing for thing in things if not self.can_arrive(requirement, self.carriers(requirement, thing))
        )
        return tuple(things) if found and not requirement.divisible else found


def least_load(requirement: Requirement) -> dict[str, float]:
    """The least of people (`PAX`) and tonnes per class that counts as all of it, within the tolerance."""
    cargo = {name: tonnes - TOLERANCE for name, tonnes in requirement.cargo.items() if tonnes > TOLERANCE}
    return cargo | {PAX: float(requirement.pax)} if requirement.pax else cargo


def _within_bank(fleet: Fleet, hours: float) -> bool:
    if fleet.use_h_per_day is None or fleet.use_bank_days is None:
        return True
    return hours <= fleet.use_h_per_day * (hours / 24 + fleet.use_bank_days) + TOLERANCE


def can_work(place: Place, fleet: Fleet, hours: float) -> bool:
    """Whether such work can be done there: it needs a slot unless it takes no time.

    No time is what a plan may state as an interval within the tolerance of none.
    """
    if fleet.mode not in place.slots:
        return False
    return place.slots[fleet.mode] != 0 or hours <= 2 * TOLERANCE


def _closure(start: str, onward: Callable[[str], Iterable[str]]) -> frozenset[str]:
    found, waiting = {start}, [start]
    while waiting:
        for place in onward(waiting.pop()):
            if place not in found:
                found.add(place)
                waiting.append(place)
    return frozenset(found)
