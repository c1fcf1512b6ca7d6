"""Requirements that nothing can bring there, told before any plan."""

from __future__ import annotations

from collections.abc import Sequence

from standto.errors import Fault
from standto.move.check.index import PAX, Index
from standto.move.check.reach import Reach
from standto.move.problem import Problem, Requirement


def unreachable(problem: Problem) -> list[Fault]:
    """People and cargo that no chain of fleets, slots and ways can bring to their destination, however late.

    Amounts, times and the number of vehicles play no part, so what is not named here may still be late. What
    is named is undelivered in every plan.
    """
    reach = Reach(Index(problem))
    found = ((wanted, reach.undeliverable(wanted)) for wanted in problem.requirements)
    return [_fault(reach, wanted, stuck) for wanted, stuck in found if stuck]


def _fault(reach: Reach, wanted: Requirement, stuck: Sequence[str]) -> Fault:
    what = " and ".join("people" if thing == PAX else f"{thing} cargo" for thing in stuck)
    able = reach.carriers(wanted, stuck[0])
    message = f"no way for {what} from {wanted.origin} to {wanted.destination}"
    if not able:
        fix = f"add a fleet that may carry {what} of this requirement"
    elif not any(reach.leaves(fleet, wanted.origin) for fleet in able):
        fix = (
            f"no fleet that may carry it ever leaves {wanted.origin}: give that place slots, a way or a fleet"
        )
    elif wanted.ports is not None and reach.can_arrive(wanted.model_copy(update={"ports": None}), able):
        message += f" that changes vehicles only at {', '.join(wanted.ports) or 'no place'}"
        fix = "add ports at which it may change, or leave its ports blank"
    else:
        fix = f"add slots, a way or a fleet on the way to {wanted.destination}"
    return Fault(message, fix, table="requirements", row=wanted.id, check="no-way", severity="warning")
