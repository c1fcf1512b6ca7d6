"""Movement tables: true to the plan, marked, and harmless in a spreadsheet."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from standto.brief.export import export, plain
from standto.errors import FileError
from standto.move.plan import Plan, Vehicle
from standto.move.problem import About, Place, Problem
from tests.advise.small import aircraft, lot, move, plan_of, shuttle, stop, unit

FORMULAS = ['=HYPERLINK("x")', "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1"]


def planned(row: str = "R1", **more: Any) -> tuple[Problem, Plan]:
    problem = move(unit(row, 2.0, pax=150, cargo={"bulk": 10.0}), **more)
    first, second = [lot(row, 100)], [lot(row, 50, bulk=10.0)]
    return problem, plan_of(problem, shuttle(problem, (2.0, first), (14.0, second)))


def read_csv(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_folder_of_csv_files(tmp_path: Path) -> None:
    written = export(*planned(), tmp_path / "out")
    assert [path.name for path in written] == ["about.csv", "by-unit.csv", "by-vehicle.csv", "lots.csv"]
    for path in written:
        assert read_csv(path)[0] == ["EXERCISE: made by hand"]
    _, head, *rows = read_csv(tmp_path / "out" / "by-unit.csv")
    moved = [dict(zip(head, row, strict=True)) for row in rows]
    assert [row["people"] for row in moved] == ["100", "50"]
    assert moved[0]["loading starts (h)"] == "2.0"
    assert moved[0]["departs (UTC)"] == "2022-02-25T21:00:00Z"
    assert moved[0]["unloaded (DTG)"] == "260300ZFEB22"


def test_workbook(tmp_path: Path) -> None:
    target = tmp_path / "plan.xlsx"
    problem, plan = planned()
    assert export(problem, plan, target) == [target]
    book = openpyxl.load_workbook(target)
    assert book.sheetnames == ["about", "by unit", "by vehicle", "lots"]
    for sheet in book:
        assert sheet["A1"].value == "EXERCISE: made by hand"
        assert sheet.oddHeader.center.text == "EXERCISE: made by hand"
    rows = list(book["by vehicle"].iter_rows(min_row=2, values_only=True))
    head = [str(name) for name in rows[0]]
    people = sum(int(str(row[head.index("people off")])) for row in rows[1:])
    assert people == 150
    assert len(rows) - 1 == sum(len(vehicle.stops) for vehicle in plan.vehicles)


def test_a_real_move_says_so_and_no_epoch_leaves_instants_out(tmp_path: Path) -> None:
    problem, plan = planned(epoch=None, about=About(kind="real"))
    export(problem, plan, tmp_path)
    mark, head, *_ = read_csv(tmp_path / "lots.csv")
    assert mark == ["REAL"]
    assert not [name for name in head if "UTC" in name or "DTG" in name]


@pytest.mark.parametrize("text", FORMULAS)
def test_text_that_could_be_a_formula_stays_text(tmp_path: Path, text: str) -> None:
    problem, plan = planned(text, name=text)
    export(problem, plan, tmp_path)
    export(problem, plan, tmp_path / "plan.xlsx")
    for name in ("about", "by-unit", "by-vehicle", "lots"):
        for row in read_csv(tmp_path / f"{name}.csv"):
            for value in row:
                assert not value.lstrip().startswith(("=", "+", "@", "＝")), value
                assert not value.startswith(("\t", "\r", "\n")), value
    for sheet in openpyxl.load_workbook(tmp_path / "plan.xlsx"):
        for cells in sheet.iter_rows():
            for cell in cells:
                assert cell.data_type != "f", cell.value
                if isinstance(cell.value, str):
                    assert not cell.value.lstrip().startswith(("=", "+", "@", "＝")), cell.value


def test_negative_numbers_stay_numbers(tmp_path: Path) -> None:
    problem = move(unit("R1", -5.0), fleets=[aircraft(available_h=-10.0)])
    plan = plan_of(problem, shuttle(problem, (-5.0, [lot("R1")])))
    export(problem, plan, tmp_path)
    export(problem, plan, tmp_path / "plan.xlsx")
    _, head, first, *_ = read_csv(tmp_path / "by-vehicle.csv")
    assert float(dict(zip(head, first, strict=True))["arrives (h)"]) == -10.0
    sheet = openpyxl.load_workbook(tmp_path / "plan.xlsx")["by vehicle"]
    arrives = [cell.value for cell in sheet[2]].index("arrives (h)")
    assert sheet[3][arrives].value == -10.0
    assert sheet[3][arrives].data_type == "n"


def test_control_characters_and_huge_cells_are_cut() -> None:
    assert plain("a\x00b\x1bc\ufffe") == "abc"
    assert plain("x" * 100_000) == "x" * 32_767
    assert plain(-1.5) == -1.5
    assert plain(None) is None


def test_names_never_become_paths(tmp_path: Path) -> None:
    out = tmp_path / "out"
    problem, plan = planned("../../escaped")
    renamed = [Place(id="A", name="/etc/x", slots={"air": None}), problem.places[1]]
    problem = problem.model_copy(update={"places": renamed, "name": "..\\..\\C:"})
    export(problem, plan, out)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert len(list(out.iterdir())) == 4


def test_other_files_of_the_folder_stay(tmp_path: Path) -> None:
    (tmp_path / "notes.csv").write_text("mine")
    (tmp_path / "lots.csv").write_text("old")
    export(*planned(), tmp_path)
    assert (tmp_path / "notes.csv").read_text() == "mine"
    assert read_csv(tmp_path / "lots.csv")[0] == ["EXERCISE: made by hand"]
    assert len(list(tmp_path.iterdir())) == 5


def test_a_target_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(FileError, match="cannot be made"):
        export(*planned(), tmp_path / "file")
    with pytest.raises(FileError, match="cannot be written"):
        export(*planned(), tmp_path / "missing" / "plan.xlsx")
    assert (tmp_path / "file").read_text() == "mine"


def test_a_transfer_shows_every_ride(tmp_path: Path) -> None:
    problem = move(unit("R1", 0.0), fleets=[aircraft(), aircraft(name="D", base="B")])
    load = [lot("R1")]
    first = shuttle(problem, (0.0, load))
    back = Vehicle(
        id="D#1",
        fleet="D",
        base="B",
        stops=[
            stop("B", 0, 7, 8, 8, load=load),
            stop("A", 13, 13, 15, 15, unload=load, load=load),
            stop("B", 20, 20, 21, None, unload=load),
        ],
    )
    export(problem, plan_of(problem, first, back), tmp_path)
    _, head, *rows = read_csv(tmp_path / "by-unit.csv")
    ways = [(row[head.index("vehicle")], row[head.index("from")], row[head.index("to")]) for row in rows]
    assert ways == [("C#1", "A", "B"), ("D#1", "B", "A"), ("D#1", "A", "B")]
