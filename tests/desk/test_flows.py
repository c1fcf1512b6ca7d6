"""Cargo a day into destinations, against figures added up by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.generate import generate
from standto.desk.flows import throughputs
from standto.force.planning import QUEUING_EFFICIENCY
from standto.move.files import write_problem
from standto.move.problem import parse_problem
from tests.desk.conftest import Run
from tests.desk.test_course import ONE


def test_one_slot_and_one_kind_of_aircraft_by_hand() -> None:
    problem = parse_problem(
        ONE.replace(b'"cargo": {}', b'"cargo": {"bulk": 480}').replace(b'"due_h": 1', b'"due_h": 48')
    )
    (found,) = throughputs(problem)
    assert (found.place, found.tonnes, found.days) == ("B", 480.0, 2.0)
    assert found.t_per_day == {"air": pytest.approx(50 * 24 / 1.0 * QUEUING_EFFICIENCY)}
    assert found.uses["air"] == pytest.approx(240 / (1200 * QUEUING_EFFICIENCY))


def test_a_place_without_limits_is_not_listed() -> None:
    assert throughputs(parse_problem(ONE)) == []
    free = ONE.replace(b'"cargo": {}', b'"cargo": {"bulk": 9}').replace(b'{"air": 1}', b'{"air": null}')
    assert throughputs(parse_problem(free)) == []


def test_check_shows_the_flow_of_a_sound_problem_in_text_and_json(run: Run, tmp_path: Path) -> None:
    write_problem(tmp_path / "p.json", generate("M", 1))
    assert "cargo a day into destinations" in run("check", tmp_path / "p.json").out
    flows = run("check", tmp_path / "p.json", "--json").data["flows"]
    least = [min(flow["uses"].values()) for flow in flows]
    assert least == sorted(least, reverse=True)
