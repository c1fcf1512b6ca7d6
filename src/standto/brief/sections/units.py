"""The Gantt: every requirement from alert to in place, and what the script needs to sort and search it."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from markupsafe import Markup

from standto.brief.charts import svg
from standto.brief.charts.scale import BentScale, day_ticks
from standto.brief.figures import Figure, sentence
from standto.brief.flow import Ride
from standto.brief.sheet import Section, Sheet
from standto.brief.words import amount, count, span, tonnes
from standto.geo.modes import MODES
from standto.move.problem import Requirement

T = TypeVar("T", float, None)
PAGE_ROWS = 100
STATIC_ROWS = 60
"""Rows of a large list that stand on the page without scripts."""
LETTERS = {"air": "A", "sea": "S", "rail": "R", "road": "L"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a row: `alert`, `ready`, `task`, `wait`, a mode, or `late`."""

    kind: str
    start_h: float
    end_h: float
    words: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One requirement in the Gantt."""

    id: str
    name: str
    nation: str
    load: str
    due_h: float
    hard_h: float | None
    close_h: float | None
    late_h: float
    pieces: tuple[Piece, ...]


def units(sheet: Sheet) -> Section:
    """From alert to in place, requirement by requirement, the latest first."""
    by_requirement: dict[str, list[Ride]] = defaultdict(list)
    for ride in sheet.flow.rides:
        by_requirement[ride.requirement].append(ride)
    rows = [_row(sheet, one, by_requirement[one.id]) for one in sheet.problem.requirements]
    rows.sort(key=lambda row: (row.close_h is not None, -row.late_h, -(row.close_h or 0.0), row.id))
    scale = BentScale(_first(rows), _last(sheet, rows))
    large = sheet.large
    shown = rows[:STATIC_ROWS] if large else rows
    if large:
        sheet.scripts["rows"] = [_packed(sheet, row, scale) for row in rows]
    content = {
        "rows": [_drawn(sheet, row, scale) for row in shown],
        "axis": _axis(sheet, scale),
        "large": large,
        "page": PAGE_ROWS,
        "total": sheet.number("all.requirements", len(rows), "problem.requirements"),
        "modes": [mode for mode in _modes(sheet) if mode],
        "squeezed": scale.squeezed,
        "nations": len({row.nation for row in rows if row.nation}) > 1,
        "kinds": {piece.kind for row in rows for piece in row.pieces},
        "hard": any(row.hard_h is not None for row in rows),
    }
    lead = Markup(
        "Each row runs from the alert or the order to the hour the last of it is unloaded at its destination."
    )
    return Section("units", "Every unit", _title(sheet, by_requirement), lead, content)


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
    share = sheet.share(
        "time.most", parts[most] / whole, f"hours {most} over hours from order to close, all requirements"
    )
    return sentence(
        "From order to arrival, {share} of the units’ time goes into {most}", share=share, most=most
    )


def _row(sheet: Sheet, one: Requirement, rides: Sequence[Ride]) -> Row:
    outcome = sheet.outcomes.get(one.id)
    close_h = outcome.close_h if outcome is not None else None
    late_h = outcome.late_h if outcome is not None else 0.0
    load = [count(one.pax, "person", "people")] if one.pax else []
    load += [f"{tonnes(one.tonnes)} t"] if one.tonnes else []
    pieces = [*_readiness(one), *_carried(one, rides)]
    if close_h is not None and late_h > 0:
        pieces.append(Piece("late", one.due_h, close_h, f"late by {span(late_h)}"))
    return Row(
        one.id,
        sheet.name(one.id),
        one.nation,
        " · ".join(load),
        one.due_h,
        one.hard_h,
        close_h,
        late_h,
        tuple(pieces),
    )


def _readiness(one: Requirement) -> Iterable[Piece]:
    """The alert standing before the order, the count-down or tasks after it; what is absent is not drawn."""
    about = one.readiness or {}
    ordered = _hour(about.get("ordered_h"), 0.0)
    ready = _hour(about.get("ready_h"), one.available_h)
    changes = [
        change
        for change in _list(about.get("changes"))
        if isinstance(change, (list, tuple)) and len(change) >= 2 and _hour(change[0], None) is not None
    ]
    for change, following in itertools.zip_longest(changes, changes[1:]):
        start = _hour(change[0], ordered)
        end = min(ordered, _hour(following[0], ordered)) if following else ordered
        if start < end:
            yield Piece("alert", start, end, f"at {change[1]}")
    if ready > ordered:
        yield Piece("ready", ordered, ready, "getting ready")
    for task in _list(about.get("tasks")):
        if isinstance(task, dict) and task.get("critical"):
            start, end = _hour(task.get("start_h"), 0.0), _hour(task.get("end_h"), 0.0)
            if end > start:
                yield Piece("task", start, end, f"{task.get('name', 'task')}, critical")


def _list(value: object) -> Sequence[Any]:
    return value if isinstance(value, (list, tuple)) else ()


def _hour(value: object, otherwise: T) -> float | T:
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else otherwise


def _carried(one: Requirement, rides: Sequence[Ride]) -> Iterable[Piece]:
    """Waiting, then the stretches under way by each mode; between them waiting again."""
    if not rides:
        return
    by_mode: dict[str, list[Ride]] = defaultdict(list)
    for ride in rides:
        by_mode[ride.mode].append(ride)
    covered = _merged((ride.load_h, ride.unloaded_h) for ride in rides)
    edge = one.available_h
    for start, end in covered:
        if start - edge > 0.05:
            yield Piece(
                "wait", edge, start, "waiting for lift" if edge == one.available_h else "waiting to go on"
            )
        edge = end
    for mode, several in by_mode.items():
        for start, end in _merged((ride.load_h, ride.unloaded_h) for ride in several):
            number = len({ride.vehicle for ride in several if start <= ride.load_h <= end})
            yield Piece(mode, start, end, f"by {mode}, {count(number, 'vehicle')}")


def _merged(spans: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Stretches of time joined where they touch."""
    joined: list[tuple[float, float]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1] + 0.05:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((start, end))
    return joined


