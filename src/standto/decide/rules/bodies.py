"""Bodies put on record, the units they decide for, and leave to raise readiness."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from standto.decide.body import Delegation, Package
from standto.decide.commands import AssignPackage, DelegateReadiness, FoundBody, RevokeDelegation
from standto.decide.events import BodyFounded, DelegationRevoked, PackageAssigned, ReadinessDelegated
from standto.decide.rules.asking import body_of, clock, listed, require_chair, require_id, require_name
from standto.decide.state import Decided
from standto.errors import RefusedError
from standto.ledger.event import Event


def found_body(state: Decided, command: FoundBody, now: datetime) -> tuple[Event, ...]:
    """A body that is not on record yet."""
    body = command.body
    require_id("body", body.id)
    require_name("a body", body.name)
    for member in body.members:
        require_name("a member", member.id)
    for package in body.packages:
        _require_package(package)
    if body.id in state.bodies:
        raise RefusedError(f"body {body.id} is on record already", fix="give another id")
    twice = [name for name, times in Counter(member.id for member in body.members).items() if times > 1]
    if twice:
        raise RefusedError(f"member {twice[0]!r} stands twice in {body.id}", fix="name each member once")
    if body.rule.how == "single" and not body.chair:
        raise RefusedError(f"{body.id} decides by one office and names none", fix="give its chair")
    return (BodyFounded(body=body.id, founded=body),)


def assign_package(state: Decided, command: AssignPackage, now: datetime) -> tuple[Event, ...]:
    """Units that a body decides for from now on."""
    body_of(state, command.body)
    _require_package(command.package)
    return (PackageAssigned(body=command.body, package=command.package),)


def _require_package(package: Package) -> None:
    require_id("package", package.id)
    for unit in package.units:
        require_id("unit", unit)


def delegate_readiness(state: Decided, command: DelegateReadiness, now: datetime) -> tuple[Event, ...]:
    """Leave for an office to raise readiness; moving anybody is never delegated."""
    body = body_of(state, command.body)
    require_chair(body, command.by, "delegate")
    require_name("an office", command.office)
    known = {package.id for package in body.packages}
    unknown = [package for package in command.packages if package not in known]
    if unknown or not command.packages:
        missing = f"{body.name} decides for no package {unknown[0]!r}" if unknown else "no package is named"
        raise RefusedError(missing, fix=f"its packages: {listed(sorted(known))}")
    if command.until is not None and command.until <= now:
        raise RefusedError(f"the delegation would end at {clock(command.until)}, before it begins")
    delegation = Delegation(
        office=command.office,
        packages=command.packages,
        postures=command.postures,
        people=command.people,
        until=command.until,
        source=command.source,
    )
    return (ReadinessDelegated(body=body.id, delegation=delegation),)


def revoke_delegation(state: Decided, command: RevokeDelegation, now: datetime) -> tuple[Event, ...]:
    """Leave taken back."""
    body = body_of(state, command.body)
    require_chair(body, command.by, "revoke a delegation")
    offices = [delegation.office for delegation in body.delegations]
    if command.office not in offices:
        raise RefusedError(
            f"{body.name} delegated nothing to {command.office!r}", fix=f"delegated to: {listed(offices)}"
        )
    return (DelegationRevoked(body=body.id, office=command.office),)
