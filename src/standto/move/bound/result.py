"""What a proof hands out: the bound, and what one more of a scarce thing would move it by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from standto.move.plan import PlanBound

Kind = Literal["slots", "fleet", "readiness", "way"]

EARLIER_H = 24.0
"""How much earlier a requirement is taken to be ready, to see whether its readiness is a bottleneck."""


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """A scarce thing, and how far the proven bound moves forward with one more of it.

    `id` is a place (slots), a fleet, a requirement (ready 24 h earlier) or a link (never closed). The hours
    say what becomes possible to hope for; what a plan gains is only known after planning again.
    """

    kind: Kind
    id: str
    mode: str
    closure_h: float
    lateness: float
    sentence: str


@dataclass(frozen=True, slots=True)
class ResourcePrices:
    """What one more hour of each scarce thing is worth, in hours of closure; what has no price has plenty.

    Attributes
    ----------
    by_h
        The deadline of which the prices speak.
    need
        How many times over all lift is needed, at least, to deliver everything by then: 1 where this makes
        the bound, less where something else (the way of one requirement) does.
    slots
        For each place and mode, of an hour of one slot.
    vehicles, moving
        For each fleet, of an hour of one vehicle, and of an hour of moving within its hours a day.
    """

    by_h: float
    need: float
    slots: dict[str, dict[str, float]]
    vehicles: dict[str, float]
    moving: dict[str, float]


@dataclass(frozen=True, slots=True)
class Bound:
    """What no plan can beat that delivers every requirement that can be delivered in full.

    Attributes
    ----------
    closure_h
        No such plan closes earlier (hours after the epoch); None if nothing can be delivered.
    weighted_lateness
        No such plan has less: sum of weight x hours late.
    earliest_h
        For each deliverable requirement, an hour before which no plan closes it, even with all lift its own.
    left_out
        Requirements that cannot be delivered in full by any plan.
    method
        How it was proven, and what was left out.
    reason
        Which resource makes the closure bound, in one sentence.
    prices
        What each resource is worth where lift is tightest; None where nothing is moved or time was out.
    """

    closure_h: float | None
    weighted_lateness: float
    earliest_h: dict[str, float]
    left_out: tuple[str, ...]
    method: str
    seconds: float
    bottlenecks: tuple[Bottleneck, ...] = ()
    reason: str = ""
    prices: ResourcePrices | None = None

    def as_plan_bound(self) -> PlanBound:
        """The bound as a plan file records it."""
        return PlanBound(
            closure_h=self.closure_h,
            weighted_lateness=self.weighted_lateness,
            method=self.method,
            seconds=self.seconds,
        )
