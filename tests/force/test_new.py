"""A new scenario works at once and harms nothing."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from standto.errors import FileError, UsageError
from standto.force.files import check_scenario
from standto.force.new import new_scenario
from standto.force.readiness import order_hours, readiness
from standto.force.tables import TABLES


def test_a_new_scenario_has_no_fault(tmp_path: Path) -> None:
    written = new_scenario(tmp_path / "ours", "ours")
    report = check_scenario(tmp_path / "ours", strict=True)
    assert report.faults == ()
    assert report.scenario is not None
    assert report.scenario.settings.name == "ours"
    assert sorted(path.name for path in (tmp_path / "ours").iterdir()) == sorted(
        path.name for path in written
    )


def test_its_alert_makes_every_unit_ready_earlier(tmp_path: Path) -> None:
    new_scenario(tmp_path / "ours", "ours")
    scenario = check_scenario(tmp_path / "ours").scenario
    assert scenario is not None
    ordered = order_hours(scenario)
    without = readiness(scenario.without_alerts(), ordered)
    assert all(found.ready_h < without[unit].ready_h for unit, found in readiness(scenario, ordered).items())


def test_headers_are_the_declared_columns(tmp_path: Path) -> None:
    new_scenario(tmp_path / "ours", "ours")
    for model in TABLES:
        with (tmp_path / "ours" / f"{model.table}.csv").open(encoding="utf-8", newline="") as file:
            assert next(csv.reader(file)) == list(model.model_fields)


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours" / "units.csv").write_text("mine")
    with pytest.raises(FileError, match="there already"):
        new_scenario(tmp_path / "ours", "ours")
    assert [path.name for path in tmp_path.rglob("*")] == ["ours", "units.csv"]
    assert (tmp_path / "ours" / "units.csv").read_text() == "mine"


@pytest.mark.parametrize(
    "name", ["", "..", "../x", "a/b", "a\\b", ".hidden", "x" * 101, 'a"b', "a\nb", "CON", "nul.x"]
)
def test_unsafe_names_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="cannot be the name"):
        new_scenario(tmp_path / "x", name)
    assert list(tmp_path.iterdir()) == []


def test_without_a_parent_folder_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="cannot be made"):
        new_scenario(tmp_path / "no" / "ours", "ours")
    assert list(tmp_path.iterdir()) == []
