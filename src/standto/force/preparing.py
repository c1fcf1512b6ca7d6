"""Units working off their tasks side by side, with queues for the shared things of a home station.

A small event simulation: a task begins when its posture allows it and its predecessors are done, and where it
needs a shared thing of the home station, when its turn comes. It runs without a break; if the posture falls
below the task's own before it ends, it begins anew later.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import count

from standto.errors import Fault, ScenarioError
from standto.force.clock import PostureChange
from standto.force.tables import Task, Unit


@dataclass(frozen=True, slots=True)
class TaskRun:
    """One task of a unit, from start to end, hours after C-hour.

    Attributes
    ----------
    name
        The task's name.
    start_h, end_h
        When it was done; of a task done again, the last time.
    critical
        Whether it lies on the chain traced from the last end back, one task before each. Where several
        chains end together only one is marked, and waiting in a queue is not traced: a shorter task may or
        may not make the unit ready earlier.
    """

    name: str
    start_h: float
    end_h: float
    critical: bool


@dataclass(frozen=True, slots=True)
class Preparing:
    """One unit with tasks: its posture changes before its own order to move, and its place in queues."""

    unit: Unit
    tasks: tuple[Task, ...]
    changes: tuple[PostureChange, ...]
    ordered_h: float
    weight: float


class _Kind(IntEnum):
    """What happens first at one instant: work ends, postures change, what was kept lapses, work begins."""

    END = 0
    POSTURE = 1
    LAPSE = 2
    BEGIN = 3
    TURN = 4


@dataclass(slots=True)
class _State:
    """One unit on the way: which tasks are done, running (with their start) or asked for (since when).

    A task's stamp changes when what was planned for it no longer holds: an end, or a lapse.
    """

    preparing: Preparing
    allowed_from: list[int]
    posture: int = 0
    ordered: bool = False
    done: list[bool] = field(default_factory=list)
    begun: dict[int, float] = field(default_factory=dict)
    asked: dict[int, float] = field(default_factory=dict)
    runs: dict[int, tuple[float, float]] = field(default_factory=dict)
    stamps: list[int] = field(default_factory=list)

    def allowed(self, task: int) -> bool:
        return self.ordered or self.posture >= self.allowed_from[task]


def prepare(units: Sequence[Preparing], postures: Sequence[str]) -> dict[str, tuple[TaskRun, ...]]:
    """The tasks that every unit ordered to move did until it was ready, by unit id.

    Tasks allowed in the first posture, with all that goes before them, were done long ago and are left out.

    Parameters
    ----------
    units
        Units with tasks; `ordered_h` is infinite for those never ordered to move.
    postures
        The scenario's postures, lowest first.

    Raises
    ------
    ScenarioError
        If tasks wait for each other.
    """
    return _Yard(units, postures).work()


class _Yard:
    """All home stations at work: one clock, every unit's state, one queue for each shared thing."""

    def __init__(self, units: Sequence[Preparing], postures: Sequence[str]) -> None:
        self.events: list[tuple[float, _Kind, int, int, int, int]] = []
        self.ticket = count()
        self.holder: dict[tuple[str, str], tuple[int, int]] = {}
        self.queues: dict[tuple[str, str], list[tuple[float, float, str, int, int]]] = {}
        self.states = [_start(unit, postures) for unit in units]
        shared = {self.thing(u, t) for u, state in enumerate(self.states) for t in range(len(state.done))}
        self.things = sorted(shared)
        self.place = {thing: number for number, thing in enumerate(self.things)}
        for number, state in enumerate(self.states):
            for step, change in enumerate(state.preparing.changes):
                self.push(change.at_h, _Kind.POSTURE, number, step)
            if math.isfinite(state.preparing.ordered_h):
                self.push(state.preparing.ordered_h, _Kind.POSTURE, number, -1)

    def thing(self, unit: int, task: int) -> tuple[str, str]:
        """The shared thing that a task of a unit needs, with an empty name for none."""
        preparing = self.states[unit].preparing
        return preparing.unit.home, preparing.tasks[task].capacity

    def push(self, at_h: float, kind: _Kind, unit: int, item: int, stamp: int = 0) -> None:
        heapq.heappush(self.events, (at_h, kind, next(self.ticket), unit, item, stamp))

    def work(self) -> dict[str, tuple[TaskRun, ...]]:
        while self.events:
            now, kind, _, unit, item, stamp = heapq.heappop(self.events)
            state = self.states[unit]
            if kind == _Kind.END:
                self.end(now, unit, item, stamp)
            elif kind == _Kind.POSTURE:
                self.change(now, unit, item)
            elif kind == _Kind.LAPSE and state.stamps[item] == stamp:
                state.done[item] = False
                state.stamps[item] += 1
                self.push(now, _Kind.BEGIN, unit, 0)
            elif kind == _Kind.BEGIN:
                self.begin(now, unit)
            elif kind == _Kind.TURN:
                self.turn(now, self.things[item])
        return {
            state.preparing.unit.id: _runs(state)
            for state in self.states
            if math.isfinite(state.preparing.ordered_h)
        }

    def end(self, now: float, unit: int, task: int, stamp: int) -> None:
        """A task is done, unless a lower posture broke it off."""
        state = self.states[unit]
        if state.stamps[task] != stamp or task not in state.begun:
            return
        state.runs[task] = (state.begun.pop(task), now)
        state.done[task] = True
        self.release(now, unit, task)
        self.push(now, _Kind.BEGIN, unit, 0)

    def change(self, now: float, unit: int, step: int) -> None:
        """A posture change (or the order to move, step -1) allows, breaks off, keeps or lets lapse."""
        state = self.states[unit]
        before = [state.allowed(task) for task in range(len(state.done))]
        if step < 0:
            state.ordered = True
        else:
            state.posture = state.preparing.changes[step].posture
        for task, could in enumerate(before):
            can = state.allowed(task)
            if could and not can:
                state.asked.pop(task, None)
                if state.begun.pop(task, None) is not None:
                    state.stamps[task] += 1
                    self.release(now, unit, task)
                keeps_h = state.preparing.tasks[task].keeps_h
                if state.done[task] and keeps_h is not None:
                    self.push(now + keeps_h, _Kind.LAPSE, unit, task, state.stamps[task])
            elif can and not could:
                state.stamps[task] += 1
        self.push(now, _Kind.BEGIN, unit, 0)

    def begin(self, now: float, unit: int) -> None:
        """Begin or ask for every task whose turn in the unit has come."""
        state = self.states[unit]
        tasks = state.preparing.tasks
        done = {task.name for task, is_done in zip(tasks, state.done, strict=True) if is_done}
        for number, task in enumerate(tasks):
            can = state.allowed(number) and done.issuperset(task.after)
            if state.done[number] or number in state.begun or not can:
                if not can:
                    state.asked.pop(number, None)
                continue
            if task.capacity:
                if number not in state.asked:
                    state.asked[number] = now
                    unit_id, weight = state.preparing.unit.id, state.preparing.weight
                    queue = self.queues.setdefault(self.thing(unit, number), [])
                    heapq.heappush(queue, (now, -weight, unit_id, number, unit))
                self.push(now, _Kind.TURN, unit, self.place[self.thing(unit, number)])
            else:
                self.start(now, unit, number)

    def start(self, now: float, unit: int, task: int) -> None:
        state = self.states[unit]
        state.begun[task] = now
        self.push(now + state.preparing.tasks[task].hours, _Kind.END, unit, task, state.stamps[task])

    def release(self, now: float, unit: int, task: int) -> None:
        """Give a shared thing back and let the next unit have it."""
        thing = self.thing(unit, task)
        if self.holder.get(thing) == (unit, task):
            del self.holder[thing]
            self.push(now, _Kind.TURN, unit, self.place[thing])

    def turn(self, now: float, thing: tuple[str, str]) -> None:
        """Give a free shared thing to who asked first, then to the higher weight, then by id."""
        if thing in self.holder:
            return
        queue = self.queues[thing]
        while queue:
            since, _, _, task, unit = heapq.heappop(queue)
            asked = self.states[unit].asked
            if asked.get(task) == since:
                del asked[task]
                self.holder[thing] = (unit, task)
                self.start(now, unit, task)
                return


