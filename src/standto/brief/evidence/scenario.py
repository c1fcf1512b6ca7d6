"""The scenario's own tables as evidence, and the rows that each requirement was made from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from standto.brief.evidence.table import Column, Table, columns
from standto.force.scenario import Scenario
from standto.force.tables import TABLES, Row
from standto.move.problem import Problem

REFERENCES = {
    ("requirements", "unit"): "scenario.units",
    ("requirements", "destination"): "scenario.places",
    ("requirements", "origin"): "scenario.places",
    ("requirements", "decision"): "scenario.decisions",
    ("units", "home"): "scenario.places",
    ("units", "nation"): "scenario.nations",
    ("alerts", "units"): "scenario.units",
    ("packages", "units"): "scenario.units",
}
SOURCES = "scenario.sources"


def origins(scenario: Scenario, problem: Problem) -> dict[str, tuple[str, str]]:
    """Requirement of the problem to its row of `requirements` and of `units`; parts of a row share it."""
    rows = {row.id: row.unit for row in scenario.requirements}
    found = {}
    for one in problem.requirements:
        name = one.id if one.id in rows else one.id.rstrip("'").removesuffix(".rest")
        if name in rows:
            found[one.id] = (name, rows[name])
    return found


def scenario_tables(scenario: Scenario) -> Iterator[Table]:
    """Each table that has rows, as it was read, and the settings with sources and assumptions."""
    for model in TABLES:
        rows: tuple[Row, ...] = getattr(scenario, model.table)
        if rows:
            yield _table(model, rows)
    settings = scenario.settings
    plain = settings.model_dump(mode="json", exclude={"sources", "assumptions", "summary"})
    pairs = [(key, _cell(value)) for key, value in plain.items() if value not in (None, "", {}, [])]
    home = "scenario.toml"
    yield Table("scenario.settings", "Settings", home, columns("id", "value"), pairs)
    yield Table(SOURCES, "Sources", home, columns("id", "says"), [*settings.sources.items()])
    yield Table(
        "scenario.assumptions", "Assumptions", home, columns("id", "why"), [*settings.assumptions.items()]
    )


def _table(model: type[Row], rows: tuple[Row, ...]) -> Table:
    heads, used = [], []
    for name, info in model.model_fields.items():
        values = [getattr(row, name) for row in rows]
        if name != model.key and all(value in (None, "", ()) for value in values):
            continue
        extra = info.json_schema_extra
        unit = str(extra.get("unit", "")) if isinstance(extra, dict) else ""
        ref = SOURCES if name == "source" else REFERENCES.get((model.table, name), "")
        heads.append(Column(name, name.replace("_", " "), unit, ref))
        used.append(name)
    data = [tuple(_cell(getattr(row, name), name) for name in used) for row in rows]
    title = f"Scenario: {model.table}"
    return Table(f"scenario.{model.table}", title, f"{model.table}.csv", tuple(heads), data)


def _cell(value: Any, name: str = "") -> Any:
    """A cell as the table writes it; ids that refer to other rows stay a list."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%dT%H:%MZ}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name == "source" and isinstance(value, str):
        return value.replace(";", " ").split() if value else ""
    if isinstance(value, dict):
        return " ".join(f"{key}:{part}" for key, part in value.items())
    if isinstance(value, tuple | list):
        parts = [part for part in value if not isinstance(part, tuple | list)]
        texts = [f"{part:g}" if isinstance(part, float) else str(part) for part in parts]
        return texts if name == "units" else " ".join(texts)
    return value
