"""The compiled decoder and its plain twin agree to the last bit, on any list whatever."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.generate import FAMILIES, generate
from standto.move.problem import Problem
from standto.move.solve import twin
from standto.move.solve.decoder import Decoder
from standto.move.solve.tables import Layout
from standto.move.solve.trips import NEVER_EARLIER, Habits, Ride, Send, Token, Trip
from tests.move.tiny import problems, tiny_problem

SIZES = (float("inf"), 0.0, 1.0, 3.0)


def any_trip(layout: Layout, random: Random) -> Trip:
    """A trip of any vehicle between any places, sensible or not."""
    places = [random.randrange(len(layout.problem.places)) for _ in range(random.randint(2, 4))]
    rides = []
    for _ in range(random.randint(1, 3)):
        first, last = sorted(random.sample(range(len(places)), 2))
        most = [random.choice(SIZES), *(random.choice((*SIZES, 3.5)) for _ in layout.columns[1:])]
        rides.append(Ride(random.randrange(len(layout.problem.requirements)), first, last, tuple(most)))
    holds = [random.choice([NEVER_EARLIER, 5.0]) for _ in places]
    return Trip(random.randrange(len(layout.vehicle_ids)), tuple(places), tuple(holds), tuple(rides))


def disturbed(tokens: list[Token], layout: Layout, random: Random) -> list[Token]:
    """The list with some trips taken out, moved, added, and requirements sent in between."""
    tokens = list(tokens)
    for _ in range(random.randint(0, 4)):
        at = random.randint(0, len(tokens))
        kind = random.randrange(4)
        if kind == 0 and at < len(tokens):
            del tokens[at]
        elif kind == 1 and at < len(tokens):
            tokens.insert(random.randint(0, len(tokens) - 1), tokens.pop(at))
        elif kind == 2 and layout.problem.requirements:
            tokens.insert(at, Send(random.randrange(len(layout.problem.requirements))))
        elif layout.vehicle_ids and layout.problem.requirements:
            tokens.insert(at, any_trip(layout, random))
    return tokens


def agree(problem: Problem, random: Random) -> None:
    layout = Layout(problem)
    order = list(range(len(problem.requirements)))
    random.shuffle(order)
    habits = Habits(
        seed=random.randrange(10_000),
        noise_h=random.choice([0.0, 5.0]),
        patience_h=random.choice([0.0, 24.0, 1e9]),
        thrift=random.choice([0.0, 0.1, 10.0]),
        hubs=random.choice([1, 3]),
        step_h=random.choice([float("inf"), 6.0]),
        joins=random.choice([False, True]),
    )
    decoder = Decoder(layout.tables, problem.goal)
    tokens: list[Token] = []
    for _ in range(4):
        plain = twin.decode(layout.tables, tokens, order, habits, problem.goal)
        assert decoder.decode_tokens(tokens, order, habits) == plain
        tokens = disturbed([*plain.trips], layout, random)


@pytest.mark.parametrize("seed", range(18))
def test_twins_agree_on_tiny_problems(seed: int) -> None:
    agree(tiny_problem(seed), Random(seed))


@pytest.mark.parametrize("family", FAMILIES)
def test_twins_agree_where_loads_change_vehicles(family: str) -> None:
    layout = Layout(generate(family, 2))
    order = list(range(len(layout.problem.requirements)))
    for habits in (Habits(), Habits(thrift=0.1), Habits(thrift=0.1, hubs=3)):
        plain = twin.decode(layout.tables, [], order, habits, "lateness")
        assert Decoder(layout.tables, "lateness").decode_tokens([], order, habits) == plain


@settings(max_examples=60)
@given(problems(), st.integers(0, 1 << 30))
def test_twins_agree_on_any_problem(problem: Problem, seed: int) -> None:
    agree(problem, Random(seed))


@pytest.mark.parametrize("seed", range(6))
def test_a_plan_read_back_as_a_list_is_the_same_plan(seed: int) -> None:
    problem = tiny_problem(seed)
    layout = Layout(problem)
    order = list(range(len(problem.requirements)))
    made = twin.decode(layout.tables, [], order, Habits(noise_h=3.0, seed=seed), problem.goal)
    again = twin.decode(layout.tables, made.trips, order, Habits(), problem.goal)
    assert again.trips == made.trips
    assert again.score == pytest.approx(made.score)
    assert [visit.start_h for visit in again.visits] == pytest.approx([v.start_h for v in made.visits])
