"""The tables behind a comparison: those of each plan, and what stands between the two."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from standto.advise.compare import Change
from standto.brief.compared.pair import SHARED, Pair, Side
from standto.brief.compared.sources import Moves
from standto.brief.evidence.table import Table, columns
from standto.brief.evidence.tables import H, evidence_tables

MADE = "worked out from both plans"


def compared_tables(pair: Pair) -> Iterator[Table]:
    """Every table that figures of the comparison point into."""
    yield _changes(pair)
    yield _causes(pair)
    yield _differences(pair)
    for side in pair.sides:
        for table in evidence_tables(side.sheet):
            if not (side.shared and side.key == "b" and table.id.startswith(SHARED)):
                yield _of_side(side, table)


def _of_side(side: Side, table: Table) -> Table:
    """A table under the name of its side, pointing to tables of the same side."""
    heads = tuple(replace(one, ref=side.table(one.ref)) if one.ref else one for one in table.columns)
    name = side.table(table.id)
    title = table.title if name == table.id else f"{table.title} ({side.nth} plan)"
    return replace(table, id=name, title=title, columns=heads)


def moves_of(change: Change) -> Moves:
    """Whether a requirement is better off in the second plan, worse off, or neither."""
    if not change.changed:
        return "same"
    if change.close_gain_h is None:
        return "gains" if change.close_a_h is None else "loses"
    return "gains" if change.close_gain_h > 0 else "loses"


def _changes(pair: Pair) -> Table:
    heads = columns(
        ("requirement", "requirement", "", pair.b.table("problem.requirements")),
        "unit",
        "people",
        ("tonnes", "tonnes", "t"),
        "moves",
        ("close_a_h", "closes in the first plan", H),
        ("close_b_h", "closes in the second plan", H),
        ("close_gain_h", "closes earlier by", "h"),
        ("late_a_h", "late in the first plan", "h"),
        ("late_b_h", "late in the second plan", "h"),
        ("ready_a_h", "ready in the first plan", H),
        ("ready_b_h", "ready in the second plan", H),
        "because",
    )
    rows: list[tuple[Any, ...]] = []
    for one in pair.comparison.changes:
        wanted = pair.b.sheet.requirements[one.requirement]
        closes = (one.close_a_h, one.close_b_h, one.close_gain_h, one.late_a_h, one.late_b_h)
        rows.append(
            (
                one.requirement,
                one.unit,
                wanted.pax,
                wanted.tonnes,
                moves_of(one),
                *closes,
                one.ready_a_h,
                one.ready_b_h,
                one.because,
            )
        )
    return Table("changes", "What changes for each requirement of both", MADE, heads, rows)


def _causes(pair: Pair) -> Table:
    heads = columns("id", "cause", "at", ("hours", "less in the second plan", "h"))
    rows = [(cause_id(one.cause, one.at), one.cause, one.at, one.hours) for one in pair.comparison.causes]
    return Table("causes", "Where the hours went", MADE, heads, rows)


def cause_id(cause: str, at: str) -> str:
    """The id of a cause: `slots.EPRZ`, `way`."""
    return f"{cause}.{at}" if at else cause


def _differences(pair: Pair) -> Table:
    heads = columns("table", "id", "field", "first", "second", "says")
    rows = [
        (one.table, one.id, one.field, cell_of(one.a), cell_of(one.b), one.sentence)
        for one in pair.comparison.differences
    ]
    return Table("differences", "What differs between the problems", "both problems", heads, rows)


def cell_of(value: Any) -> str:
    """A value of either problem as a table shows it."""
    if value is None:
        return ""
    if isinstance(value, dict):
        return ", ".join(f"{key} {'any' if part is None else part}" for key, part in value.items())
    text = f"{value:,.10g}" if isinstance(value, float) else str(value)
    return text if len(text) <= 120 else f"{text[:117]}..."
