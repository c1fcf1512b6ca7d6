"""Movement orders carried out and shown."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from standto.decide.events import MovementArrived, MovementDelayed, MovementDeparted
from standto.decide.order import Order
from standto.decide.rules.asking import clock, order_of
from standto.decide.rules.covering import Asked, covering
from standto.decide.saying import order_line, override_lines
from standto.decide.state import Decided
from standto.desk.answer import Answer
from standto.desk.carrying import carry_out, made, picture_nature
from standto.desk.record import Record
from standto.desk.room import Picture
from standto.errors import NotCoveredError
from standto.ledger.command import Command


def carry(place: str, command: Command, order: str) -> Answer:
    """Carry out a command, and show how the order it is about stands after it."""

    def say(picture: Picture, now: datetime) -> Iterable[str]:
        found = picture.of(Decided).orders.get(order)
        return [order_line(found, now)] if found is not None else []

    return carry_out(place, command, say)


def may(
    place: str,
    unit: str,
    people: int,
    destination: str,
    *,
    on: datetime | None,
    decision: str,
    as_of: datetime | None,
) -> Answer:
    """Whether an order would be covered at an instant, by which decision, or which part would not be."""
    with Record.open(place) as record:
        picture, banner = record.picture(as_of), record.opening.banner
        at = as_of or record.clock()
    state = picture.of(Decided)
    asked = made(lambda: Asked(unit=unit, people=people, destination=destination, from_at=on or at))
    lines = [banner, *override_lines(state, at)]
    data: dict[str, Any] = {"banner": banner, "nature": picture_nature(banner), "at": at.isoformat()}
    try:
        found = covering(state, asked, at, decision=decision)
    except NotCoveredError as refused:
        lines.append(f"refused: {refused.message}")
        return Answer(
            lines, {**data, "allowed": False, "part": refused.part, "why": refused.message}, yes=False
        )
    lines.append(f"allowed: {unit} to {destination}, {people:,} people: {found.words}")
    return Answer(lines, {**data, "allowed": True, "decision": found.decision, "why": found.words})


def show(place: str, order: str, *, as_of: datetime | None) -> Answer:
    """Orders as they stand, or as they were known at an instant; one of them with its reports."""
    with Record.open(place) as record:
        picture, banner = record.picture(as_of), record.opening.banner
        at = as_of or record.clock()
    state = picture.of(Decided)
    found = [order_of(state, order)] if order else list(state.orders.values())
    lines = [banner, *override_lines(state, at), *(order_line(item, at) for item in found)]
    if order:
        given = found[0].given
        lines += [f"  {given.covered}", *_reports(found[0])]
        lines += [f"  source: {given.source}"] if given.source else []
        lines += [f"  assumed: {given.assumed}"] if given.assumed else []
    if not found:
        lines.append("nobody is ordered to move")
    data: dict[str, Any] = {
        "banner": banner,
        "nature": picture_nature(banner),
        "orders": [order_data(item, at) for item in found],
        "people": sum(item.given.people for item in found),
        "moving": [item.id for item in found if item.on_the_way],
        "overrides": [item.id for item in state.overrides()],
    }
    return Answer(lines, data)


def _reports(order: Order) -> list[str]:
    told = []
    for report in order.reports:
        where = f" at {report.place}" if report.place else ""
        line = f"  {clock(report.at)} {report.kind.removeprefix('movement.')}{where}"
        if isinstance(report, MovementDelayed):
            line += f", {report.hours:g} h lost: {report.reason}"
        elif isinstance(report, MovementDeparted | MovementArrived) and report.people is not None:
            line += f", {report.people:,} people"
        told.append(line)
    return told


def order_data(order: Order, at: datetime) -> dict[str, Any]:
    """One order for programs."""
    from pydantic_core import to_jsonable_python

    data: dict[str, Any] = to_jsonable_python(order)
    return {
        **data,
        "reports": [
            {"kind": report.kind, **told} for report, told in zip(order.reports, data["reports"], strict=True)
        ],
        "under_way": order.under_way,
        "on_the_way": order.on_the_way,
        "review_overdue": order.review_overdue(at),
    }
