"""What lift is scarce and by how much, for a planner to be guided by."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from standto.move.bound.result import ResourcePrices

if TYPE_CHECKING:
    from standto.move.bound.proof import Proof

LEAST_H = 1e-6
"""Hours of closure for an hour of a resource below which it has no price."""


def read_prices(proof: Proof) -> ResourcePrices | None:
    """The prices of the tightest statement about all requirements; None where lift was never weighed.

    A price is what one more hour of a resource by `by_h` would be worth, in hours that all lift together gets
    as much more done in: the derivative of the bound where that statement makes it. The price of a whole trip
    or work is spread over the hours that it takes.
    """
    if proof.tightest is None:
        return None
    cut, fleets = proof.tightest.cut, len(proof.lift.fleets)
    window, hours = cut.window, cut.prices.hours.copy()
    for whole, price in zip(cut.roundings, cut.prices.trips, strict=True):
        hours[whole.resource] += price / whole.each_h
    growing = (proof.tightest.by_h > window.offset_h) & (hours > 0)
    an_hour = float(hours[growing] @ window.slope[growing])
    if an_hour <= 0:
        return None
    price = np.where(growing & (hours > LEAST_H * an_hour), hours, 0.0) / an_hour
    groups = len(proof.slots.number)
    of_slots = price[2 * fleets : 2 * fleets + groups] + price[2 * fleets + groups :]
    slots: dict[str, dict[str, float]] = {}
    for g in np.flatnonzero(of_slots):
        place = proof.problem.places[int(proof.slots.place[g])].id
        slots.setdefault(place, {})[proof.slots.mode[g]] = float(of_slots[g])
    ids = [fleet.id for fleet in proof.lift.fleets]
    return ResourcePrices(
        by_h=proof.tightest.by_h,
        need=proof.tightest.need,
        slots=slots,
        vehicles={ids[f]: float(price[f]) for f in np.flatnonzero(price[:fleets])},
        moving={ids[f]: float(price[fleets + f]) for f in np.flatnonzero(price[fleets : 2 * fleets])},
    )
