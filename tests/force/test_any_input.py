"""Whatever is in a file, the answer is a report; whatever a scenario holds survives the way through files."""

from __future__ import annotations

import string
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from standto.force.files import check_scenario
from standto.force.reading import read_tables
from standto.force.sheet import parse_csv
from standto.force.tables import TABLES, Row
from standto.force.workbook import parse_workbook
from tests.force.folders import SETTINGS, Folder, as_csv, good_folder

with TemporaryDirectory() as scratch:
    GOOD = good_folder(Path(scratch))

NAMES = [model.table for model in TABLES]
TOKENS = st.sampled_from(
    [
        b",",
        b"\n",
        b"\r",
        b'"',
        b";",
        b"id",
        b"strength",
        b"notice_h",
        b"1e309",
        b"nan",
        b"-1",
        b"\xff",
        b"\0",
        b"=",
        b"\xef\xbb\xbf",
    ]
)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(NAMES), st.one_of(st.binary(max_size=200), st.lists(TOKENS, max_size=40).map(b"".join))
)
def test_any_bytes_as_a_table_give_a_report(table: str, data: bytes) -> None:
    with TemporaryDirectory() as scratch:
        broken = Folder(GOOD.settings, GOOD.tables, {f"{table}.csv": data})
        report = check_scenario(broken.write(Path(scratch) / "x"))
    assert (report.scenario is None) == any(fault.severity == "error" for fault in report.faults)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(NAMES),
    st.integers(1, 4),
    st.integers(0, 60),
    st.one_of(
        st.text(max_size=30), st.sampled_from(["", "0", "-1", "9e99", "alpha", "..", "2030-05-01", "any"])
    ),
)
def test_any_text_in_any_cell_gives_a_report(table: str, row: int, column: int, text: str) -> None:
    rows = [list(cells) for cells in GOOD.tables[table]]
    cells = rows[min(row, len(rows)) - 1]
    cells[column % len(cells)] = text
    with TemporaryDirectory() as scratch:
        broken = Folder(GOOD.settings, {**GOOD.tables, table: rows})
        report = check_scenario(broken.write(Path(scratch) / "x"))
    assert (report.scenario is None) == any(fault.severity == "error" for fault in report.faults)
    assert all(fault.fix for fault in report.faults)


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.text(string.printable, max_size=200).map(str.encode)))
def test_any_bytes_as_settings_give_a_report(data: bytes) -> None:
    with TemporaryDirectory() as scratch:
        broken = Folder(GOOD.settings, GOOD.tables, {"scenario.toml": data})
        assert check_scenario(broken.write(Path(scratch) / "x")).scenario is None


with TemporaryDirectory() as scratch:
    BOOK = GOOD.write_workbook(Path(scratch) / "book.xlsx", SETTINGS).read_bytes()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(BOOK) - 1), st.integers(0, 255)), min_size=1, max_size=8))
def test_a_damaged_workbook_never_raises(damage: list[tuple[int, int]]) -> None:
    data = bytearray(BOOK)
    for at, value in damage:
        data[at] = value
    sheets, faults = parse_workbook(bytes(data), file="book.xlsx")
    assert sheets or faults


WORDS = st.text(string.ascii_letters + string.digits + "-_.", min_size=1, max_size=12)
NUMBERS = st.integers(0, 10**6).map(lambda n: n / 8)
INSTANTS = st.integers(0, 10**5).map(
    lambda h: (datetime.fromisoformat("2030-01-01T00:00Z") + timedelta(hours=h)).isoformat()
)
CELLS: dict[str, st.SearchStrategy[str]] = {
    "places": st.one_of(st.just("any"), st.integers(0, 9).map(str)),
    "text": st.one_of(
        st.just(""), st.text(string.ascii_letters + string.punctuation + " éß€", max_size=20).map(str.strip)
    ),
    "number": NUMBERS.map(str),
    "instant": INSTANTS,
}
LISTS = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
UNITS = st.fixed_dictionaries(
    {
        "id": WORDS,
        "nation": WORDS,
        "home": WORDS,
        "strength": st.integers(0, 10**6).map(str),
        "notice_h": st.lists(NUMBERS, min_size=1, max_size=4).map(lambda n: " ".join(map(str, n))),
        "name": CELLS["text"],
        "caveats": CELLS["text"],
        "certified_until": CELLS["instant"],
        "march_kmh": st.integers(1, 90).map(str),
    }
)
ALERTS = st.fixed_dictionaries(
    {
        "id": WORDS,
        "at": INSTANTS,
        "units": LISTS,
        "posture": WORDS,
        "ceiling": st.just("") | st.integers(0, 9).map(str),
    }
)
FLEETS = st.fixed_dictionaries(
    {
        "id": WORDS,
        "mode": st.sampled_from(["air", "sea", "rail", "road"]),
        "bases": st.dictionaries(WORDS, st.integers(0, 99), max_size=3).map(
            lambda d: " ".join(f"{k}:{v}" for k, v in d.items()) or "x:1"
        ),
        "kmh": NUMBERS.map(lambda n: str(n + 1)),
        "load_h": CELLS["number"],
        "unload_h": CELLS["number"],
        "classes": LISTS,
        "concurrent": st.sampled_from(["yes", "no", "", "TRUE", "0"]),
    }
)


def read(table: str, rows: list[dict[str, str]], scratch: Path) -> tuple[list[Row], list[Row]]:
    """The records of a table written as CSV and as a sheet."""
    written = [list(rows[0]), *([row[column] for column in rows[0]] for row in rows)]
    sheet, faults = parse_csv(as_csv(written), file=f"{table}.csv", table=table)
    assert sheet is not None
    assert faults == []
    book = Folder("", {table: written}).write_workbook(scratch / "book.xlsx", SETTINGS).read_bytes()
    sheets, more = parse_workbook(book, file="book.xlsx")
    assert more == []
    answers: list[list[Row]] = []
    for found in (sheet, next(one for one in sheets if one.table == table)):
        tables, wrong = read_tables([found])
        assert wrong == []
        answers.append(tables[table].rows)
    return answers[0], answers[1]


@settings(max_examples=25, deadline=None)
@given(
    st.one_of(
        st.tuples(st.just("units"), st.lists(UNITS, min_size=1, max_size=4, unique_by=lambda row: row["id"])),
        st.tuples(
            st.just("alerts"), st.lists(ALERTS, min_size=1, max_size=4, unique_by=lambda row: row["id"])
        ),
        st.tuples(
            st.just("fleets"), st.lists(FLEETS, min_size=1, max_size=4, unique_by=lambda row: row["id"])
        ),
    )
)
def test_csv_and_workbook_give_the_same_records(case: tuple[str, list[dict[str, Any]]]) -> None:
    table, rows = case
    with TemporaryDirectory() as scratch:
        from_csv, from_book = read(table, rows, Path(scratch))
    assert from_csv == from_book
    assert [getattr(row, "id", None) for row in from_csv] == [row["id"] for row in rows]
