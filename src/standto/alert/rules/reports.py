"""What units report of themselves; it stands beside what the clock computes, and never in its place."""

from __future__ import annotations

import math
from datetime import datetime

from standto.alert.commands import ReportReadiness
from standto.alert.events import ReadinessReported
from standto.alert.state import AlertState
from standto.errors import UsageError
from standto.ledger.event import Event


def report_readiness(state: AlertState, command: ReportReadiness, now: datetime) -> tuple[Event, ...]:
    """A unit's own word on its readiness.

    Raises
    ------
    UsageError
        If it names no unit, its hours are no hours, or it speaks of a time to come.
    """
    if not command.unit.strip():
        raise UsageError("a report needs a unit", fix="name the unit")
    if not math.isfinite(command.left_h) or command.left_h < 0:
        raise UsageError(f"{command.left_h} is no number of hours to ready", fix="give 0 or more hours")
    if command.at is not None and command.at > now:
        raise UsageError(
            f"a report of {command.at:%Y-%m-%d %H:%MZ} speaks of a time to come", fix="give the time it is of"
        )
    return (
        ReadinessReported(unit=command.unit, left_h=command.left_h, done=command.done, says=command.says),
    )
