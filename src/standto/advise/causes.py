"""What made the difference between two plans: the problems, the search, and where the hours went."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import mean
from typing import TYPE_CHECKING

from standto.advise.carriage import NONE, Carriage
from standto.advise.chains import Held, Hours, Spent, hours_gained, say_hours, say_sum
from standto.advise.differences import Difference
from standto.advise.rests_on import Rest, broken
from standto.advise.words import say_count, say_list, say_span
from standto.move.plan import Plan
from standto.move.problem import Problem

if TYPE_CHECKING:
    from standto.advise.compare import Change

MOST_CAUSES = 4
LEAST_SHARE = 0.05
"""Of all hours gained or lost; what is less is not told."""
CLOSE_H = 1.0
"""Hours below which two groups gain about the same."""


@dataclass(frozen=True, slots=True)
class Cause:
    """Hours that all common requirements together spend less on one thing; below 0 where it is more."""

    cause: Spent
    at: str
    hours: float


def causes(
    common: Iterable[str], before: Mapping[str, Hours], after: Mapping[str, Hours]
) -> tuple[Cause, ...]:
    """Sum the hours gained by what they were spent on, over requirements that close in both plans.

    The causes sum to the hours by which these requirements close earlier.
    """
    sums: Hours = {}
    for name in common:
        if before[name] and after[name]:
            for held, hours in hours_gained(before[name], after[name]).items():
                sums[held] = sums.get(held, 0.0) + hours
    ordered = sorted(sums.items(), key=lambda item: (-abs(item[1]), item[0]))
    return tuple(Cause(held.cause, held.at, hours) for held, hours in ordered if abs(hours) > 1e-6)


def say_causes(problem: Problem, found: Sequence[Cause], moved: Sequence[Change]) -> list[str]:
    """How many close earlier and later, and what that comes from, the largest parts first."""
    gains = [change.close_gain_h for change in moved if change.close_gain_h is not None]
    earlier, later = [gain for gain in gains if gain > 0], [-gain for gain in gains if gain < 0]
    if len(gains) < 2:
        return []
    counts = [f"{len(earlier):,} close earlier, by {say_span(mean(earlier))} on average"] if earlier else []
    counts += [f"{len(later):,} close later, by {say_span(mean(later))}"] if later else []
    said = [f"Of the requirements of both, {' and '.join(counts)}."]
    whole = sum(cause.hours for cause in found)
    helps = whole >= 0
    least = LEAST_SHARE * sum(abs(cause.hours) for cause in found)
    for_it = [cause for cause in found if (cause.hours > 0) == helps and abs(cause.hours) > least][
        :MOST_CAUSES
    ]
    against = [cause for cause in found if (cause.hours > 0) != helps and abs(cause.hours) > least][
        :MOST_CAUSES
    ]
    if not for_it:
        return said
    word = "earlier" if helps else "later"
    text = f"Summed up they close {say_hours(abs(whole))} {word}: {_list(problem, for_it)}"
    if against:
        text += f"; against it {_list(problem, against)}"
    return [*said, f"{text}."]


def _list(problem: Problem, several: Sequence[Cause]) -> str:
    return say_list(
        [
            say_sum(problem, Held(cause.cause, cause.at), abs(cause.hours), less=cause.hours > 0)
            for cause in several
        ]
    )


def say_differences(
    differences: Sequence[Difference],
    rests: Mapping[tuple[str, str], Rest],
    changes: Sequence[Change],
    carried: tuple[Mapping[str, Carriage], Mapping[str, Carriage]],
) -> list[str]:
    """Each difference between the problems, whether the plans need it, and how those it touches fare."""
    said: list[str] = []
    told: set[tuple[str, str]] = set()
    for one in differences:
        text, thing = one.sentence, (one.table, one.id)
        rest = rests.get(thing)
        if rest is not None and thing not in told:
            told.add(thing)
            text = f"{text} {rest.sentence}"
            if one.table in {"places", "fleets"} and (rest.first or rest.second):
                text += _who_gains(one, changes, carried)
        said.append(text)
    return said


def _who_gains(
    one: Difference, changes: Sequence[Change], carried: tuple[Mapping[str, Carriage], Mapping[str, Carriage]]
) -> str:
    """How requirements that pass through a place, or ride with a fleet, fare beside all others."""
    touched: list[float] = []
    others: list[float] = []
    for change in changes:
        if change.close_gain_h is not None:
            both = [side.get(change.requirement, NONE) for side in carried]
            names = {
                name for side in both for name in (side.places if one.table == "places" else side.fleets)
            }
            (touched if one.id in names else others).append(change.close_gain_h)
    if not touched:
        return ""
    which = f"pass through {one.id}" if one.table == "places" else f"ride with {one.id}"
    if len(touched) == 1:
        which = which.replace("pass", "passes", 1).replace("ride", "rides", 1)
    verb = "close" if len(touched) > 1 else "closes"
    text = (
        f" The {say_count(len(touched), 'requirement', 'requirements')} that {which} {verb} {_gain(touched)}"
    )
    return (
        f"{text} on average, the other {len(others):,} {_gain(others)}." if others else f"{text} on average."
    )


def _gain(gains: Sequence[float]) -> str:
    gain = mean(gains)
    if abs(gain) < CLOSE_H:
        return "at about the same time"
    return f"{say_span(abs(gain))} {'earlier' if gain > 0 else 'later'}"


def say_search(
    problem_a: Problem, plan_a: Plan, problem_b: Problem, plan_b: Plan, differences: Sequence[Difference]
) -> str:
    """What the search has to do with it: all, where the problems are the same or need not differ."""
    made = f"the first plan took {_made(plan_a)}, the second {_made(plan_b)}"
    moving = [one for one in differences if (one.table, one.field) != ("problem", "goal")]
    if not moving:
        asked = (
            f"what was asked for first ({problem_b.goal} instead of {problem_a.goal}) and the search make"
            if problem_a.goal != problem_b.goal
            else "only the search makes"
        )
        return f"Both plans are of the same movement, so {asked} the difference: {made}."
    loads = {"pax", "cargo"}
    if any(one.table == "requirements" and one.field in loads for one in moving):
        return ""
    if not broken(problem_a, plan_b):
        return (
            "The second plan could be carried out in the first problem as it stands: where it is better, the "
            f"search made it so and nothing that differs ({made})."
        )
    return ""


def _made(plan: Plan) -> str:
    by = plan.made_by
    rounds, seed = by.get("rounds"), by.get("seed")
    parts = [f"{rounds:,} rounds"] if isinstance(rounds, int) else []
    parts += [f"seed {seed}"] if isinstance(seed, int) else []
    return " with ".join(parts) or "what its file does not say"
