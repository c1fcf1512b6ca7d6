"""The hours of one requirement summed by cause, so that lateness can be told whole."""

from __future__ import annotations

from dataclasses import dataclass

from standto.move.problem import Requirement
from standto.move.why.chain import Chain


@dataclass(frozen=True, slots=True)
class Account:
    """Where lateness comes from: `late_h` is the sum of all the other hours.

    `ready_h` is negative for what is ready before it is due, `late_h` for what closes before.
    """

    late_h: float
    ready_h: float
    """From the hour it is due to the hour it is ready."""
    way_h: float
    """Moving, loading, unloading and transfer, as far as the quickest way takes as long."""
    slower_h: float
    """What the way of the plan takes longer than the quickest; 0 where that is not known."""
    closed_h: float
    slots_h: float
    lift_h: float
    """Waits for vehicles; the slower way is not among them."""

    @property
    def unavoidable_h(self) -> float:
        """Lateness that readiness and the quickest way leave though nothing is waited for."""
        return max(0.0, self.ready_h + self.way_h)

    @property
    def waits_h(self) -> float:
        """All that was waited for after it was ready."""
        return self.closed_h + self.slots_h + self.lift_h


def account(
    chain: Chain, requirement: Requirement, close_h: float, earliest_h: float | None = None
) -> Account:
    """Sum a chain by cause; `earliest_h` is the hour before which no plan closes the requirement."""
    quickest_h = chain.way_h
    if earliest_h is not None:
        quickest_h = min(quickest_h, max(0.0, earliest_h - requirement.available_h))
    return Account(
        late_h=close_h - requirement.due_h,
        ready_h=requirement.available_h - requirement.due_h,
        way_h=quickest_h,
        slower_h=chain.way_h - quickest_h,
        closed_h=chain.closed_h,
        slots_h=sum(wait.hours for wait in chain.slots.values()),
        lift_h=sum(wait.hours for wait in chain.lift.values()),
    )
