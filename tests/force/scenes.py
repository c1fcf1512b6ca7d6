"""Small scenarios made in code for the tests of this room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from standto.force.scenario import Scenario

EPOCH = datetime(2030, 5, 1, 6, tzinfo=UTC)
CELL = dict[str, Any]


def hour(at_h: float) -> datetime:
    """The instant that many hours after C-hour."""
    return EPOCH + timedelta(hours=at_h)


def unit(id_: str = "A", **cells: Any) -> CELL:
    """A unit row with a notice of ten, five and two days unless told otherwise."""
    row = {"id": id_, "nation": "DEU", "strength": 100, "home": "ETAR", "notice_h": (240, 120, 48)}
    return {**row, **cells}


def alert(at_h: float, posture: str, *units: str, id_: str = "") -> CELL:
    """An alert at an hour after C-hour."""
    return {
        "id": id_ or f"{posture}@{at_h:g}",
        "at": hour(at_h),
        "units": units or ("A",),
        "posture": posture,
    }


def task(name: str, hours: float, **cells: Any) -> CELL:
    """A task of the type `t`."""
    return {"unit_type": "t", "name": name, "hours": hours, **cells}


def scenario(
    units: Sequence[Mapping[str, Any]],
    alerts: Sequence[Mapping[str, Any]] = (),
    tasks: Sequence[Mapping[str, Any]] = (),
    **tables: Any,
) -> Scenario:
    """A scenario of these rows with C-hour at `EPOCH`."""
    settings = {"name": "Test", "kind": "exercise", "epoch": EPOCH, **tables.pop("settings", {})}
    return Scenario.model_validate(
        {"settings": settings, "units": units, "alerts": alerts, "tasks": tasks, **tables}
    )
