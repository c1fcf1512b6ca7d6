"""What addressees say: acknowledged once, then yes, yes with a caveat, awaiting national approval, or no."""

from __future__ import annotations

from datetime import datetime

from standto.alert.commands import AcknowledgeAlert, AnswerAlert
from standto.alert.events import AlertAcknowledged, AlertAnswered
from standto.alert.machines import ADDRESSEE, ORDER
from standto.alert.rules.orders import require_ceiling
from standto.alert.rules.timers import awaited, stopped
from standto.alert.state import AlertOrder, AlertState, Told
from standto.errors import RefusedError, UsageError
from standto.ledger.event import Event

ANSWERS = ("yes", "caveat", "awaiting", "no")


def acknowledge_alert(state: AlertState, command: AcknowledgeAlert, now: datetime) -> tuple[Event, ...]:
    """A unit has the order; its reminders stop.

    Raises
    ------
    RefusedError
        If it is not addressed, or has acknowledged or answered this version already.
    """
    order, told = _addressed(state, command.alert, command.unit, "acknowledge", now)
    ADDRESSEE.require(told.status, "acknowledge", f"{told.unit} under {order.id}")
    return (
        AlertAcknowledged(alert=order.id, version=told.version, unit=told.unit),
        *stopped(state, order.id, told.unit, "acknowledged"),
    )


def answer_alert(state: AlertState, command: AnswerAlert, now: datetime) -> tuple[Event, ...]:
    """A unit answers; an answer is an acknowledgement, too.

    Raises
    ------
    RefusedError
        If it is not addressed, may not answer so any more, or its yes would exceed the ceiling.
    UsageError
        If the answer is none of the four, or lacks its caveat or its time.
    """
    if command.answer not in ANSWERS:
        raise UsageError(f"{command.answer!r} is no answer", fix=f"answers: {', '.join(ANSWERS)}")
    if command.answer == "caveat" and not command.says.strip():
        raise UsageError("a caveat needs words", fix="say what it is")
    if command.answer != "awaiting" and command.until is not None:
        raise UsageError("only `awaiting` has a time", fix="leave the time out, or answer `awaiting`")
    order, told = _addressed(state, command.alert, command.unit, "answer", now)
    ADDRESSEE.require(told.status, command.answer, f"{told.unit} under {order.id}")
    if not told.stands and command.answer != "no":
        require_ceiling(order, told.strength, now)
    answered = AlertAnswered(
        alert=order.id,
        version=told.version,
        unit=told.unit,
        answer=command.answer,
        says=command.says,
        until=command.until,
    )
    if command.answer != "awaiting":
        return (answered, *stopped(state, order.id, told.unit, f"answered {command.answer}"))
    if command.until is None or command.until <= now:
        raise UsageError("awaiting national approval needs a time to come", fix="say until when")
    return (answered, *awaited(state, order, told.version, told.unit, command.until))


def _addressed(
    state: AlertState, alert: str, unit: str, command: str, now: datetime
) -> tuple[AlertOrder, Told]:
    order = state.orders.get(alert)
    if order is None:
        known = ", ".join(sorted(state.orders)) or "none"
        raise RefusedError(f"there is no alert order {alert}", fix=f"orders on record: {known}")
    told = order.told.get(unit)
    if told is None:
        known = ", ".join(sorted(order.told))
        raise RefusedError(f"alert order {alert} does not name {unit}", fix=f"it names {known}")
    ORDER.require(order.status_at(now), command, f"alert order {alert}")
    return order, told
