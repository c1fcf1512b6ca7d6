"""One proof: what is known so far of one problem, step by step, and the programmes it was proven with."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from standto.move.bound.closure import earliest_deadline
from standto.move.bound.critical import close_hours
from standto.move.bound.effort import Effort
from standto.move.bound.flow import FlowProgram
from standto.move.bound.lateness import MOST_CLOSES, LatenessProof, lay_grid, prove_lateness
from standto.move.bound.lift import Flags, Floats, Lift, Load, read_lift
from standto.move.bound.pooled import PooledProgram, Tightness
from standto.move.bound.prices import Cut
from standto.move.bound.result import Bottleneck, Bound, ResourcePrices
from standto.move.bound.streams import Streams, read_streams
from standto.move.bound.window import Slots, open_window, read_slots
from standto.move.problem import Problem

Program = FlowProgram | PooledProgram
Kind = type[FlowProgram] | type[PooledProgram]

MOST_WINDOWS = 6
MOST_CELLS = 60_000
"""Sources of loads times legs up to which every leg has rows of its own; beyond, fleets are pooled."""
MOST_WORK = 2e6
"""About half a minute of linear programmes on one core for the largest problems."""
PART = 0.7
"""Of the work and time left, for each window."""
ROUGHLY, TURNS = 0.02, 12
"""How near the best prices those must come that are handed out, and in how many turns at most.

