"""The headline is grammatical and never says more than the plans and bounds hold."""

from __future__ import annotations

from typing import Any

import pytest

from standto.advise.cases import Case
from standto.advise.headline import headline, value_sentences
from standto.advise.value import WITH, WITHOUT, AlertValue, assemble
from standto.move.problem import About, Problem
from tests.advise.small import aircraft, bound_at, lot, move, plan_of, shuttle, unit


def case(
    problem: Problem,
    *loads: tuple[float, str],
    bound_h: float | None = None,
    left_out: tuple[str, ...] = (),
    name: str = WITH,
) -> Case:
    """One aircraft takes each named unit whole, loading from the given hour on."""
    pax = {requirement.id: requirement.pax for requirement in problem.requirements}
    trips = [(hour, [lot(item, pax[item])]) for hour, item in loads]
    plan = plan_of(problem, shuttle(problem, *trips)) if trips else plan_of(problem)
    return Case(name, problem, plan, bound_at(bound_h, left_out=left_out))


def two_loads(**more: Any) -> Problem:
    return move(unit("R1", 0.0, pax=80), unit("R2", 0.0, pax=20), **more)


def test_most_by_a_day_and_all_by_another() -> None:
    told = headline(case(two_loads(), (10.0, "R1"), (60.0, "R2"), bound_h=19.0))
    assert told == (
        "EXERCISE: of 100 people ordered on 25 Feb 2022, 80 are in place by day 1 and all by day 2.8 "
        "(no plan can beat day 0.7)."
    )


def test_all_at_once() -> None:
    told = headline(case(move(unit("R1", 0.0)), (0.0, "R1"), bound_h=7.0))
    assert told == (
        "EXERCISE: of 100 people ordered on 25 Feb 2022, all are in place by day 0.3 "
        "(proven: no plan can be earlier)."
    )


def test_nothing_delivered() -> None:
    told = headline(case(move(unit("R1", 0.0, pax=1)), bound_h=None, left_out=("R1",)))
    assert told == "EXERCISE: of 1 person ordered on 25 Feb 2022, nobody gets there."


def test_some_not_delivered() -> None:
    told = headline(case(two_loads(), (0.0, "R1"), bound_h=7.0))
    assert told == (
        "EXERCISE: of 100 people ordered on 25 Feb 2022, 80 are in place by day 0.3, "
        "and 20 people are not delivered."
    )


def test_some_that_cannot_be_delivered() -> None:
    told = headline(case(two_loads(), (0.0, "R1"), bound_h=7.0, left_out=("R2",)))
    assert told.endswith("80 are in place by day 0.3, and 20 people cannot be delivered.")


def test_cargo_only_without_an_epoch() -> None:
    problem = move(unit("R1", 0.0, pax=0, cargo={"bulk": 20.0}), epoch=None)
    plan = plan_of(problem, shuttle(problem, (0.0, [lot("R1", 0, bulk=20.0)])))
    told = headline(Case("", problem, plan, bound_at(None)))
    assert told == "EXERCISE: of 20 t ordered, all are in place by day 0.3."


def test_nothing_ordered() -> None:
    assert headline(case(move())) == "EXERCISE: nothing is ordered to move."


def test_real_and_civil_words() -> None:
    problem = move(unit("R1", 0.0), about=About(kind="real", vocabulary="civil"))
    told = headline(case(problem, (0.0, "R1")))
    assert told.startswith("REAL: of 100 people called out on 25 Feb 2022, all are in place")


def valued(
    with_h: float,
    without_h: float,
    *,
    ready: tuple[float, float] = (10.0, 82.0),
    bounds: tuple[float | None, float | None] = (None, None),
    about: About | None = None,
) -> AlertValue:
    """One unit that loads at one hour with the alert, at another without it."""
    early = move(unit("R1", ready[0]), about=about)
    late = move(unit("R1", ready[1]), about=about)
    rich = case(early, (with_h, "R1"), bound_h=bounds[0])
    poor = case(late, (without_h, "R1"), bound_h=bounds[1], name=WITHOUT)
    return assemble(rich, poor, left_out={"A01": poor})


def test_the_alert_brings_closure_forward() -> None:
    told = headline(valued(10.0, 82.0, bounds=(15.0, 80.0)))
    assert told.endswith("; the alert brings closure forward by 3 days (proven between 2.6 and 3.1).")


def test_hours_and_days_in_one_range_are_told_apart() -> None:
    told = headline(valued(42.0, 82.0, bounds=(15.0, 80.0)))
    assert told.endswith("; the alert brings closure forward by 40 hours (proven between 1.2 and 3.1 days).")


def test_an_exact_value_is_called_proven() -> None:
    assert headline(valued(10.0, 82.0, bounds=(17.0, 89.0))).endswith("by 3 days (proven).")


def test_civil_words_for_the_value() -> None:
    told = headline(valued(10.0, 82.0, about=About(vocabulary="civil")))
    assert told.endswith("; the stand-up brings the last arrival forward by 3 days.")


def test_the_alert_makes_nobody_ready_earlier() -> None:
    told = headline(valued(82.0, 82.0, ready=(82.0, 82.0)))
    assert told.endswith("; the alert makes no unit ready earlier.")


def test_an_alert_that_buys_nothing_says_what_binds() -> None:
    fleets = [aircraft(available_h=100.0)]
    early, late = move(unit("R1", 10.0), fleets=fleets), move(unit("R1", 82.0), fleets=fleets)
    rich, poor = case(early, (100.0, "R1")), case(late, (100.0, "R1"), name=WITHOUT)
    value = assemble(rich, poor, left_out={"A01": poor})
    told = headline(value)
    assert "; the alert buys nothing at closure: lift" in told
    assert told.endswith("binds.")
    assert value.survived == 0.0
    assert value.units[0].eaten_cause == "lift"
    assert "Of the readiness gained, 0% survived to arrival." in value_sentences(value)


def test_no_alert_at_all() -> None:
    only = case(move(unit("R1", 82.0)), (82.0, "R1"), name=WITHOUT)
    assert headline(assemble(only, only)).endswith("; no unit was put on alert.")


def test_plans_that_do_not_deliver_alike_have_no_closure_gain() -> None:
    early, late = two_loads(), move(unit("R1", 5.0, pax=80), unit("R2", 5.0, pax=20))
    rich = case(early, (0.0, "R1"), (20.0, "R2"), bound_h=7.0)
    poor = case(late, (5.0, "R1"), bound_h=12.0, name=WITHOUT)
    value = assemble(rich, poor)
    assert value.closure_gain_h is None
    assert value.closure_range_h is None
    assert headline(value).endswith("; with the alert 20 people more get there.")


def test_sentences_name_each_alert() -> None:
    value = valued(10.0, 82.0)
    poor, rich = value.without, value.with_alerts
    both = assemble(rich, poor, left_out={"A01": poor, "A02": rich})
    said = value_sentences(both)
    assert said[0] == "The alerts bring closure forward by 3 days."
    assert "Without A01 alone, closure comes 3 days later." in said
    assert "Without A02 alone, closure comes no later." in said
    assert "The most is gained on day 1: 100 people in place instead of 0." in said


@pytest.mark.parametrize(("low", "high"), [(None, 80.0), (15.0, None)])
def test_half_a_proof_proves_nothing(low: float | None, high: float | None) -> None:
    assert valued(10.0, 82.0, bounds=(low, high)).closure_range_h is None
