"""Files of a force: scenario folders and workbooks in, any file out whole or not at all."""

from __future__ import annotations

import gzip
import os
import tempfile
import tomllib
import zlib
from dataclasses import replace
from pathlib import Path

from standto.errors import Fault, FileError, ScenarioError
from standto.force.reading import Report, assemble, read_settings
from standto.force.scenario import Scenario, Settings
from standto.force.sheet import parse_csv
from standto.force.tables import TABLES

MOST_BYTES = 512 * 1024 * 1024
"""Larger files, or files that unpack to more, are refused: a plan of 10,000 requirements has about 30 MB."""


def read_bytes(path: Path) -> bytes:
    """The (unpacked) bytes of a `.json` or `.json.gz` file.

    Raises
    ------
    FileError
        If it is missing, is no file, is too large, or is not valid gzip.
    """
    try:
        with path.open("rb") as raw:
            packed = raw.read(2) == b"\x1f\x8b"
            raw.seek(0)
            if packed:
                with gzip.open(raw) as unpacked:
                    data = unpacked.read(MOST_BYTES + 1)
            else:
                data = raw.read(MOST_BYTES + 1)
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise FileError("is not a whole gzip file", fix="pack it again", file=str(path)) from None
    except FileNotFoundError:
        raise FileError("no such file", fix="check the path", file=str(path)) from None
    except OSError as error:
        raise FileError(f"cannot be read: {error.strerror}", fix="check the path", file=str(path)) from None
    if len(data) > MOST_BYTES:
        fix = "split the problem"
        raise FileError(f"holds more than {MOST_BYTES // 1024**2} MB", fix=fix, file=str(path))
    return data


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file whole or not at all: beside it first, then renamed; `.gz` is packed reproducibly.

    Raises
    ------
    FileError
        If the folder is missing or cannot be written.
    """
    if path.suffix == ".gz":
        data = gzip.compress(data, mtime=0)
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
        beside = Path(name)
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(data)
            umask = os.umask(0)
            os.umask(umask)
            beside.chmod(0o666 & ~umask)
            beside.replace(path)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise FileError(
            f"cannot be written: {error.strerror}", fix="check the folder", file=str(path)
        ) from None


def check_scenario(path: Path, *, strict: bool = False) -> Report:
    """Everything wrong with a scenario folder or workbook, all at once; never raises on faulty content."""
    settings: Settings | None = None
    faults: list[Fault] = []
    try:
        data = tomllib.loads(read_bytes(path / "scenario.toml").decode())
        settings, faults = read_settings(data, file="scenario.toml")
    except tomllib.TOMLDecodeError as error:
        faults.append(Fault(str(error), file="scenario.toml", table="scenario"))
    sheets = []
    for model in TABLES:
        file = path / f"{model.table}.csv"
        if file.exists():
            sheet, found = parse_csv(read_bytes(file), file=file.name, table=model.table)
            faults += found
            sheets += [sheet] if sheet else []
    report = assemble(settings, sheets, faults)
    if strict:
        hard = tuple(replace(fault, severity="error") for fault in report.faults)
        return Report(None if hard else report.scenario, hard)
    return report


def read_scenario(path: Path, *, strict: bool = False) -> Scenario:
    """The scenario in a folder or workbook.

    Raises
    ------
    ScenarioError
        If it has errors, with all of them; `strict` counts warnings as errors.
    FileError
        If there is no such folder or workbook, or it cannot be read.
    """
    report = check_scenario(path, strict=strict)
    if report.scenario is None:
        count = len(report.errors)
        raise ScenarioError(f"has {count} error{'s' * (count != 1)}", report.errors, file=str(path))
    return report.scenario
