"""Files of a force: scenario folders and workbooks in, any file out whole or not at all."""

from __future__ import annotations

import difflib
import gzip
import os
import re
import shutil
import tempfile
import tomllib
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from standto.errors import Fault, FileError, ScenarioError
from standto.force.reading import settings_of_sheet
from standto.force.report import Change, Report, examine, strictly
from standto.force.scenario import Scenario
from standto.force.sheet import Sheet, parse_csv
from standto.force.tables import TABLES
from standto.force.wording import shown
from standto.force.workbook import parse_workbook

NAMES = tuple(model.table for model in TABLES)
MOST_BYTES = 512 * 1024 * 1024
"""Larger files, or files that unpack to more, are refused: a plan of 10,000 requirements has about 30 MB."""

MOST_TABLE_BYTES = 64 * 1024 * 1024
"""A larger table or workbook of a scenario is refused."""


def read_bytes(path: Path | str, *, most: int = MOST_BYTES) -> bytes:
    """The (unpacked) bytes of a `.json` or `.json.gz` file.

    Raises
    ------
    FileError
        If it is missing, is no file, is too large, or is not valid gzip.
    """
    path = Path(path)
    try:
        with path.open("rb") as raw:
            packed = raw.read(2) == b"\x1f\x8b"
            raw.seek(0)
            if packed:
                with gzip.open(raw) as unpacked:
                    data = unpacked.read(most + 1)
            else:
                data = raw.read(most + 1)
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise FileError("is not a whole gzip file", fix="pack it again", file=str(path)) from None
    except FileNotFoundError:
        raise FileError("no such file", fix="check the path", file=str(path)) from None
    except OSError as error:
        raise FileError(f"cannot be read: {error.strerror}", fix="check the path", file=str(path)) from None
    if len(data) > most:
        fix = "split it"
        raise FileError(f"holds more than {most // 1024**2} MB", fix=fix, file=str(path))
    return data


def write_bytes(path: Path | str, data: bytes) -> None:
    """Write a file whole or not at all: beside it first, then renamed; `.gz` is packed reproducibly.

    Raises
    ------
    FileError
        If the folder is missing or cannot be written.
    """
    path = Path(path)
    if path.suffix == ".gz":
        data = gzip.compress(data, mtime=0)
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
        beside = Path(name)
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(data)
            beside.chmod(0o666 & ~_umask())
            beside.replace(path)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise FileError(
            f"cannot be written: {error.strerror}", fix="check the folder", file=str(path)
        ) from None


def make_folder(folder: Path, *, fix: str = "check the path") -> None:
    """Make a folder, with those above it, unless it is there.

    Raises
    ------
    FileError
        If it cannot be made, or is something else.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileError(f"cannot be made: {error.strerror}", fix=fix, file=str(folder)) from None


def write_folder(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Write a new folder of files, whole or not at all: beside it first, then renamed.

    Raises
    ------
    FileError
        If it is there already, or the folder it goes into is missing or cannot be written.
    """
    if os.path.lexists(folder):
        raise FileError(
            "is there already", fix="choose another name; nothing is overwritten", file=str(folder)
        )
    try:
        beside = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
        try:
            for name, data in files.items():
                write_bytes(beside / name, data)
            beside.chmod(0o777 & ~_umask())
            beside.rename(folder)
        except BaseException:
            shutil.rmtree(beside, ignore_errors=True)
            raise
    except OSError as error:
        fix = "check the folder it is made in"
        raise FileError(f"cannot be made: {error.strerror}", fix=fix, file=str(folder)) from None
    return [folder / name for name in files]


def _umask() -> int:
    umask = os.umask(0)
    os.umask(umask)
    return umask


def check_scenario(path: Path | str, *, strict: bool = False, change: Change | None = None) -> Report:
    """Everything wrong with a scenario folder or workbook, all at once; never raises on faulty content.

    Parameters
    ----------
    path
        A folder with `scenario.toml` and CSV tables, or one `.xlsx` with the same tables as sheets and the
        settings in a sheet `scenario`.
    strict
        Count warnings as errors.
    change
        Makes the scenario that is checked of the rows that were read, such as one with a record's alerts.

    Raises
    ------
    FileError
        If there is no such folder or workbook.
    """
    path = Path(path)
    if path.is_dir():
        report = _check_folder(path, change)
    elif path.suffix.lower() == ".xlsx" and path.is_file():
        report = _check_workbook(path, change)
    elif path.exists():
        fix = "give a folder with scenario.toml, or a workbook saved as .xlsx"
        raise FileError("is neither a folder nor a workbook", fix=fix, file=str(path))
    else:
        raise FileError("no such folder or workbook", fix="check the path", file=str(path))
    return strictly(report) if strict else report


