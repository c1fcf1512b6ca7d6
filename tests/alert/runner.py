"""A runner of timers in a process of its own, to be killed; importing this loads all that it needs."""

from __future__ import annotations

import tempfile
from dataclasses import replace

from standto.alert.contacts import Contacts
from standto.desk.clock import SteadyClock
from standto.desk.notify import AppriseSender, require_addresses
from standto.desk.paging import Pager, Policy
from standto.desk.record import Record

POLICY = Policy(pauses_s=(0.05,) * 20, lease_s=0.4, at_once=4)

require_addresses([(1, "mailto://127.0.0.1?from=a@example.org&to=b@example.org")], file="")
with tempfile.TemporaryDirectory() as folder:
    Record.create(f"{folder}/record.db", name="Warm", nature="exercise", by="test").close()


def run(place: str, contacts: Contacts, lease_s: float = POLICY.lease_s) -> None:
    """Run timers until killed."""
    policy = replace(POLICY, lease_s=lease_s)
    clock = SteadyClock()
    with Record.open(place, clock=clock) as record:
        for _ in Pager(record, contacts, AppriseSender(), by="duty officer", policy=policy).run(
            clock, every_s=0.02
        ):
            pass
