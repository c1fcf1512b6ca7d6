"""One small movement by air and road, worked out by hand, to be broken one rule at a time.

Two aircraft share the one slot at A; R1 changes at H, where it is ready again 2 h after it was unloaded, to a
lorry that comes from B. R2 is indivisible and ends at H.
"""

from __future__ import annotations

import json
from typing import Any

from standto.move.check import Verdict, check, score
from standto.move.plan import Plan, parse_plan
from standto.move.problem import Problem, parse_problem

Raw = dict[str, Any]


def lot(requirement: str, pax: int = 0, **cargo: float) -> Raw:
    """People and tonnes of one requirement."""
    return {"requirement": requirement, "pax": pax, "cargo": cargo}


def stop(
    place: str, arrive: float, start: float, end: float, depart: float | None = None, **lots: Any
) -> Raw:
    """One stop; `unload` and `load` are lists of lots."""
    hours = {"arrive_h": arrive, "start_h": start, "end_h": end, "depart_h": depart}
    return {"place": place, **hours, "unload": lots.get("unload", []), "load": lots.get("load", [])}


def vehicle(fleet: str, number: int, base: str, *stops: Raw) -> Raw:
    """A vehicle and its stops."""
    return {"id": f"{fleet}#{number}", "fleet": fleet, "base": base, "stops": list(stops)}


class Movement:
    """A problem and vehicles as plain JSON values, to be changed in place."""

    def __init__(self) -> None:
        self.problem: Raw = json.loads(json.dumps(PROBLEM))
        self.vehicles: list[Raw] = json.loads(json.dumps(VEHICLES))
        self.claims: Raw = {}

    def place(self, name: str) -> Raw:
        """One place of the problem."""
        return _named(self.problem["places"], name)

    def fleet(self, name: str) -> Raw:
        """One fleet of the problem."""
        return _named(self.problem["fleets"], name)

    def requirement(self, name: str) -> Raw:
        """One requirement of the problem."""
        return _named(self.problem["requirements"], name)

    def link(self, mode: str) -> Raw:
        """The link of a mode."""
        return next(link for link in self.problem["links"] if link["mode"] == mode)

    def vehicle(self, name: str) -> Raw:
        """One vehicle of the plan."""
        return _named(self.vehicles, name)

    def stop(self, name: str, number: int) -> Raw:
        """One stop of a vehicle, counted from 1."""
        found: Raw = self.vehicle(name)["stops"][number - 1]
        return found

    def read(self) -> tuple[Problem, Plan]:
        """Problem and plan; what the plan claims is what `score` says, but for `claims`."""
        problem = parse_problem(json.dumps({"format": "standto-lift/1", **self.problem}).encode())
        plan = parse_plan(
            json.dumps(
                {
                    "format": "standto-plan/1",
                    "problem": problem.sha256,
                    "vehicles": self.vehicles,
                    "requirements": [],
                    "totals": dict.fromkeys(
                        ("undelivered", "missed", "weighted_lateness", "cost", "moving_h", "sorties"), 0
                    )
                    | {"closure_h": None},
                }
            ).encode()
        )
        outcomes, totals = score(problem, plan.vehicles)
        whole = plan.model_copy(update={"requirements": outcomes, "totals": totals})
        raw = json.loads(whole.to_bytes())
        for key, value in self.claims.items():
            at = raw
            *steps, last = key.split("/")
            for step in steps:
                at = at[int(step)] if isinstance(at, list) else at[step]
            at[last] = value
        return problem, parse_plan(json.dumps(raw).encode())

    def judge(self) -> Verdict:
        """The verdict on this movement."""
        return check(*self.read())


def _named(items: list[Raw], name: str) -> Raw:
    return next(item for item in items if item["id"] == name)


PROBLEM: Raw = {
    "pax_tonnes": 0.25,
    "places": [
        {"id": "A", "slots": {"air": 1}},
        {"id": "H", "slots": {"air": 2, "road": 1}, "transfer_h": 2},
        {"id": "B", "slots": {"road": 1}},
    ],
    "links": [
        {"from": "A", "to": "H", "mode": "air", "km": 800},
        {"from": "H", "to": "B", "mode": "road", "km": 100},
    ],
    "fleets": [
        {
            "id": "C",
            "mode": "air",
            "count": 2,
            "base": "A",
            "seats": 50,
            "tonnes": 20,
            "classes": ["bulk", "oversize"],
            "kmh": 800,
            "load_h": 1,
            "unload_h": 1,
            "service_h": 0.5,
            "cost_per_km": 2,
        },
        {
            "id": "T",
            "mode": "road",
            "count": 1,
            "base": "B",
            "seats": 50,
            "tonnes": 20,
            "classes": ["bulk"],
            "kmh": 50,
            "load_h": 1,
            "unload_h": 1,
            "service_h": 0.5,
            "cost_per_km": 1,
        },
    ],
    "requirements": [
        {
            "id": "R1",
            "pax": 40,
            "cargo": {"bulk": 5},
            "origin": "A",
            "destination": "B",
            "available_h": 0,
            "due_h": 6,
            "hard_h": 8,
            "weight": 2,
        },
        {
            "id": "R2",
            "pax": 10,
            "cargo": {},
            "origin": "A",
            "destination": "H",
            "available_h": 0,
            "due_h": 4,
            "divisible": False,
        },
    ],
}

_R1, _R2 = lot("R1", 40, bulk=5), lot("R2", 10)

VEHICLES: list[Raw] = [
    vehicle("C", 1, "A", stop("A", 0, 0, 1, 1, load=[_R1]), stop("H", 2, 2, 3, unload=[_R1])),
    vehicle("C", 2, "A", stop("A", 0, 1, 2, 2, load=[_R2]), stop("H", 3, 3, 4, unload=[_R2])),
    vehicle(
        "T",
        1,
        "B",
        stop("B", 0, 0, 0, 1),
        stop("H", 3, 5, 6, 6, load=[_R1]),
        stop("B", 8, 8, 9, unload=[_R1]),
    ),
]
