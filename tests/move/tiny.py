"""Lift problems small enough to be solved exactly, and small ones of every odd kind.

`tiny_problem(seed)` has whole hours throughout, so that some best plan has whole hours too; `problems()` is a
Hypothesis strategy of anything the format allows, degenerate cases included.
"""

from __future__ import annotations

import json
from random import Random
from typing import Any

from hypothesis import strategies as st

from standto.move.problem import Problem, parse_problem

KMH = 100.0
CLASSES = ("bulk", "oversize", "outsize")


def as_problem(raw: dict[str, Any]) -> Problem:
    """A problem read as from a file, so that every rule of the format holds."""
    return parse_problem(json.dumps({"format": "standto-lift/1", **raw}).encode())


def tiny_problem(seed: int) -> Problem:
    """A whole-hour problem of 2 to 4 places, 1 to 3 vehicles in 1 or 2 fleets and 1 to 3 requirements.

    The seeds go round six kinds: one leg by air; a shared start with a tour; air to a hub and road onwards;
    mixed classes; two bases; a closed window with limits of use. Each can be delivered in full.
    """
    random = Random(seed)
    kind = seed % 6
    raw = (_one_leg, _tour, _two_modes, _classes, _two_bases, _limits)[kind](random)
    raw["name"] = f"tiny {seed}"
    raw["goal"] = "closure" if random.random() < 0.3 else "lateness"
    raw["pax_tonnes"] = random.choice([0.0, 0.25])
    return as_problem(raw)


def _place(name: str, transfer_h: int = 0, **slots: int | None) -> dict[str, Any]:
    return {"id": name, "slots": slots, "transfer_h": transfer_h}


def _link(origin: str, destination: str, mode: str, leg_h: int, **more: Any) -> dict[str, Any]:
    return {"from": origin, "to": destination, "mode": mode, "km": leg_h * KMH, **more}


def _fleet(random: Random, name: str, mode: str, base: str, **more: Any) -> dict[str, Any]:
    return {
        "id": name,
        "mode": mode,
        "count": 1,
        "base": base,
        "available_h": random.choice([0, 0, 1]),
        "seats": 10,
        "tonnes": 8,
        "classes": ["bulk"],
        "kmh": KMH,
        "load_h": 1,
        "unload_h": 1,
        "service_h": random.choice([0, 1]),
        "concurrent": random.random() < 0.3,
        "cost_per_km": random.choice([1, 2]),
        **more,
    }


def _requirement(random: Random, name: str, origin: str, destination: str, **more: Any) -> dict[str, Any]:
    return {
        "id": name,
        "pax": random.choice([4, 8, 10]),
        "cargo": random.choice([{}, {"bulk": 2}, {"bulk": 5}]),
        "origin": origin,
        "destination": destination,
        "available_h": random.choice([0, 0, 1, 3]),
        "due_h": random.choice([2, 4, 6, 10]),
        "weight": random.choice([1, 1, 2]),
        **more,
    }


def _one_leg(random: Random) -> dict[str, Any]:
    """Several loads for few vehicles, one slot at the far end."""
    names = ["R1", "R2"][: random.choice([1, 2])]
    return {
        "places": [_place("A", air=random.choice([1, 2])), _place("B", air=1)],
        "links": [_link("A", "B", "air", random.choice([1, 2]))],
        "fleets": [_fleet(random, "C", "air", random.choice("AB"), count=random.choice([1, 2]))],
        "requirements": [_requirement(random, name, "A", "B") for name in names],
    }


def _tour(random: Random) -> dict[str, Any]:
    """Two places to pick up from on the way to one."""
    return {
        "places": [_place("A", road=None), _place("B", road=1), _place("C", road=1)],
        "links": [
            _link("A", "B", "road", random.choice([1, 2])),
            _link("B", "C", "road", random.choice([1, 2])),
            _link("A", "C", "road", random.choice([2, 3])),
        ],
        "fleets": [_fleet(random, "T", "road", "A", count=random.choice([1, 2]), tonnes=10)],
        "requirements": [
            _requirement(random, "R1", "A", "C", pax=random.choice([3, 6])),
            _requirement(random, "R2", "B", "C", pax=random.choice([2, 7]), divisible=random.random() < 0.6),
        ],
    }


