"""Where the hours from ready to in place went, per requirement; two plans differ by what differs in these.

The hours are those of `standto.move.why`, which walks back from the last unloading to readiness.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from standto.advise.words import say_span
from standto.move.plan import Plan
from standto.move.problem import Problem

Spent = Literal["slots", "lift", "way", "closed"]


@dataclass(frozen=True, slots=True, order=True)
class Held:
    """What hours went into: slots at a place, lift of a fleet, the way itself, or a closed link."""

    cause: Spent
    at: str = ""
    """Place of the slots, or fleet of the lift."""


Hours = dict[Held, float]


def hours_spent(problem: Problem, plan: Plan) -> dict[str, Hours]:
    """For each requirement, the hours between ready and in place by what they went into; 0 h left out."""
    from standto.move.check.index import Index
    from standto.move.why import Movement, trace

    movement = Movement(Index(problem), plan)
    closed = {outcome.id for outcome in plan.requirements if outcome.close_h is not None}
    spent: dict[str, Hours] = {}
    for requirement in problem.requirements:
        hours: Hours = {}
        if requirement.id in closed and not requirement.still:
            chain = trace(movement, requirement)
            hours = {Held("way"): chain.way_h, Held("closed"): chain.closed_h}
            for (place, _), wait in chain.slots.items():
                hours[Held("slots", place)] = hours.get(Held("slots", place), 0.0) + wait.hours
            hours |= {Held("lift", fleet): wait.hours for fleet, wait in chain.lift.items()}
        spent[requirement.id] = {held: hour for held, hour in hours.items() if hour > 0}
    return spent


def largest_rise(before: Hours, after: Hours) -> tuple[Held, float] | None:
    """What takes the most hours more in the second than in the first; None if nothing does."""
    rises = {held: hour - before.get(held, 0.0) for held, hour in after.items()}
    held = max(sorted(rises), key=lambda one: rises[one], default=None)
    return (held, rises[held]) if held is not None and rises[held] > 0 else None


def name_of(problem: Problem, held: Held) -> str:
    """Slots and lift as sentences name them; empty for the way."""
    if held.cause == "slots":
        return f"slots at {next((p.name for p in problem.places if p.id == held.at and p.name), held.at)}"
    if held.cause == "lift":
        return next((f.name for f in problem.fleets if f.id == held.at and f.name), held.at)
    return ""


def say_rise(problem: Problem, held: Held, more_h: float, *, new: bool = False) -> str:
    """`it waits 5 hours longer for slots at EPRZ`, `it now waits for ...` where it did not before."""
    if held.cause == "way":
        return f"its way takes {say_span(more_h)} longer"
    what = "a closed link to open" if held.cause == "closed" else name_of(problem, held)
    return f"it now waits for {what}" if new else f"it waits {say_span(more_h)} longer for {what}"


def say_fall(problem: Problem, held: Held, less_h: float, *, gone: bool = False) -> str:
    """The same the other way round."""
    if held.cause == "way":
        return f"its way takes {say_span(less_h)} less"
    what = "a closed link to open" if held.cause == "closed" else name_of(problem, held)
    return f"it no longer waits for {what}" if gone else f"it waits {say_span(less_h)} less for {what}"
