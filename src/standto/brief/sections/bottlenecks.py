"""Bottlenecks: what one more slot or vehicle would move, by the bound's prices and after planning again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from standto.brief.figures import sentence
from standto.brief.sheet import Section, Sheet
from standto.brief.words import amount

if TYPE_CHECKING:
    from standto.advise.cures import Cure

SAME = 0.05


def bottlenecks(sheet: Sheet) -> Section | None:
    """What holds the whole move back; absent where neither prices nor cures were worked out."""
    rows = _rows(sheet)
    reason = sheet.given.bound.reason if sheet.given.bound is not None else ""
    if not rows and not reason:
        return None
    lead = Markup(
        "Solving the bound again with one more of each shows how far the limit itself moves. "
        "What it does to the plan is said only where the plan was made again."
    )
    if not rows:
        lead = Markup("")
    if reason:
        lead = sentence("{reason} {lead}", reason=reason, lead=lead)
    return Section("bottlenecks", "Bottlenecks", _title(sheet, rows), lead, {"rows": rows})


def _rows(sheet: Sheet) -> list[dict[str, Any]]:
    cures = {
        (cure.bottleneck.kind, cure.bottleneck.id, cure.bottleneck.mode): cure for cure in sheet.given.cures
    }
    priced = list(sheet.given.bound.bottlenecks) if sheet.given.bound is not None else []
    known = {(item.kind, item.id, item.mode) for item in priced}
    priced += [cure.bottleneck for key, cure in cures.items() if key not in known]
    rows: list[dict[str, Any]] = []
    for item in priced:
        key = f"bottleneck.{item.kind}.{item.id}" + (f".{item.mode}" if item.mode else "")
        source = "bound solved again with one more"
        late = amount(item.lateness)
        rows.append(
            {
                "what": _what(sheet, item.kind, item.id, item.mode),
                "closure_h": item.closure_h,
                "closure": sheet.span(f"{key}.closure", item.closure_h, source),
                "lateness": sheet.figures.add(f"{key}.lateness", item.lateness, "weight x h", late, source),
                "sentence": item.sentence,
                **_planned(sheet, key, cures.get((item.kind, item.id, item.mode))),
            }
        )
    return rows


def _planned(sheet: Sheet, key: str, cure: Cure | None) -> dict[str, Any]:
    if cure is None:
        return {"gain": None, "saved": None, "cure": ""}
    source = "plan made again with one more"
    gain, saved = cure.closure_gain_h, cure.lateness_gain
    return {
        "gain": None if gain is None else sheet.span(f"{key}.plan.closure", gain, source),
        "saved": None
        if saved is None
        else sheet.figures.add(f"{key}.plan.lateness", saved, "weight x h", amount(saved), source),
        "cure": cure.sentence,
    }


def _what(sheet: Sheet, kind: str, item: str, mode: str) -> str:
    if kind == "slots":
        place = sheet.places.get(item)
        assumed = " (assumed)" if place is not None and place.assumed else ""
        return f"One more {mode + ' ' if mode else ''}slot at {sheet.place(item)}{assumed}"
    if kind == "fleet":
        fleet = sheet.fleets.get(item)
        return f"One more vehicle of {(fleet.name or fleet.id) if fleet is not None else item}"
    if kind == "readiness":
        return f"{sheet.name(item)} ready 24 hours earlier"
    return f"{item} never closed"


def _title(sheet: Sheet, rows: list[dict[str, Any]]) -> Markup:
    """Rule: the row that moves the bound on closure most; else that nothing alone moves it."""
    best = max(rows, key=lambda row: float(row["closure_h"]), default=None)
    if best is None:
        return Markup("What sets the bound")
    if best["closure_h"] <= SAME:
        return Markup("No single slot or vehicle more moves the closure bound")
    return sentence("{what} moves the bound forward by {by}", what=best["what"], by=best["closure"])
