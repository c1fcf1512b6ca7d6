"""Whole crossings and whole work at slots: tight where they bind, and true of every plan."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from standto.move.bound import berths, explain_bound, prove_bound, readiness
from standto.move.bound.berths import Berth, find_berths
from standto.move.bound.crossings import Crossing, find_crossings
from standto.move.bound.prices import Counted, certify_units
from standto.move.problem import Problem
from standto.move.solve import Rounds, solve
from tests.move.bound.cases import fleet, link, place, problem, requirement
from tests.move.bound.generated import generated
from tests.move.bound.test_pooled import deadline, pooled
from tests.move.tiny import problems, tiny_problem

NEAR = 0.01


def ferry(pax: int, count: int = 1) -> Problem:
    """Ships of 1,000 seats at A; 50 h to B."""
    return problem(
        [place("A", sea=None), place("B", sea=None)],
        [link("A", "B", 5000, "sea")],
        [fleet("ship", "A", mode="sea", seats=1000, count=count)],
        [requirement("r", "A", "B", pax=pax)],
    )


@pytest.mark.parametrize(("pax", "hours"), [(1000, 52), (1001, 153), (2000, 154), (2001, 254)])
def test_a_load_too_many_waits_for_a_whole_voyage(pax: int, hours: float) -> None:
    # load, across, unload; for each further one back and across, with an hour's work at either end for a full
    # ship, and half an hour's stop for one that may have little to load
    assert deadline(ferry(pax)) == pytest.approx(hours, abs=NEAR)


def test_two_ships_cross_twice_as_often() -> None:
    assert deadline(ferry(2000, count=2)) == pytest.approx(52, abs=NEAR)
    assert deadline(ferry(2100, count=2)) == pytest.approx(153, abs=NEAR)


def test_moving_hours_count_whole_crossings_too() -> None:
    given = problem(
        [place("A"), place("B")],
        [link("A", "B", 1000)],
        [fleet("f", "A", use_h_per_day=24.0 * 0.5, load_h=0.0, unload_h=0.0, service_h=0.0)],
        [requirement("r", "A", "B", pax=201)],
    )
    # three crossings and two ways back are 50 h of moving, 12 h a day with the first day's in hand
    assert deadline(given) == pytest.approx((50 / 12 - 1) * 24, abs=NEAR)


def test_an_empty_crossing_is_free() -> None:
    """A ship based far away comes empty first; that is no crossing with a load."""
    given = problem(
        [place("A", sea=None), place("B", sea=None)],
        [link("A", "B", 5000, "sea")],
        [fleet("ship", "B", mode="sea", seats=1000)],
        [requirement("r", "A", "B", pax=1000)],
    )
    assert deadline(given) == pytest.approx(50 + 1 + 50 + 1, abs=NEAR)


def port(slots: int, count: int) -> Problem:
    """Ships that take a day to load at A and 20 h to unload at B, where there are few slots."""
    more = {"mode": "sea", "seats": 100, "load_h": 24.0, "unload_h": 20.0, "service_h": 6.0}
    return problem(
        [place("A", sea=slots), place("B", sea=None)],
        [link("A", "B", 5000, "sea")],
        [fleet("ship", "A", count, **more)],
        [requirement("r", "A", "B", pax=100 * count)],
    )


@pytest.mark.parametrize(("slots", "count", "turns"), [(1, 2, 2), (2, 3, 2), (2, 5, 3)])
def test_a_slot_is_loaded_at_whole_times(slots: int, count: int, turns: int) -> None:
    assert deadline(port(slots, count)) == pytest.approx(turns * 24 + 50 + 20, abs=NEAR)


def test_a_slot_is_unloaded_at_whole_times() -> None:
    more = {"mode": "sea", "seats": 100, "load_h": 24.0, "unload_h": 20.0, "service_h": 6.0}
    given = problem(
        [place("A", sea=None), place("B", sea=2)],
        [link("A", "B", 5000, "sea")],
        [fleet("ship", "A", 3, **more)],
        [requirement("r", "A", "B", pax=300)],
    )
    assert deadline(given) == pytest.approx(24 + 50 + 2 * 20, abs=NEAR)


def test_what_is_ready_late_has_no_use_for_a_ship_that_others_take(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Though of one class of readiness with what can be at the port earlier."""
    monkeypatch.setattr(readiness, "CLASSES", 1)
    given = problem(
        [place("A", air=None), place("C", air=None, sea=None), place("B", air=1, sea=None)],
        [
            link("A", "B", 500),
            link("C", "B", 500),
            link("A", "C", 100),
            link("C", "B", 9_000, "sea"),
        ],
        [fleet("plane", "A", count=40), fleet("ship", "C", count=9, mode="sea", seats=1000)],
        [
            requirement("early", "A", "B", pax=100),
            requirement("late", "C", "B", pax=9000, available_h=10.0),
        ],
    )
    # the early ones can be at the port by 3 and sail until 95, the late ones until 102: they fly, and unload
    # one after the other from hour 6 on
    assert deadline(given) >= 6 + 90 - NEAR


