"""From the page to its parts: titles, sentences, tables and drawings, without what only a screen has."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from standto.brief.paper.blocks import (
    Beside,
    Block,
    Bullets,
    Card,
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
from standto.brief.paper.styling import Stylist
from standto.brief.paper.tree import Node, tree_of

SCREEN_ONLY = frozenset(
    ("nav", "script", "style", "button", "input", "select", "label", "output", "template", "dialog", "form")
)
SCREEN_CLASSES = frozenset(
    {
        "tools",
        "clock",
        "switches",
        "inprint",
        "read",
        "hide",
        "pager",
        "narrow",
        "defs",
        "kicker",
        "lead",
        "skip",
    }
)
STRIP = (420.0, 30.0)
"""Size of a drawing in a table that stretches on the page."""


def read_page(page: str) -> Document:
    """Take a brief's page apart."""
    top = tree_of(page)
    parts = {
        node.attributes["id"]: node
        for node in top.every("g", "symbol", "pattern", "path")
        if "id" in node.attributes
    }
    style = top.first("style")
    reader = _Reader(Stylist("".join(map(str, style.children)) if style else "", parts), parts.keys())
    footer = top.first("footer")
    banner = next((text_of(node) for node in top.every("div") if "banner" in node.classes), "")
    about = {
        name: text_of(node) for node in top.every("p") for name in ("what", "when") if name in node.classes
    }
    title = top.first("title")
    return Document(
        text_of(title) if title else "",
        about.get("what", ""),
        about.get("when", ""),
        banner,
        tuple(text_of(node) for node in footer.every("p"))[1:] if footer else (),
        tuple(reader.part(node) for node in top.every("section")),
    )


def text_of(node: Node | str) -> str:
    """All text inside, spaces made one; what is hidden from the eye or only on screens is left out."""
    return re.sub(r"[ \t\r\n]+", " ", "".join(_texts(node))).strip()


def _texts(node: Node | str) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif not _skipped(node) and node.tag != "svg":
        broken = node.tag in {"small", "div", "p", "li", "br"} or node.classes & {"say", "lateword", "soft"}
        if broken:
            yield " "
        for child in node.children:
            yield from _texts(child)


def _elements(node: Node) -> list[Node]:
    return [child for child in node.children if isinstance(child, Node)]


def _skipped(node: Node) -> bool:
    return node.tag in SCREEN_ONLY or bool(node.classes & SCREEN_CLASSES) or "hidden" in node.attributes


