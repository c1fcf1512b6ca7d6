"""The page as a tree: elements with attributes, and text between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TypeAlias

VOID = frozenset({"meta", "input", "br", "hr", "link", "img"})
CASED = {
    name.lower(): name
    for name in (
        "viewBox",
        "patternUnits",
        "patternTransform",
        "preserveAspectRatio",
        "textLength",
        "clipPath",
    )
}
"""SVG names that HTML writes in small letters."""


@dataclass(slots=True)
class Node:
    """One element."""

    tag: str
    attributes: dict[str, str]
    children: list[Node | str] = field(default_factory=list)

    @property
    def classes(self) -> frozenset[str]:
        """The classes it has."""
        return frozenset(self.attributes.get("class", "").split())

    def every(self, *tags: str) -> Iterator[Node]:
        """All elements of these names inside, in the order of the page."""
        for child in self.children:
            if isinstance(child, Node):
                if child.tag in tags:
                    yield child
                yield from child.every(*tags)

    def first(self, *tags: str) -> Node | None:
        """The first of them."""
        return next(self.every(*tags), None)


Tree: TypeAlias = Node | str


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.top = Node("", {})
        self.open = [self.top]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(CASED.get(tag, tag), {CASED.get(key, key): value or "" for key, value in attrs})
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if len(self.open) > 1 and self.open[-1].tag == CASED.get(tag, tag):
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def tree_of(page: str) -> Node:
    """Read a page of ours: every element that is opened is closed."""
    builder = _Builder()
    builder.feed(page)
    builder.close()
    return builder.top
