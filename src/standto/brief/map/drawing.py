"""Drawing one window of the map: land, ways by mode, places, symbols and names that keep apart."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from standto.brief.charts import svg
from standto.brief.charts.labels import Box
from standto.brief.map.projection import Frame, LonLat
from standto.brief.map.seats import Seated, Wanted, seat_all, tie
from standto.brief.map.stacks import Cell, Shown, Signs, Size, draw_stack, overview, stack_size

SIZE = 12.5
CLOSE_PX = 0.7
ARROW_WEIGHT = 0.04
"""Ways that carry less than this share of the most loaded one are drawn lighter, without a head."""
SHAPES = {
    "home": "M-{r} -{r}H{r}V{r}H-{r}Z",
    "goal": "M0 -{r}L{r} {r}H-{r}Z",
    "between": "",
}


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map: `part` is `home`, `goal` or `between`; `weight` from 0 to 1 sizes it.

    `level` from 0 to 5 is how full its slots are in its fullest day, None where they have no limit.
    """

    id: str
    name: str
    at: LonLat
    part: str
    weight: float
    words: str
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A way on the map, from first to last point; `weight` from 0 to 1 sets its width."""

    mode: str
    points: Sequence[LonLat]
    weight: float
    words: str
    way: tuple[str, str, str] = ("", "", "")


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything that a map may show, in any window and at any hour."""

    lines: Sequence[Line]
    spots: Sequence[Spot]
    cells: Mapping[str, Sequence[Cell]]
    footer: str
    signs: Signs = field(default_factory=Signs)


@dataclass(frozen=True, slots=True)
class Moment:
    """A map at one hour: how each cell looks, how full places are, how far vehicles are along their ways."""

    shown: Mapping[int, Shown | None]
    levels: Mapping[str, int]
    under_way: Mapping[int, Sequence[float]]


@dataclass(frozen=True, slots=True)
class Look:
    """How large a window is drawn and with what: `shrink` of its frame, symbols `symbol` pixels wide."""

    shrink: float
    symbol: float
    letters: float = SIZE
    bold: float = 1.0


def draw_window(
    view: Frame,
    scene: Scene,
    look: Look,
    *,
    key: str,
    variant: str,
    land_id: str,
    title: str,
    describe: str,
    inset: Frame | None = None,
    moment: Moment | None = None,
) -> Markup:
    """One window at one size; land comes from the shared part `land_id`, `shrink` times as large.

    Without a moment it shows the whole move, and holds what a script needs to show any hour of it.
    """
    shrink = look.shrink
    size = view.width * shrink, view.height * shrink
    land = svg.tag("use", href=f"#{land_id}", transform=f"scale({shrink:.4f})" if shrink != 1 else None)
    order = sorted(range(len(scene.lines)), key=lambda index: -scene.lines[index].weight)
    ways = [_line(view, scene.lines[index], look, index, moment) for index in order]
    shown = [spot for spot in scene.spots if view.holds(*spot.at)]
    shown.sort(key=lambda spot: (spot.part == "between", -spot.weight, spot.id))
    named = [spot for spot in shown if inset is None or not inset.holds(*spot.at)]
    ties, beside = _beside(view, scene, named, look, shown, moment)
    return svg.figure(
        title,
        describe,
        f"{key}-{variant}",
        size,
        svg.tag("rect", width=size[0], height=size[1], class_="water"),
        land,
        *ways,
        _inset(view, inset, shrink),
        _moving(view, scene, look, moment),
        *ties,
        *(_spot(view, spot, look, moment) for spot in reversed(shown)),
        *beside,
        svg.text(size[0] - 8, size[1] - 8, scene.footer, class_="foot halo", text_anchor="end"),
        class_=f"chart map {variant}{'' if moment is None else ' timed'}",
    )


def _place(view: Frame, at: LonLat, shrink: float) -> svg.Point:
    x, y = view(*at)
    return x * shrink, y * shrink


