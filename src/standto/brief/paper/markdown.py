"""The brief as Markdown: the same titles, sentences and tables; drawings in words."""

from __future__ import annotations

import re
from collections.abc import Iterator

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
    Terms,
    Words,
)

_MARKS = re.compile(r"([\\`*_\[\]#|~$@])")
_FIRST = re.compile(r"^(\d*)([-+=.)])")
"""What makes a list, a rule or a heading where a line begins with it."""


def markdown(document: Document) -> str:
    """The brief as CommonMark with the tables of GitHub's dialect; EXERCISE or REAL first and last."""
    lines = [f"**{escaped(document.banner)}**", ""]
    for index, part in enumerate(document.parts):
        if index:
            lines += [f"## {escaped(part.title)}", "", f"*{escaped(part.name)}*", ""]
        else:
            lines += [
                f"# {escaped(part.title)}",
                "",
                f"{escaped(document.what)}. {escaped(document.when)}.",
                "",
            ]
        if part.lead:
            lines += [escaped(part.lead), ""]
        for block in (*part.blocks, *part.behind):
            lines += [*_lines(block), ""]
    lines += [*(escaped(words) for words in document.foot), "", f"**{escaped(document.banner)}**"]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)) + "\n"


def escaped(words: str) -> str:
    """Text that no reader of Markdown takes for a mark, a link or HTML."""
    words = " ".join(words.split("\n")).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    words = _MARKS.sub(r"\\\1", words)
    words = words.replace("://", ":&#47;/").replace("www.", "www&#46;")
    return _FIRST.sub(r"\1\\\2", words.strip())


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading(words):
            if words:
                yield f"### {escaped(words)}"
        case Words(words):
            yield escaped(words)
        case Cards(cards):
            for card in cards:
                second = f" ({escaped(card.small)})" if card.small else ""
                yield f"- {escaped(card.name)}: **{escaped(card.big)}**{second}. {escaped(card.note)}"
        case Grid():
            yield from _table(block)
        case Terms(pairs):
            for name, said in pairs:
                yield f"- **{escaped(name)}**: {escaped(said)}"
        case Bullets(items):
            for item in items:
                yield f"- {escaped(item)}"
        case Drawing(title=title, words=words):
            if title:
                yield f"*Drawn in the HTML and PDF: {escaped(title)}. {escaped(words)}*"
        case Beside(columns):
            for column in columns:
                for one in column:
                    yield from _lines(one)
                    yield ""
        case Legend():
            return


def _table(block: Grid) -> Iterator[str]:
    """A table without the columns that are only drawn; what a bar shows is said where there are words."""
    kept = [
        index
        for index in range(len(block.heads))
        if any(_said(row[index]) for row in block.rows if index < len(row))
    ]
    if not kept:
        return
    if block.name:
        yield escaped(block.name)
        yield ""
    heads = [_said(block.heads[index]) or "From alert to in place" for index in kept]
    yield f"| {' | '.join(escaped(head) for head in heads)} |"
    yield f"|{'|'.join(' ---: ' if block.right[index] else ' --- ' for index in kept)}|"
    for row in block.rows:
        yield f"| {' | '.join(escaped(_said(row[index]) if index < len(row) else '') for index in kept)} |"


def _said(cell: Cell) -> str:
    return cell if isinstance(cell, str) else cell.words
