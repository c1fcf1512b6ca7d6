"""Sheets and settings to a scenario: every cell by its column's declaration, faults in plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ValidationError

from standto.errors import Fault
from standto.force.scenario import Scenario, Settings
from standto.force.sheet import Sheet
from standto.force.tables import TABLES, Row

REQUIRED_TABLES = ("places", "units", "fleets", "requirements")


@dataclass(frozen=True, slots=True)
class Report:
    """What was found in a scenario folder or workbook.

    Attributes
    ----------
    scenario
        The scenario, None where there are errors.
    faults
        Errors and warnings, in the order of the tables.
    """

    scenario: Scenario | None
    faults: tuple[Fault, ...]

    @property
    def errors(self) -> tuple[Fault, ...]:
        """Faults that stop every command but `check`."""
        return tuple(fault for fault in self.faults if fault.severity == "error")

    @property
    def warnings(self) -> tuple[Fault, ...]:
        """Faults worth a look that stop nothing, unless checking is strict."""
        return tuple(fault for fault in self.faults if fault.severity != "error")


@dataclass(slots=True)
class Reading:
    """What has been read so far: rows by table, the row number of each, and the faults on the way."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    numbers: dict[str, list[int]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def read_settings(data: Mapping[str, Any], *, file: str) -> tuple[Settings | None, list[Fault]]:
    """The settings of a scenario from the keys of `scenario.toml`."""
    try:
        return Settings.model_validate(data), []
    except ValidationError as error:
        return None, _faults(error, Settings, file=file, table="scenario")


def read_sheet(sheet: Sheet, model: type[Row], into: Reading) -> None:
    """Read every row of one table; faulty rows become faults, the others records."""
    rows, numbers = into.rows.setdefault(model.table, []), into.numbers.setdefault(model.table, [])
    unknown = [name for name in sheet.columns if name not in model.model_fields]
    for name in unknown:
        into.faults.append(
            Fault(
                f"the column {name!r} is unknown",
                fix="delete it or correct its name",
                file=sheet.file,
                table=sheet.table,
                row="1",
                field=name,
                check="unknown-column",
            )
        )
    for number, cells in sheet.rows:
        data = {
            name: cell
            for name, cell in zip(sheet.columns, cells, strict=False)
            if cell and name in model.model_fields
        }
        try:
            rows.append(model.model_validate(data))
            numbers.append(number)
        except ValidationError as error:
            into.faults += _faults(error, model, file=sheet.file, table=sheet.table, row=str(number))


def _faults(
    error: ValidationError, model: type[BaseModel], *, file: str, table: str, row: str = ""
) -> list[Fault]:
    return [
        Fault(item["msg"], file=file, table=table, row=row, field=str(item["loc"][0]) if item["loc"] else "")
        for item in error.errors()
    ]


def assemble(settings: Settings | None, sheets: Sequence[Sheet], faults: Sequence[Fault]) -> Report:
    """The scenario of all sheets together, with every fault found."""
    reading = Reading(faults=list(faults))
    models = {model.table: model for model in TABLES}
    for sheet in sheets:
        read_sheet(sheet, models[sheet.table], reading)
    if settings is None or any(fault.severity == "error" for fault in reading.faults):
        return Report(None, tuple(reading.faults))
    scenario = Scenario.model_validate({"settings": settings, **reading.rows})
    return Report(scenario, tuple(reading.faults))
