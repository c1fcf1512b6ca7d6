"""When each unit is ready at its home station, given when it is ordered to move.

The model is the one of docs/concepts/readiness.md: a unit without tasks has a notice count-down; one with
tasks has the critical path through the tasks not yet done, those allowed at its posture running since that
posture was ordered. Hours are hours after C-hour; hours before it are negative.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from standto.force.clock import PostureChange, hours_left, orders_heard, posture_changes
from standto.force.preparing import Preparing, TaskRun, prepare
from standto.force.scenario import Scenario
from standto.force.tables import ScenarioRequirement, Task

__all__ = [
    "PostureChange",
    "Readiness",
    "TaskRun",
    "order_hour",
    "order_hours",
    "readiness",
    "tasks_of_units",
]

NOTICE = "notice to move"


@dataclass(frozen=True, slots=True)
class Readiness:
    """When one unit is ready to load at its home station, and what it was waiting for.

    Attributes
    ----------
    unit
        Unit id.
    ordered_h
        Its own order to move, hours after C-hour.
    ready_h
        Ready to load, hours after C-hour.
    left_h
        Hours from the order to ready.
    critical
        The longest task on the critical path, `notice to move` for a unit without tasks, empty if it was
        ready when ordered.
    changes
        How its posture changed before the order.
    tasks
        The tasks it did, by start; those it could always do are left out as done.
    """

    unit: str
    ordered_h: float
    ready_h: float
    left_h: float
    critical: str
    changes: tuple[PostureChange, ...]
    tasks: tuple[TaskRun, ...]


def readiness(scenario: Scenario, ordered_h: Mapping[str, float]) -> dict[str, Readiness]:
    """When every unit in `ordered_h` is ready, its order to move being at that hour.

    All units are taken together, because they queue for the shared things of their home stations; units not
    ordered to move queue there too for the tasks that their alerts set going.

    Parameters
    ----------
    scenario
        A consistent scenario.
    ordered_h
        Unit id to the hour of its own order to move; see `order_hours`.

    Raises
    ------
    ScenarioError
        If tasks wait for each other, so that a unit is never ready.
    """
    heard = orders_heard(scenario)
    never = float("inf")
    changes = {
        unit.id: posture_changes(unit, heard.get(unit.id, ()), ordered_h.get(unit.id, never))
        for unit in scenario.units
    }
    weights: dict[str, float] = {}
    for requirement in scenario.requirements:
        weights[requirement.unit] = max(requirement.weight, weights.get(requirement.unit, 0.0))
    tasks_by = tasks_of_units(scenario)
    preparing = [
        Preparing(unit, tasks, changes[unit.id], ordered_h.get(unit.id, never), weights.get(unit.id, 1.0))
        for unit in scenario.units
        if (tasks := tasks_by[unit.id])
    ]
    runs = prepare(preparing, scenario.settings.postures) if preparing else {}
    found = {}
    for unit in scenario.units:
        if unit.id not in ordered_h:
            continue
        at_h = ordered_h[unit.id]
        if unit.id in runs:
            done = runs[unit.id]
            ready_h = max([at_h, *(run.end_h for run in done)])
            path = [run for run in done if run.critical]
            critical = max(path, key=lambda run: run.end_h - run.start_h).name if path else ""
        else:
            done = ()
            ready_h = at_h + hours_left(unit, changes[unit.id], at_h)
            critical = NOTICE if ready_h > at_h else ""
        found[unit.id] = Readiness(unit.id, at_h, ready_h, ready_h - at_h, critical, changes[unit.id], done)
    return found


def tasks_of_units(scenario: Scenario) -> dict[str, tuple[Task, ...]]:
    """What each unit must do before it can load: the rows that name it, else the rows of its type."""
    rows: dict[str, list[Task]] = {}
    for task in scenario.tasks:
        rows.setdefault(task.unit_type, []).append(task)
    return {unit.id: tuple(rows.get(unit.id) or rows.get(unit.type) or ()) for unit in scenario.units}


def order_hour(scenario: Scenario, requirement: ScenarioRequirement) -> float:
    """The hour at which a requirement's decision orders it to move; without one, or undated, C-hour."""
    for decision in scenario.decisions:
        if decision.id == requirement.decision and decision.at is not None:
            return (decision.at - scenario.settings.epoch).total_seconds() / 3600
    return 0.0


def order_hours(scenario: Scenario) -> dict[str, float]:
    """Every required unit's own order to move: the first of the decisions on its requirements."""
    hours: dict[str, float] = {}
    for requirement in scenario.requirements:
        hour = order_hour(scenario, requirement)
        hours[requirement.unit] = min(hour, hours.get(requirement.unit, hour))
    return hours