class _Reader:
    def __init__(self, stylist: Stylist, textures: Collection[str]) -> None:
        self._stylist = stylist
        self._textures = textures

    def part(self, node: Node) -> Part:
        heading = node.first("h1", "h2")
        kicker = next((one for one in node.every("p") if "kicker" in one.classes), None)
        lead = next((one for one in node.every("p") if "lead" in one.classes), None)
        shown: list[Block] = []
        behind: list[Block] = []
        for child in node.children:
            if isinstance(child, Node) and child is not heading:
                self._blocks(child, shown, behind)
        return Part(
            node.attributes.get("id", ""),
            _plain(kicker) or "The answer",
            text_of(heading) if heading is not None else "",
            _plain(lead),
            tuple(shown),
            tuple(behind),
        )

    def _blocks(self, node: Node, shown: list[Block], behind: list[Block]) -> None:
        if _skipped(node):
            return
        if node.tag == "details":
            summary = node.first("summary")
            into = shown if "printed" in node.classes else behind
            into.append(Heading(text_of(summary) if summary else ""))
            for child in node.children:
                if isinstance(child, Node) and child.tag != "summary":
                    self._blocks(child, into, into)
            return
        block = self._block(node)
        if block is not None:
            shown.append(block)
            return
        for child in node.children:
            if isinstance(child, Node):
                self._blocks(child, shown, behind)

    def _block(self, node: Node) -> Block | None:
        match node.tag:
            case "h3" | "h4":
                return Heading(text_of(node))
            case "p":
                return Words(text_of(node), "note" in node.classes)
            case "ul" | "ol":
                items = [one for one in node.children if isinstance(one, Node)]
                if "legend" in node.classes:
                    return Legend(tuple((self._sign(one), text_of(one)) for one in items))
                return Bullets(tuple(text_of(one) for one in items))
            case "dl":
                return self._cards(node) if "cards" in node.classes else self._terms(node)
            case "table":
                return self._grid(node)
            case "svg":
                return self._drawing(node)
            case "figcaption" if node.first("h3") is None:
                return Words(text_of(node), True)
            case "div" if len(figures := [one for one in _elements(node) if one.tag == "figure"]) > 1:
                return Beside(tuple(self._inside(one) for one in figures))
        return None

    def _inside(self, node: Node) -> tuple[Block, ...]:
        blocks: list[Block] = []
        for child in _elements(node):
            self._blocks(child, blocks, blocks)
        return tuple(blocks)

    def _cards(self, node: Node) -> Cards:
        cards = []
        for one in node.children:
            if isinstance(one, Node):
                term, definitions = one.first("dt"), list(one.every("dd"))
                big = definitions[0] if definitions else None
                small = big.first("small") if big is not None else None
                if big is not None and small is not None:
                    big = Node(
                        big.tag, big.attributes, [child for child in big.children if child is not small]
                    )
                note = text_of(definitions[1]) if len(definitions) > 1 else ""
                cards.append(Card(_plain(term), _plain(big), _plain(small), note))
        return Cards(tuple(cards))

    def _terms(self, node: Node) -> Terms:
        names, said = list(node.every("dt")), list(node.every("dd"))
        return Terms(tuple((text_of(a), text_of(b)) for a, b in zip(names, said, strict=False)))

    def _grid(self, node: Node) -> Grid:
        head, caption = node.first("thead"), node.first("caption")
        heads = list(head.every("th", "td")) if head is not None else []
        body = node.first("tbody") or node
        rows = tuple(
            tuple(self._cell(cell) for cell in row.children if isinstance(cell, Node))
            for row in body.every("tr")
        )
        return Grid(
            _plain(caption),
            tuple(self._cell(cell) for cell in heads),
            rows,
            tuple("r" in cell.classes for cell in heads),
        )

    def _cell(self, node: Node) -> Cell:
        drawn = node.first("svg")
        if drawn is None or _skipped(drawn):
            return text_of(node)
        wide, deep = (
            STRIP[0],
            36.0 if "axis" in drawn.classes else 16.0 if "bar" in drawn.classes else STRIP[1],
        )
        said = " ".join(_spoken(one) for one in node.every("span") if "hide" in one.classes)
        return Drawing(self._stylist.svg(drawn, wide, deep), "", said, wide, deep)

    def _sign(self, node: Node) -> Drawing | None:
        drawn = node.first("svg") or self._sample(node.first("i"))
        if drawn is None:
            return None
        wide, deep = float(drawn.attributes.get("width", 14)), float(drawn.attributes.get("height", 14))
        return Drawing(self._stylist.svg(drawn, wide, deep), "", "", wide, deep)

    def _sample(self, node: Node | None) -> Node | None:
        """A piece of a bar for a sign that the page draws by style alone."""
        kind = next(iter(node.classes - {"k"}), "") if node is not None else ""
        if not kind:
            return None
        rect = Node("rect", {"class": f"p {kind}", "width": "30"})
        if f"t-{kind}" in self._textures:
            rect.attributes["fill"] = f"url(#t-{kind})"
        return Node("svg", {"width": "30", "height": "18", "viewBox": "0 6 30 18"}, [rect])

    def _drawing(self, node: Node) -> Drawing | None:
        box = node.attributes.get("viewBox", "").split()
        if len(box) != 4:
            return None
        title, words = node.first("title"), node.first("desc")
        wide, deep = float(box[2]), float(box[3])
        return Drawing(self._stylist.svg(node, wide, deep), _spoken(title), _spoken(words), wide, deep)


def _plain(node: Node | None) -> str:
    """Text of an element that is itself only on screens."""
    return (
        re.sub(r"[ \t\r\n]+", " ", "".join(t for c in node.children for t in _texts(c))).strip()
        if node
        else ""
    )


def _spoken(node: Node | None) -> str:
    """Text for those who do not see, which no eye reads on the page."""
    return _plain(node)
