"""A small invented scenario to start from."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from standto.errors import UsageError
from standto.force.files import write_folder
from standto.force.sheet import csv_text
from standto.force.tables import TABLES

NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 ._-]{0,98}[A-Za-z0-9_-])?")
RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")

SETTINGS = """\
# What this scenario is. The tables beside it hold the rest; docs/reference/tables.md explains every column.
name = "{name}"
kind = "exercise"
banner = "invented units and figures"
summary = "Two companies and a field hospital fly east after a decision; an alert came four days earlier."
epoch = 2030-05-06T06:00:00Z        # C-hour: the order to deploy
horizon_days = 30
postures = ["normal", "heightened", "immediate"]

[sources]
invented = "made up for this scenario"
"""

SOURCE = "invented"
ROWS: dict[str, Sequence[Mapping[str, str]]] = {
    "nations": (
        {"id": "DEU", "name": "Germany", "country": "DE"},
        {"id": "NLD", "name": "Netherlands", "country": "NL"},
    ),
    "places": (
        {"id": "wunstorf", "at": "ETNW", "air_slots": "3", "road_slots": "any", "transfer_h": "2"},
        {"id": "eindhoven", "at": "EHEH", "air_slots": "2", "road_slots": "any", "transfer_h": "2"},
        {"id": "rzeszow", "at": "EPRZ", "air_slots": "2", "road_slots": "any", "transfer_h": "4"},
    ),
    "units": (
        {
            "id": "alpha",
            "name": "Alpha Company",
            "nation": "DEU",
            "type": "light-company",
            "strength": "150",
            "home": "wunstorf",
            "notice_h": "120 72 24",
            "sustain_days": "0 60 14",
        },
        {
            "id": "bravo",
            "name": "Bravo Company",
            "nation": "NLD",
            "type": "light-company",
            "strength": "140",
            "home": "eindhoven",
            "notice_h": "120 72 24",
            "sustain_days": "0 60 14",
        },
        {
            "id": "hospital",
            "name": "Field hospital",
            "nation": "DEU",
            "domain": "support",
            "type": "field-hospital",
            "strength": "90",
            "home": "wunstorf",
            "notice_h": "82 70 70",
        },
    ),
    "tasks": (
        {"unit_type": "field-hospital", "name": "recall", "hours": "18", "at": "heightened"},
        {
            "unit_type": "field-hospital",
            "name": "medical-checks",
            "hours": "24",
            "after": "recall",
            "at": "heightened",
            "keeps_h": "720",
        },
        {"unit_type": "field-hospital", "name": "issue-of-stores", "hours": "30"},
        {
            "unit_type": "field-hospital",
            "name": "packing",
            "hours": "10",
            "after": "issue-of-stores medical-checks",
        },
        {"unit_type": "field-hospital", "name": "marshalling", "hours": "30", "after": "packing"},
    ),
    "holdings": (
        {
            "holder": "light-company",
            "item": "light vehicle",
            "count": "20",
            "mass_t": "3.5",
            "cargo_class": "oversize",
        },
        {"holder": "light-company", "item": "pallet of stores", "count": "12", "mass_t": "2"},
        {
            "holder": "field-hospital",
            "item": "container",
            "count": "14",
            "mass_t": "6",
            "cargo_class": "oversize",
        },
    ),
    "packages": (
        {
            "id": "lead",
            "name": "Lead package",
            "pledged_to": "the alliance",
            "units": "alpha bravo",
            "commitment_from": "2030-01-01T00:00Z",
            "commitment_until": "2031-01-01T00:00Z",
        },
    ),
    "fleets": (
        {
            "id": "transport",
            "name": "Transport aircraft",
            "owner": "DEU",
            "mode": "air",
            "bases": "wunstorf:4",
            "seats": "110",
            "tonnes": "28",
            "classes": "bulk oversize",
            "kmh": "700",
            "range_km": "4500",
            "load_h": "2",
            "unload_h": "2",
            "service_h": "1",
            "use_h_per_day": "10",
        },
    ),
    "links": (),
    "requirements": (
        {
            "id": "R1",
            "unit": "alpha",
            "destination": "rzeszow",
            "due_h": "96",
            "weight": "2",
            "decision": "D1",
        },
        {"id": "R2", "unit": "bravo", "destination": "rzeszow", "due_h": "120", "decision": "D1"},
        {"id": "R3", "unit": "hospital", "destination": "rzeszow", "due_h": "168", "decision": "D1"},
    ),
    "alerts": (
        {
            "id": "A1",
            "at": "2030-05-02T06:00Z",
            "units": "lead hospital",
            "posture": "heightened",
            "ceiling": "400",
        },
    ),
    "decisions": (
        {"id": "D1", "by": "the council", "says": "The lead package and the hospital go.", "source": SOURCE},
    ),
}


def new_scenario(folder: Path, name: str) -> list[Path]:
    """Write a small working scenario of invented units, to be changed into one's own.

    The folder appears whole or not at all.

    Parameters
    ----------
    folder
        Where it is made; must not exist, its parent must.
    name
        Name of the scenario: letters, digits, spaces, dots, dashes and underscores.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    UsageError
        If the name cannot be that of a scenario and its folder.
    FileError
        If the folder exists already or cannot be written.
    """
    if not NAME.fullmatch(name) or RESERVED.fullmatch(name):
        fix = "begin with a letter or digit; use letters, digits, spaces, dots, dashes and underscores"
        raise UsageError(f"{name[:80]!r} cannot be the name of a scenario", fix=fix)
    files = {"scenario.toml": SETTINGS.format(name=name).encode()}
    files |= {f"{model.table}.csv": _table(model.table, list(model.model_fields)) for model in TABLES}
    return write_folder(folder, files)


def _table(table: str, columns: Sequence[str]) -> bytes:
    given = {"source": SOURCE} if "source" in columns else {}
    rows = ({**given, **row} for row in ROWS[table])
    lines = [columns, *([row.get(column, "") for column in columns] for row in rows)]
    return csv_text(lines, newline="\n").encode()
