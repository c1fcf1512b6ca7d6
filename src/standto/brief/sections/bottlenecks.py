"""Bottlenecks: how far slots and fleets are used, and what one more of them would move."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from standto.brief.evidence.cases import bottleneck_id
from standto.brief.evidence.sources import of_bottleneck, of_names
from standto.brief.figures import sentence
from standto.brief.sections.uses import NOTHING_H, assumed, full_figure, name_of, scarce, use_cards
from standto.brief.sheet import Section, Sheet
from standto.brief.words import amount

if TYPE_CHECKING:
    from standto.advise.cures import Cure
    from standto.advise.use import Use

SAME = 0.05
ONE_MORE = "the bound proven again with one more, against the bound"
AGAIN = "planned again with and without one more, with like effort"


def bottlenecks(sheet: Sheet) -> Section | None:
    """What holds the whole move back; absent where nothing scarce is used and nothing was priced."""
    rows, uses = _rows(sheet), scarce(sheet)
    reason = sheet.given.bound.reason if sheet.given.bound is not None else ""
    if not rows and not reason and not uses:
        return None
    content = {"rows": rows, "uses": use_cards(sheet)}
    return Section("bottlenecks", "Bottlenecks", _title(sheet, rows), _lead(sheet, rows, reason), content)


def _lead(sheet: Sheet, rows: list[dict[str, Any]], reason: str) -> Markup:
    parts = [sentence("What sets the bound: {reason}", reason=reason)] if reason else []
    if rows:
        parts.append(
            Markup(
                "Solving the bound again with one more of each shows how far the limit itself moves. "
                "What it does to the plan is said only where the plan was made again."
            )
        )
    elif sheet.given.bound is not None and sheet.given.value is not None:
        parts.append(
            Markup("Of what the bound’s prices make candidates, nothing alone was proven to move the bound.")
        )
    return Markup(" ").join(parts)


def _rows(sheet: Sheet) -> list[dict[str, Any]]:
    cures = {bottleneck_id(cure.bottleneck): cure for cure in sheet.given.cures}
    priced = list(sheet.given.bound.bottlenecks) if sheet.given.bound is not None else []
    known = {bottleneck_id(item) for item in priced}
    priced += [cure.bottleneck for name, cure in cures.items() if name not in known]
    rows: list[dict[str, Any]] = []
    for item in priced:
        name = bottleneck_id(item)
        key = f"bottleneck.{name}"
        late = sheet.figures.add(
            f"{key}.lateness",
            item.lateness,
            "weight x h",
            amount(item.lateness),
            of_bottleneck(name, f"bottlenecks[{name}].lateness", ONE_MORE),
        )
        closure = of_bottleneck(name, f"bottlenecks[{name}].closure_h", ONE_MORE)
        rows.append(
            {
                "what": one_more(sheet, item.kind, item.id, item.mode),
                "closure_h": item.closure_h,
                "saved_h": item.lateness,
                "closure": sheet.span(f"{key}.closure", item.closure_h, closure),
                "lateness": late,
                "sentence": item.sentence,
                **_planned(sheet, name, cures.get(name)),
            }
        )
    return rows


def _planned(sheet: Sheet, name: str, cure: Cure | None) -> dict[str, Any]:
    if cure is None:
        return {"gain": None, "saved": None, "cure": ""}
    key, gain, saved = f"bottleneck.{name}.plan", cure.closure_gain_h, cure.lateness_gain
    closes = of_bottleneck(name, f"bottlenecks[{name}]: planned_before_h - planned_h", AGAIN)
    late = of_bottleneck(name, f"bottlenecks[{name}]: late_before - late_with", AGAIN)
    return {
        "gain": None if gain is None else sheet.span(f"{key}.closure", gain, closes),
        "saved": sheet.figures.add(f"{key}.lateness", saved, "weight x h", amount(saved), late),
        "cure": cure.sentence,
    }


def one_more(sheet: Sheet, kind: str, item: str, mode: str) -> str:
    """What one more of a scarce thing is."""
    if kind == "slots":
        place = sheet.places.get(item)
        guess = " (assumed)" if place is not None and place.assumed else ""
        return f"One more {mode + ' ' if mode else ''}slot at {sheet.place(item)}{guess}"
    if kind == "fleet":
        fleet = sheet.fleets.get(item)
        return f"One more vehicle of {(fleet.name or fleet.id) if fleet is not None else item}"
    if kind == "readiness":
        return f"{sheet.name(item)} ready 24 hours earlier"
    return f"{item} never closed"


def _title(sheet: Sheet, rows: list[dict[str, Any]]) -> Markup:
    """Rule: what moves the bound on closure most, or on lateness; else what is longest used to its limit."""
    best = max(rows, key=lambda row: float(row["closure_h"]), default=None)
    if best is not None and best["closure_h"] > SAME:
        return sentence("{what} moves the bound forward by {by}", what=best["what"], by=best["closure"])
    late = max(rows, key=lambda row: float(row["saved_h"]), default=None)
    if late is not None and late["saved_h"] > SAME:
        words = "{what} takes {by} weighted hours off the least lateness that is possible"
        return sentence(words, what=late["what"], by=late["lateness"])
    uses = scarce(sheet)
    held, number = _holds_back(sheet, uses)
    if held is not None:
        return _pressed(sheet, held, number)
    if uses and uses[0].full_h >= NOTHING_H:
        return _pressed(sheet, uses[0], 0)
    return Markup("Nothing scarce is ever used to its limit" if uses else "What sets the bound")


def _holds_back(sheet: Sheet, uses: list[Use]) -> tuple[Use | None, int]:
    """Of what is used to its limit, that which most late units name as what bound them, and how many do."""
    named = Counter(
        (reason.cause, reason.place if reason.cause == "slots" else reason.fleet)
        for one in sheet.late
        if (reason := sheet.reasons.get(one.id)) is not None and reason.cause in {"slots", "lift"}
    )
    for (cause, name), number in named.most_common():
        kind = "slots" if cause == "slots" else "fleet"
        found = next((use for use in uses if use.kind == kind and use.id == name), None)
        if found is not None and found.full_h >= NOTHING_H:
            return found, number
    return None, 0


def _pressed(sheet: Sheet, use: Use, holds: int) -> Markup:
    """`P’s 4 air slots (assumed) hold 5 late units back; all are in use for 3 days`."""
    number = use.number or 0
    several = number != 1
    guess = " (assumed)" if assumed(sheet, use) else ""
    what = f"{amount(number)} × {name_of(sheet, use)}"
    if use.kind == "slots":
        what = f"{sheet.place(use.id)}’s {amount(number)} {use.mode} slot{'s' if several else ''}"
    full = full_figure(sheet, use, spoken=True)
    all_are = "all are" if several else "it is"
    if not holds:
        words = "{what}{guess} {verb} in use for {full}, longer than anything else"
        return sentence(words, what=what, guess=guess, verb="are all" if several else "is", full=full)
    name = use.id
    names = [
        one.id
        for one in sheet.late
        if (reason := sheet.reasons.get(one.id)) is not None and name in {reason.place, reason.fleet}
    ]
    back = sheet.number(
        f"held.{name}", holds, of_names("plan.requirements", names, f"late, bound most by {name}")
    )
    return sentence(
        "{what}{guess} {verb} {back} late {noun} back; {all_are} in use for {full}",
        what=what,
        guess=guess,
        verb="hold" if several else "holds",
        back=back,
        noun=sheet.unit(holds).split("\N{NO-BREAK SPACE}")[-1],
        all_are=all_are,
        full=full,
    )
