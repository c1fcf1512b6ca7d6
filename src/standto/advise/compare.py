"""Two plans side by side: who gains, who loses, by how much, and what made the difference.

The problems may be the same or not: common requirements are compared, the others listed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from standto.advise.carriage import NONE, Carriage, carriage
from standto.advise.causes import Cause, causes, say_causes, say_differences, say_search
from standto.advise.chains import Held, Hours, hours_gained, hours_spent, say_fall, say_rise
from standto.advise.differences import Difference, differences
from standto.advise.rests_on import rests_on
from standto.advise.words import say_list, say_number, say_span
from standto.move.plan import Outcome, Plan, Totals
from standto.move.problem import Problem, Requirement

MOST_TOLD = 10
MUCH = 0.25
"""Of the largest part, from which on what worked against it is told too."""
NOTHING_H = 0.05
"""Hours (three minutes) below which two times count as the same in sentences."""


@dataclass(frozen=True, slots=True)
class Change:
    """One requirement in both plans; a gain is positive where the second plan is better."""

    requirement: str
    unit: str
    ready_a_h: float
    ready_b_h: float
    close_a_h: float | None
    close_b_h: float | None
    late_a_h: float
    late_b_h: float
    undelivered_a: int
    undelivered_b: int
    """People not delivered."""
    modes_a: tuple[str, ...]
    modes_b: tuple[str, ...]
    """Modes that carried it, in the order first used."""
    fleet_a: str
    fleet_b: str
    """The fleet that carried most of it."""
    because: str = ""
    """What made the difference, as a clause; empty where there is none."""

    @property
    def close_gain_h(self) -> float | None:
        """Hours that it closes earlier in the second plan; None where it does not close in both."""
        if self.close_a_h is None or self.close_b_h is None:
            return None
        return self.close_a_h - self.close_b_h

    @property
    def changed(self) -> bool:
        """Whether it closes at another time, or closes in one plan only."""
        if self.close_gain_h is None:
            return (self.close_a_h is None) != (self.close_b_h is None)
        return abs(self.close_gain_h) > NOTHING_H

    @property
    def sentence(self) -> str:
        """`R7 closes 14 hours earlier: it no longer waits for slots at EPRZ.`"""
        because = f": {self.because}" if self.because else ""
        if not self.changed:
            return f"{self.requirement} closes at the same time."
        if self.close_gain_h is None:
            how = "is delivered only in the second plan"
            if self.close_b_h is None:
                how = "is delivered only in the first plan"
            return f"{self.requirement} {how}{because}."
        word = "earlier" if self.close_gain_h > 0 else "later"
        return f"{self.requirement} closes {say_span(abs(self.close_gain_h))} {word}{because}."


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that differs between two plans and between their problems."""

    changes: tuple[Change, ...]
    only_a: tuple[str, ...]
    only_b: tuple[str, ...]
    """Requirements that only one of the problems has."""
    totals: dict[str, tuple[float | None, float | None]]
    """Every total of the first and of the second plan."""
    differences: tuple[Difference, ...]
    causes: tuple[Cause, ...] = ()
    """Where the hours went that common requirements close earlier or later, summed over them."""
    said: tuple[str, ...] = ()
    """What made the difference, in sentences: the problems, the search, where the hours went."""

    @property
    def same(self) -> bool:
        """Whether nothing differs: not the problems, not a close, not a total."""
        listed = self.only_a or self.only_b or self.differences
        moved = any(change.changed for change in self.changes)
        return not listed and not moved and all(a == b for a, b in self.totals.values())

    @property
    def gained(self) -> tuple[Change, ...]:
        """Requirements better off in the second plan, the largest gain first."""
        return self._moved(1.0)

    @property
    def lost(self) -> tuple[Change, ...]:
        """Requirements worse off in the second plan, the largest loss first."""
        return self._moved(-1.0)

    def _moved(self, sign: float) -> tuple[Change, ...]:
        def gain(change: Change) -> float:
            if change.close_gain_h is not None:
                return sign * change.close_gain_h
            return sign * (float("inf") if change.close_a_h is None else float("-inf"))

        moved = [change for change in self.changes if change.changed and gain(change) > 0]
        return tuple(sorted(moved, key=lambda change: (-gain(change), change.requirement)))

    @property
    def sentences(self) -> tuple[str, ...]:
        """The comparison in plain sentences; of the requirements and of the differences at most ten each."""
        if self.same:
            return ("Nothing differs.",)
        said = [*_total_sentences(self.totals)]
        said += [f"Only in the first: {say_list(self.only_a)}."] if self.only_a else []
        said += [f"Only in the second: {say_list(self.only_b)}."] if self.only_b else []
        said += self.said
        moved = sorted((*self.gained, *self.lost), key=lambda change: -abs(change.close_gain_h or 1e12))
        said += [change.sentence for change in moved[:MOST_TOLD]]
        said += [f"And {len(moved) - MOST_TOLD:,} more."] if len(moved) > MOST_TOLD else []
        return tuple(said)


