"""What a brief is made of once the page is taken apart: plain text and drawings, no markup."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture as SVG that stands alone, with what it shows in words where no text beside it does."""

    svg: str
    title: str
    words: str
    wide: float
    deep: float


Cell: TypeAlias = str | Drawing


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a section."""

    words: str


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph; `note` where it is small print."""

    words: str
    note: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """One of the large figures: its name, the figure, a second way to say it, and what to make of it."""

    name: str
    big: str
    small: str
    note: str


@dataclass(frozen=True, slots=True)
class Cards:
    """Large figures side by side."""

    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its name, heads, and rows; columns of figures stand to the right."""

    name: str
    heads: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    right: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms and what is said of each."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Legend:
    """Signs and what they mean."""

    items: tuple[tuple[Drawing | None, str], ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """Columns of blocks, side by side."""

    columns: tuple[tuple[Block, ...], ...]


Block: TypeAlias = "Heading | Words | Cards | Grid | Terms | Bullets | Legend | Drawing | Beside"


@dataclass(frozen=True, slots=True)
class Part:
    """A section: its id, name, finding and first sentences; what it shows, and the tables behind that."""

    id: str
    name: str
    title: str
    lead: str
    blocks: tuple[Block, ...]
    behind: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A whole brief."""

    title: str
    what: str
    when: str
    banner: str
    foot: tuple[str, ...]
    parts: tuple[Part, ...]
