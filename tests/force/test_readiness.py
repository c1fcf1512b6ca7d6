"""The readiness clock keeps the rules that docs/concepts/readiness.md states."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from standto.errors import ScenarioError
from standto.force.readiness import PostureChange, Readiness, TaskRun, order_hours, readiness
from tests.force.scenes import CELL, alert, hour, scenario, task, unit

POSTURES = ("normal", "heightened", "immediate")
HOURS = st.integers(-2000, 2000).map(float)
NOTICES = st.lists(st.integers(0, 500), min_size=3, max_size=3).map(lambda n: tuple(sorted(n, reverse=True)))
RAISES = st.lists(st.tuples(HOURS, st.sampled_from(POSTURES[1:])), max_size=5)


def ready_h(*alerts: CELL, at_h: float = 0.0, **cells: Any) -> float:
    """When unit A is ready, ordered to move at an hour."""
    return readiness(scenario([unit(**cells)], alerts), {"A": at_h})["A"].ready_h


# --- the count-down of notice ---


def test_without_an_alert_a_unit_takes_its_first_notice() -> None:
    found = readiness(scenario([unit()]), {"A": 12.0})["A"]
    assert found == Readiness("A", 12, 252, 240, "notice to move", (), ())


def test_the_alert_of_2022_thirty_two_days_ahead_buys_five_days() -> None:
    assert ready_h() - ready_h(alert(-32 * 24, "heightened")) == 120


def test_an_alert_shortly_before_the_order_buys_its_lead_only() -> None:
    assert ready_h(alert(-30, "heightened")) == 210


@given(HOURS, HOURS, NOTICES, st.integers(1, 2))
def test_one_alert_follows_the_formula(
    alert_h: float, at_h: float, notice_h: tuple[float, ...], k: int
) -> None:
    found = ready_h(alert(alert_h, POSTURES[k]), at_h=at_h, notice_h=notice_h)
    expected = at_h + max(notice_h[k], notice_h[0] - max(0.0, at_h - alert_h))
    assert found == pytest.approx(expected)


@given(HOURS, st.floats(0, 500), st.sampled_from(POSTURES))
def test_an_alert_at_or_after_the_order_changes_nothing(at_h: float, later: float, posture: str) -> None:
    later_h = round(at_h + later)
    assert ready_h(alert(later_h, posture), at_h=at_h) == ready_h(at_h=at_h)


@given(RAISES, HOURS, NOTICES, HOURS, st.sampled_from(POSTURES[1:]))
def test_one_raise_more_never_makes_a_unit_later(
    raises: list[tuple[float, str]], at_h: float, notice_h: tuple[float, ...], more_h: float, posture: str
) -> None:
    rising = sorted(raises, key=lambda raised: POSTURES.index(raised[1]))
    hours = sorted(raised[0] for raised in raises)
    ladder = [alert(h, p, id_=str(i)) for i, (h, (_, p)) in enumerate(zip(hours, rising, strict=True))]
    lower = [p for h, (_, p) in zip(hours, rising, strict=True) if h <= more_h]
    higher = [p for h, (_, p) in zip(hours, rising, strict=True) if h > more_h]
    between = [POSTURES.index(p) for p in (*lower[-1:], posture, *higher[:1])]
    assume(all(first <= second for first, second in pairwise(between)))
    extra = alert(more_h, posture, id_="extra")
    assert ready_h(*ladder, extra, at_h=at_h, notice_h=notice_h) <= ready_h(
        *ladder, at_h=at_h, notice_h=notice_h
    )


@given(st.lists(st.tuples(HOURS, st.sampled_from(POSTURES)), max_size=6), HOURS, NOTICES)
def test_what_is_left_lies_between_the_posture_s_notice_and_the_first(
    ordered: list[tuple[float, str]], at_h: float, notice_h: tuple[float, ...]
) -> None:
    alerts = [alert(h, p, id_=str(i)) for i, (h, p) in enumerate(ordered)]
    found = readiness(scenario([unit(notice_h=notice_h)], alerts), {"A": at_h})["A"]
    posture = found.changes[-1].posture if found.changes else 0
    assert notice_h[posture] <= found.left_h <= notice_h[0]


@given(
    st.lists(st.tuples(HOURS, st.sampled_from(POSTURES)), max_size=6),
    HOURS,
    st.tuples(st.just(0), st.integers(0, 9), st.integers(0, 9)),
    st.integers(0, 9),
)
def test_postures_rise_by_alerts_and_fall_by_one_when_they_decay(
    ordered: list[tuple[float, str]], at_h: float, sustain_days: tuple[int, int, int], recover_days: int
) -> None:
    alerts = [alert(h, p, id_=str(i)) for i, (h, p) in enumerate(ordered)]
    tired = unit(sustain_days=sustain_days, recover_days=recover_days)
    found = readiness(scenario([tired], alerts), {"A": at_h})["A"]
    posture, since, recovered_h = 0, -math.inf, -math.inf
    for change in found.changes:
        assert since <= change.at_h < at_h
        if change.cause == "decay":
            assert change.posture == posture - 1
            assert change.at_h - since == sustain_days[posture] * 24
            recovered_h = change.at_h + recover_days * 24
        else:
            assert change.posture == POSTURES.index(ordered[int(change.cause)][1])
            assert change.posture < posture or change.at_h >= recovered_h
        posture, since = change.posture, change.at_h
    assert tired["notice_h"][posture] <= found.left_h <= 240


def test_alerts_in_a_row_add_up() -> None:
    assert ready_h(alert(-150, "heightened"), alert(-20, "immediate")) == 100
    assert ready_h(alert(-150, "immediate")) == 90


def test_lowering_lifts_what_is_left_at_once() -> None:
    assert ready_h(alert(-400, "immediate"), alert(-10, "heightened")) == 120
    assert ready_h(alert(-400, "immediate"), alert(-10, "normal")) == 240


def test_a_posture_decays_when_it_cannot_be_sustained() -> None:
    cells: CELL = {"sustain_days": (0, 0, 5), "recover_days": 3}
    found = readiness(scenario([unit(**cells)], [alert(-480, "immediate")]), {"A": 0.0})["A"]
    assert found.changes == (PostureChange(-480, 2, "immediate@-480"), PostureChange(-360, 1, "decay"))
    assert found.ready_h == 120


def test_after_a_decay_a_raise_counts_only_after_recovery() -> None:
    cells: CELL = {"sustain_days": (0, 0, 5), "recover_days": 3}
    alerts = [alert(-480, "immediate"), alert(-350, "immediate", id_="again")]
    found = readiness(scenario([unit(**cells)], alerts), {"A": -200.0})["A"]
    assert found.changes[1:] == (PostureChange(-360, 1, "decay"), PostureChange(-288, 2, "again"))
    early = readiness(scenario([unit(**cells)], alerts), {"A": -300.0})["A"]
    assert early.left_h == 120


def test_an_order_in_between_replaces_a_raise_that_does_not_count_yet() -> None:
    cells: CELL = {"sustain_days": (0, 0, 5), "recover_days": 3}
    alerts = [alert(-480, "immediate"), alert(-350, "immediate", id_="x"), alert(-340, "normal", id_="y")]
    found = readiness(scenario([unit(**cells)], alerts), {"A": 0.0})["A"]
    assert [change.cause for change in found.changes] == ["immediate@-480", "decay", "y"]


def test_ordering_the_posture_that_stands_does_not_renew_it() -> None:
    cells: CELL = {"sustain_days": (0, 0, 5)}
    assert ready_h(alert(-200, "immediate"), alert(-100, "immediate", id_="again"), **cells) == 120


def test_an_alert_reaches_the_units_of_a_package() -> None:
    packages = [{"id": "P", "units": ("A", "B")}]
    scene = scenario([unit("A"), unit("B")], [alert(-500, "immediate", "P")], packages=packages)
    assert {found.ready_h for found in readiness(scene, {"A": 0.0, "B": 0.0}).values()} == {48}


# --- tasks ---


def runs(*tasks: CELL, alerts: Sequence[CELL] = (), at_h: float = 0.0) -> dict[str, tuple[float, float]]:
    """The runs of unit A of type t, by task."""
    scene = scenario([unit(type="t")], alerts, tasks)
    return {run.name: (run.start_h, run.end_h) for run in readiness(scene, {"A": at_h})["A"].tasks}


RECALL = task("recall", 18, at="heightened")
MEDICAL = task("medical", 30, at="heightened", after=("recall",))
ISSUE = task("issue", 24)
PACK = task("pack", 10, after=("issue", "medical"))


def test_tasks_replace_the_notice_and_the_longest_path_counts() -> None:
    found = readiness(scenario([unit(type="t")], (), [RECALL, MEDICAL, ISSUE, PACK]), {"A": 5.0})["A"]
    assert found.ready_h == 5 + 18 + 30 + 10
    assert found.critical == "medical"
    assert TaskRun("issue", 5, 29, critical=False) in found.tasks
    assert [run.name for run in found.tasks if run.critical] == ["recall", "medical", "pack"]


def test_an_alert_sets_going_what_its_posture_allows() -> None:
    found = runs(RECALL, MEDICAL, ISSUE, PACK, alerts=[alert(-40, "heightened")])
    assert found == {"recall": (-40, -22), "medical": (-22, 8), "issue": (0, 24), "pack": (24, 34)}


def test_a_unit_with_everything_done_is_ready_when_ordered() -> None:
    scene = scenario([unit(type="t")], [alert(-100, "heightened")], [RECALL, MEDICAL])
    found = readiness(scene, {"A": 0.0})["A"]
    assert (found.ready_h, found.left_h, found.critical) == (0, 0, "")


def test_a_task_of_the_first_posture_was_done_long_ago() -> None:
    assert runs(task("inventory", 99, at="normal"), task("pack", 5, after=("inventory",))) == {"pack": (0, 5)}


def test_rows_that_name_the_unit_replace_those_of_its_type() -> None:
    own = {**task("own", 7), "unit_type": "A"}
    assert runs(RECALL, own) == {"own": (0, 7)}


def test_lowering_breaks_off_what_is_running() -> None:
    alerts = [alert(-40, "heightened"), alert(-30, "normal")]
    assert runs(RECALL, alerts=alerts) == {"recall": (0, 18)}


def test_a_task_stays_done_for_good_unless_it_says_how_long() -> None:
    alerts = [alert(-100, "heightened"), alert(-60, "normal")]
    assert runs(RECALL, alerts=alerts) == {"recall": (-100, -82)}


@pytest.mark.parametrize(("keeps_h", "again"), [(59, True), (60, False), (61, False)])
def test_what_is_kept_lapses_that_long_after_the_lowering(keeps_h: float, again: bool) -> None:
    alerts = [alert(-100, "heightened"), alert(-60, "normal")]
    found = runs({**RECALL, "keeps_h": keeps_h}, alerts=alerts)
    assert found == {"recall": (0, 18) if again else (-100, -82)}


def test_a_raise_before_the_lapse_keeps_it() -> None:
    alerts = [alert(-100, "heightened"), alert(-60, "normal"), alert(-45, "heightened", id_="again")]
    assert runs({**RECALL, "keeps_h": 20}, alerts=alerts) == {"recall": (-100, -82)}
    assert runs({**RECALL, "keeps_h": 10}, alerts=alerts) == {"recall": (-45, -27)}


def test_units_of_one_home_queue_for_a_shared_thing() -> None:
    ramp = [task("load-train", 10, capacity="ramp"), task("paperwork", 2)]
    units = [unit(name, type="t") for name in "ABC"] + [unit("D", type="t", home="EPRZ")]
    requirements = [
        {"id": "R", "unit": "B", "destination": "EPRZ", "due_h": 9, "weight": 5},
    ]
    scene = scenario(units, (), ramp, requirements=requirements)
    found = readiness(scene, {"A": 0.0, "B": 0.0, "C": -1.0, "D": 0.0})
    assert {name: found[name].ready_h for name in "ABCD"} == {"C": 9, "B": 19, "A": 29, "D": 10}


def test_a_unit_never_ordered_queues_for_the_tasks_of_its_alert() -> None:
    ramp = [task("load-train", 10, capacity="ramp", at="heightened")]
    scene = scenario([unit("A", type="t"), unit("B", type="t")], [alert(-4, "heightened", "B")], ramp)
    found = readiness(scene, {"A": 0.0})
    assert set(found) == {"A"}
    assert found["A"].ready_h == 16


@given(
    st.lists(
        st.tuples(st.integers(0, 30), st.integers(1, 9), st.integers(0, 12), st.booleans()),
        min_size=2,
        max_size=5,
    ),
    st.integers(-20, 40),
)
def test_a_shared_thing_serves_one_unit_at_a_time_and_never_idles(
    queue: list[tuple[int, int, int, bool]], alert_h: int
) -> None:
    units = [unit(str(i), type=str(i)) for i in range(len(queue))]
    tasks = [
        row
        for i, (_, before, hours, early) in enumerate(queue)
        for row in (
            {**task("pack", before, at="heightened" if early else ""), "unit_type": str(i)},
            {**task("load", hours, after=("pack",), capacity="ramp"), "unit_type": str(i)},
        )
    ]
    alerts = [alert(alert_h, "heightened", *(row["id"] for row in units))]
    found = readiness(scenario(units, alerts, tasks), {str(i): float(q[0]) for i, q in enumerate(queue)})
    asked, loads = {}, {}
    for name, unit_found in found.items():
        done = {run.name: run for run in unit_found.tasks}
        asked[name] = max(unit_found.ordered_h, done["pack"].end_h)
        loads[name] = (done["load"].start_h, done["load"].end_h)
    free = -math.inf
    for name in sorted(loads, key=lambda name: (asked[name], name)):
        start, end = loads[name]
        assert start == max(asked[name], free)
        free = end


def test_tasks_that_wait_for_each_other_are_an_error() -> None:
    with pytest.raises(ScenarioError, match="can never be done"):
        runs(task("a", 1, after=("b",)), task("b", 1, after=("a",)))


@given(
    st.lists(
        st.tuples(st.integers(0, 50), st.sampled_from(("", *POSTURES)), st.booleans()), min_size=1, max_size=6
    ),
    st.integers(0, 400),
)
def test_an_alert_never_makes_a_unit_with_tasks_later(
    steps: list[tuple[int, str, bool]], lead_h: int
) -> None:
    tasks = [
        task(str(i), hours, at=at, after=(str(i - 1),) if chained and i else ())
        for i, (hours, at, chained) in enumerate(steps)
    ]
    without = readiness(scenario([unit(type="t")], (), tasks), {"A": 0.0})["A"].ready_h
    alerted = scenario([unit(type="t")], [alert(-lead_h, "heightened")], tasks)
    with_alert = readiness(alerted, {"A": 0.0})["A"].ready_h
    assert without - lead_h <= with_alert <= without


# --- who is ordered when ---


def test_a_unit_is_ordered_by_the_first_decision_on_its_requirements() -> None:
    decisions = [{"id": "D1", "at": hour(24)}, {"id": "D2"}, {"id": "D3", "at": hour(-6)}]
    rows = [("A", "D1"), ("B", ""), ("C", "D2"), ("D", "D1"), ("D", "D3")]
    requirements = [
        {"id": str(i), "unit": who, "destination": "EPRZ", "due_h": 9, "decision": by}
        for i, (who, by) in enumerate(rows)
    ]
    scene = scenario([unit(name) for name in "ABCD"], requirements=requirements, decisions=decisions)
    assert order_hours(scene) == {"A": 24, "B": 0, "C": 0, "D": -6}
