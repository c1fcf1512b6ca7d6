"""`standto record`: every command, what it writes and prints, and its exit code."""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from standto.desk.record import Record
from tests.desk.conftest import Run
from tests.postgres import Server

HISTORY: list[dict[str, Any]] = [
    {
        "at": "2022-01-01T00:00Z",
        "kind": "record.opened",
        "body": {"name": "Winter", "nature": "exercise"},
        "by": "Public record",
    },
]


@pytest.fixture
def record(run: Run, tmp_path: Path) -> Path:
    file = tmp_path / "record.sqlite"
    assert run("record", "init", "--name", "CPX 22", "--by", "Exercise control", "--record", file).code == 0
    return file


def write_history(file: Path, rows: list[dict[str, Any]]) -> Path:
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return file


def tampered(file: Path, statement: str) -> None:
    """What a keeper of the file can do, who takes its triggers away first."""
    connection = sqlite3.connect(file)
    for name in ("no_update", "no_delete", "next"):
        connection.execute(f"DROP TRIGGER standto_entries_{name}")
    connection.execute(statement)
    connection.commit()
    connection.close()


def test_a_record_is_begun_once_and_says_that_it_is_an_exercise(run: Run, record: Path) -> None:
    shown = run("record", "show", "--record", record)
    assert shown.out.startswith("EXERCISE CPX 22 EXERCISE\n1 entries")
    assert "record.opened  record/opened  by Exercise control" in shown.out
    again = run("record", "init", "--name", "Other", "--by", "Clerk", "--record", record)
    assert again.code == 2
    assert "holds a record already" in again.err
    assert run("record", "show", "--record", record).out == shown.out


