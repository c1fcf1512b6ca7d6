"""Briefs and comparisons on disk: the page, the figures it shows as JSON, and its other forms."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from standto.brief.page import BriefInput
from standto.errors import FileError
from standto.force.files import make_folder, write_bytes

if TYPE_CHECKING:
    from standto.brief.compared.page import CompareInput

BRIEF, COMPARE = "brief", "compare"
SLIDE = re.compile(
    r"\d{2}-(?:answer|curve|map|destinations|units|late|bottlenecks|alert|basis"
    r"|differs|gains|moved|build-up|rests)\.png"
)
"""The names that slides of briefs and of comparisons have."""


@dataclass(frozen=True, slots=True)
class Forms:
    """What is written besides the page: brief.pdf, brief.md, slides into a folder of their own."""

    pdf: bool = False
    md: bool = False
    png: Path | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """A comparison on disk, and what it says first."""

    html: Path
    banner: str
    headline: str


def write_brief(folder: Path | str, given: BriefInput, forms: Forms = Forms()) -> Path:
    """Write brief.html and brief.json into a folder (made if missing), each whole or not at all.

    The other forms are made from that very page before anything is written.

    Returns
    -------
    Path
        The HTML file.

    Raises
    ------
    FileError
        If the folder cannot be made or written.
    """
    from standto.brief.render import render

    page, figures = render(given)
    return _write(Path(folder), BRIEF, page, figures, given.generated, forms)


def write_comparison(folder: Path | str, given: CompareInput, forms: Forms = Forms()) -> Written:
    """Write compare.html and compare.json in the same way.

    Raises
    ------
    FileError
        If the folder cannot be made or written.
    """
    from standto.brief.compared.render import render_comparison

    page, figures = render_comparison(given)
    html = _write(Path(folder), COMPARE, page, figures, given.generated, forms)
    return Written(html, figures["banner"], figures["headline"])


def _write(
    folder: Path, stem: str, page: str, figures: dict[str, Any], generated: datetime, forms: Forms
) -> Path:
    others = _others(folder, stem, page, generated, forms)
    make_folder(folder)
    html = folder / f"{stem}.html"
    write_bytes(html, page.encode("utf-8", "replace"))
    write_bytes(folder / f"{stem}.json", _lines(figures).encode("utf-8", "replace"))
    if forms.png is not None:
        make_folder(forms.png)
    for path, content in others.items():
        write_bytes(path, content)
    if forms.png is not None:
        _clear(forms.png, set(others))
    return html


def _clear(folder: Path, made: set[Path]) -> None:
    """Take away the slides of an earlier brief, known by their names; whatever else is there stays."""
    for path in folder.iterdir():
        if path not in made and SLIDE.fullmatch(path.name):
            try:
                path.unlink()
            except OSError as error:
                fix = "name an empty folder for the slides"
                raise FileError(
                    f"is a slide of an earlier brief and stays: {error.strerror}", fix=fix, file=str(path)
                ) from None


def written_forms(folder: Path | str, forms: Forms, stem: str = BRIEF) -> list[Path]:
    """Where the other forms of a brief (or of a comparison) are."""
    names = [name for name, wanted in ((f"{stem}.pdf", forms.pdf), (f"{stem}.md", forms.md)) if wanted]
    return [Path(folder) / name for name in names] + ([forms.png] if forms.png is not None else [])


def _others(folder: Path, stem: str, page: str, generated: datetime, forms: Forms) -> dict[Path, bytes]:
    if forms == Forms():
        return {}
    from standto.brief.paper.markdown import markdown
    from standto.brief.paper.reading import read_page
    from standto.brief.paper.typesetting import pdf, slides

    document = read_page(page)
    found: dict[Path, bytes] = {}
    if forms.pdf:
        found[folder / f"{stem}.pdf"] = pdf(document, generated)
    if forms.md:
        found[folder / f"{stem}.md"] = markdown(document).encode("utf-8", "replace")
    if forms.png is not None:
        for number, (name, picture) in enumerate(slides(document), start=1):
            found[forms.png / f"{number:02d}-{name}.png"] = picture
    return found


def _lines(figures: dict[str, Any]) -> str:
    """The figures as JSON with one on each line: short, and easy to search."""

    def written(value: object) -> str:
        return json.dumps(value, ensure_ascii=False, allow_nan=False)

    parts = [f" {written(key)}: {written(value)}" for key, value in figures.items() if key != "figures"]
    rows = ",\n".join(f"  {written(key)}: {written(one)}" for key, one in figures["figures"].items())
    return "{\n" + ",\n".join([*parts, f' "figures": {{\n{rows}\n }}']) + "\n}\n"
