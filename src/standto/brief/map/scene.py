"""What the map shows: places, ways and units of a brief, made ready to be drawn in any window at any hour."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from standto.brief.flow import Load
from standto.brief.map.drawing import Line, Moment, Scene, Spot
from standto.brief.map.fullness import Fullness, fullness, level
from standto.brief.map.projection import LonLat, great_circle
from standto.brief.map.stacks import at_hour, cells_of
from standto.brief.sheet import REAL, Sheet
from standto.brief.states import Journey, journeys
from standto.brief.symbols.codes import other_units, sign_of
from standto.brief.words import count, percent, tonnes
from standto.move.problem import Link

MOST_WAYS, CLEAR_WAYS = 400, 120
"""Above this many ways the map would be a blot: so many are drawn then."""
NOUNS = {"air": "flight", "sea": "voyage", "rail": "train", "road": "column"}


@dataclass(frozen=True, slots=True)
class Theatre:
    """A scene with what moves in it: every unit's journey, every way's legs, every place's slots."""

    scene: Scene
    journeys: tuple[Journey, ...]
    legs: Mapping[int, Sequence[tuple[float, float]]]
    full: Mapping[str, Fullness]

    def at(self, hour: float) -> Moment:
        """The scene at an hour."""
        shown = {cell.number: at_hour(cell, hour) for cells in self.scene.cells.values() for cell in cells}
        under_way = {
            index: [(hour - start) / (end - start) for start, end in several if start <= hour < end]
            for index, several in self.legs.items()
        }
        levels = {place: level(found.at(hour)) for place, found in self.full.items()}
        return Moment(shown, levels, under_way)


def theatre(sheet: Sheet) -> Theatre:
    """Lay out the map of a brief."""
    full = fullness(sheet.problem, sheet.use)
    spots, lines = _spots(sheet, full), _lines(sheet)
    found = journeys(sheet.problem.requirements, sheet.outcomes, sheet.flow.rides)
    about = sheet.problem.about
    real, civil = sheet.kind == REAL, about is not None and about.vocabulary == "civil"
    units = [
        (journey, sign_of(sheet.requirements[journey.requirement], real=real, civil=civil))
        for journey in found
    ]
    cells = cells_of(units, [spot.id for spot in spots], other_units(real=real, civil=civil))
    numbers = {line.way: index for index, line in enumerate(lines)}
    legs: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for leg in sheet.flow.legs:
        if leg.way in numbers and leg.arrive_h > leg.depart_h:
            legs[numbers[leg.way]].append((leg.depart_h, leg.arrive_h))
    return Theatre(Scene(lines, spots, cells, sheet.banner), found, dict(legs), full)


def mass(sheet: Sheet, load: Load) -> float:
    """Tonnes with people and their kit."""
    return load.mass_t(sheet.problem.pax_tonnes)


def drawn_ways(sheet: Sheet) -> dict[tuple[str, str, str], Load]:
    """The ways that the map draws: all, or of very many those that carry most."""
    ways = sheet.flow.ways
    if len(ways) <= MOST_WAYS:
        return ways
    ordered = sorted(ways, key=lambda way: (-mass(sheet, ways[way]), way))
    return {way: ways[way] for way in ordered[:CLEAR_WAYS]}


def _said(load: Load, mode: str) -> str:
    parts = [count(load.pax, "person", "people")] if load.pax else []
    parts += [f"{tonnes(load.tonnes)} t"] if load.tonnes > 0.05 else []
    return f"{' and '.join(parts)} in {count(load.legs, NOUNS.get(mode, 'leg'))}"


def _spots(sheet: Sheet, full: Mapping[str, Fullness]) -> list[Spot]:
    goals = {one.destination for one in sheet.problem.requirements}
    homes = {one.origin for one in sheet.problem.requirements}
    most = max((mass(sheet, load) for load in sheet.flow.places.values()), default=0.0) or 1.0
    spots = []
    for name, load in sheet.flow.places.items():
        place = sheet.places[name]
        if place.lat is None or place.lon is None:
            continue
        part = "goal" if name in goals else "home" if name in homes else "between"
        said = f"{count(load.pax, 'person', 'people')}, {tonnes(load.tonnes)} t"
        day = full[name].fullest_day if name in full else None
        if day is not None:
            said += f"; {percent(day)} of its slots at work in the fullest day"
        if place.assumed:
            said += " (slots assumed)"
        at, weight = (place.lon, place.lat), mass(sheet, load) / most
        spots.append(
            Spot(name, sheet.place(name), at, part, weight, said, None if day is None else level(day))
        )
    return spots


def _lines(sheet: Sheet) -> list[Line]:
    links: dict[tuple[str, str, str], Link] = {}
    for link in sheet.problem.links:
        links.setdefault((link.origin, link.destination, link.mode), link)
    most = max((mass(sheet, load) for load in sheet.flow.ways.values()), default=0.0) or 1.0
    lines = []
    for (a, b, mode), load in drawn_ways(sheet).items():
        points = _points(sheet, a, b, links.get((a, b, mode)), links.get((b, a, mode)))
        if len(points) > 1:
            words = f"{sheet.place(a)} to {sheet.place(b)} by {mode}: {_said(load, mode)}"
            used = links.get((a, b, mode)) or links.get((b, a, mode))
            if used is not None and used.assumed:
                words += " (distance assumed)"
            lines.append(Line(mode, points, mass(sheet, load) / most, words, (a, b, mode)))
    return lines


def _points(sheet: Sheet, a: str, b: str, there: Link | None, back: Link | None) -> list[LonLat]:
    """The line of a link, densified along great circles; between the places themselves where it has none."""
    if there is not None and there.line:
        corners: list[LonLat] = list(there.line)
    elif back is not None and back.line:
        corners = list(reversed(back.line))
    else:
        ends = [sheet.places[a], sheet.places[b]]
        corners = [
            (place.lon, place.lat) for place in ends if place.lon is not None and place.lat is not None
        ]
    points = corners[:1]
    for start, end in itertools.pairwise(corners):
        points.extend(great_circle(start, end)[1:])
    return points
