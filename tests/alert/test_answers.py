"""Answers: acknowledged once, then yes, yes with a caveat, awaiting national approval, or no."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from standto.alert.events import AlertAcknowledged, AlertAnswered, TimerSet, TimerStopped
from standto.alert.heard import heard
from standto.alert.totals import Tally, answers, by_posture, on_alert
from standto.errors import RefusedError, UsageError
from tests.alert.scenes import START, Watch


@pytest.fixture
def watch() -> Watch:
    watch = Watch()
    watch.raise_(units=("U1", "U2", "U3"))
    return watch


def levels(watch: Watch, unit: str) -> list[tuple[float, int]]:
    """Hours after the start, and levels, that a unit hears."""
    changes = heard(watch.state).get(unit, ())
    return [((change.at - START) / timedelta(hours=1), change.level) for change in changes]


def test_an_acknowledgement_stops_the_reminders_and_counts_once(watch: Watch) -> None:
    acknowledged, stopped = watch.ack("U1")
    assert acknowledged == AlertAcknowledged(alert="A1", version=1, unit="U1")
    assert stopped == TimerStopped(timer="A1/U1", reason="acknowledged")
    with pytest.raises(RefusedError, match="U1 under A1 is acknowledged: `acknowledge` is not possible"):
        watch.ack("U1")
    assert answers(watch.state.orders["A1"]) == {"told": Tally(2, 500), "acknowledged": Tally(1, 100)}


@pytest.mark.parametrize("answer", ["yes", "caveat", "no"])
def test_an_answer_is_an_acknowledgement(watch: Watch, answer: str) -> None:
    answered, stopped = watch.answer("U1", answer)
    assert isinstance(answered, AlertAnswered)
    assert stopped == TimerStopped(timer="A1/U1", reason=f"answered {answer}")
    with pytest.raises(RefusedError, match="`acknowledge` is not"):
        watch.ack("U1")
    if answer != "caveat":
        with pytest.raises(RefusedError, match=f"`{answer}` is not"):
            watch.answer("U1", answer)


def test_awaiting_approval_counts_only_from_the_yes(watch: Watch) -> None:
    _, timer = watch.answer("U1", "awaiting", until=START + timedelta(hours=30))
    assert isinstance(timer, TimerSet)
    assert (timer.purpose, timer.due) == ("approval", START + timedelta(hours=30))
    assert levels(watch, "U1") == []
    assert by_posture(on_alert(watch.state, watch.clock.now)) == {
        "heightened": Tally(2, 500),
        "": Tally(1, 100),
    }
    watch.later(hours=10)
    watch.answer("U1", "yes")
    assert levels(watch, "U1") == [(10, 1)]
    assert levels(watch, "U2") == [(0, 1)]


def test_a_no_undoes_what_was_never_agreed_and_ends_what_was(watch: Watch) -> None:
    watch.answer("U1", "yes")
    watch.later(hours=5)
    watch.answer("U1", "no")
    watch.answer("U2", "no")
    assert levels(watch, "U1") == [(0, 1), (5, 0)]
    assert levels(watch, "U2") == []


def test_a_no_to_a_higher_posture_ends_what_was_agreed(watch: Watch) -> None:
    watch.answer("U1", "yes")
    watch.later(hours=2)
    watch.raise_(units=("U1",), to="immediate")
    watch.later(hours=2)
    watch.answer("U1", "no")
    assert levels(watch, "U1") == [(0, 1), (4, 0)]


def test_a_new_version_must_be_answered_anew(watch: Watch) -> None:
    watch.answer("U1", "yes")
    watch.raise_(units=("U1",), to="immediate")
    assert watch.status("U1") == "told"
    watch.ack("U1")
    assert watch.state.orders["A1"].told["U1"].version == 2
    assert watch.status("U2") == "told"


@pytest.mark.parametrize(
    ("answer", "fields", "words"),
    [
        ("maybe", {}, "is no answer"),
        ("caveat", {"says": " "}, "needs words"),
        ("awaiting", {"until": None}, "needs a time to come"),
        ("awaiting", {"until": START}, "needs a time to come"),
        ("yes", {"until": START + timedelta(days=1)}, "only `awaiting` has a time"),
    ],
)
def test_an_unsound_answer_is_refused(watch: Watch, answer: str, fields: dict[str, Any], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        watch.answer("U1", answer, **fields)
    assert watch.status("U1") == "told"


def test_only_who_is_addressed_answers(watch: Watch) -> None:
    with pytest.raises(RefusedError, match="does not name U6"):
        watch.ack("U6")
    with pytest.raises(RefusedError, match="there is no alert order A7"):
        watch.answer("U1", "yes", alert="A7")


def test_who_awaits_approval_for_more_holds_what_it_agreed_to(watch: Watch) -> None:
    watch.answer("U1", "yes")
    watch.later(hours=1)
    watch.raise_(units=("U1",), to="immediate")
    watch.answer("U1", "awaiting")
    (one, *_) = on_alert(watch.state, watch.clock.now)
    assert (one.unit, one.level, one.posture) == ("U1", 1, "heightened")
