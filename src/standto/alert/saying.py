"""The alert room in lines for people: what a picture of a record says of alert orders."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from standto.alert.state import AlertState
from standto.alert.totals import by_posture, on_alert
from standto.alert.words import instant


def lines(state: AlertState, at: datetime) -> list[str]:
    """How many are on alert at an instant, and every order with its people and ceiling."""
    return list(_lines(state, at))


def _lines(state: AlertState, at: datetime) -> Iterator[str]:
    units = on_alert(state, at)
    for posture, tally in by_posture(units).items():
        where = f"at {posture}" if posture else "told, and awaiting national approval"
        yield f"on alert: {tally.people:,} people in {tally.units} units {where}"
    if state.orders and not units:
        yield "on alert: nobody"
    for order in sorted(state.orders.values(), key=lambda order: (order.effective_at, order.id)):
        ceiling = "" if order.ceiling is None else f", up to {order.ceiling:,}"
        yield (
            f"alert order {order.id} of {instant(order.effective_at)}: {order.status_at(at)}, "
            f"{order.people(at):,} people{ceiling}, by authority of {order.authority}"
        )
