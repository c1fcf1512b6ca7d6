"""The Gantt: every requirement from alert to in place, and what the script needs to sort and search it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from standto.brief.charts.scale import BentScale
from standto.brief.evidence.sources import of_method, of_outcome, of_rows
from standto.brief.figures import Figure, sentence
from standto.brief.flow import Ride
from standto.brief.gantt.pieces import Row, row_of
from standto.brief.gantt.strip import KINDS, axis, is_leg, kind_of, strip
from standto.brief.sheet import Section, Sheet
from standto.brief.words import count, tonnes
from standto.geo.modes import MODES
from standto.move.why import course

PAGE_ROWS, CHUNK_ROWS = 1000, 25
"""Rows of a large list that one page scrolls through, and how many of them are drawn at a time."""
STATIC_ROWS = 60
"""Rows of a large list that stand on the page without scripts."""


def units(sheet: Sheet) -> Section:
    """From alert to in place, requirement by requirement, the latest first."""
    by_requirement: dict[str, list[Ride]] = defaultdict(list)
    for ride in sheet.flow.rides:
        by_requirement[ride.requirement].append(ride)
    rows = _rows(sheet, by_requirement)
    scale = BentScale(_first(rows), _last(sheet, rows))
    large = sheet.large
    shown = rows[:STATIC_ROWS] if large else rows
    if large:
        sheet.scripts["rows"] = [_packed(sheet, row, scale) for row in rows]
        sheet.scripts["kinds"] = KINDS
    content = {
        "rows": [_drawn(sheet, row, scale) for row in shown],
        "axis": axis(scale, sheet.clock),
        "large": large,
        "page": PAGE_ROWS,
        "chunk": CHUNK_ROWS,
        "total": sheet.number("all.requirements", len(rows), of_rows("problem.requirements")),
        "modes": [mode for mode in _modes(sheet) if mode],
        "squeezed": scale.squeezed,
        "nations": len({row.nation for row in rows if row.nation}) > 1,
        "kinds": {piece.kind for row in rows for piece in row.pieces},
        "hard": any(row.hard_h is not None for row in rows),
    }
    lead = Markup(
        "Each row runs from the alert or the order to the hour the last of it is unloaded at its "
        "destination. The dark line under a row is the stretch that its close hung on: the ride that came "
        "last, and whatever that ride waited for."
    )
    return Section("units", "Every unit", _title(sheet, by_requirement), lead, content)


def _rows(sheet: Sheet, by_requirement: dict[str, list[Ride]]) -> list[Row]:
    rows = []
    for one in sheet.problem.requirements:
        load = [count(one.pax, "person", "people")] if one.pax else []
        load += [f"{tonnes(one.tonnes)} t"] if one.tonnes else []
        rows.append(
            row_of(
                one,
                sheet.outcomes.get(one.id),
                by_requirement[one.id],
                course(sheet.movement, one),
                name=sheet.name(one.id),
                load=" · ".join(load),
                places=sheet.places,
            )
        )
    rows.sort(key=lambda row: (row.close_h is not None, -row.late_h, -(row.close_h or 0.0), row.id))
    return rows


def _modes(sheet: Sheet) -> list[str]:
    used = dict.fromkeys(ride.mode for ride in sheet.flow.rides)
    return [mode for mode in MODES if mode in used] + [mode for mode in used if mode not in MODES]


def _title(sheet: Sheet, rides: dict[str, list[Ride]]) -> Markup:
    """Rule: of getting ready, waiting for lift and being under way, which takes most of the hours in all."""
    ready = wait = under_way = 0.0
    for one in sheet.problem.requirements:
        outcome = sheet.outcomes.get(one.id)
        if one.still or outcome is None or outcome.close_h is None or not rides[one.id]:
            continue
        first = min(ride.load_h for ride in rides[one.id])
        ready += max(0.0, one.available_h)
        wait += max(0.0, first - max(0.0, one.available_h))
        under_way += outcome.close_h - first
    whole = ready + wait + under_way
    if whole <= 0:
        return Markup("Nothing has to be carried")
    parts = {"getting ready": ready, "waiting for lift": wait, "being carried": under_way}
    most = max(parts, key=lambda name: parts[name])
    share = sheet.share("time.most", parts[most] / whole, of_method(*TIME[most]))
    return sentence(
        "From order to arrival, {share} of the units’ time goes into {most}", share=share, most=most
    )


_ALL = "over the hours from the order to close; both summed over all that is carried to its close"
TIME = {
    "getting ready": ("hours getting ready over all hours", f"available_h {_ALL}"),
    "waiting for lift": ("hours waiting over all hours", f"from available_h to the first loading {_ALL}"),
    "being carried": ("hours carried over all hours", f"from the first loading to close_h {_ALL}"),
}


def _first(rows: Sequence[Row]) -> float:
    return min((piece.start_h for row in rows for piece in row.pieces), default=0.0)


def _last(sheet: Sheet, rows: Sequence[Row]) -> float:
    closes = [row.close_h for row in rows if row.close_h is not None]
    pieces = [piece.end_h for row in rows for piece in row.pieces]
    return max([24.0, *closes, *pieces]) * 1.02 if closes or pieces else sheet.last_h


def _drawn(sheet: Sheet, row: Row, scale: BentScale) -> dict[str, Any]:
    closes, late = _figures(sheet, row)
    due = sheet.clock.mark(row.due_h)
    steps = [f"{piece.words} from {sheet.clock.mark(piece.start_h)}" for piece in row.pieces if piece.words]
    said = "; ".join([*steps, f"due {due}"])
    bar = strip(row, scale, sheet.clock)
    return {"row": row, "strip": bar, "said": said, "closes": closes, "late": late}


def _figures(sheet: Sheet, row: Row) -> tuple[Figure | None, Figure | None]:
    """When a row closes and how late that is; None where there is nothing to say."""
    if row.close_h is None:
        return None, None
    closes = sheet.hour(f"close.{row.id}", row.close_h, of_outcome(row.id, "close_h"))
    late = sheet.span(f"late.{row.id}", row.late_h, of_outcome(row.id, "late_h")) if row.late_h > 0 else None
    return closes, late


def _packed(sheet: Sheet, row: Row, scale: BentScale) -> list[Any]:
    """A row as the script reads it: texts, sort keys, pieces as kind, start and width per mille, lane."""
    closes, late = _figures(sheet, row)
    pieces = []
    for piece in row.pieces:
        kind, start = kind_of(piece), scale(piece.start_h)
        packed = [KINDS.index(kind), round(1000 * start, 1), round(1000 * (scale(piece.end_h) - start), 1)]
        pieces.append([*packed, piece.lane, piece.lanes] if is_leg(kind) and piece.lanes > 1 else packed)
    due = round(1000 * scale(row.due_h), 1) if row.due_h <= scale.high else None
    close = round(1000 * scale(row.close_h), 1) if row.close_h is not None else None
    ends = round(row.close_h, 6) if row.close_h is not None else None
    requirement = sheet.requirements[row.id]
    way = f"{sheet.place(requirement.origin)} to {sheet.place(requirement.destination)}"
    texts = [row.id, row.name, row.nation, row.load, str(closes or ""), str(late or "")]
    return [*texts, round(row.late_h, 6), ends, due, close, pieces, way]
