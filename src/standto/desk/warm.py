"""Compiles the inner loops of planner and bound before any clock runs, once for a machine."""

from __future__ import annotations

from collections.abc import Callable


def warm_up(say: Callable[[str], None]) -> None:
    """Compile all that is not compiled yet, with a message before it takes its time."""
    from standto.move import bound, solve

    solve.warm_up(say)
    bound.warm_up()
