"""A table as it is written: columns and text cells, each with its row, before any cell has a meaning."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from standto.errors import Fault

MOST_ROWS = 200_000
LONGEST_CELL = csv.field_size_limit()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table as text.

    Attributes
    ----------
    file
        The CSV file, or the workbook.
    table
        Name of the table: file stem or sheet name.
    columns
        The header's cells, stripped.
    rows
        Row number (the header's is 1; of a CSV, the line a row begins on) and cells; blank rows are left out.
    """

    file: str
    table: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def parse_csv(data: bytes, *, file: str, table: str) -> tuple[Sheet | None, list[Fault]]:
    """The sheet in the bytes of a CSV file, or what stands in the way of reading it.

    UTF-8 with or without byte order mark, any line ends. Nothing else is guessed.
    """

    def fault(message: str, fix: str, row: int | str = "") -> tuple[None, list[Fault]]:
        return None, [Fault(message, fix=fix, file=file, table=table, row=str(row))]

    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return fault("is encoded as UTF-16", "save it as 'CSV UTF-8'")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return fault("is not encoded as UTF-8", "save it as 'CSV UTF-8'", line)
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        return fault("holds a NUL character", "delete it, or save the table again as CSV UTF-8", line)
    rows: list[tuple[int, tuple[str, ...]]] = []
    begun = 1
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((begun, tuple(cell.strip() for cell in cells)))
            if len(rows) > MOST_ROWS:
                return fault(f"has more than {MOST_ROWS} rows", "split the scenario")
            begun = reader.line_num + 1
    except csv.Error as error:
        if "field limit" in str(error):
            message = f"has a cell of more than {LONGEST_CELL} characters"
            return fault(message, "shorten the cell or close its quote", begun)
        return fault(f"has quotes that do not match: {error}", "write a quote inside a cell twice", begun)
    if not rows:
        return fault("is empty", "write at least the header row, or delete the file")
    (_, columns), *rest = rows
    return Sheet(file, table, columns, tuple(rest)), []


def csv_text(rows: Iterable[Sequence[object]], *, newline: str) -> str:
    """Rows as the text of a CSV file (RFC 4180, but for the line end asked for)."""
    text = io.StringIO()
    csv.writer(text, lineterminator=newline).writerows(rows)
    return text.getvalue()
