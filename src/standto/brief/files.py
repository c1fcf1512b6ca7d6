"""The brief on disk: brief.html and, beside it, the figures it shows as brief.json."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from standto.brief.page import BriefInput
from standto.brief.render import render
from standto.force.files import make_folder, write_bytes


def write_brief(folder: Path | str, given: BriefInput) -> Path:
    """Write brief.html and brief.json into a folder (made if missing), each whole or not at all.

    Returns
    -------
    Path
        The HTML file.

    Raises
    ------
    FileError
        If the folder cannot be made or written.
    """
    folder = Path(folder)
    page, figures = render(given)
    make_folder(folder)
    html = folder / "brief.html"
    write_bytes(html, page.encode("utf-8", "replace"))
    write_bytes(folder / "brief.json", _lines(figures).encode("utf-8", "replace"))
    return html


def _lines(figures: dict[str, Any]) -> str:
    """The figures as JSON with one on each line: short, and easy to search."""

    def written(value: object) -> str:
        return json.dumps(value, ensure_ascii=False, allow_nan=False)

    parts = [f" {written(key)}: {written(value)}" for key, value in figures.items() if key != "figures"]
    rows = ",\n".join(f"  {written(key)}: {written(one)}" for key, one in figures["figures"].items())
    return "{\n" + ",\n".join([*parts, f' "figures": {{\n{rows}\n }}']) + "\n}\n"
