"""What it rests on: assumptions with their reasons, sources, and the method in a paragraph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from standto.brief.figures import sentence
from standto.brief.sheet import Section, Sheet
from standto.brief.words import amount, count, dtg, listed

SHOWN_NAMES = 6
SHOWN_OPEN = 10
"""More assumptions or sources than these are folded away, still on the page."""


def basis(sheet: Sheet) -> Section:
    """Assumptions, sources and method."""
    assumed = _assumptions(sheet)
    about = sheet.problem.about
    number = sheet.number(
        "assumptions.count", len(assumed), "problem.about.assumptions and every field `assumed`"
    )
    title = sentence(
        "{number} {noun} stand behind these figures",
        number=number,
        noun="assumption" if len(assumed) == 1 else "assumptions",
    )
    if len(assumed) == 1:
        title = sentence("{number} assumption stands behind these figures", number=number)
    if not assumed:
        title = Markup("What these figures rest on")
    lead = Markup(
        "A figure for a real place or unit that no source gives is assumed, and says so wherever it is shown."
    )
    sources = [_source(item) for item in (about.sources if about is not None else ())]
    content = {
        "open": SHOWN_OPEN,
        "assumptions": assumed,
        "sources": sources,
        "method": _method(sheet),
        "facts": _facts(sheet),
    }
    return Section("basis", "Assumptions, sources, method", title, lead, content)


def _assumptions(sheet: Sheet) -> list[dict[str, str]]:
    about = sheet.problem.about
    rows = []
    for item in about.assumptions if about is not None else ():
        values = [value for value in item.values() if value]
        rows.append({"what": values[0] if values else "", "why": " ".join(values[1:])})
    problem = sheet.problem
    rows += _grouped("place", ((place.name or place.id, place.assumed) for place in problem.places))
    rows += _grouped("fleet", ((fleet.name or fleet.id, fleet.assumed) for fleet in problem.fleets))
    rows += _grouped("requirement", ((sheet.name(one.id), one.assumed) for one in problem.requirements))
    links = (
        (f"{sheet.place(link.origin)} to {sheet.place(link.destination)} by {link.mode}", link.assumed)
        for link in problem.links
    )
    return rows + _grouped("way", links)


def _grouped(noun: str, items: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    """Like reasons in one row, with the things they are about."""
    names: dict[str, list[str]] = defaultdict(list)
    for name, why in items:
        if why:
            names[why].append(name)
    rows = []
    for why, several in names.items():
        distinct = list(dict.fromkeys(several))
        what = listed(distinct, SHOWN_NAMES)
        if len(distinct) > SHOWN_NAMES:
            what = f"{count(len(distinct), noun)}: {what}"
        rows.append({"what": what, "why": why})
    return rows


def _source(item: dict[str, str]) -> dict[str, str]:
    """A source as name and address; only http(s) becomes a link."""
    address = next((value for value in item.values() if value.startswith(("https://", "http://"))), "")
    names = [value for value in item.values() if value and value != address]
    return {"name": " · ".join(names), "address": address}


def _method(sheet: Sheet) -> Markup:
    bound = sheet.bound
    words = (
        "The plan keeps every rule of the lift format (standto-lift/1) in exact time: slots, ranges, seats, "
        "tonnes, hours of use and readiness; a judge that shares no code with the planner checked it."
    )
    if bound is None or not (bound.method or bound.closure_h is not None):
        return Markup(words)
    return sentence(
        words + " The bound holds for every plan of this problem, found or not. {method}",
        method=_ended(bound.method),
    )


def _ended(words: str) -> str:
    """Words as a sentence: a capital first, a full stop last."""
    return words[:1].upper() + words[1:] + ("" if words.endswith(".") or not words else ".")


def _facts(sheet: Sheet) -> list[tuple[str, str]]:
    given, made = sheet.given, sheet.given.plan.made_by
    facts = [("Made", dtg(given.generated)), ("Standto", given.version)]
    if given.as_of is not None:
        facts.append(("As of", dtg(given.as_of)))
    facts += [
        (name.capitalize(), _plain(made[name]))
        for name in ("solver", "version", "seed", "seconds")
        if name in made
    ]
    if sheet.bound is not None and sheet.bound.seconds:
        facts.append(("Seconds for the bound", amount(sheet.bound.seconds, 1)))
    facts.append(("Problem (SHA-256)", given.problem.sha256))
    return facts


def _plain(value: Any) -> str:
    return amount(value, 1) if isinstance(value, float) else str(value)
