"""A runner of timers in a process of its own, to be killed; importing this loads all that it needs."""

from __future__ import annotations

import tempfile
import warnings

import apprise

from standto.alert.contacts import Contacts
from standto.desk.clock import SteadyClock
from standto.desk.notify import AppriseSender
from standto.desk.paging import Pager, Policy
from standto.desk.record import Record

POLICY = Policy(pauses_s=(0.05,) * 20, lease_s=0.4, at_once=4)

with warnings.catch_warnings():
    warnings.filterwarnings("ignore", "'imghdr' is deprecated", DeprecationWarning)
    apprise.Apprise.instantiate("mailto://127.0.0.1?from=a@example.org&to=b@example.org")
with tempfile.TemporaryDirectory() as folder:
    Record.create(f"{folder}/record.db", name="Warm", nature="exercise", by="test").close()


def run(place: str, contacts: Contacts) -> None:
    """Run timers until killed."""
    clock = SteadyClock()
    with Record.open(place, clock=clock) as record:
        for _ in Pager(record, contacts, AppriseSender(), by="duty officer", policy=POLICY).run(
            clock, every_s=0.02
        ):
            pass
