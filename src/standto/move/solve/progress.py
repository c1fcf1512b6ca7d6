"""What a running search tells who watches it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from standto.move.plan import Gap, Plan, Totals
from standto.move.problem import Goal


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a search stands: seconds and rounds so far, the best plan's totals, the bound if one is known."""

    elapsed_s: float
    rounds: int
    best: Totals
    goal: Goal
    bound: float | None = None
    """What no plan can beat of what the goal minimises: hours of closure, or weighted lateness."""
    write: Callable[[], Plan] | None = None
    """Writes the best plan so far, which takes its time."""

    @property
    def gap(self) -> Gap | None:
        """How far the best plan is from the bound."""
        value = self.best.closure_h if self.goal == "closure" else self.best.weighted_lateness
        return Gap(value, self.bound) if value is not None and self.bound is not None else None

    def plan(self) -> Plan:
        """The best plan so far: what the search would end with if it ended here.

        Raises
        ------
        ValueError
            If the progress was told without a way to write it.
        """
        if self.write is None:
            raise ValueError("this progress was told without its plan")
        return self.write()

    def describe(self) -> str:
        """The best so far and its gap in half a line."""
        if self.goal == "closure":
            closure = self.best.closure_h
            text = "nothing delivered" if closure is None else f"closure {closure:,.1f} h"
        else:
            text = f"weighted lateness {self.best.weighted_lateness:,.1f} h"
        if self.best.undelivered > 0:
            text = f"undelivered {self.best.undelivered:,.0f}, {text}"
        return f"{text}, gap {self.gap}" if self.gap is not None else text
