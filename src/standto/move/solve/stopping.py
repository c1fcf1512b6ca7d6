"""When a search ends: after so many seconds, after so many rounds, or whichever comes first.

The search knows no clock; it asks its rule. The shape follows PyVRP's stopping criteria (Wouda, Lan and Kool
2024, "PyVRP: a high-performance VRP solver package").
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import Protocol, runtime_checkable


@runtime_checkable
class StoppingRule(Protocol):
    """Says when a search ends, and how long it has run."""

    @property
    def elapsed_s(self) -> float:
        """Seconds since `begin`; 0 for a rule without a clock."""
        ...

    def begin(self) -> None:
        """Start counting; a rule may serve several searches, one after the other."""
        ...

    def __call__(self, rounds: int) -> bool:
        """Whether to stop after so many rounds; fewer than 0 while first plans are still being made."""
        ...


class Seconds:
    """Stops when so many seconds have passed on the clock it is given.

    Raises
    ------
    ValueError
        If `seconds` is not a number of at least 0.
    """

    def __init__(self, seconds: float, clock: Callable[[], float] = time.perf_counter) -> None:
        if not (seconds >= 0 and math.isfinite(seconds)):
            raise ValueError(f"seconds must be at least 0, not {seconds}")
        self.seconds = seconds
        self._clock = clock
        self._began = clock()

    def __repr__(self) -> str:
        return f"Seconds({self.seconds:g})"

    @property
    def elapsed_s(self) -> float:
        """Seconds since `begin`."""
        return self._clock() - self._began

    def begin(self) -> None:
        """Start the stopwatch."""
        self._began = self._clock()

    def __call__(self, rounds: int) -> bool:
        """Whether the time is over."""
        return self.elapsed_s >= self.seconds


class Rounds:
    """Stops after so many rounds: the same plan on every machine. None at all gives the first plan.

    Raises
    ------
    ValueError
        If `rounds` is negative.
    """

    def __init__(self, rounds: int) -> None:
        if rounds < 0:
            raise ValueError(f"rounds must be at least 0, not {rounds}")
        self.rounds = rounds

    def __repr__(self) -> str:
        return f"Rounds({self.rounds})"

    @property
    def most_rounds(self) -> float:
        """Rounds that it allows."""
        return self.rounds

    @property
    def elapsed_s(self) -> float:
        """Always 0: rounds need no clock."""
        return 0.0

    def begin(self) -> None:
        """Nothing to start: the search counts."""

    def __call__(self, rounds: int) -> bool:
        """Whether the rounds are done."""
        return rounds >= self.rounds


class Either:
    """Stops as soon as one of its rules says so."""

    def __init__(self, *rules: StoppingRule) -> None:
        if not rules:
            raise ValueError("give at least one rule")
        self.rules = rules

    def __repr__(self) -> str:
        return f"Either({', '.join(map(repr, self.rules))})"

    @property
    def most_rounds(self) -> float:
        """Rounds that all of its rules allow."""
        return min(getattr(rule, "most_rounds", math.inf) for rule in self.rules)

    @property
    def elapsed_s(self) -> float:
        """Seconds on the first rule that has a clock."""
        return max(rule.elapsed_s for rule in self.rules)

    def begin(self) -> None:
        """Start every rule."""
        for rule in self.rules:
            rule.begin()

    def __call__(self, rounds: int) -> bool:
        """Whether any rule says stop."""
        return any(rule(rounds) for rule in self.rules)
