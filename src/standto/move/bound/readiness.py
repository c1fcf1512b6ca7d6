"""Streams by readiness: what is ready late can no longer take the slow ways by an early deadline.

A ship that arrives after the deadline carries nothing that counts. For what is ready on the first day it may
still be in time; so streams are told apart by when they are ready, in few classes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from standto.move.bound.critical import BATCH_CELLS, earliest, empty_arrivals
from standto.move.bound.lift import NEVER, Floats, Ints, Lift
from standto.move.bound.streams import Streams
from standto.move.bound.window import Window, hours_left

CLASSES = 8
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
    ground_h, arrived_h
        The earliest hours at which anything of a source can be loaded at each place, shape (S, P), and arrive
        there aboard each fleet, shape (S, F, P).
    aboard_h
        The earliest hour at which anything of a source can leave each place aboard each fleet, shape
        (S, F, P); inf where it never can.
    left_h
        The fewest hours from the end of each leg until something of a kind that rode on it is delivered,
        shape (kinds, E).
    """

    sources: Ints
    first: Ints
    ends: Ints
    kinds: Ints
    share_of: Ints
    share_in: Ints
    share: Floats
    ground_h: Floats
    arrived_h: Floats
    aboard_h: Floats
    left_h: Floats
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
    share_in = share_in.reshape(-1)
    sources, first = np.unique(keys[:, :3], axis=0, return_index=True)
    since = np.full(len(sources), NEVER)
    np.minimum.at(since, np.searchsorted(first, share_in, side="right") - 1, ready[of])
    ground, arrived, aboard = _hours_there(lift, streams, sources, since)
    return Units(
        sources=sources,
        first=np.append(first, len(keys)).astype(np.int64),
        ends=keys[:, 3].copy(),
        kinds=keys[:, 1].copy(),
        share_of=of,
        share_in=share_in,
        share=streams.share[mine],
        ground_h=ground,
        arrived_h=arrived,
        aboard_h=aboard,
        left_h=_left(lift, streams, keys),
        requirements=streams.requirements,
    )


def _hours_there(lift: Lift, streams: Streams, sources: Ints, since: Floats) -> tuple[Floats, Floats, Floats]:
    """When each source is on the ground at each place, and arrives at and leaves it aboard each fleet."""
    shape = len(sources), *lift.slots.shape
    ground, arrived = np.full((shape[0], shape[2]), NEVER), np.full(shape, NEVER)
    empty = empty_arrivals(lift)
    batch = max(1, BATCH_CELLS // max(1, len(lift.leg_h)))
    for begin in range(0, len(sources), batch):
        some = slice(begin, begin + batch)
        kinds = sources[some, 1]
        found = earliest(
            lift, sources[some, 0], since[some], streams.fleets[kinds], streams.loadable[kinds], empty
        )
        ground[some], arrived[some] = found.ground_h, found.arrived_h
    there = np.maximum(ground[:, None, :], empty[None])
    loaded = np.where(lift.loads_at[None], there + lift.load_h[None, :, None], NEVER)
    return ground, arrived, np.minimum(loaded, arrived + lift.least_stop_h[None, :, None])


def _left(lift: Lift, streams: Streams, keys: Ints) -> Floats:
    """The fewest hours from the end of each leg to a delivery of each kind, if it was ridden on."""
    left = np.full((len(streams.seats), len(lift.leg_h)), NEVER)
    fleet, end = lift.leg_fleet, lift.leg_to
    for kind in np.unique(keys[:, 1]):
        ends = np.zeros(lift.places, dtype=bool)
        ends[keys[keys[:, 1] == kind, 3]] = True
        onward = hours_left(lift, np.flatnonzero(ends), streams.fleets[kind])
        left[kind] = np.where(ends[end], lift.unload_h[fleet], lift.least_stop_h[fleet] + onward[end])
    return left
