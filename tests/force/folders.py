"""A scenario folder that is in order, as a thing to break: tables of text cells, written as CSV or XLSX."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl

from standto.force.new import new_scenario

Table = list[list[str]]


@dataclass
class Folder:
    """The tables of the scenario that `new_scenario` writes; row 1 is the header, as in a file."""

    settings: str
    tables: dict[str, Table]
    raw: dict[str, bytes] = field(default_factory=dict)

    def cell(self, table: str, row: int, column: str, value: str) -> None:
        """Write one cell; a row past the end repeats the last one first."""
        rows = self.tables[table]
        while len(rows) < row:
            rows.append(list(rows[-1]))
        rows[row - 1][rows[0].index(column)] = value

    def write(self, folder: Path) -> Path:
        """The folder on disk."""
        folder.mkdir()
        (folder / "scenario.toml").write_text(self.settings, encoding="utf-8")
        for name, rows in self.tables.items():
            (folder / f"{name}.csv").write_bytes(as_csv(rows))
        for file, data in self.raw.items():
            (folder / file).write_bytes(data)
        return folder

    def write_workbook(self, path: Path, settings: list[tuple[str, str]]) -> Path:
        """The same tables as the sheets of one workbook."""
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.title = "scenario"
        for row in [("key", "value"), *settings]:
            sheet.append(row)
        for name, rows in self.tables.items():
            sheet = book.create_sheet(name)
            for cells in rows:
                sheet.append(cells)
                for cell in sheet[sheet.max_row]:
                    cell.data_type = "s" if cell.value else cell.data_type
        book.save(path)
        return path


SETTINGS = [
    ("name", "test"),
    ("kind", "exercise"),
    ("banner", "invented units and figures"),
    (
        "summary",
        "Two companies and a field hospital fly east after a decision; an alert came four days earlier.",
    ),
    ("epoch", "2030-05-06T06:00:00Z"),
    ("horizon_days", "30"),
    ("postures", "normal heightened immediate"),
    ("sources.invented", "made up for this scenario"),
]


def as_csv(rows: Table) -> bytes:
    """A table as the bytes of a CSV file."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def good_folder(scratch: Path) -> Folder:
    """The folder that `new_scenario` writes, in memory."""
    made = new_scenario(scratch / "made", "test")
    tables = {
        path.stem: list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
        for path in made
        if path.suffix == ".csv"
    }
    return Folder((scratch / "made" / "scenario.toml").read_text(encoding="utf-8"), tables)
