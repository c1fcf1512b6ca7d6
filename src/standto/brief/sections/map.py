"""The map: the ways that the plan uses and the places it passes through."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from standto.brief.charts import svg
from standto.brief.figures import sentence
from standto.brief.flow import Load
from standto.brief.map.drawing import Line, Spot, draw_window, land_path
from standto.brief.map.projection import Frame, LonLat, angle_deg, centre, frame, great_circle
from standto.brief.sheet import Section, Sheet
from standto.brief.words import count, tonnes
from standto.geo.outlines import basemap
from standto.move.problem import Link

WIDE, NARROW = 940.0, 370.0
FAR_DEG = 38.0
"""Where places lie farther apart than this, a second window shows those round the destinations."""
MOST_TABLE = 80
MOST_WAYS, CLEAR_WAYS = 400, 120
"""Above this many ways the map would be a blot: so many are drawn then."""
NOUNS = {"air": "flight", "sea": "voyage", "rail": "train", "road": "column"}


def draw_map(sheet: Sheet) -> Section | None:
    """Where everything goes; absent where fewer than two of the places used have coordinates."""
    spots = _spots(sheet)
    if len(spots) < 2:
        return None
    lines = _lines(sheet)
    windows = [
        ("map-whole", "Everything the plan moves", frame([spot.at for spot in spots], WIDE, (0.38, 0.62)))
    ]
    near = _near(spots)
    if near:
        windows.append(("map-near", "Round the destinations", frame(near, WIDE, (0.5, 0.78))))
    insets = [*(view for _, _, view in windows[1:]), None]
    drawn = [
        _window(sheet, key, title, view, lines, spots, inset)
        for (key, title, view), inset in zip(windows, insets, strict=True)
    ]
    missing = len(sheet.flow.places) - len(spots)
    content = {
        "windows": drawn,
        "modes": list(dict.fromkeys(line.mode for line in lines)),
        "missing": count(missing, "place has", "places have") if missing else "",
        "table": _table(sheet),
    }
    return Section("map", "The map", _title(sheet), _lead(sheet), content)


def _lead(sheet: Sheet) -> Markup:
    sizes = (
        "as wide as the tonnes they carry, people with their kit counted in; "
        "places as large as what passes through them."
    )
    ways, drawn = sheet.flow.ways, _drawn(sheet)
    if len(drawn) == len(ways):
        return Markup(f"Only ways that the plan uses, {sizes}")
    part = sum(_mass(sheet, load) for load in drawn.values())
    share = part / sum(_mass(sheet, load) for load in ways.values())
    return sentence(
        "Of {all} ways that the plan uses, the {number} that carry most, {share} of the tonnes: " + sizes,
        all=sheet.number("ways", len(ways), "ways with laden legs"),
        number=sheet.number("ways.drawn", len(drawn), "ways that the map draws"),
        share=sheet.share("ways.drawn.share", share, "tonnes along the ways drawn over those along all"),
    )


def _drawn(sheet: Sheet) -> dict[tuple[str, str, str], Load]:
    """The ways that the map draws: all, or of very many those that carry most."""
    ways = sheet.flow.ways
    if len(ways) <= MOST_WAYS:
        return ways
    ordered = sorted(ways, key=lambda way: (-_mass(sheet, ways[way]), way))
    return {way: ways[way] for way in ordered[:CLEAR_WAYS]}


def _mass(sheet: Sheet, load: Load) -> float:
    return load.mass_t(sheet.problem.pax_tonnes)


def _title(sheet: Sheet) -> Markup:
    """Rule: the place that most passes through, homes left out, with its share of all that is to move."""
    homes = {requirement.origin for requirement in sheet.problem.requirements}
    whole = sum(one.tonnes + one.pax * sheet.problem.pax_tonnes for one in sheet.movers if not one.still)
    found = {name: _mass(sheet, load) for name, load in sheet.flow.places.items() if name not in homes}
    if not found or whole <= 0:
        return Markup("Where it goes")
    busiest = max(found, key=lambda name: (found[name], name))
    source = f"plan stops at {busiest}: tonnes with people over tonnes to move"
    share = sheet.share(f"through.{busiest}", min(1.0, found[busiest] / whole), source)
    goal = any(requirement.destination == busiest for requirement in sheet.problem.requirements)
    words = (
        "{share} of all tonnes go to or through {place}"
        if goal
        else "{share} of all tonnes pass through {place}"
    )
    return sentence(words, share=share, place=sheet.place(busiest))


def _said(sheet: Sheet, load: Load, mode: str) -> str:
    parts = [count(load.pax, "person", "people")] if load.pax else []
    parts += [f"{tonnes(load.tonnes)} t"] if load.tonnes > 0.05 else []
    return f"{' and '.join(parts)} in {count(load.legs, NOUNS.get(mode, 'leg'))}"


def _spots(sheet: Sheet) -> list[Spot]:
    goals = {one.destination for one in sheet.problem.requirements}
    homes = {one.origin for one in sheet.problem.requirements}
    most = max((_mass(sheet, load) for load in sheet.flow.places.values()), default=0.0) or 1.0
    spots = []
    for name, load in sheet.flow.places.items():
        place = sheet.places[name]
        if place.lat is None or place.lon is None:
            continue
        part = "goal" if name in goals else "home" if name in homes else "between"
        said = f"{count(load.pax, 'person', 'people')}, {tonnes(load.tonnes)} t"
        if place.assumed:
            said += " (slots assumed)"
        spots.append(
            Spot(name, sheet.place(name), (place.lon, place.lat), part, _mass(sheet, load) / most, said)
        )
    return spots


def _lines(sheet: Sheet) -> list[Line]:
    links: dict[tuple[str, str, str], Link] = {}
    for link in sheet.problem.links:
        links.setdefault((link.origin, link.destination, link.mode), link)
    most = max((_mass(sheet, load) for load in sheet.flow.ways.values()), default=0.0) or 1.0
    lines = []
    for (a, b, mode), load in _drawn(sheet).items():
        points = _points(sheet, a, b, links.get((a, b, mode)), links.get((b, a, mode)))
        if len(points) > 1:
            words = f"{sheet.place(a)} to {sheet.place(b)} by {mode}: {_said(sheet, load, mode)}"
            used = links.get((a, b, mode)) or links.get((b, a, mode))
            if used is not None and used.assumed:
                words += " (distance assumed)"
            lines.append(Line(mode, points, _mass(sheet, load) / most, words))
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


def _near(spots: Sequence[Spot]) -> list[LonLat]:
    """The places of the second window: those round the destinations, where others lie far off."""
    goals = [spot.at for spot in spots if spot.part == "goal"]
    if not goals:
        return []
    middle = centre(goals)
    near = [spot.at for spot in spots if angle_deg(middle, spot.at) <= FAR_DEG / 1.6]
    far = [spot for spot in spots if angle_deg(middle, spot.at) > FAR_DEG]
    return near if far and len(near) >= 2 else []


def _window(
    sheet: Sheet,
    key: str,
    title: str,
    view: Frame,
    lines: Sequence[Line],
    spots: Sequence[Spot],
    inset: Frame | None,
) -> dict[str, Any]:
    west, south, east, north = view.box()
    land = land_path(view, basemap((west, south, east, north), max(0.02, 30.0 / view.scale)))
    inside = [spot for spot in spots if view.holds(*spot.at)]
    describe = (
        f"A map of {count(len(inside), 'place')} and the ways between them by "
        f"{', '.join(dict.fromkeys(line.mode for line in lines))}. The table below lists them."
    )
    svgs = [
        draw_window(
            view,
            lines,
            spots,
            key=key,
            variant=variant,
            land_id=f"{key}-land",
            title=title,
            describe=describe,
            footer=sheet.banner,
            shrink=width / WIDE,
            inset=inset,
        )
        for variant, width in (("wide", WIDE), ("narrow", NARROW))
    ]
    defined = svg.tag("path", d=land, id=f"{key}-land", class_="land")
    return {"title": title, "land": defined, "svgs": svgs}


def _table(sheet: Sheet) -> list[dict[str, Any]]:
    """The ways used, the most loaded first."""
    ways = sorted(sheet.flow.ways.items(), key=lambda item: (-_mass(sheet, item[1]), item[0]))
    rows = []
    for (a, b, mode), load in ways[:MOST_TABLE]:
        key, source = f"way.{a}.{b}.{mode}", f"plan stops: laden legs {a} to {b} by {mode}"
        rows.append(
            {
                "from": sheet.place(a),
                "to": sheet.place(b),
                "mode": mode,
                "people": sheet.people(f"{key}.people", load.pax, source),
                "tonnes": sheet.tonnes(f"{key}.tonnes", load.tonnes, source),
                "legs": sheet.number(f"{key}.legs", load.legs, source),
            }
        )
    return rows