def _first(rows: Sequence[Row]) -> float:
    return min((piece.start_h for row in rows for piece in row.pieces), default=0.0)


def _last(sheet: Sheet, rows: Sequence[Row]) -> float:
    closes = [row.close_h for row in rows if row.close_h is not None]
    pieces = [piece.end_h for row in rows for piece in row.pieces]
    return max([24.0, *closes, *pieces]) * 1.02 if closes or pieces else sheet.last_h


def _percent(share: float) -> str:
    return f"{round(share * 100, 2):g}%"


def _strip(sheet: Sheet, row: Row, scale: BentScale) -> Markup:
    """The bar of one row: positions in per cent, so that it stretches while its text does not."""
    parts: list[Markup] = [svg.line(0, 29, 0, 29)]
    parts = [svg.tag("line", x1=_percent(scale(0.0)), x2=_percent(scale(0.0)), y1=0, y2=30, class_="c-hour")]
    for piece in row.pieces:
        start, end = scale(piece.start_h), scale(piece.end_h)
        wide = max(end - start, 0.0015)
        kind = piece.kind if piece.kind in {*MODES, "alert", "ready", "task", "wait", "late"} else "other"
        said = f"{piece.words}: {sheet.clock.mark(piece.start_h)} to {sheet.clock.mark(piece.end_h)}"
        parts.append(
            svg.tag(
                "rect",
                svg.tag("title", said),
                x=_percent(start),
                width=_percent(wide),
                class_=f"p {kind}",
                fill=f"url(#t-{kind})" if kind in {"late", "sea", "rail", "road", "ready"} else None,
            )
        )
        if kind in LETTERS and wide > 0.035:
            letter = svg.tag("text", LETTERS[kind], x=_percent(start + wide / 2), y=20, class_="letter")
            parts.append(letter)
    parts.extend(_flags(row, scale))
    return svg.tag("svg", *parts, class_="strip", aria_hidden="true", focusable="false")


