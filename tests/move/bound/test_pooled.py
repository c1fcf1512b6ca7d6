"""The pooled programme: true for any prices, blind to no way in time, strong where ships are late."""

from __future__ import annotations

import math

import numpy as np
import pytest

from standto.move.bound.closure import earliest_deadline
from standto.move.bound.pooled import PooledProgram
from standto.move.bound.prices import certify_units, cheapest
from standto.move.bound.proof import Proof
from standto.move.bound.window import open_window
from standto.move.problem import Problem
from standto.move.solve import Rounds, solve
from tests.move.bound.cases import fleet, link, place, problem, requirement
from tests.move.bound.generated import generated
from tests.move.tiny import tiny_problem


def pooled(given: Problem, since_h: float = -math.inf) -> tuple[Proof, PooledProgram]:
    proof = Proof(given, lambda: math.inf)
    ready = np.array([item.available_h for item in given.requirements], dtype=float)
    window = open_window(
        proof.lift, proof.streams, proof.slots, since_h, proof.delivered & (ready >= since_h)
    )
    return proof, PooledProgram(proof.lift, proof.streams, proof.slots, window)


def deadline(given: Problem, since_h: float = -math.inf) -> float:
    proof, program = pooled(given, since_h)
    assert proof.closure_h is not None
    return earliest_deadline(program, np.ones(len(given.requirements)), proof.closure_h)[0]


@pytest.mark.parametrize("seed", range(18))
def test_random_prices_never_refute_what_a_plan_reaches(seed: int) -> None:
    given = tiny_problem(seed).with_goal("closure")
    _, program = pooled(given)
    reached = solve(given, Rounds(50)).totals.closure_h
    assert reached is not None
    random = np.random.default_rng(seed)
    everything = np.ones(len(given.requirements))
    for turn in range(20):
        until_h = reached + random.choice([1e-6, 1.0, 20.0])
        size = program.resources
        prices = program._prices(random.exponential(1.0, size) * (random.random(size) < 0.6))
        cost, _ = program.search(prices, program.units.amounts(everything), until_h)
        cut = certify_units(
            program.lift, program.window, prices, program.units, cost, until_h, program.wholes
        )
        assert cut.refuted_until(everything, -1000.0) <= reached, turn


@pytest.mark.parametrize("first", range(0, 120, 20))
def test_no_plan_of_a_generated_problem_closes_before(first: int) -> None:
    for seed in range(first, first + 20):
        given = generated(seed).with_goal("closure")
        proof, program = pooled(given)
        plan = solve(given, Rounds(20))
        late = {outcome.id for outcome in plan.requirements if outcome.close_h is None}
        if plan.totals.closure_h is None or proof.closure_h is None:
            continue
        served = np.array([item.id not in late for item in given.requirements], dtype=float)
        start = min(proof.closure_h, plan.totals.closure_h)
        assert earliest_deadline(program, served, start)[0] <= plan.totals.closure_h, seed


@pytest.mark.parametrize("seed", range(0, 60, 10))
def test_few_prices_never_refute_what_a_plan_reaches(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("standto.move.bound.pooled.MOST_STANDING", -1)
    for number in range(seed, seed + 10):
        given = generated(number).with_goal("closure")
        proof, program = pooled(given)
        assert program.coarse is not None
        plan = solve(given, Rounds(5))
        if plan.totals.closure_h is None or proof.closure_h is None:
            continue
        late = {outcome.id for outcome in plan.requirements if outcome.close_h is None}
        served = np.array([item.id not in late for item in given.requirements], dtype=float)
        start = min(proof.closure_h, plan.totals.closure_h)
        assert earliest_deadline(program, served, start)[0] <= plan.totals.closure_h, number


@pytest.mark.parametrize("seed", range(12))
def test_the_compiled_search_finds_what_the_plain_one_finds(seed: int) -> None:
    _, program = pooled(tiny_problem(seed))
    lift, streams, units = program.lift, program.streams, program.units
    random = np.random.default_rng(seed)
    price = random.exponential(1.0, program.resources)
    prices = program._prices(price)
    cost, used = program.search(prices, np.ones(len(units.ends)), math.inf)
    per_source = np.diff(units.first)
    plain = cheapest(lift, streams, prices, units.sources[:, 0], units.sources[:, 1])
    source = np.repeat(np.arange(len(units.sources)), per_source)
    assert cost == pytest.approx(plain.ground[source, units.ends])
    # what the ways use, at these prices and made consistent, is what they cost
    consistent = np.concatenate([prices.hours, prices.trips, prices.stand.ravel()])
    assert float((used @ consistent).sum()) == pytest.approx(float(cost.sum()), rel=1e-6)


def test_a_ship_that_arrives_too_late_carries_nothing() -> None:
    def given(ships: int) -> Problem:
        return problem(
            [place("A", air=None, sea=None), place("B", air=1, sea=None)],
            [link("A", "B", 500), link("A", "B", 20_000, "sea")],
            [fleet("plane", "A", count=10), fleet("ship", "A", count=ships, mode="sea", seats=1000)],
            [requirement("r", "A", "B", pax=2000)],
        )

    # twenty unload one after the other from hour 6 on; a ship needs 200 h
    assert deadline(given(1)) == pytest.approx(26.0, abs=0.01)
    assert deadline(given(5)) == pytest.approx(26.0, abs=0.01)


def test_what_is_ready_late_has_no_use_for_a_ship() -> None:
    given = problem(
        [place("A", air=None, sea=None), place("B", air=1, sea=None)],
        [link("A", "B", 500), link("A", "B", 10_000, "sea")],
        [fleet("plane", "A", count=40), fleet("ship", "A", count=9, mode="sea", seats=1000)],
        [
            requirement("early", "A", "B", pax=100),
            requirement("late", "A", "B", pax=3000, available_h=90.0),
        ],
    )
    # the ship is there at 102 at the earliest, with what was ready at 0: the late ones fly, one an hour
    assert deadline(given) == pytest.approx(90 + 1 + 5 + 30, abs=0.01) or deadline(given, 90.0) >= 126 - 0.01


def test_a_way_by_two_fleets_and_a_hub() -> None:
    given = problem(
        [place("A", road=None), place("X", 2.0, road=None, air=1), place("B", air=None)],
        [link("A", "X", 100, "road"), link("X", "B", 500)],
        [fleet("truck", "A", 10, mode="road"), fleet("plane", "X", 10)],
        [requirement("r", "A", "B", pax=1000)],
    )
    assert deadline(given) == pytest.approx(5 + 10 + 5 + 1, abs=0.01)
