"""One stop in hours: its work, when loading begins, when things are on the ground (rules 2 and 3)."""

from __future__ import annotations

from collections.abc import Sequence

from standto.move.plan import Lot, Stop
from standto.move.problem import Fleet


def moves_something(lots: Sequence[Lot]) -> bool:
    """Whether the lots hold anyone or anything; a list of empty lots is no work."""
    return bool(lots) and any(lot.pax or any(lot.cargo.values()) for lot in lots)


def work_h(fleet: Fleet, stop: Stop, *, first: bool) -> float:
    """Hours of work at a stop, exactly: unload, load, both, or service; none at an idle start."""
    unloads, loads = moves_something(stop.unload), moves_something(stop.load)
    if unloads and loads:
        both = (fleet.unload_h, fleet.load_h)
        return max(both) if fleet.concurrent else sum(both)
    if unloads:
        return fleet.unload_h
    if loads:
        return fleet.load_h
    return 0.0 if first else fleet.service_h


def on_ground_h(fleet: Fleet, stop: Stop) -> float:
    """Hour at which what this stop unloads is on the ground."""
    if fleet.concurrent and moves_something(stop.load):
        return stop.start_h + max(fleet.unload_h, fleet.load_h)
    return stop.start_h + fleet.unload_h


def loading_begins_h(fleet: Fleet, stop: Stop) -> float:
    """Hour at which all that this stop loads must be there and ready."""
    if not fleet.concurrent and moves_something(stop.unload):
        return stop.start_h + fleet.unload_h
    return stop.start_h
