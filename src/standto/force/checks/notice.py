"""Checks of readiness: notice to move, and the tasks behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from standto.force.checks.subject import Finding, Subject, check
from standto.force.tables import Task

TOLERANCE_H = 1.0


@check("error")
def notice_length(subject: Subject) -> Iterator[Finding]:
    """Notice, sustainment and cost have one number for each posture of scenario.toml."""
    if subject.settings is None:
        return
    postures = subject.settings.postures
    fix = f"write one number each for {', '.join(postures)}"
    for unit in subject.scenario.units:
        for column in ("notice_h", "sustain_days", "cost_per_person_day"):
            given = len(getattr(unit, column))
            if given != len(postures) and (given or column == "notice_h"):
                yield Finding(unit, column, f"has {given} numbers for {len(postures)} postures", fix)


@check("error")
def notice_rises(subject: Subject) -> Iterator[Finding]:
    """A higher posture never has a longer notice to move."""
    for unit in subject.scenario.units:
        for lower, higher in pairwise(unit.notice_h):
            if higher > lower:
                message = f"the notice rises from {lower:g} to {higher:g} h with a higher posture"
                yield Finding(
                    unit, "notice_h", message, "write the postures' notices from longest to shortest"
                )
                break


def _by_type(subject: Subject) -> dict[str, list[Task]]:
    tasks: dict[str, list[Task]] = {}
    for task in subject.scenario.tasks:
        tasks.setdefault(task.unit_type, []).append(task)
    return tasks


@check("error")
def duplicate_task(subject: Subject) -> Iterator[Finding]:
    """A task's name is unique in its unit type."""
    for kind, tasks in _by_type(subject).items():
        seen = set()
        for task in tasks:
            if task.name in seen:
                yield Finding(task, "name", f"{task.name!r} is there twice for {kind!r}", "rename one")
            seen.add(task.name)


@check("error")
def unknown_predecessor(subject: Subject) -> Iterator[Finding]:
    """A task comes after tasks of its own unit type."""
    if subject.broken.get("tasks"):
        return
    for kind, tasks in _by_type(subject).items():
        names = {task.name for task in tasks}
        for task in tasks:
            for name in task.after:
                if name not in names:
                    message = f"{kind!r} has no task {name!r} to come after"
                    yield Finding(task, "after", message, "correct the name, or add the task")


@check("error")
def task_cycle(subject: Subject) -> Iterator[Finding]:
    """No task waits for itself by way of others."""
    for tasks in _by_type(subject).values():
        names = {task.name for task in tasks}
        waiting = {task.name: set(task.after) & names for task in tasks}
        while free := {name for name, after in waiting.items() if not after}:
            waiting = {name: after - free for name, after in waiting.items() if name not in free}
        circle = [task for task in tasks if task.name in waiting]
        if circle:
            message = f"the tasks {', '.join(waiting)} wait for each other"
            yield Finding(circle[0], "after", message, "break the circle")


def hours_to_ready(tasks: Sequence[Task], done: set[str]) -> float:
    """The critical path through the tasks not done, hours; tasks without circle and without queues."""
    by_name = {task.name: task for task in tasks}
    ends = dict.fromkeys(done, 0.0)
    while len(ends) < len(by_name):
        for task in tasks:
            if task.name not in ends and ends.keys() >= set(task.after):
                ends[task.name] = task.hours + max((ends[name] for name in task.after), default=0.0)
    return max(ends.values(), default=0.0)


def _hours_by_posture(tasks: Sequence[Task], postures: Sequence[str]) -> list[float]:
    """What the tasks still take once a posture has stood long enough, for each posture."""
    hours = []
    for number in range(len(postures)):
        done: set[str] = set()
        for _ in tasks:
            done |= {
                task.name
                for task in tasks
                if task.at and postures.index(task.at) <= number and done >= set(task.after)
            }
        hours.append(hours_to_ready(tasks, done))
    return hours


@check("warning", sound=True)
def notice_against_tasks(subject: Subject) -> Iterator[Finding]:
    """A unit's notice in every posture is what its tasks take from there; else the tasks count."""
    postures = subject.scenario.settings.postures
    by_type = _by_type(subject)
    hours = {kind: _hours_by_posture(tasks, postures) for kind, tasks in by_type.items()}
    for unit in subject.scenario.units:
        for number, left in enumerate(hours.get(unit.id) or hours.get(unit.type) or ()):
            if abs(left - unit.notice_h[number]) > TOLERANCE_H:
                message = (
                    f"from {postures[number]} the tasks of {unit.id} take {left:g} h, its notice says "
                    f"{unit.notice_h[number]:g} h; the tasks count"
                )
                yield Finding(unit, "notice_h", message, "correct the tasks or the notice")
