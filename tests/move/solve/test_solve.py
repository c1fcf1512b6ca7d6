"""Every plan keeps the rules; the same seed gives the same plan; more rounds and a start never hurt."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings

from benchmarks.generate import FAMILIES, generate
from standto.move.check import check
from standto.move.plan import Plan
from standto.move.problem import Problem
from standto.move.solve import Progress, Rounds, Seconds, solve
from standto.move.solve.list_walk import is_better
from tests.move.tiny import as_problem, problems, tiny_problem


def scored(problem: Problem, plan: Plan) -> tuple[float, ...]:
    return plan.totals.score(problem.goal)


@settings(max_examples=40)
@given(problems())
def test_every_plan_keeps_the_rules(problem: Problem) -> None:
    first, better = solve(problem, Rounds(0)), solve(problem, Rounds(25), seed=3)
    assert check(problem, first).violations == ()
    assert check(problem, better).violations == ()
    for new, old in zip(scored(problem, better), scored(problem, first), strict=True):
        if new != pytest.approx(old):
            assert new < old
            break


@pytest.mark.parametrize("family", [*FAMILIES, "S"])
@pytest.mark.parametrize("seed", [1, 2])
def test_families_are_delivered_in_full(family: str, seed: int) -> None:
    problem = generate(family, seed)
    first, better = solve(problem, Rounds(0)), solve(problem, Rounds(120))
    for plan in (first, better):
        assert check(problem, plan).violations == ()
        assert plan.totals.undelivered == 0
    assert not is_better(scored(problem, first), scored(problem, better))


def test_a_middle_sized_problem_is_delivered_in_full() -> None:
    problem = generate("M", 1)
    plan = solve(problem, Rounds(3))
    assert check(problem, plan).violations == ()
    assert plan.totals.undelivered == 0


def test_the_same_seed_gives_the_same_plan_and_another_may_not() -> None:
    problem = generate("small-large-small", 1)
    plans = [solve(problem, Rounds(150), seed=seed) for seed in (5, 5, 6)]
    assert plans[0] == plans[1]
    assert plans[0].vehicles != plans[2].vehicles


@pytest.mark.parametrize("family", ["sea or air", "tight use"])
def test_more_rounds_are_never_worse(family: str) -> None:
    problem = generate(family, 3)
    scores = [scored(problem, solve(problem, Rounds(rounds))) for rounds in (0, 10, 100, 450)]
    for fewer, more in pairwise(scores):
        assert not is_better(fewer, more)


@pytest.mark.parametrize("seed", range(4))
def test_a_start_is_never_made_worse(seed: int) -> None:
    problem = tiny_problem(seed)
    start = solve(problem, Rounds(600), seed=1)
    again = solve(problem, Rounds(0), start=start)
    assert check(problem, again).violations == ()
    assert scored(problem, again) <= scored(problem, start)


def test_a_start_with_its_vehicles_in_any_order_is_never_made_worse() -> None:
    problem = generate("sea or air", 4)
    start = solve(problem, Rounds(300), seed=2)
    backwards = start.model_copy(update={"vehicles": start.vehicles[::-1]})
    again = solve(problem, Rounds(0), start=backwards)
    assert check(problem, again).violations == ()
    assert scored(problem, again) <= scored(problem, start)


@pytest.mark.parametrize("goal", ["lateness", "closure"])
@pytest.mark.parametrize("family", ["one slot", "sea or air", "small-large-small"])
def test_a_start_made_for_later_readiness_is_never_made_worse(family: str, goal: Any) -> None:
    problem = generate(family, 2).with_goal(goal)
    later = [item.model_copy(update={"available_h": item.available_h + 9}) for item in problem.requirements]
    start = solve(problem.model_copy(update={"requirements": later}), Rounds(60))
    start = start.model_copy(update={"problem": problem.sha256})
    again = solve(problem, Rounds(0), start=start)
    assert check(problem, again).violations == ()
    assert scored(problem, again) <= start.totals.score(goal)


def test_a_start_that_breaks_rules_is_only_a_hint() -> None:
    problem = tiny_problem(2)
    start = solve(problem, Rounds(10))
    broken = [
        vehicle.model_copy(update={"stops": [stop.model_copy(update={"start_h": -5.0, "end_h": -4.0})
                                             for stop in vehicle.stops]})
        for vehicle in start.vehicles
    ]  # fmt: skip
    again = solve(problem, Rounds(5), start=start.model_copy(update={"vehicles": broken}))
    assert check(problem, again).violations == ()


def test_an_interrupt_gives_the_best_so_far() -> None:
    problem = tiny_problem(1)

    class Interrupted(Rounds):
        def __call__(self, rounds: int) -> bool:
            if rounds == 7:
                raise KeyboardInterrupt
            return False

    plan = solve(problem, Interrupted(1))
    assert plan.made_by["rounds"] == 7
    assert check(problem, plan).violations == ()


def test_progress_tells_time_rounds_and_an_ever_better_plan() -> None:
    told: list[Progress] = []
    ticks = iter(range(10_000))
    rule = Seconds(30, clock=lambda: float(next(ticks)))
    problem = generate("one slot", 1)
    plan = solve(problem, rule, progress=told.append)
    assert [item.rounds for item in told] == sorted(item.rounds for item in told)
    scores = [tuple(round(part, 6) for part in item.best.score(problem.goal)) for item in told]
    assert scores == sorted(scores, reverse=True)
    assert told[-1].best.weighted_lateness == pytest.approx(plan.totals.weighted_lateness)
    assert told[-1].best.sorties == plan.totals.sorties
    assert "weighted lateness" in told[-1].describe()


def movement(**fleet: Any) -> Problem:
    """A hundred people and ten tonnes from A to B, with one fleet."""
    usual = {
        "id": "F", "mode": "air", "count": 1, "base": "A", "seats": 10, "tonnes": 5, "classes": ["bulk"],
        "kmh": 100, "load_h": 1, "unload_h": 1, "service_h": 1,
    }  # fmt: skip
    need = {"id": "R", "pax": 100, "cargo": {"bulk": 10}, "origin": "A", "destination": "B"}
    return as_problem(
        {
            "places": [{"id": name, "slots": {"air": None}} for name in "AB"],
            "links": [{"from": "A", "to": "B", "mode": "air", "km": 300}],
            "fleets": [usual | fleet],
            "requirements": [need | {"available_h": 0, "due_h": 8}],
        }
    )


def test_a_very_large_fleet_takes_everything_at_once() -> None:
    problem = movement(count=100_000)
    plan = solve(problem, Rounds(0))
    assert plan.totals.closure_h == 5
    assert check(problem, plan).ok


def test_what_cannot_be_delivered_is_a_result() -> None:
    problem = movement(classes=[])
    plan = solve(problem, Rounds(20))
    (outcome,) = plan.requirements
    assert outcome.close_h is None
    assert (outcome.undelivered.pax, outcome.undelivered.cargo) == (0, {"bulk": 10})
    assert check(problem, plan).ok


def test_fleets_of_no_vehicles_and_problems_of_nothing_have_plans() -> None:
    for problem in (
        movement(count=0),
        as_problem({key: [] for key in ("places", "links", "fleets", "requirements")}),
    ):
        plan = solve(problem, Rounds(5))
        assert plan.vehicles == []
        assert check(problem, plan).ok


def test_hours_of_use_are_kept_over_many_trips() -> None:
    problem = movement(use_h_per_day=8, use_bank_days=1)
    plan = solve(problem, Rounds(0))
    assert plan.totals.undelivered == 0
    assert check(problem, plan).ok
    assert plan.totals.closure_h is not None
    assert plan.totals.closure_h > 24 * (plan.totals.moving_h / 8 - 2)


def test_made_by_says_how_to_make_it_again() -> None:
    made_by = solve(tiny_problem(0), Rounds(4), seed=9).made_by
    assert made_by["seed"] == 9
    assert made_by["rounds"] == 4
    assert made_by["options"]["stop"] == "Rounds(4)"
