"""Plans re-timed with what was reported: nothing reported changes nothing, losses go on to what waits."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from standto.move.check import check
from standto.move.plan import Plan
from standto.move.problem import Problem
from standto.move.solve.forecast import forecast
from standto.move.solve.reported import Report
from tests.move.check.cases import Movement
from tests.move.check.driver import drive
from tests.move.solve.test_retime import doings, hours_of, plan_of
from tests.move.tiny import problems


def by_hand() -> tuple[Problem, Plan]:
    """C#1 and C#2 fly from A to B through one slot, T#1 takes on what they bring."""
    problem, plan = Movement().read()
    assert check(problem, plan).violations == ()
    return problem, plan


@settings(max_examples=60)
@given(problems(), st.integers(0, 2**32))
def test_nothing_reported_changes_nothing(problem: Problem, seed: int) -> None:
    plan = plan_of(problem, drive(problem, Random(seed)))
    assert forecast(problem, plan, []).plan is plan


@settings(max_examples=120)
@given(problems(), st.integers(0, 2**32), st.data())
def test_losses_keep_every_rule_and_make_nothing_earlier(
    problem: Problem, seed: int, data: st.DataObject
) -> None:
    plan = plan_of(problem, drive(problem, Random(seed)))
    stops = [(one.id, number) for one in plan.vehicles for number in range(1, len(one.stops) + 1)]
    if not stops:
        return
    lost = data.draw(st.lists(st.tuples(st.sampled_from(stops), st.sampled_from([0.5, 3, 40])), max_size=4))
    reports = [
        Report(what="delayed", hour=0, vehicle=vehicle, stop=stop, lost_h=hours)
        for (vehicle, stop), hours in lost
    ]
    told = forecast(problem, plan, reports)
    assert told.broken == ()
    assert told.unmatched == ()
    assert check(problem, told.plan).violations == ()
    assert doings(told.plan) == doings(plan)
    for name, before in hours_of(plan).items():
        for old, new in zip(before, hours_of(told.plan)[name], strict=True):
            assert all((b or 0) >= (a or 0) for a, b in zip(old, new, strict=True))
    for outcome in plan.requirements:
        now = told.plan.outcome(outcome.id)
        assert (now.close_h is None) == (outcome.close_h is None)
        assert (now.close_h or 0) >= (outcome.close_h or 0)


def test_a_late_departure_is_felt_by_all_that_waits_for_it() -> None:
    problem, plan = by_hand()
    before = hours_of(plan)
    left_h = before["C#2"][0][3]
    assert left_h is not None
    told = forecast(problem, plan, [Report(what="departed", hour=left_h + 10, vehicle="C#2", stop=1)])
    after = hours_of(told.plan)
    assert after["C#1"] == before["C#1"]
    assert after["C#2"][0][3] == left_h + 10
    assert after["C#2"][1][2] == before["C#2"][1][2] + 10
    assert told.broken == ()


def test_an_arrival_reported_early_closes_early() -> None:
    problem, plan = by_hand()
    vehicle, stop = next(
        (one.id, number)
        for one in plan.vehicles
        for number, item in enumerate(one.stops, 1)
        if item.unload and number == len(one.stops)
    )
    planned = hours_of(plan)[vehicle][stop - 1]
    told = forecast(
        problem, plan, [Report(what="arrived", hour=planned[0] - 0.5, vehicle=vehicle, stop=stop)]
    )
    assert hours_of(told.plan)[vehicle][stop - 1][:3] == tuple(hour - 0.5 for hour in planned[:3])


def test_what_should_have_been_reported_by_now_happens_now_at_the_earliest() -> None:
    problem, plan = by_hand()
    wanted = frozenset(item.id for item in problem.requirements)
    assert forecast(problem, plan, [], now_h=50.0).plan is plan
    told = forecast(problem, plan, [], now_h=50.0, expected=wanted).plan
    assert all(item.close_h is None or item.close_h >= 50 for item in told.requirements)
    assert doings(told) == doings(plan)


def test_people_are_counted_off_in_the_order_of_the_plan() -> None:
    problem, plan = by_hand()
    requirement = next(item for item in problem.requirements if item.pax)
    loads = sorted(
        (stop.depart_h or 0.0, one.id, number, lot.pax)
        for one in plan.vehicles
        for number, stop in enumerate(one.stops)
        if stop.place == requirement.origin
        for lot in stop.load
        if lot.requirement == requirement.id
    )
    first_h, vehicle, number, people = loads[0]
    report = Report(what="departed", hour=first_h + 3, requirement=requirement.id, people=people)
    told = forecast(problem, plan, [report]).plan
    assert hours_of(told)[vehicle][number][3] == first_h + 3


def test_reports_that_the_plan_knows_nothing_of_are_named() -> None:
    problem, plan = by_hand()
    reports = [
        Report(what="departed", hour=1, vehicle="Z#9"),
        Report(what="arrived", hour=1, requirement="R99", people=1),
        Report(what="departed", hour=1, vehicle="C#1", stop=77),
    ]
    told = forecast(problem, plan, reports)
    assert told.plan is plan
    assert [line.rsplit(" ", 1)[1] for line in told.unmatched] == ["Z#9", "R99", "C#1"]
