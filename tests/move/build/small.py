"""A small scenario in memory, for tests to change row by row."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from standto.force.scenario import Scenario

EPOCH = datetime(2022, 2, 25, 12, tzinfo=UTC)


def scenario(**changed: Any) -> Scenario:
    """One battalion from Leipzig to Riga by one aircraft; tables and settings given replace these."""
    tables: dict[str, Any] = {
        "settings": {"name": "small", "kind": "exercise", "epoch": EPOCH},
        "places": [place("EDDP", air=4), place("EVRA", air=2)],
        "units": [unit("bn")],
        "fleets": [fleet("plane", bases={"EDDP": 2})],
        "requirements": [wanted("R")],
    }
    settings = changed.pop("settings", {})
    tables["settings"] = {**tables["settings"], **settings}
    return Scenario.model_validate({**tables, **changed})


def place(key: str, **slots: int) -> dict[str, Any]:
    """A place with slots by mode; -1 is no limit."""
    return {"id": key, **{f"{mode}_slots": count for mode, count in slots.items()}}


def unit(key: str, **changed: Any) -> dict[str, Any]:
    """A German unit of a hundred at Leipzig, ready in 48 h, 24 h or 12 h."""
    return {"id": key, "nation": "DEU", "strength": 100, "home": "EDDP", "notice_h": "48 24 12", **changed}


def fleet(key: str, **changed: Any) -> dict[str, Any]:
    """Aircraft of 60 seats and 20 t, unless changed."""
    hours = {"load_h": 2.0, "unload_h": 1.5, "service_h": 1.0}
    size = {"seats": 60, "tonnes": 20.0, "classes": "bulk oversize", "kmh": 700.0}
    return {"id": key, "mode": "air", "bases": {"EDDP": 1}, **hours, **size, **changed}


def wanted(key: str, unit: str = "bn", **changed: Any) -> dict[str, Any]:
    """A requirement to Riga within a hundred hours, unless changed."""
    return {"id": key, "unit": unit, "destination": "EVRA", "due_h": 100.0, **changed}
