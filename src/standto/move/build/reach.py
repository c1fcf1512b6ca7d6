"""Requirements that nothing can bring there: found in the built problem, before any plan."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence

from standto.errors import Fault
from standto.move.problem import Fleet, Link, Problem, Requirement

Steps = Mapping[str, Sequence[str]]


def unreachable(problem: Problem) -> list[Fault]:
    """People and cargo that no chain of fleets, slots and ways can bring to their destination, however late.

    Transfers are allowed everywhere; amounts, times and the number of vehicles play no part, so what is not
    named here may still be late. What is named is undelivered in every plan.
    """
    ways = _ways_by_mode(problem)
    slots = {place.id: place.slots for place in problem.places}
    steps = {fleet.id: _usable(fleet, ways[fleet.mode], slots) for fleet in problem.fleets}
    faults = []
    for wanted in problem.requirements:
        if not wanted.still:
            stuck = [what for what in _freight(wanted) if not _arrives(wanted, what, problem, steps)]
            if stuck:
                faults.append(_fault(wanted, stuck, problem, steps))
    return faults


def _freight(wanted: Requirement) -> list[str]:
    """The kinds of thing to move: people are the empty string, cargo its class."""
    classes = [name for name, tonnes in wanted.cargo.items() if tonnes > 0]
    return ([""] if wanted.pax else []) + classes


def _ways_by_mode(problem: Problem) -> dict[str, list[Link]]:
    ways: dict[str, list[Link]] = defaultdict(list)
    for link in problem.links:
        ways[link.mode].append(link)
    return ways


def _usable(fleet: Fleet, links: Iterable[Link], slots: Mapping[str, Mapping[str, int | None]]) -> Steps:
    """Legs that vehicles of a fleet can ever drive, from the bases where they can start."""
    open_at = {place for place, by_mode in slots.items() if by_mode.get(fleet.mode, 0) != 0}
    legs: dict[str, list[str]] = defaultdict(list)
    for link in links:
        barred = link.fleets is not None and fleet.id not in link.fleets
        if barred or (fleet.range_km is not None and link.km > fleet.range_km):
            continue
        if link.origin in open_at and link.destination in open_at:
            legs[link.origin].append(link.destination)
            if link.both:
                legs[link.destination].append(link.origin)
    bases = [base for base, count in fleet.stationed().items() if count > 0 and base in open_at]
    seen = _spread(bases, [legs])
    return {place: ends for place, ends in legs.items() if place in seen}


def _spread(starts: Iterable[str], maps: Sequence[Steps]) -> set[str]:
    """Places reached from some places by any of several maps of legs."""
    seen = set(starts)
    queue = deque(seen)
    while queue:
        here = queue.popleft()
        for legs in maps:
            for there in legs.get(here, ()):
                if there not in seen:
                    seen.add(there)
                    queue.append(there)
    return seen


def _carries(fleet: Fleet, wanted: Requirement, what: str, pax_tonnes: float) -> bool:
    """Whether a fleet may take some of one kind of thing of a requirement, or all of it where it must."""
    if fleet.count == 0 or (fleet.serves is not None and wanted.id not in fleet.serves):
        return False
    if wanted.modes is not None and fleet.mode not in wanted.modes:
        return False
    if not wanted.divisible:
        mass = wanted.tonnes + wanted.pax * pax_tonnes
        fits = wanted.pax <= fleet.seats and (not fleet.limits_mass or mass <= fleet.tonnes)
        return fits and all(name in fleet.classes for name, tonnes in wanted.cargo.items() if tonnes > 0)
    if what:
        return what in fleet.classes and fleet.tonnes > 0
    return fleet.seats > 0 and (not fleet.limits_mass or pax_tonnes <= fleet.tonnes)


def _arrives(wanted: Requirement, what: str, problem: Problem, steps: Mapping[str, Steps]) -> bool:
    maps = [steps[f.id] for f in problem.fleets if _carries(f, wanted, what, problem.pax_tonnes)]
    return wanted.destination in _spread([wanted.origin], maps)


def _fault(wanted: Requirement, stuck: Sequence[str], problem: Problem, steps: Mapping[str, Steps]) -> Fault:
    what = " and ".join("people" if not name else f"{name} cargo" for name in stuck)
    able = [f for f in problem.fleets if _carries(f, wanted, stuck[0], problem.pax_tonnes)]
    message = f"no way for {what} from {wanted.origin} to {wanted.destination}"
    if not able:
        fix = f"add a fleet that may carry {what} of this requirement"
    elif not any(steps[fleet.id].get(wanted.origin) for fleet in able):
        fix = (
            f"no fleet that may carry it ever leaves {wanted.origin}: give that place slots, a way or a fleet"
        )
    else:
        fix = f"add slots, a way or a fleet on the way to {wanted.destination}"
    return Fault(message, fix, table="requirements", row=wanted.id, check="no-way", severity="warning")
