"""The ways on which empty vehicles come back to where goods are."""

from __future__ import annotations

import numpy as np

from standto.move.bound.lift import Floats, Ints, Lift

NUDGE_H = 1e-9
"""So that legs of no length still are legs to the search."""


def ways_back(lift: Lift, idle_h: Floats, ends: Ints, *, nearest_only: bool = False) -> tuple[Floats, Ints]:
    """Hours back from each place to the nearest of some places, and the legs of all quickest ways there.

    Parameters
    ----------
    idle_h
        Hours of service of each fleet at each place, shape (F, P).
    ends
        Places where vehicles are wanted: where goods come from, and bases.
    nearest_only
        Only the ways to the nearest of these, not to each.

    Returns
    -------
    Hours, shape (F, P), 0 where there is no way; and leg numbers, in order.
    """
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import dijkstra

    hours = np.zeros(lift.slots.shape)
    chosen: list[Ints] = []
    for f in range(len(lift.fleets)):
        mine = np.flatnonzero(lift.leg_fleet == f)
        if len(mine) == 0 or len(ends) == 0:
            continue
        weight = lift.leg_h[mine] + idle_h[f, lift.leg_to[mine]] + NUDGE_H
        mine = mine[np.argsort(weight, kind="stable")]
        pairs = lift.leg_to[mine] * lift.places + lift.leg_from[mine]
        pairs, kept = np.unique(pairs, return_index=True)
        mine = mine[kept]
        weight = lift.leg_h[mine] + idle_h[f, lift.leg_to[mine]] + NUDGE_H
        graph = csr_matrix((weight, (lift.leg_to[mine], lift.leg_from[mine])), shape=(lift.places,) * 2)
        there, following = dijkstra(graph, indices=ends, return_predecessors=True)
        nearest = there.min(axis=0)
        hours[f] = np.where(np.isfinite(nearest), nearest, 0.0)
        if nearest_only:
            place = np.arange(lift.places)
            following = following[there.argmin(axis=0), place][None]
        _, place = np.nonzero(following >= 0)
        used = np.unique(following[following >= 0].astype(np.int64) * lift.places + place)
        chosen.append(mine[np.searchsorted(pairs, used)])
    return hours, np.unique(np.concatenate(chosen)) if chosen else np.zeros(0, dtype=np.int64)
