"""The oracle against optima found by hand, and the judge on what the oracle plans."""

from __future__ import annotations

import math
from typing import Any

import pytest

from standto.move.check import check
from tests.move.oracle import NotTinyError, recorded_scores, solve_exactly
from tests.move.tiny import as_problem, tiny_problem

QUICK_SEEDS = (4, 5, 6, 8, 11, 17, 66)
"""Seeds of every kind but the classes, proven in a fraction of a second each."""


def fleet(name: str, base: str, **more: Any) -> dict[str, Any]:
    """One vehicle of ten seats, an hour to load and to unload, 100 km/h."""
    return {
        "id": name,
        "mode": "air",
        "count": 1,
        "base": base,
        "seats": 10,
        "tonnes": 10,
        "classes": ["bulk"],
        "kmh": 100,
        "load_h": 1,
        "unload_h": 1,
        "service_h": 0,
        "cost_per_km": 1,
        **more,
    }


def requirement(name: str, origin: str, destination: str, pax: int = 10, **more: Any) -> dict[str, Any]:
    """Due at hour 0, so that lateness is the hour it closes."""
    ends = {"origin": origin, "destination": destination}
    return {"id": name, "pax": pax, "cargo": {}, **ends, "available_h": 0, "due_h": 0, **more}


def link(origin: str, destination: str, leg_h: int, mode: str = "air", **more: Any) -> dict[str, Any]:
    return {"from": origin, "to": destination, "mode": mode, "km": leg_h * 100, **more}


def place(name: str, transfer_h: int = 0, **slots: int) -> dict[str, Any]:
    return {"id": name, "slots": slots or {"air": None}, "transfer_h": transfer_h}


def raw(places: Any, links: Any, fleets: Any, requirements: Any, **more: Any) -> dict[str, Any]:
    lists = {"places": places, "links": links, "fleets": fleets, "requirements": requirements}
    return {"pax_tonnes": 0, **lists, **more}


A_TO_B = ([place("A"), place("B")], [link("A", "B", 2)])

BY_HAND: list[tuple[str, dict[str, Any], float, float]] = [
    # Ready at 3, loaded at 4, there at 6, unloaded at 7.
    ("one trip", raw(*A_TO_B, [fleet("C", "A")], [requirement("R", "A", "B", available_h=3)]), 7, 200),
    # It comes first: 2 h, then load, fly, unload.
    ("comes from the far end", raw(*A_TO_B, [fleet("C", "B")], [requirement("R", "A", "B")]), 6, 400),
    # 1 load, 2 there, 1 unload, 2 back, and once more without the way back.
    ("two trips", raw(*A_TO_B, [fleet("C", "A")], [requirement("R", "A", "B", 20)]), 10, 600),
    # The second loads after the first, and so on to the end.
    (
        "one slot",
        raw(
            [place("A", air=1), place("B")],
            A_TO_B[1],
            [fleet("C", "A", count=2)],
            [requirement("R", "A", "B", 20)],
        ),
        5,
        400,
    ),
    # By air to H: 1 + 1 + 1, ready 1 later; by road 1 + 2 + 1.
    (
        "change at H",
        raw(
            [place("A"), place("H", 1, air=1, road=1), place("B", road=1)],
            [link("A", "H", 1), link("H", "B", 2, "road")],
            [fleet("C", "A"), fleet("T", "B", mode="road")],
            [requirement("R", "A", "B")],
        ),
        8,
        100 + 400,
    ),
    # It would leave at 1; the way opens at 4.
    (
        "closed window",
        raw(
            A_TO_B[0],
            [link("A", "B", 2, closed=[[1, 4]])],
            [fleet("C", "A")],
            [requirement("R", "A", "B")],
        ),
        7,
        200,
    ),
    # 6 h of moving need 4 (t / 24 + 1) >= 6: the last arrival is at 12, not 9.
    (
        "hours of use",
        raw(*A_TO_B, [fleet("C", "A", use_h_per_day=4)], [requirement("R", "A", "B", 20)]),
        13,
        600,
    ),
    # 6 h of moving need 6 (h / 24 + 5 / 8) >= 6: 9 h after the first departure at 4, not 8.
    (
        "hours of use from the bank",
        raw(
            *A_TO_B,
            [fleet("C", "A", use_h_per_day=6, use_bank_days=0.625)],
            [requirement("R", "A", "B", 20, available_h=3)],
        ),
        14,
        600,
    ),
    # Two small ones would be there at 4; the large one is slower.
    (
        "indivisible",
        raw(
            *A_TO_B,
            [fleet("C", "A", count=2, seats=3), fleet("L", "A", kmh=50)],
            [requirement("R", "A", "B", 6, divisible=False)],
        ),
        6,
        200,
    ),
    # Load at A, 1 to B, load there, 1 to D, unload both.
    (
        "tour",
        raw(
            [place("A"), place("B"), place("D")],
            [link("A", "B", 1), link("B", "D", 1)],
            [fleet("C", "A")],
            [requirement("R", "A", "D", 5), requirement("Q", "B", "D", 5)],
        ),
        # Both close at 5: 1 + 1 + 1 + 1 + 1.
        10,
        200,
    ),
    # Unloads and loads in one hour at B, back at A at 3 + 1: two closes at 4 and 7.
    (
        "concurrent",
        raw(
            *A_TO_B,
            [fleet("C", "A", concurrent=True)],
            [requirement("R", "A", "B"), requirement("Q", "B", "A")],
        ),
        4 + 7,
        400,
    ),
    # It may not ride with C.
    (
        "serves",
        raw(
            *A_TO_B,
            [fleet("C", "A", serves=[]), fleet("L", "A", kmh=50, cost_per_km=3)],
            [requirement("R", "A", "B")],
        ),
        6,
        600,
    ),
]