def test_the_record_can_be_named_by_the_environment(
    run: Run, record: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = run("record", "show")
    assert nowhere.code == 2
    assert "give --record FILE, or set STANDTO_RECORD" in nowhere.err
    monkeypatch.setenv("STANDTO_RECORD", str(record))
    assert run("record", "show", "--json").data["entries"] == 1


def test_as_of_tells_what_was_known_and_what_was_so(run: Run, record: Path) -> None:
    before = run("record", "as-of", "2000-01-01", "--record", record, "--json").data
    assert before["entries"] == 0
    assert before["banner"] == "EXERCISE CPX 22 EXERCISE"
    later = run("record", "as-of", "2100-01-01", "--record", record, "--json").data
    assert later["kinds"] == {"record.opened": 1}
    assert later["states"]["record"]["name"] == "CPX 22"
    effective = run("record", "as-of", "2100-01-01", "--effective", "--record", record)
    assert "as it stood, by what is known now, at 2100-01-01T00:00Z" in effective.out.replace(" at", ", at")


def test_verify_names_what_was_altered_with_exit_code_one(run: Run, record: Path) -> None:
    assert run("record", "verify", "--record", record).code == 0
    tampered(record, "UPDATE standto_entries SET why = 'forged'")
    broken = run("record", "verify", "--record", record)
    assert broken.code == 1
    assert "entry 1 was altered" in broken.out
    data = run("record", "verify", "--record", record, "--json").data
    assert data["ok"] is False
    assert [found["what"] for found in data["breaks"]] == ["altered"]


def test_a_signed_head_shows_an_end_cut_off(run: Run, record: Path, tmp_path: Path) -> None:
    key, head = tmp_path / "keeper.pem", tmp_path / "head.json"
    body = ("decide", "body", "B", "--name", "Body", "--rule", "none", "--by", "Clerk")
    assert run(*body, "--record", record).code == 0
    assert run("record", "key", "-o", key).code == 0
    assert key.stat().st_mode & 0o777 == 0o600
    assert run("record", "head", "--key", key, "-o", head, "--record", record).code == 0
    against = ("--head", head, "--key", f"{key}.pub", "--record", record)
    assert run("record", "verify", *against).code == 0
    tampered(record, "DELETE FROM standto_entries WHERE position = 2")
    cut = run("record", "verify", *against)
    assert cut.code == 1
    assert "the end was cut off: 2 entries were signed, 1 are left" in cut.out
    assert run("record", "verify", "--record", record).code == 0


def test_a_head_or_key_that_is_not_what_it_says_is_refused(run: Run, record: Path, tmp_path: Path) -> None:
    key, other, head = tmp_path / "keeper.pem", tmp_path / "other.pem", tmp_path / "head.json"
    run("record", "key", "-o", key)
    run("record", "key", "-o", other)
    assert "is there already" in run("record", "key", "-o", key).err
    run("record", "head", "--key", key, "-o", head, "--record", record)

    def refused(head_file: Path, key_file: Path | str) -> str:
        ran = run("record", "verify", "--head", head_file, "--key", key_file, "--record", record)
        assert ran.code == 2
        return ran.err

    assert "was signed with another key" in refused(head, f"{other}.pub")
    assert "holds no Ed25519 public key" in refused(head, head) or "private key" in refused(head, head)
    assert "is no signed head" in refused(write_history(tmp_path / "x.json", [{"a": 1}]), f"{key}.pub")
    altered = tmp_path / "altered.json"
    altered.write_text(head.read_text().replace('"position":1', '"position":0'))
    assert "does not say what was signed" in refused(altered, f"{key}.pub")
    alone = run("record", "verify", "--head", head, "--record", record)
    assert (alone.code, "--head and --key go together" in alone.err) == (2, True)


def test_a_record_goes_out_and_comes_in_with_its_hashes(run: Run, record: Path, tmp_path: Path) -> None:
    file, other = tmp_path / "record.jsonl", tmp_path / "other.sqlite"
    assert run("record", "export", "-o", file, "--record", record).code == 0
    assert run("record", "verify", "--record", file).code == 0
    assert run("record", "import", file, "--record", other, "--json").data["entries"] == 1
    assert run("record", "import", file, "--record", other, "--json").data["entries"] == 0
    heads = {run("record", "head", "--record", place, "--json").data["hash"] for place in (record, other)}
    assert len(heads) == 1
    file.write_text(file.read_text().replace("CPX 22", "CPX 23"))
    refused = run("record", "import", file, "--record", tmp_path / "third.sqlite")
    assert refused.code == 2
    assert "is not what was written: entry 1 was altered" in refused.err
    assert not (tmp_path / "third.sqlite").exists()
    assert run("record", "verify", "--record", file).code == 1


def test_a_copy_in_another_kind_of_store_has_the_same_hashes(
    run: Run, record: Path, tmp_path: Path, postgres: Server
) -> None:
    place, back = postgres.new_place(), tmp_path / "back.sqlite"
    assert run("record", "copy", place, "--record", record).code == 0
    assert run("record", "copy", back, "--record", place).code == 0
    assert run("record", "copy", back, "--record", place, "--json").data["entries"] == 0
    for each in (place, back):
        assert run("record", "verify", "--record", each).code == 0
    heads = {run("record", "head", "--record", each, "--json").data["hash"] for each in (record, place, back)}
    assert len(heads) == 1
    run("record", "init", "--name", "Other", "--by", "Clerk", "--record", tmp_path / "other.sqlite")
    mixed = run("record", "copy", tmp_path / "other.sqlite", "--record", record)
    assert mixed.code == 2
    assert "they are two records" in mixed.err


def test_history_carries_its_public_date_as_recorded_and_effective_time(run: Run, tmp_path: Path) -> None:
    file, place = write_history(tmp_path / "h.jsonl", HISTORY), tmp_path / "h.sqlite"
    assert run("record", "import", file, "--record", place, "--json").data["entries"] == 1
    assert run("record", "import", file, "--record", place, "--json").data["entries"] == 0
    (entry,) = run("record", "show", "--record", place, "--json").data["shown"]
    assert entry["recorded_at"] == entry["effective_at"] == "2022-01-01T00:00:00.000000Z"
    assert entry["clock_at"] > "2026"
    assert run("record", "as-of", "2021-12-31", "--record", place, "--json").data["entries"] == 0
    assert run("record", "as-of", "2022-01-01", "--record", place, "--json").data["entries"] == 1


def test_history_does_not_open_a_record_again_nor_come_before_its_end(
    run: Run, record: Path, tmp_path: Path
) -> None:
    ran = run("record", "import", write_history(tmp_path / "h.jsonl", HISTORY), "--record", record)
    assert (ran.code, "history opens a record that is open" in ran.err) == (2, True)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"at": "soon"}, "line 1: 'soon' is no time"),
        ({"kind": "record.closed"}, "line 1: it is of an unknown kind"),
        ({"body": {"name": "x"}}, "line 1: it is no sound record.opened: nature: Field required"),
        ({"body": []}, "line 1: its body is"),
        ({"by": None}, "line 1: its by is None"),
        ({"whom": "x"}, "line 1: it has an unknown field 'whom'"),
        ({"schema": True}, "line 1: its schema is True"),
        ({"releasable_to": [1]}, "line 1: its releasable_to"),
        ({"why": "\ud800"}, "surrogate"),
        ({"why": "\0"}, "NUL"),
    ],
)
def test_history_that_is_not_understood_says_which_line_and_why(
    run: Run, tmp_path: Path, change: dict[str, Any], message: str
) -> None:
    file = write_history(tmp_path / "h.jsonl", [HISTORY[0] | change])
    ran = run("record", "import", file, "--record", tmp_path / "h.sqlite")
    assert ran.code == 2
    assert message in ran.err


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"\xff\xfe", "line 1 is no JSON object"),
        (b"[" * 100_000, "line 1 is no JSON object"),
        (b'{"hash": 1}', "line 1 is no entry: it has no field 'body'"),
    ],
)
def test_a_file_of_something_else_is_refused(run: Run, tmp_path: Path, content: bytes, message: str) -> None:
    file = tmp_path / "h.jsonl"
    file.write_bytes(content)
    ran = run("record", "import", file, "--record", tmp_path / "h.sqlite")
    assert ran.code == 2
    assert message in ran.err


