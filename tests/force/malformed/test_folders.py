"""Every fault of a folder is found where it is, with words that say what to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from standto.errors import FileError, ScenarioError
from standto.force.checks import CHECKS
from standto.force.files import check_scenario, read_scenario
from tests.force.folders import Folder, as_csv
from tests.force.malformed.breaks import CELLS, CHECKED, FILES, SETTINGS, Break

ALL = [*CELLS, *FILES, *SETTINGS, *CHECKED]


@pytest.mark.parametrize("broken", ALL, ids=lambda broken: broken.name)
def test_the_fault_is_named_with_its_place_and_its_cure(broken: Break, good: Folder, tmp_path: Path) -> None:
    broken.harm(good)
    path = good.write(tmp_path / "broken")
    report = check_scenario(path)
    found = [
        fault
        for fault in report.faults
        if (fault.file, fault.row, fault.field, fault.check, fault.severity)
        == (broken.file, broken.row, broken.column, broken.check, broken.severity)
        and broken.says in fault.message
    ]
    assert found, [str(fault) for fault in report.faults]
    assert all(fault.fix and fault.table for fault in report.faults)
    assert all(len(str(fault)) < 1000 for fault in report.faults)
    if broken.severity == "error":
        assert report.scenario is None
        with pytest.raises(ScenarioError):
            read_scenario(path)
    else:
        assert report.scenario is not None
        with pytest.raises(ScenarioError):
            read_scenario(path, strict=True)


def test_every_check_is_broken_once() -> None:
    by_rail_and_road = {"rail-throughput", "rolling-stock-short", "march-pass-time"}
    assert {check.name for check in CHECKS} - by_rail_and_road <= {broken.check for broken in ALL}


def test_all_faults_come_at_once_in_the_order_of_the_tables(good: Folder, tmp_path: Path) -> None:
    good.cell("fleets", 2, "kmh", "fast")
    good.cell("units", 3, "strength", "-3")
    good.cell("units", 2, "notice_h", "soon")
    good.cell("requirements", 2, "destination", "atlantis")
    good.settings = good.settings.replace('"exercise"', '"game"')
    faults = check_scenario(good.write(tmp_path / "broken")).faults
    assert [(fault.table, fault.row) for fault in faults] == [
        ("scenario", ""),
        ("units", "2"),
        ("units", "3"),
        ("fleets", "2"),
        ("requirements", "2"),
    ]


def test_a_row_that_cannot_be_read_makes_no_other_row_refer_to_nothing(good: Folder, tmp_path: Path) -> None:
    good.cell("units", 2, "strength", "many")
    (fault,) = check_scenario(good.write(tmp_path / "broken")).faults
    assert fault.field == "strength"


@pytest.mark.parametrize(
    "change",
    [
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: data.replace(b"\n", b"\r"),
        lambda data: b"\n" + data.replace(b"\n", b"\n\n") + b" , ,\n",
        lambda data: data.replace(b",", b" , "),
    ],
    ids=["byte order mark", "CRLF", "CR", "blank lines", "spaces"],
)
def test_harmless_differences_are_accepted(
    change: Callable[[bytes], bytes], good: Folder, tmp_path: Path
) -> None:
    plain = read_scenario(good.write(tmp_path / "plain"))
    for table, rows in good.tables.items():
        good.raw[f"{table}.csv"] = change(as_csv(rows))
    assert read_scenario(good.write(tmp_path / "other")) == plain


def test_an_optional_table_may_be_missing(good: Folder, tmp_path: Path) -> None:
    for table in ("nations", "tasks", "packages", "links", "alerts", "decisions"):
        del good.tables[table]
    good.tables["requirements"] = [row[:] for row in good.tables["requirements"]]
    for row in range(2, 5):
        good.cell("requirements", row, "decision", "")
    scenario = read_scenario(good.write(tmp_path / "small"))
    assert (scenario.nations, scenario.alerts) == ((), ())


def test_a_table_of_faults_is_not_listed_without_end(good: Folder, tmp_path: Path) -> None:
    good.cell("units", 2000, "strength", "x")
    for row in range(2, 2001):
        good.cell("units", row, "strength", "x")
    faults = check_scenario(good.write(tmp_path / "broken")).faults
    assert len(faults) == 501
    assert "more than 500 faults" in faults[0].message


def test_a_link_out_of_the_folder_is_not_followed(good: Folder, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("password\n")
    path = good.write(tmp_path / "broken")
    (path / "units.csv").unlink()
    (path / "units.csv").symlink_to(secret)
    (fault,) = check_scenario(path).errors
    assert "leads out of" in fault.message
    assert "password" not in str(fault)


@pytest.mark.parametrize("kind", ["folder", "dangling", "circle"])
def test_what_is_no_plain_file_is_refused(kind: str, good: Folder, tmp_path: Path) -> None:
    path = good.write(tmp_path / "broken")
    (path / "units.csv").unlink()
    if kind == "folder":
        (path / "units.csv").mkdir()
    else:
        (path / "units.csv").symlink_to(path / ("nowhere" if kind == "dangling" else "units.csv"))
    (fault,) = check_scenario(path).errors
    assert (fault.file, fault.fix) == ("units.csv", "put the file itself into the folder")


def test_no_settings_file(good: Folder, tmp_path: Path) -> None:
    path = good.write(tmp_path / "broken")
    (path / "scenario.toml").unlink()
    (fault,) = check_scenario(path).errors
    assert str(fault) == "scenario.toml: is missing (add it with at least name, kind and epoch)"


def test_what_is_no_scenario_at_all_is_a_file_error(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("x")
    for path in (tmp_path / "nothing", tmp_path / "notes.txt"):
        with pytest.raises(FileError):
            check_scenario(path)
