"""Figures and their evidence: 200 of a page worked out again, and rows that add up to every figure."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from standto.brief.evidence.pack import unpack
from standto.brief.page import BriefInput
from standto.brief.render import render
from tests.brief.examples import EXAMPLES, flank_brief, flood_brief
from tests.brief.recompute import Recompute
from tests.brief.sample_value import full_input

SHOWN = re.compile(r'<data class="n" data-ref="([^"]+)" value="([^"]*)"')


def holds(value: Any, sign: str, wanted: Any) -> bool:
    """Whether a cell meets a condition of a source, as docs/concepts/brief.md says it."""
    empty = value is None or value == ""
    if sign == "has":
        return wanted in value
    if sign == "in":
        return value in wanted
    if sign == "<=":
        return not empty and bool(value <= wanted + 1e-6)
    if sign == ">":
        return not empty and (wanted == "" or bool(value > wanted + 1e-9))
    return empty if wanted == "" else bool(value == wanted)


def fold(how: str, values: list[float]) -> float:
    """What a source makes of its column."""
    return sum(values) if how == "sum" else len(values) if how == "count" else max(values)


def outside_the_map(page: str) -> str:
    """The page without the section that draws the map, whose figures are tested with it."""
    return re.sub(r'<section id="map".*?</section>', "", page, flags=re.DOTALL)


@pytest.fixture(scope="module", params=["flood-pool", "eastern-flank-2022", "sample"])
def brief(request: pytest.FixtureRequest) -> tuple[BriefInput, Path | None]:
    if request.param == "sample":
        return replace(full_input(24), value=None, decisions=()), None
    given = flood_brief() if request.param == "flood-pool" else flank_brief()
    return given, EXAMPLES / str(request.param)


def test_two_hundred_numbers_of_the_page_are_worked_out_again(
    brief: tuple[BriefInput, Path | None],
) -> None:
    given, folder = brief
    shown = sorted(set(SHOWN.findall(outside_the_map(render(given)[0]))))
    assert len(shown) > (150 if folder is not None and folder.name == "flood-pool" else 200)
    again = Recompute(given, folder)
    wrong = []
    for key, written in random.Random(2022).sample(shown, min(200, len(shown))):
        value = again.value(key)
        if value is None or abs(value - float(written)) > 2e-3:
            wrong.append(f"{key}: the page says {written}, worked out again it is {value}")
    assert wrong == []


def table_rows(table: dict[str, Any]) -> list[dict[str, Any]]:
    """A packed table as rows, differences added up again."""
    rows: list[dict[str, Any]] = []
    for cells in zip(*table["data"], strict=True):
        row: dict[str, Any] = {}
        for (key, _, _, _, since), cell in zip(table["columns"], cells, strict=True):
            if since and cell is not None:
                start = (rows[-1] if rows else {}).get(since[1:]) if since[0] == "<" else row[since]
                row[key] = cell / 1000 + (start or 0.0)
            else:
                row[key] = cell
        rows.append(row)
    return rows


def evidence_of(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="text/plain" id="evidence">([^<]*)</script>', page)
    assert found is not None
    return unpack(found.group(1))


def test_every_source_points_to_rows_that_are_there_and_add_up(
    brief: tuple[BriefInput, Path | None],
) -> None:
    page, written = render(brief[0])
    held = evidence_of(page)
    assert held["figures"] == json.loads(json.dumps(written["figures"]))
    tables = {name: table_rows(table) for name, table in held["tables"].items()}
    added = 0
    for key, figure in held["figures"].items():
        assert figure["source"]["path"], key
        several = figure["source"].get("rows", [])
        folded = []
        for wanted in several:
            if wanted["table"] not in tables:
                assert wanted["table"].startswith("scenario."), f"{key}: no table {wanted['table']}"
                continue
            rows = [
                row
                for row in tables[wanted["table"]]
                if all(holds(row[column], sign, than) for column, sign, than in wanted.get("where", []))
            ]
            if wanted.get("fold"):
                values = [row.get(wanted.get("column"), 0) for row in rows]
                known = [value for value in values if value is not None]
                folded.append(fold(wanted["fold"], known))
        if (
            len(folded) == 1
            and "first" not in figure["source"].get("how", "")
            and " - " not in figure["source"]["path"]
        ):
            added += 1
            assert folded[0] == pytest.approx(figure["value"], abs=0.02), key
    assert added > 60


def test_a_requirement_opens_the_rows_of_the_scenario() -> None:
    tables = evidence_of(render(flood_brief())[0])["tables"]
    parts = {row["id"]: row for row in table_rows(tables["problem.requirements"])}
    scenario = {row["id"] for row in table_rows(tables["scenario.requirements"])}
    units = {row["id"] for row in table_rows(tables["scenario.units"])}
    assert all(row["row"] in scenario and row["unit_row"] in units for row in parts.values())


def test_stops_unpack_to_the_hours_of_the_plan() -> None:
    given = full_input(12)
    rows = table_rows(evidence_of(render(given)[0])["tables"]["plan.stops"])
    stops = [stop for vehicle in given.plan.vehicles for stop in vehicle.stops]
    assert len(rows) == len(stops)
    for row, stop in zip(rows, stops, strict=True):
        told = [row[name] for name in ("arrive_h", "start_h", "end_h", "depart_h")]
        hours = [stop.arrive_h, stop.start_h, stop.end_h, stop.depart_h]
        assert [hour is None for hour in told] == [hour is None for hour in hours]
        assert [hour or 0.0 for hour in told] == pytest.approx([hour or 0.0 for hour in hours], abs=1e-3)
