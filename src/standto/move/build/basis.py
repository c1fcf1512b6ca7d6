"""What a problem remembers of its scenario: kind, words, sources, and everything assumed with its reason."""

from __future__ import annotations

from collections.abc import Iterator

from standto.force.scenario import Scenario
from standto.move.problem import About


def about(scenario: Scenario) -> About:
    """Kind, banner, vocabulary, sources and assumptions of a scenario.

    Assumptions about places, fleets, requirements and ways stand on those themselves, in their field
    `assumed`; here are the overall ones and those of tables that the problem does not carry along.
    """
    settings = scenario.settings
    return About(
        scenario=settings.name,
        kind=settings.kind,
        banner=settings.banner,
        vocabulary=settings.vocabulary,
        sources=[{"key": key, "address": address} for key, address in settings.sources.items()],
        assumptions=[{"what": what, "why": why} for what, why in _assumptions(scenario)],
    )


def _assumptions(scenario: Scenario) -> Iterator[tuple[str, str]]:
    yield from scenario.settings.assumptions.items()
    for unit in scenario.units:
        if unit.assumed:
            yield unit.name or unit.id, unit.assumed
    for task in scenario.tasks:
        if task.assumed:
            yield f"task {task.name} of {task.unit_type}", task.assumed
    for holding in scenario.holdings:
        if holding.assumed:
            yield f"{holding.item} of {holding.holder}", holding.assumed
    for alert in scenario.alerts:
        if alert.assumed:
            yield f"alert {alert.id}", alert.assumed
    for decision in scenario.decisions:
        if decision.assumed:
            yield f"decision {decision.id}", decision.assumed
