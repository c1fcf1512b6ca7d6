"""A table of evidence: named columns with units, rows of plain values, ids that point to other tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column: key, name as shown, unit, and the table that its values are ids of.

    Hours that follow one another pack well as differences: `since` names the column that this one is counted
    from, with a `<` before it that of the row before.
    """

    key: str
    name: str
    unit: str = ""
    ref: str = ""
    since: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that figures rest on. `home` says in which file or table they stand outside the page."""

    id: str
    title: str
    home: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Any]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The table by columns, as the page holds it."""
        if not self.rows:
            return self._written([[] for _ in self.columns])
        data = [list(column) for column in zip(*self.rows, strict=True)]
        where = {one.key: number for number, one in enumerate(self.columns)}
        packed = [
            _differences(column, data[where[one.since.removeprefix("<")]], one.since.startswith("<"))
            if one.since
            else [_short(value) for value in column]
            for one, column in zip(self.columns, data, strict=True)
        ]
        return self._written(packed)

    def _written(self, packed: list[list[Any]]) -> dict[str, Any]:
        return {
            "title": self.title,
            "home": self.home,
            "columns": [[one.key, one.name, one.unit, one.ref, one.since] for one in self.columns],
            "data": packed,
        }


def columns(*given: str | tuple[str, ...]) -> tuple[Column, ...]:
    """Columns from `key`, or (key, name, unit, ref)."""
    return tuple(
        Column(one, one.replace("_", " ")) if isinstance(one, str) else Column(*one) for one in given
    )


def _differences(column: list[Any], since: list[Any], before: bool) -> list[int | None]:
    """Thousandths from another column, or from the row before of it; what is absent there counts as 0."""
    other = [None, *since[:-1]] if before else since
    return [
        None if value is None else round(1000 * value) - round(1000 * (start or 0.0))
        for value, start in zip(column, other, strict=True)
    ]


def _short(value: Any) -> Any:
    if isinstance(value, float):
        whole = round(value, 4)
        return int(whole) if whole.is_integer() else whole
    return value
