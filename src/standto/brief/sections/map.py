"""The map: ways that the plan uses, places it passes through, every unit from alert to in place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from standto.brief.charts import svg
from standto.brief.charts.scale import BentScale
from standto.brief.evidence.source import Source
from standto.brief.evidence.sources import of_outcome, of_place, of_slots, of_way
from standto.brief.figures import Figure, sentence
from standto.brief.map.drawing import Look, Scene, Spot, draw_window
from standto.brief.map.fullness import Fullness
from standto.brief.map.land import ground
from standto.brief.map.projection import Frame, LonLat, angle_deg, centre, frame
from standto.brief.map.scene import Theatre, drawn_ways, mass, theatre
from standto.brief.map.stacks import LOOK_OF
from standto.brief.sheet import MOST_DRAWN, Section, Sheet
from standto.brief.states import NEVER, STATES, Journey, counts
from standto.brief.words import count

WIDE, NARROW, SMALL = 940.0, 370.0, 460.0
LOOKS = (("wide", Look(1.0, 21.0)), ("narrow", Look(NARROW / WIDE, 16.0, 11.5, 0.75)))
SMALL_LOOK = Look(SMALL / WIDE, 15.0, 0.0, 0.7)
FAR_DEG = 38.0
"""Where places lie farther apart than this, a second window shows those round the destinations."""
MOST_TABLE = 80
FEW_UNITS = 60
"""Rows of the tables behind the map; of units all are listed where there are not very many."""
MIDDLE = 0.4
"""Of the time from C-hour to closure, when the third of four maps is drawn."""


def draw_map(sheet: Sheet) -> Section | None:
    """Where everything goes; absent where fewer than two of the places used have coordinates."""
    found = theatre(sheet)
    spots, lines = found.scene.spots, found.scene.lines
    if len(spots) < 2:
        return None
    reached = [spot.at for spot in spots] + [point for line in lines for point in line.points]
    whole = frame(reached, WIDE, (0.38, 0.62), 0.05)
    windows = [("map-whole", "Everything the plan moves", whole)]
    near = _near(spots)
    if near:
        windows.append(("map-near", "Round the destinations", frame(near, WIDE, (0.5, 0.78))))
    insets = [*(view for _, _, view in windows[1:]), None]
    drawn = [
        _window(found.scene, key, title, view, inset)
        for (key, title, view), inset in zip(windows, insets, strict=True)
    ]
    scale = _scale(sheet, found)
    sheet.scripts["map"] = _script(sheet, found, scale)
    missing = len(sheet.flow.places) - len(spots)
    content = {
        "windows": drawn,
        "moments": _moments(sheet, found, whole, "map-whole-land"),
        "signs": found.scene.signs.defined(),
        "states": [(name, LOOK_OF[name]) for name in STATES],
        "modes": list(dict.fromkeys(line.mode for line in lines)),
        "limited": any(spot.level is not None for spot in spots),
        "missing": count(missing, "place has", "places have") if missing else "",
        "table": _table(sheet),
        "places": _places(sheet, found),
        "units": _units(sheet, found.journeys),
        "units_left": max(0, len(found.journeys) - _listed(sheet)),
    }
    return Section("map", "The map", _title(sheet), _lead(sheet), content)


def _lead(sheet: Sheet) -> Markup:
    sizes = (
        "as wide as the tonnes they carry, people with their kit counted in; places as large as what "
        "passes through them, and coloured by how full their slots are in their fullest day."
    )
    ways, drawn = sheet.flow.ways, drawn_ways(sheet)
    if len(drawn) == len(ways):
        return Markup(f"Only ways that the plan uses, {sizes}")
    part = sum(mass(sheet, load) for load in drawn.values())
    share = part / sum(mass(sheet, load) for load in ways.values())
    return sentence(
        "Of {all} ways that the plan uses, the {number} that carry most, {share} of the tonnes: " + sizes,
        all=sheet.number("ways", len(ways), Source("plan.stops: ways with laden legs")),
        number=sheet.number("ways.drawn", len(drawn), Source("the ways that carry most")),
        share=sheet.share(
            "ways.drawn.share", share, Source("plan.stops: tonnes along the ways drawn over those along all")
        ),
    )


def _title(sheet: Sheet) -> Markup:
    """Rule: the place that most tonnes (people, where nothing else moves) pass through, homes left out."""
    homes = {requirement.origin for requirement in sheet.problem.requirements}
    moving = [one for one in sheet.movers if not one.still]
    by_mass = any(one.tonnes for one in moving)
    whole = sum(one.tonnes if by_mass else one.pax for one in moving)
    found = {
        name: float(load.tonnes if by_mass else load.pax)
        for name, load in sheet.flow.places.items()
        if name not in homes
    }
    if not found or whole <= 0:
        return Markup("Where it goes")
    busiest = max(found, key=lambda name: (found[name], name))
    noun = "tonnes" if by_mass else "people"
    source = of_place(busiest, f"plan stops at {busiest}", f"{noun} through it, over all {noun} to move")
    share = sheet.share(f"through.{busiest}", min(1.0, found[busiest] / whole), source)
    goal = any(requirement.destination == busiest for requirement in sheet.problem.requirements)
    words = (
        "{share} of all {noun} go to or through {place}"
        if goal
        else "{share} of all {noun} pass through {place}"
    )
    return sentence(words, share=share, noun=noun, place=sheet.place(busiest))


def _near(spots: Sequence[Spot]) -> list[LonLat]:
    """The places of the second window: those round the destinations, where others lie far off."""
    goals = [spot.at for spot in spots if spot.part == "goal"]
    if not goals:
        return []
    middle = centre(goals)
    near = [spot.at for spot in spots if angle_deg(middle, spot.at) <= FAR_DEG / 1.6]
    far = [spot for spot in spots if angle_deg(middle, spot.at) > FAR_DEG]
    return near if far and len(near) >= 2 else []


def _window(scene: Scene, key: str, title: str, view: Frame, inset: Frame | None) -> dict[str, Any]:
    under = ground(view)
    inside = [spot for spot in scene.spots if view.holds(*spot.at)]
    describe = (
        f"A map of {count(len(inside), 'place')} and the ways between them by "
        f"{', '.join(dict.fromkeys(line.mode for line in scene.lines))}. The tables below list them."
    )
    svgs = [
        draw_window(
            view,
            scene,
            look,
            key=key,
            variant=variant,
            land_id=f"{key}-land",
            title=title,
            describe=describe,
            inset=inset,
        )
        for variant, look in LOOKS
    ]
    defined = svg.tag(
        "g",
        svg.tag("path", d=under.land, class_="land"),
        svg.tag("path", d=under.borders, class_="border"),
        id=f"{key}-land",
    )
    return {"title": title, "land": defined, "svgs": svgs}


def _scale(sheet: Sheet, found: Theatre) -> BentScale:
    """The slider's hours, from the first alert to closure; before C-hour squeezed where that is long."""
    first = min([0.0, *(journey.enters[0] for journey in found.journeys if journey.enters[0] < NEVER)])
    legs = (end for several in found.legs.values() for _, end in several)
    last = max([sheet.given.plan.totals.closure_h or 0.0, 1.0, *legs])
    return BentScale(first, last)


