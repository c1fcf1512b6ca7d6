"""Where names and symbols go on a map: the most important first, none on another, each tied to its place."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from standto.brief.charts.labels import Box, place_labels, text_width


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one place would have beside it: its name, and room for its symbols (0 by 0 for none)."""

    at: tuple[float, float]
    radius: float
    name: str
    symbols: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Seated:
    """Where a name and symbols found room; None where there was none."""

    name: Box | None
    symbols: Box | None


GAP = 3.0


def seat_all(wanted: Sequence[Wanted], taken: Sequence[Box], bounds: Box, size: float) -> list[Seated]:
    """Seat every place's name and symbols, in order: together, else each where it finds room.

    Parameters
    ----------
    wanted
        In order of importance.
    taken
        Rectangles that nothing may cover.
    bounds
        The rectangle that everything lies in.
    size
        Letter size of names in pixels.
    """
    used = list(taken)
    found = []
    for one in wanted:
        seated = _seat(one, used, taken, bounds, size)
        used.extend(box for box in (seated.name, seated.symbols) if box is not None)
        found.append(seated)
    return found


def _seat(one: Wanted, used: Sequence[Box], spots: Sequence[Box], bounds: Box, size: float) -> Seated:
    name = (text_width(one.name, size), size + 3.0) if one.name else (0.0, 0.0)
    both = max(name[0], one.symbols[0]), name[1] + one.symbols[1]
    if one.name and one.symbols[0] and (box := _free(one, both, used, bounds)) is not None:
        right = box.x + box.width <= one.at[0]
        shift = box.width - one.symbols[0] if right else 0.0
        return Seated(
            Box(box.x + (box.width - name[0] if right else 0.0), box.y, *name),
            Box(box.x + shift, box.y + name[1], *one.symbols),
        )
    if one.symbols[0] and (box := _free(one, one.symbols, used, bounds)) is not None:
        apart = _free(one, name, [*used, box], bounds) if one.name else None
        return Seated(apart if apart is not None and _own(one, apart, spots) else None, box)
    return Seated(_free(one, name, used, bounds) if one.name else None, None)


def _own(one: Wanted, box: Box, spots: Sequence[Box]) -> bool:
    """Whether a name without its symbols is nearer to its own place than to any other."""
    near = min(spots, key=lambda spot: _apart(box, spot), default=box)
    x, y = one.at
    return near.x <= x <= near.x + near.width and near.y <= y <= near.y + near.height


def _apart(a: Box, b: Box) -> float:
    wide = max(a.x - b.x - b.width, b.x - a.x - a.width, 0.0)
    high = max(a.y - b.y - b.height, b.y - a.y - a.height, 0.0)
    return math.hypot(wide, high)


def _free(one: Wanted, size: tuple[float, float], used: Sequence[Box], bounds: Box) -> Box | None:
    return place_labels([(*one.at, *size, one.radius + GAP)], used, bounds)[0]


def tie(one: Wanted, box: Box) -> tuple[float, float] | None:
    """The end of the line that ties a far seat to its place; None where it sits close enough without one."""
    x, y = one.at
    end = min(max(x, box.x), box.x + box.width), min(max(y, box.y), box.y + box.height)
    far = max(abs(end[0] - x), abs(end[1] - y))
    return end if far > (one.radius + GAP) * 1.9 else None
