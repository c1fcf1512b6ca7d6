"""National approvals after the decision: given, perhaps with a caveat, or refused, unit by unit."""

from __future__ import annotations

from datetime import datetime

from standto.decide.commands import ApproveContribution
from standto.decide.events import ApprovalGiven, ApprovalRefused
from standto.decide.machines import APPROVAL, CONSULTATION
from standto.decide.rules.asking import body_of, concerns_unit, consultation_of, listed
from standto.decide.rules.ending import stop
from standto.decide.state import Decided
from standto.errors import RefusedError
from standto.ledger.event import Event


def approve_contribution(state: Decided, command: ApproveContribution, now: datetime) -> tuple[Event, ...]:
    """A nation lets its units take part, or does not; a refusal stops their orders."""
    consultation = consultation_of(state, command.decision)
    body = body_of(state, consultation.body)
    kind = ApprovalGiven.kind if command.granted else ApprovalRefused.kind
    doing = "approved" if command.granted else "refused"
    thing = f"decision {consultation.id}"
    CONSULTATION.require(consultation.status, kind, thing=thing, doing=f"{doing} by a nation")
    if not command.units:
        raise RefusedError("an approval names units", fix="name them")
    for unit in command.units:
        found = [
            approval
            for approval in consultation.approvals
            if approval.needed.nation == command.nation and unit in approval.needed.units
        ]
        if not found:
            awaited = [
                f"{item.needed.nation}: {' '.join(item.needed.units)}" for item in consultation.approvals
            ]
            raise RefusedError(
                f"{thing} awaits no approval of {command.nation} for {unit}",
                fix=f"awaited or answered: {listed(awaited)}",
            )
        what = f"the approval of {command.nation} for {unit} under {consultation.id}"
        APPROVAL.require(found[0].status, kind, thing=what, doing=f"{doing} again")
    if command.granted:
        given = ApprovalGiven(
            decision=consultation.id,
            nation=command.nation,
            units=command.units,
            by_office=command.by,
            caveat=command.caveat,
        )
        return (given,)
    if not command.why.strip():
        raise RefusedError("a refusal needs a reason", fix="say why")
    refused = ApprovalRefused(
        decision=consultation.id,
        nation=command.nation,
        units=command.units,
        by_office=command.by,
        reason=command.why,
    )
    stops = [
        stop(order, f"{command.nation} refused {order.given.unit}: {command.why}")
        for order in state.orders_under(consultation.id)
        if concerns_unit(body, command.units, order.given.unit) and order.status in {"given", "moving"}
    ]
    return (refused, *stops)
