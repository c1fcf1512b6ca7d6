"""`standto alert run`: the runner of timers on the command line."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Any

from standto.alert.contacts import Contacts
from standto.alert.files import read_contacts
from standto.alert.state import AlertState
from standto.desk.alerts import read_force
from standto.desk.answer import Answer
from standto.desk.clock import SteadyClock
from standto.desk.notify import AppriseSender, require_addresses
from standto.desk.paging import Pager, Pass
from standto.desk.record import Record
from standto.desk.screen import Screen
from standto.errors import RecordError

WORDS = (
    ("settled", "decisions settled by their time"),
    ("fired", "timers run off"),
    ("stopped", "timers stopped, no longer wanted"),
    ("sent", "messages sent"),
    ("failed", "messages failed, to be tried again"),
    ("given_up", "messages given up"),
    ("dropped", "messages dropped, no longer wanted"),
)


def run(
    place: str,
    *,
    contacts: Path,
    by: str,
    scenario: Path | None,
    once: bool,
    every_s: float,
    screen: Screen,
) -> Answer:
    """Run what is due, once or until Ctrl-C; the answer is no where somebody could not be told."""
    clock = SteadyClock()
    total = Pass()
    with Record.open(place, clock=clock) as record:
        pager = Pager(record, _contacts(record, contacts, scenario), AppriseSender(), by=by)
        banner = record.opening.banner
        if once:
            _add(total, pager.once())
        else:
            screen.tell_line(f"{banner}: running timers; Ctrl-C ends it")
            _until_interrupted(pager, clock, every_s, total, screen)
        state, missing = record.picture().of(AlertState), pager.missing_offices()
    waiting = [timer for timer in state.timers.values() if timer.status == "set"]
    lines = [banner, *_lines(total)]
    lines += [f"{office}: named by an escalation, not in the contact list" for office in missing]
    if waiting:
        first = min(waiting, key=lambda timer: timer.due)
        lines.append(f"timers set: {len(waiting)}; the next is due {first.due:%Y-%m-%d %H:%M:%SZ}")
    else:
        lines.append("no timer is set")
    data: dict[str, Any] = {name: getattr(total, name) for name in Pass.__dataclass_fields__}
    data = {"banner": banner, **data, "timers_set": len(waiting), "missing_offices": list(missing)}
    return Answer(lines, data, yes=not (total.unreachable or total.given_up or missing))


def _contacts(record: Record, path: Path, scenario: Path | None) -> Contacts:
    opening = record.opening
    force = read_force(record, scenario) if scenario is not None or opening.scenario else None
    found = read_contacts(path, nature=opening.nature, scenario=force)
    addresses = [(number, row.address) for number, row in zip(found.numbers, found.rows, strict=True)]
    require_addresses(addresses, file=str(path))
    return found


def _until_interrupted(pager: Pager, clock: SteadyClock, every_s: float, total: Pass, screen: Screen) -> None:
    """Pass after pass until Ctrl-C or SIGTERM; a record that cannot be written is waited for."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        while True:
            try:
                for done in pager.run(clock, every_s=every_s):
                    _add(total, done)
                    for line in _lines(done):
                        screen.tell_line(line)
            except RecordError as error:
                screen.tell_line(f"waiting: {error}")
                clock.wait(every_s)
    except KeyboardInterrupt:
        return
    finally:
        signal.signal(signal.SIGTERM, before)


def _add(total: Pass, done: Pass) -> None:
    for name in Pass.__dataclass_fields__:
        getattr(total, name).extend(getattr(done, name))


def _lines(done: Pass) -> list[str]:
    if done.idle:
        return ["nothing was due"]
    lines = [f"{said}: {len(getattr(done, name))}" for name, said in WORDS if getattr(done, name)]
    lines += [f"{unit}: nobody to tell, no office of it is in the contact list" for unit in done.unreachable]
    return lines