def _two_modes(random: Random) -> dict[str, Any]:
    """By air to a hub, onwards by road; only the hub has both."""
    return {
        "places": [
            _place("A", air=1),
            _place("H", transfer_h=random.choice([0, 1]), air=1, road=random.choice([1, 2])),
            _place("B", road=1),
        ],
        "links": [
            _link("A", "H", "air", random.choice([1, 2])),
            _link("H", "B", "road", random.choice([1, 2]), both=True),
        ],
        "fleets": [
            _fleet(random, "C", "air", "A"),
            _fleet(random, "T", "road", random.choice("HB"), seats=random.choice([5, 10])),
        ],
        "requirements": [_requirement(random, "R1", "A", "B", pax=random.choice([4, 8]))],
    }


def _classes(random: Random) -> dict[str, Any]:
    """A large aircraft for the heavy piece, one with seats only, and a requirement of both."""
    heavy = random.choice(CLASSES[1:])
    return {
        "places": [_place("A", air=random.choice([1, 2])), _place("B", air=1)],
        "links": [_link("A", "B", "air", 2, hours={"S": 1} if random.random() < 0.5 else {})],
        "fleets": [
            _fleet(random, "L", "air", "A", classes=["bulk", heavy], seats=random.choice([0, 4])),
            _fleet(random, "S", "air", random.choice("AB"), tonnes=0, classes=[], seats=12),
        ],
        "requirements": [
            _requirement(random, "R1", "A", "B", cargo={heavy: random.choice([4, 9])}),
            _requirement(random, "R2", "A", "B", cargo={}, pax=random.choice([5, 12]), modes=["air"]),
        ],
    }


def _two_bases(random: Random) -> dict[str, Any]:
    """One fleet at two bases, another that serves one requirement only."""
    fleets = [_fleet(random, "C", "air", "A", count=2, bases={"A": 1, "B": 1})]
    del fleets[0]["base"]
    if random.random() < 0.5:
        fleets.append(_fleet(random, "O", "road", "A", serves=["R1"], tonnes=4))
    return {
        "places": [_place("A", air=1, road=1), _place("B", air=1, road=None)],
        "links": [_link("A", "B", "air", random.choice([1, 2])), _link("A", "B", "road", 3)],
        "fleets": fleets,
        "requirements": [
            _requirement(random, "R1", "A", "B", hard_h=random.choice([5, 8])),
            _requirement(random, "R2", random.choice("AB"), "A", due_h=5),
        ],
    }


def _limits(random: Random) -> dict[str, Any]:
    """A closed window, a range that forces a stop, hours of use per day."""
    begins = random.choice([1, 2, 3])
    return {
        "places": [_place("A", air=1), _place("M", air=1), _place("B", air=1)],
        "links": [
            _link("A", "B", "air", 4),
            _link("A", "M", "air", 2, closed=[[begins, begins + random.choice([1, 3])]]),
            _link("M", "B", "air", random.choice([2, 3])),
        ],
        "fleets": [
            _fleet(
                random,
                "C",
                "air",
                random.choice("AM"),
                range_km=random.choice([300, 400]),
                use_h_per_day=random.choice([8, 12, 24]),
                use_bank_days=random.choice([None, 1, 1]),
            )
        ],
        "requirements": [_requirement(random, "R1", "A", "B", cargo={"bulk": random.choice([3, 8])})],
    }


_MODES = ("air", "road", "sea")
_MODE = st.sampled_from(["air", "air", "air", "road", "sea"])
_HOURS = st.sampled_from([0.0, 0.5, 1.0, 2.0, 3.25, 6.0, 1 / 3])
_CLOCK = st.sampled_from([0.0, 1.0, 2.5, 5.0, 10.0, 30.0, -2.0])
_KM = st.sampled_from([0.0, 50.0, 120.0, 333.3, 900.0])


def _some(items: list[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(items), unique=True, max_size=3) if items else st.just([])


def _or_none(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), values)


def problems(*, most: int = 3) -> st.SearchStrategy[Problem]:
    """Any small problem: half of them odd ones of every kind, half busy ones that can be delivered.

    The odd ones have nobody to move, no way there, no vehicles, no slots, empty lists. `most` is the largest
    number of fleets and of requirements.
    """
    return st.one_of(odd_problems(most), st.integers(0, 100_000).map(tiny_problem))


