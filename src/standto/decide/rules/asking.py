"""What rules look up before they decide, and how they refuse where it is not there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from standto.decide.body import ANYBODY, Body, Member
from standto.decide.consultation import Consultation
from standto.decide.order import Order
from standto.decide.permit import Proposal
from standto.decide.state import Decided
from standto.errors import RefusedError

MOST_LISTED = 8
LONGEST_NAME = 200
ID = re.compile(r"[^\s;,/\\\x00-\x1f\x7f]{1,120}")
"""As ids of a scenario's tables are."""


def require_id(what: str, text: str) -> None:
    """Refuse an id that could not be typed again or that breaks lists and streams."""
    if not ID.fullmatch(text):
        raise RefusedError(
            f"{text[:40]!r} is no id of a {what}",
            fix="an id has 1 to 120 characters, no blanks, commas, semicolons or slashes",
        )


def require_name(what: str, text: str) -> None:
    """Refuse a name that is blank, longer than a line, or holds what no line can show."""
    if not text.strip() or len(text) > LONGEST_NAME or not text.isprintable():
        raise RefusedError(
            f"{text[:40]!r} is no name of {what}", fix=f"a name is one line of 1 to {LONGEST_NAME} characters"
        )


def listed(names: Iterable[str]) -> str:
    """The first names of a list, for a message."""
    names = list(names)
    more = f" and {len(names) - MOST_LISTED} more" if len(names) > MOST_LISTED else ""
    return (", ".join(names[:MOST_LISTED]) + more) if names else "none"


def clock(instant: datetime) -> str:
    """An instant as messages write it."""
    seconds = "%H:%M:%SZ" if instant.second or instant.microsecond else "%H:%MZ"
    return instant.strftime(f"%Y-%m-%d {seconds}")


def body_of(state: Decided, body: str) -> Body:
    """A body by its id, or a refusal that lists those on record."""
    found = state.bodies.get(body)
    if found is None:
        raise RefusedError(f"there is no body {body!r}", fix=f"on record: {listed(state.bodies)}")
    return found


def consultation_of(state: Decided, decision: str) -> Consultation:
    """A consultation by its id, or a refusal that lists those on record."""
    found = state.consultations.get(decision)
    if found is None:
        raise RefusedError(
            f"there is no consultation or decision {decision!r}",
            fix=f"on record: {listed(state.consultations)}",
        )
    return found


def order_of(state: Decided, order: str) -> Order:
    """A movement order by its id, or a refusal that lists those on record."""
    found = state.orders.get(order)
    if found is None:
        raise RefusedError(f"there is no order {order!r}", fix=f"on record: {listed(state.orders)}")
    return found


def proposal_of(consultation: Consultation) -> Proposal:
    """The text that lies before a body."""
    if consultation.proposal is None:
        raise RefusedError(f"consultation {consultation.id} has no text before it", fix="propose one")
    return consultation.proposal


def member_of(body: Body, member: str) -> Member:
    """A member of a body, or a refusal that lists its members."""
    found = body.member(member)
    if found is None:
        raise RefusedError(
            f"{member!r} is no member of {body.name}",
            fix=f"members: {listed(member.id for member in body.members)}",
        )
    return found


def require_chair(body: Body, by: str, doing: str) -> None:
    """Refuse what only the chair may do, where the body has one."""
    if body.chair and by != body.chair:
        raise RefusedError(f"{by!r} may not {doing} in {body.name}", fix=f"its chair is {body.chair!r}")


def require_voice(body: Body, consultation: Consultation, member: str, by: str) -> None:
    """Refuse an office that does not speak for a member, where it is known who does."""
    member_of(body, member)
    seat = consultation.seat(member)
    if seat is not None and seat.office and seat.office != by:
        raise RefusedError(
            f"{by!r} does not represent {member} in {consultation.id}", fix=f"{seat.office!r} does"
        )


def require_quorum(body: Body, consultation: Consultation) -> None:
    """Refuse to put anything to a body of which too few members are represented."""
    here = {seat.member for seat in consultation.seats if body.member(seat.member)}
    total = len(body.members)
    if not total:
        raise RefusedError(f"no members of {body.name} are on record", fix="found it with its members")
    if len(here) < body.rule.quorum * total - 1e-9:
        missing = [member.id for member in body.members if member.id not in here]
        raise RefusedError(
            f"{body.name} has no quorum in {consultation.id}: {len(here)} of {total} members are "
            f"represented, {body.rule.quorum:.0%} are needed",
            fix=f"not represented: {listed(missing)}",
        )


def told(body: Body, consultation: Consultation) -> tuple[str, ...]:
    """Who is told at once: every member by the office that represents it or else by its id, and the chair."""
    offices = {seat.member: seat.office for seat in consultation.seats}
    names = [offices.get(member.id) or member.id for member in body.members]
    if not names:
        names = [seat.office or seat.member for seat in consultation.seats]
    return tuple(dict.fromkeys([*names, *([body.chair] if body.chair else [])]))


def concerns_unit(body: Body, names: Iterable[str], unit: str) -> bool:
    """Whether names of units and packages take in any part of a unit or package that a body decides for."""
    names = tuple(names)
    part = body.within(unit)
    return names_unit(body, names, unit) or any(not body.within(name).isdisjoint(part) for name in names)


def names_unit(body: Body, names: Iterable[str], unit: str) -> bool:
    """Whether names of units and packages take in the whole of a unit that a body decides for."""
    held, names = body.holding(unit), set(names)
    if not held:
        return False
    return ANYBODY in names or unit in names or any(package.id in names for package in held)