def read_scenario(path: Path | str, *, strict: bool = False, change: Change | None = None) -> Scenario:
    """The scenario in a folder or workbook, changed before it is checked if asked for.

    Raises
    ------
    ScenarioError
        If it has errors, with all of them; `strict` counts warnings as errors.
    FileError
        If there is no such folder or workbook.
    """
    report = check_scenario(path, strict=strict, change=change)
    if report.scenario is None:
        count = len(report.errors)
        raise ScenarioError(f"has {count} error{'s' * (count != 1)}", report.errors, file=str(path))
    return report.scenario


def _check_folder(folder: Path, change: Change | None) -> Report:
    sheets: list[Sheet] = []
    faults: list[Fault] = []
    unreadable: list[str] = []
    settings, found = _read_toml(folder)
    faults += found
    for model in TABLES:
        file = folder / f"{model.table}.csv"
        if not os.path.lexists(file):
            continue
        try:
            data = _member(folder, file.name)
        except FileError as error:
            faults.append(Fault(error.message, fix=error.fix, file=file.name, table=model.table))
            unreadable.append(model.table)
            continue
        sheet, found = parse_csv(data, file=file.name, table=model.table)
        faults += found
        if sheet is None:
            unreadable.append(model.table)
        else:
            sheets.append(sheet)
    return examine(settings, sheets, [*faults, *_strangers(folder)], unreadable=unreadable, change=change)


def _check_workbook(path: Path, change: Change | None) -> Report:
    try:
        data = read_bytes(path, most=MOST_TABLE_BYTES)
    except FileError as error:
        return Report(None, (Fault(error.message, fix=error.fix, file=path.name),))
    sheets, faults = parse_workbook(data, file=path.name)
    if faults and not sheets:
        return Report(None, tuple(faults))
    settings: dict[str, Any] | None = None
    tables = []
    for sheet in sheets:
        if sheet.table == "scenario":
            settings, found = settings_of_sheet(sheet)
            faults += found
        elif sheet.table in NAMES:
            tables.append(sheet)
        else:
            faults.append(_stranger(sheet.table, file=path.name, what="sheet"))
    if settings is None and not any(fault.table == "scenario" for fault in faults):
        fix = "add a sheet scenario with the columns key and value"
        faults.append(Fault("the sheet scenario is missing", fix=fix, file=path.name, table="scenario"))
    unreadable = [fault.table for fault in faults if fault.table in NAMES and fault.severity == "error"]
    return examine(settings, tables, faults, file=path.name, unreadable=unreadable, change=change)


def _read_toml(folder: Path) -> tuple[dict[str, Any] | None, list[Fault]]:
    """The keys of `scenario.toml`, or what is wrong with it."""
    name = "scenario.toml"

    def fault(message: str, fix: str, row: str = "") -> tuple[None, list[Fault]]:
        return None, [Fault(message, fix=fix, file=name, table="scenario", row=row)]

    if not os.path.lexists(folder / name):
        return fault("is missing", "add it with at least name, kind and epoch")
    try:
        return tomllib.loads(_member(folder, name).decode("utf-8-sig").replace("\r\n", "\n")), []
    except FileError as error:
        return fault(error.message, error.fix)
    except UnicodeDecodeError:
        return fault("is not encoded as UTF-8", "save it as UTF-8")
    except RecursionError:
        return fault("is nested too deep", "write plain keys and the tables that the reference lists")
    except ValueError as error:
        line = re.search(r"at line (\d+)", str(error))
        message = f"is not valid TOML: {str(error)[:200]}"
        return fault(message, "correct that line", line[1] if line else "")


def _member(folder: Path, name: str) -> bytes:
    """The bytes of a file in a folder; links that lead out of it, devices and huge files are refused."""
    path = folder / name
    home = folder.resolve()
    try:
        real = path.resolve(strict=True)
    except (OSError, RuntimeError):
        raise FileError("is a link to nothing", fix="put the file itself into the folder") from None
    if not real.is_relative_to(home):
        raise FileError("leads out of the scenario folder", fix="put the file itself into the folder")
    if not real.is_file():
        raise FileError("is not a plain file", fix="put the file itself into the folder")
    return read_bytes(real, most=MOST_TABLE_BYTES)


def _strangers(folder: Path) -> list[Fault]:
    """CSV files that are no table of a scenario: perhaps a misspelt name."""
    return [
        _stranger(path.stem, file=path.name, what="file")
        for path in sorted(folder.iterdir())
        if path.suffix.lower() == ".csv" and path.name not in {f"{name}.csv" for name in NAMES}
    ]


def _stranger(table: str, *, file: str, what: str) -> Fault:
    close = difflib.get_close_matches(table.lower(), NAMES, n=1)
    fix = f"did you mean {close[0]}?" if close else f"tables are {', '.join(NAMES)}"
    message = f"the {what} {shown(table)} is no table of a scenario and is not read"
    check, severity = "unknown-table", "warning"
    return Fault(message, fix=fix, file=file, table=table[:40], check=check, severity=severity)
