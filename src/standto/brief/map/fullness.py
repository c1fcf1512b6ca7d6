"""How full the slots of places are: hour by hour, and in the fullest day."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from standto.advise.use import Use
from standto.move.problem import Problem

DAY_H = 24
LEVELS = (0.0, 0.25, 0.5, 0.75, 0.95)
"""The share of slots at work above which a level begins, from some of them to as good as all."""


@dataclass(frozen=True, slots=True)
class Fullness:
    """Shares of a place's slots at work in each hour from C-hour on, of the mode that is fullest then.

    `mode` is the one that is fullest in its fullest day, and `fullest_day` the share at work on average over
    those 24 hours.
    """

    shares: tuple[float, ...]
    mode: str = ""
    fullest_day: float = 0.0

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


def fullness(problem: Problem, uses: Iterable[Use]) -> dict[str, Fullness]:
    """Every place that has a limit on slots of a mode, and how full they are."""
    limited = {place.id for place in problem.places if any(place.slots.values())}
    shares: dict[str, dict[str, list[float]]] = defaultdict(dict)
    for use in uses:
        if use.kind == "slots" and use.number:
            shares[use.id][use.mode] = _hourly(use.steps, use.number)
    return {place: _of_modes(shares[place]) for place in limited}


def _of_modes(modes: dict[str, list[float]]) -> Fullness:
    if not modes:
        return Fullness(())
    longest = max(map(len, modes.values()))
    rows = [shares + [0.0] * (longest - len(shares)) for shares in modes.values()]
    days = {mode: _fullest_day(shares) for mode, shares in modes.items()}
    mode = max(days, key=lambda name: (days[name], name))
    return Fullness(tuple(max(row) for row in zip(*rows, strict=True)), mode, days[mode])


def _hourly(steps: Sequence[tuple[float, int]], number: int) -> list[float]:
    """The part of slots at work on average in each hour."""
    hours = max(1, math.ceil(steps[-1][0] - 1e-9)) if steps else 1
    busy = [0.0] * hours
    for (start, in_use), (end, _) in pairwise(steps):
        if in_use:
            for hour in range(max(0, math.floor(start)), min(hours, math.ceil(end))):
                busy[hour] += in_use * max(0.0, min(end, hour + 1) - max(start, hour))
    return [min(1.0, slot_hours / number) for slot_hours in busy]


def _fullest_day(shares: Sequence[float]) -> float:
    total = most = sum(shares[:DAY_H])
    for index in range(DAY_H, len(shares)):
        total += shares[index] - shares[index - DAY_H]
        most = max(most, total)
    return min(1.0, most / DAY_H)
