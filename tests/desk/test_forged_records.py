"""Records that no sound writer wrote: hashed well, and still not what they say they are."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from standto.desk.record import Record
from standto.errors import UsageError
from standto.force import tables
from standto.ledger.chain import MOST_TEXT
from standto.ledger.command import FIRST_YEAR, LAST_YEAR
from standto.ledger.entry import START
from standto.ledger.line import line_hash, line_of, line_text
from standto.ledger.opening import OpenRecord
from tests.desk.conftest import Run

EXAMPLE = Path(__file__).parents[2] / "examples" / "eastern-flank-2022" / "record.jsonl"
READING = (
    ("record", "show"),
    ("record", "as-of", "2030-01-01"),
    ("record", "as-of", "2030-01-01", "--effective"),
    ("record", "head"),
    ("alert", "status"),
    ("decide", "show"),
    ("order", "show"),
    ("order", "cancel", "O01", "--why", "x", "--by", "Clerk"),
)
Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def exported() -> Rows:
    with Record.open(str(EXAMPLE)) as record:
        return [json.loads(line_text(line)) for line in record.store.lines()]


def forged(rows: Rows, file: Path) -> Path:
    """The rows numbered and chained anew, as a forger would who knows the rule."""
    last = START
    with file.open("w", encoding="utf-8") as out:
        for position, row in enumerate(rows, 1):
            line = line_of({**row, "position": position, "previous": last, "hash": ""})
            last = line_hash(line)
            out.write(line_text(line._replace(hash=last)) + "\n")
    return file


def all_say(field: str, value: Callable[[str], str]) -> Callable[[Rows], Rows]:
    return lambda rows: [{**row, field: value(row[field])} for row in rows]


def first_opens(**changes: str) -> Callable[[Rows], Rows]:
    return lambda rows: [{**rows[0], "body": {**rows[0]["body"], **changes}}, *rows[1:]]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (all_say("effective_at", lambda at: at[:-1]), "entry 1: its effective_at is"),
        (all_say("recorded_at", lambda at: at.replace("Z", "+00:00")), "entry 1: its recorded_at is"),
        (all_say("recorded_at", lambda at: at.replace("2022-", "2022-19-")[:26] + "Z"), "its recorded_at is"),
        (all_say("nature", lambda _: "rehearsal"), "its nature is 'rehearsal', not exercise or real"),
        (all_say("nature", lambda _: "real"), "entry 1 is marked real and opens a record that is exercise"),
        (first_opens(nature="real"), "entry 1 is marked exercise and opens a record that is real"),
        (lambda rows: rows[1:], "a record begins with record.opened"),
    ],
)
def test_a_forged_record_is_found_and_never_brought_in(
    run: Run, tmp_path: Path, exported: Rows, change: Callable[[Rows], Rows], said: str
) -> None:
    file = forged(change(exported), tmp_path / "forged.jsonl")
    found = run("record", "verify", "--record", file)
    assert (found.code, said in found.out) == (1, True), found.out
    refused = run("record", "import", file, "--record", tmp_path / "new.db")
    assert (refused.code, "forged.jsonl" in refused.err) == (2, True), refused.err
    assert not (tmp_path / "new.db").exists()
    for words in READING[:2]:
        assert run(*words, "--record", file).code == 2


def test_a_second_opening_turns_no_exercise_into_what_is_real(
    run: Run, tmp_path: Path, exported: Rows
) -> None:
    second = {**exported[0], "version": 2, "body": {**exported[0]["body"], "nature": "real", "name": "War"}}
    earlier = {**second, "recorded_at": exported[-1]["recorded_at"]}
    file = forged([*exported, earlier], tmp_path / "forged.jsonl")
    for words in READING[:7]:
        assert run(*words, "--record", file).out.startswith("EXERCISE Eastern flank")


def test_a_name_with_a_line_break_forges_no_banner(run: Run, tmp_path: Path, exported: Rows) -> None:
    rows = first_opens(name="A EXERCISE\nREAL B")(exported)
    rows[3] = {**rows[3], "by": "Clerk\n  9999  REAL order.given"}
    file = forged(rows, tmp_path / "forged.jsonl")
    shown = run("record", "show", "--last", "60", "--record", file).out.splitlines()
    assert shown[0] == r"EXERCISE A EXERCISE\nREAL B EXERCISE"
    assert len(shown) == 2 + len(rows)


@pytest.fixture
def record(run: Run, tmp_path: Path) -> Path:
    file = tmp_path / "record.db"
    assert run("record", "init", "--name", "CPX", "--by", "Clerk", "--record", file).code == 0
    return file


def altered(file: Path, statement: str) -> None:
    connection = sqlite3.connect(file)
    for name in ("no_update", "no_delete", "next"):
        connection.execute(f"DROP TRIGGER standto_entries_{name}")
    connection.execute(statement)
    connection.commit()
    connection.close()


@pytest.mark.parametrize("field", ["recorded_at", "effective_at"])
@pytest.mark.parametrize("value", ["soon", "2022-01-01T00:00:00"])
def test_an_instant_that_is_none_is_named_and_stops_every_command_in_a_sentence(
    run: Run, record: Path, field: str, value: str
) -> None:
    altered(record, f"UPDATE standto_entries SET {field} = '{value}'")
    for words in READING:
        ran = run(*words, "--record", record)
        assert (ran.code, "entry 1 cannot be read" in ran.err) == (2, True), words
    assert run("record", "verify", "--record", record).code == 1


def test_a_record_of_which_all_entries_were_removed_is_no_exercise(run: Run, record: Path) -> None:
    altered(record, "DELETE FROM standto_entries")
    for words in READING:
        ran = run(*words, "--record", record)
        assert (ran.code, ran.out, "holds no entries" in ran.err) == (2, "", True)
    found = run("record", "verify", "--record", record)
    assert (found.code, "there are no entries" in found.out) == (1, True)
    assert run("record", "init", "--name", "CPX", "--by", "Clerk", "--record", record).code == 0


def test_history_that_begins_with_something_else_makes_nothing(run: Run, tmp_path: Path) -> None:
    rows = [json.loads(line) for line in EXAMPLE.read_text(encoding="utf-8").splitlines()]
    file, place = tmp_path / "h.jsonl", tmp_path / "h.db"
    again = {**rows[0], "at": "2022-03-01T00:00:00Z", "body": {**rows[0]["body"], "nature": "real"}}
    for bad, said in (
        ([rows[0], {**rows[1], "at": "2021-01-01T00:00:00Z"}], "line 2 is older than the line that opens"),
        ([rows[0], again], "line 2 opens it again"),
        ([rows[0], {**rows[1], "by": " "}], "line 2: its by is"),
        ([rows[0], {**rows[1], "at": "2500-01-01T00:00:00Z"}], "outside the years"),
    ):
        file.write_text("".join(json.dumps(row) + "\n" for row in bad), encoding="utf-8")
        ran = run("record", "import", file, "--record", place)
        assert (ran.code, said in ran.err, place.exists()) == (2, True, False), ran.err


def test_an_order_of_history_under_no_permit_can_be_reported_on(run: Run, tmp_path: Path) -> None:
    rows = [json.loads(line) for line in EXAMPLE.read_text(encoding="utf-8").splitlines()]
    kept = [row for row in rows if not row["kind"].startswith(("movement.", "order.completed"))]
    for row in kept:
        if row["kind"] == "order.given":
            row["body"]["permit"] = 99
    file, place = tmp_path / "h.jsonl", tmp_path / "h.db"
    file.write_text("".join(json.dumps(row) + "\n" for row in kept), encoding="utf-8")
    assert run("record", "import", file, "--record", place).code == 0
    ran = run("order", "report", "O01", "departed", "--people", "5", "--by", "Clerk", "--record", place)
    assert ran.code == 0, ran.err


@pytest.mark.parametrize("name", ["", " ", "x" * 201, "a\nREAL b", "a\x1b[31m", "a\u202eb"])
def test_a_name_that_no_line_can_show_is_none(run: Run, tmp_path: Path, name: str) -> None:
    place = tmp_path / "r.db"
    for words in (("--name", name, "--by", "Clerk"), ("--name", "CPX", "--by", name)):
        ran = run("record", "init", *words, "--record", place)
        assert (ran.code, "is no name of" in ran.err) == (1, True)


@pytest.mark.parametrize(
    "at",
    [datetime.fromisoformat("2022-01-01"), datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)],
)
def test_a_time_that_no_plan_could_read_is_never_recorded(at: datetime) -> None:
    with Record.create("memory:", name="CPX", nature="exercise", by="Clerk") as record:
        again = OpenRecord(id="2", by="Clerk", name="x", nature="exercise", at=at)
        with pytest.raises(UsageError, match="between the years 1900 and 2200"):
            record.execute(again)
    assert (FIRST_YEAR, LAST_YEAR) == (tables.FIRST_YEAR, tables.LAST_YEAR)


def test_more_text_than_an_export_could_read_back_is_refused(run: Run, tmp_path: Path) -> None:
    place = tmp_path / "r.db"
    ran = run("record", "init", "--name", "CPX", "--by", "w", "--why", "x" * MOST_TEXT, "--record", place)
    assert (ran.code, "more than 1,000,000 characters" in ran.err) == (2, True)
