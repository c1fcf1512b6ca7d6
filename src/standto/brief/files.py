"""The brief on disk: brief.html and, beside it, the figures it shows as brief.json."""

from __future__ import annotations

import json
from pathlib import Path

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
    data = json.dumps(figures, ensure_ascii=False, indent=1)
    write_bytes(folder / "brief.json", data.encode("utf-8", "replace") + b"\n")
    return html
