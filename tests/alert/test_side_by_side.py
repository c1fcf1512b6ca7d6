"""Two runners in processes of their own against one record, in SQLite and in PostgreSQL."""

from __future__ import annotations

import multiprocessing
import time
from collections import Counter
from pathlib import Path

import pytest

from standto.alert.commands import RaiseAlert
from standto.alert.contacts import Contact, Contacts, offices_by_unit
from standto.alert.events import Addressee, MessageTried, Step, TimerFired
from standto.alert.state import AlertState
from standto.desk.record import Record
from tests.alert import runner
from tests.alert.mail import mail_sink
from tests.postgres import Server

UNITS = tuple(f"U{n}" for n in range(12))


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return str(tmp_path / "record.db")
    server: Server = request.getfixturevalue("postgres")
    return server.new_place()


def test_two_runners_fire_each_timer_once_and_send_each_message_once(place: str) -> None:
    forks = multiprocessing.get_context("forkserver")
    forks.set_forkserver_preload([runner.__name__])
    with mail_sink() as sink, Record.create(place, name="Drill", nature="exercise", by="chief") as record:
        rows = [
            Contact(
                office="desk", units=UNITS, channel="mail", address=sink.address("desk"), use=("exercise",)
            )
        ]
        told = Contacts(tuple(rows), offices_by_unit(rows, {}))
        record.execute(
            RaiseAlert(
                id="raise",
                by="chief",
                alert="A1",
                addressees=tuple(Addressee(unit=unit, strength=100) for unit in UNITS),
                posture="heightened",
                level=1,
                authority="chief",
                steps=(Step(after_min=0), Step(after_min=0.01)),
            )
        )
        runners = [forks.Process(target=runner.run, args=(place, told, 600.0), daemon=True) for _ in range(2)]
        for process in runners:
            process.start()
        until = time.monotonic() + 120
        while len(sink.mails) < 2 * len(UNITS) and time.monotonic() < until:
            time.sleep(0.02)
        time.sleep(0.2)
        for process in runners:
            process.kill()
            process.join()
        events = [record.codec.decode(entry) for entry in record.entries()]
        fired = Counter((event.timer, event.firing) for event in events if isinstance(event, TimerFired))
        tried = Counter(event.key for event in events if isinstance(event, MessageTried))
        assert set(fired.values()) == {1}
        assert set(tried.values()) == {1}
        assert sink.keys == dict.fromkeys(record.picture().of(AlertState).messages, 1)
        assert len(fired) == 2 * len(UNITS)
