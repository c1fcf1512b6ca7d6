"""Symbols of units at a place: which kinds, how they are laid out, how they look at an hour."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from standto.brief.charts import svg
from standto.brief.charts.labels import text_width
from standto.brief.states import IN_PLACE, STATES, Journey
from standto.brief.symbols.codes import Sign
from standto.brief.symbols.drawing import picture
from standto.brief.words import amount

HOME, GOAL = "home", "goal"
MOST_KINDS = 5
"""Above so many kinds on one side of a place, the rest are drawn as one."""
PER_ROW = 3
BAR_PX = 4.0
LOOKS = ("home", "alert", "preparing", "ready", "way", "place")
"""The class of each state, in the order of `STATES`."""
LOOK_OF = dict(zip(STATES, LOOKS, strict=True))


@dataclass(frozen=True, slots=True)
class Cell:
    """Units of one kind that start from a place, or are to come to it."""

    number: int
    place: str
    side: str
    sign: Sign
    members: tuple[Journey, ...]


@dataclass(frozen=True, slots=True)
class Size:
    """Measures of a symbol in pixels: its frame, the room over it, the bar under it."""

    frame: float

    @property
    def deep(self) -> float:
        """Height of the frame alone."""
        return self.frame * 2 / 3

    @property
    def over(self) -> float:
        """Room over the frame: echelon and the sign for exercises."""
        return self.frame * 0.3

    @property
    def letters(self) -> float:
        """Size of the count beside the frame."""
        return max(8.5, self.frame * 0.46)

    def cell(self, words: str) -> tuple[float, float]:
        """Width and height of a symbol with its count and its bar."""
        wide = self.frame * 1.32 + (text_width(words, self.letters) if words else 0.0)
        return wide, self.over + self.deep + BAR_PX + 2.0


@dataclass(slots=True)
class Signs:
    """The symbols that a page defines, each once."""

    parts: dict[Sign, str] = field(default_factory=dict)

    def key(self, sign: Sign) -> str:
        """The id under which a symbol is defined."""
        return self.parts.setdefault(sign, f"app6-{len(self.parts)}")

    def defined(self) -> Markup:
        """All that were asked for, as parts to use."""
        return Markup("").join(picture(sign).part(key) for sign, key in self.parts.items())


def cells_of(
    found: Iterable[tuple[Journey, Sign]], places: Iterable[str], others: Sign
) -> dict[str, list[Cell]]:
    """Units by place, side and kind, the most numerous kinds first; only at places that are drawn."""
    drawn = set(places)
    sides: dict[tuple[str, str], dict[Sign, list[Journey]]] = defaultdict(lambda: defaultdict(list))
    for journey, sign in found:
        for place, side in ((journey.origin, HOME), (journey.destination, GOAL)):
            if place in drawn and not (side == HOME and journey.origin == journey.destination):
                sides[place, side][sign].append(journey)
    cells: dict[str, list[Cell]] = defaultdict(list)
    number = 0
    for (place, side), kinds in sides.items():
        ordered = sorted(kinds.items(), key=lambda item: (-len(item[1]), item[0].code))
        if len(ordered) > MOST_KINDS:
            rest = [one for _, several in ordered[MOST_KINDS - 1 :] for one in several]
            ordered = [*ordered[: MOST_KINDS - 1], (others, rest)]
        for sign, members in ordered:
            cells[place].append(Cell(number, place, side, sign, tuple(members)))
            number += 1
    return dict(cells)


@dataclass(frozen=True, slots=True)
class Shown:
    """How a cell looks: absent, planned or there; its count; its bar as (class, share) from left to right."""

    words: str
    planned: bool
    bar: tuple[tuple[str, float], ...]


def overview(cell: Cell) -> Shown:
    """A cell where no hour is shown: home as it is, destination as planned."""
    several = len(cell.members)
    return Shown(amount(several) if several > 1 else "", cell.side == GOAL, ())


def at_hour(cell: Cell, hour: float) -> Shown | None:
    """A cell at an hour: what has not left home, with its states; what is there of what is to come."""
    members = cell.members
    if cell.side == HOME:
        left = [one for one in members if hour < one.left_h]
        if not left:
            return None
        states = [one.state(hour) for one in left]
        bar = tuple(
            (LOOKS[state], states.count(state) / len(left)) for state in sorted(set(states), reverse=True)
        )
        return Shown(amount(len(left)) if len(left) > 1 else "", False, bar)
    here = sum(one.state(hour) == IN_PLACE for one in members)
    coming = sum(one.there_h <= hour and one.state(hour) < IN_PLACE for one in members)
    shares = (("place", here / len(members)), ("way", coming / len(members)))
    words = f"{amount(here)}/{amount(len(members))}" if len(members) > 1 else ""
    return Shown(words, not here + coming, tuple((look, share) for look, share in shares if share > 0))


def widest(cell: Cell) -> str:
    """The longest count that a cell may show."""
    several = len(cell.members)
    if several < 2:
        return ""
    return amount(several) if cell.side == HOME else f"{amount(several)}/{amount(several)}"


def stack_size(cells: Sequence[Cell], size: Size) -> tuple[float, float]:
    """Width and height of all cells of a place, in rows."""
    rows = [[size.cell(widest(cell)) for cell in row] for row in _rows(cells)]
    wide = max(sum(w for w, _ in row) for row in rows)
    return wide, sum(max(h for _, h in row) for row in rows)


def draw_stack(
    cells: Sequence[Cell],
    shown: Mapping[int, Shown | None],
    signs: Signs,
    corner: svg.Point,
    size: Size,
    *,
    live: bool,
) -> Markup:
    """All cells of a place from a corner down; `live` ones hold what a script needs to show another hour."""
    parts: list[Markup] = []
    y = corner[1]
    for row in _rows(cells):
        x, deep = corner[0], 0.0
        for cell in row:
            wide, high = size.cell(widest(cell))
            look = shown.get(cell.number)
            if look is not None or live:
                parts.append(_cell(cell, look, signs, (x, y), size, live=live))
            x, deep = x + wide, max(deep, high)
        y += deep
    return Markup("").join(parts)


def _rows(cells: Sequence[Cell]) -> list[Sequence[Cell]]:
    return [cells[start : start + PER_ROW] for start in range(0, len(cells), PER_ROW)]


def _cell(
    cell: Cell, shown: Shown | None, signs: Signs, corner: svg.Point, size: Size, *, live: bool
) -> Markup:
    look = shown or Shown("", False, ())
    foot = size.over + size.deep
    middle = 1.0 + size.frame / 2
    present = picture(cell.sign).use(signs.key(cell.sign), middle, foot, size.frame)
    planned = cell.sign.planned
    dashed = picture(planned).use(signs.key(planned), middle, foot, size.frame)
    if live:
        symbols = Markup("").join(
            svg.tag(
                "g",
                part,
                class_=name,
                display="none" if name != ("plan" if look.planned else "real") else None,
            )
            for name, part in (("real", present), ("plan", dashed))
            if name == "real" or cell.side == GOAL
        )
    else:
        symbols = dashed if look.planned else present
    bar, x = [], 1.0
    for name, share in look.bar:
        wide = share * size.frame
        bar.append(svg.tag("rect", x=x, y=foot + 1.5, width=wide, height=BAR_PX, class_=f"s {name}"))
        x += wide
    words = (
        svg.text(1.0 + size.frame * 1.3, foot - 1.0, look.words, class_="many", font_size=size.letters)
        if look.words or live
        else Markup("")
    )
    more = {"data_cell": cell.number, "data_foot": foot, "data_frame": size.frame} if live else {}
    return svg.tag(
        "g",
        svg.tag("title", f"{amount(len(cell.members))} × {cell.sign.words}") if live else Markup(""),
        symbols,
        words,
        svg.tag("g", *bar, class_="bar-of"),
        class_=f"unit {cell.side}",
        transform=f"translate({svg.number(corner[0])} {svg.number(corner[1])})",
        display="none" if shown is None else None,
        **more,
    )
