"""What a page that compares two plans is made from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from standto.brief.page import BriefInput
from standto.move.plan import Plan
from standto.move.problem import Problem

if TYPE_CHECKING:
    from standto.force.scenario import Scenario
    from standto.move.bound import Bound


@dataclass(frozen=True, slots=True, kw_only=True)
class OnePlan:
    """One of the two plans with the problem it was made for.

    Attributes
    ----------
    bound
        What no plan for this problem can beat; falls back on the bound that the plan carries.
    scenario
        The scenario behind the problem, whose rows figures open; absent where a problem file was given.
    file
        The name of the plan's file, as the page cites it.
    """

    problem: Problem
    plan: Plan
    bound: Bound | None = None
    scenario: Scenario | None = None
    file: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareInput:
    """Two plans to be laid side by side; times are aware and given by the desk, the room reads no clock.

    Attributes
    ----------
    first, second
        The plans; a gain is where the second one is better.
    generated, version
        When the page is made, and by which version of Standto.
    as_of
        The instant up to which the record was read, where it differs from `generated`.
    audience
        For whom the page is, shown beside its date.
    """

    first: OnePlan
    second: OnePlan
    generated: datetime
    version: str
    as_of: datetime | None = None
    audience: str = ""

    def brief(self, one: OnePlan) -> BriefInput:
        """What a brief of one of the plans alone is made from."""
        return BriefInput(
            problem=one.problem,
            plan=one.plan,
            bound=one.bound,
            scenario=one.scenario,
            generated=self.generated,
            version=self.version,
        )
