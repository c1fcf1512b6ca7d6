"""What a comparison rests on: hashes, versions, seeds and seconds of both plans, and the method."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from standto.brief.compared.pair import Pair, Side
from standto.brief.sections.basis import PLAN, PROOF
from standto.brief.sheet import Section
from standto.brief.words import amount, dtg

NAME = "Basis and method"
METHOD = (
    (
        "The comparison",
        "Both plans were judged by every rule before they were compared. Requirements are matched by their "
        "id; what only one problem has is listed and not compared. For each requirement the hours up to its "
        "close are walked back from its last unloading and given to what they went into: getting ready, "
        "slots at a place, a fleet, a closed link, the way. What differs most between the two plans is said "
        "as the reason.",
    ),
    ("The plans", PLAN.replace("The plan keeps", "Each plan keeps")),
    ("How the bounds are proven", PROOF),
    (
        "The figures",
        "Every underlined figure opens the rows that it rests on, of the first plan, of the second, or of "
        "both. compare.json, written beside this page, has the same figures under the same ids with the "
        "same sources.",
    ),
)
MADE_BY = ("solver", "version", "seed", "rounds", "seconds", "workers")


def basis(pair: Pair) -> Section:
    """Both plans line by line, and how this page was made."""
    sides = [_facts(side) for side in pair.sides]
    names = list(dict.fromkeys(name for facts in sides for name in facts))
    rows = [(name, *(facts.get(name, "–") for facts in sides)) for name in names]
    facts = [("Made", dtg(pair.given.generated)), ("Standto", pair.given.version)]
    if pair.given.as_of is not None:
        facts.append(("As of", dtg(pair.given.as_of)))
    whose = (
        [("both plans", pair.a)] if pair.a.shared else [(f"the {one.nth} plan", one) for one in pair.sides]
    )
    facts += [(f"Problem of {name} (SHA-256)", side.sheet.problem.sha256) for name, side in whose]
    same = "Both plans are of one and the same problem" if pair.a.shared else "Two problems, a plan of each"
    content = {"rows": rows, "facts": facts, "method": [(name, Markup(words)) for name, words in METHOD]}
    return Section("rests", NAME, Markup(same), Markup(""), content)


def _facts(side: Side) -> dict[str, str]:
    sheet, plan = side.sheet, side.sheet.given.plan
    bound = sheet.bound
    facts = {
        "Plan": side.file,
        "Problem": sheet.problem.name,
        "Exercise or real": sheet.banner,
        "C-hour": dtg(sheet.clock.epoch) if sheet.clock.epoch else "",
        "Planned first for": sheet.problem.goal,
        "Requirements": amount(len(sheet.requirements)),
        **{name.capitalize(): _plain(plan.made_by[name]) for name in MADE_BY if name in plan.made_by},
    }
    if bound is not None:
        facts["Bound"] = bound.method
        facts["Seconds for the bound"] = amount(bound.seconds, 1) if bound.seconds else ""
    return {name: value for name, value in facts.items() if value}


def _plain(value: Any) -> str:
    return amount(value, 1) if isinstance(value, float) else str(value)
