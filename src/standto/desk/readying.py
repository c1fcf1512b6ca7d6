"""Commands about readiness: the live clock of every unit, and what units report of themselves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from standto.alert.commands import ReportReadiness
from standto.alert.live import UnitClock, clocks
from standto.alert.state import AlertState
from standto.alert.words import instant
from standto.decide.saying import override_lines
from standto.decide.state import Decided
from standto.desk.alerts import Given, now_of, read_force
from standto.desk.answer import Answer
from standto.desk.record import Record
from standto.errors import UsageError


def show(
    place: str,
    *,
    scenario: Path | None,
    ordered_at: datetime | None,
    units: Sequence[str],
    variant: str | None,
) -> Answer:
    """When each unit is ready if it is ordered to move now, or at T; its own report stands beside it."""
    with Record.open(place) as record:
        force = read_force(record, scenario, as_recorded=True, variant=variant)
        now, banner, state = now_of(record), record.opening.banner, record.picture().of(AlertState)
        decided = record.picture().of(Decided)
    found = clocks(force, state, now=now, ordered_at=ordered_at, units=units)
    at = ordered_at or now
    lines = [
        f"{banner}   {instant(now)}",
        *override_lines(decided, now),
        f"computed: ready at the home station if ordered {instant(at)}",
        "",
    ]
    lines += _table([HEADER, *(_cells(one) for one in found)])
    late = [f"late: {one.unit} {why}" for one in found for why in one.late]
    if late:
        lines += ["", *late]
    data = {
        "banner": banner,
        "at": now.isoformat(),
        "ordered_at": at.isoformat(),
        "units": [_data(one) for one in found],
    }
    return Answer(lines, data)


def report(given: Given, unit: str, *, left_h: float, done: tuple[str, ...] | None, says: str) -> Answer:
    """Record what a unit reports of its readiness."""
    with Record.open(given.place) as record:
        force = read_force(record, given.scenario)
        if unit not in {one.id for one in force.units}:
            raise UsageError(f"the force has no unit {unit!r}", fix="see units.csv of the scenario")
        command = ReportReadiness(**given.fields, unit=unit, left_h=left_h, done=done, says=says)
        outcome = record.execute(command)
        banner = record.opening.banner
    first = "was recorded before; nothing was added" if outcome.repeated else "recorded"
    entry = outcome.entries[0]
    lines = [banner, f"{first}: {unit} reports {left_h:g} h to ready (entry {entry.position})"]
    data = {"banner": banner, "command": given.id, "repeated": outcome.repeated, "entry": entry.position}
    return Answer(lines, data)


HEADER = ("unit", "people", "posture", "computed ready", "h", "critical", "reported h", "age h", "differs h")


def _cells(one: UnitClock) -> tuple[str, ...]:
    said = one.reported
    return (
        one.unit,
        f"{one.strength:,}",
        one.posture,
        instant(one.ready_at),
        f"{one.left_h:,.1f}",
        one.critical or "ready",
        f"{said.left_h:,.1f}" if said else "-",
        f"{said.age_h:,.1f}" if said else "-",
        f"{said.left_h - said.computed_h:+,.1f}" if said else "-",
    )


def _table(rows: Sequence[tuple[str, ...]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(cell.ljust(wide) for cell, wide in zip(row, widths, strict=True)).rstrip() for row in rows
    ]


def _data(one: UnitClock) -> dict[str, Any]:
    said = one.reported
    reported = None
    if said is not None:
        reported = {
            "left_h": said.left_h,
            "at": said.at.isoformat(),
            "by": said.by,
            "says": said.says,
            "age_h": round(said.age_h, 3),
            "computed_h_then": round(said.computed_h, 3),
        }
    return {
        "unit": one.unit,
        "name": one.name,
        "people": one.strength,
        "posture": one.posture,
        "computed": {
            "ready_at": one.ready_at.isoformat(),
            "left_h": round(one.left_h, 3),
            "critical": one.critical,
        },
        "reported": reported,
        "late": list(one.late),
    }
