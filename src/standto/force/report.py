"""What was found in a scenario: its faults, and the scenario itself where nothing is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from standto.errors import Fault
from standto.force.checks import CHECKS, Subject
from standto.force.reading import ReadTable, missing_tables, read_settings, read_tables
from standto.force.scenario import Scenario, Settings
from standto.force.sheet import Sheet
from standto.force.tables import TABLES

Change = Callable[[Scenario], Scenario]
ORDER = {"scenario": 0} | {model.table: place for place, model in enumerate(TABLES, start=1)}


@dataclass(frozen=True, slots=True)
class Report:
    """What was found in a scenario folder or workbook.

    Attributes
    ----------
    scenario
        The scenario, None where there are errors.
    faults
        Errors and warnings, by table and row.
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
        return tuple(fault for fault in self.faults if fault.severity == "warning")


def consistency(scenario: Scenario) -> tuple[Fault, ...]:
    """What the named checks find in a scenario made in code; rows are named by their ids."""
    return tuple(_run(Subject(scenario, scenario.settings), errors=False))


def examine(
    settings: dict[str, Any] | None,
    sheets: Sequence[Sheet],
    faults: Sequence[Fault],
    *,
    file: str = "",
    unreadable: Sequence[str] = (),
    change: Change | None = None,
) -> Report:
    """Read all sheets and run all checks.

    Parameters
    ----------
    settings
        The keys of `scenario.toml`, None where it could not be read (its fault is in `faults`).
    sheets
        The tables, by name.
    faults
        What was found while opening files.
    file
        The workbook, empty for a folder.
    unreadable
        Tables that are there but could not be opened; they do not count as missing.
    change
        Makes the scenario that is checked of the rows that were read.
    """
    found = list(faults)
    read, wrong = (
        read_settings(settings, file=file or "scenario.toml") if settings is not None else (None, [])
    )
    tables, more = read_tables(sheets)
    suffix = "" if file else ".csv"
    absent = missing_tables([*tables, *unreadable], file=file, suffix=suffix)
    found += [*wrong, *more, *absent]
    subject = _subject(read, tables, file)
    if change is not None and not any(fault.severity == "error" for fault in found):
        changed = change(subject.scenario)
        subject = replace(subject, scenario=changed, settings=changed.settings)
    if not unreadable and not absent:
        found += _run(subject, errors=any(fault.severity == "error" for fault in found))
    found.sort(key=lambda fault: (ORDER.get(fault.table, 99), fault.table, _number(fault.row)))
    sound = not any(fault.severity == "error" for fault in found)
    return Report(subject.scenario if sound else None, tuple(found))


def strictly(report: Report) -> Report:
    """The report with every warning an error."""
    faults = tuple(replace(fault, severity="error") for fault in report.faults)
    return Report(None if faults else report.scenario, faults)


def _subject(settings: Settings | None, tables: dict[str, ReadTable], file: str) -> Subject:
    stand_in = Settings(name="?", kind="exercise", epoch=datetime(1970, 1, 1, tzinfo=UTC))
    rows = {name: tuple(table.rows) for name, table in tables.items()}
    scenario = Scenario.model_validate({"settings": settings or stand_in, **rows})
    numbers = {
        id(row): number
        for table in tables.values()
        for row, number in zip(table.rows, table.numbers, strict=True)
    }
    broken = {name: table.broken for name, table in tables.items() if table.broken}
    return Subject(scenario, settings, numbers, broken, file)


def _run(subject: Subject, *, errors: bool) -> list[Fault]:
    """Every check's faults; those for sound scenarios only where nothing is wrong."""
    found = [fault for check in CHECKS if not check.sound for fault in check.faults(subject)]
    if errors or any(fault.severity == "error" for fault in found):
        return found
    return found + [fault for check in CHECKS if check.sound for fault in check.faults(subject)]


def _number(row: str) -> int:
    return int(row) if row.isdecimal() else 0
