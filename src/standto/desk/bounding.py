"""The bound in words: what no plan can beat, what makes it so, what one more of a scarce thing would do."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from standto.advise.proof_words import CUT_SHORT, proven_by
from standto.desk.answer import Answer
from standto.desk.inputs import read_input
from standto.desk.screen import Screen
from standto.desk.words import hours

if TYPE_CHECKING:
    from standto.desk.as_recorded import AsRecorded
    from standto.move.bound import Bound
    from standto.move.problem import Goal, Problem

BOTTLENECKS = 5
MOST_NAMED = 5


def bound(
    path: Path,
    *,
    seconds: float | None,
    goal: Goal | None,
    screen: Screen,
    recorded: AsRecorded | None = None,
) -> Answer:
    """What no plan can beat, which resource makes it so, and what one more of it would change."""
    problem = read_input(path, goal=goal, recorded=recorded).problem
    proven = prove_watched(problem, seconds, screen)
    said = say_bound(problem, proven, seconds=seconds)
    return Answer(said, {"problem": problem.sha256, "bound": asdict(proven), "sentences": said})


def prove_watched(
    problem: Problem, seconds: float | None, screen: Screen, *, bottlenecks: int = BOTTLENECKS
) -> Bound:
    """The bound with so many of the scarcest things priced; Ctrl-C leaves what can be proven at once."""
    from standto.move.bound import prove_bound, warm_up

    with screen.watching("proving the bound"):
        try:
            warm_up()
            return prove_bound(problem, seconds=seconds, bottlenecks=bottlenecks)
        except KeyboardInterrupt:
            return prove_bound(problem, seconds=0.0)


def say_bound(problem: Problem, proven: Bound, *, seconds: float | None = None) -> list[str]:
    """The bound in plain sentences, the answer first, how it was proven last; `seconds` were given for it."""
    if proven.closure_h is None:
        said = ["No plan can deliver anything in full."]
    else:
        said = [f"No plan closes before {hours(proven.closure_h)}{_lateness(proven)}."]
        said += [f"Why: {proven.reason}"] if proven.reason else []
    said += _late_alone(problem, proven)
    if proven.bottlenecks:
        said.append("What one more would do to the bound, the most first:")
        said += [f"  {bottleneck.sentence}" for bottleneck in proven.bottlenecks]
    elif CUT_SHORT in proven.method or (seconds is not None and proven.seconds >= seconds):
        said.append("No time was left to ask what one more slot or vehicle would do: give more --seconds.")
    elif proven.closure_h is not None:
        said.append("No single slot, vehicle or readiness was found that moves the bound alone.")
    if proven.left_out:
        names = ", ".join(proven.left_out[:MOST_NAMED]) + (
            ", ..." if len(proven.left_out) > MOST_NAMED else ""
        )
        number = len(proven.left_out)
        what = "requirement" if number == 1 else "requirements"
        said.append(f"It leaves out {number:,} {what} that no plan can deliver in full: {names}.")
    return [*said, f"Proven in {proven.seconds:.1f} s: {proven_by(proven.method.partition(';')[0])}."]


def _lateness(proven: Bound) -> str:
    if proven.weighted_lateness > 0:
        return f", and none has less than {proven.weighted_lateness:,.1f} weighted hours of lateness"
    return "; that anything must be late is not proven"


def _late_alone(problem: Problem, proven: Bound) -> list[str]:
    """Who is late in every plan whatever else moves: ready too late, or too far."""
    late = [
        (proven.earliest_h[one.id] - one.due_h, one)
        for one in problem.requirements
        if proven.earliest_h.get(one.id, one.due_h) > one.due_h
    ]
    if not late:
        return []
    worst_h, worst = max(late, key=lambda pair: pair[0])
    several = f"{len(late):,} of {len(problem.requirements):,} requirements close late"
    if len(late) == 1:
        several = f"1 of {len(problem.requirements):,} requirements closes late"
    ready = f"ready at {hours(worst.available_h)}, due at {hours(worst.due_h)}"
    return [
        f"{several} in every plan, even with all lift to themselves; the worst is {worst.id}, "
        f"by at least {hours(worst_h)} ({ready})."
    ]