def compare(problem_a: Problem, plan_a: Plan, problem_b: Problem, plan_b: Plan) -> Comparison:
    """Say what the second plan does otherwise than the first, and what made the difference.

    Problems with other requirements compare those they share and list the rest; nothing is refused.
    """
    a = {requirement.id: requirement for requirement in problem_a.requirements}
    b = {requirement.id: requirement for requirement in problem_b.requirements}
    common = [name for name in a if name in b]
    spent_a, spent_b = hours_spent(problem_a, plan_a), hours_spent(problem_b, plan_b)
    out_a = {outcome.id: outcome for outcome in plan_a.requirements}
    out_b = {outcome.id: outcome for outcome in plan_b.requirements}
    by_a, by_b = carriage(problem_a, plan_a), carriage(problem_b, plan_b)
    changes = []
    for name in common:
        carried = (by_a.get(name, NONE), by_b.get(name, NONE))
        change = _change(a[name], b[name], out_a[name], out_b[name], carried)
        if change.changed:
            because = _because(change, spent_a[name], spent_b[name], (problem_a, problem_b))
            change = replace(change, because=because)
        changes.append(change)
    found = tuple(differences(problem_a, problem_b))
    spent = causes(common, spent_a, spent_b)
    moved = [change for change in changes if change.changed]
    rests = rests_on(problem_a, plan_a, problem_b, plan_b, found)
    told = say_differences(found, rests, changes, (by_a, by_b))
    said = told[:MOST_TOLD] + (
        [f"And {len(told) - MOST_TOLD:,} more differences."] if told[MOST_TOLD:] else []
    )
    if moved or found:
        said.append(say_search(problem_a, plan_a, problem_b, plan_b, found))
    said += say_causes(problem_b, spent, moved)
    return Comparison(
        changes=tuple(changes),
        only_a=tuple(name for name in a if name not in b),
        only_b=tuple(name for name in b if name not in a),
        totals=_totals(plan_a.totals, plan_b.totals),
        differences=found,
        causes=spent,
        said=tuple(sentence for sentence in said if sentence),
    )


def _change(
    a: Requirement, b: Requirement, out_a: Outcome, out_b: Outcome, carried: tuple[Carriage, Carriage]
) -> Change:
    return Change(
        requirement=a.id,
        unit=b.unit or a.unit,
        ready_a_h=a.available_h,
        ready_b_h=b.available_h,
        close_a_h=out_a.close_h,
        close_b_h=out_b.close_h,
        late_a_h=out_a.late_h,
        late_b_h=out_b.late_h,
        undelivered_a=out_a.undelivered.pax,
        undelivered_b=out_b.undelivered.pax,
        modes_a=carried[0].modes,
        modes_b=carried[1].modes,
        fleet_a=carried[0].fleet,
        fleet_b=carried[1].fleet,
    )


def _because(change: Change, before: Hours, after: Hours, problems: tuple[Problem, Problem]) -> str:
    """What made most of the difference, and what worked against it where that is much of it."""
    gain_h = change.close_gain_h
    if gain_h is None:
        return ""
    sign = 1.0 if gain_h > 0 else -1.0
    parts = {held: sign * hours for held, hours in hours_gained(before, after).items()}
    most = max(parts, key=lambda held: parts[held], default=None)
    if most is None or parts[most] <= NOTHING_H:
        return ""
    said = _part(most, parts[most], before, after, problems, better=sign > 0)
    if most.cause == "way" and change.modes_a != change.modes_b and change.modes_a and change.modes_b:
        said = f"it goes by {say_list(change.modes_b)} instead of {say_list(change.modes_a)}"
    elif most.cause == "lift" and change.fleet_a != change.fleet_b and change.fleet_a and change.fleet_b:
        said += f", and goes mostly by {change.fleet_b} instead of {change.fleet_a}"
    least = min(parts, key=lambda held: parts[held])
    if parts[least] < -MUCH * parts[most] and -parts[least] > NOTHING_H:
        said += f"; but {_part(least, -parts[least], before, after, problems, better=sign < 0)}"
    return said


def _part(
    held: Held, hours: float, before: Hours, after: Hours, problems: tuple[Problem, Problem], *, better: bool
) -> str:
    if better:
        return say_fall(problems[0], held, hours, gone=after.get(held, 0.0) <= NOTHING_H)
    return say_rise(problems[1], held, hours, new=before.get(held, 0.0) <= NOTHING_H)


def _totals(a: Totals, b: Totals) -> dict[str, tuple[float | None, float | None]]:
    return {name: (getattr(a, name), getattr(b, name)) for name in Totals.model_fields}


TOTAL_WORDS = {
    "undelivered": ("weighted load not delivered", "s"),
    "missed": ("weight that misses its last hour", "s"),
    "weighted_lateness": ("weighted hours late", ""),
    "cost": ("cost", "s"),
    "moving_h": ("vehicle moving hours", ""),
    "sorties": ("legs moved", ""),
}


def _total_sentences(totals: dict[str, tuple[float | None, float | None]]) -> Iterator[str]:
    a, b = totals["closure_h"]
    if a is not None and b is not None and abs(a - b) > NOTHING_H:
        yield f"Closure comes {say_span(abs(a - b))} {'earlier' if a > b else 'later'} in the second plan."
    for name, (words, ending) in TOTAL_WORDS.items():
        first, second = totals[name]
        if first is not None and second is not None and abs(first - second) > 1e-6:
            word = f"{'fall' if second < first else 'rise'}{ending}"
            share = (
                f", {abs(second - first) / first:.1%} {'less' if second < first else 'more'}" if first else ""
            )
            numbers = f"from {say_number(first)} to {say_number(second)}"
            yield f"{words[:1].upper()}{words[1:]} {word} {numbers}{share}."
