"""Alert orders: what may be ordered, by whose authority, under which ceiling."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from standto.alert import commands as c
from standto.alert.events import Addressee, AlertRaised, AlertSuperseded, Step
from standto.alert.force import addressed, posture
from standto.alert.heard import heard
from standto.alert.totals import Tally, by_posture, on_alert
from standto.errors import RefusedError, RepeatedCommandError, UsageError
from tests.alert.scenes import FORCE, OFFICE, START, Watch


@pytest.fixture
def watch() -> Watch:
    return Watch()


def test_an_order_addresses_packages_by_their_units(watch: Watch) -> None:
    watch.raise_(units=("PAIR", "U1", "U5"))
    assert [told.unit for told in watch.state.orders["A1"].standing(watch.clock.now)] == ["U1", "U5", "U6"]
    assert watch.state.orders["A1"].people(watch.clock.now) == 1200


def test_an_unknown_name_or_posture_is_refused() -> None:
    with pytest.raises(UsageError, match="no unit or package 'U9'"):
        addressed(FORCE, ["U9"])
    with pytest.raises(UsageError, match="no posture 'panic'"):
        posture(FORCE, "panic")


def test_a_ceiling_is_checked_at_issue(watch: Watch) -> None:
    with pytest.raises(RefusedError, match="would hold 300 people; its ceiling is 299"):
        watch.raise_(ceiling=299)
    watch.raise_(ceiling=300)
    assert watch.state.orders["A1"].ceiling == 300


def test_a_ceiling_holds_over_all_versions_of_an_order(watch: Watch) -> None:
    watch.raise_(ceiling=600)
    watch.raise_(units=("U3",), to="immediate")
    with pytest.raises(RefusedError, match="would hold 1,000 people; its ceiling is 600"):
        watch.do(c.ExtendAlert, alert="A1", authority=OFFICE, addressees=addressed(FORCE, ["U4"]))
    with pytest.raises(RefusedError, match="a ceiling of 600 people; a version cannot change it"):
        watch.raise_(units=("U4",), ceiling=5000)
    watch.raise_(units=("U1",), to="immediate")
    assert watch.state.orders["A1"].people(watch.clock.now) == 600


def test_who_says_no_makes_room_and_may_find_it_taken(watch: Watch) -> None:
    watch.raise_(ceiling=300)
    watch.answer("U2", "no")
    watch.do(c.ExtendAlert, alert="A1", authority=OFFICE, addressees=addressed(FORCE, ["U2"]))
    watch.answer("U2", "no")
    assert watch.state.orders["A1"].people(watch.clock.now) == 100
    with pytest.raises(RefusedError, match="ceiling is 300"):
        watch.raise_(units=("U3",))
    watch.answer("U2", "yes")
    assert watch.state.orders["A1"].people(watch.clock.now) == 300


def test_a_yes_after_a_no_is_refused_where_the_ceiling_is_reached(watch: Watch) -> None:
    watch.raise_(units=("U1", "U2"), ceiling=400)
    watch.answer("U1", "no")
    watch.raise_(units=("U2",), to="immediate")
    watch.answer("U2", "no")
    watch.raise_(units=("U4",))
    for answer in ("yes", "caveat", "awaiting"):
        with pytest.raises(RefusedError, match="ceiling is 400"):
            watch.answer("U1", answer)


def test_versions_count_up_and_only_higher_is_raised(watch: Watch) -> None:
    (first, *_) = watch.raise_()
    assert isinstance(first, AlertRaised)
    assert first.version == 1
    with pytest.raises(RefusedError, match="U1 is at heightened under alert order A1 already"):
        watch.raise_()
    (second, *_) = watch.raise_(to="immediate")
    assert isinstance(second, AlertRaised)
    assert second.version == 2
    watch.lower("heightened", ["U2"])
    assert watch.state.orders["A1"].version == 3
    with pytest.raises(RefusedError, match="heightened is not lower"):
        watch.lower("heightened", ["U2"])
    with pytest.raises(RefusedError, match="first posture"):
        watch.lower("normal")


def test_what_is_over_is_not_changed(watch: Watch) -> None:
    watch.raise_()
    watch.stand_down("U1")
    assert watch.state.orders["A1"].status == "standing"
    watch.stand_down()
    assert watch.state.orders["A1"].status == "stood down"
    acts: list[Callable[[], object]] = [watch.raise_, watch.stand_down]
    acts += [lambda: watch.ack("U1"), lambda: watch.lower("heightened")]
    for act in acts:
        with pytest.raises(RefusedError, match="A1 is stood down"):
            act()
    with pytest.raises(RefusedError, match="there is no alert order A9"):
        watch.stand_down(alert="A9")


def test_an_order_ends_at_its_own_end_unless_extended(watch: Watch) -> None:
    watch.raise_(until=START + timedelta(days=2))
    watch.do(c.ExtendAlert, alert="A1", authority=OFFICE, until=START + timedelta(days=3))
    watch.later(days=2)
    assert on_alert(watch.state, watch.clock.now)
    watch.later(days=1)
    assert on_alert(watch.state, watch.clock.now) == ()
    assert heard(watch.state)["U1"][-1].level == 0
    with pytest.raises(RefusedError, match="A1 is ended"):
        watch.do(c.ExtendAlert, alert="A1", authority=OFFICE, until=START + timedelta(days=9))


def test_superseding_replaces_in_one_go(watch: Watch) -> None:
    watch.raise_(ceiling=300)
    events = watch.raise_(
        "A2", ("U2", "U3"), "immediate", command=c.SupersedeAlert, supersedes="A1", ceiling=500
    )
    assert isinstance(events[0], AlertSuperseded)
    assert watch.state.orders["A1"].superseded_by == "A2"
    assert [one.unit for one in on_alert(watch.state, watch.clock.now)] == ["U2", "U3"]
    with pytest.raises(RefusedError, match="A1 is superseded"):
        watch.raise_("A3", command=c.SupersedeAlert, supersedes="A1")
    with pytest.raises(RefusedError, match="A2 is there already"):
        watch.raise_("A2", command=c.SupersedeAlert, supersedes="A2")


def test_a_refused_supersession_leaves_the_old_order(watch: Watch) -> None:
    watch.raise_()
    with pytest.raises(RefusedError, match="ceiling is 10"):
        watch.raise_("A2", command=c.SupersedeAlert, supersedes="A1", ceiling=10)
    assert watch.state.orders["A1"].status == "standing"
    assert "A2" not in watch.state.orders


def test_two_orders_count_each_unit_once_at_the_higher_posture(watch: Watch) -> None:
    watch.raise_("A1", ("U1", "U2"))
    watch.raise_("A2", ("U2", "U3"), "immediate")
    units = on_alert(watch.state, watch.clock.now)
    assert {one.unit: (one.posture, one.orders) for one in units} == {
        "U1": ("heightened", ("A1",)),
        "U2": ("immediate", ("A1", "A2")),
        "U3": ("immediate", ("A2",)),
    }
    assert by_posture(units) == {"immediate": Tally(2, 500), "heightened": Tally(1, 100)}
    watch.later(hours=1)
    watch.stand_down(alert="A2")
    assert [change.level for change in heard(watch.state)["U2"]] == [2, 1]


def test_who_neither_gave_nor_could_give_an_order_cannot_end_it(watch: Watch) -> None:
    watch.raise_()
    for command in (c.StandDownAlert, c.LowerAlert):
        more = {"posture": "heightened", "level": 1} if command is c.LowerAlert else {}
        watch.raise_(to="immediate") if more else None
        with pytest.raises(RefusedError, match="was given by authority of Joint Operations Chief"):
            watch.do(command, alert="A1", authority="Press Office", **more)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"authority": " "}, "needs an authority"),
        ({"alert": "A 1"}, "is no id"),
        ({"units": ()}, "names no unit"),
        ({"to": "normal"}, "needs no order"),
        ({"until": START}, "has passed"),
        ({"reply_by": START - timedelta(hours=1)}, "wants answers by 2030-05-01 05:00Z"),
        ({"steps": (Step(after_min=5), Step(after_min=4))}, "not in the order"),
        ({"addressees": addressed(FORCE, ["U1"]) * 2}, "named twice"),
        ({"addressees": (Addressee(unit="U/1", strength=5),)}, "is no unit"),
        ({"addressees": (Addressee(unit="U1", strength=-5),)}, "is no unit"),
    ],
)
def test_an_unsound_order_is_refused(watch: Watch, fields: dict[str, object], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        watch.raise_(**fields)  # type: ignore[arg-type]  # the table mixes fields of all types
    assert not watch.state.orders


def test_a_command_given_again_does_nothing_twice(watch: Watch) -> None:
    first = watch.raise_(id="same")
    assert watch.raise_(id="same") == first
    assert watch.state.orders["A1"].version == 1
    with pytest.raises(RepeatedCommandError):
        watch.raise_(id="same", ceiling=9000)
