"""How early can it be, at the very best? What no plan can beat, proven without making one.

In comes a lift problem; out goes a `Bound`: the earliest possible closure, the least possible weighted
lateness, the earliest possible close of each requirement, what cannot be delivered at all, and which scarce
things (slots, vehicles, readiness, closed ways) make the bound. docs/concepts/bound.md has the argument.
"""

from standto.move.bound.bottlenecks import with_more
from standto.move.bound.critical import critical_path
from standto.move.bound.prove import prove_bound
from standto.move.bound.result import EARLIER_H, Bottleneck, Bound, ResourcePrices
from standto.move.bound.warm import warm_up
from standto.move.bound.words import explain_bound

__all__ = [
    "EARLIER_H",
    "Bottleneck",
    "Bound",
    "ResourcePrices",
    "critical_path",
    "explain_bound",
    "prove_bound",
    "warm_up",
    "with_more",
]
