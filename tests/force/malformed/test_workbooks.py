"""A workbook is read like a folder, and a hostile one is refused before it is opened."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from standto.force.files import check_scenario, read_scenario
from tests.force.folders import SETTINGS, Folder

SHEET = "xl/worksheets/sheet1.xml"


def test_a_workbook_says_the_same_as_its_folder(good: Folder, tmp_path: Path) -> None:
    folder = read_scenario(good.write(tmp_path / "folder"))
    assert read_scenario(good.write_workbook(tmp_path / "book.xlsx", SETTINGS)) == folder


def test_numbers_and_truth_may_be_cells_of_their_own_kind(good: Folder, tmp_path: Path) -> None:
    plain = read_scenario(good.write(tmp_path / "folder"))
    path = good.write_workbook(tmp_path / "book.xlsx", SETTINGS)
    book = openpyxl.load_workbook(path)
    book["units"]["F2"] = 150
    columns = {cell.value: cell.column_letter for cell in book["fleets"][1]}
    book["fleets"][f"{columns['concurrent']}2"] = False
    book["fleets"][f"{columns['service_h']}2"] = 1.0
    assert book["units"]["F1"].value == "strength"
    book.save(path)
    assert read_scenario(path) == plain


def rewritten(path: Path, **parts: bytes) -> None:
    """The same zip with some parts replaced or added, by name with / written as __."""
    with zipfile.ZipFile(path) as old:
        contents = {name: old.read(name) for name in old.namelist()}
    contents |= {name.replace("__", "/"): data for name, data in parts.items()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in contents.items():
            new.writestr(name, data)


def sheet_with(cells: str) -> bytes:
    """The XML of a sheet with these rows."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{space}"><sheetData>{cells}</sheetData></worksheet>'.encode()


def lying(path: Path) -> None:
    """State a size of ten bytes for a part that is larger."""
    data = bytearray(path.read_bytes())
    at = data.find(b"PK\x01\x02")
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    path.write_bytes(data)


HOSTILE: dict[str, tuple[Callable[[Path], object], str]] = {
    "no zip": (lambda path: path.write_bytes(b"id,name\n"), "not a whole .xlsx"),
    "empty": (lambda path: path.write_bytes(b""), "not a whole .xlsx"),
    "cut off": (lambda path: path.write_bytes(path.read_bytes()[:-200]), "not a whole .xlsx"),
    "false size": (lying, "not a whole .xlsx"),
    "bomb": (lambda path: rewritten(path, bomb=b"\0" * 80_000_000), "unpacks to more than 64 MB"),
    "many parts": (lambda path: rewritten(path, **{f"p{i}": b"" for i in range(1100)}), "1000 parts"),
    "far corner": (
        lambda path: rewritten(
            path, xl__worksheets__extra=b"", **{SHEET: sheet_with('<row><c r="XFD1048576"/></row>')}
        ),
        "has a cell at 'XFD1048576'",
    ),
    "far row": (lambda path: rewritten(path, **{SHEET: sheet_with('<row r="1048576"/>')}), "a row beyond"),
    "entities": (
        lambda path: rewritten(path, **{SHEET: b'<!DOCTYPE a [<!ENTITY b "b">]>' + sheet_with("")}),
        "declares XML entities",
    ),
    "broken XML": (lambda path: rewritten(path, **{SHEET: b"<worksheet><"}), "broken XML"),
    "no workbook": (lambda path: rewritten(path, **{"xl/workbook.xml": b"<a/>"}), ""),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_or_broken_workbook_is_refused(name: str, good: Folder, tmp_path: Path) -> None:
    harm, says = HOSTILE[name]
    path = good.write_workbook(tmp_path / "book.xlsx", SETTINGS)
    harm(path)
    report = check_scenario(path)
    assert report.scenario is None
    assert report.faults[0].file == "book.xlsx"
    assert any(says in fault.message and fault.fix for fault in report.faults), report.faults


def change(path: Path, sheet: str, cell: str, value: object) -> None:
    """Write one cell of a workbook."""
    book = openpyxl.load_workbook(path)
    book[sheet][cell] = value
    book.save(path)


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "place", "says"),
    [
        ("units", "F3", "many", ("units", "3", "strength"), "whole number"),
        ("units", "F3", "=1+1", ("units", "3", "strength"), "is missing"),
        ("alerts", "B2", datetime(2030, 5, 2, 6), ("alerts", "2", "at"), "time zone"),  # noqa: DTZ001  # as spreadsheets have it
        ("units", "A1", "ident", ("units", "1", "id"), "is missing"),
        ("units", "A3", "alpha", ("units", "3", "id"), "already in row 2"),
        ("scenario", "A3", "name", ("scenario", "3", "name"), "there twice"),
        ("scenario", "A1", "setting", ("scenario", "1", ""), "key and value"),
        ("scenario", "B3", "game", ("scenario", "", "kind"), "'exercise' or 'real'"),
    ],
)
def test_a_fault_in_a_sheet_is_named_with_its_place(
    sheet: str, cell: str, value: object, place: tuple[str, str, str], says: str, good: Folder, tmp_path: Path
) -> None:
    path = good.write_workbook(tmp_path / "book.xlsx", SETTINGS)
    change(path, sheet, cell, value)
    found = {(fault.table, fault.row, fault.field): fault for fault in check_scenario(path).errors}
    assert place in found
    assert says in found[place].message
    assert found[place].file == "book.xlsx"


def test_a_sheet_that_is_no_table_is_a_warning(good: Folder, tmp_path: Path) -> None:
    path = good.write_workbook(tmp_path / "book.xlsx", SETTINGS)
    book = openpyxl.load_workbook(path)
    book.create_sheet("notes").append(["mind"])
    book.save(path)
    report = check_scenario(path)
    assert report.scenario is not None
    assert [fault.check for fault in report.warnings] == ["unknown-table"]


@pytest.mark.parametrize("gone", ["scenario", "units"])
def test_a_sheet_that_must_be_there_is_missed(gone: str, good: Folder, tmp_path: Path) -> None:
    path = good.write_workbook(tmp_path / "book.xlsx", SETTINGS)
    book = openpyxl.load_workbook(path)
    book.remove(book[gone])
    book.save(path)
    assert any(fault.table == gone and "is missing" in fault.message for fault in check_scenario(path).errors)


def test_the_zip_is_never_unpacked_to_disk(good: Folder, tmp_path: Path) -> None:
    path = good.write_workbook(tmp_path / "book.xlsx", SETTINGS)
    rewritten(path, **{"../../evil.txt": b"x"})
    before = sorted(tmp_path.parent.rglob("*"))
    assert check_scenario(path).scenario is not None
    assert sorted(tmp_path.parent.rglob("*")) == before


def test_a_workbook_of_text_cells_that_look_like_formulas_keeps_them_as_text(
    good: Folder, tmp_path: Path
) -> None:
    good.cell("units", 2, "name", "=HYPERLINK(1)")
    path = good.write_workbook(tmp_path / "book.xlsx", SETTINGS)
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet4.xml")
    assert read_scenario(path).units[0].name == "=HYPERLINK(1)"
