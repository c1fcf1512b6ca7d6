"""The alert room's place in the record: which rule answers which command."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from standto.alert import commands as c
from standto.alert import saying
from standto.alert.events import EVENTS
from standto.alert.folding import fold
from standto.alert.rules import answers, messages, orders, reports, timers
from standto.alert.state import AlertState
from standto.decide.state import Decided
from standto.desk.room import Picture, Room, Rule
from standto.ledger.event import Event


def _alone(rule: Callable[[AlertState, Any, datetime], Iterable[Event]]) -> Rule:
    """A rule that looks at alert orders only."""
    return lambda picture, command, now: rule(picture.of(AlertState), command, now)


def _with_decisions(rule: Callable[[AlertState, Decided, Any, datetime], Iterable[Event]]) -> Rule:
    """A rule that also looks at who decides for the units."""

    def ruled(picture: Picture, command: Any, now: datetime) -> Iterable[Event]:
        return rule(picture.of(AlertState), picture.of(Decided), command, now)

    return ruled


ALERT = Room(
    name="alert",
    events=EVENTS,
    start=AlertState(),
    fold=fold,
    rules={
        c.RaiseAlert: _with_decisions(orders.raise_alert),
        c.SupersedeAlert: _with_decisions(orders.supersede_alert),
        c.ExtendAlert: _with_decisions(orders.extend_alert),
        c.LowerAlert: _with_decisions(orders.lower_alert),
        c.StandDownAlert: _with_decisions(orders.stand_down_alert),
        c.AcknowledgeAlert: _alone(answers.acknowledge_alert),
        c.AnswerAlert: _alone(answers.answer_alert),
        c.FireTimers: _alone(timers.fire_timers),
        c.TryMessages: _alone(messages.try_messages),
        c.NoteTries: _alone(messages.note_tries),
        c.ReportReadiness: _alone(reports.report_readiness),
    },
    say=saying.lines,
)
