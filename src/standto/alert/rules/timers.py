"""Timers: set with an order, due or not, run off once, stopped by an answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from standto.alert.commands import FireTimers, Firing
from standto.alert.events import MessageQueued, Step, TimerEvent, TimerFired, TimerSet, TimerStopped
from standto.alert.machines import TIMER
from standto.alert.state import AlertOrder, AlertState, Timer, timer_id
from standto.ledger.event import Event

ALIVE = {"chase": ("told",), "approval": ("awaiting",)}
"""For each purpose, the statuses of an addressee in which it is still to be told."""


def chased(
    alert: str, version: int, units: Iterable[str], steps: Sequence[Step], now: datetime
) -> tuple[TimerEvent, ...]:
    """Timers that tell units of a version of an order, and remind them; none without an escalation."""
    if not steps:
        return ()
    return tuple(
        TimerSet(
            timer=timer_id(alert, unit),
            alert=alert,
            version=version,
            unit=unit,
            step=0,
            due=now + timedelta(minutes=steps[0].after_min),
            purpose="chase",
        )
        for unit in units
    )


def stopped(state: AlertState, alert: str, unit: str, reason: str) -> tuple[TimerEvent, ...]:
    """The timer of an addressee stopped, if it runs."""
    timer = state.timers.get(timer_id(alert, unit))
    if timer is None or TIMER.find(timer.status, "stop") is None:
        return ()
    return (TimerStopped(timer=timer.id, reason=reason),)


def told_or_stopped(
    state: AlertState,
    order: AlertOrder,
    version: int,
    units: Iterable[str],
    reason: str,
    now: datetime,
    *,
    notice: bool = True,
) -> tuple[TimerEvent, ...]:
    """Timers after an order no longer holds for units: who was told of it is told that, once."""

    def each() -> Iterator[TimerEvent]:
        for unit in units:
            timer = state.timers.get(timer_id(order.id, unit))
            if notice and timer is not None and timer.firings:
                yield TimerSet(
                    timer=timer.id,
                    alert=order.id,
                    version=version,
                    unit=unit,
                    step=-1,
                    due=now,
                    purpose="notice",
                    says=reason,
                )
            else:
                yield from stopped(state, order.id, unit, reason)

    return tuple(each())


def awaited(
    state: AlertState, order: AlertOrder, version: int, unit: str, until: datetime
) -> tuple[Event, ...]:
    """A timer for the instant until which national approval was awaited."""
    if not order.steps:
        return ()
    return (
        TimerSet(
            timer=timer_id(order.id, unit),
            alert=order.id,
            version=version,
            unit=unit,
            step=0,
            due=until,
            purpose="approval",
        ),
    )


def due(state: AlertState, now: datetime) -> tuple[Timer, ...]:
    """The timers to run off now, the earliest first."""
    ready = [timer for timer in state.timers.values() if timer.status == "set" and timer.due <= now]
    return tuple(sorted(ready, key=lambda timer: (timer.due, timer.id)))


def no_longer_wanted(
    state: AlertState, *, alert: str, version: int, unit: str, purpose: str, now: datetime
) -> str:
    """Why nobody needs to be told something any more; blank where it is still to be told."""
    if purpose == "notice":
        return ""
    order = state.orders.get(alert)
    told = order.told.get(unit) if order else None
    if order is None or told is None:
        return "the order is not on record"
    status = order.status_at(now)
    if status != "standing":
        return f"the order is {status}"
    if told.version != version:
        return f"version {told.version} of the order took its place"
    if told.status not in ALIVE[purpose]:
        return told.status
    return ""


def fire_timers(state: AlertState, command: FireTimers, now: datetime) -> tuple[Event, ...]:
    """The timers run off and their messages wait to be sent, in one go; not again for those that did."""
    return tuple(event for firing in command.firings for event in _fired(state, firing, now))


def _fired(state: AlertState, firing: Firing, now: datetime) -> Iterator[Event]:
    timer = state.timers.get(firing.timer)
    if timer is None or timer.status != "set" or timer.due > now:
        return
    if (firing.version, firing.step, firing.firing) != (timer.version, timer.step, timer.firings + 1):
        return
    reason = no_longer_wanted(
        state, alert=timer.alert, version=timer.version, unit=timer.unit, purpose=timer.purpose, now=now
    )
    if reason:
        yield TimerStopped(timer=timer.id, reason=reason)
        return
    order = state.orders[timer.alert]
    yield TimerFired(
        timer=timer.id,
        step=timer.step,
        firing=firing.firing,
        told=firing.recipients,
        next_due=_next_due(order, timer, now),
    )
    says = order.steps[timer.step].says if timer.step >= 0 else timer.says
    for recipient in firing.recipients:
        yield MessageQueued(
            key=f"{timer.id}/{firing.firing}/{recipient.office}/{recipient.channel}",
            timer=timer.id,
            alert=timer.alert,
            version=timer.version,
            unit=timer.unit,
            step=timer.step,
            purpose=timer.purpose,
            office=recipient.office,
            channel=recipient.channel,
            says=says,
        )


def _next_due(order: AlertOrder, timer: Timer, now: datetime) -> datetime | None:
    """When the next step is due: as long after this firing as the steps are apart.

    Counted from the firing and not from the order, so that after a long halt, or a clock put forward, the
    steps do not all come at once.
    """
    after = timer.step + 1
    if timer.step < 0 or after >= len(order.steps):
        return None
    apart = order.steps[after].after_min - order.steps[timer.step].after_min
    return now + timedelta(minutes=apart)
