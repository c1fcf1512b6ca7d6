"""Checks of packages: who is pledged to whom, and for how long."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import combinations

from standto.force.checks.subject import Finding, Subject, check
from standto.force.tables import Package

EVER = (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))


def _overlap(first: Package, second: Package) -> bool:
    """Whether two commitment windows, half-open, have an instant in common."""
    begins = max(first.commitment_from or EVER[0], second.commitment_from or EVER[0])
    return begins < min(first.commitment_until or EVER[1], second.commitment_until or EVER[1])


def _shared(subject: Subject) -> Iterator[tuple[str, Package, Package]]:
    """Units in two packages at once."""
    members: dict[str, list[Package]] = {}
    for package in subject.scenario.packages:
        for unit in dict.fromkeys(package.units):
            members.setdefault(unit, []).append(package)
    for unit, packages in members.items():
        for first, second in combinations(packages, 2):
            if _overlap(first, second):
                yield unit, first, second


@check("error")
def double_pledge(subject: Subject) -> Iterator[Finding]:
    """No unit is pledged to two bodies at the same time."""
    for unit, first, second in _shared(subject):
        if first.pledged_to != second.pledged_to:
            message = (
                f"{unit} is pledged to {second.pledged_to or 'nobody named'} here and to "
                f"{first.pledged_to or 'nobody named'} in {first.id} at the same time"
            )
            yield Finding(second, "units", message, "take it out of one, or part the commitment windows")


@check("warning")
def unit_in_two_packages(subject: Subject) -> Iterator[Finding]:
    """A unit in two packages of one body at the same time counts twice in that body's sums."""
    for unit, first, second in _shared(subject):
        if first.pledged_to == second.pledged_to:
            message = f"{unit} is in {first.id} too at the same time"
            yield Finding(second, "units", message, "take it out of one, or part the commitment windows")


@check("error")
def commitment_backwards(subject: Subject) -> Iterator[Finding]:
    """A commitment begins before it ends."""
    for package in subject.scenario.packages:
        begins, ends = package.commitment_from, package.commitment_until
        if begins and ends and ends <= begins:
            message = "the commitment ends before it begins"
            yield Finding(package, "commitment_until", message, "correct commitment_from or commitment_until")


@check("warning")
def commitment_over(subject: Subject) -> Iterator[Finding]:
    """A package whose units are required is committed at C-hour."""
    if subject.settings is None:
        return
    epoch = subject.settings.epoch
    required = {requirement.unit for requirement in subject.scenario.requirements}
    for package in subject.scenario.packages:
        needed = ", ".join(unit for unit in package.units if unit in required)
        if not needed:
            continue
        if package.commitment_until and package.commitment_until <= epoch:
            message = f"the commitment is over at C-hour, but {needed} is required"
            yield Finding(package, "commitment_until", message, "extend it, or require other units")
        elif package.commitment_from and package.commitment_from > epoch:
            message = f"the commitment begins after C-hour, but {needed} is required"
            yield Finding(package, "commitment_from", message, "begin it earlier, or require other units")


@check("warning")
def certificate_expired(subject: Subject) -> Iterator[Finding]:
    """A required unit's certificate of readiness holds at C-hour."""
    if subject.settings is None:
        return
    required = {requirement.unit for requirement in subject.scenario.requirements}
    for unit in subject.scenario.units:
        if unit.id in required and unit.certified_until and unit.certified_until < subject.settings.epoch:
            message = f"the certificate of {unit.id} has expired at C-hour"
            yield Finding(unit, "certified_until", message, "certify it anew, or require another unit")
