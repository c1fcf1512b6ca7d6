"""Setting a brief on A4 pages (PDF/UA) and on slides (PNG), by Typst.

The Typst program is a file of ours; all words reach it as data, so that no name of a unit or place can be
taken for a command. A PDF that says it is accessible may hold no sign that its typeface lacks: such signs are
replaced.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from itertools import pairwise
from typing import Any

from standto.brief.data.files import data_bytes, data_folder, data_text
from standto.brief.paper.blocks import (
    Beside,
    Block,
    Bullets,
    Cards,
    Cell,
    Document,
    Drawing,
    Grid,
    Heading,
    Legend,
    Part,
    Terms,
    Words,
)
from standto.errors import FileError

LACKING = "\N{WHITE SQUARE}"
STANDARD = "ua-1"
SLIDE_PPI = 144.0
"""A slide is 960 by 540 points: 1920 by 1080 pixels at this many to the inch."""
SLIDE_ROWS, SLIDE_TERMS, SLIDE_SMALL = 12, 9, 8
"""What of a table or list a slide shows; the page and the PDF have all of it."""
SHORT = 14
"""Cells up to so many letters keep their own width."""


def pdf(document: Document, made: datetime) -> bytes:
    """The brief as a tagged PDF/UA-1 of A4 pages.

    Raises
    ------
    FileError
        If the pages cannot be set.
    """
    behind = [block for part in document.parts for block in part.behind]
    return _set(document, document.parts, behind, "pages", made)[0]


def slides(document: Document) -> list[tuple[str, bytes]]:
    """One slide of 1920 by 1080 pixels for every section: its id and the picture as PNG."""
    shown = [replace(part, blocks=on_a_slide(part.blocks)) for part in document.parts]
    pictures = _set(document, shown, (), "slides")
    return [(part.id, picture) for part, picture in zip(shown, pictures, strict=True)]


def _set(
    document: Document,
    parts: Sequence[Part],
    behind: Sequence[Block],
    form: str,
    made: datetime | None = None,
) -> list[bytes]:
    import typst

    data = {
        "form": form,
        "title": document.title,
        "what": document.what,
        "when": document.when,
        "banner": document.banner,
        "author": "Standto",
        "description": document.parts[0].title if document.parts else "",
        "foot": document.foot,
        "behind": [_written(block) for block in behind],
        "parts": [
            {
                "name": part.name,
                "title": part.title,
                "lead": part.lead,
                "blocks": [_written(block) for block in part.blocks],
            }
            for part in parts
        ],
    }
    options: dict[str, Any] = {
        "format": "pdf",
        "pdf_standards": [STANDARD],
        "timestamp": made and made.replace(microsecond=0),
    }
    if form == "slides":
        options = {"format": "png", "ppi": SLIDE_PPI}
    try:
        found = typst.compile(
            data_bytes("paper.typ"),
            sys_inputs={"doc": json.dumps(_shown(data))},
            font_paths=[data_folder()],
            ignore_system_fonts=True,
            **options,
        )
    except typst.TypstError as error:
        raise FileError(
            f"the brief cannot be set on {form}: {error.message}", fix="use the HTML page"
        ) from None
    return list(found) if isinstance(found, list) else [found]


def on_a_slide(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """What of a section a slide has room for: drawings side by side, the head of a table, a few terms."""
    kept: list[Block] = []
    drawn: list[tuple[Block, ...]] = []
    small: tuple[tuple[Block, ...], ...] = ()
    tables: list[tuple[Heading | None, Grid]] = []
    heading: Heading | None = None
    for block in blocks:
        if isinstance(block, Words):
            continue
        if isinstance(block, Heading):
            heading = block
            continue
        if isinstance(block, Drawing):
            drawn.append((heading, block) if heading is not None else (block,))
        elif isinstance(block, Grid):
            tables.append((heading, block))
        elif isinstance(block, Terms):
            if not any(isinstance(one, Terms) for one in kept):
                more = len(block.pairs) > SLIDE_TERMS
                named = heading.words if heading is not None else ""
                kept += [Heading(f"{named}: the first {SLIDE_TERMS}" if more else named)] if named else []
                kept.append(Terms(block.pairs[:SLIDE_TERMS]))
        elif isinstance(block, Beside):
            small = small or block.columns[:SLIDE_SMALL]
        elif isinstance(block, (Cards, Legend)):
            kept.append(block)
        heading = None
    kept += _one_table(tables)
    if drawn or small:
        kept.append(Beside(tuple(drawn[:2]) or small))
    return tuple(kept)


def _one_table(tables: Sequence[tuple[Heading | None, Grid]]) -> list[Block]:
    """The first table with the rows of all that have its heads, cut to what a slide holds."""
    if not tables:
        return []
    heading, first = tables[0]
    alike = [one for _, one in tables if one.heads == first.heads]
    joined = _head(replace(first, rows=tuple(row for one in alike for row in one.rows)))
    return [joined] if heading is None or len(alike) > 1 else [heading, joined]


def _head(block: Grid) -> Grid:
    more = len(block.rows) - SLIDE_ROWS
    if more <= 0:
        return block
    name = f"{block.name} · " if block.name else ""
    return replace(
        block, rows=block.rows[:SLIDE_ROWS], name=f"{name}the first {SLIDE_ROWS} of {len(block.rows)} rows"
    )


def _written(block: Block) -> dict[str, Any]:
    """A block as the program reads it."""
    match block:
        case Heading(words):
            return {"kind": "heading", "words": words}
        case Words(words, note):
            return {"kind": "words", "words": words, "note": note}
        case Cards(cards):
            return {
                "kind": "cards",
                "cards": [{"name": c.name, "big": c.big, "small": c.small, "note": c.note} for c in cards],
            }
        case Grid():
            return _grid(block)
        case Terms(pairs):
            return {"kind": "terms", "pairs": [list(pair) for pair in pairs]}
        case Bullets(items):
            return {"kind": "bullets", "items": list(items)}
        case Legend(items):
            return {"kind": "legend", "items": [[_picture(sign), words] for sign, words in items]}
        case Beside(columns):
            return {"kind": "beside", "of": [[_written(one) for one in several] for several in columns]}
        case Drawing():
            return {"kind": "drawing", "wide": block.wide, **(_picture(block) or {})}


def _picture(drawing: Drawing | None) -> dict[str, str] | None:
    if drawing is None:
        return None
    return {"svg": drawing.svg, "alt": ". ".join(filter(None, (drawing.title, drawing.words)))}


def _grid(block: Grid) -> dict[str, Any]:
    columns = len(block.heads)
    rows = [[*row, *[""] * (columns - len(row))][:columns] for row in block.rows]
    widths = [_width([head, *(row[index] for row in rows)]) for index, head in enumerate(block.heads)]
    if not any(widths):
        widths[0] = 1.0
    return {
        "kind": "grid",
        "name": block.name,
        "heads": [_cell(head) for head in block.heads],
        "rows": [[_cell(cell) for cell in row] for row in rows],
        "right": list(block.right),
        "widths": widths,
    }


def _cell(cell: Cell) -> str | dict[str, str] | None:
    return cell if isinstance(cell, str) else _picture(cell)


def _width(cells: Iterable[Cell]) -> float:
    """A column's share of the page; 0 for one of short cells, which takes what it needs."""
    lengths = []
    for cell in cells:
        if isinstance(cell, Drawing):
            return 3.0
        lengths.append(len(cell))
    longest = max(lengths[1:], default=0)
    if longest <= SHORT and lengths[0] <= SHORT:
        return 0.0
    if longest <= SHORT:
        return 0.8
    return min(4.0, max(1.2, longest / 24))


def _shown(data: Any) -> Any:
    """Data with every sign that the typeface lacks replaced."""
    if isinstance(data, str):
        return data if data.isascii() and data.isprintable() else "".join(map(_sign, data))
    if isinstance(data, dict):
        return {key: _shown(value) for key, value in data.items()}
    if isinstance(data, (list, tuple)):
        return [_shown(value) for value in data]
    return data


@cache
def _sign(sign: str) -> str:
    if sign in "\n\t\r":
        return " "
    return sign if any(first <= ord(sign) <= last for first, last in _signs()) else LACKING


@cache
def _signs() -> tuple[tuple[int, int], ...]:
    found = tuple((int(first), int(last)) for first, last in json.loads(data_text("signs.json")))
    assert all(a[1] < b[0] for a, b in pairwise(found))
    return found
