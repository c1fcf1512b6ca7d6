"""The alert state from its events: one pass, tolerant of the order in which effective time puts them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from standto.alert import events as e
from standto.alert.machines import ADDRESSEE, MESSAGE, ORDER
from standto.alert.state import AlertOrder, AlertState, Held, Message, Report, Timer, Told
from standto.ledger.event import Noted


def fold(state: AlertState, notes: Iterable[Noted]) -> AlertState:
    """How everything stands after more events; events of orders that are not there are passed over."""
    work = _Work(state)
    for noted in notes:
        takes = _TAKES.get(type(noted.event))
        if takes is not None:
            takes(work, noted.event, noted)
    return AlertState(
        work.orders,
        work.timers,
        work.messages,
        work.reports,
    )


class _Work:
    """The state while it is folded: dictionaries copied once."""

    def __init__(self, state: AlertState) -> None:
        self.orders = dict(state.orders)
        self.timers = dict(state.timers)
        self.messages = dict(state.messages)
        self.reports = dict(state.reports)

    def change(self, alert: str, told: Iterable[Told] = (), **changes: Any) -> None:
        """Put a changed order, with changed addressees, in the place of the one there."""
        order = self.orders[alert]
        after = {**order.told, **{one.unit: one for one in told}}
        self.orders[alert] = replace(order, told=after, **changes)


def _tell(told: Told | None, addressee: e.Addressee, event: Any, at: datetime, command: str) -> Told:
    """An addressee after it was told a version of an order."""
    before = told.held if told else ()
    return Told(
        unit=addressee.unit,
        strength=addressee.strength,
        status=ADDRESSEE.after(told.status if told else "not addressed", command),
        version=event.version,
        level=event.level,
        posture=event.posture,
        told_at=at,
        held=(*before, (at, event.level, event.posture)),
        before=before,
        agreed_version=told.agreed_version if told else 0,
    )


def _raised(work: _Work, event: e.AlertRaised, noted: Noted) -> None:
    at = noted.effective_at
    order = work.orders.get(event.alert)
    if order is None:
        work.orders[event.alert] = AlertOrder(
            id=event.alert,
            status=ORDER.after("not issued", "raise"),
            version=event.version,
            posture=event.posture,
            level=event.level,
            authority=event.authority,
            basis=event.basis,
            body=event.body,
            decision=event.decision,
            ceiling=event.ceiling,
            until=event.until,
            reply_by=event.reply_by,
            steps=event.steps,
            says=event.says,
            issued_at=noted.recorded_at,
            effective_at=at,
            told={a.unit: _tell(None, a, event, at, "raise") for a in event.addressees},
            supersedes=event.supersedes,
        )
        return
    told = [_tell(order.told.get(a.unit), a, event, at, "raise") for a in event.addressees]
    work.change(
        event.alert,
        told,
        version=event.version,
        posture=event.posture,
        level=event.level,
        authority=event.authority,
        basis=event.basis,
        body=event.body,
        decision=event.decision,
        ceiling=event.ceiling,
        until=event.until,
        reply_by=event.reply_by,
        steps=event.steps,
        says=event.says,
    )


def _extended(work: _Work, event: e.AlertExtended, noted: Noted) -> None:
    order = work.orders.get(event.alert)
    if order is not None:
        told = [
            _tell(order.told.get(a.unit), a, event, noted.effective_at, "extend") for a in event.addressees
        ]
        work.change(event.alert, told, version=event.version, until=event.until)


def _lowered(work: _Work, event: e.AlertLowered, noted: Noted) -> None:
    order = work.orders.get(event.alert)
    if order is not None:
        units = [order.told[unit] for unit in event.units if unit in order.told]
        told = [
            _tell(one, e.Addressee(unit=one.unit, strength=one.strength), event, noted.effective_at, "lower")
            for one in units
        ]
        work.change(event.alert, told, version=event.version)


def _released(told: Told, at: datetime, command: str) -> Told:
    held: tuple[Held, ...] = (*told.held, (at, 0, "")) if told.held else ()
    return replace(told, status=ADDRESSEE.after(told.status, command), held=held)


def _superseded(work: _Work, event: e.AlertSuperseded, noted: Noted) -> None:
    order = work.orders.get(event.alert)
    if order is not None:
        told = [
            _released(one, noted.effective_at, "supersede")
            for one in order.told.values()
            if ADDRESSEE.find(one.status, "supersede")
        ]
        status = ORDER.after(order.status, "supersede")
        work.change(
            event.alert, told, version=event.version, status=status, superseded_by=event.superseded_by
        )


def _stood_down(work: _Work, event: e.AlertStoodDown, noted: Noted) -> None:
    order = work.orders.get(event.alert)
    if order is not None:
        told = [
            _released(order.told[unit], noted.effective_at, "stand down")
            for unit in event.units
            if unit in order.told
        ]
        work.change(event.alert, told, version=event.version)
        if not any(one.stands for one in work.orders[event.alert].told.values()):
            work.change(event.alert, status=ORDER.after(order.status, "stand down"))


def _answer(work: _Work, event: Any, noted: Noted, word: str, **more: Any) -> None:
    order = work.orders.get(event.alert)
    told = order.told.get(event.unit) if order else None
    if told is None:
        return
    at, held, agreed = noted.effective_at, told.held, told.agreed_version
    if word in ("yes", "caveat"):
        agreed = told.version
        if told.status in ("awaiting", "refused"):
            held = (*held, (at, told.level, told.posture))
    elif word == "awaiting" and told.status in ("told", "acknowledged"):
        held = told.before
    elif word == "no":
        held = _without(told, at)
    status = ADDRESSEE.after(told.status, word)
    after = replace(
        told, status=status, held=held, agreed_version=agreed, answered_at=at, by=noted.by, **more
    )
    work.change(event.alert, [after])


def _without(told: Told, at: datetime) -> tuple[Held, ...]:
    """What counts of an order for a unit that says no: what it agreed to, until then."""
    if told.agreed_version == told.version:
        return (*told.held, (at, 0, ""))
    return (*told.before, (at, 0, "")) if told.agreed_version else ()


def _acknowledged(work: _Work, event: e.AlertAcknowledged, noted: Noted) -> None:
    _answer(work, event, noted, "acknowledge")


def _answered(work: _Work, event: e.AlertAnswered, noted: Noted) -> None:
    _answer(work, event, noted, event.answer, says=event.says, until=event.until)


def _timer_set(work: _Work, event: e.TimerSet, noted: Noted) -> None:
    timer = work.timers.get(event.timer)
    work.timers[event.timer] = Timer(
        id=event.timer,
        alert=event.alert,
        version=event.version,
        unit=event.unit,
        step=event.step,
        purpose=event.purpose,
        status="set",
        due=event.due,
        says=event.says,
        firings=timer.firings if timer else 0,
        reached=timer.reached if timer else 0,
        fired_at=timer.fired_at if timer else None,
    )


def _timer_fired(work: _Work, event: e.TimerFired, noted: Noted) -> None:
    timer = work.timers.get(event.timer)
    if timer is not None:
        more = event.next_due is not None
        work.timers[event.timer] = replace(
            timer,
            status="set" if more else "ran off",
            step=event.step + 1 if more else event.step,
            due=event.next_due or timer.due,
            firings=event.firing,
            reached=len(event.told),
            fired_at=noted.recorded_at,
        )


def _timer_stopped(work: _Work, event: e.TimerStopped, noted: Noted) -> None:
    timer = work.timers.get(event.timer)
    if timer is not None:
        work.timers[event.timer] = replace(timer, status="stopped", reason=event.reason)


def _queued(work: _Work, event: e.MessageQueued, noted: Noted) -> None:
    work.messages[event.key] = Message(
        key=event.key,
        timer=event.timer,
        alert=event.alert,
        version=event.version,
        unit=event.unit,
        step=event.step,
        purpose=event.purpose,
        office=event.office,
        channel=event.channel,
        says=event.says,
        queued_at=noted.recorded_at,
    )


def _tried(work: _Work, event: e.MessageTried, noted: Noted) -> None:
    _message(work, event.key, "try", attempt=event.attempt, until=event.until)


def _sent(work: _Work, event: e.MessageSent, noted: Noted) -> None:
    _message(work, event.key, "note sent", sent_at=noted.recorded_at, until=None)


def _failed(work: _Work, event: e.MessageFailed, noted: Noted) -> None:
    command = "give up" if event.again_at is None else "note failed"
    _message(work, event.key, command, reason=event.reason, again_at=event.again_at, until=None)


def _dropped(work: _Work, event: e.MessageDropped, noted: Noted) -> None:
    _message(work, event.key, "drop", reason=event.reason)


def _message(work: _Work, key: str, command: str, **changes: Any) -> None:
    message = work.messages.get(key)
    if message is not None:
        work.messages[key] = replace(message, status=MESSAGE.after(message.status, command), **changes)


def _reported(work: _Work, event: e.ReadinessReported, noted: Noted) -> None:
    last = work.reports.get(event.unit)
    if last is None or last.at <= noted.effective_at:
        work.reports[event.unit] = Report(
            unit=event.unit,
            at=noted.effective_at,
            left_h=event.left_h,
            done=event.done,
            says=event.says,
            by=noted.by,
        )


_TAKES: dict[type[Any], Callable[[_Work, Any, Noted], None]] = {
    e.AlertRaised: _raised,
    e.AlertExtended: _extended,
    e.AlertLowered: _lowered,
    e.AlertSuperseded: _superseded,
    e.AlertStoodDown: _stood_down,
    e.AlertAcknowledged: _acknowledged,
    e.AlertAnswered: _answered,
    e.TimerSet: _timer_set,
    e.TimerFired: _timer_fired,
    e.TimerStopped: _timer_stopped,
    e.MessageQueued: _queued,
    e.MessageTried: _tried,
    e.MessageSent: _sent,
    e.MessageFailed: _failed,
    e.MessageDropped: _dropped,
    e.ReadinessReported: _reported,
}
