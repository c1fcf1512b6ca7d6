"""A local walk: the same for the same seed whatever the laps and the room, and its best is never lost."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.generate import FAMILIES, generate
from standto.move.check import check
from standto.move.problem import Problem
from standto.move.solve import retime
from standto.move.solve.flat import Listing
from standto.move.solve.improve import bring_forward, fill_table
from standto.move.solve.list_walk import is_better
from standto.move.solve.local import Local, listing_of, order_of
from standto.move.solve.timetable import Timetable, new_timetable
from tests.move.solve.tables_alike import (
    assert_judged,
    assert_same,
    described,
    first_walk,
    local_walk,
    plan_of,
)
from tests.move.tiny import as_problem, problems

GOALS = ("lateness", "closure")


def whole(listing: Listing) -> list[object]:
    return [part.tolist() for part in listing]


def snug(walk: Local, listing: Listing) -> Timetable:
    """A walk's timetable at its start, from the same list, with hardly more room than it needs."""
    trips, _, rides, visits = listing.used.tolist()
    table = new_timetable(walk.flat, trips + 1, visits + 2, rides + 1)
    assert fill_table(walk.flat, listing, table)
    table.seed[:] = walk.table.seed
    table.pressure[:] = walk.table.pressure
    return table


@pytest.mark.parametrize("goal", GOALS)
@pytest.mark.parametrize("family", FAMILIES)
def test_the_way_depends_neither_on_the_laps_nor_on_the_room(family: str, goal: Any) -> None:
    problem = generate(family, 4).with_goal(goal)
    walks = [local_walk(problem, 3) for _ in range(3)]
    walks[2].table = snug(walks[2], first_walk(problem).listing())
    room = len(walks[2].table.trip_i)
    for moves in (400, 300):
        walks[0].lap(moves)
        walks[2].lap(moves)
        for part in (1, 17, 100, moves - 118):
            walks[1].lap(part)
        assert whole(walks[0].listing()) == whole(walks[1].listing()) == whole(walks[2].listing())
        assert walks[0].score == walks[1].score == walks[2].score
        for walk in walks:
            walk.go_on()
    assert len(walks[2].table.trip_i) > room


@pytest.mark.parametrize("family", ["one slot", "long range"])
def test_the_best_is_kept_whatever_the_walk_does_after(family: str) -> None:
    problem = generate(family, 2)
    walk, worst = local_walk(problem), first_walk(problem).listing()
    for moves in (50, 900, 50, 300):
        before = walk.score
        walk.lap(moves)
        assert not is_better(before, walk.score)
        plan = plan_of(problem, walk.listing())
        assert plan.totals.score(problem.goal) == pytest.approx(walk.score)
        before = walk.score
        walk.go_on(worst if moves == 50 else None)
        assert not is_better(before, walk.score)
        assert plan_of(problem, walk.listing()).totals.score(problem.goal) == pytest.approx(walk.score)


@pytest.mark.parametrize("family", FAMILIES)
def test_what_is_not_delivered_is_tried_again(family: str) -> None:
    """A walk that starts from nothing delivers it all."""
    problem = generate(family, 1)
    first = first_walk(problem)
    nothing = first.listing()._replace(used=np.zeros(4, dtype=np.int64))
    walk = Local(first.decoder.flat, nothing, closure=False, floor_h=0.0, seed=0)
    walk.lap(500)
    assert walk.score[0] == 0
    assert_same(walk.flat, walk.table)
    assert_judged(problem, walk.flat, walk.table)


@settings(max_examples=50)
@given(problems(), st.integers(0, 100))
def test_whoever_is_brought_forward_is_never_later(problem: Problem, seed: int) -> None:
    walk = local_walk(problem, seed)
    walk.lap(30)
    table = walk.table
    before, score = table.visit_f.copy(), table.score.copy()
    trips = order_of(table)
    bring_forward(walk.flat, table)
    used = np.isin(table.visit_i[:, 1], trips)
    assert (table.visit_f[used, :4] <= before[used, :4] + 1e-9).all()
    assert not is_better(tuple(score), tuple(table.score))
    assert_same(walk.flat, table)
    assert_judged(problem, walk.flat, table)


