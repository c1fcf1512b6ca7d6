"""Problems and plans on disk: packed or not, guarded by size, whole or not at all."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from standto.errors import FileError, PlanError, ProblemError
from standto.move.files import read_plan, read_problem, write_plan, write_problem
from tests.move.check.cases import Movement


@pytest.mark.parametrize("suffix", [".json", ".json.gz"])
def test_written_and_read_again(tmp_path: Path, suffix: str) -> None:
    problem, plan = Movement().read()
    write_problem(tmp_path / f"p{suffix}", problem)
    write_plan(tmp_path / f"plan{suffix}", plan)
    assert read_problem(tmp_path / f"p{suffix}").to_bytes() == problem.to_bytes()
    assert read_plan(tmp_path / f"plan{suffix}") == plan
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"p{suffix}", f"plan{suffix}"]


def test_packed_and_plain_have_one_hash_and_packing_is_reproducible(tmp_path: Path) -> None:
    problem = Movement().read()[0]
    names = ["a.json", "b.json.gz", "c.json.gz"]
    for name in names:
        write_problem(tmp_path / name, problem)
    assert len({read_problem(tmp_path / name).sha256 for name in names}) == 1
    assert (tmp_path / "b.json.gz").read_bytes() == (tmp_path / "c.json.gz").read_bytes()


def packed(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "p.json.gz"
    path.write_bytes(data)
    return path


def test_truncated_gzip(tmp_path: Path) -> None:
    whole = gzip.compress(Movement().read()[0].to_bytes())
    with pytest.raises(FileError, match="not a whole gzip file") as caught:
        read_problem(packed(tmp_path, whole[: len(whole) // 2]))
    assert caught.value.fix


def test_damaged_gzip(tmp_path: Path) -> None:
    whole = bytearray(gzip.compress(Movement().read()[0].to_bytes()))
    whole[len(whole) // 2] ^= 0xFF
    with pytest.raises(FileError, match="not a whole gzip file"):
        read_problem(packed(tmp_path, bytes(whole)))


def test_gzip_in_name_only_is_read_as_it_is(tmp_path: Path) -> None:
    problem = Movement().read()[0]
    assert read_problem(packed(tmp_path, problem.to_bytes())).to_bytes() == problem.to_bytes()


def test_gzip_that_unpacks_past_the_guard(tmp_path: Path) -> None:
    bomb = gzip.compress(b" " * 5_000_000)
    assert len(bomb) < 10_000
    with pytest.raises(FileError, match="more than"):
        read_problem(packed(tmp_path, bomb), most=1024 * 1024)
    with pytest.raises(FileError, match="more than"):
        read_plan(packed(tmp_path, bomb), most=1024 * 1024)


def test_file_past_the_guard(tmp_path: Path) -> None:
    path = tmp_path / "p.json"
    write_problem(path, Movement().read()[0])
    with pytest.raises(FileError, match="more than"):
        read_problem(path, most=100)
    assert read_problem(path, most=path.stat().st_size).places


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="no such file"):
        read_plan(tmp_path / "none.json")
    with pytest.raises(FileError, match="cannot be read"):
        read_plan(tmp_path)
    with pytest.raises(FileError, match="cannot be written"):
        write_plan(tmp_path / "no" / "plan.json", Movement().read()[1])


def test_a_plan_is_no_problem_and_the_file_is_named(tmp_path: Path) -> None:
    problem, plan = Movement().read()
    write_plan(tmp_path / "plan.json", plan)
    write_problem(tmp_path / "p.json", problem)
    with pytest.raises(ProblemError, match=r"plan\.json"):
        read_problem(tmp_path / "plan.json")
    with pytest.raises(PlanError, match=r"p\.json"):
        read_plan(tmp_path / "p.json")
