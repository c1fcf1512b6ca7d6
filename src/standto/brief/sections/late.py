"""Late and why: one sentence per requirement, grouped by what bound it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from standto.advise.cures import Cure, hours_cured
from standto.brief.evidence.cases import bottleneck_id
from standto.brief.evidence.sources import (
    of_cure,
    of_late_or_missing,
    of_method,
    of_names,
    of_outcome,
    of_requirement,
)
from standto.brief.figures import sentence
from standto.brief.sections.candidates import candidates
from standto.brief.sheet import Section, Sheet
from standto.brief.words import amount, listed
from standto.move.plan import Outcome
from standto.move.why import Reason

Reasons = Mapping[str, Reason]
Cured = Mapping[str, tuple[Cure, float]]
MOST_ROWS = 40
SLOWER = "a slower way"
"""How lift binds where nothing was waited for."""
CAUSES = ("undelivered", "slots", "lift", "way", "readiness", "none", "")


def late(sheet: Sheet) -> Section:
    """Who is late, grouped by cause, the largest group first."""
    several = [*sheet.undelivered, *sheet.late]
    reasons = sheet.reasons
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in several:
        groups[_cause(reasons, outcome)].append(outcome)
    cured = hours_cured(sheet.given.cures)
    ordered = sorted(groups, key=lambda cause: (-len(groups[cause]), CAUSES.index(cause)))
    drawn = [_group(sheet, reasons, cured, cause, groups[cause]) for cause in ordered]
    if sheet.large:
        sheet.scripts["why"] = {one.id: _why(reasons, one) for one in several}
    return Section("late", "Late and why", _title(sheet, drawn), _lead(sheet), {"groups": drawn})


def _cause(reasons: Reasons, outcome: Outcome) -> str:
    if outcome.close_h is None:
        return "undelivered"
    reason = reasons.get(outcome.id)
    return reason.cause if reason is not None and reason.cause in CAUSES else ""


def _what(sheet: Sheet, reasons: Reasons, cause: str, several: list[Outcome]) -> str:
    """What held a group back, as the end of a sentence; where it is slots or lift, which, most first."""
    words = {
        "undelivered": "not delivered",
        "slots": "held back by working slots",
        "lift": "held back by lift",
        "way": "held back by the length of the way there",
        "readiness": "not ready in time",
        "none": "late without one cause that stands out",
        "": "late",
    }[cause]
    which = (
        Counter(_where(sheet, reasons[one.id]) for one in several)
        if cause in {"slots", "lift"}
        else Counter()
    )
    named = [(name, number) for name, number in which.most_common() if name]
    if len(which) == 1 and named:
        return f"{words} at {named[0][0]}" if cause == "slots" else f"{words}: {named[0][0]}"
    if named:
        return f"{words}: {listed([f'{name} ({amount(number)})' for name, number in named], 3)}"
    return words


def _where(sheet: Sheet, reason: Reason) -> str:
    fleet = sheet.fleets.get(reason.fleet)
    if reason.cause == "slots":
        return sheet.place(reason.place)
    return (fleet.name or fleet.id) if fleet is not None else SLOWER


def _group(
    sheet: Sheet, reasons: Reasons, cured: Cured, cause: str, several: list[Outcome]
) -> dict[str, Any]:
    what = _what(sheet, reasons, cause, several)
    verb = "is" if len(several) == 1 else "are"
    names = [one.id for one in several]
    number = sheet.number(
        f"late.{cause or 'all'}.count", len(several), of_names("plan.requirements", names, what)
    )
    noun = sheet.unit(len(several)).split("\N{NO-BREAK SPACE}")[-1]
    rows = [_row(sheet, reasons, cured, outcome) for outcome in several[:MOST_ROWS]]
    hidden = len(several) - len(rows)
    return {
        "title": sentence("{number} {noun} {verb} {what}", number=number, noun=noun, verb=verb, what=what),
        "short": sentence("{number} {verb} {what}", number=number, verb=verb, what=what),
        "rows": rows,
        "cures": candidates(sheet, cause, [(one.id, reasons.get(one.id)) for one in several]),
        "more": sheet.number(f"late.{cause or 'all'}.more", hidden, of_method("rows not shown here"))
        if hidden
        else None,
        "undelivered": cause == "undelivered",
    }


def _row(sheet: Sheet, reasons: Reasons, cured: Cured, outcome: Outcome) -> dict[str, Any]:
    requirement = sheet.requirements[outcome.id]
    closes = (
        sheet.hour(f"close.{outcome.id}", outcome.close_h, of_outcome(outcome.id, "close_h"))
        if outcome.close_h is not None
        else None
    )
    return {
        "name": sheet.name(outcome.id),
        "nation": requirement.nation,
        "due": sheet.hour(f"due.{outcome.id}", requirement.due_h, of_requirement(outcome.id, "due_h")),
        "closes": closes,
        "late": sheet.span(f"late.{outcome.id}", outcome.late_h, of_outcome(outcome.id, "late_h")),
        "missed": requirement.hard_h is not None
        and (outcome.close_h is None or outcome.close_h > requirement.hard_h),
        "why": _why(reasons, outcome),
        "cure": _cure(sheet, cured, outcome.id),
    }


def _cure(sheet: Sheet, cured: Cured, name: str) -> Markup:
    """By how much sooner it closes with one more of something, said only where that was planned."""
    if name not in cured:
        return Markup("")
    cure, gain_h = cured[name]
    figure = sheet.span(f"cure.{name}", gain_h, of_cure(bottleneck_id(cure.bottleneck), name), spoken=True)
    return sentence("Planned again with {what}, it closes {by} sooner.", what=cure.what, by=figure)


def _why(reasons: Reasons, outcome: Outcome) -> str:
    reason = reasons.get(outcome.id)
    return (reason.sentence if reason is not None else "") or outcome.why


def _title(sheet: Sheet, groups: list[dict[str, Any]]) -> Markup:
    """Rule: name the largest group, if it has a cause; else say how many are late."""
    several = len(sheet.late) + len(sheet.undelivered)
    if not several:
        return Markup("Nothing is late")
    number = sheet.number("late-or-not.count", several, of_late_or_missing())
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
    names = [f"{name} ({amount(number)})" for name, number in nations.most_common() if name]
    words = "For each, the sentence names the largest cause in this plan, and what the rest is."
    if names:
        return sentence(words + " By nation: {names}.", names=listed(names, 8))
    return Markup(words)
