"""One call from a problem to a plan."""

from __future__ import annotations

from collections.abc import Callable

from standto.move.bound import Bound
from standto.move.check import check, score
from standto.move.plan import Plan
from standto.move.problem import Problem
from standto.move.solve.list_walk import is_better
from standto.move.solve.progress import Progress
from standto.move.solve.search import Found, search
from standto.move.solve.stopping import StoppingRule
from standto.move.solve.tables import Layout
from standto.move.solve.write import with_reasons, write_plan


def solve(
    problem: Problem,
    stop: StoppingRule,
    *,
    seed: int = 0,
    workers: int = 2,
    start: Plan | None = None,
    bound: Bound | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Plan:
    """Plan the movement: a list schedule first, then a search that improves it until told to stop.

    Parameters
    ----------
    problem
        What must be moved and what there is; `problem.goal` says what is minimised first.
    stop
        When to end. `Rounds(n)` gives the same plan on every machine, `Rounds(0)` the best list schedule
        of a few. `Seconds(n)` may end after the first of them. A keyboard interrupt ends the search too,
        with the best plan so far.
    seed
        Of all that is random.
    workers
        Threads that search side by side. The same seed, rounds and workers give the same plan.
    start
        A plan to start from; if it keeps this problem's rules, the result is at least as good.
    bound
        What no plan can beat; it is printed in the plan and told to `progress`.
    progress
        Called after the first list schedule, at most four times a second while others are tried and
        improved, and at the end.

    Returns
    -------
    Plan
        It keeps every rule; what cannot be delivered is in its outcomes.
    """
    from importlib.metadata import version

    stop.begin()
    layout = Layout(problem)
    options = {"stop": repr(stop), "goal": problem.goal, "start": start is not None, "workers": workers}

    def write(found: Found) -> Plan:
        made_by = {"version": version("standto"), "solver": "list schedule and search", "seed": seed}
        made_by |= {"rounds": found.rounds, "seconds": round(stop.elapsed_s, 3), "options": options}
        return _no_worse(problem, write_plan(problem, layout, found.decoded, bound, made_by), start, bound)

    found = search(
        problem,
        layout,
        stop,
        seed=seed,
        workers=workers,
        start=start,
        bound=bound,
        progress=progress,
        write=write,
    )
    return write(found)


def _no_worse(problem: Problem, plan: Plan, start: Plan | None, bound: Bound | None) -> Plan:
    """The plan, or the one it started from where that keeps this problem's rules and is better."""
    if start is None:
        return plan
    outcomes, totals = score(problem, start.vehicles)
    if not is_better(totals.score(problem.goal), plan.totals.score(problem.goal)):
        return plan
    changes = {"problem": plan.problem, "requirements": outcomes, "totals": totals}
    kept = start.model_copy(update=changes | {"bound": plan.bound, "made_by": plan.made_by})
    return with_reasons(problem, kept, bound) if check(problem, kept).ok else plan


def warm_up(say: Callable[[str], None]) -> None:
    """Compile the inner loops, once for this machine, with a message before it takes its time."""
    from standto.move.problem import parse_problem
    from standto.move.solve.compiled import is_compiled
    from standto.move.solve.list_walk import ListWalk
    from standto.move.solve.local import Local

    if not is_compiled():
        say("compiling the planner's inner loops, once for this machine: a minute or two")
    problem = parse_problem(_SMALLEST)
    first = ListWalk(problem, Layout(problem), seed=0)
    first.begin(None)
    walk = Local(first.decoder.flat, first.listing(), closure=False, floor_h=0.0, seed=0)
    walk.lap(1)
    walk.go_on(walk.listing())


_SMALLEST = b"""{"format": "standto-lift/1",
  "places": [{"id": "A", "slots": {"road": 1}}, {"id": "B", "slots": {"road": 1}}],
  "links": [{"from": "A", "to": "B", "mode": "road", "km": 60}],
  "fleets": [{"id": "F", "mode": "road", "count": 1, "base": "A", "seats": 10, "tonnes": 0, "classes": [],
              "kmh": 60, "load_h": 1, "unload_h": 1, "service_h": 1}],
  "requirements": [{"id": "R", "pax": 10, "cargo": {}, "origin": "A", "destination": "B", "available_h": 0,
                    "due_h": 0}]}"""
"""One vehicle with one load: all that is compiled is called for it."""
