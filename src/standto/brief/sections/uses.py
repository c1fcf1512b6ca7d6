"""The use of slots and fleets over time, as the section on bottlenecks shows it."""

from __future__ import annotations

from typing import Any

from standto.advise.use import Use
from standto.brief.charts.use import draw_use
from standto.brief.evidence.source import Source
from standto.brief.evidence.sources import of_fleet, of_slots
from standto.brief.figures import Figure
from standto.brief.sheet import Sheet

OPEN, MOST_DRAWN, MOST_LISTED = 12, 60, 400
NOTHING_H = 0.5


def scarce(sheet: Sheet) -> list[Use]:
    """What has a limit, what is longest used to it first, then what is used most."""
    last = sheet.given.plan.totals.closure_h or sheet.last_h
    limited = [one for one in sheet.use if one.number is not None]
    return sorted(
        limited, key=lambda one: (-one.full_h, -(one.share(last) or 0.0), one.kind, one.id, one.mode)
    )


def use_cards(sheet: Sheet) -> dict[str, Any]:
    """A small chart for each resource, the most pressed first, and the same as a table."""
    uses = scarce(sheet)
    drawn = [_card(sheet, one, number) for number, one in enumerate(uses[:MOST_DRAWN])]
    return {
        "open": drawn[:OPEN],
        "folded": drawn[OPEN:],
        "table": [_row(sheet, one) for one in uses[:MOST_LISTED]],
        "more": max(0, len(uses) - MOST_LISTED),
        "unlimited": len(sheet.use) - len(uses),
    }


def name_of(sheet: Sheet, use: Use) -> str:
    """What a resource is called: a place with its mode, or a fleet with its owner where names repeat."""
    if use.kind == "slots":
        return f"{sheet.place(use.id)}, {use.mode} slots"
    fleet = sheet.fleets[use.id]
    name = fleet.name or fleet.id
    several = sum(1 for other in sheet.fleets.values() if (other.name or other.id) == name)
    return name if several == 1 else f"{name} ({use.id})"


def assumed(sheet: Sheet, use: Use) -> bool:
    """Whether figures of the resource are assumed."""
    if use.kind == "slots":
        return bool(sheet.places[use.id].assumed)
    return bool(sheet.fleets[use.id].assumed)


def full_figure(sheet: Sheet, use: Use, *, spoken: bool = False) -> Figure:
    """Hours in which all of it was in use."""
    source = _source(use, "full_h", "hours in which as many were in use as there are")
    return sheet.span(f"use.{_key(use)}.full", use.full_h, source, spoken=spoken)


def _key(use: Use) -> str:
    return f"{use.id}/{use.mode}" if use.kind == "slots" else use.id


def _source(use: Use, field: str, how: str) -> Source:
    path = f"use[{_key(use)}].{field}"
    if use.kind == "slots":
        return of_slots(use.id, use.mode, path, how)
    return of_fleet(use.id, path, how)


def _peak(sheet: Sheet, use: Use) -> Figure:
    return sheet.number(f"use.{_key(use)}.peak", use.peak, _source(use, "peak", "the most in use at once"))


def _noun(use: Use) -> str:
    return f"{use.mode} slot" if use.kind == "slots" else "vehicle"


def _card(sheet: Sheet, use: Use, number: int) -> dict[str, Any]:
    name = name_of(sheet, use)
    noun = _noun(use) + ("" if (use.number or use.peak) == 1 else "s")
    return {
        "name": name,
        "assumed": assumed(sheet, use),
        "full": full_figure(sheet, use) if use.full_h >= NOTHING_H else None,
        "peak": _peak(sheet, use),
        "number": use.number,
        "svg": draw_use(
            use, f"use-{number}", f"{name}: {noun} in use over time", noun, sheet.last_h, sheet.kind
        ),
    }


def _row(sheet: Sheet, use: Use) -> dict[str, Any]:
    last = sheet.given.plan.totals.closure_h or sheet.last_h
    share = use.share(last)
    how = "slot or vehicle hours in use over all from C-hour to the last close"
    return {
        "name": name_of(sheet, use),
        "assumed": assumed(sheet, use),
        "number": use.number,
        "peak": _peak(sheet, use),
        "full": full_figure(sheet, use),
        "share": None
        if share is None
        else sheet.share(f"use.{_key(use)}.share", share, _source(use, "busy_h", how)),
    }
