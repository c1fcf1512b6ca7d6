"""By whose authority readiness is raised and lowered: a body's decision or delegation, or a nation's own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from standto.alert.events import Addressee, Basis
from standto.alert.state import AlertOrder, AlertState
from standto.decide.rules.authority import basis_for_readiness
from standto.decide.state import Decided
from standto.errors import RefusedError


@dataclass(frozen=True, slots=True)
class Ground:
    """On what an alert order rests."""

    basis: Basis
    body: str = ""
    decision: str = ""


def ground(
    state: AlertState,
    decided: Decided,
    *,
    alert: str,
    authority: str,
    units: Sequence[str],
    posture: str,
    people: int,
    decision: str,
    now: datetime,
    replaced: str = "",
) -> Ground:
    """On what an order to raise units rests; where no body decides for any of them, on national authority.

    Ceilings of a decision or delegation hold for all standing orders that rest on it together.

    Parameters
    ----------
    people
        People under the order once it is given.
    replaced
        The order that this one supersedes: its people do not count.

    Raises
    ------
    RefusedError
        If the authority may not raise all of them, with the reason.
    """
    held = [unit for unit in units if decided.packages_of(unit)]
    if not decision and not held:
        return Ground("national")
    asked = units if decision else held

    def find(total: int, wanted: str) -> Ground:
        found = basis_for_readiness(
            decided, by=authority, units=asked, posture=posture, now=now, people=total, decision=wanted
        )
        return Ground(found.kind, found.body, found.decision)

    first = find(people, decision)
    others = sum(
        order.people(now)
        for order in state.standing(now)
        if order.id not in (alert, replaced) and _same(order, first, authority)
    )
    return find(people + others, first.decision) if others else first


def _same(order: AlertOrder, found: Ground, authority: str) -> bool:
    """Whether a standing order shares the ceiling of what another rests on."""
    if (order.basis, order.body, order.decision) != (found.basis, found.body, found.decision):
        return False
    return found.basis == "decision" or order.authority == authority


def require_say(
    order: AlertOrder, decided: Decided, *, authority: str, units: Iterable[str], now: datetime
) -> None:
    """Refuse to lower or end an order for somebody who neither gave it nor could give it.

    Raises
    ------
    RefusedError
        Naming who gave it.
    """
    if authority == order.authority:
        return
    held = [unit for unit in units if decided.packages_of(unit)]
    if held:
        try:
            basis_for_readiness(decided, by=authority, units=held, posture=order.posture, now=now)
        except RefusedError:
            pass
        else:
            return
    raise RefusedError(
        f"alert order {order.id} was given by authority of {order.authority}, not of {authority}",
        fix=f"name {order.authority!r}, or an office that may raise these units itself",
    )


def people_of(addressees: Iterable[Addressee]) -> int:
    """Strengths of addressees together."""
    return sum(addressee.strength for addressee in addressees)
