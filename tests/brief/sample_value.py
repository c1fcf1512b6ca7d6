"""An invented value of two alerts over the sample force: the plan without them starts four days later."""

from __future__ import annotations

from datetime import UTC, datetime

from standto.advise.cases import Case
from standto.advise.cures import Cure
from standto.advise.decide_at import DecisionRow
from standto.advise.value import AlertValue, UnitGain
from standto.brief.page import BriefInput
from standto.move.bound import Bottleneck, Bound
from standto.move.plan import Plan, Stop
from standto.move.problem import Problem
from tests.brief.sample import make_sample

LATER_H = 96.0
NOON = datetime(2022, 2, 25, 12, tzinfo=UTC)


def shifted(problem: Problem, plan: Plan, by_h: float) -> tuple[Problem, Plan]:
    """The same force and plan, everything later by some hours."""
    requirements = [
        one.model_copy(update={"available_h": one.available_h + by_h}) for one in problem.requirements
    ]
    vehicles = [
        one.model_copy(update={"stops": [_later(stop, by_h) for stop in one.stops]}) for one in plan.vehicles
    ]
    outcomes = [
        one.model_copy(update={"close_h": None if one.close_h is None else one.close_h + by_h})
        for one in plan.requirements
    ]
    closure_h = (plan.totals.closure_h or 0.0) + by_h
    totals = plan.totals.model_copy(update={"closure_h": closure_h})
    changes: dict[str, object] = {"vehicles": vehicles, "requirements": outcomes, "totals": totals}
    return problem.model_copy(update={"requirements": requirements}), plan.model_copy(update=changes)


def _later(stop: Stop, by_h: float) -> Stop:
    depart_h = None if stop.depart_h is None else stop.depart_h + by_h
    hours = {"arrive_h": stop.arrive_h + by_h, "start_h": stop.start_h + by_h, "end_h": stop.end_h + by_h}
    return stop.model_copy(update={**hours, "depart_h": depart_h})


def bound_of(problem: Problem, plan: Plan, share: float = 0.9) -> Bound:
    """A bound that is invented, with two bottlenecks."""
    closes = {one.id: one.close_h for one in plan.requirements if one.close_h is not None}
    return Bound(
        closure_h=(plan.totals.closure_h or 0.0) * share,
        weighted_lateness=0.0,
        earliest_h={key: hour * share for key, hour in closes.items()},
        left_out=(),
        method="invented for drawing",
        seconds=0.1,
        bottlenecks=(
            Bottleneck(
                "slots", "APEX", "air", 18.0, 120.0, "One more air slot at APEX moves the bound by 18 h."
            ),
            Bottleneck("fleet", "C17", "air", 6.0, 40.0, "One more C17 moves the bound by 6 h."),
        ),
        reason="Slots at Carpathia airfield set the bound.",
    )


def full_input(number: int = 24) -> BriefInput:
    """Everything that a brief can be given."""
    problem, plan = make_sample(number)
    late_problem, late_plan = shifted(problem, plan, LATER_H)
    bound, late_bound = bound_of(problem, plan), bound_of(late_problem, late_plan)
    with_alerts = Case("with", problem, plan, bound)
    without = Case("without", late_problem, late_plan, late_bound)
    halfway = Case("without a-1", *shifted(problem, plan, LATER_H / 2), bound)
    units = tuple(
        UnitGain(
            one.id, one.unit, one.available_h, one.available_h + 120.0, 10.0, 106.0, "slots at APEX", "slots"
        )
        for one in problem.requirements
    )
    value = AlertValue(with_alerts, without, {"a-1": halfway, "a-2": with_alerts}, None, None, (), units)
    cure = Cure(bound.bottlenecks[0], "one more air slot at APEX", plan, late_plan)
    return BriefInput(
        problem=problem,
        plan=plan,
        bound=bound,
        value=value,
        decisions=[DecisionRow(NOON, with_alerts), DecisionRow(NOON.replace(day=26), without)],
        cures=[cure],
        generated=NOON,
        version="0.1.0",
    )
