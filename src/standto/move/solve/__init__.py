"""Who moves what when: a list schedule at once, then a search that improves it until it is told to stop.

In: a lift problem, a stopping rule, perhaps a plan to start from and a bound to print beside it. Out: a plan
that keeps every rule; what cannot be delivered is part of the result. `retime` brings a plan made
for other hours forward without changing what it does.
"""

from standto.move.solve.plan_it import solve, warm_up
from standto.move.solve.progress import Progress
from standto.move.solve.retime import retime
from standto.move.solve.stopping import Either, Rounds, Seconds, StoppingRule

__all__ = ["Either", "Progress", "Rounds", "Seconds", "StoppingRule", "retime", "solve", "warm_up"]
