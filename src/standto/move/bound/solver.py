"""The linear programme's solver, HiGHS, set to say nothing and to give the same answer every time."""

from __future__ import annotations

import math
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


def run_for(highs: Any, seconds: float) -> bool:
    """Let HiGHS work for about so many seconds at most; whether it came to its own end."""
    # its limit counts the seconds of all runs of one instance together
    limit = highs.getRunTime() + max(0.0, seconds) if math.isfinite(seconds) else math.inf
    highs.setOptionValue("time_limit", limit)
    highs.run()
    return bool(highs.getModelStatus().name != "kTimeLimit")
