"""Sheets and settings to the rows of a scenario: every cell by its column's declaration, every fault kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import ValidationError

from standto.errors import Fault
from standto.force.scenario import Settings
from standto.force.sheet import Sheet
from standto.force.tables import TABLES, Row
from standto.force.wording import cell_faults, shown, unknown_name

REQUIRED_TABLES = ("places", "units", "fleets", "requirements")
MODELS = {model.table: model for model in TABLES}
MOST_FAULTS = 500
"""Faults of one table that are listed; after these its other rows are not read."""


@dataclass(slots=True)
class ReadTable:
    """One table as far as it could be read.

    Attributes
    ----------
    rows
        The rows without fault.
    numbers
        Their row numbers.
    broken
        Ids of rows with a fault, so that what refers to them is not called unknown.
    """

    rows: list[Row] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)


def read_settings(data: Mapping[str, Any], *, file: str) -> tuple[Settings | None, list[Fault]]:
    """The settings of a scenario from the keys of `scenario.toml`."""
    try:
        return Settings.model_validate(data), []
    except ValidationError as error:
        return None, list(cell_faults(error, Settings, file=file, table="scenario"))


def settings_of_sheet(sheet: Sheet) -> tuple[dict[str, Any], list[Fault]]:
    """The keys of `scenario.toml` from a workbook's sheet `scenario` with the columns key and value.

    `sources.KEY`, `assumptions.KEY` and `variants.NAME` are the entries of those tables; lists are separated
    by spaces or semicolons.
    """
    if [name.lower() for name in sheet.columns[:2]] != ["key", "value"]:
        fix = "write key and value into its first row"
        message = "the sheet has no columns key and value"
        return {}, [Fault(message, fix=fix, file=sheet.file, table=sheet.table, row="1")]
    data: dict[str, Any] = {}
    faults = []
    for number, cells in sheet.rows:
        key, value = cells[0], cells[1] if len(cells) > 1 else ""
        table, dot, entry = key.partition(".")
        inner = data.setdefault(table, {}) if dot else data
        name = entry if dot else key
        if name in inner:
            fault = Fault(f"the key {shown(key)} is there twice", fix="delete one", table=sheet.table)
            faults.append(_at(fault, sheet, number, key))
        elif value:
            listed = key in ("postures", "transit", "closed_passages") or table == "variants"
            inner[name] = tuple(value.replace(";", " ").split()) if listed else value
    return data, faults


def read_tables(sheets: Sequence[Sheet]) -> tuple[dict[str, ReadTable], list[Fault]]:
    """Every sheet that is a table, its rows read; faults by table and row."""
    tables: dict[str, ReadTable] = {}
    faults: list[Fault] = []
    for sheet in sheets:
        tables[sheet.table], found = read_table(sheet, MODELS[sheet.table])
        faults += found
    return tables, faults


def read_table(sheet: Sheet, model: type[Row]) -> tuple[ReadTable, list[Fault]]:
    """One sheet as rows of a table, and the faults of the rows that are none."""
    table = ReadTable()
    faults, columns = _columns(sheet, model)
    if not columns:
        return table, faults
    for count, fault in enumerate(_read_rows(sheet, model, columns, table)):
        if count == MOST_FAULTS:
            fix = "correct these first"
            message = f"has more than {MOST_FAULTS} faults; the rest of the table was not read"
            faults.append(Fault(message, fix=fix, file=sheet.file, table=sheet.table))
            break
        faults.append(fault)
    return table, faults


def _at(fault: Fault, sheet: Sheet, row: int | str, name: str = "") -> Fault:
    return replace(fault, file=sheet.file, table=sheet.table, row=str(row), field=name[:40])


def _columns(sheet: Sheet, model: type[Row]) -> tuple[list[Fault], dict[int, str]]:
    """What is wrong with a header, and which position holds which column; none where it is no header."""
    known = model.model_fields
    if not any(name in known for name in sheet.columns):
        if any(";" in name or "\t" in name for name in sheet.columns):
            fault = Fault("the columns are not separated by commas", fix="save it as comma-separated CSV")
        else:
            need = ", ".join(name for name, column in known.items() if column.is_required())
            fault = Fault("the first row is not a header", fix=f"begin with the column names: {need}")
        return [_at(fault, sheet, 1)], {}
    faults = []
    columns: dict[int, str] = {}
    for position, name in enumerate(sheet.columns):
        if name in columns.values():
            fix = "delete one of them"
            faults.append(_at(Fault(f"the column {name!r} is there twice", fix=fix), sheet, 1, name))
        elif name in known:
            columns[position] = name
        elif name or any(len(cells) > position and cells[position] for _, cells in sheet.rows):
            faults.append(unknown_name(name, known, "column", file=sheet.file, table=sheet.table, row="1"))
    for name, column in known.items():
        if column.is_required() and name not in columns.values():
            fix = f"add it: {column.description}"
            faults.append(_at(Fault(f"the column {name!r} is missing", fix=fix), sheet, 1, name))
    return faults, columns


def _read_rows(
    sheet: Sheet, model: type[Row], columns: Mapping[int, str], into: ReadTable
) -> Iterator[Fault]:
    """Read row by row; rows without fault go into the table, the faults of the others come out."""
    first: dict[str, int] = {}
    absent = {name for name, c in model.model_fields.items() if c.is_required()} - set(columns.values())
    for number, cells in sheet.rows:
        data = {name: cells[at] for at, name in columns.items() if at < len(cells) and cells[at]}
        key = data.get(model.key, "") if model.key else ""
        found = list(_ragged(sheet, number, cells))
        try:
            row = model.model_validate(data)
        except ValidationError as error:
            details = cell_faults(error, model, file=sheet.file, table=sheet.table, row=str(number))
            found = found or [fault for fault in details if fault.field not in absent]
            into.broken.add(key)
            yield from found
            continue
        if found:
            into.broken.add(key)
            yield from found
            continue
        if key and key in first:
            message = f"the {model.key} {shown(key)} is already in row {first[key]}"
            yield _at(
                Fault(message, fix="give each row its own", check="duplicate-id"),
                sheet,
                number,
                model.key or "",
            )
            continue
        first[key] = number
        into.rows.append(row)
        into.numbers.append(number)


def _ragged(sheet: Sheet, number: int, cells: Sequence[str]) -> Iterator[Fault]:
    wide = len(sheet.columns)
    if len(cells) < wide or any(cells[wide:]):
        message = f"has {len(cells)} cells where the header has {wide}"
        yield _at(Fault(message, fix="check the commas and quotes of the row"), sheet, number)


def missing_tables(present: Iterable[str], *, file: str, suffix: str) -> list[Fault]:
    """The tables that no scenario can do without and that are not there."""
    there = set(present)
    return [
        Fault(
            f"the table {table} is missing",
            fix=f"add {table}{suffix}: {MODELS[table].meaning}",
            file=file,
            table=table,
            check="missing-table",
        )
        for table in REQUIRED_TABLES
        if table not in there
    ]