def _moments(sheet: Sheet, found: Theatre, view: Frame, land_id: str) -> list[dict[str, Any]]:
    """Four small maps: at the first alert, at C-hour, on the way, at closure."""
    scale = _scale(sheet, found)
    hours = [
        ("At C-hour, the order to deploy", 0.0),
        ("On the way", scale.high * MIDDLE),
        ("At closure", scale.high),
    ]
    if scale.low < 0:
        hours.insert(0, ("When the first alert is given", scale.low))
    else:
        hours.insert(1, ("Early on the way", scale.high * MIDDLE / 2))
    drawn = []
    for index, (name, hour) in enumerate(hours):
        states = states_in_words(counts(found.journeys, hour))
        title = f"{name}: {sheet.clock.both(hour)}"
        picture = draw_window(
            view,
            found.scene,
            SMALL_LOOK,
            key=f"moment-{index}",
            variant="small",
            land_id=land_id,
            title=title,
            describe=f"{states}.",
            moment=found.at(hour),
        )
        drawn.append({"title": title, "states": states, "svg": picture})
    return drawn


def states_in_words(found: Sequence[int]) -> str:
    """`3 at home, 4 under way`: every state that anything stands in."""
    return ", ".join(f"{number:,} {state}" for state, number in zip(STATES, found, strict=True) if number)


