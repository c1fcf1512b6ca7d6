"""Contact lists and escalations from CSV or TOML files, with every fault by its row."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from standto.alert.contacts import ADDRESSEE, Contact, Contacts, Nature, StepRow, offices_by_unit
from standto.alert.events import Step
from standto.errors import Fault, FaultyInputError, FileError
from standto.force.files import read_bytes
from standto.force.reading import read_table
from standto.force.scenario import Scenario
from standto.force.sheet import parse_csv
from standto.force.tables import Row
from standto.force.wording import cell_faults, shown

MOST_BYTES = 8 * 1024 * 1024
R = TypeVar("R", bound=Row)


def read_contacts(path: Path | str, *, nature: Nature, scenario: Scenario | None = None) -> Contacts:
    """The contact list of a file, for a record of this nature.

    Every row must be marked for the record's nature: a drill never pages a list that is for real use only,
    and a real alert never goes to addresses of a drill.

    Parameters
    ----------
    path
        A CSV with the columns of `Contact`, or a TOML file with a list `contacts` of the same keys.
    scenario
        The force, to resolve packages and nations; without it `units` are taken as ids of units.

    Raises
    ------
    FaultyInputError
        With every fault, by row.
    FileError
        If the file cannot be read.
    """
    rows, faults = _read(Path(path), Contact)
    file = str(path)
    members = _members(scenario) if scenario else {}
    seen: set[tuple[str, str]] = set()
    for number, row in rows:
        at = Fault("", file=file, table="contacts", row=str(number))
        if nature not in row.use:
            faults.append(
                replace(
                    at,
                    message=f"{row.office} on {row.channel} is for {' '.join(row.use)} use only, "
                    f"the record is {nature.upper()}",
                    fix=f"mark it for {nature} use too, or use a list that is",
                    field="use",
                    check="contact-use",
                )
            )
        if (row.office, row.channel) in seen:
            faults.append(
                replace(
                    at,
                    message=f"{row.office} has the channel {row.channel} twice",
                    fix="give each channel of an office its own name",
                    field="channel",
                    check="duplicate-id",
                )
            )
        seen.add((row.office, row.channel))
        for name in row.units if scenario else ():
            if name not in members:
                faults.append(
                    replace(
                        at,
                        message=f"{shown(name)} is no unit, package or nation of the scenario",
                        fix="correct it",
                        field="units",
                        check="unknown-unit",
                    )
                )
    _require_none(faults, "contact list", file)
    kept = tuple(row for _, row in rows)
    return Contacts(kept, offices_by_unit(kept, members), tuple(number for number, _ in rows))


def read_steps(path: Path | str, *, offices: Sequence[str] | None = None) -> tuple[Step, ...]:
    """The escalation of a file: a CSV with the columns of `StepRow`, or a TOML list `steps`.

    Raises
    ------
    FaultyInputError
        With every fault, by row.
    FileError
        If the file cannot be read.
    """
    rows, faults = _read(Path(path), StepRow)
    file = str(path)
    last = 0.0
    for number, row in rows:
        at = Fault("", file=file, table="steps", row=str(number))
        if row.after_min < last:
            message = f"{row.after_min:g} minutes come after {last:g}"
            fix = "sort the steps by their minutes"
            faults.append(replace(at, message=message, fix=fix, field="after_min", check="step-order"))
        last = row.after_min
        for office in row.to if offices is not None else ():
            if office != ADDRESSEE and office not in (offices or ()):
                message = f"there is no office {shown(office)} in the contact list"
                faults.append(
                    replace(at, message=message, fix="add it there", field="to", check="unknown-office")
                )
    if not rows and not faults:
        faults.append(Fault("has no step", fix="add one, such as after_min 0", file=file, table="steps"))
    _require_none(faults, "escalation", file)
    return tuple(row.step() for _, row in rows)


def _require_none(faults: Sequence[Fault], what: str, file: str) -> None:
    if faults:
        count = len(faults)
        raise FaultyInputError(f"the {what} has {count} fault{'s' * (count != 1)}", faults, file=file)


def _read(path: Path, model: type[R]) -> tuple[list[tuple[int, R]], list[Fault]]:
    """Rows with their numbers, and the faults of the others."""
    data = read_bytes(path, most=MOST_BYTES)
    if path.suffix.lower() == ".toml":
        return _read_toml(data, str(path), model)
    if path.suffix.lower() != ".csv":
        raise FileError("is neither .csv nor .toml", fix="save it as one of them", file=str(path))
    sheet, faults = parse_csv(data, file=str(path), table=model.table)
    if sheet is None:
        return [], faults
    read, faults = read_table(sheet, model)
    rows = [row for row in read.rows if isinstance(row, model)]
    return list(zip(read.numbers, rows, strict=True)), faults


def _read_toml(data: bytes, file: str, model: type[R]) -> tuple[list[tuple[int, R]], list[Fault]]:
    try:
        found: dict[str, Any] = tomllib.loads(data.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FileError(f"is no TOML: {error}", fix="correct it", file=file) from None
    items = found.pop(model.table, [])
    faults = [
        Fault(f"the key {shown(key)} is unknown", fix=f"begin every row with [[{model.table}]]", file=file)
        for key in found
    ]
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        fix = f"begin every row with [[{model.table}]]"
        return [], [*faults, Fault(f"{model.table} is no list of tables", fix=fix, file=file)]
    return list(_rows(items, file, model, faults)), faults


def _rows(
    items: Sequence[dict[str, Any]], file: str, model: type[R], faults: list[Fault]
) -> Iterator[tuple[int, R]]:
    """The rows without fault; the faults of the others are added to the list."""
    for number, item in enumerate(items, 1):
        try:
            yield number, model.model_validate(item)
        except ValidationError as error:
            faults += cell_faults(error, model, file=file, table=model.table, row=str(number))


def _members(scenario: Scenario) -> dict[str, tuple[str, ...]]:
    """The units that a unit, package or nation stands for."""
    found: dict[str, tuple[str, ...]] = {}
    for nation in scenario.nations:
        found[nation.id] = tuple(unit.id for unit in scenario.units if unit.nation == nation.id)
    for package in scenario.packages:
        found[package.id] = package.units
    for unit in scenario.units:
        found[unit.id] = (unit.id,)
    return found
