"""Streams by readiness: what is ready late can no longer take the slow ways by an early deadline.

A ship that arrives after the deadline carries nothing that counts. For what is ready on the first day it may
still be in time; so streams are told apart by when they are ready, in few classes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from standto.move.bound.lift import NEVER, Flags, Floats, Ints, Lift
from standto.move.bound.streams import Streams
from standto.move.bound.window import Window, goods_there, hours_left

CLASSES = 4
SLACK_H = 1e-3
"""More than the judge's tolerances can add up to on one way."""


@dataclass(frozen=True, slots=True)
class Units:
    """A window's streams by class of readiness (U), in order of their sources.

    Attributes
    ----------
    sources
        Origin, kind and class of each source (S), shape (S, 3); its streams are `first[s]:first[s + 1]`.
    ends, kinds
        Destination and kind of each stream.
    share_of, share_in, share
        Requirement `share_of[n]` adds `share[n]` units to stream `share_in[n]`.
    useful_h
        The earliest hour at which something of a class could be delivered that rode on a leg, shape
        (classes, E); inf where it never can.
    """

    sources: Ints
    first: Ints
    ends: Ints
    kinds: Ints
    share_of: Ints
    share_in: Ints
    share: Floats
    useful_h: Floats
    requirements: int

    @property
    def origins(self) -> Ints:
        """Places where something comes from."""
        return np.unique(self.sources[:, 0])

    def amounts(self, done: Floats) -> Floats:
        """Units of each stream if the share `done[r]` of each requirement is delivered."""
        amounts = self.share * done[self.share_of]
        return np.bincount(self.share_in, amounts, minlength=len(self.ends)).astype(float)


def read_units(lift: Lift, streams: Streams, window: Window) -> Units:
    """The streams of a window's members, by classes of readiness of like size."""
    ready = np.array([item.available_h for item in lift.problem.requirements], dtype=float)
    mine = window.members[streams.share_of]
    of, stream = streams.share_of[mine], streams.share_in[mine]
    edges = np.unique(np.quantile(ready[of], np.linspace(0, 1, CLASSES + 1)[1:-1])) if len(of) else ready
    class_of = np.searchsorted(edges, ready[of], side="left")
    kind = streams.kind[stream]
    keys = np.stack([streams.origin[stream], kind, class_of, streams.destination[stream]], axis=1)
    keys, share_in = np.unique(keys.reshape(-1, 4).astype(np.int64), axis=0, return_inverse=True)
    sources, first = np.unique(keys[:, :3], axis=0, return_index=True)
    useful = np.full((len(edges) + 1, len(lift.leg_h)), NEVER)
    for number in np.unique(class_of):
        some = np.zeros(len(ready), dtype=bool)
        some[of[class_of == number]] = True
        useful[number] = _useful(lift, streams, some)
    return Units(
        sources=sources,
        first=np.append(first, len(keys)).astype(np.int64),
        ends=keys[:, 3].copy(),
        kinds=keys[:, 1].copy(),
        share_of=of,
        share_in=share_in.reshape(-1),
        share=streams.share[mine],
        useful_h=useful,
        requirements=streams.requirements,
    )


def _useful(lift: Lift, streams: Streams, members: Flags) -> Floats:
    """For each leg, the earliest hour at which something that rode on it could be delivered."""
    moved = np.zeros(len(streams.origin), dtype=bool)
    moved[streams.share_in[members[streams.share_of]]] = True
    ground, aboard = goods_there(lift, streams, members, moved)
    left = hours_left(lift, streams, moved)
    loaded = np.where(lift.loads_at, ground[None, :] + lift.load_h[:, None], NEVER)
    leave = np.minimum(loaded, aboard + lift.least_stop_h[:, None])[lift.leg_fleet, lift.leg_from]
    ends = np.zeros(lift.places, dtype=bool)
    ends[streams.destination[moved]] = True
    fleet, end = lift.leg_fleet, lift.leg_to
    after = np.where(ends[end], lift.unload_h[fleet], lift.least_stop_h[fleet] + left[end])
    return np.asarray(leave + lift.leg_h + after - SLACK_H, dtype=float)