Any are true; where lift is far from short, the last turns would take minutes to tell what nobody asks."""
LEAST_STEPS, MOST_STEPS = 12, 80
"""Hours of the lateness grid."""


@dataclass(slots=True)
class Proof:
    """What is proven so far of one problem, and the programmes it was proven with.

    `seconds` says how many seconds are left (inf: no limit).
    """

    problem: Problem
    seconds: Callable[[], float]
    lift: Lift = field(init=False)
    loads: list[Load] = field(init=False)
    streams: Streams = field(init=False)
    slots: Slots = field(init=False)
    earliest: dict[str, float] = field(init=False)
    delivered: Flags = field(init=False)
    programs: list[Program] = field(init=False, default_factory=list)
    cuts: list[Cut] = field(init=False, default_factory=list)
    closure_h: float | None = field(init=False, default=None)
    closure_cut: Cut | None = field(init=False, default=None)
    tightest: Tightness | None = field(init=False, default=None)
    late: LatenessProof = field(init=False, default=LatenessProof(0.0, 0.0))
    effort: Effort = field(init=False)
    notes: list[str] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.lift = read_lift(self.problem)
        # where a time was asked for, it alone is the limit
        counted = math.isinf(self.seconds())
        self.effort = Effort(MOST_WORK if counted else math.inf, self.seconds)
        items = self.problem.requirements
        loads = [load for index in range(len(items)) for load in self.lift.loads_of(index)]
        self.earliest = close_hours(self.problem, self.lift, loads)
        self.delivered = np.array([item.id in self.earliest for item in items], dtype=bool)
        self._take([load for load in loads if self.delivered[load.requirement]])
        self.notes.append("critical path")

    def _take(self, loads: list[Load]) -> None:
        self.loads = loads
        self.streams = read_streams(self.lift, loads)
        self.slots = read_slots(self.lift)
        self.closure_h = max(self.earliest.values(), default=None)

    def close_all(self) -> None:
        """Raise the closure bound by linear programmes over the whole time and over later windows."""
        if self.closure_h is None or len(self.streams.origin) == 0:
            return None
        sources = np.unique(np.stack([self.streams.origin, self.streams.kind]), axis=1).shape[1]
        small = sources * len(self.lift.leg_h) <= MOST_CELLS
        openings = self._openings()
        steps: list[tuple[float, Kind]] = [(openings[0], PooledProgram)]
        steps += [(hour, FlowProgram if small else PooledProgram) for hour in openings[not small :]]
        for since_h, kind in steps:
            if self.seconds() <= 0:
                self.notes.append("stopped by the time given")
                return None
            members = self.delivered & (self._available() >= since_h)
            window = open_window(self.lift, self.streams, self.slots, since_h, members)
            effort = self.effort.part(PART)
            program = kind(self.lift, self.streams, self.slots, window, effort)
            before = self.programs[-1] if self.programs else None
            if isinstance(program, PooledProgram) and isinstance(before, PooledProgram):
                program.go_on_from(before)
            found, cuts = earliest_deadline(program, self.delivered.astype(float), self.closure_h)
            if math.isinf(found):
                if self._leave_stranded(program, cuts[-1]):
                    return self.close_all()
                self.notes.append("lift cannot deliver all of it together")
                return None
            self.programs.append(program)
            if program.window.first and isinstance(program, PooledProgram):
                if not cuts:
                    done = self.delivered.astype(float)
                    program.ask(done, self.closure_h, close=ROUGHLY, rounds=TURNS, needed=0.0)
                self.tightest = program.tightest
            self.cuts += cuts
            if found > self.closure_h and cuts:
                self.closure_h, self.closure_cut = found, cuts[-1]
        self.notes.append("linear programme over fleets, slots and windows")
        return None

    def _leave_stranded(self, program: Program, cut: Cut) -> bool:
        """Leave out what no lift can deliver in full because vehicles cannot come back for the rest."""
        stranded = []
        for index in np.flatnonzero(cut.charge > 0):
            alone = np.zeros(len(self.delivered))
            alone[index] = 1.0
            item = self.problem.requirements[index]
            if math.isinf(earliest_deadline(program, alone, self.earliest[item.id])[0]):
                stranded.append(item.id)
                self.delivered[index] = False
                del self.earliest[item.id]
        if stranded:
            self._take([load for load in self.loads if self.delivered[load.requirement]])
        return bool(stranded)

    def _available(self) -> Floats:
        return np.array([item.available_h for item in self.problem.requirements])

    def _openings(self) -> list[float]:
        """Hours at which windows open: the start, and when more becomes available."""
        moved = np.zeros(len(self.delivered), dtype=bool)
        moved[self.streams.share_of] = True
        hours = np.unique(self._available()[moved])
        if len(hours) > MOST_WINDOWS:
            hours = hours[np.linspace(0, len(hours) - 1, MOST_WINDOWS).round().astype(int)]
        return [-math.inf, *(float(hour) for hour in hours)]

    def late_all(self, *, whole: bool = True) -> None:
        """Raise the bound on weighted lateness by the programme of closes.

        `whole` also takes closes as whole, by branch and bound, where the problem is small.
        """
        items = self.problem.requirements
        if self.closure_h is None:
            return
        weight = np.array([item.weight for item in items])
        due_h = np.array([item.due_h for item in items])
        earliest_h = np.array([self.earliest.get(item.id, math.inf) for item in items])
        steps = MOST_STEPS if len(items) * LEAST_STEPS > MOST_CLOSES else MOST_CLOSES // len(items)
        grid = lay_grid(weight, due_h, earliest_h, self.closure_h, min(MOST_STEPS, steps))
        self.late = prove_lateness(grid, self.programs, self.cuts, len(items), self.seconds, whole=whole)
        if self.programs:
            self.notes.append("closes against its cuts")

    def certain_lateness(self) -> float:
        """The weighted lateness that the earliest closes alone make."""
        items = self.problem.requirements
        return sum(
            item.weight * max(0.0, self.earliest[item.id] - item.due_h)
            for item in items
            if item.id in self.earliest
        )

    @property
    def finished(self) -> bool:
        """Whether it has not been cut short by the work that it may take."""
        return all(program.effort.left >= 0 for program in self.programs)

    def bound(
        self,
        seconds: float,
        bottlenecks: tuple[Bottleneck, ...] = (),
        reason: str = "",
        prices: ResourcePrices | None = None,
    ) -> Bound:
        """The proof's result."""
        left_out = tuple(item.id for item in self.problem.requirements if item.id not in self.earliest)
        method = ", ".join(self.notes)
        if left_out:
            method += f"; without {', '.join(left_out)}, which cannot be delivered in full"
        return Bound(
            closure_h=None if self.closure_h is None else round_down(self.closure_h),
            weighted_lateness=max(0.0, round_down(self.late.lateness)),
            earliest_h={name: round_down(hour) for name, hour in self.earliest.items()},
            left_out=left_out,
            method=method,
            seconds=seconds,
            bottlenecks=bottlenecks,
            reason=reason,
            prices=prices,
        )


def round_down(value: float) -> float:
    """A thousandth and a millionth of the value less, to whole thousandths: far more than rounding errors."""
    return math.floor((value - 1e-6 * abs(value)) * 1000 - 1) / 1000
