"""Scenario folders are read as declared."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest

from standto.errors import FileError, ScenarioError
from standto.force.files import check_scenario, read_bytes, read_scenario, write_bytes

TOML = 'name = "Thin"\nkind = "exercise"\nepoch = 2030-05-01T06:00:00Z\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two units, one fleet, one place to go to."""
    (tmp_path / "scenario.toml").write_text(TOML)
    (tmp_path / "nations.csv").write_text("id,name\nDEU,Germany\n")
    (tmp_path / "places.csv").write_text("id,air_slots\nETAR,4\nEPRZ,any\n")
    (tmp_path / "units.csv").write_text(
        "id,nation,strength,home,notice_h\nA,DEU,100,ETAR,48 24 12\nB,DEU,200,ETAR,240;120;48\n"
    )
    (tmp_path / "fleets.csv").write_text(
        "id,mode,bases,seats,kmh,load_h,unload_h\nA400M,air,ETAR:3,110,700,2,2\n"
    )
    (tmp_path / "requirements.csv").write_text("id,unit,destination,due_h\nR1,A,EPRZ,72\nR2,B,EPRZ,96\n")
    return tmp_path


def test_a_correct_folder_becomes_a_scenario(folder: Path) -> None:
    scenario = read_scenario(folder)
    assert scenario.settings.epoch == datetime(2030, 5, 1, 6, tzinfo=UTC)
    assert [unit.notice_h for unit in scenario.units] == [(48, 24, 12), (240, 120, 48)]
    assert [place.air_slots for place in scenario.places] == [4, -1]
    assert scenario.fleets[0].bases == {"ETAR": 3}
    assert scenario.requirements[1].due_h == 96


def test_a_faulty_cell_is_named_and_nothing_is_returned(folder: Path) -> None:
    (folder / "requirements.csv").write_text("id,unit,destination,due_h\nR1,A,EPRZ,soon\n")
    report = check_scenario(folder)
    assert report.scenario is None
    (fault,) = report.errors
    assert (fault.file, fault.table, fault.row, fault.field) == (
        "requirements.csv",
        "requirements",
        "2",
        "due_h",
    )
    with pytest.raises(ScenarioError):
        read_scenario(folder)


@pytest.mark.parametrize("name", ["plan.json", "plan.json.gz"])
def test_what_is_written_is_read_back(name: str, tmp_path: Path) -> None:
    data = b"\x00" + "Rzeszów".encode() * 1000
    write_bytes(tmp_path / name, data)
    assert read_bytes(tmp_path / name) == data
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_packing_is_the_same_every_time(tmp_path: Path) -> None:
    for name in ("a.gz", "b.gz"):
        write_bytes(tmp_path / name, b"x" * 1000)
    assert (tmp_path / "a.gz").read_bytes() == (tmp_path / "b.gz").read_bytes()


def test_a_file_that_cannot_be_written_leaves_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    for path in (tmp_path / "no" / "x.json", tmp_path / "taken"):
        with pytest.raises(FileError, match="cannot be written"):
            write_bytes(path, b"x")
    assert [path.name for path in tmp_path.rglob("*")] == ["taken"]


def test_files_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    (tmp_path / "cut.gz").write_bytes(gzip.compress(b"x" * 1000)[:-9])
    (tmp_path / "large").write_bytes(gzip.compress(b"x" * 3_000_000))
    for path, says in [("cut.gz", "whole gzip"), ("none", "no such file"), ("", "cannot be read")]:
        with pytest.raises(FileError, match=says) as caught:
            read_bytes(tmp_path / path)
        assert caught.value.file == str(tmp_path / path)
    with pytest.raises(FileError, match="more than 1 MB"):
        read_bytes(tmp_path / "large", most=1024 * 1024)
