"""The rooms whose events, states and rules make up a record."""

from __future__ import annotations

from typing import Any, cast

from standto import decide
from standto.decide import saying
from standto.decide.rules.answering import RULES, answer
from standto.decide.state import Decided
from standto.desk.alerting import ALERT
from standto.desk.room import Room
from standto.ledger import opening
from standto.ledger.opening import Opening, OpenRecord

OPENING = Room(
    name="record",
    events=opening.EVENTS,
    start=Opening(),
    fold=opening.fold,
    rules={
        OpenRecord: lambda picture, command, _now: opening.open_record(
            picture.of(Opening), cast("OpenRecord", command)
        )
    },
)


DECIDE = Room(
    name="decide",
    events=decide.EVENTS,
    start=Decided(),
    fold=Decided.fold,
    rules={
        command: lambda picture, command, now: answer(picture.of(Decided), command, now) for command in RULES
    },
    say=saying.lines,
)


def rooms() -> tuple[Room[Any], ...]:
    """Every room of a record, in the order of the story."""
    return (OPENING, DECIDE, ALERT)
