"""One call from a problem to a plan."""

from __future__ import annotations

from collections.abc import Callable

from standto.move.bound import Bound
from standto.move.plan import Plan
from standto.move.problem import Problem
from standto.move.solve.progress import Progress
from standto.move.solve.stopping import StoppingRule
from standto.move.solve.tables import Layout
from standto.move.solve.trips import Habits
from standto.move.solve.write import write_plan


def solve(
    problem: Problem,
    stop: StoppingRule,
    *,
    seed: int = 0,
    start: Plan | None = None,
    bound: Bound | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Plan:
    """Plan the movement: a list schedule first, then a search that improves it until told to stop."""
    from importlib.metadata import version

    from standto.move.solve.twin import decode

    stop.begin()
    layout = Layout(problem)
    decoded = decode(layout.tables, [], first_order(problem), Habits(), problem.goal)
    made_by = {"version": version("standto"), "solver": "list schedule", "seed": seed, "rounds": 0}
    made_by |= {"seconds": stop.elapsed_s, "options": {"stop": repr(stop), "goal": problem.goal}}
    return write_plan(problem, layout, decoded, bound, made_by)


def first_order(problem: Problem) -> list[int]:
    """Requirements in the order in which the first plan serves them: the due soonest first."""
    items = problem.requirements
    return sorted(range(len(items)), key=lambda i: (items[i].due_h, -items[i].weight, items[i].available_h))


def warm_up(say: Callable[[str], None]) -> None:
    """Compile the inner loops, once for this machine, with a message before it takes its time."""
