"""The answer: one sentence, and four figures under it."""

from __future__ import annotations

import math

from markupsafe import Markup

from standto.advise.in_place import in_place_at
from standto.brief.evidence.sources import (
    of_alert_gain,
    of_alert_range,
    of_all_requirements,
    of_arrivals,
    of_arrived_share,
    of_bound,
    of_closure,
    of_gap,
    of_late,
    of_missing,
    of_outcome,
)
from standto.brief.figures import Figure, sentence
from standto.brief.sheet import Section, Sheet

SAME_H = 0.5
EVER_H = 1e9


def answer(sheet: Sheet) -> Section:
    """What is in place when, against the bound and the plan without alerts."""
    cards = [_days(sheet), _closure(sheet), _alert(sheet), _late(sheet)]
    return Section(
        "answer", "The answer", headline(sheet), _second(sheet), {"cards": [card for card in cards if card]}
    )


def totals(sheet: Sheet) -> tuple[Figure, Figure]:
    """People and tonnes that are to be in place."""
    people = sum(requirement.pax for requirement in sheet.movers)
    tonnes = sum(requirement.tonnes for requirement in sheet.movers)
    return (
        sheet.people("all.people", people, of_all_requirements("people")),
        sheet.tonnes("all.tonnes", tonnes, of_all_requirements("tonnes")),
    )


def closure(sheet: Sheet) -> Figure | None:
    """The last close of the plan, in words."""
    hour = sheet.given.plan.totals.closure_h
    if hour is None:
        return None
    return sheet.span("closure.after", hour, of_closure(), spoken=True)


def alert_gain(sheet: Sheet) -> Figure | None:
    """Hours by which the alerts bring closure forward."""
    value = sheet.given.value
    if value is None or value.closure_gain_h is None:
        return None
    return sheet.span("alert.gain", value.closure_gain_h, of_alert_gain(), spoken=True)


def headline(sheet: Sheet) -> Markup:
    """The answer in one sentence: how many, how long, what the alert bought, or what cannot be delivered."""
    people, tonnes = totals(sheet)
    last, gain = closure(sheet), alert_gain(sheet)
    missing = sheet.undelivered
    if not sheet.movers:
        return Markup("Nothing has to move.")
    if last is None:
        return _in_part(sheet, people, tonnes)
    if missing:
        number = sheet.number("undelivered.count", len(missing), of_missing())
        words = "{number} of {all} cannot be brought into place; the rest is there {last} after the order."
        return sentence(words, number=number, all=sheet.unit(len(sheet.outcomes)), last=last)
    words = "All {people} people and {tonnes} t are in place {last} after the order to deploy"
    if float(people.value or 0) == 0:
        words = "All {tonnes} t are in place {last} after the order to deploy"
    elif float(tonnes.value or 0) == 0:
        words = "All {people} people are in place {last} after the order to deploy"
    return sentence(words + _gained(sheet, gain), people=people, tonnes=tonnes, last=last, gain=gain or "")


def _in_part(sheet: Sheet, people: Figure, tonnes: Figure) -> Markup:
    """The headline where no unit gets there in full."""
    there = in_place_at(sheet.steps, math.inf)
    if not there.people and not there.tonnes:
        return sentence(
            "Nothing of {people} people and {tonnes} t is in place.", people=people, tonnes=tonnes
        )
    return sentence(
        "No unit is in place in full: {some} of {people} people and {part} t of {tonnes} t are there.",
        some=sheet.people("part.people", there.people, of_arrivals(EVER_H, "people")),
        people=people,
        part=sheet.tonnes("part.tonnes", there.tonnes, of_arrivals(EVER_H, "tonnes")),
        tonnes=tonnes,
    )


def _gained(sheet: Sheet, gain: Figure | None) -> str:
    """What the alerts bought, as the end of the headline; said apart where this plan has another goal."""
    value = sheet.given.value
    if gain is None or value is None:
        return "."
    here, there = sheet.given.plan.totals.closure_h, value.with_alerts.closure_h
    same = here is not None and there is not None and abs(here - there) < SAME_H
    if float(gain.value or 0) < SAME_H:
        return f"; {sheet.alerts} can bring the last of them in no sooner."
    if same:
        return f", {{gain}} sooner than without {sheet.alerts}."
    return f"; {sheet.alerts} can bring the last of them in {{gain}} sooner."


