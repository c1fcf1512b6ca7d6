"""Briefs of the shipped examples: the civil one with everything in it, the large one with its first plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from standto.advise.cases import Budget
from standto.advise.cures import cures_of
from standto.advise.decide_at import decide_at
from standto.advise.value import value_of_alert
from standto.brief.page import BriefInput
from standto.force.files import read_scenario
from standto.move.bound import prove_bound
from standto.move.build import build
from standto.move.solve import Rounds, solve

EXAMPLES = Path(__file__).parents[2] / "examples"
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)


@cache
def flood_brief() -> BriefInput:
    """Planned with few rounds, so that some of it is late and something can be cured."""
    scenario = read_scenario(EXAMPLES / "flood-pool")
    value = value_of_alert(scenario, budget=Budget.rounds(8))
    case = value.with_alerts
    case = replace(case, bound=prove_bound(case.problem, bottlenecks=3))
    epoch = scenario.settings.epoch
    rows = decide_at(scenario, [epoch, epoch + timedelta(days=1)], budget=Budget.rounds(4))
    return BriefInput(
        problem=case.problem,
        plan=case.plan,
        bound=case.bound,
        value=value,
        cures=cures_of(case, budget=Budget.rounds(4)),
        decisions=rows,
        generated=NEW_YEAR,
        version="0.1.0",
        scenario=scenario,
        audience="the duty desk",
    )


@cache
def flank_brief() -> BriefInput:
    """Planned for lateness with hardly a search, and without any value of the alerts."""
    scenario = read_scenario(EXAMPLES / "eastern-flank-2022")
    problem = build(scenario).with_goal("lateness")
    bound = prove_bound(problem, seconds=0.0)
    return BriefInput(
        problem=problem,
        plan=solve(problem, Rounds(1), bound=bound),
        bound=bound,
        generated=NEW_YEAR,
        version="0.1.0",
        scenario=scenario,
    )