@pytest.mark.parametrize(("what", "problem", "lateness", "cost"), BY_HAND, ids=[case[0] for case in BY_HAND])
def test_by_hand(what: str, problem: dict[str, Any], lateness: float, cost: float) -> None:
    read = as_problem(problem)
    plan = solve_exactly(read)
    assert check(read, plan).violations == ()
    assert plan.totals.undelivered == 0
    assert (plan.totals.weighted_lateness, plan.totals.cost) == (lateness, cost)


def test_closure_comes_before_cost_if_it_is_the_goal() -> None:
    """One dear vehicle at hand, a cheap one far off, nothing ever late."""
    fleets = [fleet("D", "A", cost_per_km=9), fleet("C", "B")]
    problem = raw(*A_TO_B, fleets, [requirement("R", "A", "B", due_h=12)])
    assert solve_exactly(as_problem(problem)).totals.cost == 400
    assert solve_exactly(as_problem({**problem, "goal": "closure"})).totals.closure_h == 4


def test_missed_comes_before_lateness() -> None:
    """The light one has a hard hour; the heavy one waits for it though it weighs more."""
    wanted = [requirement("R", "A", "B", weight=5), requirement("Q", "A", "B", hard_h=4)]
    plan = solve_exactly(as_problem(raw(*A_TO_B, [fleet("C", "A")], wanted)))
    assert plan.totals.missed == 0
    assert plan.totals.weighted_lateness == 4 + 5 * 10


def test_what_is_not_whole_is_refused() -> None:
    problem = raw(*A_TO_B, [fleet("C", "A", load_h=1.5)], [requirement("R", "A", "B")])
    with pytest.raises(NotTinyError):
        solve_exactly(as_problem(problem))


@pytest.mark.parametrize("seed", QUICK_SEEDS)
def test_what_is_recorded_is_proven_again(seed: int) -> None:
    problem = tiny_problem(seed)
    plan = solve_exactly(problem)
    assert check(problem, plan).violations == ()
    assert plan.totals.score(problem.goal) == pytest.approx(recorded_scores()[seed], abs=1e-6)


def test_enough_is_recorded_and_all_of_it_delivers() -> None:
    recorded = recorded_scores()
    assert len(recorded) >= 60
    assert all(math.isfinite(part) for values in recorded.values() for part in values)
    assert all(values[0] == 0 for values in recorded.values())
