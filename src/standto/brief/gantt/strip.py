"""The bar of one row and the axis over all: positions in per cent, so that bars stretch and text does not."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from standto.brief.charts import svg
from standto.brief.charts.scale import BentScale, day_ticks
from standto.brief.gantt.pieces import Piece, Row
from standto.brief.words import Clock, amount
from standto.geo.modes import MODES

LETTERS = {"air": "A", "sea": "S", "rail": "R", "road": "L"}
LETTER_SHARE = 0.035
"""A leg narrower than this share of the width has no room for its letter."""
TEXTURED = frozenset({"late", "sea", "rail", "road", "ready"})
KINDS = ("alert", "ready", "task", "work", "wait", "transfer", *MODES, "critical", "hung", "late", "other")
LEG_TOP, LEG_HEIGHT = 9.0, 14.0


def kind_of(piece: Piece) -> str:
    """The class that draws a piece; a mode of somebody's own is drawn as other."""
    return piece.kind if piece.kind in KINDS else "other"


def is_leg(kind: str) -> bool:
    """Whether a kind is a leg, which stands in a lane."""
    return kind in MODES or kind == "other"


def strip(row: Row, scale: BentScale, clock: Clock) -> Markup:
    """The bar of one row."""
    parts = [svg.tag("line", x1=percent(scale(0.0)), x2=percent(scale(0.0)), y1=0, y2=34, class_="c-hour")]
    for piece in row.pieces:
        parts.extend(_piece(piece, scale, clock))
    parts.extend(_flags(row, scale))
    return svg.tag("svg", *parts, class_="strip", aria_hidden="true", focusable="false")


def _piece(piece: Piece, scale: BentScale, clock: Clock) -> Iterable[Markup]:
    start, end = scale(piece.start_h), scale(piece.end_h)
    wide, kind = max(end - start, 0.0015), kind_of(piece)
    said = f"{piece.words}: {clock.mark(piece.start_h)} to {clock.mark(piece.end_h)}"
    place: dict[str, object] = {"x": percent(start), "width": percent(wide)}
    if is_leg(kind):
        height = LEG_HEIGHT / piece.lanes
        place |= {"y": LEG_TOP + height * piece.lane, "height": height - (0.5 if piece.lanes > 1 else 0.0)}
    yield svg.tag(
        "rect",
        *([svg.tag("title", said)] if piece.words else []),
        **place,
        class_=f"p {kind}",
        fill=f"url(#t-{kind})" if kind in TEXTURED else None,
    )
    if kind in LETTERS and wide > LETTER_SHARE and piece.lanes == 1:
        yield svg.tag("text", LETTERS[kind], x=percent(start + wide / 2), y=20, class_="letter")


def _flags(row: Row, scale: BentScale) -> Iterable[Markup]:
    for hour, look, shape in (
        (row.due_h, "f-due", "M-4 0H4L0 6Z"),
        (row.hard_h, "f-hard", "M-5 0H5V4H-5Z"),
        (row.close_h, "f-close", "M0 10L6 16L0 22L-6 16Z"),
    ):
        if hour is not None and hour <= scale.high:
            path = svg.tag("path", d=shape, class_=look)
            yield svg.tag("svg", path, x=percent(scale(hour)), overflow="visible")


def axis(scale: BentScale, clock: Clock) -> Markup:
    """Days after C-hour over the strips, and the posture days before it where alerts stood."""
    parts: list[Markup] = []
    ticks = day_ticks(0.0, scale.high, 13)
    coarse = set(ticks[:: -(-len(ticks) // 4)])
    for tick in ticks:
        words = "C" if tick == 0 else f"+{amount(tick / 24)}"
        parts.append(_tick(scale, clock, tick, words, "" if tick in coarse else "fine"))
    if scale.low < 0:
        parts.append(_tick(scale, clock, scale.low, f"{amount(scale.low / 24)}", "first"))
    return svg.tag("svg", *parts, class_="strip axis", aria_hidden="true", focusable="false")


def _tick(scale: BentScale, clock: Clock, hour: float, words: str, look: str) -> Markup:
    at = percent(scale(hour))
    anchor = "start" if scale(hour) < 0.02 else "end" if scale(hour) > 0.95 else "middle"
    return svg.tag(
        "g",
        svg.tag("text", words, x=at, y=13, text_anchor=anchor),
        svg.tag("text", clock.day(hour), x=at, y=27, text_anchor=anchor, class_="soft"),
        svg.tag("line", x1=at, x2=at, y1=31, y2=36),
        class_=look or None,
    )


def percent(share: float) -> str:
    """A share as SVG writes it, to a hundredth of a per cent."""
    return f"{round(share * 100, 2):g}%"
