"""One more of a scarce thing, planned again."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standto.advise.cases import Budget, Case
from standto.advise.cures import Cure, cures_of, say_cure
from standto.move.bound import Bottleneck, Bound, prove_bound, with_more
from standto.move.bound.result import Kind
from standto.move.check import check
from standto.move.problem import Link, Problem
from standto.move.solve import Rounds, solve
from tests.advise.small import aircraft, lot, move, plan_of, shuttle, unit
from tests.move.tiny import tiny_problem

EFFORT = Budget.rounds(40)


def scarce(kind: Kind, name: str, mode: str = "") -> Bottleneck:
    return Bottleneck(kind, name, mode, 0.0, 0.0, "")


def case_of(problem: Problem, *bottlenecks: Bottleneck) -> Case:
    plan = solve(problem, Rounds(20))
    bound = Bound(0.0, 0.0, {}, (), "by hand", 0.0, bottlenecks)
    return Case("", problem, plan, bound)


def test_one_more_aircraft_ends_the_queue() -> None:
    problem = move(unit("R1", 0.0), unit("R2", 0.0)).with_goal("closure")
    (cure,) = cures_of(case_of(problem, scarce("fleet", "C")), budget=EFFORT)
    assert cure.closure_gain_h == pytest.approx(12.0)
    assert cure.lateness_gain == pytest.approx(12.0)
    assert cure.sentence == (
        "One more C leaves the bound where it is; "
        "re-planned, closure falls by 12 hours and weighted hours late fall by 12."
    )


def test_a_cure_of_what_does_not_bind_changes_nothing() -> None:
    problem = move(unit("R1", 0.0), slots=1).with_goal("closure")
    (cure,) = cures_of(case_of(problem, scarce("slots", "B", "air")), budget=EFFORT)
    assert cure.closure_gain_h == pytest.approx(0.0)
    assert cure.sentence.endswith("re-planned, the plan stays as late as it was.")


def test_the_best_cure_comes_first() -> None:
    problem = move(unit("R1", 0.0), unit("R2", 0.0)).with_goal("closure")
    slots, fleet = scarce("slots", "B", "air"), scarce("fleet", "C")
    found = cures_of(case_of(problem, slots, fleet), budget=EFFORT)
    assert [cure.bottleneck for cure in found] == [fleet, slots]


def test_no_bottlenecks_no_cures() -> None:
    assert cures_of(case_of(move(unit("R1", 0.0)))) == ()


def test_a_cure_that_delivers_more_has_no_closure_gain() -> None:
    problem = move(unit("R1", 0.0))
    moved = plan_of(problem, shuttle(problem, (0.0, [lot("R1")])))
    cure = Cure(scarce("fleet", "C"), "one more C", moved, plan_of(problem))
    assert cure.closure_gain_h is None
    assert cure.sentence.endswith("re-planned, more is delivered.")


def test_what_is_eased() -> None:
    links = [Link(origin="A", destination="B", mode="air", km=500.0, closed=[(0.0, 9.0)])]
    bases = aircraft(3).model_copy(update={"base": None, "bases": {"A": 1, "B": 2}})
    problem = move(unit("R1", 30.0), slots=1, links=links, fleets=[bases])
    more = [
        scarce("slots", "B", "air"),
        scarce("fleet", "C"),
        scarce("readiness", "R1"),
        scarce("way", "A->B (air)", "air"),
    ]
    slots, fleet, ready, way = (with_more(problem, one) for one in more)
    assert (slots.places[0].slots, slots.places[1].slots) == ({"air": 1}, {"air": 2})
    assert (fleet.fleets[0].count, fleet.fleets[0].bases) == (4, {"A": 1, "B": 3})
    assert ready.requirements[0].available_h == 6.0
    assert way.links[0].closed == []
    assert [say_cure(problem, one) for one in more] == [
        "one more air slot at B",
        "one more C",
        "R1 ready 24 hours earlier",
        "no closing of A->B (air)",
    ]
    assert len({item.sha256 for item in (problem, slots, fleet, ready, way)}) == 5


def test_one_more_of_no_limit_is_no_limit() -> None:
    problem = move(unit("R1", 0.0))
    assert with_more(problem, scarce("slots", "B", "air")).places == problem.places


@settings(max_examples=15)
@given(st.integers(0, 5_000))
def test_no_cure_does_harm(seed: int) -> None:
    problem = tiny_problem(seed)
    case = Case("", problem, solve(problem, Rounds(20)), prove_bound(problem, bottlenecks=2))
    for cure in cures_of(case, budget=EFFORT):
        eased = with_more(problem, cure.bottleneck)
        assert cure.plan.totals.score(problem.goal) <= cure.before.totals.score(problem.goal)
        assert cure.before.totals.score(problem.goal) <= case.plan.totals.score(problem.goal)
        assert check(eased, cure.plan).ok
        assert check(problem, cure.before).ok
