"""Reminders and escalation: fired once in the record, delivered at least once, stopped by an answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

import pytest

from standto.alert.commands import SupersedeAlert
from standto.alert.contacts import Contact, Contacts, offices_by_unit
from standto.alert.events import Step, TimerFired
from standto.alert.state import Message
from standto.desk.clock import SteadyClock
from standto.desk.paging import Pager, Pass, Policy
from standto.errors import UsageError
from tests.alert.scenes import START, UNITS, Watch

STEPS = (
    Step(after_min=0),
    Step(after_min=15, says="First reminder."),
    Step(after_min=45, to=("addressee", "chief"), channels=("mail",)),
)


class GoneError(Exception):
    """The runner is gone, between sending and recording."""


class Sink:
    """Takes messages, or does not take those to the addresses that are down."""

    def __init__(self, *down: str) -> None:
        self.down = set(down)
        self.taken: list[tuple[str, str, str, str]] = []
        self.kills = False

    def send(self, address: str, subject: str, body: str, key: str) -> str:
        if address in self.down:
            return "nobody there"
        self.taken.append((address, subject, body, key))
        if self.kills:
            raise GoneError
        return ""

    @property
    def addresses(self) -> list[str]:
        """Who got a message, in order of address."""
        return sorted(address for address, *_ in self.taken)


def contacts(use: str = "exercise", units: Iterable[str] = UNITS) -> Contacts:
    """A desk with mail and a pager for each unit, and the chief."""
    uses = tuple(use.split())
    rows = [
        Contact(
            office=f"desk-{unit}",
            units=(unit,),
            channel=channel,
            address=f"{channel}://{unit}",
            use=uses,
        )
        for unit in units
        for channel in ("mail", "pager")
    ]
    rows.append(Contact(office="chief", channel="mail", address="mail://chief", use=uses))
    return Contacts(tuple(rows), offices_by_unit(rows, {}))


class Scene:
    """A watch, a pager and where its messages go."""

    def __init__(self, *down: str, **fields: Any) -> None:
        self.watch = Watch()
        self.sink = Sink(*down)
        self.pager = Pager(
            self.watch.record, contacts(), self.sink, by="duty officer", policy=Policy(at_once=1, **fields)
        )
        self.watch.raise_(steps=STEPS)

    def after(self, **span: float) -> list[str]:
        """Let time pass, make one pass, and say who got a message."""
        self.watch.later(**span)
        before = len(self.sink.taken)
        self.pager.once()
        return sorted(address for address, *_ in self.sink.taken[before:])

    def firings(self) -> Counter[tuple[str, int]]:
        """How often each firing stands in the record."""
        notes = map(self.watch.record.codec.note, self.watch.record.entries())
        fired = (noted.event for noted in notes if isinstance(noted.event, TimerFired))
        return Counter((event.timer, event.firing) for event in fired)


ALL = ["mail://U1", "mail://U2", "pager://U1", "pager://U2"]


def test_everybody_is_told_reminded_and_escalated_in_time() -> None:
    scene = Scene()
    assert scene.after() == ALL
    assert scene.after(minutes=14) == []
    assert scene.after(minutes=1) == ALL
    assert scene.after(minutes=30) == ["mail://U1", "mail://U2", "mail://chief", "mail://chief"]
    assert scene.after(days=9) == []
    assert {timer.status for timer in scene.watch.state.timers.values()} == {"ran off"}
    assert set(scene.firings().values()) == {1}


def test_an_answer_stops_the_reminders_of_that_unit_only() -> None:
    scene = Scene()
    scene.after()
    scene.watch.ack("U1")
    assert scene.after(minutes=15) == ["mail://U2", "pager://U2"]


def test_supersession_stops_the_old_order_and_tells_who_is_in_neither() -> None:
    scene = Scene()
    scene.after()
    scene.watch.raise_("A2", ("U2",), "immediate", steps=STEPS, command=SupersedeAlert, supersedes="A1")
    assert scene.after() == ["mail://U1", "mail://U2", "pager://U1", "pager://U2"]
    subjects = {address: subject for address, subject, *_ in scene.sink.taken[4:]}
    assert subjects["mail://U1"] == "EXERCISE: alert order A1: U1 superseded by A2 - EXERCISE"
    assert subjects["mail://U2"] == "EXERCISE: alert order A2: U2 to immediate - EXERCISE"
    assert scene.after(minutes=15) == ["mail://U2", "pager://U2"]


def test_who_was_never_told_of_an_order_is_not_told_of_its_end() -> None:
    scene = Scene()
    scene.watch.stand_down("U1")
    assert scene.after() == ["mail://U2", "pager://U2"]
    scene.watch.stand_down()
    assert scene.after() == ["mail://U2", "pager://U2"]
    assert "stood down" in scene.sink.taken[-1][1]
    assert scene.after(days=1) == []


def test_an_order_past_its_end_reminds_nobody() -> None:
    scene = Scene()
    scene.watch.raise_("A2", ("U3",), steps=STEPS, until=START + timedelta(minutes=5))
    scene.after()
    assert "pager://U3" not in scene.after(minutes=15)
    assert scene.watch.state.timers["A2/U3"].reason == "the order is ended"


def test_awaited_approval_is_asked_for_when_it_is_due() -> None:
    scene = Scene()
    scene.after()
    scene.watch.ack("U2")
    scene.watch.answer("U1", "awaiting", until=START + timedelta(hours=6))
    assert scene.after(hours=5) == []
    assert scene.after(hours=1) == ["mail://U1", "pager://U1"]
    assert "national approval of U1 is due" in scene.sink.taken[-1][1]
    scene.watch.answer("U1", "yes")
    assert scene.after(days=1) == []


def test_a_long_halt_does_not_bring_all_steps_at_once() -> None:
    scene = Scene()
    assert scene.after(hours=20) == ALL
    assert scene.after() == []
    assert scene.after(minutes=15) == ALL


def test_a_clock_put_back_fires_nothing_twice() -> None:
    scene = Scene()
    scene.after()
    scene.after(minutes=15)
    scene.watch.later(hours=-1)
    for _ in range(5):
        assert scene.after(minutes=10) == []
    assert scene.after(minutes=40) == ["mail://U1", "mail://U2", "mail://chief", "mail://chief"]
    assert set(scene.firings().values()) == {1}


def test_the_steady_clock_goes_on_where_the_machine_s_is_put_back() -> None:
    wall, gone = [START], [0.0]
    clock = SteadyClock(lambda: wall[0], lambda: gone[0])
    gone[0] += 60
    wall[0] -= timedelta(hours=1)
    assert clock() == START + timedelta(seconds=60)
    gone[0] += 60
    assert clock() == START + timedelta(seconds=120)
    wall[0] = START + timedelta(days=1)
    assert clock() == START + timedelta(days=1)


def test_what_fails_is_tried_again_with_growing_pauses_and_given_up() -> None:
    scene = Scene("mail://U1", pauses_s=(10.0, 60.0))
    scene.watch.ack("U2")
    assert scene.after() == ["pager://U1"]
    key = "A1/U1/1/desk-U1/mail"
    message = scene.watch.state.messages[key]
    assert (message.status, message.attempt, message.reason) == ("failed", 1, "nobody there")
    scene.after(seconds=9)
    assert scene.watch.state.messages[key].attempt == 1
    scene.after(seconds=1)
    scene.after(seconds=59)
    assert scene.watch.state.messages[key].attempt == 2
    scene.after(seconds=1)
    message = scene.watch.state.messages[key]
    assert (message.status, message.attempt) == ("given up", 3)


def test_a_failed_message_is_sent_when_the_channel_is_back() -> None:
    scene = Scene("mail://U1")
    scene.after()
    scene.sink.down.clear()
    assert scene.after(seconds=15) == ["mail://U1"]
    message = scene.watch.state.messages["A1/U1/1/desk-U1/mail"]
    assert (message.status, message.attempt) == ("sent", 2)


def test_a_message_not_out_yet_is_dropped_once_answered() -> None:
    scene = Scene("mail://U1")
    scene.after()
    scene.sink.down.clear()
    scene.watch.ack("U1")
    assert scene.after(minutes=1) == []
    message = scene.watch.state.messages["A1/U1/1/desk-U1/mail"]
    assert (message.status, message.reason) == ("dropped", "acknowledged")


def test_a_runner_that_died_while_sending_leaves_it_to_the_next_with_the_same_key() -> None:
    scene = Scene()
    scene.watch.ack("U2")
    scene.sink.kills = True
    with pytest.raises(GoneError):
        scene.pager.once()
    scene.sink.kills = False
    assert scene.after() == ["pager://U1"]
    assert scene.after(seconds=119) == []
    assert scene.after(seconds=1) == ["mail://U1"]
    keys = Counter(key for *_, key in scene.sink.taken)
    assert keys == {"A1/U1/1/desk-U1/mail": 2, "A1/U1/1/desk-U1/pager": 1}


class Hindered(Pager):
    """A pager that another one overtakes whenever it takes a message."""

    other: Pager

    def _take(self, messages: Sequence[Message], done: Pass) -> list[Message]:
        self.other.once()
        return super()._take(messages, done)


def test_two_runners_side_by_side_send_each_message_once() -> None:
    scene = Scene()
    pager = Hindered(scene.watch.record, contacts(), scene.sink, by="night desk", policy=Policy(at_once=1))
    pager.other = scene.pager
    pager.once()
    scene.pager.once()
    assert scene.sink.addresses == ALL
    assert set(scene.firings().values()) == {1}


def test_an_office_that_the_list_lacks_is_named() -> None:
    scene = Scene()
    assert scene.pager.missing_offices() == ()
    scene.watch.raise_("A2", ("U3",), steps=[Step(after_min=0, to=("addressee", "minister"))])
    assert scene.pager.missing_offices() == ("minister",)


def test_a_unit_that_nobody_answers_for_is_named_and_escalated() -> None:
    scene = Scene()
    lonely = Pager(scene.watch.record, contacts(units=()), scene.sink, by="duty officer")
    assert sorted(lonely.once().unreachable) == ["U1", "U2"]
    scene.watch.later(minutes=15)
    lonely.once()
    scene.watch.later(minutes=30)
    lonely.once()
    assert scene.sink.addresses == ["mail://chief", "mail://chief"]


@pytest.mark.parametrize("nature", ["exercise", "real"])
def test_every_message_says_what_it_is_first_and_last(nature: str) -> None:
    watch, sink = Watch(nature=nature), Sink()
    watch.raise_(steps=STEPS, ceiling=8500, says="<b>Get ready</b>")
    Pager(watch.record, contacts(nature), sink, by="duty officer").once()
    word, other = nature.upper(), ({"exercise", "real"} - {nature}).pop().upper()
    assert len(sink.taken) == 4
    for _, subject, body, key in sink.taken:
        assert subject.startswith(f"{word}: ")
        assert subject.endswith(word)
        assert body.startswith(word)
        assert body.endswith(word)
        assert other not in subject + body
        assert key in body
        assert "This is no order to move." in body


@pytest.mark.parametrize(("nature", "use"), [("exercise", "real"), ("real", "exercise")])
def test_a_list_for_the_other_use_is_refused(nature: str, use: str) -> None:
    watch = Watch(nature=nature)
    with pytest.raises(UsageError, match=f"not for {nature} use"):
        Pager(watch.record, contacts(use), Sink(), by="duty officer")
    Pager(watch.record, contacts("exercise real"), Sink(), by="duty officer")


def test_the_loop_wakes_for_what_is_due_and_else_now_and_then() -> None:
    scene = Scene()
    scene.pager.once()
    assert scene.pager.pause_s(5) == 5
    assert scene.pager.pause_s(3600) == 15 * 60
    passes = scene.pager.run(scene.watch.clock, every_s=3600)
    assert len(next(passes).sent) == 4
    assert scene.watch.clock.now == START + timedelta(minutes=15)
