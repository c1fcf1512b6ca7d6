"""Commands about plans: bound, plan, verify."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from standto.desk.answer import Answer
from standto.desk.inputs import Input, read_input
from standto.desk.screen import Screen

if TYPE_CHECKING:
    from standto.advise.cases import Budget
    from standto.move.bound import Bound
    from standto.move.plan import Plan
    from standto.move.problem import Goal, Problem
    from standto.move.solve import StoppingRule

SHOWN = 12


LEAST_SECONDS = 0.01


@dataclass(frozen=True, slots=True)
class PlanOptions:
    """How to plan: when to stop, from which seed, towards which goal.

    Where `rounds` is given it alone counts, for the bounds too, so that the result is the same everywhere.
    """

    seconds: float = 20.0
    rounds: int | None = None
    seed: int = 0
    goal: Goal | None = None

    def stop(self) -> StoppingRule:
        """The stopping rule of one search."""
        from standto.move.solve import Rounds, Seconds

        return Seconds(self.seconds) if self.rounds is None else Rounds(self.rounds)

    def budget(self, share: float = 1.0) -> Budget:
        """The effort of several searches and bounds together: a share of all."""
        from standto.advise.cases import Budget

        if self.rounds is not None:
            return Budget.rounds(max(1, round(self.rounds * share)))
        return Budget.seconds(max(LEAST_SECONDS, self.seconds * share))

    def bound_seconds(self, share: float) -> float | None:
        """Seconds for proving one bound; None = as long as it takes."""
        return None if self.rounds is not None else max(1.0, self.seconds * share)


def bound(path: Path, *, seconds: float | None, goal: Goal | None, screen: Screen) -> Answer:
    """What no plan can beat, which resource makes it so, and what one more of it would change."""
    from standto.move.bound import explain_bound, prove_bound

    problem = read_input(path, goal=goal).problem
    with screen.watching("proving the bound"):
        proven = prove_bound(problem, seconds=seconds, bottlenecks=5)
    lines = [*bound_lines(proven), explain_bound(problem, proven)]
    lines += [f"  {bottleneck.sentence}" for bottleneck in proven.bottlenecks]
    return Answer(lines, {"problem": problem.sha256, "bound": asdict(proven)})


def bound_lines(proven: Bound) -> list[str]:
    """The bound in a few lines."""
    closure = proven.closure_h
    lines = [
        "no plan can deliver anything in full"
        if closure is None
        else f"no plan closes before {hours(closure)}",
        f"no plan has less weighted lateness than {proven.weighted_lateness:,.1f} h",
        f"method: {proven.method} ({proven.seconds:.1f} s)",
    ]
    if proven.left_out:
        names = ", ".join(proven.left_out[:SHOWN]) + (", ..." if len(proven.left_out) > SHOWN else "")
        lines.append(f"left out, since they cannot be delivered in full: {names}")
    return lines


def plan(output: Path, *, options: PlanOptions, found: Input, screen: Screen) -> Answer:
    """Plan a problem, print the plan's totals beside the bound, and write it."""
    from standto.advise.cases import Case
    from standto.advise.headline import headline
    from standto.move.files import write_plan

    made, proven = make_plan(found.problem, options, screen)
    write_plan(output, made)
    case = Case(str(found.path), found.problem, made, proven)
    lines = [headline(case), *plan_lines(found.problem, made, proven), f"wrote {output}"]
    data = {"plan": str(output), "problem": made.problem, **plan_data(found.problem, made)}
    return Answer(lines, data, yes=made.totals.undelivered <= 0)


def make_plan(problem: Problem, options: PlanOptions, screen: Screen) -> tuple[Plan, Bound]:
    """Prove the bound, in at most half as long as the search may take, then plan.

    Stopped by Ctrl-C while the bound is proven, it still gives the first plan beside the critical path.
    """
    from standto.move.bound import prove_bound
    from standto.move.solve import Rounds, solve, warm_up

    warm_up(screen.say)
    stop = options.stop()
    with screen.watching("proving the bound"):
        try:
            proven = prove_bound(problem, seconds=options.bound_seconds(0.5))
        except KeyboardInterrupt:
            proven, stop = prove_bound(problem, seconds=0.0), Rounds(0)
    with screen.watching("planning"):
        made = solve(problem, stop, seed=options.seed, bound=proven, progress=screen.progress)
    return made, proven


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


def hours(value: float) -> str:
    """Hours after C-hour for reading: hours, and days where there are at least two."""
    return f"{value:,.1f} h" + (f" (day {value / 24:.1f})" if abs(value) >= 48 else "")