def strokes(view: Frame, line: Line, shrink: float) -> list[list[svg.Point]]:
    """A way in pixels: one stroke, or two where it leaves the map on one side and comes back on the other."""
    return [_thin([(x * shrink, y * shrink) for x, y in piece]) for piece in view.strokes(line.points)]


def _thin(points: Sequence[svg.Point]) -> list[svg.Point]:
    kept: list[svg.Point] = []
    for point in points:
        if not kept or math.dist(kept[-1], point) >= CLOSE_PX:
            kept.append(point)
    if points and kept[-1] != points[-1]:
        kept.append(points[-1])
    return kept


def _line(view: Frame, line: Line, look: Look, index: int, moment: Moment | None) -> Markup:
    pieces = strokes(view, line, look.shrink)
    wide = (0.8 + 5.2 * math.sqrt(line.weight)) * look.bold
    drawn = "".join(svg.path(piece) for piece in pieces)
    number = index if moment is None else None
    parts = [svg.tag("path", d=drawn, class_=f"way {line.mode}", stroke_width=wide, data_way=number)]
    if line.weight >= ARROW_WEIGHT and pieces:
        parts.append(_arrow(max(pieces, key=_length), wide, line.mode))
    if moment is not None:
        return svg.tag("g", *parts, class_="live" if moment.under_way.get(index) else None)
    passing = not all(view.holds(*line.points[end]) for end in (0, -1))
    faint = "passing" if passing else "light" if line.weight < ARROW_WEIGHT else None
    return svg.tag("g", svg.tag("title", line.words), *parts, class_=faint)


def _length(points: Sequence[svg.Point]) -> float:
    return sum(math.dist(a, b) for a, b in itertools.pairwise(points))


def along(points: Sequence[svg.Point], share: float) -> tuple[svg.Point, float]:
    """The point at a share of a stroke's length, and the direction there in degrees."""
    lengths = [math.dist(a, b) for a, b in itertools.pairwise(points)]
    left = sum(lengths) * share
    for (a, b), length in zip(itertools.pairwise(points), lengths, strict=True):
        if left <= length and length > 0:
            part = left / length
            turn = math.degrees(math.atan2(b[1] - a[1], b[0] - a[0]))
            return (a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1])), turn
        left -= length
    return points[-1], 0.0


def _arrow(points: Sequence[svg.Point], wide: float, mode: str) -> Markup:
    """A head at six tenths of the way, which shows the direction where the line is long enough for one."""
    if _length(points) < 30:
        return Markup("")
    (x, y), turn = along(points, 0.6)
    r = 3.5 + wide * 0.8
    return svg.tag(
        "path",
        d=f"M{svg.number(r)} 0L{svg.number(-r)} {svg.number(r)}V{svg.number(-r)}Z",
        class_=f"head {mode}",
        transform=f"translate({svg.number(x)} {svg.number(y)}) rotate({turn:.0f})",
    )


def _moving(view: Frame, scene: Scene, look: Look, moment: Moment | None) -> Markup:
    """Vehicles under way as dots: strokes of no length with round ends, one path for each mode."""
    modes = dict.fromkeys(line.mode for line in scene.lines)
    dots: dict[str, list[str]] = {mode: [] for mode in modes}
    for index, shares in moment.under_way.items() if moment is not None else ():
        line = scene.lines[index]
        pieces = strokes(view, line, look.shrink)
        if pieces:
            for share in shares:
                (x, y), _ = along(pieces[0] if len(pieces) == 1 else list(itertools.chain(*pieces)), share)
                dots[line.mode].append(f"M{svg.number(x)} {svg.number(y)}h.01")
    wide = 8.0 * look.bold
    return Markup("").join(
        svg.tag("path", d="".join(dots[mode]), class_=f"moving {name}", stroke_width=wide + more)
        for mode in modes
        for name, more in (("rim", 2.4), (mode, 0.0))
        if moment is None or dots[mode]
    )


