"""Decisions that end: orders under them stop, and who moves already is listed."""

from __future__ import annotations

from datetime import datetime

from standto.decide.commands import WithdrawDecision
from standto.decide.consultation import Consultation
from standto.decide.events import (
    DecisionExpired,
    DecisionSuperseded,
    DecisionWithdrawn,
    OrderStopped,
)
from standto.decide.machines import CONSULTATION, ORDER
from standto.decide.order import Order
from standto.decide.rules.asking import body_of, consultation_of, require_chair, told
from standto.decide.state import Decided
from standto.errors import RefusedError
from standto.ledger.event import Event


def withdraw_decision(state: Decided, command: WithdrawDecision, now: datetime) -> tuple[Event, ...]:
    """A body takes its decision back."""
    consultation = consultation_of(state, command.decision)
    body = body_of(state, consultation.body)
    require_chair(body, command.by, "withdraw a decision")
    thing = f"decision {consultation.id}"
    CONSULTATION.require(consultation.status, DecisionWithdrawn.kind, thing=thing, doing="withdrawn")
    if not command.why.strip():
        raise RefusedError(f"{thing} is not withdrawn without a reason", fix="say why")
    stopping = _stopping(state, consultation)
    ended = DecisionWithdrawn(
        decision=consultation.id,
        reason=command.why,
        stopped=_ids(stopping),
        moving=_moving(state, consultation),
        told=told(body, consultation),
    )
    return (ended, *_stops(stopping, f"decision {consultation.id} was withdrawn: {command.why}"))


def supersede(state: Decided, earlier: Consultation, later: str) -> tuple[Event, ...]:
    """A later decision takes the place of one that is in force; nothing where it ended already."""
    if CONSULTATION.follow(earlier.status, DecisionSuperseded.kind) is None:
        return ()
    stopping = _stopping(state, earlier)
    ended = DecisionSuperseded(
        decision=earlier.id,
        later=later,
        stopped=_ids(stopping),
        moving=_moving(state, earlier),
        told=told(state.bodies[earlier.body], earlier),
    )
    return (ended, *_stops(stopping, f"decision {later} took the place of {earlier.id}"))


def expire(state: Decided, consultation: Consultation) -> tuple[Event, ...]:
    """The time of a decision is over."""
    stopping = _stopping(state, consultation)
    ended = DecisionExpired(
        decision=consultation.id,
        stopped=_ids(stopping),
        moving=_moving(state, consultation),
        told=told(state.bodies[consultation.body], consultation),
    )
    return (ended, *_stops(stopping, f"the time of decision {consultation.id} is over"))


def stop(order: Order, reason: str) -> OrderStopped:
    """Nobody may depart under an order any more."""
    return OrderStopped(order=order.id, reason=reason, under_way=order.has_moved)


def _stopping(state: Decided, consultation: Consultation) -> list[Order]:
    orders = state.orders_under(consultation.id)
    return [order for order in orders if ORDER.follow(order.status, OrderStopped.kind) is not None]


def _stops(orders: list[Order], reason: str) -> list[OrderStopped]:
    return [stop(order, reason) for order in orders]


def _moving(state: Decided, consultation: Consultation) -> tuple[str, ...]:
    return _ids([order for order in state.orders_under(consultation.id) if order.on_the_way])


def _ids(orders: list[Order]) -> tuple[str, ...]:
    return tuple(order.id for order in orders)
