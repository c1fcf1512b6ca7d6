"""The reason of each requirement in one sentence: the largest cause, or what leaves it behind."""

from __future__ import annotations

from collections.abc import Mapping

from standto.move.check.index import PAX, Index
from standto.move.check.reach import Reach, least_load
from standto.move.check.verdict import short
from standto.move.plan import Outcome, Plan
from standto.move.problem import TOLERANCE, Problem, Requirement
from standto.move.why.cause import Reason
from standto.move.why.chain import trace
from standto.move.why.closed import reason_of_close
from standto.move.why.movement import Movement
from standto.move.why.words import hours_text, listed, place_name


def explain(
    problem: Problem,
    plan: Plan,
    earliest_h: Mapping[str, float] | None = None,
    *,
    movement: Movement | None = None,
) -> dict[str, Reason]:
    """The reason of every requirement, late or not; a plan with broken rules is explained as it stands.

    Parameters
    ----------
    problem, plan
        What was to be moved, and how it is.
    earliest_h
        By requirement, the hour before which no plan closes it, as `Bound.earliest_h`; with it a way that is
        slower than the quickest is told from one that cannot be quicker.
    movement
        The same plan looked up already, where the caller has it.
    """
    quickest = earliest_h or {}
    movement = movement or Movement(Index(problem), plan)
    reach = Reach(movement.index)
    outcomes = {outcome.id: outcome for outcome in plan.requirements}
    reasons = {}
    for requirement in problem.requirements:
        outcome = outcomes.get(requirement.id)
        if outcome is None or outcome.close_h is None:
            reasons[requirement.id] = _left_behind(movement.index, reach, requirement, outcome)
        elif requirement.still or not movement.last_unload(requirement):
            reasons[requirement.id] = _still(requirement, outcome)
        else:
            chain, earliest = trace(movement, requirement), quickest.get(requirement.id)
            reasons[requirement.id] = reason_of_close(
                movement.index, chain, requirement, outcome.close_h, earliest
            )
    return reasons


def _still(requirement: Requirement, outcome: Outcome) -> Reason:
    late_h = (outcome.close_h or 0.0) - requirement.due_h
    if late_h > TOLERANCE:
        sentence = f"Closes {hours_text(late_h)} late: nothing has to move, but it is ready only at "
        return Reason("readiness", f"{sentence}{hours_text(requirement.available_h)}.")
    return Reason("none", "Nothing has to move.")


def _left_behind(index: Index, reach: Reach, requirement: Requirement, outcome: Outcome | None) -> Reason:
    """Why something of it is not delivered."""
    demand = least_load(requirement)
    way = f"from {place_name(index, requirement.origin)} to {place_name(index, requirement.destination)}"
    if not requirement.divisible and demand and not reach.carriers(requirement, next(iter(demand))):
        size = f"{requirement.pax} people and {requirement.tonnes:g} t"
        sentence = f"Not delivered: it is indivisible, {size}, and no vehicle that may carry it takes all."
        return Reason("lift", sentence)
    for thing in demand:
        what = "people" if thing == PAX else f"{short(thing)} cargo"
        carriers = reach.carriers(requirement, thing)
        if not carriers:
            return Reason("lift", f"Not delivered: no fleet that may carry it carries {what}.")
        if not reach.can_arrive(requirement, carriers):
            fleets = listed({fleet.name or fleet.id: None for fleet in carriers})
            sentence = f"Not delivered: there is no way {way} for {what}"
            return Reason("way", f"{sentence}{_ports(index, requirement)}; it may ride with {fleets}.")
    left = outcome.undelivered if outcome is not None else None
    much = f"{left.pax} people and {sum(left.cargo.values()):g} t" if left else "it"
    fleets = listed({f.name or f.id: None for thing in demand for f in reach.carriers(requirement, thing)})
    carriers = reach.carriers(requirement, next(iter(demand), PAX))
    sentence = f"Not delivered: {much} are left, though {fleets} could carry them {way}."
    return Reason("lift", sentence, fleet=carriers[0].id if carriers else "")


def _ports(index: Index, requirement: Requirement) -> str:
    """How a sentence goes on where a requirement may change vehicles at some places only."""
    if requirement.ports is None:
        return ""
    named = listed({place_name(index, port): None for port in requirement.ports})
    return f" that changes vehicles only at {named}" if named else " without a change of vehicles"
