"""How scarce the slots of every place are, before anything is planned: a quick estimate.

Every place has so much to load and to unload. If a mode did all of it, each load in the vehicle that takes
the most per hour of a slot, its slots would be busy for so many hours; the modes of a place together are done
sooner, as parallel ways are. A place that is busy as long as the whole movement must last has scarcity 1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from standto.move.network import Floats

if TYPE_CHECKING:
    from standto.move.solve.tables import Tables

PERSON_T = 0.1
"""Tonnes that a passenger counts for at least when loads are compared (assumed)."""


def scarcity(t: Tables) -> Floats:
    """Scarcity of slots by place and mode, 0 (nothing to do, or slots without limit) to 1."""
    places = len(t.transfer_h)
    busy = _busy_h(t, t.origin, t.load_h) + _busy_h(t, t.destination, t.unload_h)
    slots = t.slots.reshape(places, t.modes)
    with np.errstate(divide="ignore", invalid="ignore"):
        by_mode = np.where(slots < 0, 0.0, busy / np.where(slots < 0, 1, slots))
        by_mode[busy <= 0] = np.inf
        by_mode[slots == 0] = np.inf
        together = 1.0 / (1.0 / by_mode).sum(axis=1)
    together[~np.isfinite(together)] = 0.0
    lasts = max(together.max(initial=0.0), _longest_h(t))
    share = together / lasts if lasts > 0 else together
    return np.where(slots > 0, share[:, None], 0.0).ravel()


def _busy_h(t: Tables, place: object, work_h: Floats) -> Floats:
    """Slot hours of every place and mode if that mode did all the work of its requirements."""
    ends = np.asarray(place)
    busy = np.zeros((len(t.transfer_h), t.modes))
    for k in range(t.need.shape[1]):
        capacity = t.seats.astype(float) if k == 0 else t.tonnes
        with np.errstate(divide="ignore", invalid="ignore"):
            per_load = np.where(capacity > 0, work_h / capacity, np.inf)
        for mode in range(t.modes):
            least = np.where((t.may > 0) & (t.mode == mode), per_load, np.inf).min(axis=1, initial=np.inf)
            rows = np.flatnonzero((t.way[:, k] >= 0) & (t.need[:, k] > 0))
            hours = t.need[rows, k] * least[t.way[rows, k]] if len(rows) else np.empty(0)
            able = np.isfinite(hours)
            np.add.at(busy[:, mode], ends[rows[able]], hours[able])
    return busy


def _longest_h(t: Tables) -> float:
    """The hour before which not everything can be there even if slots and vehicles were plenty."""
    latest = 0.0
    for k in range(t.need.shape[1]):
        rows = np.flatnonzero((t.way[:, k] >= 0) & (t.need[:, k] > 0))
        if len(rows):
            hours = t.ready_h[rows] + t.togo[t.way[rows, k], t.origin[rows]]
            latest = max(latest, float(hours[np.isfinite(hours)].max(initial=0.0)))
    return latest
