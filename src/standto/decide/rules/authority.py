"""Who may raise readiness: a chair that decides alone, an office with a delegation, all under a decision."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from standto.decide.body import Body, Delegation
from standto.decide.consultation import Consultation
from standto.decide.permit import Permit
from standto.decide.rules.asking import clock, concerns_unit, listed, names_unit
from standto.decide.state import Decided
from standto.errors import RefusedError


@dataclass(frozen=True, slots=True)
class Basis:
    """On what the raising of readiness rests.

    `body` is who decides for the units; `decision` the decision behind it, blank for `own` and `delegated`.
    """

    kind: Literal["own", "delegated", "decision"]
    body: str
    decision: str
    words: str


def basis_for_readiness(
    state: Decided,
    *,
    by: str,
    units: Sequence[str],
    posture: str,
    now: datetime,
    people: int | None = None,
    decision: str = "",
) -> Basis:
    """On what authority an office may raise these units, or packages, to a posture now.

    Parameters
    ----------
    state
        Bodies and decisions as they stand.
    by
        The office that orders it.
    units
        Ids of units, or of packages named as a whole.
    posture
        The posture to be ordered.
    now
        The instant at which it is ordered.
    people
        How many people it is about at most, where that is said; compared with ceilings.
    decision
        Look at this decision only; blank: at everything that may cover it.

    Raises
    ------
    RefusedError
        If nothing covers all of the units; the message names what is missing.
    """
    reasons: list[str] = []
    for found in _bases(state, by, units, posture, now, people, decision):
        if isinstance(found, Basis):
            return found
        reasons.append(found)
    held = [unit for unit in units if state.packages_of(unit)]
    if len(held) < len(units):
        unheld = next(unit for unit in units if unit not in held)
        reasons.insert(0, f"no body on record decides for {unheld}")
    reason = reasons[0] if reasons else f"nobody delegated that to {by}, and no decision in force permits it"
    raise RefusedError(
        f"{by or 'nobody'} may not raise {listed(units)} to {posture}: {reason}",
        fix="name a decision that permits it, or let the body delegate it to this office",
    )


def _bases(
    state: Decided,
    by: str,
    units: Sequence[str],
    posture: str,
    now: datetime,
    people: int | None,
    decision: str,
) -> Iterator[Basis | str]:
    """What covers it, or why something does not, what is said of the office itself first."""
    if decision:
        consultation = state.consultations.get(decision)
        if consultation is None:
            yield f"there is no decision {decision}"
            return
        found = _decided(state, consultation, units, posture, now, people)
        yield found or f"decision {decision} permits no readiness"
        return
    for body in state.bodies.values():
        if body.rule.how == "single" and body.chair == by:
            yield _own(body, units)
        for delegation in body.delegations:
            if delegation.office == by:
                yield _delegated(body, delegation, units, posture, now, people)
    for consultation in state.consultations.values():
        found = _decided(state, consultation, units, posture, now, people)
        if found is not None:
            yield found


def _own(body: Body, units: Sequence[str]) -> Basis | str:
    for unit in units:
        if not body.holding(unit):
            return f"{body.name} does not decide for {unit}"
    return Basis("own", body.id, "", f"{body.chair} decides alone for {body.name}")


def _delegated(
    body: Body,
    delegation: Delegation,
    units: Sequence[str],
    posture: str,
    now: datetime,
    people: int | None,
) -> Basis | str:
    what = f"the delegation from {body.name} to {delegation.office}"
    if delegation.until is not None and now >= delegation.until:
        return f"{what} ran out at {clock(delegation.until)}"
    for unit in units:
        if not any(package.id in delegation.packages for package in body.holding(unit)):
            return f"{what} does not cover {unit}"
    if delegation.postures and posture not in delegation.postures:
        return f"{what} does not cover the posture {posture}"
    if people is not None and delegation.people is not None and people > delegation.people:
        return f"{what} has a ceiling of {delegation.people:,} people, asked are {people:,}"
    return Basis("delegated", body.id, "", f"{body.name} delegated raising readiness to {delegation.office}")


def _decided(
    state: Decided,
    consultation: Consultation,
    units: Sequence[str],
    posture: str,
    now: datetime,
    people: int | None,
) -> Basis | str | None:
    permits = [permit for permit in _permits(consultation) if permit.act == "readiness"]
    body = state.bodies.get(consultation.body)
    if not permits or body is None:
        return None
    if not consultation.in_force(now):
        return f"decision {consultation.id} is {consultation.status_at(now)}, not in force"
    reason = ""
    for permit in permits:
        reason = _uncovered(body, consultation, permit, units, posture, now, people)
        if not reason:
            words = f"decision {consultation.id} of {body.name} permits it"
            return Basis("decision", body.id, consultation.id, words)
    return reason


def _permits(consultation: Consultation) -> tuple[Permit, ...]:
    return consultation.proposal.permits if consultation.proposal else ()


def _uncovered(
    body: Body,
    consultation: Consultation,
    permit: Permit,
    units: Sequence[str],
    posture: str,
    now: datetime,
    people: int | None,
) -> str:
    """What of it a permit does not cover, in words; blank where it covers all."""
    what, left_out = f"decision {consultation.id}", consultation.left_out()
    for unit in units:
        if not names_unit(body, permit.units, unit) or concerns_unit(body, left_out, unit):
            return f"{what} does not cover {unit}"
    if permit.postures and posture not in permit.postures:
        return f"{what} does not cover the posture {posture}"
    if permit.from_at is not None and now < permit.from_at:
        return f"{what} permits it from {clock(permit.from_at)} on"
    if permit.until_at is not None and now >= permit.until_at:
        return f"{what} permits it before {clock(permit.until_at)} only"
    if people is not None and permit.people is not None and people > permit.people:
        return f"{what} has a ceiling of {permit.people:,} people, asked are {people:,}"
    return ""
