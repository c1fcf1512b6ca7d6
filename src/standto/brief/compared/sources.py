"""Where figures that stand between two plans come from."""

from __future__ import annotations

from typing import Literal

from standto.brief.compared.pair import Pair
from standto.brief.evidence.source import Condition, Rows, Source, row

Moves = Literal["gains", "loses", "same"]
GAIN = "closes in the first plan less closes in the second"


def of_both(pair: Pair, path: str, how: str, source: Source) -> Source:
    """Something worked out from the same source of each plan."""
    rows = tuple(one for side in pair.sides for one in side.source(source).rows)
    return Source(path, how, tuple(dict.fromkeys(rows)))


def of_change(requirement: str, column: str, how: str = GAIN) -> Source:
    """What one requirement gains or loses."""
    by: tuple[Condition, ...] = (("requirement", "=", requirement),)
    rows = tuple(Rows(f"{key}.plan.landings", by) for key in ("a", "b"))
    return Source(
        f"changes[{requirement}].{column}", how, (row("changes", requirement, "requirement"), *rows)
    )


def of_movers(moves: Moves, column: str = "") -> Source:
    """How many gain or lose, or what they bring, summed."""
    where: tuple[Condition, ...] = (("moves", "=", moves),)
    rows = Rows("changes", where, "sum", column) if column else Rows("changes", where, "count")
    return Source(f"changes that {moves}: {column or 'how many'}", "", (rows,))


def of_mean(moves: Moves) -> Source:
    """Hours gained or lost on average."""
    how = "the sum of hours over how many close in both plans"
    rows = Rows("changes", (("moves", "=", moves),), "sum", "close_gain_h")
    return Source(f"changes that {moves}: mean of close_gain_h", how, (rows,))


def of_cause(name: str) -> Source:
    """Hours that all common requirements together spend less on one thing."""
    how = "hours spent on it in the first plan less in the second, summed over what closes in both"
    return Source(f"causes[{name}].hours", how, (row("causes", name),))
