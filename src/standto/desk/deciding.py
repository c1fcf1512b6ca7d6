"""Commands about decisions carried out, and decisions shown."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from standto.decide.rules.asking import body_of, consultation_of
from standto.decide.saying import body_line, decision_lines, detail_lines, override_lines
from standto.decide.state import Decided
from standto.desk.answer import Answer
from standto.desk.carrying import carry_out, picture_nature
from standto.desk.record import Record
from standto.desk.room import Picture
from standto.ledger.command import Command


def carry(place: str, command: Command, decision: str) -> Answer:
    """Carry out a command, and show how the decision it is about stands after it."""

    def say(picture: Picture, now: datetime) -> Iterable[str]:
        state = picture.of(Decided)
        found = state.consultations.get(decision)
        return decision_lines(state, found, now) if found is not None else ()

    return carry_out(place, command, say)


def show(place: str, decision: str, *, as_of: datetime | None) -> Answer:
    """Bodies and decisions as they stand, or as they were known at an instant."""
    from pydantic_core import to_jsonable_python

    with Record.open(place) as record:
        picture, banner = record.picture(as_of), record.opening.banner
        at = as_of or record.clock()
    state = picture.of(Decided)
    found = [consultation_of(state, decision)] if decision else list(state.consultations.values())
    bodies = [body_of(state, item.body) for item in found] if decision else list(state.bodies.values())
    lines = [banner, *override_lines(state, at)]
    lines += [body_line(body) for body in dict.fromkeys(bodies)]
    for item in found:
        lines += decision_lines(state, item, at)
    if decision:
        lines += detail_lines(found[0])
    if len(lines) == 1:
        lines.append("no body and no decision is on record")
    data: dict[str, Any] = {
        "banner": banner,
        "nature": picture_nature(banner),
        "bodies": [to_jsonable_python(body) for body in bodies],
        "decisions": [
            {
                **to_jsonable_python(item),
                "status_now": item.status_at(at),
                "in_force": item.in_force(at),
                "orders": [order.id for order in state.orders_under(item.id)],
            }
            for item in found
        ],
        "overrides": [order.id for order in state.overrides()],
    }
    return Answer(lines, data)
