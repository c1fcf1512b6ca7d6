"""Is this plan true? The independent judge of any plan, whoever made it.

In come a problem and a plan; out comes a verdict: every rule of motion that is broken, in one sentence naming
vehicle, stop, place, hours and what the rule allows, and the plan's real outcomes and totals. It imports no
solver and trusts no number a plan states. `score` alone recomputes what given vehicles achieve; `unreachable`
names, before any plan, what none can deliver.
"""

from standto.move.check.judge import check
from standto.move.check.no_way import unreachable
from standto.move.check.score import score
from standto.move.check.verdict import Verdict, Violation

__all__ = ["Verdict", "Violation", "check", "score", "unreachable"]
