"""Runners killed in the middle of escalations: timers resume, and nothing goes out twice but at the edge."""

from __future__ import annotations

import multiprocessing
import random
import time
from collections import Counter
from pathlib import Path
from typing import Any

from standto.alert.commands import AcknowledgeAlert, RaiseAlert
from standto.alert.contacts import Contact, Contacts, offices_by_unit
from standto.alert.events import (
    Addressee,
    MessageFailed,
    MessageSent,
    MessageTried,
    Step,
    TimerFired,
)
from standto.alert.state import AlertState
from standto.desk.record import Record
from standto.ledger import proof
from tests.alert import runner
from tests.alert.mail import MailSink, mail_sink

KILLS = 50
SECOND = 1 / 60
STEPS = tuple(Step(after_min=n * 0.15 * SECOND) for n in range(2))
SEED = 20220124


def contacts(sink: MailSink) -> Contacts:
    rows = [
        Contact(
            office="desk",
            units=("U1", "U2"),
            channel=name,
            address=sink.address(name),
            use=("exercise",),
        )
        for name in ("mail", "second")
    ]
    return Contacts(tuple(rows), offices_by_unit(rows, {}))


def raise_order(record: Record, number: int) -> None:
    units = tuple(Addressee(unit=f"U{n}", strength=100) for n in (1, 2))
    record.execute(
        RaiseAlert(
            id=f"raise-{number}",
            by="chief",
            alert=f"A{number}",
            addressees=units,
            posture="heightened",
            level=1,
            authority="chief",
            steps=STEPS,
        )
    )


def settled(state: AlertState) -> bool:
    timers = all(timer.status != "set" for timer in state.timers.values())
    messages = all(one.status in ("sent", "dropped") for one in state.messages.values())
    return timers and messages


def test_fifty_kills_lose_no_timer_and_send_nothing_twice_but_at_the_edge(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    place = str(tmp_path / "record.db")
    forks = multiprocessing.get_context("forkserver")
    forks.set_forkserver_preload([runner.__name__])
    with mail_sink() as sink, Record.create(place, name="Drill", nature="exercise", by="chief") as record:
        told = contacts(sink)

        def start() -> Any:
            process = forks.Process(target=runner.run, args=(place, told), daemon=True)
            process.start()
            return process

        for number in range(KILLS):
            raise_order(record, number)
            process = start()
            before = len(sink.mails)
            until = time.monotonic() + 60
            while len(sink.mails) == before and time.monotonic() < until:
                time.sleep(0.002)
            time.sleep(chance.uniform(0, 0.12))
            process.kill()
            process.join()
            if number % 5 == 0:
                record.execute(AcknowledgeAlert(id=f"ack-{number}", by="desk", alert=f"A{number}", unit="U1"))
        process = start()
        until = time.monotonic() + 300
        while not settled(record.picture().of(AlertState)) and time.monotonic() < until:
            time.sleep(0.05)
        process.kill()
        process.join()
        judge(record, sink)


def judge(record: Record, sink: MailSink) -> None:
    state = record.picture().of(AlertState)
    assert settled(state)
    events = [record.codec.decode(entry) for entry in record.entries()]
    fired = Counter((event.timer, event.firing) for event in events if isinstance(event, TimerFired))
    assert set(fired.values()) == {1}
    for timer in state.timers.values():
        assert timer.firings == len(STEPS) or timer.status == "stopped"
    tried = Counter(event.key for event in events if isinstance(event, MessageTried))
    known = Counter(event.key for event in events if isinstance(event, MessageSent | MessageFailed))
    for key, came in sink.keys.items():
        assert came <= tried[key], "a mail that no try accounts for"
        assert came == 1 or known[key] < tried[key], "sent twice without a try of unknown outcome"
    for message in state.messages.values():
        if message.status == "sent":
            assert sink.keys[message.key] >= 1, "recorded as sent and never came"
    twice = sum(came - 1 for came in sink.keys.values())
    unknown = sum(tried.values()) - sum(known.values())
    assert twice <= unknown <= KILLS * runner.POLICY.at_once
    assert unknown > 0, "no kill hit a try: the test shows nothing"
    assert proof.verify(record.store.lines).ok
    print(
        f"{len(fired)} firings, {sum(sink.keys.values())} mails, {unknown} tries cut off, {twice} sent twice"
    )
