"""Placing labels so that none lies on another: the most important first, each at its first free seat."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels."""

    x: float
    y: float
    width: float
    height: float

    def meets(self, other: Box) -> bool:
        """Whether two rectangles overlap."""
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )

    def within(self, outer: Box) -> bool:
        """Whether this rectangle lies wholly inside another."""
        return (
            self.x >= outer.x
            and self.y >= outer.y
            and self.x + self.width <= outer.x + outer.width
            and self.y + self.height <= outer.y + outer.height
        )


def text_width(words: str, size: float) -> float:
    """About how wide a line of bold text is in a wide sans-serif font; generous, never measured."""
    narrow = sum(character in "iljtfI.,:;'|! " for character in words)
    return size * (0.7 * (len(words) - narrow) + 0.4 * narrow)


def seats(x: float, y: float, width: float, height: float, gap: float) -> Iterable[Box]:
    """Where the label of a point may sit: right, left, above, below, corners, then the same farther off."""
    for far in (gap, gap * 2.2, gap * 4):
        yield Box(x + far, y - height / 2, width, height)
        yield Box(x - far - width, y - height / 2, width, height)
        yield Box(x - width / 2, y - far - height, width, height)
        yield Box(x - width / 2, y + far, width, height)
        for down in (far * 0.5, -far * 0.5 - height):
            yield Box(x + far * 0.7, y + down, width, height)
            yield Box(x - far * 0.7 - width, y + down, width, height)


def place_labels(
    points: Sequence[tuple[float, float, float, float, float]], taken: Iterable[Box], bounds: Box
) -> list[Box | None]:
    """Give each label, in order, the first seat that is free and inside; None where there is none.

    Parameters
    ----------
    points
        x, y of each point, width and height of its label, and the gap between them.
    taken
        Rectangles that no label may cover.
    bounds
        The rectangle that all labels lie in.
    """
    used = list(taken)
    placed: list[Box | None] = []
    for x, y, width, height, gap in points:
        free = (
            seat
            for seat in seats(x, y, width, height, gap)
            if seat.within(bounds) and not any(seat.meets(other) for other in used)
        )
        seat = next(free, None)
        placed.append(seat)
        if seat is not None:
            used.append(seat)
    return placed
