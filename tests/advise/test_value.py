"""The value of an alert, where it can be worked out by hand and where it must only be honest."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from standto.advise.cases import Budget, carry_over
from standto.advise.value import WITH, WITHOUT, AlertValue, assemble, value_of_problems
from standto.move.check import check
from standto.move.problem import Problem
from standto.move.solve import retime
from tests.advise.small import aircraft, move, unit
from tests.move.tiny import tiny_problem

EFFORT = Budget.rounds(60)


def about(hours: float) -> object:
    """Bounds are rounded down by the solver's numerical error."""
    return pytest.approx(hours, abs=0.01)


def value_of(without: Problem, with_alerts: Problem, **left_out: Problem) -> AlertValue:
    others = {f"without {name}": problem for name, problem in left_out.items()}
    return value_of_problems({WITHOUT: without, **others, WITH: with_alerts}, budget=EFFORT)


def test_bound_by_readiness_the_whole_alert_survives() -> None:
    """Two aircraft stand ready for two units: 24 h earlier ready is 24 h earlier in place."""
    fleets = [aircraft(2)]
    value = value_of(
        move(unit("R1", 48.0), unit("R2", 48.0), fleets=fleets),
        move(unit("R1", 24.0), unit("R2", 24.0), fleets=fleets),
    )
    assert value.closure_gain_h == pytest.approx(24.0)
    assert value.closure_range_h == (about(24.0), about(24.0))
    assert value.survived == pytest.approx(1.0)
    assert [gain.eaten_by for gain in value.units] == ["", ""]
    assert [row.people_gained for row in value.by_day] == [0, 200, 0]
    assert value.people_gained(2) == 200
    assert value.people_gained(99) == 0


def test_bound_by_lift_the_alert_buys_nothing() -> None:
    """The only aircraft comes at hour 100: ready at 24 or at 48 is the same."""
    fleets = [aircraft(available_h=100.0)]
    value = value_of(move(unit("R1", 48.0), fleets=fleets), move(unit("R1", 24.0), fleets=fleets))
    assert value.closure_gain_h == pytest.approx(0.0)
    assert value.closure_range_h == (about(0.0), about(0.0))
    assert value.survived == pytest.approx(0.0)
    assert value.units[0].eaten_cause == "lift"
    assert value.units[0].eaten_by


def test_bound_by_lift_in_part() -> None:
    """Ready 48 h earlier, but the aircraft comes 12 h after that: 36 of 48 h survive."""
    fleets = [aircraft(available_h=36.0)]
    value = value_of(move(unit("R1", 72.0), fleets=fleets), move(unit("R1", 24.0), fleets=fleets))
    assert value.closure_gain_h == pytest.approx(36.0)
    assert value.survived == pytest.approx(36 / 48)


def test_lateness_is_shown_beside_closure() -> None:
    """The unit that closes last is not alerted: closure gains nothing, lateness 24 h for the other."""
    fleets = [aircraft(2)]
    due_late = unit("R2", 200.0, due_h=300.0)
    value = value_of(
        move(unit("R1", 48.0, due_h=10.0), due_late, fleets=fleets),
        move(unit("R1", 24.0, due_h=10.0), due_late, fleets=fleets),
    )
    assert value.closure_gain_h == pytest.approx(0.0)
    assert value.lateness_gain == pytest.approx(24.0)
    assert value.lateness_with is not None
    assert value.lateness_with.plan.totals.weighted_lateness == pytest.approx(31.0 - 10.0)


def test_each_alert_left_out_in_turn() -> None:
    """R1 is ready last unless both are alerted; leaving out the alert of R2 costs its part alone."""
    fleets = [aircraft(2)]

    def ready(first_h: float, second_h: float) -> Problem:
        return move(unit("R1", first_h), unit("R2", second_h), fleets=fleets)

    value = value_of(ready(72.0, 48.0), ready(24.0, 24.0), A1=ready(72.0, 24.0), A2=ready(24.0, 48.0))
    assert value.closure_gain_h == pytest.approx(48.0)
    assert value.alert_gain_h("A1") == pytest.approx(48.0)
    assert value.alert_gain_h("A2") == pytest.approx(24.0)
    assert value.alert_range_h("A2") == (about(24.0), about(24.0))


