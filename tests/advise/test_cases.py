"""Plans carried over from one case to another, and effort split over cases."""

from __future__ import annotations

import math

import pytest

from standto.advise.cases import Budget, Case, carry_over, evened_out, plan_cases
from standto.advise.value import assemble
from standto.move.bound import prove_bound
from standto.move.plan import Vehicle
from standto.move.problem import Problem
from standto.move.solve import Rounds
from tests.advise.small import aircraft, bound_at, lot, move, plan_of, shuttle, stop, unit


def test_a_plan_comes_forward_where_units_are_ready_earlier() -> None:
    late, early = move(unit("R1", 10.0)), move(unit("R1", 4.0))
    plan = plan_of(late, shuttle(late, (10.0, [lot("R1")])))
    carried = carry_over(early, plan)
    assert carried is not None
    assert carried.vehicles == [shuttle(early, (4.0, [lot("R1")]))]
    assert carried.problem == early.sha256
    assert (plan.totals.closure_h, carried.totals.closure_h) == (17.0, 11.0)


def test_who_is_ready_earlier_does_not_wait_for_who_closes_last() -> None:
    """R2 is not alerted and binds closure; R1 is alerted, and comes 120 h forward in a plan taken over."""
    fleets = [aircraft(2)]
    late = move(unit("R1", 240.0), unit("R2", 720.0), fleets=fleets)
    early = move(unit("R1", 120.0), unit("R2", 720.0), fleets=fleets)
    first = shuttle(late, (240.0, [lot("R1")]))
    plan = plan_of(late, first, shuttle(late, (720.0, [lot("R2")]), vehicle="C#2"))
    carried = carry_over(early, plan)
    assert carried is not None
    cases = Case("alert", early, carried, bound_at(727.0)), Case("none", late, plan, bound_at(727.0))
    value = assemble(*cases)
    assert value.closure_gain_h == 0.0
    assert [(gain.close_gain_h, gain.survived, gain.eaten_by) for gain in value.units] == [
        (120.0, 1.0, ""),
        (0.0, None, ""),
    ]


def test_a_plan_breaks_where_units_are_ready_later() -> None:
    late, early = move(unit("R1", 10.0)), move(unit("R1", 4.0))
    assert carry_over(late, plan_of(early, shuttle(early, (4.0, [lot("R1")])))) is None


def test_a_unit_that_is_there_already_closes_when_it_is_ready() -> None:
    late, early = move(unit("R1", 10.0, origin="B")), move(unit("R1", 4.0, origin="B"))
    carried = carry_over(early, plan_of(late))
    assert carried is not None
    assert carried.totals.closure_h == 4.0


def test_vehicles_that_may_start_earlier_do() -> None:
    late = move(unit("R1", 10.0), fleets=[aircraft(available_h=10.0)])
    early = move(unit("R1", 4.0), fleets=[aircraft(available_h=4.0)])
    carried = carry_over(early, plan_of(late, shuttle(late, (10.0, [lot("R1")]))))
    assert carried is not None
    assert carried.vehicles[0].stops[0].arrive_h == 4.0
    assert carried.vehicles[0].stops[0].start_h == 4.0


def test_an_idle_first_stop_moves_with_the_start() -> None:
    def ferried(ready_h: float) -> Vehicle:
        load = [lot("R1")]
        stops = [
            stop("B", ready_h, ready_h, ready_h, ready_h),
            stop("A", ready_h + 5, ready_h + 5, ready_h + 6, ready_h + 6, load=load),
            stop("B", ready_h + 11, ready_h + 11, ready_h + 12, None, unload=load),
        ]
        return Vehicle(id="C#1", fleet="C", base="B", stops=stops)

    late = move(unit("R1", 10.0), fleets=[aircraft(base="B", available_h=10.0)])
    early = move(unit("R1", 4.0), fleets=[aircraft(base="B", available_h=4.0)])
    carried = carry_over(early, plan_of(late, ferried(10.0)))
    assert carried is not None
    first = carried.vehicles[0].stops[0]
    assert (first.arrive_h, first.start_h, first.end_h, first.depart_h) == (4.0, 4.0, 4.0, 4.0)


def test_other_requirements_or_fleets_carry_nothing_over() -> None:
    problem = move(unit("R1", 0.0))
    plan = plan_of(problem, shuttle(problem, (0.0, [lot("R1")])))
    assert carry_over(move(unit("R2", 0.0)), plan) is None
    assert carry_over(move(unit("R1", 0.0), fleets=[aircraft(name="D")]), plan) is None


