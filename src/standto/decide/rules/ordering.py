"""Movement orders: given under a decision or by an emergency override, reviewed, cancelled."""

from __future__ import annotations

from datetime import datetime

from standto.decide.commands import CancelOrder, GiveOrder, ReviewOverride
from standto.decide.events import OrderCancelled, OrderGiven, Override, OverrideReviewed
from standto.decide.machines import ORDER, OVERRIDE
from standto.decide.rules.asking import clock, listed, order_of, require_id, require_name
from standto.decide.rules.covering import Asked, covering
from standto.decide.rules.ending import stop
from standto.decide.state import Decided
from standto.errors import RefusedError
from standto.ledger.event import Event


def give_order(state: Decided, command: GiveOrder, now: datetime) -> tuple[Event, ...]:
    """A unit is ordered to move, if a decision covers it or a named authority overrides in an emergency."""
    require_id("movement order", command.order)
    require_id("unit", command.unit)
    require_name("a destination", command.destination)
    if command.order in state.orders:
        raise RefusedError(f"order {command.order} is on record already", fix="give another id")
    if command.people < 1:
        raise RefusedError(f"order {command.order} moves {command.people} people", fix="order at least one")
    override = _override(state, command, now) if command.overrides else None
    if override is None:
        asked = Asked(
            unit=command.unit,
            people=command.people,
            destination=command.destination,
            from_at=command.from_at,
        )
        covered = covering(state, asked, now, decision=command.decision)
        if command.at is not None and command.at != now:
            covered = covering(state, asked, command.at, decision=covered.decision)
        decision, permit, words = covered.decision, covered.permit, covered.words
    else:
        decision, permit = "", 0
        words = f"EMERGENCY OVERRIDE by {override.authority}, review by {clock(override.review_at)}"
    given = OrderGiven(
        order=command.order,
        unit=command.unit,
        people=command.people,
        origin=command.origin,
        destination=command.destination,
        from_at=command.from_at,
        decision=decision,
        permit=permit,
        covered=words,
        override=override,
        source=command.source,
        assumed=command.assumed,
    )
    return (given,)


def review_override(state: Decided, command: ReviewOverride, now: datetime) -> tuple[Event, ...]:
    """An override is upheld, or ended and its order stopped."""
    order = order_of(state, command.order)
    if order.given.override is None:
        raise RefusedError(
            f"order {order.id} rests on decision {order.given.decision}, not on an override",
            fix="withdraw the decision or cancel the order",
        )
    if not command.why.strip():
        raise RefusedError("a review needs a finding", fix="say why")
    trigger = f"{OverrideReviewed.kind} as {command.outcome}"
    thing = f"the override behind order {order.id}"
    OVERRIDE.require(order.override_status, trigger, thing=thing, doing=command.outcome)
    reviewed = OverrideReviewed(order=order.id, outcome=command.outcome, text=command.why)
    if command.outcome == "ended" and ORDER.follow(order.status, "order.stopped") is not None:
        return (reviewed, stop(order, f"the review ended the override: {command.why}"))
    return (reviewed,)


def cancel_order(state: Decided, command: CancelOrder, now: datetime) -> tuple[Event, ...]:
    """Nobody may depart under an order any more."""
    order = order_of(state, command.order)
    ORDER.require(order.status, OrderCancelled.kind, thing=f"order {order.id}", doing="cancelled")
    if not command.why.strip():
        raise RefusedError(f"order {order.id} is not cancelled without a reason", fix="say why")
    return (OrderCancelled(order=order.id, reason=command.why, under_way=order.has_moved),)


def _override(state: Decided, command: GiveOrder, now: datetime) -> Override:
    """An override that names who, why and when it is reviewed, by an office that may."""
    missing = [
        name
        for name, given in (
            ("an authority", command.authority.strip()),
            ("a reason", command.why.strip()),
            ("a review time", command.review_at),
        )
        if not given
    ]
    if missing or command.review_at is None:
        raise RefusedError(
            f"the override for order {command.order} lacks {listed(missing)}",
            fix="give all three, or a decision",
        )
    if command.review_at <= now:
        raise RefusedError(
            f"the review of order {command.order} would be at {clock(command.review_at)}, which has passed",
            fix="give a later time",
        )
    offices = [office for body, _ in state.packages_of(command.unit) for office in body.emergency]
    if command.authority not in offices:
        raise RefusedError(
            f"{command.authority!r} may not override for {command.unit}",
            fix=f"offices that may: {listed(dict.fromkeys(offices))}",
        )
    return Override(authority=command.authority, reason=command.why, review_at=command.review_at)
