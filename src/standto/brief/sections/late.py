"""Late and why: one sentence per requirement, grouped by what bound it."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from markupsafe import Markup

from standto.brief.figures import sentence
from standto.brief.sheet import Section, Sheet
from standto.brief.words import listed
from standto.move.plan import Outcome

MOST_ROWS = 40
CAUSES = ("undelivered", "slots", "lift", "way", "readiness", "none", "")


def late(sheet: Sheet) -> Section:
    """Who is late, grouped by cause, the largest group first."""
    groups: dict[tuple[str, str], list[Outcome]] = defaultdict(list)
    for outcome in [*sheet.undelivered, *sheet.late]:
        groups[_cause(sheet, outcome)].append(outcome)
    ordered = sorted(groups.items(), key=lambda item: (-len(item[1]), CAUSES.index(item[0][0]), item[0][1]))
    drawn = [_group(sheet, index, cause, at, several) for index, ((cause, at), several) in enumerate(ordered)]
    return Section("late", "Late and why", _title(sheet, drawn), _lead(sheet), {"groups": drawn})


def _cause(sheet: Sheet, outcome: Outcome) -> tuple[str, str]:
    if outcome.close_h is None:
        return "undelivered", ""
    reason = sheet.given.reasons.get(outcome.id)
    if reason is None or reason.cause not in CAUSES:
        return "", ""
    if reason.cause == "slots":
        return "slots", reason.place
    if reason.cause == "lift":
        return "lift", reason.fleet
    return reason.cause, ""


def _what(sheet: Sheet, cause: str, at: str) -> str:
    """What held a group back, as the end of a sentence."""
    fleet = sheet.fleets.get(at)
    return {
        "undelivered": "not delivered",
        "slots": f"held back by working slots at {sheet.place(at)}",
        "lift": f"waiting for {(fleet.name or fleet.id) if fleet is not None else 'lift'}",
        "way": "held back by the length of the way there",
        "readiness": "not ready in time",
        "none": "late without one cause that stands out",
        "": "late",
    }[cause]


def _group(sheet: Sheet, index: int, cause: str, at: str, several: list[Outcome]) -> dict[str, Any]:
    what = _what(sheet, cause, at)
    verb = "is" if len(several) == 1 else "are"
    key = f"late.{cause or 'all'}{'.' + at if at else ''}.count"
    number = sheet.number(key, len(several), f"plan.requirements {what}")
    noun = sheet.unit(len(several)).split("\N{NO-BREAK SPACE}")[-1]
    rows = [_row(sheet, outcome) for outcome in several[:MOST_ROWS]]
    return {
        "key": f"late-{index}",
        "title": sentence("{number} {noun} {verb} {what}", number=number, noun=noun, verb=verb, what=what),
        "short": sentence("{number} {verb} {what}", number=number, verb=verb, what=what),
        "rows": rows,
        "more": len(several) - len(rows),
        "undelivered": cause == "undelivered",
    }


def _row(sheet: Sheet, outcome: Outcome) -> dict[str, Any]:
    requirement = sheet.requirements[outcome.id]
    source = f"plan.requirements[{outcome.id}]"
    reason = sheet.given.reasons.get(outcome.id)
    closes = (
        sheet.hour(f"close.{outcome.id}", outcome.close_h, source + ".close_h")
        if outcome.close_h is not None
        else None
    )
    return {
        "name": sheet.name(outcome.id),
        "nation": requirement.nation,
        "due": sheet.hour(
            f"due.{outcome.id}", requirement.due_h, f"problem.requirements[{outcome.id}].due_h"
        ),
        "closes": closes,
        "late": sheet.span(f"late.{outcome.id}", outcome.late_h, source + ".late_h"),
        "missed": requirement.hard_h is not None
        and (outcome.close_h is None or outcome.close_h > requirement.hard_h),
        "why": (reason.sentence if reason is not None else "") or outcome.why,
    }


def _title(sheet: Sheet, groups: list[dict[str, Any]]) -> Markup:
    """Rule: name the largest group, if it has a cause; else say how many are late."""
    several = len(sheet.late) + len(sheet.undelivered)
    if not several:
        return Markup("Nothing is late")
    number = sheet.number("late-or-not.count", several, "plan.requirements late or not delivered")
    if len(groups) == 1:
        return Markup(groups[0]["title"])
    words = (
        "{number} of {all} are late; {first}"
        if not sheet.undelivered
        else "{number} of {all} are late or missing; {first}"
    )
    return sentence(words, number=number, all=sheet.unit(len(sheet.outcomes)), first=groups[0]["short"])


def _lead(sheet: Sheet) -> Markup:
    if not sheet.late and not sheet.undelivered:
        return Markup("Every requirement closes by the hour it is due.")
    nations = Counter(sheet.requirements[one.id].nation for one in [*sheet.late, *sheet.undelivered])
    names = [f"{name} ({number})" for name, number in nations.most_common() if name]
    words = "For each, the sentence names what bound it last in this plan."
    if names:
        return sentence(words + " By nation: {names}.", names=listed(names, 8))
    return Markup(words)
