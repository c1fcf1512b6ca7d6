"""What it rests on: assumptions with their reasons, sources, and the method in a paragraph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from standto.advise.proof_words import proven_by
from standto.brief.evidence.sources import of_assumptions
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
    number = sheet.number("assumptions.count", len(assumed), of_assumptions())
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


PLAN = (
    "The plan keeps every rule of the lift format (standto-lift/1) in exact time: slots, ranges, seats, "
    "tonnes, hours of use and readiness; a judge that shares no code with the planner checked it."
)
PROOF = (
    "First, each requirement alone is given all lift: the earliest hour at which it could then close is a "
    "limit for it in every plan. Then all share the lift. Take any plan that has delivered everything by "
    "an hour t, and put a price, at least 0, on every hour of a slot, of a vehicle and of moving. "
    "Whatever the prices are, what was delivered cannot have cost more than all the hours up to t were "
    "worth: the plan used no others. A linear programme (HiGHS) looks for prices under which everything "
    "costs more than that. Where it finds them, no plan can end by t, and the hour is raised until none "
    "are found. The prices are then made consistent and every sum is made again without the solver, so "
    "that nothing rests on its arithmetic; what is published is rounded down. Waiting for a full vehicle "
    "and work that must fall together are not seen, so the best plan may end later than the bound; none "
    "can end before it."
)


def _method(sheet: Sheet) -> list[tuple[str, Markup]]:
    """How plan and bound were made, a paragraph each, and how figures open their evidence."""
    bound = sheet.bound
    told = [("The plan", Markup(PLAN))]
    if bound is not None and (bound.method or bound.closure_h is not None):
        words = sentence(PROOF + " What was done here: {method}", method=_ended(bound.method))
        told.append(("How the bound is proven", words))
    told.append(("The figures", Markup(FIGURES)))
    return told


FIGURES = (
    "Every underlined figure opens the rows that it rests on: of the scenario, of the problem made from "
    "it, of the plan, or of what was proven. brief.json, written beside this page, has the same figures "
    "under the same ids with the same sources."
)


def _ended(words: str) -> str:
    """The steps of a proof in plain words, with a full stop last."""
    said = proven_by(words)
    return said + ("" if said.endswith(".") or not said else ".")


MADE_BY = {
    "solver": "Solver",
    "version": "Version of the solver",
    "seed": "Seed",
    "rounds": "Rounds of search",
    "seconds": "Seconds for the plan",
}


def _facts(sheet: Sheet) -> list[tuple[str, str]]:
    given, made = sheet.given, sheet.given.plan.made_by
    facts = [("Made", dtg(given.generated)), ("Standto", given.version)]
    if given.as_of is not None:
        facts.append(("As of", dtg(given.as_of)))
    facts += [
        (said, _plain(made[name]))
        for name, said in MADE_BY.items()
        if name in made and (name != "version" or made[name] != given.version)
    ]
    if sheet.bound is not None and sheet.bound.seconds:
        facts.append(("Seconds for the bound", amount(sheet.bound.seconds, 1)))
    facts.append(("Problem (SHA-256)", given.problem.sha256))
    return facts


def _plain(value: Any) -> str:
    return amount(value, 1) if isinstance(value, float) else str(value)
