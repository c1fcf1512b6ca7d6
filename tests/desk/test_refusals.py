"""Bad use of the command line: one message, exit code 2, no traceback, nothing written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from standto.desk.inputs import read_instant, read_instants
from standto.errors import UsageError
from tests.desk.conftest import Run


@pytest.mark.parametrize(
    "arguments",
    [
        ("plan", "nowhere.json", "-o", "plan.json"),
        ("verify", "nowhere.json", "nowhere-too.json"),
        ("bound", "nowhere.json"),
        ("check", "nowhere.json"),
        ("check", "nowhere"),
        ("problem", "nowhere", "-o", "p.json"),
        ("brief", "nowhere", "-o", "out"),
        ("export", "nowhere.json", "plan.json", "-o", "out.xlsx"),
        ("compare", "a.json"),
        ("plan", "nowhere.json"),
        ("plan", "nowhere.json", "-o", "plan.json", "--goal", "speed"),
        ("plan", "nowhere.json", "-o", "plan.json", "--seconds", "-1"),
        ("plan", "nowhere.json", "-o", "plan.json", "--seconds", "nan"),
        ("plan", "nowhere.json", "-o", "plan.json", "--decide-at", "yesterday"),
        ("frobnicate",),
    ],
)
def test_bad_use_is_exit_code_two(
    run: Run, arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run(*arguments)
    assert ran.code == 2
    assert ran.err.strip()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("plan", "p.json", "--json"), "output"),
        (("plan", "p.json", "-o", "plan.json", "--goal", "speed", "--json"), "speed"),
        (("plan", "p.json", "-o", "plan.json", "--seconds", "-1", "--json"), "seconds"),
        (("frobnicate", "--json"), "frobnicate"),
        (("bound", "--json", "p.json", "--fast"), "--fast"),
        (("compare", "p.json", "--json"), "PLAN"),
    ],
)
def test_bad_use_has_the_same_json_shape(run: Run, arguments: tuple[str, ...], word: str) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.err) == (2, "")
    error = json.loads(ran.out)["error"]
    assert set(error) == {"code", "message", "fix", "file", "faults"}
    assert error["code"] == "usage"
    assert word in error["message"]


def test_an_error_has_one_json_shape(run: Run, tmp_path: Path) -> None:
    (tmp_path / "p.json").write_text('{"format": "standto-lift/1"}')
    ran = run("plan", tmp_path / "p.json", "-o", tmp_path / "plan.json", "--json")
    assert ran.code == 2
    error = json.loads(ran.out)["error"]
    assert set(error) == {"code", "message", "fix", "file", "faults"}
    assert error["code"] == "problem"
    assert {fault["field"] for fault in error["faults"]} == {"places", "links", "fleets", "requirements"}


def test_output_into_a_missing_folder_is_refused(run: Run, drill: Path, tmp_path: Path) -> None:
    ran = run("problem", drill, "-o", tmp_path / "no" / "such" / "p.json")
    assert ran.code == 2
    assert "p.json" in ran.err


def test_decide_at_needs_a_scenario(run: Run, drill: Path, tmp_path: Path) -> None:
    run("problem", drill, "-o", tmp_path / "p.json")
    ran = run("plan", tmp_path / "p.json", "-o", tmp_path / "x.json", "--decide-at", "2022-02-25T12:00Z")
    assert ran.code == 2
    assert "scenario" in ran.err


def test_unknown_alert_and_variant_are_named(run: Run, drill: Path, tmp_path: Path) -> None:
    for option in ("--without-alert", "--variant"):
        ran = run("problem", drill, "-o", tmp_path / "p.json", option, "nonsense")
        assert ran.code == 2
        assert "nonsense" in ran.err


def test_terminal_escapes_in_names_are_shown_not_obeyed(run: Run, tmp_path: Path) -> None:
    place = {"id": "\x1b[31mA", "slots": {"air": -1}}
    (tmp_path / "p.json").write_text(json.dumps({"format": "standto-lift/1", "places": [place]}))
    ran = run("bound", tmp_path / "p.json")
    assert ran.code == 2
    assert "\x1b" not in ran.err


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2022-02-25T12:00Z", "2022-02-25T12:00:00+00:00"),
        ("2022-02-25T12:00+01:00", "2022-02-25T11:00:00+00:00"),
        ("2022-02-25", "2022-02-25T00:00:00+00:00"),
        ("251200ZFEB22", "2022-02-25T12:00:00+00:00"),
        (" 251200zfeb22 ", "2022-02-25T12:00:00+00:00"),
    ],
)
def test_instants_are_read(text: str, iso: str) -> None:
    assert read_instant(text).isoformat() == iso


@pytest.mark.parametrize(
    "text", ["", "now", "2022-02-25T12:00", "311200ZFEB22", "251200ZFOO22", "2022-13-01", "25/02/2022"]
)
def test_other_times_are_refused(text: str) -> None:
    with pytest.raises(UsageError, match="time"):
        read_instant(text)


def test_times_are_separated_by_commas_and_counted_once() -> None:
    assert len(read_instants("2022-02-25,2022-02-25T00:00Z,2022-02-26")) == 2
    assert read_instants("") == ()