@pytest.mark.parametrize("seconds", [0.0, -1.0, float("nan")])
def test_a_budget_needs_time(seconds: float) -> None:
    with pytest.raises(ValueError, match="above 0"):
        Budget.seconds(seconds)


def test_a_budget_needs_a_round() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        Budget.rounds(0)


def test_a_budget_of_seconds_is_split_between_bounds_and_searches() -> None:
    budget = Budget.seconds(8.0)
    assert budget.bound_seconds == 2.0
    assert repr(budget.stop(0.5)) == "Seconds(3)"
    assert Budget.searching(8.0).bound_seconds is None
    assert repr(Budget.rounds(10).stop(0.01)) == "Rounds(1)"


def test_poorer_cases_are_searched_as_long_as_what_builds_on_them() -> None:
    """Three levels: one, two and three shares of search stand behind the plans before they are evened out.

    For closure three quarters of each go to lateness among the plans that close as soon.
    """
    given: list[float] = []

    def stop(share: float) -> Rounds:
        given.append(share)
        return Rounds(1)

    problems = {"none": move(unit("R1", 3.0)), "one": move(unit("R1", 2.0)), "all": move(unit("R1", 1.0))}
    bounds = {name: prove_bound(problem) for name, problem in problems.items()}
    levels = {"none": 0, "one": 1, "all": 2}
    assert plan_cases(problems, bounds, goal="lateness", stop=stop, levels=levels)
    assert given == [pytest.approx(part / 6) for part in (1, 1, 1, 2, 1)]
    given.clear()
    cases = plan_cases(problems, bounds, goal="closure", stop=stop, levels=levels)
    assert given == [pytest.approx(part / 24) for part in (1, 3, 1, 3, 1, 3, 2, 6, 1, 3)]
    assert [case.closure_h for case in cases.values()] == [10.0, 9.0, 8.0]
    for case in cases.values():
        assert case.plan.bound == case.bound.as_plan_bound()
        assert case.plan.requirements[0].why
        assert case.plan.problem == case.problem.sha256


def test_among_plans_that_close_as_soon_nobody_is_late_for_nothing() -> None:
    """R2 closes last whatever is done; a plan that lets R1 wait for it is taken up and mended."""
    problem = move(unit("R1", 0.0, due_h=10.0), unit("R2", 100.0, due_h=200.0))
    both = [lot("R1", 50), lot("R2", 50)]
    half = [item.model_copy(update={"pax": 50}) for item in problem.requirements]
    problem = Problem(**{**dict(problem), "requirements": half})
    start = plan_of(problem, shuttle(problem, (100.0, both)))
    assert start.totals.score("closure")[2:4] == (107.0, 97.0)
    bound = {"one": prove_bound(problem)}
    cases = plan_cases({"one": problem}, bound, goal="closure", stop=_rounds, starts={"one": start})
    assert cases["one"].plan.totals.score("closure")[2:4] == (107.0, 0.0)


def test_a_start_is_kept_where_nothing_better_is_found() -> None:
    problem = move(unit("R1", 3.0))
    start = plan_of(problem, shuttle(problem, (3.0, [lot("R1")])))
    bound = {"one": prove_bound(problem)}
    cases = plan_cases({"one": problem}, bound, goal="closure", stop=_rounds, starts={"one": start})
    assert cases["one"].plan.vehicles == start.vehicles


def test_a_poorer_case_may_wait_and_then_do_what_a_richer_one_does() -> None:
    """Without the alert closure is no later than with it by more than the hours that readiness is."""
    early, late = move(unit("R1", 0.0), unit("R2", 5.0)), move(unit("R1", 20.0), unit("R2", 5.0))
    good = plan_of(early, shuttle(early, (0.0, [lot("R1")]), (12.0, [lot("R2")])))
    bad = plan_of(late, shuttle(late, (90.0, [lot("R1")]), (102.0, [lot("R2")])))
    cases = {
        name: Case(name, problem, plan, prove_bound(problem))
        for name, problem, plan in (("none", late, bad), ("alert", early, good))
    }
    evened = evened_out(cases, cases)
    assert (evened["alert"].closure_h, evened["none"].closure_h) == (19.0, 39.0)


def _rounds(share: float) -> Rounds:
    return Rounds(math.ceil(40 * share))
