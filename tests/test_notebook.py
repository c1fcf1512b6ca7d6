"""The example notebook: executed, its outputs kept, and its cells still run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import matplotlib as mpl
import pytest

EXAMPLES = Path(__file__).parents[1] / "examples"


@pytest.fixture
def cells() -> list[dict[str, Any]]:
    notebook = json.loads((EXAMPLES / "notebook.ipynb").read_text(encoding="utf-8"))
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def test_every_cell_was_executed_in_order_without_error(cells: list[dict[str, Any]]) -> None:
    assert [cell["execution_count"] for cell in cells] == list(range(1, len(cells) + 1))
    assert not [out for cell in cells for out in cell["outputs"] if out["output_type"] == "error"]


def test_the_cells_still_run(cells: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(EXAMPLES)
    mpl.use("Agg")
    names: dict[str, Any] = {}
    for cell in cells:
        exec("".join(cell["source"]).replace("Rounds(200)", "Rounds(5)"), names)
    assert names["verdict"].ok
    assert names["bound"].closure_h <= names["plan"].totals.closure_h + 1e-6
