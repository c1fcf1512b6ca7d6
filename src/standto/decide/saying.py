"""Decisions, orders and movements in lines for people; an override stands first, wherever it is shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from standto.decide.body import Body
from standto.decide.consultation import Consultation
from standto.decide.order import Order
from standto.decide.permit import Permit
from standto.decide.rules.asking import clock, listed
from standto.decide.state import Decided

RULES = {
    "consensus": "by consensus",
    "majority": "by majority",
    "single": "by its chair alone",
    "none": "consults only",
}


def lines(state: Decided, at: datetime) -> list[str]:
    """What was agreed and ordered, as it stands at an instant: overrides, decisions, orders."""
    return [
        *override_lines(state, at),
        *(line for found in state.consultations.values() for line in decision_lines(state, found, at)),
        *_sums(state),
        *(order_line(order, at) for order in state.orders.values()),
    ]


def override_lines(state: Decided, at: datetime) -> Iterator[str]:
    """A warning for every order that was given without a decision."""
    for order in state.overrides():
        yield f"EMERGENCY OVERRIDE: {override_words(order, at)}"


def override_words(order: Order, at: datetime) -> str:
    """Who overrode for whom, why, and whether it was looked at again."""
    override = order.given.override
    if override is None:
        return ""
    review = f"review by {clock(override.review_at)}"
    if order.review_overdue(at):
        review = f"REVIEW OVERDUE since {clock(override.review_at)}"
    elif order.override_status != "standing":
        review = f"{order.override_status} by review: {order.review}"
    return f"order {order.id} by authority of {override.authority}: {override.reason}; {review}"


def body_line(body: Body) -> str:
    """Who decides how for what."""
    parts = [RULES[body.rule.how]]
    if body.members:
        parts.append(f"{len(body.members)} members")
    if body.packages:
        parts.append(f"decides for {listed(package.id for package in body.packages)}")
    for delegation in body.delegations:
        until = f" until {clock(delegation.until)}" if delegation.until else ""
        parts.append(f"{delegation.office} may raise readiness of {listed(delegation.packages)}{until}")
    if body.emergency:
        parts.append(f"{listed(body.emergency)} may override in an emergency")
    return f"body {body.id}, {body.name}: {'; '.join(parts)}"


def decision_lines(state: Decided, found: Consultation, at: datetime) -> Iterator[str]:
    """How a consultation stands, what its decision permits, and which approvals it waits for."""
    body = state.bodies.get(found.body)
    name = body.name if body else found.body
    yield f"decision {found.id} of {name}: {_standing(found, at)} ({found.subject})"
    if found.ended:
        moving = [order.id for order in state.orders_under(found.id) if order.on_the_way]
        yield f"  nothing more may be ordered under it; moving already: {listed(moving)}"
    if found.status_at(at) not in {"adopted", "under silence", "proposed"} or found.proposal is None:
        return
    for number, permit in enumerate(found.proposal.permits, start=1):
        ordered = state.people_ordered(found.id, number) if permit.act == "movement" else None
        yield f"  permits {permit_words(permit)}" + (f"; {ordered:,} ordered" if ordered is not None else "")
    for approval in found.approvals:
        caveat = f" with a caveat: {approval.caveat.text}" if approval.caveat else ""
        expected = found.expected_at(approval)
        when = f", expected by {clock(expected)}" if approval.status == "awaited" and expected else ""
        needed = approval.needed
        yield (
            f"  approval of {needed.nation} ({needed.by}) for {listed(needed.units)}: "
            f"{approval.status}{caveat}{when}"
        )
    for item in found.reserved:
        yield f"  {item.how} of {item.member}: {item.text}"


def detail_lines(found: Consultation) -> Iterator[str]:
    """Who asked for a consultation and took part, and where all of it comes from."""
    if found.requested_by:
        yield f"  requested by: {'; '.join(found.requested_by)}"
    if found.seats:
        seats = (f"{seat.member} ({seat.office})" if seat.office else seat.member for seat in found.seats)
        yield f"  represented: {'; '.join(seats)}"
    for source in dict.fromkeys((found.source, found.proposal.source if found.proposal else "")):
        if source:
            yield f"  source: {source}"
    for assumed in dict.fromkeys((found.assumed, found.proposal.assumed if found.proposal else "")):
        if assumed:
            yield f"  assumed: {assumed}"


def _standing(found: Consultation, at: datetime) -> str:
    status = found.status_at(at)
    if status == "under silence" and found.silence_until is not None:
        return f"under silence until {clock(found.silence_until)}"
    if status == "adopted":
        since = found.adopted_at or found.silence_until
        how = found.adopted.count if found.adopted else "nobody broke the silence"
        force = "" if found.in_force(at) else ", not in force yet"
        return f"adopted {clock(since) if since else ''}{force}: {how}"
    if found.ended and found.ended_at is not None:
        return f"{status} {clock(found.ended_at)}: {found.ended}"
    if status == "broken" and found.broken_by:
        last = found.broken_by[-1]
        return f"silence broken by {last.member} ({last.how}): {last.text}"
    return status


def permit_words(permit: Permit) -> str:
    """What a permit allows, in words."""
    parts = [f"{permit.act} of {listed(permit.units)}"]
    if permit.postures:
        parts.append(f"to {listed(permit.postures)}")
    if permit.places:
        parts.append(f"to {listed(permit.places)}")
    if permit.from_at:
        parts.append(f"from {clock(permit.from_at)} on")
    if permit.until_at:
        parts.append(f"before {clock(permit.until_at)}")
    if permit.people is not None:
        parts.append(f"up to {permit.people:,} people")
    return ", ".join(parts)


def _sums(state: Decided) -> Iterator[str]:
    if not state.orders:
        return
    orders = list(state.orders.values())
    standing = [order for order in orders if order.status not in {"cancelled", "stopped"}]
    yield (
        f"ordered to move: {_people(standing):,} people in {len(standing)} orders; "
        f"moving: {listed(order.id for order in state.moving())}"
    )


def _people(orders: Iterable[Order]) -> int:
    return sum(order.given.people for order in orders)


def order_line(order: Order, at: datetime) -> str:
    """Who is ordered where, on what ground, and how far it has come."""
    given = order.given
    ground = f"decision {given.decision}" if given.override is None else "EMERGENCY OVERRIDE"
    parts = [
        f"order {order.id} of {clock(order.given_at)}: {given.unit}, {given.people:,} people",
        f"to {given.destination}",
        f"under {ground}",
        order.status,
    ]
    if order.departed:
        parts.append(f"{order.departed:,} left")
    elif order.first_departure:
        parts.append(f"first left {clock(order.first_departure)}")
    if order.arrived:
        parts.append(f"{order.arrived:,} arrived")
    elif order.first_arrival:
        parts.append(f"first arrived {clock(order.first_arrival)}")
    if order.lost_h:
        parts.append(f"{order.lost_h:g} h lost")
    if order.review_overdue(at):
        parts.append("REVIEW OVERDUE")
    return ", ".join(parts) + (f" ({order.why_ended})" if order.why_ended else "")
