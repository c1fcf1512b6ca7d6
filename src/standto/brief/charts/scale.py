"""Scales and ticks: hours to pixels with whole days marked, amounts to pixels with round numbers."""

from __future__ import annotations

import math
from dataclasses import dataclass

DAY_STEPS = (1, 2, 5, 7, 10, 14, 30, 60, 90, 180, 365)


@dataclass(frozen=True, slots=True)
class Scale:
    """A linear way from values to pixels."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """The pixel of a value; values outside are held at the edge."""
        share = (value - self.low) / (self.high - self.low)
        return self.start + min(1.0, max(0.0, share)) * (self.end - self.start)


def round_ticks(high: float, wanted: int = 5) -> list[float]:
    """Round amounts from 0 to at least `high`, about `wanted` steps of 1, 2 or 5 times a power of ten."""
    if high <= 0:
        return [0.0, 1.0]
    raw = high / wanted
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= raw * (1 - 1e-9))
    return [step * index for index in range(math.ceil(high / step - 1e-9) + 1)]


def day_ticks(low_h: float, high_h: float, most: int) -> list[float]:
    """Hours of whole days after C-hour within a range, at most `most`; 0 is one wherever it is inside."""
    days = (high_h - low_h) / 24
    fitting = (step for step in DAY_STEPS if days / step + 1 <= most)
    step = next(fitting, max(DAY_STEPS[-1], math.ceil(days / max(1, most - 1))))
    first, last = math.ceil(low_h / 24 / step - 1e-9), math.floor(high_h / 24 / step + 1e-9)
    return [24.0 * step * index for index in range(first, last + 1)]


@dataclass(frozen=True, slots=True)
class BentScale:
    """Hours to a share of the width, with the time before C-hour squeezed where it is long.

    The stretch before C-hour takes at most `most_before` of the width; the bend is at `bend` and is drawn.
    """

    low: float
    high: float
    most_before: float = 0.22

    @property
    def bend(self) -> float:
        """The share of the width at which C-hour stands."""
        if self.low >= 0:
            return 0.0
        return min(self.most_before, -self.low / (self.high - self.low))

    @property
    def squeezed(self) -> bool:
        """Whether the time before C-hour is drawn at a smaller scale."""
        return self.low < 0 and -self.low / (self.high - self.low) > self.most_before + 1e-9

    def __call__(self, hour: float) -> float:
        """The share of the width (0 to 1) at which an hour stands; held at the edges."""
        hour = min(self.high, max(self.low, hour))
        if hour <= 0 and self.low < 0:
            return self.bend * (hour - self.low) / -self.low
        start = max(0.0, self.low)
        return self.bend + (1 - self.bend) * (hour - start) / (self.high - start)