def _start(preparing: Preparing, postures: Sequence[str]) -> _State:
    """A unit in the first posture, with everything done that it allows and that waits for nothing else."""
    tasks = preparing.tasks
    allowed_from = [postures.index(task.at) if task.at else len(postures) for task in tasks]
    done: set[str] = set()
    while True:
        more = {
            task.name
            for task, posture in zip(tasks, allowed_from, strict=True)
            if posture == 0 and done.issuperset(task.after)
        }
        if more == done:
            break
        done = more
    flags = [task.name in done for task in tasks]
    return _State(preparing, allowed_from, done=flags, stamps=[0] * len(tasks))


def _runs(state: _State) -> tuple[TaskRun, ...]:
    """The runs of a unit that is ready, by start, with the critical path marked from its last end back."""
    tasks = state.preparing.tasks
    if not all(state.done):
        stuck = [task.name for task, is_done in zip(tasks, state.done, strict=True) if not is_done]
        unit = state.preparing.unit
        fault = Fault(
            f"the tasks {', '.join(stuck)} of {unit.id} wait for each other or for a task that is not there",
            fix="correct the column after",
            table="tasks",
            field="after",
            check="task-cycle",
        )
        raise ScenarioError("has tasks that can never be done", [fault])
    number = {task.name: index for index, task in enumerate(tasks)}
    critical: set[int] = set()
    last = max(state.runs, key=lambda task: (state.runs[task][1], -task), default=None)
    if last is not None and state.runs[last][1] > state.preparing.ordered_h:
        waiting = [last]
        while waiting:
            task = waiting.pop()
            critical.add(task)
            before = [number[name] for name in tasks[task].after if number[name] in state.runs]
            waiting += [other for other in before if state.runs[other][1] == state.runs[task][0]][:1]
    order = sorted(state.runs, key=lambda task: (*state.runs[task], task))
    return tuple(TaskRun(tasks[task].name, *state.runs[task], task in critical) for task in order)