def _script(sheet: Sheet, found: Theatre, scale: BentScale) -> dict[str, Any]:
    """What the script needs to show any hour: in hours to a tenth, None for never."""
    cells = {
        (journey.requirement, cell.side): cell.number
        for several in found.scene.cells.values()
        for cell in several
        for journey in cell.members
    }
    units = [
        [
            cells.get((one.requirement, "home"), -1),
            cells.get((one.requirement, "goal"), -1),
            *(_tenth(hour) for hour in (*one.enters, one.left_h, one.there_h)),
        ]
        for one in found.journeys
    ]
    legs = [
        [_tenth(hour) for leg in found.legs.get(index, ()) for hour in leg]
        for index in range(len(found.scene.lines))
    ]
    return {
        "first": scale.low,
        "last": scale.high,
        "bend": scale.bend,
        "states": STATES,
        "units": units,
        "legs": legs,
        "levels": {
            spot.id: found.full[spot.id].digits for spot in found.scene.spots if spot.id in found.full
        },
    }


def _tenth(hour: float) -> float | None:
    return round(hour, 1) if hour < NEVER else None


def _table(sheet: Sheet) -> list[dict[str, Any]]:
    """The ways used, the most loaded first."""
    ways = sorted(sheet.flow.ways.items(), key=lambda item: (-mass(sheet, item[1]), item[0]))
    rows = []
    for (a, b, mode), load in ways[:MOST_TABLE]:
        key, source = f"way.{a}.{b}.{mode}", of_way(a, b, mode)
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


def _places(sheet: Sheet, found: Theatre) -> list[dict[str, Any]]:
    """What passes through each place and how full its slots get, the most loaded first."""
    places = sorted(sheet.flow.places.items(), key=lambda item: (-mass(sheet, item[1]), item[0]))
    rows = []
    for name, load in places[:MOST_TABLE]:
        key = f"place.{name}"
        source = of_place(name, f"plan stops at {name}", "loaded or unloaded, whichever is more")
        full = found.full.get(name)
        known = sheet.places[name]
        rows.append(
            {
                "place": sheet.place(name),
                "assumed": bool(known.assumed),
                "people": sheet.people(f"{key}.people", load.pax, source),
                "tonnes": sheet.tonnes(f"{key}.tonnes", load.tonnes, source),
                "full": _fullest(sheet, key, name, full) if full is not None else None,
            }
        )
    return rows


def _fullest(sheet: Sheet, key: str, place: str, full: Fullness) -> Figure:
    path = f"use[{place}/{full.mode}]: slot hours over slots x 24 h"
    source = of_slots(place, full.mode, path, "of the 24 hours that are fullest, in the mode that is fullest")
    return sheet.share(f"{key}.fullest", full.fullest_day, source)


def _listed(sheet: Sheet) -> int:
    return FEW_UNITS if sheet.large else MOST_DRAWN


def _units(sheet: Sheet, found: Sequence[Journey]) -> list[dict[str, Any]]:
    """When each unit enters each state, in the order in which they close."""
    ordered = sorted(found, key=lambda one: (one.enters[-1], one.requirement))
    rows = []
    for one in ordered[: _listed(sheet)]:
        hours = []
        for index, (state, hour) in enumerate(zip(STATES[1:], one.enters, strict=True)):
            later = min(one.enters[index + 1 :], default=NEVER)
            passed = hour >= NEVER or (hour == later and index < len(one.enters) - 1)
            key = f"enters.{one.requirement}.{state.replace(' ', '-')}"
            source = of_outcome(one.requirement, f"first hour {state}")
            hours.append(None if passed else sheet.hour(key, hour, source))
        rows.append({"name": sheet.name(one.requirement), "hours": hours, "enters": one.enters})
    return rows
