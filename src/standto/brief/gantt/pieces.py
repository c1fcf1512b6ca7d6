"""One row of the Gantt: readiness, waits, legs and transfers of a requirement, and what its close hung on."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from standto.brief.flow import Ride
from standto.brief.words import count, span
from standto.move.plan import Outcome
from standto.move.problem import Place, Requirement
from standto.move.why import Stretch

T = TypeVar("T", float, None)
GAP_H = 0.05
MOST_LANES = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a row, in words and hours.

    `kind` is `alert`, `ready`, `task`, `work` (a task that is not critical), `wait`, `transfer`, a mode,
    `critical` (a ride that the close hung on), `hung` (a wait or transfer that it hung on) or `late`. Legs
    that overlap stand in lanes: `lane` counts from 0, of `lanes`.
    """

    kind: str
    start_h: float
    end_h: float
    words: str = ""
    lane: int = 0
    lanes: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """One requirement in the Gantt."""

    id: str
    name: str
    nation: str
    load: str
    due_h: float
    hard_h: float | None
    close_h: float | None
    late_h: float
    pieces: tuple[Piece, ...]


def row_of(
    one: Requirement,
    outcome: Outcome | None,
    rides: Sequence[Ride],
    course: Sequence[Stretch],
    *,
    name: str,
    load: str,
    places: Mapping[str, Place],
) -> Row:
    """Everything that one row shows."""
    close_h = outcome.close_h if outcome is not None else None
    late_h = outcome.late_h if outcome is not None else 0.0
    pieces = [*_readiness(one), *_carried(one, rides, places), *_hung(course)]
    if close_h is not None and late_h > 0:
        pieces.append(Piece("late", one.due_h, close_h, f"late by {span(late_h)}"))
    return Row(one.id, name, one.nation, load, one.due_h, one.hard_h, close_h, late_h, tuple(pieces))


def _readiness(one: Requirement) -> Iterable[Piece]:
    """The alert standing before the order, the count-down or tasks after it; what is absent is not drawn."""
    about = one.readiness or {}
    ordered = _hour(about.get("ordered_h"), 0.0)
    ready = _hour(about.get("ready_h"), one.available_h)
    changes = [
        change
        for change in _list(about.get("changes"))
        if isinstance(change, (list, tuple)) and len(change) >= 2 and _hour(change[0], None) is not None
    ]
    for change, following in itertools.zip_longest(changes, changes[1:]):
        start = _hour(change[0], ordered)
        end = min(ordered, _hour(following[0], ordered)) if following else ordered
        if start < end:
            yield Piece("alert", start, end, f"at {change[1]}")
    if ready > ordered:
        yield Piece("ready", ordered, ready, "getting ready")
    for task in _list(about.get("tasks")):
        if isinstance(task, dict):
            start, end = _hour(task.get("start_h"), 0.0), _hour(task.get("end_h"), 0.0)
            critical = bool(task.get("critical"))
            words = f"{task.get('name', 'task')}{', critical' if critical else ''}"
            if end > start:
                yield Piece("task" if critical else "work", start, end, words)


def _list(value: object) -> Sequence[Any]:
    return value if isinstance(value, (list, tuple)) else ()


def _hour(value: object, otherwise: T) -> float | T:
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else otherwise


def _carried(one: Requirement, rides: Sequence[Ride], places: Mapping[str, Place]) -> Iterable[Piece]:
    """Waiting for lift, then each leg; between legs the transfer and the wait to go on."""
    if not rides:
        return
    edge = one.available_h
    moving = merged((ride.load_h, ride.unloaded_h) for ride in rides)
    for number, (start, end) in enumerate(moving):
        change_h = edge
        if number:
            change_h = min(start, edge + _transfer_h(rides, edge, places))
            if change_h - edge > GAP_H:
                yield Piece("transfer", edge, change_h, "changing vehicles")
        if start - change_h > GAP_H:
            yield Piece("wait", change_h, start, "waiting to go on" if number else "waiting for lift")
        edge = end
    yield from _legs(rides, places)


def _transfer_h(rides: Sequence[Ride], edge: float, places: Mapping[str, Place]) -> float:
    """Hours from unloading to ready again where the last ride before a gap ended."""
    ended = [ride.destination for ride in rides if abs(ride.unloaded_h - edge) <= GAP_H]
    return min((places[name].transfer_h for name in ended if name in places), default=0.0)


def _legs(rides: Sequence[Ride], places: Mapping[str, Place]) -> Iterable[Piece]:
    by_way: dict[tuple[str, str, str], list[Ride]] = defaultdict(list)
    for ride in rides:
        by_way[ride.mode, ride.origin, ride.destination].append(ride)
    spans: list[tuple[float, float, tuple[str, str, str], int]] = []
    for way, several in by_way.items():
        for start, end in merged((ride.load_h, ride.unloaded_h) for ride in several):
            vehicles = {ride.vehicle for ride in several if start <= ride.load_h <= end}
            spans.append((start, end, way, len(vehicles)))
    spans.sort()
    lanes = _lanes([(start, end) for start, end, _, _ in spans])
    deep = max(lanes, default=0) + 1
    for (start, end, (mode, origin, destination), number), lane in zip(spans, lanes, strict=True):
        words = (
            f"by {mode} from {_called(places, origin)} to {_called(places, destination)}, "
            f"{count(number, 'vehicle')}"
        )
        yield Piece(mode, start, end, words, lane, deep)


def _called(places: Mapping[str, Place], name: str) -> str:
    known = places.get(name)
    return (known.name or known.id) if known is not None else name


def _lanes(spans: Sequence[tuple[float, float]]) -> list[int]:
    """For each span, in order of start, the first lane that is free; at most three, the last is shared."""
    ends: list[float] = []
    found = []
    for start, end in spans:
        lane = next((lane for lane, free in enumerate(ends) if free <= start + GAP_H), len(ends))
        lane = min(lane, MOST_LANES - 1)
        if lane == len(ends):
            ends.append(end)
        ends[lane] = max(ends[lane], end)
        found.append(lane)
    return found


def _hung(course: Sequence[Stretch]) -> Iterable[Piece]:
    for stretch in course:
        yield Piece("critical" if stretch.kind == "ride" else "hung", stretch.start_h, stretch.end_h)


def merged(spans: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Stretches of time joined where they touch."""
    joined: list[tuple[float, float]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1] + GAP_H:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((start, end))
    return joined
