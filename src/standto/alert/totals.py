"""How many are on alert and what they answered; every number is counted when asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from standto.alert.heard import level_at
from standto.alert.machines import ADDRESSEE
from standto.alert.state import AlertOrder, AlertState


@dataclass(frozen=True, slots=True)
class Tally:
    """Units, and their people."""

    units: int = 0
    people: int = 0

    def plus(self, people: int) -> Tally:
        """The tally with one more unit."""
        return Tally(self.units + 1, self.people + people)


@dataclass(frozen=True, slots=True)
class OnAlert:
    """One unit that is under at least one standing order.

    `level` and `posture` are the highest that counts for its clock; level 0 while none does, such as while
    it awaits national approval.
    """

    unit: str
    strength: int
    level: int
    posture: str
    orders: tuple[str, ...]


def answers(order: AlertOrder) -> Mapping[str, Tally]:
    """Units and people of an order by the addressee's status, those without any left out."""
    found: dict[str, Tally] = {}
    for told in order.told.values():
        found[told.status] = found.get(told.status, Tally()).plus(told.strength)
    return {status: found[status] for status, _ in ADDRESSEE.statuses if status in found}


def on_alert(state: AlertState, at: datetime) -> tuple[OnAlert, ...]:
    """Every unit under a standing order at an instant, each once, by id, strength by the newest order."""
    found: dict[str, OnAlert] = {}
    for order in sorted(state.standing(at), key=lambda order: (order.effective_at, order.id)):
        for told in order.standing(at):
            level, posture = level_at(order, told, at)
            known = found.get(told.unit)
            orders = (*(known.orders if known else ()), order.id)
            if known and known.level >= level:
                found[told.unit] = OnAlert(told.unit, told.strength, known.level, known.posture, orders)
            else:
                found[told.unit] = OnAlert(told.unit, told.strength, level, posture, orders)
    return tuple(found[unit] for unit in sorted(found))


def by_posture(units: tuple[OnAlert, ...]) -> Mapping[str, Tally]:
    """Units and people by the posture that counts, the highest first; blank where none counts yet."""
    found: dict[tuple[int, str], Tally] = {}
    for one in units:
        key = (-one.level, one.posture)
        found[key] = found.get(key, Tally()).plus(one.strength)
    return {posture: found[level, posture] for level, posture in sorted(found)}
