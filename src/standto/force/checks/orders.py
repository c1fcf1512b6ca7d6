"""Checks of alerts and decisions: what is ordered, by whom, in time."""

from __future__ import annotations

from collections.abc import Iterator

from standto.force.checks.subject import Finding, Subject, check
from standto.force.readiness import order_hour, order_hours


@check("error")
def ceiling_exceeded(subject: Subject) -> Iterator[Finding]:
    """An alert addresses no more people than its ceiling."""
    for alert in subject.scenario.alerts:
        people = sum(unit.strength for unit in subject.addressees(alert.units))
        if alert.ceiling is not None and people > alert.ceiling:
            message = f"addresses {people:,} people, more than its ceiling of {alert.ceiling:,}"
            yield Finding(alert, "ceiling", message, "take units out, or raise the ceiling")


@check("warning")
def alert_after_order(subject: Subject) -> Iterator[Finding]:
    """An alert comes before the order to move of somebody it addresses; later it changes nothing."""
    if subject.settings is None:
        return
    ordered = order_hours(subject.scenario)
    for alert in subject.scenario.alerts:
        at_h = (alert.at - subject.settings.epoch).total_seconds() / 3600
        hours = [ordered[unit.id] for unit in subject.addressees(alert.units) if unit.id in ordered]
        if hours and at_h >= max(hours):
            message = "comes when all its addressees are ordered to move already, and changes nothing"
            yield Finding(alert, "at", message, "correct its instant, or delete it")


@check("warning")
def decision_missing(subject: Subject) -> Iterator[Finding]:
    """Every requirement names the decision that orders it, where a scenario has decisions or is real."""
    scenario = subject.scenario
    real = subject.settings is not None and subject.settings.kind == "real"
    if not scenario.decisions and not real:
        return
    for requirement in scenario.requirements:
        if not requirement.decision:
            message = f"no decision orders {requirement.id}; it counts as ordered at C-hour"
            yield Finding(requirement, "decision", message, "name the decision, or add it to decisions")


@check("error")
def decision_does_not_cover(subject: Subject) -> Iterator[Finding]:
    """The decision that orders a requirement covers its unit."""
    decisions = {decision.id: decision for decision in subject.scenario.decisions}
    for requirement in subject.scenario.requirements:
        decision = decisions.get(requirement.decision)
        if decision is None or not decision.units or requirement.unit not in subject.units:
            continue
        if requirement.unit not in {unit.id for unit in subject.addressees(decision.units)}:
            message = f"the decision {decision.id} does not cover {requirement.unit}"
            yield Finding(requirement, "decision", message, "name another decision, or widen its units")


@check("error")
def due_after_hard(subject: Subject) -> Iterator[Finding]:
    """What is wanted in place is wanted no later than the hour after which it counts as missed."""
    for requirement in subject.scenario.requirements:
        if requirement.hard_h is not None and requirement.due_h > requirement.hard_h:
            message = f"is due at {requirement.due_h:g} h, after its hard limit of {requirement.hard_h:g} h"
            yield Finding(requirement, "hard_h", message, "set hard_h at or after due_h")


@check("warning")
def due_before_order(subject: Subject) -> Iterator[Finding]:
    """A requirement is due after the decision that orders it."""
    if subject.settings is None:
        return
    for requirement in subject.scenario.requirements:
        ordered_h = order_hour(subject.scenario, requirement)
        if requirement.due_h <= ordered_h:
            message = f"is due at {requirement.due_h:g} h, but is ordered at {ordered_h:g} h"
            yield Finding(requirement, "due_h", message, "correct the due hour or the decision")