def test_without_alerts_there_is_one_case() -> None:
    value = value_of_problems({WITHOUT: move(unit("R1", 0.0))}, budget=EFFORT)
    assert value.with_alerts is value.without
    assert value.closure_gain_h == 0.0
    assert value.survived is None
    assert value.left_out == {}


def test_an_alert_that_lowers_readiness_is_printed_as_it_is() -> None:
    value = value_of(move(unit("R1", 24.0)), move(unit("R1", 48.0)))
    assert value.closure_gain_h == pytest.approx(-24.0)


def test_same_seed_same_value() -> None:
    late, early = _readied(tiny_problem(4), 6.0)
    assert value_of(late, early).with_alerts.plan.vehicles == value_of(late, early).with_alerts.plan.vehicles


def _readied(problem: Problem, hours: float, only: int | None = None) -> tuple[Problem, Problem]:
    """A problem without and with an alert that makes units (or one alone) that much earlier ready."""
    late = [
        item.model_copy(update={"available_h": item.available_h + hours}) for item in problem.requirements
    ]
    early = [
        item if only is None or number == only % len(late) else late[number]
        for number, item in enumerate(problem.requirements)
    ]
    return (
        Problem(**{**dict(problem), "requirements": late}),
        Problem(**{**dict(problem), "requirements": early}),
    )


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 10_000), st.sampled_from([1.0, 5.0, 20.0]), st.sampled_from([None, 0, 1]))
def test_never_negative_and_always_true(seed: int, hours: float, only: int | None) -> None:
    late, early = _readied(tiny_problem(seed), hours, only)
    value = value_of(late, early)
    rich, poor = value.with_alerts, value.without
    for case in (rich, poor, value.lateness_with, value.lateness_without):
        assert case is not None
        assert check(case.problem, case.plan).ok
        assert retime(case.problem, case.plan) is case.plan, "nobody waits who could go"
    assert rich.plan.totals.score("closure") <= poor.plan.totals.score("closure")
    for case, on_time in ((rich, value.lateness_with), (poor, value.lateness_without)):
        assert on_time is not None
        assert case.plan.totals.score("closure") <= on_time.plan.totals.score("closure")
        assert on_time.plan.totals.score("lateness") <= case.plan.totals.score("lateness")
    assert value.closure_gain_h is None or value.closure_gain_h >= 0
    assert value.lateness_gain is None or value.lateness_gain >= 0
    if value.closure_range_h is not None and value.closure_gain_h is not None:
        low, high = value.closure_range_h
        assert low - 1e-6 <= value.closure_gain_h <= high + 1e-6
    for gain in value.units:
        assert gain.survived is None or 0 <= gain.survived <= 1
    last = value.by_day[-1]
    assert last.people_with == sum(item.pax for item in early.requirements) or rich.plan.totals.undelivered


def test_what_a_richer_case_finds_a_poorer_one_may_keep() -> None:
    """Plans that need no readiness are the same with and without: no value comes from searching longer."""
    for seed in range(12):
        late, early = _readied(tiny_problem(seed), 1e-9)
        value = value_of(late, early)
        carried = carry_over(value.without.problem, value.with_alerts.plan)
        if carried is not None:
            assert value.closure_gain_h == pytest.approx(0.0, abs=1e-6)


def test_units_and_days_are_read_off_the_cases() -> None:
    value = value_of(move(unit("R1", 48.0)), move(unit("R1", 24.0)))
    again = assemble(value.with_alerts, value.without)
    assert again.units == value.units
    assert again.by_day == value.by_day