def test_the_reason_names_the_slots_where_work_is_waited_for() -> None:
    bound = prove_bound(port(1, 2))
    assert bound.closure_h == pytest.approx(118, abs=NEAR)
    assert "the only sea slot at A" in explain_bound(port(1, 2), bound)
    assert bound.prices is not None


@pytest.fixture
def every_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Count whole work of any length, not only where it is long."""
    monkeypatch.setattr(berths, "LEAST_WORK_H", 0.1)


def refutes_nothing(given_problem: Problem, rounds: int, seed: int) -> int:
    """Random prices of all kinds, by what a plan reaches; how many rows of whole things there were."""
    _, program = pooled(given_problem.with_goal("closure"))
    plan = solve(given_problem.with_goal("closure"), Rounds(rounds))
    reached = plan.totals.closure_h
    if reached is None:
        return 0
    delivered = {item.id: item.close_h is not None for item in plan.requirements}
    served = np.array([delivered[item.id] for item in given_problem.requirements], dtype=float)
    random = np.random.default_rng(seed)
    for _ in range(12):
        until_h = reached + random.choice([1e-6, 1.0, 20.0])
        size = program.resources
        prices = program._prices(random.exponential(1.0, size) * (random.random(size) < 0.6))
        cost, _ = program.search(prices, np.ones(len(program.units.ends)), until_h)
        cut = certify_units(
            program.lift, program.window, prices, program.units, cost, until_h, program.wholes
        )
        assert float(cut.charge @ served) <= cut.worth(reached) * (1 + 1e-9) + 1e-9
    return len(program.wholes)


@pytest.mark.usefixtures("every_work")
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(given_problem=problems())
def test_no_prices_refute_what_a_plan_reaches(given_problem: Problem) -> None:
    refutes_nothing(given_problem, 10, 0)


@pytest.mark.usefixtures("every_work")
def test_whole_things_are_in_the_random_prices() -> None:
    assert sum(refutes_nothing(tiny_problem(seed), 40, seed) for seed in range(16)) > 16


@pytest.mark.usefixtures("every_work")
@pytest.mark.parametrize("first", range(0, 120, 30))
def test_no_plan_of_a_generated_problem_beats_a_bound_of_whole_work(
    first: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # all windows by the pooled programme, which alone counts whole things
    monkeypatch.setattr("standto.move.bound.proof.MOST_CELLS", 0)
    for seed in range(first, first + 30):
        given_problem = generated(seed).with_goal("closure")
        bound, plan = prove_bound(given_problem), solve(given_problem, Rounds(20))
        left = {item.id for item in plan.requirements if item.close_h is None}
        if left == set(bound.left_out) and bound.closure_h is not None:
            assert plan.totals.closure_h is not None
            assert bound.closure_h <= plan.totals.closure_h, seed
            assert bound.weighted_lateness <= plan.totals.weighted_lateness, seed


def test_capacity_never_falls() -> None:
    proof, program = pooled(port(2, 5))
    wholes: list[Counted] = [
        *find_crossings(proof.lift, program.units),
        *find_berths(proof.lift, proof.slots, program.units),
    ]
    assert {type(one) for one in wholes} == {Crossing, Berth}
    for one in wholes:
        rooms = [one.capacity(proof.lift, program.window, hour) for hour in np.linspace(-10, 600, 300)]
        assert rooms[0] == 0.0
        assert all(a <= b for a, b in itertools.pairwise(rooms))
        assert rooms[-1] > 0
        assert one.capacity(proof.lift, program.window, math.inf) > 0
