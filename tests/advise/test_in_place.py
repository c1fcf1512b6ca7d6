"""People and tonnes count at their destination when they are unloaded, not when the unit closes."""

from __future__ import annotations

from standto.advise.in_place import InPlace, in_place, in_place_at, in_place_by
from standto.move.plan import Vehicle
from tests.advise.small import lot, move, plan_of, shuttle, stop, unit


def test_each_part_counts_when_it_is_unloaded() -> None:
    problem = move(unit("R1", 2.0, pax=150, cargo={"bulk": 10.0}))
    first, second = [lot("R1", 100)], [lot("R1", 50, bulk=10.0)]
    plan = plan_of(problem, shuttle(problem, (2.0, first), (14.0, second)))
    assert in_place(problem, plan) == (InPlace(9.0, 100, 0.0), InPlace(21.0, 150, 10.0))
    assert plan.totals.closure_h == 21.0


def test_arrivals_of_one_hour_are_one_step() -> None:
    problem = move(unit("R1", 0.0, pax=60), unit("R2", 0.0, pax=40))
    plan = plan_of(problem, shuttle(problem, (0.0, [lot("R1", 60), lot("R2", 40)])))
    assert in_place(problem, plan) == (InPlace(7.0, 100, 0.0),)


def test_who_is_there_already_counts_from_when_it_is_ready() -> None:
    problem = move(unit("R1", 3.0, pax=70, origin="B"))
    assert in_place(problem, plan_of(problem)) == (InPlace(3.0, 70, 0.0),)


def test_a_stop_elsewhere_is_not_in_place_and_leaving_again_takes_away() -> None:
    problem = move(unit("R1", 0.0))
    load = [lot("R1")]
    there_back_and_there = Vehicle(
        id="C#1",
        fleet="C",
        base="A",
        stops=[
            stop("A", 0, 0, 1, 1, load=load),
            stop("B", 6, 6, 7, 7, unload=load),
            stop("B", 7, 10, 11, 11, load=load),
            stop("A", 16, 16, 18, 18, unload=load, load=load),
            stop("B", 23, 23, 24, None, unload=load),
        ],
    )
    plan = plan_of(problem, there_back_and_there)
    assert in_place(problem, plan) == (InPlace(7, 100, 0.0), InPlace(10, 0, 0.0), InPlace(24, 100, 0.0))


def test_groups_keep_the_order_of_the_problem_and_add_up() -> None:
    problem = move(unit("R1", 0.0, pax=60, nation="USA"), unit("R2", 0.0, pax=40, nation="POL"))
    plan = plan_of(problem, shuttle(problem, (0.0, [lot("R1", 60)]), (12.0, [lot("R2", 40)])))
    groups = in_place_by(problem, plan, lambda requirement: requirement.nation)
    assert list(groups) == ["USA", "POL"]
    assert sum(steps[-1].people for steps in groups.values()) == in_place(problem, plan)[-1].people


def test_at_an_hour_counts_what_ends_at_that_very_hour() -> None:
    steps = (InPlace(7.0, 100, 1.0), InPlace(9.0, 150, 2.0))
    assert in_place_at(steps, 6.9).people == 0
    assert in_place_at(steps, 7.0).people == 100
    assert in_place_at(steps, 30.0) == InPlace(30.0, 150, 2.0)
    assert in_place_at((), 5.0) == InPlace(5.0, 0, 0.0)
