"""Invented lift problems, four sizes and several kinds, the same for the same seed, too busy to be on time.

Places lie at random on a plane of a continent's size; capacities and speeds are those of usual kinds of
vehicles, rounded. Nothing here is a real place, unit or fleet.
"""

from __future__ import annotations

import itertools
import json
import math
from dataclasses import dataclass
from random import Random
from typing import Any

from standto.move.problem import Problem, parse_problem

Json = dict[str, Any]
AIR: dict[str, Json] = {
    "small airlifter": {"seats": 90, "tonnes": 18, "classes": ["bulk"], "kmh": 540, "range_km": 3800},
    "airlifter": {"seats": 110, "tonnes": 34, "classes": ["bulk", "oversize"], "kmh": 720, "range_km": 3300},
    "large airlifter": {"seats": 100, "tonnes": 65, "kmh": 830, "range_km": 4400},
    "outsize airlifter": {"seats": 70, "tonnes": 100, "kmh": 800, "range_km": 4800},
    "airliner": {"seats": 240, "tonnes": 0, "classes": [], "kmh": 850, "range_km": 9000},
}
ALL = ["bulk", "oversize", "outsize"]
WORK = {"load_h": 2.25, "unload_h": 1.75, "service_h": 1.5, "use_h_per_day": 12, "use_bank_days": 2}


@dataclass(frozen=True, slots=True)
class Size:
    """How large a generated problem is; the places are those at home, on the way, and in the theatre."""

    requirements: int
    people: int
    places: tuple[int, int, int]
    aircraft: int
    ships: int
    trains: int
    days: int


SIZES = {
    "S": Size(15, 8_500, (6, 2, 4), 60, 0, 0, 4),
    "M": Size(100, 40_000, (13, 4, 8), 250, 8, 30, 4),
    "L": Size(1_000, 200_000, (32, 8, 20), 480, 40, 80, 10),
    "XL": Size(10_000, 500_000, (64, 16, 40), 1_800, 160, 440, 10),
}
FAMILIES = ("one slot", "small-large-small", "outsize", "long range", "sea or air", "tight use")


def generate(size: str, seed: int) -> Problem:
    """A problem of a size (`S`, `M`, `L`, `XL`) or a family of small special ones (`FAMILIES`)."""
    random = Random(f"{size} {seed}")
    raw = _theatre(random, SIZES[size]) if size in SIZES else _FAMILY[size](random)
    raw["name"] = f"{size} {seed}"
    return parse_problem(json.dumps({"format": "standto-lift/1", **raw}).encode())


def _theatre(random: Random, size: Size) -> Json:
    """Units at home in the west, a theatre across the sea in the east, and places to refuel between.

    Most units go to few of the theatre's airfields and ports, as deployments do: there they queue.
    """
    home, between, theatre = size.places
    regions = [((0, 900), home), ((2_400, 3_000), between), ((4_500, 5_300), theatre)]
    spots = [
        spot
        for (west, east), count in regions
        for spot in sorted((random.uniform(west, east), random.uniform(0, 1_800)) for _ in range(count))
    ]
    at_home, far = range(home), range(home + between, len(spots))
    stations = [*at_home, *far] if size.trains else []
    ports = [*at_home[::3], *far[::3]] if size.ships else []
    places = []
    for index in range(len(spots)):
        low, high = (3, 6) if index in far else (4, 8) if index in at_home else (10, 20)
        slots = {"air": random.randint(low, high)}
        slots |= {"sea": random.randint(1, 3)} if index in ports else {}
        slots |= {"rail": random.randint(2, 4)} if index in stations else {}
        places.append({"id": f"P{index}", "slots": slots, "transfer_h": random.choice([1, 2, 4])})
    links = _pairs(spots, "air", range(len(spots)), 1.0, math.inf)
    links += _pairs(spots, "sea", ports, 1.6, math.inf)
    links += _pairs(spots, "rail", [place for place in stations if place in at_home], 1.35, 700.0)
    links += _pairs(spots, "rail", [place for place in stations if place in far], 1.35, 700.0)
    fleets = _air_fleets(random, size, list(at_home))
    if size.ships:
        fleets.append(_ship(random, size.ships, [port for port in ports if port in at_home]))
    if size.trains:
        fleets.append(_train(random, size.trains, stations))
    needs = _needs(random, size, at_home, far)
    return {"places": places, "links": links, "fleets": fleets, "requirements": needs}


def _pairs(
    spots: list[tuple[float, float]], mode: str, among: Any, factor: float, longest: float
) -> list[Json]:
    links = []
    chosen = list(among)
    for order, a in enumerate(chosen):
        near = sorted(chosen, key=lambda b: math.dist(spots[a], spots[b]))[1:4]
        for b in chosen:
            km = round(math.dist(spots[a], spots[b]) * factor, 1)
            if b in near or (b in chosen[order + 1 :] and km <= longest):
                links.append({"from": f"P{a}", "to": f"P{b}", "mode": mode, "km": max(km, 1.0)})
    return links


