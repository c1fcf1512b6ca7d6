"""Orders that raise, extend, lower, supersede and stand down, and the timers that they set and stop."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import pairwise

from standto.alert.authority import ground, people_of, require_say
from standto.alert.commands import ExtendAlert, LowerAlert, RaiseAlert, StandDownAlert, SupersedeAlert
from standto.alert.events import (
    Addressee,
    AlertExtended,
    AlertLowered,
    AlertRaised,
    AlertStoodDown,
    AlertSuperseded,
    Step,
)
from standto.alert.machines import ADDRESSEE, ORDER
from standto.alert.rules.timers import chased, told_or_stopped
from standto.alert.state import AlertOrder, AlertState
from standto.decide.state import Decided
from standto.errors import RefusedError, UsageError
from standto.ledger.event import Event

NAME = re.compile(r"[^\s;,/\\]{1,120}")


def raise_alert(state: AlertState, decided: Decided, command: RaiseAlert, now: datetime) -> tuple[Event, ...]:
    """A new order, or the next version of a standing one.

    Raises
    ------
    RefusedError
        If the order ended, units hold the posture already, the ceiling is exceeded or the authority lacks.
    """
    _require_sound(command, now)
    order = state.orders.get(command.alert)
    _require(order, command.alert, "raise", now)
    if order is None:
        return _raised(state, decided, command, now, None)
    if command.ceiling not in (None, order.ceiling):
        raise RefusedError(
            f"alert order {order.id} has {_ceiling_words(order.ceiling)}; a version cannot change it",
            fix="supersede it by an order with the new ceiling",
        )
    for addressee in command.addressees:
        told = order.told.get(addressee.unit)
        if told is not None and told.stands and told.level >= command.level:
            raise RefusedError(
                f"{addressee.unit} is at {told.posture} under alert order {order.id} already",
                fix="raise it to a higher posture, or use `lower`",
            )
    return _raised(state, decided, command, now, order)


def _raised(
    state: AlertState,
    decided: Decided,
    command: RaiseAlert,
    now: datetime,
    order: AlertOrder | None,
    supersedes: str = "",
) -> tuple[Event, ...]:
    ceiling = command.ceiling if order is None else order.ceiling
    people = _people_after(order, command.addressees, now)
    _require_under(command.alert, ceiling, people)
    found = ground(
        state,
        decided,
        alert=command.alert,
        authority=command.authority,
        units=[addressee.unit for addressee in command.addressees],
        posture=command.posture,
        people=people,
        decision=command.decision or (order.decision if order and order.basis == "decision" else ""),
        now=now,
        replaced=supersedes,
    )
    version = order.version + 1 if order else 1
    steps = command.steps or (order.steps if order else ())
    raised = AlertRaised(
        alert=command.alert,
        version=version,
        posture=command.posture,
        level=command.level,
        addressees=command.addressees,
        authority=command.authority,
        basis=found.basis,
        body=found.body,
        decision=found.decision,
        ceiling=ceiling,
        until=command.until or (order.until if order else None),
        reply_by=command.reply_by or (order.reply_by if order else None),
        steps=steps,
        says=command.says,
        supersedes=supersedes,
    )
    units = [addressee.unit for addressee in command.addressees]
    return (raised, *chased(command.alert, version, units, steps, now))


def supersede_alert(
    state: AlertState, decided: Decided, command: SupersedeAlert, now: datetime
) -> tuple[Event, ...]:
    """The old order is superseded and the new one given, in one go; who is under both is told once.

    Raises
    ------
    RefusedError
        If the old one does not stand, or the new one may not be given.
    """
    old = _standing(state, command.supersedes, "supersede", now)
    if command.alert in state.orders:
        raise RefusedError(
            f"alert order {command.alert} is there already", fix="give the new order an id of its own"
        )
    _require_sound(command, now)
    require_say(
        old,
        decided,
        authority=command.authority,
        units=[told.unit for told in old.standing(now)],
        now=now,
    )
    superseded = AlertSuperseded(
        alert=old.id,
        version=old.version + 1,
        authority=command.authority,
        superseded_by=command.alert,
    )
    new = {addressee.unit for addressee in command.addressees}
    reason = f"superseded by {command.alert}"
    silent = [told.unit for told in old.told.values() if told.unit in new]
    others = [told.unit for told in old.standing(now) if told.unit not in new]
    return (
        superseded,
        *told_or_stopped(state, old, old.version + 1, others, reason, now),
        *told_or_stopped(state, old, old.version + 1, silent, reason, now, notice=False),
        *_raised(state, decided, command, now, None, supersedes=old.id),
    )


def extend_alert(
    state: AlertState, decided: Decided, command: ExtendAlert, now: datetime
) -> tuple[Event, ...]:
    """A standing order for more units, for longer, or both; only the units added must answer.

    Raises
    ------
    RefusedError
        If it does not stand, a unit is under it already, the ceiling is exceeded or the authority lacks.
    """
    order = _standing(state, command.alert, "extend", now)
    if not command.addressees and command.until is None:
        raise UsageError(
            f"nothing to extend alert order {order.id} by", fix="give units, a later end, or both"
        )
    _require_authority(command.authority)
    if command.until is not None:
        if order.until is None:
            raise RefusedError(
                f"alert order {order.id} has no end to put later", fix="supersede it by one with an end"
            )
        if command.until <= order.until:
            raise RefusedError(
                f"alert order {order.id} ends at {order.until:%Y-%m-%d %H:%MZ}, not before",
                fix="extend it to a later end; supersede it to shorten it",
            )
    _require_named(command.addressees)
    for addressee in command.addressees:
        told = order.told.get(addressee.unit)
        ADDRESSEE.require(
            told.status if told else "not addressed", "extend", f"{addressee.unit} under {order.id}"
        )
    people = _people_after(order, command.addressees, now)
    _require_under(order.id, order.ceiling, people)
    added = [addressee.unit for addressee in command.addressees]
    ground(
        state,
        decided,
        alert=order.id,
        authority=command.authority,
        units=added or [told.unit for told in order.standing(now)],
        posture=order.posture,
        people=people,
        decision=order.decision if order.basis == "decision" else "",
        now=now,
    )
    version = order.version + 1
    extended = AlertExtended(
        alert=order.id,
        version=version,
        authority=command.authority,
        addressees=command.addressees,
        posture=order.posture,
        level=order.level,
        until=command.until or order.until,
    )
    return (extended, *chased(order.id, version, added, order.steps, now))


def lower_alert(state: AlertState, decided: Decided, command: LowerAlert, now: datetime) -> tuple[Event, ...]:
    """Units under an order are brought down to a lower posture, and must acknowledge that too.

    Raises
    ------
    RefusedError
        If the order does not stand, or a unit is not above that posture.
    """
    order = _standing(state, command.alert, "lower", now)
    if command.level < 1:
        raise RefusedError(
            f"{command.posture} is the first posture: no order holds a unit there", fix="use `stand-down`"
        )
    units = _units(order, command.units, "lower", now)
    for unit in units:
        told = order.told[unit]
        if told.level <= command.level:
            raise RefusedError(
                f"{unit} is at {told.posture} under alert order {order.id}: {command.posture} is not lower",
                fix="name the units that are above it",
            )
    require_say(order, decided, authority=command.authority, units=units, now=now)
    version = order.version + 1
    lowered = AlertLowered(
        alert=order.id,
        version=version,
        authority=command.authority,
        units=units,
        posture=command.posture,
        level=command.level,
    )
    return (lowered, *chased(order.id, version, units, order.steps, now))


def stand_down_alert(
    state: AlertState, decided: Decided, command: StandDownAlert, now: datetime
) -> tuple[Event, ...]:
    """Units are released from an order; those that had been told of it are told of that, too.

    Raises
    ------
    RefusedError
        If the order does not stand, or a unit is not under it.
    """
    order = _standing(state, command.alert, "stand down", now)
    units = _units(order, command.units, "stand down", now)
    require_say(order, decided, authority=command.authority, units=units, now=now)
    version = order.version + 1
    stood_down = AlertStoodDown(alert=order.id, version=version, authority=command.authority, units=units)
    return (stood_down, *told_or_stopped(state, order, version, units, "stood down", now))


def require_ceiling(order: AlertOrder, more: int, now: datetime) -> None:
    """Refuse what would bring more people under an order than its ceiling allows."""
    _require_under(order.id, order.ceiling, order.people(now) + more)


def _require_under(alert: str, ceiling: int | None, people: int) -> None:
    if ceiling is not None and people > ceiling:
        raise RefusedError(
            f"alert order {alert} would hold {people:,} people; its ceiling is {ceiling:,}",
            fix="name fewer units, or supersede it by an order with a higher ceiling",
        )


def _people_after(order: AlertOrder | None, addressees: Sequence[Addressee], now: datetime) -> int:
    """People under an order once it names these too."""
    named = {addressee.unit for addressee in addressees}
    stay = order.standing(now) if order else ()
    return people_of(addressees) + sum(told.strength for told in stay if told.unit not in named)


def _units(order: AlertOrder, named: Sequence[str], command: str, now: datetime) -> tuple[str, ...]:
    """The units named, or all that stand; each must be in a status that allows the command."""
    for unit in named:
        told = order.told.get(unit)
        ADDRESSEE.require(told.status if told else "not addressed", command, f"{unit} under {order.id}")
    return tuple(dict.fromkeys(named)) or tuple(told.unit for told in order.standing(now))


def _standing(state: AlertState, alert: str, command: str, now: datetime) -> AlertOrder:
    """A standing order by its id."""
    order = state.orders.get(alert)
    if order is None:
        known = ", ".join(sorted(state.orders)) or "none"
        raise RefusedError(f"there is no alert order {alert}", fix=f"orders on record: {known}")
    _require(order, alert, command, now)
    return order


def _require(order: AlertOrder | None, alert: str, command: str, now: datetime) -> None:
    ORDER.require(order.status_at(now) if order else "not issued", command, f"alert order {alert}")


def _ceiling_words(ceiling: int | None) -> str:
    return "no ceiling" if ceiling is None else f"a ceiling of {ceiling:,} people"


def _require_sound(command: RaiseAlert, now: datetime) -> None:
    """Refuse an order that says nothing, or says it wrongly."""
    if not NAME.fullmatch(command.alert):
        raise UsageError(
            f"{command.alert!r} is no id of an alert order",
            fix="at most 120 characters without spaces, commas, semicolons or slashes",
        )
    if not command.addressees:
        raise UsageError(f"alert order {command.alert} names no unit", fix="name units or packages")
    if command.level < 1:
        raise UsageError(
            f"{command.posture} is the first posture: it needs no order", fix="name a higher posture"
        )
    _require_authority(command.authority)
    _require_named(command.addressees)
    for name, instant in (("ends", command.until), ("wants answers by", command.reply_by)):
        if instant is not None and instant <= now:
            raise UsageError(
                f"alert order {command.alert} {name} {instant:%Y-%m-%d %H:%MZ}, which has passed",
                fix="give a later time",
            )
    require_steps(command.steps)


def require_steps(steps: Sequence[Step]) -> None:
    """Refuse an escalation whose steps are not in order."""
    minutes = [0.0, *(step.after_min for step in steps)]
    if any(later < earlier for earlier, later in pairwise(minutes)):
        raise UsageError("the steps of the escalation are not in the order of their minutes", fix="sort them")


def _require_authority(authority: str) -> None:
    if not authority.strip():
        raise UsageError("an alert order needs an authority", fix="name the office by whose authority it is")


def _require_named(addressees: Iterable[Addressee]) -> None:
    """Refuse units without a sound id, without a strength, or named twice."""
    seen: set[str] = set()
    for addressee in addressees:
        if not NAME.fullmatch(addressee.unit) or addressee.strength < 0:
            raise UsageError(
                f"{addressee.unit!r} of {addressee.strength} people is no unit",
                fix="an id without spaces, commas, semicolons or slashes, and 0 or more people",
            )
        if addressee.unit in seen:
            raise UsageError(f"{addressee.unit} is named twice", fix="name each unit once")
        seen.add(addressee.unit)
