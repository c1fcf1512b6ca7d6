"""Movement as it happens: departures, arrivals and losses of time, held against the order they belong to."""

from __future__ import annotations

from datetime import datetime

from standto.decide.commands import ReportMovement
from standto.decide.events import (
    MovementArrived,
    MovementDelayed,
    MovementDeparted,
    MovementEvent,
    OrderCompleted,
)
from standto.decide.machines import ORDER
from standto.decide.order import Order
from standto.decide.permit import MOST_HOURS
from standto.decide.rules.asking import clock, order_of
from standto.decide.state import Decided
from standto.errors import RefusedError
from standto.ledger.event import Event

DOING = {"departed": "departed under", "arrived": "arrived under", "delayed": "delayed"}


def report_movement(state: Decided, command: ReportMovement, now: datetime) -> tuple[Event, ...]:
    """People left, arrived, or time was lost; all are there where the report says so or the count does."""
    order = order_of(state, command.order)
    happened = _event(command, order, now)
    if happened.at > now:
        raise RefusedError(
            f"the report on order {order.id} is of {clock(happened.at)}, which has not come yet",
            fix="report what has happened",
        )
    ORDER.require(order.status, order.trigger(happened), thing=f"order {order.id}", doing=DOING[command.what])
    if isinstance(happened, MovementDelayed):
        return (happened,)
    _require_permitted(state, order, happened)
    _require_number(order, happened, command.people)
    if isinstance(happened, MovementArrived):
        after = order.arrived + (command.people or 0)
        everybody = order.counts_known and command.people is not None and after >= order.given.people
        if (command.last or everybody) and order.status in {"given", "moving"}:
            return (happened, OrderCompleted(order=order.id))
    return (happened,)


def _event(
    command: ReportMovement, order: Order, now: datetime
) -> MovementDeparted | MovementArrived | MovementDelayed:
    if command.people is not None and command.people < 1:
        raise RefusedError(
            f"the report on order {order.id} is of {command.people} people", fix="leave it out"
        )
    given, at = order.given, command.happened_at or command.at or now
    about = {"vehicle": command.vehicle, "source": command.source, "assumed": command.assumed}
    place, people, stop = command.place, command.people, command.stop
    if command.what == "departed":
        place = place or given.origin
        return MovementDeparted(order=order.id, at=at, place=place, stop=stop, people=people, **about)
    if command.what == "arrived":
        place = place or given.destination
        return MovementArrived(order=order.id, at=at, place=place, stop=stop, people=people, **about)
    hours = command.hours
    if not 0 < hours <= MOST_HOURS:
        raise RefusedError(
            f"the loss of time reported on order {order.id} is {hours} hours",
            fix=f"give hours above 0, up to {MOST_HOURS:,}",
        )
    return MovementDelayed(
        order=order.id, at=at, place=place, stop=stop, hours=hours, reason=command.why, **about
    )


def _require_permitted(state: Decided, order: Order, happened: MovementEvent) -> None:
    """Refuse departures outside the time that the order and its decision's permit give."""
    given = order.given
    if happened.at < max(given.from_at, order.given_at):
        raise RefusedError(
            f"order {order.id} lets people leave from {clock(max(given.from_at, order.given_at))} on, "
            f"the report is of {clock(happened.at)}",
            fix="correct the time, or give an order that covers it",
        )
    decision = state.consultations.get(given.decision)
    if decision is None or decision.proposal is None or not isinstance(happened, MovementDeparted):
        return
    until = decision.proposal.permits[given.permit - 1].until_at
    if until is not None and happened.at >= until:
        raise RefusedError(
            f"decision {decision.id} lets people leave before {clock(until)}, "
            f"the report is of {clock(happened.at)}",
            fix="correct the time, or get a decision that covers it",
        )


def _require_number(order: Order, happened: MovementEvent, people: int | None) -> None:
    more = people or 0
    if isinstance(happened, MovementDeparted) and order.departed + more > order.given.people:
        raise RefusedError(
            f"order {order.id} moves {order.given.people:,} people: {order.departed:,} left and "
            f"{more:,} more are reported",
            fix="correct the number, or give an order for the others",
        )
    if not isinstance(happened, MovementArrived):
        return
    if order.arrived + more > order.given.people:
        raise RefusedError(
            f"order {order.id} moves {order.given.people:,} people: {order.arrived:,} arrived and "
            f"{more:,} more are reported",
            fix="correct the number",
        )
    if (
        order.status in {"cancelled", "stopped"}
        and order.counts_known
        and order.arrived + more > order.departed
    ):
        raise RefusedError(
            f"order {order.id} is {order.status} and {order.departed:,} had left: "
            f"{order.arrived:,} arrived and {more:,} more are reported",
            fix="report first who left before it ended",
        )
