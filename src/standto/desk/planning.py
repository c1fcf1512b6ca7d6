"""Commands about plans: plan, verify."""

from __future__ import annotations

import time
from contextlib import nullcontext
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from standto.desk.answer import Answer
from standto.desk.beside import ProofBeside
from standto.desk.course import Course
from standto.desk.inputs import Input
from standto.desk.screen import Screen
from standto.desk.words import hours

if TYPE_CHECKING:
    from standto.advise.cases import Budget
    from standto.move.bound import Bound
    from standto.move.plan import Plan
    from standto.move.problem import Goal, Problem
    from standto.move.solve import Progress, StoppingRule

SHOWN = 12


LEAST_SECONDS = 0.01
FIRST, MOST_FIRST_S = 0.1, 2.0
"""Share of the seconds, and seconds at most, in which the bound is proven that stands from the start."""
BESIDE, LEAST_BESIDE_S = 0.6, 3.0
"""Share of the seconds left in which it is proven further, and how many must be left for that."""


@dataclass(frozen=True, slots=True)
class PlanOptions:
    """How to plan: when to stop, from which seed, towards which goal.

    Where `rounds` is given it alone counts, for the bounds too, so that the result is the same everywhere.
    With `patience_s` a search ends early when nothing has got better for so long. `workers` threads search
    side by side; what they find depends on how many they are.
    """

    seconds: float = 20.0
    rounds: int | None = None
    seed: int = 0
    goal: Goal | None = None
    patience_s: float | None = None
    workers: int = 2

    def stop(self, spent_s: float = 0.0, *, at_once: bool = False) -> StoppingRule:
        """The stopping rule of one search that begins after so many of the seconds are spent."""
        from standto.move.solve import Rounds, Seconds

        if at_once:
            return Rounds(0)
        return Seconds(max(0.0, self.seconds - spent_s)) if self.rounds is None else Rounds(self.rounds)

    def budget(self, share: float = 1.0) -> Budget:
        """The effort of several searches and bounds together: a share of all."""
        from standto.advise.cases import Budget

        effort = (
            Budget.seconds(max(LEAST_SECONDS, self.seconds * share))
            if self.rounds is None
            else Budget.rounds(max(1, round(self.rounds * share)))
        )
        return replace(effort, workers=self.workers)

    def bound_seconds(self, share: float) -> float | None:
        """Seconds for proving one bound; None = as long as it takes."""
        return None if self.rounds is not None else max(1.0, self.seconds * share)


def plan(output: Path, *, options: PlanOptions, found: Input, screen: Screen) -> Answer:
    """Plan a problem, print the plan's totals beside the bound, and write it."""
    from standto.advise.cases import Case
    from standto.advise.headline import headline
    from standto.move.files import write_plan

    made, proven, course = make_plan(found.problem, options, screen)
    write_plan(output, made)
    case = Case(str(found.path), found.problem, made, proven)
    lines = [headline(case), *plan_lines(found.problem, made, proven), course.ending().sentence]
    lines.append(f"wrote {output}")
    data = {"plan": str(output), "problem": made.problem, **plan_data(found.problem, made)}
    data["search"] = course.data()
    return Answer(lines, data, yes=made.totals.undelivered <= 0)


def make_plan(problem: Problem, options: PlanOptions, screen: Screen) -> tuple[Plan, Bound, Course]:
    """Plan beside a bound, both within the seconds given; the course says how the search went and ended.

    What can be proven in a tenth of the seconds (at most two) is there from the start; the rest is proven in
    another process while the search runs. Where rounds count, all of it is proven first. Stopped by Ctrl-C
    while the first part is proven, it still gives the first plan beside the critical path.
    """
    from standto.desk.warm import warm_up
    from standto.move.solve import solve

    warm_up(screen.say)
    began = time.perf_counter()
    with screen.watching("proving the bound"):
        proven, whole, stopped = _prove_first(problem, options)
    course = Course(
        options.stop(time.perf_counter() - began, at_once=stopped),
        problem.goal,
        proven,
        seconds=options.seconds if options.rounds is None else None,
        rounds=options.rounds,
        patience_s=options.patience_s,
    )
    left_s = options.seconds - (time.perf_counter() - began)
    beside = None if whole or stopped or left_s < LEAST_BESIDE_S else ProofBeside(problem, BESIDE * left_s)

    def follow(progress: Progress) -> None:
        if beside is not None:
            course.bound = tighter(beside.found() or proven, proven)
        course.note(progress)
        screen.tell(course.line())

    with beside or nullcontext(), screen.watching("planning"):
        made = solve(
            problem, course, seed=options.seed, workers=options.workers, bound=proven, progress=follow
        )
    if course.bound is not proven:
        made = made.model_copy(update={"bound": course.bound.as_plan_bound()})
    return made, course.bound, course


