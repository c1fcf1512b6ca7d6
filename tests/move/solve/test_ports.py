"""A requirement that names its ports changes vehicles only there, however much longer the way is."""

from __future__ import annotations

from typing import Any

import pytest

from standto.move.check import check
from standto.move.problem import Fleet, Link, Place, Problem, Requirement
from standto.move.solve import Rounds, solve


def problem(ports: list[str] | None) -> Problem:
    """By air to a near hub or a far one, then by road."""
    slots: dict[str, int | None] = {"air": 1, "road": 1}
    work: dict[str, Any] = {
        "seats": 100,
        "tonnes": 20.0,
        "classes": ["bulk"],
        "load_h": 1.0,
        "unload_h": 1.0,
        "service_h": 1.0,
    }
    wanted: dict[str, Any] = {"pax": 50, "cargo": {"bulk": 15.0}, "available_h": 0.0, "due_h": 10.0}
    return Problem(
        places=[Place(id=name, slots=slots) for name in ("home", "near", "far", "there")],
        links=[
            Link(origin="home", destination="near", mode="air", km=400.0),
            Link(origin="home", destination="far", mode="air", km=1600.0),
            Link(origin="near", destination="there", mode="road", km=50.0),
            Link(origin="far", destination="there", mode="road", km=500.0),
        ],
        fleets=[
            Fleet(id="plane", mode="air", count=1, base="home", kmh=800.0, **work),
            Fleet(id="trucks-near", mode="road", count=1, base="near", kmh=50.0, **work),
            Fleet(id="trucks-far", mode="road", count=1, base="far", kmh=50.0, **work),
        ],
        requirements=[Requirement(id="R", origin="home", destination="there", ports=ports, **wanted)],
    )


@pytest.mark.parametrize(
    ("ports", "unloaded", "delivered"),
    [(None, {"near"}, True), (["far"], {"far"}, True), (["near", "far"], {"near"}, True), ([], set(), False)],
)
def test_loads_change_vehicles_only_at_the_ports_named(
    ports: list[str] | None, unloaded: set[str], delivered: bool
) -> None:
    asked = problem(ports)
    plan = solve(asked, Rounds(200))
    assert check(asked, plan).ok
    places = {stop.place for vehicle in plan.vehicles for stop in vehicle.stops if stop.unload}
    assert places - {"there"} == unloaded
    assert (plan.totals.undelivered == 0) == delivered
