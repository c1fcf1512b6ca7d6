"""An XLSX workbook as sheets of text cells, refused before it is opened if it could fill the memory."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from datetime import date, datetime, time, timedelta
from xml.parsers import expat

from standto.errors import Fault
from standto.force.sheet import LONGEST_CELL, MOST_ROWS, Sheet

MOST_UNPACKED = 64 * 1024 * 1024
MOST_PARTS = 1_000
MOST_COLUMNS = 256
CHUNK = 1024 * 1024
REFERENCE = re.compile(r"([A-Za-z]{1,3})(\d{1,7})")
Cell = int | float | str | bool | time | date | datetime | timedelta


def parse_workbook(data: bytes, *, file: str) -> tuple[list[Sheet], list[Fault]]:
    """Every sheet of a workbook by its name, or what stands in the way of reading it.

    Cells become the text that a CSV would hold; a formula counts as the value it was saved with. Dates typed
    as date cells have no time zone and are refused where an instant is wanted.
    """
    try:
        _guard(data)
    except _RefusedError as refused:
        return [], [Fault(str(refused), fix=refused.fix, file=file)]
    from python_calamine import CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        found = [
            (name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names
        ]
    except BaseException as error:
        # The reader is written in Rust; what it did not foresee arrives as a panic, which is no Exception.
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        fault = Fault("is not a workbook that can be read", fix="save it again as .xlsx", file=file)
        return [], [fault]
    sheets, faults = [], []
    for name, rows in found:
        filled = [
            (number, tuple(_text(cell) for cell in cells))
            for number, cells in enumerate(rows, start=1)
            if any(cell != "" for cell in cells)
        ]
        if not filled:
            fix = "write at least the header row, or delete the sheet"
            faults.append(Fault("is empty", fix=fix, file=file, table=name))
            continue
        (header, columns), *rest = filled
        if header != 1:
            fix = "delete the empty rows above it"
            faults.append(
                Fault("the header is not in row 1", fix=fix, file=file, table=name, row=str(header))
            )
            continue
        long = [number for number, cells in filled if any(len(cell) > LONGEST_CELL for cell in cells)]
        if long:
            message = f"has a cell of more than {LONGEST_CELL} characters"
            faults.append(Fault(message, fix="shorten it", file=file, table=name, row=str(long[0])))
            continue
        sheets.append(Sheet(file, name, columns, tuple(rest)))
    return sheets, faults


def _text(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    return str(cell).strip()


class _RefusedError(Exception):
    """A workbook that is not opened, with what to do about it."""

    def __init__(self, message: str, fix: str) -> None:
        super().__init__(message)
        self.fix = fix


def _guard(data: bytes) -> None:
    """Refuse a zip bomb, and a sheet whose far corner would make the reader reserve memory for all between.

    Every part is unpacked once, a chunk at a time, so that sizes stated falsely are found.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            infos = parts.infolist()
            if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > MOST_UNPACKED:
                raise _RefusedError(
                    f"unpacks to more than {MOST_UNPACKED // 1024**2} MB or {MOST_PARTS} parts",
                    "save only the tables in it, as .xlsx",
                )
            for info in infos:
                corner = _Corner() if info.filename.lower().endswith(".xml") else None
                with parts.open(info) as part:
                    while chunk := part.read(CHUNK):
                        if corner:
                            corner.feed(chunk)
                if corner and info.file_size:
                    corner.feed(b"", last=True)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
        raise _RefusedError(
            "is not a whole .xlsx file", "save it again as .xlsx, without a password"
        ) from None
    except expat.ExpatError:
        raise _RefusedError("holds broken XML", "save it again as .xlsx") from None


class _Corner:
    """Watches the cell references of a sheet's XML go by."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self.element
        self.parser.EntityDeclHandler = self.entity

    def feed(self, chunk: bytes, *, last: bool = False) -> None:
        self.parser.Parse(chunk, last)

    def element(self, name: str, attributes: dict[str, str]) -> None:
        reference = attributes.get("r", "")
        kind = name.rpartition(":")[2]
        if kind == "row" and reference.isdecimal() and int(reference) > MOST_ROWS:
            raise _RefusedError(f"has a row beyond {MOST_ROWS}", "delete the empty rows at the end")
        if kind != "c" or not reference:
            return
        match = REFERENCE.fullmatch(reference)
        column = 0
        for letter in match[1].upper() if match else "":
            column = column * 26 + ord(letter) - ord("A") + 1
        if match is None or column > MOST_COLUMNS or int(match[2]) > MOST_ROWS:
            raise _RefusedError(
                f"has a cell at {reference[:12]!r}, beyond {MOST_ROWS} rows or {MOST_COLUMNS} columns",
                "delete the empty rows and columns at the end",
            )

    def entity(self, *_: object) -> None:
        raise _RefusedError("declares XML entities", "save it again as .xlsx")