def _flags(row: Row, scale: BentScale) -> Iterable[Markup]:
    for hour, look, shape in (
        (row.due_h, "f-due", "M-4 0H4L0 6Z"),
        (row.hard_h, "f-hard", "M-5 0H5V4H-5Z"),
        (row.close_h, "f-close", "M0 9L6 15L0 21L-6 15Z"),
    ):
        if hour is not None and hour <= scale.high:
            yield svg.tag(
                "svg", svg.tag("path", d=shape, class_=look), x=_percent(scale(hour)), overflow="visible"
            )


def _drawn(sheet: Sheet, row: Row, scale: BentScale) -> dict[str, Any]:
    closes, late = _figures(sheet, row)
    due = sheet.clock.mark(row.due_h)
    steps = [f"{piece.words} from {sheet.clock.mark(piece.start_h)}" for piece in row.pieces if piece.words]
    said = "; ".join([*steps, f"due {due}"])
    return {"row": row, "strip": _strip(sheet, row, scale), "said": said, "closes": closes, "late": late}


def _figures(sheet: Sheet, row: Row) -> tuple[Figure | None, Figure | None]:
    """When a row closes and how late that is; None where there is nothing to say."""
    if row.close_h is None:
        return None, None
    source = f"plan.requirements[{row.id}]"
    closes = sheet.hour(f"close.{row.id}", row.close_h, source + ".close_h")
    late = sheet.span(f"late.{row.id}", row.late_h, source + ".late_h") if row.late_h > 0 else None
    return closes, late


def _packed(sheet: Sheet, row: Row, scale: BentScale) -> list[Any]:
    """A row as the script reads it: texts, sort keys, then pieces as kind, start and width in per mille."""
    closes, late = _figures(sheet, row)
    pieces = [
        [
            piece.kind,
            round(1000 * scale(piece.start_h), 1),
            round(1000 * (scale(piece.end_h) - scale(piece.start_h)), 1),
        ]
        for piece in row.pieces
    ]
    due = round(1000 * scale(row.due_h), 1) if row.due_h <= scale.high else None
    close = round(1000 * scale(row.close_h), 1) if row.close_h is not None else None
    ends = round(row.close_h, 6) if row.close_h is not None else None
    requirement = sheet.requirements[row.id]
    way = f"{sheet.place(requirement.origin)} to {sheet.place(requirement.destination)}"
    texts = [row.id, row.name, row.nation, row.load, str(closes or ""), str(late or "")]
    return [*texts, round(row.late_h, 6), ends, due, close, pieces, way]


def _axis(sheet: Sheet, scale: BentScale) -> Markup:
    """Days after C-hour over the strips, and the posture days before it where alerts stood."""
    parts: list[Markup] = []
    after = day_ticks(0.0, scale.high, 13)
    coarse = set(day_ticks(0.0, scale.high, 5))
    for tick in after:
        words = "C" if tick == 0 else f"+{amount(tick / 24)}"
        parts.append(_tick(sheet, scale, tick, words, "" if tick in coarse else "fine"))
    if scale.low < 0:
        parts.append(_tick(sheet, scale, scale.low, f"{amount(scale.low / 24)}", "first"))
    return svg.tag("svg", *parts, class_="strip axis", aria_hidden="true", focusable="false")


def _tick(sheet: Sheet, scale: BentScale, hour: float, words: str, look: str) -> Markup:
    at = _percent(scale(hour))
    anchor = "start" if scale(hour) < 0.02 else "end" if scale(hour) > 0.98 else "middle"
    return svg.tag(
        "g",
        svg.tag("text", words, x=at, y=13, text_anchor=anchor),
        svg.tag("text", sheet.clock.day(hour), x=at, y=27, text_anchor=anchor, class_="soft"),
        svg.tag("line", x1=at, x2=at, y1=31, y2=36),
        class_=look or None,
    )
