"""The judge: every rule of motion and every claim of a plan, each looked at on its own."""

from __future__ import annotations

from standto.move.check.aboard import judge_aboard
from standto.move.check.claims import judge_bound, judge_outcomes, judge_problem, judge_totals
from standto.move.check.index import Index
from standto.move.check.motion import judge_motion
from standto.move.check.score import score_indexed
from standto.move.check.slots import judge_slots
from standto.move.check.stock import judge_stock
from standto.move.check.vehicles import judge_vehicles
from standto.move.check.verdict import Findings, Verdict
from standto.move.plan import Plan
from standto.move.problem import Problem


def check(problem: Problem, plan: Plan) -> Verdict:
    """Judge any plan, ours or a stranger's, against every rule, and tell all that is broken.

    Times are exact, compared with a tolerance of 1e-6 h and 1e-6 t. Nothing that fits the two formats makes
    it raise. The time taken grows with stops x log(stops).
    """
    index, findings = Index(problem), Findings()
    judge_problem(index, plan, findings)
    judge_vehicles(index, plan.vehicles, findings)
    for vehicle in plan.vehicles:
        fleet = index.fleets.get(vehicle.fleet)
        if fleet is not None:
            judge_motion(index, vehicle, fleet, findings)
            judge_aboard(index, vehicle, fleet, findings)
    judge_slots(index, plan.vehicles, findings)
    judge_stock(index, plan.vehicles, findings)
    outcomes, totals = score_indexed(index, plan.vehicles)
    judge_outcomes(index, plan, outcomes, findings)
    judge_totals(plan, totals, findings)
    judge_bound(index, plan, outcomes, totals, findings)
    return Verdict(tuple(findings.found), outcomes, totals)