def _prove_first(problem: Problem, options: PlanOptions) -> tuple[Bound, bool, bool]:
    """The bound to begin with, whether it is all that can be proven, and whether Ctrl-C cut it short."""
    from standto.move.bound import prove_bound

    limit_s = None if options.rounds is not None else min(MOST_FIRST_S, FIRST * options.seconds)
    try:
        proven = prove_bound(problem, seconds=limit_s)
    except KeyboardInterrupt:
        return prove_bound(problem, seconds=0.0), False, True
    return proven, limit_s is None or proven.seconds < limit_s, False


def tighter(proven: Bound, other: Bound) -> Bound:
    """The first bound with the better values of both: each is true of the same problem."""
    closures = [bound.closure_h for bound in (proven, other) if bound.closure_h is not None]
    lateness = max(proven.weighted_lateness, other.weighted_lateness)
    return replace(proven, closure_h=max(closures, default=None), weighted_lateness=lateness)


def plan_data(problem: Problem, made: Plan) -> dict[str, Any]:
    """A plan's totals, bound and gaps for programs."""
    return {
        "goal": problem.goal,
        "totals": made.totals.model_dump(),
        "bound": made.bound.model_dump() if made.bound else None,
        "gaps": {
            name: {"ratio": gap.ratio, "hours": gap.plan - gap.bound} for name, gap in gaps(made).items()
        },
        "made_by": made.made_by,
    }


def gaps(made: Plan) -> dict[str, Any]:
    """The plan's gaps to its bound, for closure and weighted lateness where both are known."""
    from standto.move.plan import Gap

    found = {}
    if made.bound is not None:
        if made.bound.closure_h is not None and made.totals.closure_h is not None:
            found["closure"] = Gap(made.totals.closure_h, made.bound.closure_h)
        if made.bound.weighted_lateness is not None:
            found["weighted lateness"] = Gap(made.totals.weighted_lateness, made.bound.weighted_lateness)
    return found


def plan_lines(problem: Problem, made: Plan, proven: Bound) -> list[str]:
    """A plan beside its bound, and who is late and why."""
    totals, gap = made.totals, gaps(made)
    closure = (
        f"closes at {hours(totals.closure_h)}"
        if totals.closure_h is not None
        else "nothing is delivered in full"
    )
    lines = [closure]
    if "closure" in gap and proven.closure_h is not None:
        lines[0] += f"; no plan can before {hours(proven.closure_h)} (gap {gap['closure']})"
    lines.append(
        f"weighted lateness {totals.weighted_lateness:,.1f} h; no plan has less than "
        f"{proven.weighted_lateness:,.1f} h (gap {gap['weighted lateness']})"
    )
    lines.append(f"{totals.sorties:,} sorties, {totals.moving_h:,.0f} vehicle hours, cost {totals.cost:,.0f}")
    if totals.missed:
        lines.append(f"missed after their hard date: weight {totals.missed:g}")
    for outcome in made.requirements:
        missing = outcome.undelivered
        if missing.pax or missing.cargo:
            rest = f"{missing.pax:,} people, {sum(missing.cargo.values()):,.1f} t"
            lines.append(f"{outcome.id}: {rest} left. {outcome.why}")
    late = sorted(
        (o for o in made.requirements if o.close_h is not None and o.late_h > 0), key=lambda o: -o.late_h
    )
    lines += [f"late: {outcome.id} by {hours(outcome.late_h)}. {outcome.why}" for outcome in late[:SHOWN]]
    if len(late) > SHOWN:
        lines.append(f"... and {len(late) - SHOWN} more are late; see the brief")
    return lines


def verify(plan_path: Path, *, found: Input) -> Answer:
    """Judge a plan by every rule of the format; the answer is no where one is broken."""
    from standto.move.check import check
    from standto.move.files import read_plan

    path, problem, made = found.path, found.problem, read_plan(plan_path)
    verdict = check(problem, made)
    lines = [f"broken: {violation.message}  [{violation.rule}]" for violation in verdict.violations]
    lines.append(
        f"{plan_path}: keeps every rule of {path}"
        if verdict.ok
        else f"{plan_path}: breaks {len(verdict.violations)} rule(s) of {path}"
    )
    data = {
        "ok": verdict.ok,
        "violations": [asdict(violation) for violation in verdict.violations],
        "totals": verdict.totals.model_dump(),
    }
    return Answer(lines, data, yes=verdict.ok)