def _second(sheet: Sheet) -> Markup:
    late = sheet.late
    bound = sheet.bound
    parts = []
    if bound is not None and bound.closure_h is not None:
        if sheet.proven_best:
            never = sheet.figures.add(
                "bound.after", bound.closure_h, "h", "No plan can do it faster", of_bound("closure_h")
            )
            parts.append(sentence("{never}: that is proven.", never=never))
        else:
            proven = sheet.span("bound.after", bound.closure_h, of_bound("closure_h"), spoken=True, down=True)
            words = "No plan can do it in less than {proven}: that is proven."
            if sheet.undelivered:
                words = (
                    "No plan that delivers what can be delivered ends in less than {proven}: that is proven."
                )
            parts.append(sentence(words, proven=proven))
    if not late and not sheet.undelivered:
        parts.append(Markup("Everything is there by the hour it is due."))
    elif late:
        number = sheet.number("late.count", len(late), of_late())
        worst = sheet.span(
            f"late.{late[0].id}", late[0].late_h, of_outcome(late[0].id, "late_h"), spoken=True
        )
        words = "{number} of {all} close after they are due, the latest {name}, by {worst}."
        if len(late) == 1:
            words = "{number} of {all} closes after it is due: {name}, by {worst}."
        parts.append(
            sentence(
                words,
                number=number,
                all=sheet.unit(len(sheet.outcomes)),
                name=sheet.name(late[0].id),
                worst=worst,
            )
        )
    return Markup(" ").join(parts)


def _days(sheet: Sheet) -> dict[str, Markup | Figure | str]:
    people, tonnes = totals(sheet)
    by_people = bool(people.value)
    first, second = sheet.days
    shown = []
    for day in (first, second):
        now = in_place_at(sheet.steps, day * 24.0)
        hour, unit = day * 24.0, "people" if by_people else "tonnes"
        number = sheet.people(f"in-place.day-{day}.people", now.people, of_arrivals(hour, "people"))
        mass = sheet.tonnes(f"in-place.day-{day}.tonnes", now.tonnes, of_arrivals(hour, "tonnes"))
        whole = float(people.value or 0) if by_people else float(tonnes.value or 0)
        part = now.people if by_people else now.tonnes
        share = sheet.share(
            f"in-place.day-{day}.share", part / whole if whole else 1.0, of_arrived_share(hour, unit)
        )
        shown.append((day, number if by_people else mass, share))
    return {
        "name": f"In place by day {first} and by day {second}",
        "big": sentence("{a} · {b}", a=shown[0][2], b=shown[1][2]),
        "note": sentence(
            "{a} and {b} of {all} {noun}",
            a=shown[0][1],
            b=shown[1][1],
            all=people if by_people else tonnes,
            noun="people" if by_people else "t",
        ),
    }


def _closure(sheet: Sheet) -> dict[str, Markup | Figure | str] | None:
    hour = sheet.given.plan.totals.closure_h
    if hour is None:
        return None
    mark = sheet.hour("closure", hour, of_closure())
    group = sheet.clock.group(hour)
    bound = sheet.bound
    note = Markup("No bound was proven for this plan.")
    if bound is not None and bound.closure_h is not None:
        if sheet.proven_best:
            note = Markup("Proven best: no plan can end sooner")
        else:
            proven = sheet.hour("bound.closure", bound.closure_h, of_bound("closure_h"), down=True)
            gap = sheet.span("bound.gap", max(0.0, hour - bound.closure_h), of_gap(), up=True)
            note = sentence(
                "No plan can end before {proven}; at most {gap} are left to gain", proven=proven, gap=gap
            )
    return {
        "name": "All in place" if not sheet.undelivered else "The last that arrives",
        "big": mark,
        "small": group,
        "note": note,
    }


def _alert(sheet: Sheet) -> dict[str, Markup | Figure | str] | None:
    value = sheet.given.value
    if value is None:
        return None
    gain = value.closure_gain_h
    if gain is None:
        return {
            "name": f"What {sheet.does('buy')}",
            "big": "not comparable",
            "note": Markup("With and without, the plans do not deliver the same."),
        }
    big = sheet.span("alert.gain", gain, of_alert_gain())
    note = Markup("earlier closure than without, both planned for closure")
    if value.closure_range_h is not None:
        low = sheet.span("alert.range.low", value.closure_range_h[0], of_alert_range("low"))
        high = sheet.span("alert.range.high", value.closure_range_h[1], of_alert_range("high"))
        note = sentence(
            "earlier closure, planned for it with and without; proven between {low} and {high}",
            low=low,
            high=high,
        )
    return {"name": f"What {sheet.does('buy')}", "big": big, "note": note}


def _late(sheet: Sheet) -> dict[str, Markup | Figure | str]:
    late, missing = sheet.late, sheet.undelivered
    number = sheet.number("late.count", len(late), of_late())
    if missing:
        gone = sheet.number("undelivered.count", len(missing), of_missing())
        return {
            "name": "Not delivered",
            "big": gone,
            "note": sentence(
                "of {all}; {number} more are late", all=sheet.unit(len(sheet.outcomes)), number=number
            ),
        }
    if not late:
        return {"name": "Late", "big": "None", "note": Markup("Everything closes by the hour it is due.")}
    worst = sheet.span(f"late.{late[0].id}", late[0].late_h, of_outcome(late[0].id, "late_h"))
    note = sentence(
        "of {all}; the latest by {worst}: {name}",
        all=sheet.unit(len(sheet.outcomes)),
        worst=worst,
        name=sheet.name(late[0].id),
    )
    return {"name": "Late", "big": number, "note": note}