@st.composite
def odd_problems(draw: st.DrawFn, most: int) -> Problem:
    """Whatever the format allows, drawn field by field."""
    names = [f"P{number}" for number in range(1, draw(st.sampled_from([3, 2, 4, 1])) + 1)]
    number = st.sampled_from([None, 1, 1, 2, 2, 3, 0])
    slots = st.one_of(
        *[st.fixed_dictionaries(dict.fromkeys(_MODES, number))] * 4,
        st.dictionaries(st.sampled_from(_MODES), number, max_size=3),
    )
    places = [{"id": name, "slots": draw(slots), "transfer_h": draw(_HOURS)} for name in names]
    sizes = st.sampled_from([*range(most, 0, -1), *range(most, -1, -1)])
    fleet_ids = [f"F{number}" for number in range(1, draw(sizes) + 1)]
    wanted = [f"R{number}" for number in range(1, draw(sizes) + 1)]
    links = [draw(_links(names, fleet_ids)) for _ in range(draw(st.sampled_from([5, 3, 7, 2, 1, 0])))]
    return as_problem(
        {
            "name": "any",
            "goal": draw(st.sampled_from(["lateness", "closure"])),
            "pax_tonnes": draw(st.sampled_from([0.0, 0.18, 0.5])),
            "places": places,
            "links": links,
            "fleets": [draw(_fleets(name, names, wanted)) for name in fleet_ids],
            "requirements": [draw(_requirements(name, names)) for name in wanted],
        }
    )


def _pairs(places: list[str]) -> st.SearchStrategy[list[str]]:
    """Two places, seldom the same."""
    same = st.sampled_from(places).map(lambda place: [place, place])
    others = st.permutations(places).map(lambda order: order[:2])
    return st.one_of(others, others, others, others, same) if len(places) > 1 else same


@st.composite
def _links(draw: st.DrawFn, places: list[str], fleets: list[str]) -> dict[str, Any]:
    window = st.tuples(_CLOCK, _HOURS).map(lambda pair: [pair[0], pair[0] + pair[1]])
    origin, destination = draw(_pairs(places))
    link: dict[str, Any] = {
        "from": origin,
        "to": destination,
        "mode": draw(_MODE),
        "km": draw(_KM),
        "both": draw(st.booleans()),
        "closed": draw(st.lists(window, max_size=2)),
    }
    if fleets and draw(st.integers(0, 3)) == 0:
        link["fleets"] = draw(_some(fleets))
    if fleets and draw(st.integers(0, 3)) == 0:
        link["hours"] = {name: draw(_HOURS) for name in draw(_some(fleets))}
    return link


@st.composite
def _fleets(draw: st.DrawFn, name: str, places: list[str], wanted: list[str]) -> dict[str, Any]:
    seats = draw(st.sampled_from([10, 40, 1, 0]))
    tonnes = draw(st.sampled_from([12.5, 60.0, 5.0, 0.0]))
    fleet: dict[str, Any] = {
        "id": name,
        "mode": draw(_MODE),
        "available_h": draw(_CLOCK),
        "seats": seats,
        "tonnes": tonnes,
        "classes": draw(_some(list(CLASSES))) if tonnes > 0 or seats == 0 else [],
        "kmh": draw(st.sampled_from([60.0, 100.0, 750.0])),
        "range_km": draw(st.sampled_from([None, None, 1000.0, 100.0])),
        "load_h": draw(_HOURS),
        "unload_h": draw(_HOURS),
        "service_h": draw(_HOURS),
        "concurrent": draw(st.booleans()),
        "use_h_per_day": draw(st.sampled_from([None, 10.0, 4.0, 24.0])),
        "use_bank_days": draw(st.sampled_from([None, 2.0, 1.0, 0.0])),
        "cost_per_km": draw(st.sampled_from([0.0, 1.5])),
    }
    if draw(st.integers(0, 3)) == 0:
        fleet["serves"] = draw(_some(wanted))
    if draw(st.booleans()):
        fleet |= {"base": draw(st.sampled_from(places)), "count": draw(st.sampled_from([2, 1, 3, 0]))}
    else:
        counts = st.dictionaries(st.sampled_from(places), st.integers(0, 2), max_size=3)
        fleet["bases"] = draw(counts)
        fleet["count"] = sum(fleet["bases"].values())
    return fleet


@st.composite
def _requirements(draw: st.DrawFn, name: str, places: list[str]) -> dict[str, Any]:
    tonnes = st.sampled_from([0.0, 0.1, 4.0, 30.0])
    origin, destination = draw(_pairs(places))
    requirement: dict[str, Any] = {
        "id": name,
        "pax": draw(st.sampled_from([7, 25, 120, 1, 0])),
        "cargo": draw(st.dictionaries(st.sampled_from(CLASSES), tonnes, max_size=2)),
        "origin": origin,
        "destination": destination,
        "available_h": draw(_CLOCK),
        "due_h": draw(_CLOCK),
        "hard_h": draw(_or_none(_CLOCK)),
        "weight": draw(st.sampled_from([0.5, 1.0, 3.0])),
        "divisible": draw(st.integers(0, 3)) > 0,
    }
    if draw(st.integers(0, 3)) == 0:
        requirement["modes"] = draw(_some(list(_MODES)))
    return requirement
