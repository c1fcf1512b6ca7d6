"""What a figure rests on, for programs to follow: a path, a way to work it out, rows of tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Sign = Literal["=", "<=", ">", "has", "in"]
Fold = Literal["", "sum", "count", "max"]
Condition = tuple[str, Sign, float | str | list[str]]


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one table for which every condition holds, and what is made of one of their columns.

    `has` asks whether a list of ids holds one, `in` whether an id is one of several; an empty `fold` only
    shows the rows.
    """

    table: str
    where: tuple[Condition, ...] = ()
    fold: Fold = ""
    column: str = ""

    def as_json(self) -> dict[str, Any]:
        """The rows as brief.json names them."""
        made: dict[str, Any] = {"table": self.table}
        if self.where:
            made["where"] = [list(condition) for condition in self.where]
        if self.fold:
            made["fold"] = self.fold
            if self.column:
                made["column"] = self.column
        return made


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure stands or how it is worked out, and the rows behind it, the nearest first."""

    path: str
    how: str = ""
    rows: tuple[Rows, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The source as brief.json has it."""
        made: dict[str, Any] = {"path": self.path}
        if self.how:
            made["how"] = self.how
        if self.rows:
            made["rows"] = [rows.as_json() for rows in self.rows]
        return made


def row(table: str, name: str, key: str = "id") -> Rows:
    """The one row of a table that bears an id."""
    return Rows(table, ((key, "=", name),))
