"""Lift: the scenario's fleets, and the march columns of units that drive themselves."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from standto.force.tables import ScenarioFleet, Unit
from standto.move.build.loads import Load
from standto.move.problem import Fleet, Requirement

AIR_BANK_DAYS = 2.0
"""Days of unused moving hours that aircraft can save up where the table leaves it blank."""

FORM_UP_H = 2.0
BREAK_UP_H = 1.0
MARCH_ASSUMED = (
    f"{FORM_UP_H:g} h to form up and {BREAK_UP_H:g} h to break up a march column: no published figure; "
    "its speed is the unit's, halts included"
)


def fleets_of(fleets: Sequence[ScenarioFleet], nations: Mapping[str, str]) -> list[Fleet]:
    """The scenario's fleets; lift that carries only some nations serves only their requirements.

    Parameters
    ----------
    fleets
        Rows of the table.
    nations
        Nation of every requirement, by requirement id.

    Returns
    -------
    Fleets that may carry at least one of the requirements.
    """
    built = []
    for row in fleets:
        serves = None
        if row.only_nations:
            serves = [wanted for wanted, nation in nations.items() if nation in row.only_nations]
        if serves != []:
            built.append(_fleet(row, serves))
    return built


def _fleet(row: ScenarioFleet, serves: list[str] | None) -> Fleet:
    bank = row.use_bank_days
    if bank is None and row.mode == "air" and row.use_h_per_day is not None:
        bank = AIR_BANK_DAYS
    fields: dict[str, object] = {
        "id": row.id,
        "mode": row.mode,
        "count": sum(row.bases.values()),
        "bases": dict(row.bases),
        "available_h": row.available_h,
        "seats": row.seats,
        "tonnes": row.tonnes,
        "classes": list(row.classes),
        "kmh": row.kmh,
        "range_km": row.range_km,
        "load_h": row.load_h,
        "unload_h": row.unload_h,
        "service_h": row.service_h,
        "concurrent": row.concurrent,
        "use_h_per_day": row.use_h_per_day,
        "use_bank_days": bank,
        "serves": serves,
        "cost_per_km": row.cost_per_km,
        "owner": row.owner,
        "name": row.name,
        "assumed": row.assumed,
    }
    return Fleet.model_validate({name: value for name, value in fields.items() if value not in (None, "")})


def march_fleet(
    name: str, wanted: Requirement, load: Load, unit: Unit, ordered_h: float, pax_tonnes: float
) -> Fleet:
    """The march columns of one unit: together they hold just what of it drives, and carry nobody else.

    They stand ready from the order on, whatever the unit's alerts, so that a plan made without an alert still
    holds with it; nothing can be loaded before the unit is ready.
    """
    columns = 1 if not wanted.divisible else max(1, unit.march_columns)
    seats = math.ceil(load.pax / columns)
    tonnes = math.ceil((sum(load.cargo.values()) / columns + seats * pax_tonnes) * 1000) / 1000
    fields: dict[str, object] = {
        "id": name,
        "mode": "road",
        "count": columns,
        "bases": {wanted.origin: columns},
        "available_h": ordered_h,
        "seats": seats,
        "tonnes": tonnes,
        "classes": list(load.cargo),
        "kmh": unit.march_kmh,
        "load_h": FORM_UP_H,
        "unload_h": BREAK_UP_H,
        "service_h": 0.0,
        "serves": [wanted.id],
        "owner": unit.nation,
        "name": f"{unit.name or unit.id}, own march",
        "assumed": MARCH_ASSUMED,
    }
    return Fleet.model_validate(fields)
