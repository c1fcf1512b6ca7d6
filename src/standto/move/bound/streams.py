"""What must flow where: the requirements' people and tonnes, summed over origin, destination and fleets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from standto.move.bound.lift import Flags, Floats, Ints, Lift, Load


@dataclass(frozen=True, slots=True)
class Streams:
    """Streams (J) of people or tonnes, and what each requirement (R) adds to them.

    A unit of stream j takes `seats[kind[j]]` seats and `mass_t[kind[j]]` tonnes, may ride on the fleets
    `fleets[kind[j]]` and be loaded at the places `loadable[kind[j]]`. Requirement `share_of[n]` adds
    `share[n]` units to stream `share_in[n]`. What is not divisible is counted as people and tonnes that ride
    on the fleets that could take it whole.
    """

    origin: Ints
    destination: Ints
    kind: Ints
    seats: Floats
    mass_t: Floats
    fleets: Flags
    loadable: Flags
    share_of: Ints
    share_in: Ints
    share: Floats
    requirements: int

    def supply(self, done: Floats) -> Floats:
        """Units of each stream if the share `done[r]` of each requirement is delivered."""
        amounts = self.share * done[self.share_of]
        return np.bincount(self.share_in, amounts, minlength=len(self.origin)).astype(float)


def read_streams(lift: Lift, loads: Sequence[Load]) -> Streams:
    """The streams of the given loads (those that can be delivered)."""
    items = lift.problem.requirements
    person_t = lift.problem.pax_tonnes
    kinds: dict[tuple[bool, bytes, bytes], int] = {}
    streams: dict[tuple[int, int, int], int] = {}
    shares: list[tuple[int, int, float]] = []
    fleets: list[Flags] = []
    loadable: list[Flags] = []
    for load in loads:
        item = items[load.requirement]
        people = item.pax if load.indivisible else load.amount * load.seats
        whole_t = max(0.0, load.mass_t - item.pax * person_t)
        tonnes = whole_t if load.indivisible else load.amount * (1 - load.seats)
        ends = lift.place_of[item.origin], lift.place_of[item.destination]
        for seated, amount in ((True, float(people)), (False, float(tonnes))):
            if amount <= 0:
                continue
            key = (seated, load.fleets.tobytes(), load.loadable.tobytes())
            if key not in kinds:
                kinds[key] = len(kinds)
                fleets.append(load.fleets)
                loadable.append(load.loadable)
            stream = streams.setdefault((*ends, kinds[key]), len(streams))
            shares.append((load.requirement, stream, amount))
    ends_and_kind = np.array(list(streams), dtype=np.int64).reshape(-1, 3)
    rows = np.array([row[:2] for row in shares], dtype=np.int64).reshape(-1, 2)
    seated_kinds = np.array([seated for seated, _, _ in kinds], dtype=bool)
    return Streams(
        origin=ends_and_kind[:, 0],
        destination=ends_and_kind[:, 1],
        kind=ends_and_kind[:, 2],
        seats=seated_kinds.astype(float),
        mass_t=np.where(seated_kinds, person_t, 1.0),
        fleets=np.array(fleets, dtype=bool).reshape(len(kinds), len(lift.fleets)),
        loadable=np.array(loadable, dtype=bool).reshape(len(kinds), lift.places),
        share_of=rows[:, 0],
        share_in=rows[:, 1],
        share=np.array([row[2] for row in shares], dtype=float),
        requirements=len(items),
    )
