"""What every unit hears from all alert orders together: the highest posture that any of them orders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from standto.alert.state import AlertOrder, AlertState, Told


@dataclass(frozen=True, slots=True)
class Heard:
    """From `at` on a unit is ordered to `level`, by the alert order that made the change.

    `posture` is the level's name, blank for the first posture.
    """

    at: datetime
    level: int
    posture: str
    alert: str


def level_at(order: AlertOrder, told: Told, at: datetime) -> tuple[int, str]:
    """The posture that counts for an addressee under one order at an instant; level 0 is the first."""
    found: tuple[int, str] = (0, "")
    since = None
    if order.until is not None and at >= order.until:
        return found
    for instant, level, posture in told.held:
        if instant <= at and (since is None or instant >= since):
            found, since = (level, posture), instant
    return found


def heard(state: AlertState) -> dict[str, tuple[Heard, ...]]:
    """By unit: every change of the highest level that its orders ask of it, oldest first.

    An order that asks again for the level that stands is heard again: it renews a posture that had decayed.
    """
    named: dict[str, list[tuple[AlertOrder, Told]]] = {}
    for order in sorted(state.orders.values(), key=lambda order: (order.effective_at, order.id)):
        for told in order.told.values():
            named.setdefault(told.unit, []).append((order, told))
    return {unit: changes for unit, orders in named.items() if (changes := _changes(orders))}


def _changes(orders: list[tuple[AlertOrder, Told]]) -> tuple[Heard, ...]:
    instants: dict[datetime, str] = {}
    raised: set[tuple[datetime, int]] = set()
    for order, told in orders:
        for at, level, _ in told.held:
            instants[at] = order.id
            raised.add((at, level))
        if order.until is not None and told.held:
            instants.setdefault(order.until, order.id)
    changes: list[Heard] = []
    level = 0
    for at, alert in sorted(instants.items()):
        asked = [(*level_at(order, told, at), order.id) for order, told in orders]
        highest, posture = max((ordered, name) for ordered, name, _ in asked)
        if highest != level or (highest and (at, highest) in raised):
            causes = [order for ordered, _, order in asked if ordered == highest and highest]
            cause = alert if alert in causes or not causes else causes[-1]
            changes.append(Heard(at, highest, posture, cause))
        level = highest
    return tuple(changes)
