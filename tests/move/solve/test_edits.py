"""What does not pay is taken back as if it had never been, and what is given up can be used again."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.generate import FAMILIES, generate
from standto.move.problem import Problem
from standto.move.solve.improve import improve
from standto.move.solve.local import Local, order_of
from standto.move.solve.timetable import N_ERROR, N_MOST, N_STEPS, Timetable
from tests.move.solve.tables_alike import assert_same, assert_whole, calendar, local_walk, rides_of, visits_of
from tests.move.tiny import problems

MUCH = 1e9


def everything(table: Timetable) -> list[object]:
    """All that a timetable says, to the last bit, with the numbers of its nodes."""
    trips = order_of(table).tolist()
    visits = [x for trip in trips for x in visits_of(table, trip)]
    rides = [ride for trip in trips for ride in rides_of(table, trip)]
    spare = [
        getattr(table, name)[:top].tolist()
        for name, top in zip(("spare_trip", "spare_visit", "spare_ride"), table.top.tolist(), strict=True)
    ]
    said = [table.trip_i[trips], table.trip_f[trips], table.visit_i[visits], table.visit_f[visits]]
    said += [table.ride_i[rides], table.amount[rides], table.chain, table.of_need, table.of_place]
    said += [table.sums, table.close_h, table.rest, table.score]
    slots = [calendar(table, spot) for spot in range(len(table.book))]
    return [trips, visits, rides, spare, slots, *(rows.tolist() for rows in said)]


def refuse(walk: Local, moves: int) -> bool:
    """Make moves of which none is good enough; whether there was no room for one."""
    nothing_is_less, counts = np.full(5, -MUCH), np.zeros(6, dtype=np.int64)
    best = np.full(6, -MUCH)
    improve(walk.flat, walk.table, best, nothing_is_less, moves, walk.closure, np.inf, 0.0, 0.0, counts)
    assert counts[0] == 0, "none is kept"
    return bool(counts[3])


@settings(max_examples=40)
@given(problems(), st.integers(0, 1_000))
def test_moves_that_do_not_pay_leave_no_trace(problem: Problem, seed: int) -> None:
    walk = local_walk(problem, seed)
    walk.lap(20)
    before = everything(walk.table)
    refuse(walk, 60)
    assert everything(walk.table) == before


@pytest.mark.parametrize("family", FAMILIES)
def test_moves_that_do_not_pay_leave_no_trace_in_families(family: str) -> None:
    walk = local_walk(generate(family, 3))
    walk.lap(200)
    before = everything(walk.table)
    refuse(walk, 300)
    assert everything(walk.table) == before


@settings(max_examples=40)
@given(st.sampled_from(FAMILIES), st.integers(1, 1_500), st.integers(1, 90), st.integers(0, 60))
def test_a_move_for_which_there_is_no_room_leaves_no_trace(
    family: str, log: int, gone: int, steps: int
) -> None:
    """Wherever in the move the room ends: in the log, in what is given back, or in calendars."""
    walk = local_walk(generate(family, 1))
    walk.lap(50)
    full, used = walk.table, walk.table.tally[N_STEPS]
    walk.table = full._replace(
        gone=np.zeros((gone, 2), dtype=np.int64),
        step_h=full.step_h[: used + steps].copy(),
        step_n=full.step_n[: used + steps].copy(),
    )
    walk.table.tally[N_MOST] = log
    before = everything(walk.table)
    refuse(walk, 300)
    walk.table.tally[N_ERROR] = 0
    assert everything(walk.table) == before


@pytest.mark.parametrize("log", [1, 20, 200])
def test_a_log_too_short_ends_the_moves(log: int) -> None:
    walk = local_walk(generate("sea or air", 1))
    walk.table.tally[N_MOST] = log
    assert refuse(walk, 300)


@pytest.mark.parametrize("family", ["sea or air", "small-large-small"])
def test_no_node_is_lost_over_thousands_of_moves(family: str) -> None:
    walk = local_walk(generate(family, 1))
    rooms = [len(walk.table.trip_i), len(walk.table.visit_i), len(walk.table.ride_i)]
    walk.lap(3_000)
    assert_whole(walk.flat, walk.table)
    assert_same(walk.flat, walk.table)
    assert [len(walk.table.trip_i), len(walk.table.visit_i), len(walk.table.ride_i)] == rooms
