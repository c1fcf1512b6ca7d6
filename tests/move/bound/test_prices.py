"""Any prices make a true statement: random ones never refute an hour by which a plan delivers everything."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest

from standto.move.bound.flow import FlowProgram
from standto.move.bound.prices import Prices, certify, cheapest, repair
from standto.move.bound.proof import Proof
from standto.move.problem import Problem
from standto.move.solve import Rounds, solve
from tests.move.bound.cases import fleet, link, place, problem, requirement
from tests.move.tiny import tiny_problem


def first_program(given: Problem) -> tuple[Proof, FlowProgram]:
    proof = Proof(given, lambda: math.inf)
    proof.close_all()
    return proof, next(program for program in proof.programs if isinstance(program, FlowProgram))


def random_prices(program: FlowProgram, seed: int) -> Prices:
    random = np.random.default_rng(seed)
    shape, legs = program.lift.slots.shape, len(program.lift.leg_h)

    def some(*size: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
        return random.exponential(1.0, size) * (random.random(size) < 0.6)

    grids = [some(*shape) for _ in range(6)]
    return Prices(
        hours=some(program.resources),
        stand=grids[0],
        idle=grids[1],
        merge=random.random(shape),
        leg_seat=some(legs),
        leg_tonne=some(legs),
        load_seat=grids[2],
        load_tonne=grids[3],
        unload_seat=grids[4],
        unload_tonne=grids[5],
        trips=some(len(program.roundings)),
    )


@pytest.mark.parametrize("seed", range(18))
def test_random_prices_never_refute_what_a_plan_reaches(seed: int) -> None:
    given = tiny_problem(seed).with_goal("closure")
    proof, program = first_program(given)
    reached = solve(given, Rounds(50)).totals.closure_h
    assert reached is not None
    everything = np.ones(len(given.requirements))
    streams = program.streams
    for turn in range(20):
        prices = repair(
            program.lift, program.slots, random_prices(program, 100 * seed + turn), program.roundings
        )
        found = cheapest(program.lift, streams, prices, streams.origin, streams.kind)
        cost = found.ground[np.arange(len(streams.origin)), streams.destination]
        cut = certify(program.lift, streams, program.window, program.roundings, prices, cost)
        assert float(cut.charge @ everything) <= cut.worth(reached + 1e-6) * (1 + 1e-9) + 1e-9
        assert cut.refuted_until(everything, -1000.0) <= reached
    assert proof.closure_h is not None
    assert proof.closure_h <= reached


def test_worth_never_falls() -> None:
    _, program = first_program(tiny_problem(5))
    prices = repair(program.lift, program.slots, random_prices(program, 1), program.roundings)
    cut = certify(
        program.lift, program.streams, program.window, program.roundings, prices, np.ones(len(program.moved))
    )
    worths = [cut.worth(hour) for hour in np.linspace(-10, 100, 500)]
    assert all(before <= after for before, after in pairwise(worths))
    assert worths[-1] > worths[0]


def test_repaired_prices_charge_no_more_than_a_trip_costs() -> None:
    given = problem(
        [place("A", air=2), place("B", air=1)],
        [link("A", "B", 500)],
        [fleet("f", "A", 3)],
        [requirement("r", "A", "B", pax=500, cargo={"bulk": 80.0})],
    )
    _, program = first_program(given)
    lift = program.lift
    prices = repair(lift, program.slots, random_prices(program, 7), program.roundings)
    assert (prices.stand >= 0).all()
    for e in range(len(lift.leg_h)):
        f, p, q = lift.leg_fleet[e], lift.leg_from[e], lift.leg_to[e]
        own = lift.leg_h[e] * (prices.hours[f] + prices.hours[len(lift.fleets) + f]) + prices.idle[f, q]
        own += sum(
            price * rounding.trips(lift)[e]
            for price, rounding in zip(prices.trips, program.roundings, strict=True)
        )
        cost = own + prices.stand[f, p] - prices.stand[f, q]
        assert cost >= -1e-12
        assert prices.leg_seat[e] * lift.seats[f] + prices.leg_tonne[e] * lift.tonnes[f] <= cost + 1e-9
