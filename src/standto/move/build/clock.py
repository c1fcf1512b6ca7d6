"""When every requirement can be loaded, by the readiness clock, and what a brief draws of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from standto.force.readiness import Readiness, order_hour, order_hours, readiness
from standto.force.scenario import Scenario
from standto.force.tables import Unit

ROUNDED_TO = 6
"""Decimals of an hour: finer than any comparison (spec/lift.md)."""


@dataclass(frozen=True, slots=True)
class Ready:
    """From when a requirement can be loaded, and how it came to that.

    Attributes
    ----------
    ordered_h
        Hours after C-hour: when it is ordered.
    available_h
        Hours after C-hour: its unit is ready and the requirement is ordered.
    shown
        What a brief draws: `ordered_h`, `ready_h`, `changes` of posture as hour and posture, `tasks`, the
        `critical` one, the `alerts` heard, and the unit's `notice` per posture.
    """

    ordered_h: float
    available_h: float
    shown: dict[str, Any]


def ready_times(scenario: Scenario) -> dict[str, Ready]:
    """From when every requirement can be loaded, by requirement id."""
    units = {unit.id: unit for unit in scenario.units}
    clock = readiness(scenario, order_hours(scenario))
    found = {}
    for row in scenario.requirements:
        ready, ordered_h = clock[row.unit], order_hour(scenario, row)
        available_h = round(max(ready.ready_h, ordered_h), ROUNDED_TO)
        shown = _shown(ready, units[row.unit], scenario.settings.postures)
        found[row.id] = Ready(round(ordered_h, ROUNDED_TO), available_h, shown)
    return found


def _shown(ready: Readiness, unit: Unit, postures: tuple[str, ...]) -> dict[str, Any]:
    return {
        "ordered_h": round(ready.ordered_h, ROUNDED_TO),
        "ready_h": round(ready.ready_h, ROUNDED_TO),
        "changes": [[round(one.at_h, ROUNDED_TO), postures[one.posture]] for one in ready.changes],
        "tasks": [
            {
                "name": run.name,
                "start_h": round(run.start_h, ROUNDED_TO),
                "end_h": round(run.end_h, ROUNDED_TO),
                "critical": run.critical,
            }
            for run in ready.tasks
        ],
        "critical": ready.critical,
        "alerts": [one.cause for one in ready.changes if one.cause != "decay"],
        "notice": dict(zip(postures, unit.notice_h, strict=True)),
    }
