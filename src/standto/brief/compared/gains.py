"""Who gains and who loses: every requirement that closes at another time, the largest gain first."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from standto.advise.compare import Change
from standto.brief.charts import svg
from standto.brief.compared.evidence import moves_of
from standto.brief.compared.pair import Pair, Side
from standto.brief.compared.sources import of_change, of_movers
from standto.brief.evidence.sources import of_outcome
from standto.brief.figures import Figure, sentence
from standto.brief.gantt.strip import percent
from standto.brief.sheet import MOST_DRAWN, Section
from standto.brief.words import count, span, tonnes

LEAST_WIDE = 0.004
BAR = 16


def gains(pair: Pair) -> Section:
    """A row for each requirement that closes at another time, and how many close at the same."""
    moved = [*pair.comparison.gained, *reversed(pair.comparison.lost)]
    shown = _largest(moved)
    widest = max((abs(one.close_gain_h) for one in moved if one.close_gain_h is not None), default=1.0)
    large = len(moved) > len(shown)
    if large:
        pair.pen.scripts["gains"] = [_packed(pair, one, widest) for one in moved]
        pair.pen.scripts["opens"] = pair.b.table("problem.requirements")
    same = sum(1 for one in pair.comparison.changes if moves_of(one) == "same")
    content = {
        "rows": [_row(pair, one, widest) for one in shown],
        "large": large,
        "total": pair.pen.number("moved.count", len(moved), "changes: moves is not same"),
        "same": pair.pen.number("same.count", same, of_movers("same")) if same else None,
        "opens": pair.b.table("problem.requirements"),
        "scale": span(widest),
    }
    lead = Markup(
        "A requirement gains where all of it is at its destination earlier in the second plan. Each sentence "
        "says what took most of the hours that differ, walked back from the last unloading."
    )
    return Section("gains", "Who gains, who loses", _title(pair, moved), lead, content)


def _title(pair: Pair, moved: list[Change]) -> Markup:
    """Rule: what the largest gain and the largest loss are, and whose."""
    if not moved:
        return Markup("Nobody closes at another time")
    first, last = moved[0], moved[-1]
    parts = []
    if moves_of(first) == "gains":
        parts.append(_most(pair, first, "gains most", "is delivered only in the second plan"))
    if moves_of(last) == "loses":
        parts.append(_most(pair, last, "loses most", "is delivered only in the first plan"))
    return Markup("; ").join(parts)


def _most(pair: Pair, change: Change, verb: str, only: str) -> Markup:
    name = pair.names[change.requirement]
    if change.close_gain_h is None:
        return sentence("{name} {only}", name=name, only=only)
    return sentence("{name} {verb}: {gain}", name=name, verb=verb, gain=_gain(pair, change))


def _largest(moved: list[Change]) -> list[Change]:
    """The largest gains and losses, as many as stand on the page without scripts, still in their order."""
    if len(moved) <= MOST_DRAWN:
        return moved
    order = sorted(range(len(moved)), key=lambda at: -abs(_hours(moved[at])))[:MOST_DRAWN]
    return [moved[at] for at in sorted(order)]


def _hours(change: Change) -> float:
    return float("inf") if change.close_gain_h is None else change.close_gain_h


def _gain(pair: Pair, change: Change) -> Figure | None:
    hours = change.close_gain_h
    if hours is None:
        return None
    source = of_change(change.requirement, "close_gain_h")
    text = f"{span(abs(hours)) if abs(hours) >= 0.5 else 'under 1 h'} {'earlier' if hours > 0 else 'later'}"
    return pair.pen.figures.add(f"gain.{change.requirement}", hours, "h", text, source)


def _close(pair: Pair, side: Side, change: Change) -> Figure | None:
    hour = change.close_a_h if side.key == "a" else change.close_b_h
    if hour is None:
        return None
    source = side.source(of_outcome(change.requirement, "close_h"))
    return pair.pen.hour(f"{side.key}.close.{change.requirement}", hour, source)


def _only(change: Change) -> str:
    """What stands instead of hours for what one plan alone delivers."""
    return "only in the second" if change.close_a_h is None else "only in the first"


def _load(pair: Pair, change: Change) -> str:
    wanted = pair.b.sheet.requirements[change.requirement]
    load = [count(wanted.pax, "person", "people")] if wanted.pax else []
    load += [f"{tonnes(wanted.tonnes)} t"] if wanted.tonnes else []
    return " · ".join([*([wanted.nation] if wanted.nation else []), *load])


def _why(change: Change) -> str:
    """What made the difference, as a sentence."""
    words = change.because
    return f"{words[:1].upper()}{words[1:]}." if words else ""


def _place(change: Change, widest: float) -> tuple[float, float, str]:
    """Start and width of the bar as shares, and its look: earlier to the left, later to the right."""
    look = moves_of(change)
    hours = change.close_gain_h
    if hours is None:
        return (0.0, 0.5, f"{look} only") if look == "gains" else (0.5, 0.5, f"{look} only")
    wide = max(LEAST_WIDE, 0.5 * abs(hours) / widest)
    return (0.5 - wide if hours > 0 else 0.5), wide, look


def _row(pair: Pair, change: Change, widest: float) -> dict[str, Any]:
    start, wide, look = _place(change, widest)
    rect = svg.tag("rect", x=percent(start), width=percent(wide), y=2, height=12, class_=look)
    axis = svg.tag("line", x1="50%", x2="50%", y1=0, y2=BAR, class_="base")
    return {
        "id": change.requirement,
        "name": pair.names[change.requirement],
        "load": _load(pair, change),
        "bar": svg.tag("svg", rect, axis, class_="bar diverge", aria_hidden="true", focusable="false"),
        "hours": change.close_gain_h
        if change.close_gain_h is not None
        else (1e9 if look[0] == "g" else -1e9),
        "gain": _gain(pair, change) or _only(change),
        "a": _close(pair, pair.a, change) or "not delivered",
        "b": _close(pair, pair.b, change) or "not delivered",
        "why": _why(change),
    }


def _packed(pair: Pair, change: Change, widest: float) -> list[Any]:
    """A row as the script reads it: texts, hours, and the bar in tenths of a per cent."""
    start, wide, look = _place(change, widest)
    row = [change.requirement, pair.names[change.requirement], _load(pair, change)]
    gain, a, b = _gain(pair, change), _close(pair, pair.a, change), _close(pair, pair.b, change)
    values = [None if one is None else one.value for one in (gain, a, b)]
    bar = [round(1000 * start, 1), round(1000 * wide, 1), look]
    return [*row, *values, str(gain or _only(change)), _why(change), bar]
