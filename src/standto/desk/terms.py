"""The short form in which permits, approvals, members and packages are written on a command line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from standto.decide.body import Member, Package
from standto.decide.events import Seat
from standto.decide.permit import Act, Needed, Permit
from standto.desk.carrying import made, parts
from standto.desk.inputs import read_instant
from standto.errors import UsageError

PERMIT_FORM = "movement FORCE places=EPRZ people=300 from=2022-02-02 until=2022-02-20"
NEEDED_FORM = "DEU units=DE-1,DE-2 by=parliament lead=48"


def permit(text: str) -> Permit:
    """A permit such as `movement FORCE,A-1 places=EPRZ people=300 from=2022-02-02 until=2022-02-20`."""
    act, units, terms = _read(text, ("places", "postures", "people", "from", "until"), PERMIT_FORM)
    if act not in get_args(Act):
        raise UsageError(
            f"a permit is for readiness or movement, not for {act!r}", fix=f"as in {PERMIT_FORM!r}"
        )
    return made(
        lambda: Permit(
            act="readiness" if act == "readiness" else "movement",
            units=parts([units]),
            postures=parts([terms.get("postures", "")]),
            places=parts([terms.get("places", "")]),
            from_at=read_instant(terms["from"]) if "from" in terms else None,
            until_at=read_instant(terms["until"]) if "until" in terms else None,
            people=whole(terms["people"]) if "people" in terms else None,
        )
    )


def needed(text: str) -> Needed:
    """A national approval such as `DEU units=DE-1,DE-2 by=parliament lead=48` (hours)."""
    nation, _, terms = _read(text, ("units", "by", "lead"), NEEDED_FORM, bare=1)
    units = parts([terms.get("units", "")])
    if not units:
        raise UsageError(f"the approval {text!r} names no units", fix=f"as in {NEEDED_FORM!r}")
    by, lead = terms.get("by", "parliament"), terms.get("lead", "0")
    return made(lambda: Needed(nation=nation, units=units, by=by, lead_h=hours(lead)))


def member(text: str) -> Member:
    """A member such as `NOR`, or with its people `NOR:5400000`."""
    name, _, people = text.partition(":")
    return made(lambda: Member(id=name.strip(), people=whole(people) if people else 0))


def package(text: str) -> Package:
    """A package such as `FORCE=A-1,B-1`; `FORCE=*` for every unit there is."""
    name, _, units = text.partition("=")
    return Package(id=name.strip(), units=parts([units]))


def seat(text: str) -> Seat:
    """A member, or with the office that represents it `NOR=Delegation of Norway`."""
    name, _, office = text.partition("=")
    return Seat(member=name.strip(), office=office.strip())


def whole(text: str) -> int:
    """A whole number of people."""
    try:
        return int(text.replace(",", ""))
    except ValueError:
        raise UsageError(f"{text!r} is no whole number", fix="write digits") from None


def hours(text: str) -> float:
    """A number of hours."""
    try:
        return float(text)
    except ValueError:
        raise UsageError(f"{text!r} is no number of hours", fix="write 48") from None


def _read(
    text: str, known: tuple[str, ...], form: str, *, bare: int = 2
) -> tuple[str, str, Mapping[str, str]]:
    """Bare words first, then terms `name=value`."""
    words = text.split()
    if len(words) < bare or any("=" in word for word in words[:bare]):
        raise UsageError(f"{text!r} is not understood", fix=f"as in {form!r}")
    terms = {}
    for word in words[bare:]:
        name, equals, value = word.partition("=")
        if not equals or name not in known or not value:
            raise UsageError(f"{word!r} in {text!r} is not understood", fix=f"terms: {', '.join(known)}")
        terms[name] = value
    return words[0], words[1] if bare > 1 else "", terms
