"""What would cure a group of late units: candidates by price, hours only after planning again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup

from standto.brief.evidence.cases import bottleneck_id
from standto.brief.evidence.sources import of_bottleneck
from standto.brief.figures import sentence
from standto.brief.sections.bottlenecks import AGAIN, ONE_MORE, one_more
from standto.brief.sheet import Sheet
from standto.brief.words import amount, listed

if TYPE_CHECKING:
    from standto.advise.cures import Cure
    from standto.move.bound import Bottleneck
    from standto.move.why import Reason

MOST = 3
KINDS = {"slots": ("slots",), "lift": ("fleet",), "readiness": ("readiness",), "way": ("way", "fleet")}


def candidates(sheet: Sheet, cause: str, several: Sequence[tuple[str, Reason | None]]) -> list[Markup]:
    """One sentence for each bottleneck that could help a group, then for what the prices call scarce.

    A bottleneck belongs to a group where it is of the group's kind and, for slots and fleets, is what some of
    the group waited for; for readiness, where it is one of the group.
    """
    kinds = KINDS.get(cause, ())
    waited = Counter(name for _, why in several if why is not None and (name := why.place or why.fleet))
    members = {name for name, _ in several}
    cures = {bottleneck_id(cure.bottleneck): cure for cure in sheet.given.cures}
    known = {bottleneck_id(one): one for one in (sheet.given.bound.bottlenecks if sheet.given.bound else ())}
    known |= {name: cure.bottleneck for name, cure in cures.items() if name not in known}
    said = []
    for name, one in known.items():
        mine = one.id in members if one.kind == "readiness" else one.id in waited or not waited
        if one.kind in kinds and mine:
            said.append(_said(sheet, name, one, cures.get(name)))
    return said[:MOST] or _priced(sheet, cause, waited)


def _said(sheet: Sheet, name: str, one: Bottleneck, cure: Cure | None) -> Markup:
    """What one candidate does to the bound, and to the plan where it was made again."""
    key = f"bottleneck.{name}"
    closure = sheet.span(
        f"{key}.closure", one.closure_h, of_bottleneck(name, f"bottlenecks[{name}].closure_h", ONE_MORE)
    )
    late = sheet.figures.add(
        f"{key}.lateness",
        one.lateness,
        "weight x h",
        amount(one.lateness),
        of_bottleneck(name, f"bottlenecks[{name}].lateness", ONE_MORE),
    )
    what = one_more(sheet, one.kind, one.id, one.mode)
    words = "{what} moves the bound on closure by {closure} and on lateness by {late} weighted hours"
    if cure is None:
        return sentence(words + "; not planned again.", what=what, closure=closure, late=late)
    saved = sheet.figures.add(
        f"{key}.plan.lateness",
        cure.lateness_gain,
        "weight x h",
        amount(cure.lateness_gain),
        of_bottleneck(name, f"bottlenecks[{name}]: late_before - late_with", AGAIN),
    )
    words += "; planned again, {saved} weighted hours late are saved."
    return sentence(words, what=what, closure=closure, late=late, saved=saved)


def _priced(sheet: Sheet, cause: str, waited: Counter[str]) -> list[Markup]:
    """Where no candidate was proven: which of what the group waited for has a price in the bound at all."""
    prices = sheet.given.bound.prices if sheet.given.bound is not None else None
    if prices is None or cause not in {"slots", "lift"} or not waited:
        return []
    if cause == "slots":
        scarce = [sheet.place(name) for name, _ in waited.most_common() if prices.slots.get(name)]
        noun = "slots at"
    else:
        held = (*prices.vehicles, *prices.moving)
        fleets = [
            sheet.fleets[name] for name, _ in waited.most_common() if name in held and name in sheet.fleets
        ]
        scarce, noun = [fleet.name or fleet.id for fleet in fleets], "more of"
    if not scarce:
        return [
            Markup(
                "The bound’s prices make nothing that these waited for a candidate: a better order may "
                "help more."
            )
        ]
    words = (
        "Candidates by the bound’s prices: {noun} {names}. "
        "No single one was proven to move the bound, so none was planned again."
    )
    return [sentence(words, noun=noun, names=listed(list(dict.fromkeys(scarce)), 4))]