def test_a_password_is_never_printed(run: Run, record: Path, postgres: Server) -> None:
    place, other = (postgres.new_place().replace("@", ":hunter2@", 1) for _ in range(2))
    began = ("record", "init", "--name", "CPX", "--by", "Clerk", "--record", place)
    for words in (
        began,
        ("record", "verify", "--record", place),
        ("record", "copy", place, "--record", record),
    ):
        for form in ((), ("--json",)):
            ran = run(*words, *form)
            assert "hunter2" not in ran.out + ran.err
    assert "began postgresql://postgres:***@" in run(*began[:-1], other).out


def test_a_clock_behind_the_last_entry_is_said(run: Run, record: Path, tmp_path: Path) -> None:
    assert "the clock stands" not in run("record", "show", "--record", record).out
    ahead = str(tmp_path / "ahead.db")
    clock = datetime(2199, 1, 1, tzinfo=UTC)
    Record.create(ahead, name="CPX", nature="exercise", by="Clerk", clock=lambda: clock).close()
    assert "h behind the last entry" in run("record", "show", "--record", ahead).out


def test_no_record_is_begun_where_nobody_could_read_it_again(run: Run, record: Path, tmp_path: Path) -> None:
    history = write_history(tmp_path / "h.jsonl", HISTORY)
    for place, said in ((tmp_path / "new.jsonl", "as a file of entries"), ("memory:", "is gone when")):
        for words in (
            ("record", "init", "--name", "CPX", "--by", "Clerk", "--record", place),
            ("record", "import", history, "--record", place),
            ("record", "copy", place, "--record", record),
        ):
            ran = run(*words)
            assert (ran.code, said in ran.err) == (2, True), ran.err
    assert not (tmp_path / "new.jsonl").exists()
