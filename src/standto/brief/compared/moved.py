"""Which resource moved: slots and fleets whose use over time differs most between the two plans."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from standto.advise.use import Use
from standto.brief.charts.pair import draw_pair
from standto.brief.compared.pair import Pair, Side
from standto.brief.evidence.source import Source
from standto.brief.evidence.sources import of_fleet, of_slots
from standto.brief.figures import Figure, sentence
from standto.brief.sections.uses import name_of
from standto.brief.sheet import Section
from standto.brief.words import amount, whole_hours

OPEN, MOST_DRAWN, MOST_LISTED = 8, 40, 400
LEAST_H = 0.5
"""Hours of another use, per slot or vehicle, below which a resource did not move."""
Steps = tuple[tuple[float, int], ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """One resource in both plans; None where a plan does not use it.

    `otherwise_h` is how long a slot or vehicle of it, on average, is used in one plan and idle in the other.
    """

    a: Use | None
    b: Use | None
    otherwise_h: float

    @property
    def any(self) -> Use:
        """The use in the second plan, else in the first."""
        used = self.b or self.a
        assert used is not None
        return used


def moved(pair: Pair) -> Section | None:
    """The resources whose use changed most; absent where neither plan uses anything scarce."""
    found = moved_uses(pair)
    if not found:
        return None
    changed = [one for one in found if one.otherwise_h >= LEAST_H]
    drawn = [_card(pair, one, at) for at, one in enumerate(changed[:MOST_DRAWN])]
    content = {
        "open": drawn[:OPEN],
        "folded": drawn[OPEN:],
        "table": [_row(pair, one) for one in found[:MOST_LISTED]],
        "more": max(0, len(found) - MOST_LISTED),
    }
    lead = Markup(
        "Slots of a mode at a place, and the vehicles of a fleet, over time. First stands what is used at "
        "other hours most: the hours in which one plan uses a slot or vehicle and the other does not, over "
        "how many there are."
    )
    return Section("moved", "Which resource moved", _title(pair, changed), lead, content)


def moved_uses(pair: Pair) -> list[Moved]:
    """Every limited resource that either plan uses, what moved most first."""
    by_key: dict[tuple[str, str, str], list[Use | None]] = {}
    for at, side in enumerate(pair.sides):
        for use in side.sheet.use:
            by_key.setdefault((use.kind, use.id, use.mode), [None, None])[at] = use
    found = []
    for a, b in by_key.values():
        most = max((one.number for one in (a, b) if one is not None and one.number is not None), default=0)
        if most:
            otherwise = _apart_h(a.steps if a else (), b.steps if b else ()) / most
            found.append(Moved(a, b, otherwise))
    return sorted(found, key=lambda one: (-one.otherwise_h, one.any.kind, one.any.id, one.any.mode))


def _apart_h(a: Steps, b: Steps) -> float:
    """Slot or vehicle hours by which two uses differ, hour by hour."""
    changes = sorted([(hour, 0, level) for hour, level in a] + [(hour, 1, level) for hour, level in b])
    levels, whole = [0, 0], 0.0
    for (hour, side, level), (until, _, _) in itertools.pairwise(changes):
        levels[side] = level
        whole += abs(levels[0] - levels[1]) * (until - hour)
    return whole


def _title(pair: Pair, changed: list[Moved]) -> Markup:
    """Rule: what moved most, by the hours in which all of it is in use, else by its hours in use."""
    if not changed:
        return Markup("No slot and no fleet is used otherwise")
    return sentence("{name}: {told}", name=_name(pair, changed[0]), told=_told(pair, changed[0]))


def _side_of(pair: Pair, one: Moved) -> Side:
    return pair.b if one.b is not None else pair.a


def _name(pair: Pair, one: Moved) -> str:
    return name_of(_side_of(pair, one).sheet, one.any)


def _noun(one: Moved) -> str:
    return "slot hours" if one.any.kind == "slots" else "vehicle hours"


def _source(side: Side, use: Use, field: str, how: str) -> Source:
    key = f"{use.id}/{use.mode}" if use.kind == "slots" else use.id
    path = f"use[{key}].{field}"
    made = of_slots(use.id, use.mode, path, how) if use.kind == "slots" else of_fleet(use.id, path, how)
    return side.source(made)


def _full(pair: Pair, side: Side, use: Use | None) -> Figure | str:
    if use is None:
        return "0 h"
    how = "hours in which as many were in use as there are"
    return pair.pen.span(f"{side.key}.use.{_key(use)}.full", use.full_h, _source(side, use, "full_h", how))


def _busy(pair: Pair, side: Side, use: Use | None) -> Figure | str:
    if use is None:
        return "0"
    how = "slot or vehicle hours in use, summed"
    source = _source(side, use, "busy_h", how)
    unit = "slot hours" if use.kind == "slots" else "vehicle hours"
    return pair.pen.figures.add(
        f"{side.key}.use.{_key(use)}.busy", use.busy_h, unit, amount(use.busy_h), source
    )


def _key(use: Use) -> str:
    return f"{use.id}/{use.mode}" if use.kind == "slots" else use.id


def _told(pair: Pair, one: Moved) -> Markup:
    """What became of one resource, as a clause."""
    a, b = one.a, one.b
    if a is None or b is None:
        use, side = (b, pair.b) if a is None else (a, pair.a)
        return sentence(
            "used only in the {nth} plan, for {busy} {noun}",
            nth=side.nth,
            busy=_busy(pair, side, use),
            noun=_noun(one),
        )
    parts = []
    if a.number != b.number:
        parts.append(sentence("there are {b} instead of {a}", a=_number(a), b=_number(b)))
    if whole_hours(a.full_h) != whole_hours(b.full_h):
        words = "all in use for {b} instead of {a}"
        parts.append(sentence(words, a=_full(pair, pair.a, a), b=_full(pair, pair.b, b)))
    if round(a.busy_h) != round(b.busy_h):
        words = "{b} {noun} instead of {a}"
        parts.append(sentence(words, a=_busy(pair, pair.a, a), b=_busy(pair, pair.b, b), noun=_noun(one)))
    if not parts:
        parts.append(sentence("used for as many {noun}, at other times", noun=_noun(one)))
    return Markup(", ").join(parts)


def _number(use: Use) -> str:
    return "any number" if use.number is None else amount(use.number)


def _card(pair: Pair, one: Moved, at: int) -> dict[str, Any]:
    name = _name(pair, one)
    noun = f"{one.any.mode} slots" if one.any.kind == "slots" else "vehicles"
    return {
        "name": name,
        "told": _told(pair, one),
        "svg": draw_pair(
            one.a, one.b, f"moved-{at}", f"{name}: {noun} in use in both plans", noun, pair.last_h, pair.kind
        ),
    }


def _row(pair: Pair, one: Moved) -> dict[str, Any]:
    return {
        "name": _name(pair, one),
        "numbers": [_number(use) if use is not None else "–" for use in (one.a, one.b)],
        "full": [_full(pair, pair.a, one.a), _full(pair, pair.b, one.b)],
        "busy": [_busy(pair, pair.a, one.a), _busy(pair, pair.b, one.b)],
    }
