"""How far a plan uses what is scarce: slots of every place and vehicles of every fleet, over time.

A slot is in use while a vehicle is worked at it (rule 2 of the lift format); a vehicle while it is worked or
moves. One that stands, waits for a slot or for a load is not in use.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from standto.move.check.index import Index
from standto.move.check.slots import slots_held
from standto.move.plan import Plan
from standto.move.problem import TOLERANCE, Problem

Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Use:
    """One resource over time.

    Attributes
    ----------
    kind, id, mode
        Slots of a mode at a place, or the vehicles of a fleet.
    number
        How many there are; None where slots have no limit.
    steps
        (hour, in use from then on), in order of time.
    busy_h
        Slot hours or vehicle hours in use.
    full_h
        Hours in which all were in use; 0 without a limit.
    """

    kind: Literal["slots", "fleet"]
    id: str
    mode: str
    number: int | None
    steps: tuple[tuple[float, int], ...]
    busy_h: float
    full_h: float

    @property
    def peak(self) -> int:
        """The most in use at once."""
        return max((level for _, level in self.steps), default=0)

    def share(self, until_h: float) -> float | None:
        """Part (0 to 1) of what there was from hour 0 to `until_h` that was in use; None without a limit."""
        if not self.number or until_h <= 0:
            return None
        return min(1.0, self.busy_h / (self.number * until_h))

    def full_share(self, until_h: float) -> float:
        """Part (0 to 1) of the hours from 0 to `until_h` in which all were in use."""
        return min(1.0, self.full_h / until_h) if until_h > 0 else 0.0


def use_of(problem: Problem, plan: Plan) -> tuple[Use, ...]:
    """The use of all slots and fleets that a plan touches: places in the problem's order, then fleets."""
    spans: dict[str, list[Span]] = defaultdict(list)
    for vehicle in plan.vehicles:
        for stop, following in zip(vehicle.stops, [*vehicle.stops[1:], None], strict=True):
            if stop.end_h - stop.start_h > TOLERANCE:
                spans[vehicle.fleet].append((stop.start_h, stop.end_h))
            if following is not None and stop.depart_h is not None:
                spans[vehicle.fleet].append((stop.depart_h, following.arrive_h))
    held = slots_held(Index(problem), plan.vehicles)
    found = []
    for place in problem.places:
        for mode, number in place.slots.items():
            at = [(one.start_h, one.end_h) for one in held.get((place.id, mode), ())]
            if at:
                found.append(_use("slots", place.id, mode, number, at))
    for fleet in problem.fleets:
        if fleet.id in spans:
            found.append(_use("fleet", fleet.id, fleet.mode, fleet.count, spans[fleet.id]))
    return tuple(found)


def _use(
    kind: Literal["slots", "fleet"], name: str, mode: str, number: int | None, spans: Iterable[Span]
) -> Use:
    changes: dict[float, int] = defaultdict(int)
    busy_h = 0.0
    for start, end in spans:
        changes[round(start, 6)] += 1
        changes[round(end, 6)] -= 1
        busy_h += end - start
    steps: list[tuple[float, int]] = []
    level, full_h = 0, 0.0
    for hour in sorted(changes):
        if steps and number is not None and level >= number:
            full_h += hour - steps[-1][0]
        level += changes[hour]
        if not steps or steps[-1][1] != level or number is not None:
            steps.append((hour, level))
    return Use(kind, name, mode, number, tuple(steps), busy_h, full_h)