def radius(weight: float, look: Look) -> float:
    """The size of a place's sign in pixels."""
    return (4 + 9 * math.sqrt(weight)) * look.bold


def _spot(view: Frame, spot: Spot, look: Look, moment: Moment | None) -> Markup:
    x, y = _place(view, spot.at, look.shrink)
    r = radius(spot.weight, look)
    level = spot.level if moment is None or spot.level is None else moment.levels.get(spot.id, 0)
    classes = f"spot {spot.part} {'free' if level is None else f'q{level}'}"
    said = svg.tag("title", f"{spot.name}: {spot.words}") if moment is None else Markup("")
    more = {"data_place": spot.id} if moment is None and spot.level is not None else {}
    if spot.part == "between":
        return svg.tag("circle", said, cx=x, cy=y, r=r, class_=classes, **more)
    shape = SHAPES[spot.part].format(r=svg.number(r * 0.9))
    at = f"translate({svg.number(x)} {svg.number(y)})"
    return svg.tag("path", said, d=shape, class_=classes, transform=at, **more)


def _inset(view: Frame, inset: Frame | None, shrink: float) -> Markup:
    """The outline, on this window, of the window that shows a part of it larger."""
    if inset is None:
        return Markup("")
    rim = [point for point in inset.rim() if point is not None]
    path = svg.path([_place(view, point, shrink) for point in rim], closed=True)
    return svg.tag("path", d=path, class_="inset")


def seats_of(
    view: Frame, scene: Scene, named: Sequence[Spot], look: Look, shown: Sequence[Spot]
) -> list[tuple[Spot, Wanted, Seated]]:
    """Where the names and symbols of places go in a window: destinations and homes first."""
    taken = []
    for spot in shown:
        x, y = _place(view, spot.at, look.shrink)
        r = radius(spot.weight, look)
        taken.append(Box(x - r, y - r, 2 * r, 2 * r))
    size = Size(look.symbol)
    wanted = [
        Wanted(
            _place(view, spot.at, look.shrink),
            radius(spot.weight, look),
            spot.name if look.letters else "",
            stack_size(cells, size) if (cells := scene.cells.get(spot.id)) else (0.0, 0.0),
        )
        for spot in named
    ]
    bounds = Box(4, 4, view.width * look.shrink - 8, view.height * look.shrink - 24)
    seated = seat_all(wanted, taken, bounds, look.letters or SIZE)
    return list(zip(named, wanted, seated, strict=True))


def _beside(
    view: Frame,
    scene: Scene,
    named: Sequence[Spot],
    look: Look,
    shown: Sequence[Spot],
    moment: Moment | None,
) -> tuple[list[Markup], list[Markup]]:
    """Lines from places to what sits far from them, to be drawn under the places; names and symbols."""
    ties: list[Markup] = []
    parts: list[Markup] = []
    for spot, one, seat in seats_of(view, scene, named, look, shown):
        box = seat.name or seat.symbols
        end = tie(one, box) if box is not None else None
        if end is not None:
            ties.append(svg.line(*one.at, *end, class_="lead-line"))
        if seat.name is not None:
            left = seat.name.x + seat.name.width <= one.at[0]
            at = seat.name.x + seat.name.width if left else seat.name.x
            words = svg.text(
                at,
                seat.name.y + look.letters - 1,
                spot.name,
                class_="halo place",
                font_size=look.letters,
                text_anchor="end" if left else "start",
            )
            parts.append(words)
        if seat.symbols is not None:
            cells = scene.cells[spot.id]
            looks = moment.shown if moment is not None else {cell.number: overview(cell) for cell in cells}
            corner = seat.symbols.x, seat.symbols.y
            parts.append(
                draw_stack(cells, looks, scene.signs, corner, Size(look.symbol), live=moment is None)
            )
    return ties, parts
