"""How full the slots of places are: hour by hour, and in the fullest day."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from standto.move.plan import Plan
from standto.move.problem import Place, Problem

DAY_H = 24
LEVELS = (0.0, 0.25, 0.5, 0.75, 0.95)
"""The share of slots at work above which a level begins, from some of them to as good as all."""


@dataclass(frozen=True, slots=True)
class Fullness:
    """Shares of a place's slots at work, of the mode that is fullest, in hours from C-hour on."""

    shares: tuple[float, ...]

    @property
    def fullest_day(self) -> float:
        """The share at work, on average, over the fullest 24 hours."""
        day = min(DAY_H, len(self.shares)) or 1
        total = sum(self.shares[:day])
        most = total
        for index in range(day, len(self.shares)):
            total += self.shares[index] - self.shares[index - day]
            most = max(most, total)
        return min(1.0, most / DAY_H)

    def at(self, hour: float) -> float:
        """The share at work in the hour that an instant falls in; none before C-hour or after all work."""
        return self.shares[math.floor(hour)] if 0 <= hour < len(self.shares) else 0.0

    @property
    def digits(self) -> str:
        """One digit an hour: the level, 0 to 5."""
        return "".join(str(level(share)) for share in self.shares)


def level(share: float) -> int:
    """How full, from 0 (idle) to 5 (all at work)."""
    return sum(share > edge + 1e-9 for edge in LEVELS)


def fullness(problem: Problem, plan: Plan) -> dict[str, Fullness]:
    """Every place that has a limit on slots, and how full they are.

    A stop holds a slot of its mode from start to end (standto-lift/1, rule 3).
    """
    modes = {fleet.id: fleet.mode for fleet in problem.fleets}
    work: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for vehicle in plan.vehicles:
        for stop in vehicle.stops:
            if stop.end_h > stop.start_h:
                work[stop.place, modes[vehicle.fleet]].append((stop.start_h, stop.end_h))
    last = max((end for several in work.values() for _, end in several), default=0.0)
    hours = max(1, math.ceil(last - 1e-9))
    return {
        place.id: found for place in problem.places if (found := _of_place(place, work, hours)) is not None
    }


def _of_place(
    place: Place, work: dict[tuple[str, str], list[tuple[float, float]]], hours: int
) -> Fullness | None:
    shares: list[float] | None = None
    for mode, slots in place.slots.items():
        if slots:
            busy = _busy(work.get((place.id, mode), ()), hours)
            shares = [max(a, min(1.0, b / slots)) for a, b in zip(shares or [0.0] * hours, busy, strict=True)]
    return None if shares is None else Fullness(tuple(shares))


def _busy(spans: Iterable[tuple[float, float]], hours: int) -> list[float]:
    """Slot hours of work in each hour."""
    busy = [0.0] * hours
    for start, end in spans:
        for hour in range(max(0, math.floor(start)), min(hours, math.ceil(end))):
            busy[hour] += max(0.0, min(end, hour + 1) - max(start, hour))
    return busy