def _spread(random: Random, count: int, among: list[int], most: int) -> dict[str, int]:
    homes = random.sample(among, min(most, len(among), max(1, count)))
    bases = dict.fromkeys((f"P{home}" for home in homes), 0)
    for number in range(count):
        bases[f"P{homes[number % len(homes)]}"] += 1
    return bases


def _air_fleets(random: Random, size: Size, homes: list[int]) -> list[Json]:
    shares = dict(zip(AIR, (0.3, 0.25, 0.2, 0.05, 0.2), strict=True))
    fleets = []
    for name, kind in AIR.items():
        count = max(1, round(size.aircraft * shares[name]))
        bases = _spread(random, count, homes, 6)
        fleet = {"id": name, "mode": "air", "count": count, "bases": bases, "classes": ALL, **WORK, **kind}
        fleets.append(fleet | {"cost_per_km": round(5 + kind["tonnes"] / 10, 1)})
    return fleets


def _ship(random: Random, count: int, ports: list[int]) -> Json:
    kind = {"seats": 300, "tonnes": 3_000, "classes": ALL, "kmh": 32, "cost_per_km": 60}
    work = {"load_h": 24, "unload_h": 20, "service_h": 6}
    bases = _spread(random, count, ports, 8)
    return {"id": "ro-ro ship", "mode": "sea", "count": count, "bases": bases, **kind, **work}


def _train(random: Random, count: int, stations: list[int]) -> Json:
    kind = {"seats": 150, "tonnes": 700, "classes": ["bulk", "oversize"], "kmh": 35, "cost_per_km": 20}
    work = {"load_h": 5, "unload_h": 4, "service_h": 1}
    bases = _spread(random, count, stations, 30)
    return {"id": "train", "mode": "rail", "count": count, "bases": bases, **kind, **work}


def _needs(random: Random, size: Size, at_home: range, far: range) -> list[Json]:
    """Units of very different sizes; their people sum to what the size says."""
    shares = [random.lognormvariate(0, 0.7) for _ in range(size.requirements)]
    scale = size.people / sum(shares)
    rush = [1 / (4 + rank) for rank in range(len(far))]
    needs = []
    for index, share in enumerate(shares):
        pax = max(1, round(share * scale))
        cargo = {"bulk": round(pax * random.uniform(0.5, 1.5), 1)}
        if random.random() < 0.6:
            cargo["oversize"] = round(pax * random.uniform(1.0, 4.0), 1)
        if random.random() < 0.3:
            cargo["outsize"] = round(pax * random.uniform(0.2, 0.8), 1)
        ready = random.uniform(0, 24 * size.days * 0.5)
        need = {"id": f"R{index}", "pax": pax, "cargo": cargo, "available_h": round(ready, 1)}
        need |= {"origin": f"P{random.choice(at_home)}"}
        need |= {"destination": f"P{random.choices(far, rush)[0]}"}
        need |= {"due_h": round(ready + random.uniform(24, 24 * size.days * 0.75), 1)}
        need |= {"weight": random.choice([1, 1, 2, 3])}
        if pax <= 60 and random.random() < 0.3:
            need |= {"divisible": False, "cargo": {"bulk": min(cargo["bulk"], 6.0)}}
        needs.append(need)
    return needs


# --- families -------------------------------------------------------------------------------------------


def _place(name: str, transfer_h: float = 0, **slots: int | None) -> Json:
    return {"id": name, "slots": slots, "transfer_h": transfer_h}


def _link(origin: str, destination: str, mode: str, km: float, **more: Any) -> Json:
    return {"from": origin, "to": destination, "mode": mode, "km": km, **more}


def _plane(name: str, kind: str, base: str, count: int, **more: Any) -> Json:
    plane = {"id": name, "mode": "air", "base": base, "count": count, "classes": ALL, "cost_per_km": 10}
    return plane | WORK | AIR[kind] | more


def _need(random: Random, index: int, origin: str, destination: str, **more: Any) -> Json:
    ready = random.randrange(0, 48)
    cargo = {"bulk": float(random.randrange(10, 120))}
    need = {"id": f"R{index}", "pax": random.randrange(20, 400), "cargo": cargo, "origin": origin}
    need |= {"destination": destination, "available_h": ready, "due_h": ready + random.randrange(12, 72)}
    return need | {"weight": random.choice([1, 2, 5])} | more