@settings(max_examples=30)
@given(st.one_of(problems(), st.builds(generate, st.sampled_from(FAMILIES), st.integers(1, 50))))
def test_it_is_brought_forward_as_the_twin_in_plain_python_would(problem: Problem) -> None:
    """`retime` goes over the plan until nothing changes, so the loops do too; it may also change links."""
    walk = local_walk(problem)
    walk.lap(60)
    plan = plan_of(problem, listing_of(walk.flat, walk.table))
    retimed = retime(problem, plan).totals.score(problem.goal)
    for _ in range(5):
        bring_forward(walk.flat, walk.table)
    again = [described(walk.table, trip) for trip in order_of(walk.table).tolist()]
    bring_forward(walk.flat, walk.table)
    assert [described(walk.table, trip) for trip in order_of(walk.table).tolist()] == again
    forward = plan_of(problem, listing_of(walk.flat, walk.table)).totals.score(problem.goal)
    assert not is_better(retimed, forward)


def case(**more: Any) -> dict[str, Any]:
    """People and tonnes from A by air to a hub H, and on by road to B."""
    places = [
        {"id": "A", "slots": {"air": 1}},
        {"id": "H", "slots": {"air": 1, "road": 2}, "transfer_h": 1},
        {"id": "B", "slots": {"road": 1}},
    ]
    links = [
        {"from": "A", "to": "H", "mode": "air", "km": 600},
        {"from": "H", "to": "B", "mode": "road", "km": 60, "both": True},
    ]
    fleet = {
        "id": "C", "mode": "air", "count": 2, "base": "A", "seats": 10, "tonnes": 5, "classes": ["bulk"],
        "kmh": 300, "load_h": 1, "unload_h": 1, "service_h": 1, "cost_per_km": 1,
    }  # fmt: skip
    truck = fleet | {"id": "T", "mode": "road", "count": 3, "base": "H", "kmh": 60}
    need = {"id": "R", "pax": 40, "cargo": {"bulk": 12}, "origin": "A", "destination": "B"}
    needs = [
        need | {"available_h": 0, "due_h": 8},
        need | {"id": "Q", "available_h": 3, "due_h": 8, "pax": 7},
    ]
    return {"places": places, "links": links, "fleets": [fleet, truck], "requirements": needs} | more


def changed(raw: dict[str, Any], table: str, **fields: Any) -> dict[str, Any]:
    """The case with fields of all rows of a table set."""
    return raw | {table: [row | fields for row in raw[table]]}


ODD = {
    "closed windows": changed(case(), "links", closed=[[2, 6], [9, 12]]),
    "stops on the way": case(
        places=[{"id": name, "slots": {"air": 1}} for name in "AHB"],
        links=[
            {"from": "A", "to": "H", "mode": "air", "km": 600, "both": True},
            {"from": "H", "to": "B", "mode": "air", "km": 600, "both": True},
        ],
    )
    | {"fleets": [case()["fleets"][0] | {"range_km": 700}]},
    "hours of use": changed(case(), "fleets", use_h_per_day=6, use_bank_days=1),
    "indivisible": changed(case(), "requirements", divisible=False, pax=9, cargo={"bulk": 3}),
    "concurrent": changed(case(), "fleets", concurrent=True),
    "no hours of work": changed(case(), "fleets", load_h=0, unload_h=0, service_h=0),
    "people weigh nothing": case(pax_tonnes=0),
    "people weigh much": case(pax_tonnes=0.5),
    "ports": changed(case(), "requirements", ports=["H"]),
    "serves some": changed(case(), "fleets", serves=["R"]),
    "nothing can go": changed(case(), "fleets", count=0),
    "part can go": changed(case(), "fleets", classes=[]),
    "half the vehicles cannot": case(
        fleets=[
            case()["fleets"][0],
            case()["fleets"][1],
            case()["fleets"][1] | {"id": "U", "seats": 0, "tonnes": 1},
        ]
    ),
}


@pytest.mark.parametrize("goal", GOALS)
@pytest.mark.parametrize("name", ODD)
def test_odd_cases_keep_every_rule(name: str, goal: str) -> None:
    problem = as_problem(ODD[name] | {"goal": goal})
    walk = local_walk(problem)
    for _ in range(2):
        walk.lap(200)
        assert not np.isnan(walk.score).any()
        assert_same(walk.flat, walk.table)
        assert_judged(problem, walk.flat, walk.table)
        walk.go_on()
    assert check(problem, plan_of(problem, walk.listing())).ok
    whole_case = name not in ("nothing can go", "part can go", "serves some")
    assert (walk.score[0] == 0) == whole_case
