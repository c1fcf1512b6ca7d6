"""Many small problems by number, rich in what is rare: no slots, work of no length, ports, crumbs."""

from __future__ import annotations

from random import Random
from typing import Any

from standto.move.problem import Problem
from tests.move.tiny import as_problem

PLACES = ("A", "B", "C", "D")
CRUMB_T = 5e-7
"""Less than the judge's tolerance: it need not be moved."""


def generated(seed: int) -> Problem:
    """A problem of 4 places, up to 3 fleets of 1 or 2 modes, and up to 3 requirements."""
    random = Random(seed)
    modes = ["air", "road"][: random.randint(1, 2)]
    return as_problem(
        {
            "name": f"generated {seed}",
            "goal": random.choice(["lateness", "closure"]),
            "pax_tonnes": random.choice([0, 0.18]),
            "places": [_place(random, name, modes) for name in PLACES],
            "links": [_link(random, modes) for _ in range(random.randint(2, 7))],
            "fleets": [_fleet(random, f"F{number}", modes) for number in range(random.randint(1, 3))],
            "requirements": [_requirement(random, f"R{number}") for number in range(random.randint(1, 3))],
        }
    )


def _place(random: Random, name: str, modes: list[str]) -> dict[str, Any]:
    slots = {mode: random.choice([0, 1, 1, 2, None]) for mode in modes if random.random() < 0.9}
    return {"id": name, "slots": slots, "transfer_h": random.choice([0, 0, 2])}


def _link(random: Random, modes: list[str]) -> dict[str, Any]:
    origin, destination = random.sample(PLACES, 2)
    closed = [[random.choice([-5, 0, 3]), random.choice([3, 8, 30])]] if random.random() < 0.3 else []
    return {
        "from": origin,
        "to": destination,
        "mode": random.choice(modes),
        "km": random.choice([0, 100, 300, 1000]),
        "both": random.random() < 0.8,
        "closed": closed,
    }


def _fleet(random: Random, name: str, modes: list[str]) -> dict[str, Any]:
    tonnes, usual_h = random.choice([0.0, 4.0, 10.0]), random.choice([0, 0, 1, 2])
    fleet: dict[str, Any] = {
        "id": name,
        "mode": random.choice(modes),
        "count": random.choice([1, 1, 2, 3]),
        "base": random.choice(PLACES),
        "available_h": random.choice([-10, 0, 0, 4]),
        "seats": random.choice([0, 6, 15]),
        "tonnes": tonnes,
        "classes": random.choice([["bulk"], ["bulk", "outsize"]]) if tonnes else [],
        "kmh": 100,
        "load_h": random.choice([0, usual_h, 2]),
        "unload_h": random.choice([0, usual_h, 2]),
        "service_h": random.choice([0, usual_h, 1]),
        "concurrent": random.random() < 0.4,
    }
    if random.random() < 0.3:
        fleet |= {"use_h_per_day": random.choice([6, 12]), "use_bank_days": random.choice([None, 0.5, 2])}
    if random.random() < 0.2:
        fleet["range_km"] = 300
    return fleet


def _requirement(random: Random, name: str) -> dict[str, Any]:
    amounts = [0.0, CRUMB_T, 2.0, 7.5, 8.0 + CRUMB_T]
    requirement: dict[str, Any] = {
        "id": name,
        "pax": random.choice([0, 5, 12, 30]),
        "cargo": {kind: random.choice(amounts) for kind in ("bulk", "outsize") if random.random() < 0.5},
        "origin": random.choice(PLACES),
        "destination": random.choice(PLACES),
        "available_h": random.choice([-10, 0, 0, 6]),
        "due_h": random.choice([-20, 0, 5, 20]),
        "weight": random.choice([1, 3]),
        "divisible": random.random() < 0.75,
    }
    if random.random() < 0.35:
        requirement["ports"] = random.sample(PLACES, random.randint(0, 2))
    return requirement