def _one_slot(random: Random) -> Json:
    places = [_place(name, air=1) for name in ("home", "west", "east")]
    links = [_link("home", "west", "air", 900), _link("west", "east", "air", 1_500)]
    needs = [_need(random, index, "west", "east") for index in range(10)]
    fleets = [_plane("lift", "airlifter", "home", 8), _plane("seats", "airliner", "home", 3)]
    return {"places": places, "links": links, "fleets": fleets, "requirements": needs}


def _small_large_small(random: Random) -> Json:
    """Three legs, each by another fleet, for units that must stay whole; large aircraft can take several.

    The shape of the Airlift Challenge of the Air Force Research Laboratory: small aircraft to a hub, large
    ones between hubs, small ones on. Who sends each unit on as it comes fills large aircraft with one.
    """
    places = [_place(name, 2, air=2) for name in ("field", "hub west", "hub east", "strip")]
    small, large = ["small west", "small east"], ["large"]
    links = [
        _link("field", "hub west", "air", 500, fleets=small),
        _link("hub west", "hub east", "air", 4_000, fleets=large),
        _link("hub east", "strip", "air", 400, fleets=small),
    ]
    needs = []
    for index in range(12):
        ready = random.randrange(0, 36)
        due = ready + random.randrange(24, 60)
        more = {"pax": random.randrange(20, 34), "cargo": {"bulk": 6.0}, "divisible": False}
        more |= {"available_h": ready, "due_h": due, "hard_h": due + 60}
        needs.append(_need(random, index, "field", "strip", **more))
    fleets = [
        _plane("small west", "small airlifter", "hub west", 3, cost_per_km=6),
        _plane("large", "large airlifter", "hub west", 2, cost_per_km=12),
        _plane("small east", "small airlifter", "strip", 3, cost_per_km=6),
    ]
    return {"places": places, "links": links, "fleets": fleets, "requirements": needs}


def _outsize(random: Random) -> Json:
    places = [_place(name, 1, air=3, rail=2) for name in ("west", "middle", "east")]
    links = [_link("west", "middle", "air", 1_200), _link("middle", "east", "air", 1_100)]
    links += [_link("west", "middle", "rail", 1_600), _link("middle", "east", "rail", 1_500)]
    needs = [
        _need(random, i, "west", "east", pax=0, cargo={"outsize": float(random.randrange(30, 250))})
        for i in range(8)
    ]
    fleets = [_plane("outsize", "outsize airlifter", "east", 3), _plane("lift", "airlifter", "west", 6)]
    fleets.append(_train(random, 4, [0]) | {"bases": {"west": 4}})
    return {"places": places, "links": links, "fleets": fleets, "requirements": needs}


def _long_range(random: Random) -> Json:
    names = ["west", "islands", "cape", "lakes", "east"]
    places = [_place(name, 1, air=2) for name in names]
    links = [_link(a, b, "air", 3_100) for a, b in itertools.pairwise(names)]
    links.append(_link("west", "cape", "air", 4_300))
    needs = [_need(random, index, "west", "east") for index in range(8)]
    fleets = [_plane("lift", "airlifter", "west", 5), _plane("large", "large airlifter", "cape", 4)]
    return {"places": places, "links": links, "fleets": fleets, "requirements": needs}


def _sea_or_air(random: Random) -> Json:
    places = [_place("port west", 4, air=2, sea=1), _place("port east", 4, air=2, sea=1, rail=2)]
    places.append(_place("camp", 0, air=1, rail=1))
    links = [_link("port west", "port east", "air", 1_800), _link("port east", "camp", "air", 400)]
    links += [_link("port west", "port east", "sea", 2_900), _link("port east", "camp", "rail", 600)]
    needs = [
        _need(random, index, "port west", "camp", cargo={"oversize": float(random.randrange(50, 900))})
        for index in range(8)
    ]
    fleets = [
        _plane("lift", "airlifter", "port west", 4),
        _ship(random, 2, [0]) | {"bases": {"port west": 2}},
    ]
    fleets.append(_train(random, 2, [0]) | {"bases": {"camp": 2}})
    return {"places": places, "links": links, "fleets": fleets, "requirements": needs}


def _tight_use(random: Random) -> Json:
    places = [_place(name, 1, air=2) for name in ("west", "east")]
    links = [_link("west", "east", "air", 3_000, closed=[[20, 28], [44, 52]])]
    needs = [_need(random, index, "west", "east") for index in range(8)]
    fleets = [_plane("lift", "airlifter", "west", 6, use_h_per_day=7, use_bank_days=1)]
    return {"places": places, "links": links, "fleets": fleets, "requirements": needs}


_FAMILY = {
    "one slot": _one_slot,
    "small-large-small": _small_large_small,
    "outsize": _outsize,
    "long range": _long_range,
    "sea or air": _sea_or_air,
    "tight use": _tight_use,
}
