"""The linear programme's solver, HiGHS, set to say nothing and to give the same answer every time."""

from __future__ import annotations

from typing import Any


def quiet_solver() -> Any:
    """A HiGHS instance without output, on one thread, with a fixed seed.

    Its callbacks stay off: switching them on is what prints a banner to standard output.
    """
    import highspy

    kind = type("QuietHighs", (highspy.Highs,), {"enableCallbacks": lambda self: None})
    highs = kind()
    for option, value in (("output_flag", False), ("threads", 1), ("random_seed", 0)):
        highs.setOptionValue(option, value)
    return highs
