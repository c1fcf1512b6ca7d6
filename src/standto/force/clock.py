"""The posture clock of one unit: what its alerts, sustainment and recovery make of it, hour by hour."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from standto.force.scenario import Scenario, addressees
from standto.force.tables import Unit

HOURS_A_DAY = 24.0


@dataclass(frozen=True, slots=True)
class PostureChange:
    """A unit's posture at last became another one.

    Attributes
    ----------
    at_h
        Hours after C-hour.
    posture
        Position in the scenario's list of postures.
    cause
        The alert's id, or `decay` where the posture had stood longer than it can be sustained.
    """

    at_h: float
    posture: int
    cause: str


@dataclass(frozen=True, slots=True)
class Order:
    """One alert as one unit hears it: when, to which posture, by which alert order."""

    at_h: float
    posture: int
    alert: str


def orders_heard(scenario: Scenario) -> dict[str, list[Order]]:
    """Every unit's alerts in the order of their instants, packages resolved; the first posture needs none."""
    settings = scenario.settings
    heard: dict[str, list[Order]] = {}
    for alert in sorted(scenario.alerts, key=lambda alert: alert.at):
        at_h = (alert.at - settings.epoch).total_seconds() / 3600
        order = Order(at_h, settings.postures.index(alert.posture), alert.id)
        for unit in addressees(scenario, alert.units):
            heard.setdefault(unit.id, []).append(order)
    return heard


def posture_changes(unit: Unit, orders: Sequence[Order], until_h: float) -> tuple[PostureChange, ...]:
    """How a unit's posture changes before `until_h` under its alerts, from the first posture on.

    A posture held longer than its `sustain_days` decays to the one below. After a decay a raise counts only
    when `recover_days` have passed since; a later order replaces a raise that does not count yet. Ordering
    the posture that stands changes nothing and does not renew it. An order at the instant of decay counts.
    """
    return tuple(_changes(unit, (order for order in orders if order.at_h < until_h), until_h))


def _changes(unit: Unit, orders: Iterable[Order], until_h: float) -> Iterator[PostureChange]:
    waiting = list(orders)
    raise_later: Order | None = None
    posture, decays_h, recovered_h = 0, math.inf, -math.inf
    while True:
        order_h = waiting[0].at_h if waiting else math.inf
        later_h = recovered_h if raise_later else math.inf
        now = min(order_h, later_h, decays_h)
        if now >= until_h or math.isinf(now):
            return
        if now == order_h:
            order = waiting.pop(0)
            raise_later = None
            if order.posture > posture and now < recovered_h:
                raise_later = order
                continue
            new, cause = order.posture, order.alert
        elif raise_later is not None and now == later_h:
            new, cause, raise_later = raise_later.posture, raise_later.alert, None
        else:
            new, cause = posture - 1, "decay"
            recovered_h = now + unit.recover_days * HOURS_A_DAY
        if new != posture:
            posture = new
            days = unit.sustain_days[posture] if posture and unit.sustain_days else 0.0
            decays_h = now + days * HOURS_A_DAY if days else math.inf
            yield PostureChange(now, posture, cause)


def hours_left(unit: Unit, changes: Sequence[PostureChange], at_h: float) -> float:
    """Hours to ready if ordered to move at `at_h`, for a unit without tasks.

    It starts at the first posture's notice; while a posture stands it falls an hour an hour, not below that
    posture's notice; lowering lifts it to the new posture's notice at once.
    """
    left, posture, since = unit.notice_h[0], 0, -math.inf
    for change in (*changes, None):
        until = change.at_h if change else at_h
        if posture:
            left = max(unit.notice_h[posture], left - (until - since))
        if change:
            if change.posture < posture:
                left = max(left, unit.notice_h[change.posture])
            posture, since = change.posture, change.at_h
    return left
