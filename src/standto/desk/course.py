"""The course of one search for who watches it: the gap, when it last got better, why it ended."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from standto.desk.words import hours

if TYPE_CHECKING:
    from standto.move.bound import Bound
    from standto.move.plan import Gap
    from standto.move.problem import Goal
    from standto.move.solve import Progress, StoppingRule

End = Literal["time", "rounds", "proven", "patience", "hand", "nothing"]
SAME = 1e-6
ROUNDED_H = 0.0025
"""By so much a bound may be written below what is proven, besides two parts in a million of it."""
LEAST_SETTLING_S, MOST_SETTLING_S = 1.0, 5.0
"""How long a search goes on after its goal is proven best, for what comes after it, such as cost."""


@dataclass(frozen=True, slots=True)
class Ending:
    """How a search ended: how long it ran, when it last got better, and why it stopped."""

    why: End
    seconds: float
    rounds: int
    better_at_s: float
    better_at_round: int
    proven_best: bool
    sentence: str


class Course:
    """A stopping rule that follows the search it stops.

    It ends the search when its own rule says so; with a rule that counts seconds also when nothing has got
    better for `patience_s`, and soon after the plan has reached its bound. A rule that counts rounds alone
    decides, so that the same rounds give the same plan everywhere.
    """

    def __init__(
        self,
        rule: StoppingRule,
        goal: Goal,
        bound: Bound,
        *,
        seconds: float | None = None,
        rounds: int | None = None,
        patience_s: float | None = None,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self.bound = bound
        self._rule, self._goal, self._clock = rule, goal, clock
        self._seconds, self._rounds, self._patience_s = seconds, rounds, patience_s
        self._began = clock()
        self._latest: Progress | None = None
        self._better_at = (0.0, 0)
        self._noted_s = 0.0
        self._ended: End | None = None

    def __repr__(self) -> str:
        return f"Rounds({self._rounds})" if self._rounds is not None else f"Seconds({self._seconds or 0:g})"

    @property
    def elapsed_s(self) -> float:
        """Seconds since `begin`."""
        return self._clock() - self._began

    @property
    def most_rounds(self) -> float:
        """Rounds that its rule allows."""
        return math.inf if self._rounds is None else self._rounds

    def begin(self) -> None:
        """Start the stopwatch and the rule."""
        self._began = self._clock()
        self._rule.begin()

    def __call__(self, rounds: int) -> bool:
        """Whether to stop after so many rounds."""
        self._ended = self._end(rounds)
        return self._ended is not None

    def _end(self, rounds: int) -> End | None:
        if self._rule(rounds):
            return "time" if self._rounds is None else "rounds"
        if self._seconds is None or self._latest is None:
            return None
        idle_s = self._idle_s
        if self.proven_best and idle_s >= min(MOST_SETTLING_S, max(LEAST_SETTLING_S, self._seconds / 10)):
            return "proven"
        if self._patience_s is not None and idle_s >= self._patience_s:
            return "patience"
        return None

    @property
    def _idle_s(self) -> float:
        """Seconds without anything better up to when the search last told, or to now if it is long silent."""
        silent_s = self.elapsed_s - self._noted_s
        known_s = self._noted_s - self._better_at[0]
        return known_s + silent_s if silent_s > max(known_s, LEAST_SETTLING_S) else known_s

    def note(self, progress: Progress) -> None:
        """Take in where the search stands."""
        before, now = self._latest, progress.best.score(self._goal)
        self._noted_s = self.elapsed_s
        if before is None or _better(now, before.best.score(self._goal)):
            self._better_at = (self._noted_s, progress.rounds)
        self._latest = progress

    @property
    def gap(self) -> Gap | None:
        """How far the best plan is from the bound, in what the goal minimises."""
        from standto.move.plan import Gap

        if self._latest is None:
            return None
        totals, bound = self._latest.best, self.bound
        value, least = totals.weighted_lateness, bound.weighted_lateness
        if self._goal == "closure":
            if totals.closure_h is None or bound.closure_h is None:
                return None
            value, least = totals.closure_h, bound.closure_h
        return Gap(value, least)

    @property
    def proven_best(self) -> bool:
        """Whether the best plan equals the bound: nothing is left behind or missed, and no gap is left."""
        gap = self.gap
        if gap is None or self._latest is None:
            return False
        best = self._latest.best
        if best.undelivered > 0 or best.missed > 0:
            return False
        return gap.plan - gap.bound <= ROUNDED_H + 2e-6 * abs(gap.bound)

    def line(self) -> str:
        """Where the search stands, in a line: elapsed, best, bound, gap, rounds, when it last got better."""
        if self._latest is None:
            return ""
        now = self._latest
        parts = [f"{self.elapsed_s:.0f} s", f"round {now.rounds:,}", _best(now, self._goal)]
        gap = self.gap
        if gap is not None:
            parts.append(
                f"bound {gap.bound:,.1f} h" + (", proven best" if self.proven_best else f", gap {gap}")
            )
        if now.rounds:
            parts.append(f"last better at {self._better_at[0]:.0f} s")
        return " · ".join(parts)

    def ending(self) -> Ending:
        """How the search ended; for one that its own rule did not end, by hand."""
        moves = self._latest is not None and self._latest.best.sorties > 0
        why: End = self._ended or ("hand" if moves else "nothing")
        rounds = self._latest.rounds if self._latest is not None else 0
        ran_s, (better_s, better_round) = self.elapsed_s, self._better_at
        said = f"Searched {ran_s:.1f} s, {rounds:,} rounds; ended because {self._words(why)}. "
        if rounds == 0:
            said += "This is the first plan; nothing was tried to better it."
        elif better_round == 0:
            said += "Nothing was found that is better than the first plan."
        else:
            said += f"It last got better after {better_s:.1f} s, in round {better_round:,}"
            idle_s = ran_s - better_s
            said += f", and no more in the {idle_s:.1f} s since." if idle_s >= 0.5 else "."
            if why == "time" and idle_s < 0.1 * ran_s:
                said += " It was still getting better: more seconds may help."
        return Ending(why, ran_s, rounds, better_s, better_round, self.proven_best, said)

    def _words(self, why: End) -> str:
        proven = "the plan equals the bound, so no plan is better" if self.proven_best else ""
        words = {
            "time": f"the {self._seconds or 0:g} s given, bound included, are used up",
            "rounds": f"the {self._rounds or 0:,} rounds given are done",
            "proven": f"{proven} in what the goal asks first",
            "patience": f"nothing got better for {self._patience_s or 0:g} s",
            "nothing": "nothing can be moved",
            "hand": "it was stopped by hand; this is the best plan so far",
        }[why]
        return f"{words}; {proven}" if proven and why != "proven" else words

    def data(self) -> dict[str, Any]:
        """The ending for programs."""
        end = self.ending()
        return {
            "ended": end.why,
            "seconds": round(end.seconds, 3),
            "rounds": end.rounds,
            "better_at_s": round(end.better_at_s, 3),
            "better_at_round": end.better_at_round,
            "proven_best": end.proven_best,
            "sentence": end.sentence,
        }


def _best(progress: Progress, goal: Goal) -> str:
    best = progress.best
    if goal == "closure":
        text = "nothing delivered" if best.closure_h is None else f"closes at {hours(best.closure_h)}"
    else:
        text = f"weighted lateness {best.weighted_lateness:,.1f} h"
    return f"undelivered {best.undelivered:,.0f}, {text}" if best.undelivered > 0 else text


def _better(new: tuple[float, ...], old: tuple[float, ...]) -> bool:
    for one, other in zip(new, old, strict=True):
        if one != other and not abs(one - other) <= SAME * max(1.0, abs(other)):
            return one < other
    return False
