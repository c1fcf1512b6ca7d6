"""Where the hours from ready to in place went, per requirement; two plans differ by what differs in these.

The hours are those of `standto.move.why`, which walks back from the last unloading to readiness.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from standto.advise.words import say_number, say_span
from standto.move.plan import Plan
from standto.move.problem import Problem

Spent = Literal["ready", "slots", "lift", "way", "closed"]


@dataclass(frozen=True, slots=True, order=True)
class Held:
    """What hours went into: getting ready, slots at a place, lift of a fleet, the way, or a closed link."""

    cause: Spent
    at: str = ""
    """Place of the slots, or fleet of the lift."""


Hours = dict[Held, float]


def hours_spent(problem: Problem, plan: Plan) -> dict[str, Hours]:
    """For each requirement, its hours up to in place by what they went into: they sum to its close.

    What was not delivered in full has none.
    """
    from standto.move.check.index import Index
    from standto.move.why import Movement, trace

    movement = Movement(Index(problem), plan)
    closed = {outcome.id for outcome in plan.requirements if outcome.close_h is not None}
    spent: dict[str, Hours] = {}
    for requirement in problem.requirements:
        hours: Hours = {}
        if requirement.id in closed:
            hours = {Held("ready"): requirement.available_h}
        if requirement.id in closed and not requirement.still:
            chain = trace(movement, requirement)
            hours |= {Held("way"): chain.way_h, Held("closed"): chain.closed_h}
            for (place, _), wait in chain.slots.items():
                hours[Held("slots", place)] = hours.get(Held("slots", place), 0.0) + wait.hours
            hours |= {Held("lift", fleet): wait.hours for fleet, wait in chain.lift.items()}
        spent[requirement.id] = {held: hour for held, hour in hours.items() if hour}
    return spent


def largest_rise(before: Hours, after: Hours) -> tuple[Held, float] | None:
    """What takes the most hours more in the second than in the first; None if nothing does."""
    rises = {held: -hours for held, hours in hours_gained(before, after).items()}
    held = max(rises, key=lambda one: rises[one], default=None)
    return (held, rises[held]) if held is not None and rises[held] > 0 else None


def hours_gained(before: Hours, after: Hours) -> Hours:
    """Hours that the second spends less than the first on each thing; below 0 where it spends more."""
    return {held: before.get(held, 0.0) - after.get(held, 0.0) for held in sorted({*before, *after})}


def name_of(problem: Problem, held: Held) -> str:
    """Slots and lift as sentences name them; empty for the way."""
    if held.cause == "slots":
        return f"slots at {next((p.name for p in problem.places if p.id == held.at and p.name), held.at)}"
    if held.cause == "lift":
        return next((f.name for f in problem.fleets if f.id == held.at and f.name), held.at)
    return ""


def say_rise(problem: Problem, held: Held, more_h: float, *, new: bool = False) -> str:
    """`it waits 5 hours longer for slots at EPRZ`, `it now waits 5 hours for ...` where it did not before."""
    if held.cause == "ready":
        return f"it is ready {say_span(more_h)} later"
    if held.cause == "way":
        return f"its way takes {say_span(more_h)} longer"
    what = "a closed link to open" if held.cause == "closed" else name_of(problem, held)
    return (
        f"it now waits {say_span(more_h)} for {what}"
        if new
        else f"it waits {say_span(more_h)} longer for {what}"
    )


def say_fall(problem: Problem, held: Held, less_h: float, *, gone: bool = False) -> str:
    """The same the other way round: `it no longer waits 5 hours for ...`."""
    if held.cause == "ready":
        return f"it is ready {say_span(less_h)} earlier"
    if held.cause == "way":
        return f"its way takes {say_span(less_h)} less"
    what = "a closed link to open" if held.cause == "closed" else name_of(problem, held)
    return (
        f"it no longer waits {say_span(less_h)} for {what}"
        if gone
        else f"it waits {say_span(less_h)} less for {what}"
    )


def say_sum(problem: Problem, held: Held, hours: float, *, less: bool) -> str:
    """One part of a sum over requirements: `400 hours less waiting for slots at EPRZ`."""
    word = "less" if less else "more"
    if held.cause == "ready":
        return f"{say_hours(hours)} by readiness that comes {'earlier' if less else 'later'}"
    what = {"way": "on the way", "closed": "waiting for closed links"}.get(held.cause)
    return f"{say_hours(hours)} {word} {what or 'waiting for ' + name_of(problem, held)}"


def say_hours(hours: float) -> str:
    """A sum over many requirements, which no clock shows: always hours."""
    return f"{say_number(hours) if hours < 10 else f'{hours:,.0f}'} hours"
