"""What a brief is made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from standto.move.plan import Plan
from standto.move.problem import Problem

if TYPE_CHECKING:
    from standto.advise.cures import Cure
    from standto.advise.decide_at import DecisionRow
    from standto.advise.value import AlertValue
    from standto.force.scenario import Scenario
    from standto.move.bound import Bound
    from standto.move.why import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefInput:
    """Results to be drawn; whatever is absent is left out of the page.

    Attributes
    ----------
    problem, plan
        The plan that the page is about, and the problem it was made for.
    generated
        When the page is made, aware; the desk gives it, the room reads no clock.
    version
        Version of Standto that made it.
    bound
        What no plan can beat; falls back on the bound that the plan carries.
    value
        What the alerts buy; absent where there is no scenario behind the problem.
    decisions
        Closure against the time of decision, one row for each.
    cures
        What one more slot or vehicle does to the plan after planning again.
    reasons
        Requirement id to what bound it; asked of `standto.move.why` where they are not given.
    scenario
        The scenario behind the problem, whose rows figures open; absent where a problem file was given.
    as_of
        The instant up to which the record was read, where it differs from `generated`.
    audience
        For whom the page is, shown beside its date.
    """

    problem: Problem
    plan: Plan
    generated: datetime
    version: str
    bound: Bound | None = None
    value: AlertValue | None = None
    decisions: Sequence[DecisionRow] = ()
    cures: Sequence[Cure] = ()
    reasons: Mapping[str, Reason] = field(default_factory=dict)
    scenario: Scenario | None = None
    as_of: datetime | None = None
    audience: str = ""

    @property
    def headline(self) -> str:
        """The answer in one plain sentence, as it stands on top of the page."""
        from standto.brief.sections.answer import headline
        from standto.brief.sheet import Sheet

        return headline(Sheet.of(self)).striptags()
