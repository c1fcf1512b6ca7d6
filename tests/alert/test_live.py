"""The live readiness clock: what the record's orders make of every unit, and its own reports beside it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from standto.alert.commands import ReportReadiness, SupersedeAlert
from standto.alert.force import alerts_of, as_alerted
from standto.alert.live import UnitClock, clocks
from standto.errors import UsageError
from tests.alert.scenes import FORCE, START, Watch, force

TASKS = [
    {"unit_type": "U3", "name": "recall", "hours": 10, "at": "heightened"},
    {"unit_type": "U3", "name": "checks", "hours": 20, "after": ("recall",), "at": "heightened"},
    {"unit_type": "U3", "name": "draw-stores", "hours": 6, "after": ("checks",)},
]
WITH_TASKS = force(tasks=TASKS)


def after(hours: float) -> datetime:
    return START + timedelta(hours=hours)


def clock_of(watch: Watch, unit: str, **options: Any) -> UnitClock:
    scenario = as_alerted(watch.scenario, watch.state)
    found = clocks(scenario, watch.state, now=watch.clock.now, **options)
    return next(one for one in found if one.unit == unit)


def test_the_clock_counts_from_the_order_and_not_beyond_the_posture_s_notice() -> None:
    watch = Watch()
    watch.raise_()
    watch.later(hours=50)
    told, other = clock_of(watch, "U1"), clock_of(watch, "U3")
    assert (told.left_h, told.posture, told.critical) == (190, "heightened", "notice to move")
    assert told.ready_at == after(240)
    assert (other.left_h, other.posture) == (240, "normal")
    assert clock_of(watch, "U1", ordered_at=after(500)).left_h == 120


def test_an_order_in_force_from_another_time_counts_from_then() -> None:
    watch = Watch()
    watch.raise_(at=after(-10))
    assert clock_of(watch, "U1", ordered_at=after(0)).left_h == 230


@pytest.mark.parametrize(
    ("answer", "left_h"), [("yes", 190), ("caveat", 190), ("no", 240), ("awaiting", 240)]
)
def test_only_what_a_nation_has_not_refused_or_put_off_counts(answer: str, left_h: float) -> None:
    watch = Watch()
    watch.raise_()
    watch.later(hours=10)
    watch.answer("U1", answer)
    watch.later(hours=40)
    assert clock_of(watch, "U1").left_h == left_h


def test_standing_down_and_superseding_change_the_clock() -> None:
    watch = Watch()
    watch.raise_("A1", ("U1", "U2"))
    watch.later(hours=100)
    watch.raise_("A2", ("U1",), "immediate", command=SupersedeAlert, supersedes="A1")
    watch.later(hours=50)
    assert clock_of(watch, "U1").left_h == 90
    assert clock_of(watch, "U2").left_h == 240
    rows = alerts_of(FORCE, watch.state)
    assert [(row.id, row.at, row.units, row.posture) for row in rows] == [
        ("A1", after(0), ("U1", "U2"), "heightened"),
        ("A1.2", after(100), ("U2",), "normal"),
        ("A2", after(100), ("U1",), "immediate"),
    ]


def test_a_raise_by_another_order_renews_a_posture_that_had_decayed() -> None:
    units = [
        {
            "id": "U1",
            "nation": "NLD",
            "strength": 100,
            "home": "EHEH",
            "notice_h": (240, 120, 48),
            "sustain_days": (0, 5, 2),
        }
    ]
    watch = Watch(scenario=force(units=units, packages=[]))
    watch.raise_("A1", ("U1",))
    watch.later(days=6)
    assert clock_of(watch, "U1").posture == "normal"
    watch.raise_("A2", ("U1",))
    watch.later(hours=1)
    assert clock_of(watch, "U1").posture == "heightened"


def test_the_critical_task_is_named() -> None:
    watch = Watch(scenario=WITH_TASKS)
    watch.raise_(units=("U3",))
    watch.later(hours=12)
    found = clock_of(watch, "U3")
    assert (found.left_h, found.critical) == (24, "checks")
    watch.later(hours=50)
    assert (clock_of(watch, "U3").left_h, clock_of(watch, "U3").critical) == (6, "draw-stores")


def test_a_report_stands_beside_the_clock_with_its_age() -> None:
    watch = Watch(scenario=WITH_TASKS)
    watch.raise_(units=("U3",))
    watch.later(hours=32)
    watch.do(ReportReadiness, unit="U3", left_h=16, done=("recall",), at=after(31), by="U3 duty officer")
    watch.later(hours=4)
    found = clock_of(watch, "U3")
    assert found.left_h == 6
    assert found.reported is not None
    assert (found.reported.left_h, found.reported.computed_h, found.reported.age_h) == (16, 6, 5)
    assert found.late == (
        "task checks should be done and is not reported done",
        "reports 10.0 h more than the clock gives it",
    )
    watch.do(ReportReadiness, unit="U3", left_h=6, done=("recall", "checks"))
    assert clock_of(watch, "U3").late == ()
    watch.do(ReportReadiness, unit="U3", left_h=99, at=after(1))
    reported = clock_of(watch, "U3").reported
    assert reported is not None
    assert reported.left_h == 6, "an older report came in later"


def test_overdue_answers_are_late() -> None:
    watch = Watch()
    watch.raise_(reply_by=after(2))
    watch.answer("U2", "awaiting", until=after(5))
    assert clock_of(watch, "U1").late == ()
    watch.later(hours=6)
    assert clock_of(watch, "U1").late == ("has not answered A1, due 2030-05-01 08:00Z",)
    assert clock_of(watch, "U2").late == ("national approval for A1 was due 2030-05-01 11:00Z",)
    watch.ack("U1")
    assert clock_of(watch, "U1").late == ()


def test_a_scenario_with_other_postures_is_refused() -> None:
    watch = Watch()
    watch.raise_()
    for postures in (("normal",), ("normal", "ready", "immediate")):
        settings = {**FORCE.settings.model_dump(), "postures": postures}
        with pytest.raises(UsageError, match="orders heightened as posture 1"):
            alerts_of(force(settings=settings), watch.state)


def test_a_scenario_with_alerts_of_its_own_is_refused() -> None:
    own = force(alerts=[{"id": "X", "at": START, "units": ("U1",), "posture": "heightened"}])
    with pytest.raises(UsageError, match="alerts of its own"):
        as_alerted(own, Watch().state)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"left_h": -1.0}, "no number of hours"),
        ({"unit": " "}, "needs a unit"),
        ({"at": after(1)}, "a time to come"),
    ],
)
def test_an_unsound_report_is_refused(fields: dict[str, Any], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        Watch().do(ReportReadiness, **{"unit": "U1", "left_h": 5.0, **fields})


def test_only_units_of_the_force_have_a_clock() -> None:
    with pytest.raises(UsageError, match="no unit 'U9'"):
        clocks(FORCE, Watch().state, now=START, units=["U9"])
