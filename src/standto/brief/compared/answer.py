"""The answer of a comparison: what changed most and why in one sentence, and four figures under it."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from standto.advise.chains import Held, say_sum
from standto.advise.words import say_number
from standto.brief.compared.evidence import moves_of
from standto.brief.compared.pair import Pair, Side
from standto.brief.compared.sources import Moves, of_both, of_mean, of_movers
from standto.brief.evidence.source import Rows, Source
from standto.brief.evidence.sources import of_bound, of_closure, of_missing
from standto.brief.figures import Figure, sentence
from standto.brief.sections.answer import SAME_H
from standto.brief.sheet import Section
from standto.brief.words import amount

SAME = 1e-6
LATENESS = "weight x h"


def answer(pair: Pair) -> Section:
    """What changed most and why, with closure, lateness, people and effort of both."""
    cards = [_closure(pair), _lateness(pair), _who(pair), _effort(pair)]
    return Section("answer", "The answer", headline(pair), _lead(pair), {"cards": cards})


def headline(pair: Pair) -> Markup:
    """Rule: what is delivered, else closure, else lateness, else who closes at another time; then why."""
    if pair.comparison.same:
        return Markup("Nothing differs between the two plans.")
    a, b = pair.sides
    if a.missing != b.missing:
        numbers = [_missing(pair, side) for side in pair.sides]
        words = "The second plan leaves {b} of its requirements undelivered, the first {a}."
        return sentence(words, a=numbers[0], b=numbers[1])
    gain = closure_gain(pair)
    if gain is not None and abs(gain) >= SAME_H:
        word = "sooner" if gain > 0 else "later"
        span = _gain_figure(pair, abs(gain))
        return sentence(
            "The second plan {ends} {span} " + word + "{why}.",
            ends="ends" if a.missing else "has all in place",
            span=span,
            why=_why(pair, gain),
        )
    late_a, late_b = (side.sheet.given.plan.totals.weighted_lateness for side in pair.sides)
    if abs(late_a - late_b) > SAME:
        saved = _change(pair, "lateness", abs(late_a - late_b), LATENESS, _late_gap(pair))
        word = "fewer" if late_b < late_a else "more"
        words = (
            "Both plans close at the same hour; the second has {saved} " + word + " weighted hours late{why}."
        )
        return sentence(words, saved=saved, why=_why(pair, late_a - late_b))
    gains, loses = _count(pair, "gains"), _count(pair, "loses")
    if gains.value or loses.value:
        words = "Both plans close at the same hour with the same lateness; {a} close earlier and {b} later."
        return sentence(words, a=gains, b=loses)
    return Markup("The problems differ, but everything that both have to move closes at the same hours.")


def closure_gain(pair: Pair) -> float | None:
    """Hours by which the second plan closes sooner; None where one of them delivers nothing in full."""
    a, b = pair.a.closure_h, pair.b.closure_h
    return None if a is None or b is None else a - b


def _why(pair: Pair, gain: float) -> str:
    """The largest part of the hours that requirements gained (or lost), as the end of a sentence."""
    causes = [one for one in pair.comparison.causes if (one.hours > 0) == (gain > 0)]
    if not causes:
        return ""
    most = max(causes, key=lambda one: abs(one.hours))
    words = say_sum(pair.b.sheet.problem, Held(most.cause, most.at), abs(most.hours), less=most.hours > 0)
    return f"; what counts most over all units is {words}"


def _gain_figure(pair: Pair, hours: float) -> Figure:
    path = "first plan: totals.closure_h - second plan: totals.closure_h"
    source = of_both(pair, path, "the last close of the first less that of the second", of_closure())
    return pair.pen.span("closure.gain", hours, source, spoken=True)


def _missing(pair: Pair, side: Side) -> Figure:
    return pair.pen.number(f"{side.key}.undelivered", side.missing, side.source(of_missing()))


def _count(pair: Pair, moves: Moves) -> Figure:
    number = sum(1 for one in pair.comparison.changes if moves_of(one) == moves)
    return pair.pen.number(f"{moves}.count", number, of_movers(moves))


def _lead(pair: Pair) -> Markup:
    parts = [pair.mixed, pair.apart, *_last(pair)]
    for words, names in (
        ("Only the first plan has to move {names}.", pair.comparison.only_a),
        ("Only the second plan has to move {names}.", pair.comparison.only_b),
    ):
        if names:
            shown = [pair.names[name] for name in names[:4]]
            rest = f" and {amount(len(names) - 4)} more" if len(names) > 4 else ""
            parts.append(words.format(names=", ".join(shown) + rest))
    return Markup(" ").join(sentence("{said}", said=part) for part in parts if part)


def _last(pair: Pair) -> list[str]:
    """Who closes last in each plan, and what became of the one that closed last in the first."""
    last = []
    for side in pair.sides:
        closed = [one for one in side.sheet.outcomes.values() if one.close_h is not None]
        if not closed:
            return []
        last.append(max(closed, key=lambda one: (one.close_h or 0.0, one.id)).id)
    changes = {one.requirement: one for one in pair.comparison.changes}
    a, b = last
    words = f"The last to close is {pair.names[a]} in the first plan and {pair.names[b]} in the second."
    if a == b:
        words = f"{pair.names[a]} is the last to close in both plans."
    told = changes.get(a)
    if told is None or not told.changed:
        return [words]
    return [words, f"{pair.names[a]}{told.sentence.removeprefix(a)}"]


def _closure(pair: Pair) -> dict[str, Any]:
    marks = []
    for side in pair.sides:
        hour = side.closure_h
        source = side.source(of_closure())
        marks.append(
            pair.pen.hour(f"{side.key}.closure", hour, source) if hour is not None else "nothing in full"
        )
    gain = closure_gain(pair)
    big: object = "not comparable"
    if gain is not None:
        word = "the same" if abs(gain) < SAME_H else "sooner" if gain > 0 else "later"
        big = word if abs(gain) < SAME_H else sentence("{span} " + word, span=_gain_figure(pair, abs(gain)))
    return {
        "name": "The last that arrives" if any(side.missing for side in pair.sides) else "All in place",
        "big": big,
        "small": sentence("{a} → {b}", a=marks[0], b=marks[1]),
        "note": _closure_bounds(pair),
    }


def _closure_bounds(pair: Pair) -> Markup:
    proven = []
    for side in pair.sides:
        bound = side.sheet.bound
        if bound is not None and bound.closure_h is not None:
            source = side.source(of_bound("closure_h"))
            mark = pair.pen.hour(f"{side.key}.bound.closure", bound.closure_h, source, down=True)
            proven.append(sentence("{mark} for the " + side.nth, mark=mark))
    if not proven:
        return Markup("No bound was proven.")
    if len(proven) == 2 and pair.a.shared:
        return sentence("No plan can end before {mark}: both are of one problem", mark=_shared_bound(pair))
    return Markup("No plan can end before ") + Markup(", before ").join(proven)


def _shared_bound(pair: Pair) -> Figure | str:
    return pair.pen.figures.by_id["a.bound.closure"]


def _lateness(pair: Pair) -> dict[str, Any]:
    shown, proven = [], []
    for side in pair.sides:
        table = side.table("plan.requirements")
        source = Source(
            f"{side.nth} plan: totals.weighted_lateness",
            "weight x hours late, summed",
            (Rows(table, (), "sum", "weighted_late"),),
        )
        value = side.sheet.given.plan.totals.weighted_lateness
        shown.append(pair.pen.figures.add(f"{side.key}.lateness", value, LATENESS, say_number(value), source))
        bound = side.sheet.bound
        if bound is not None and bound.weighted_lateness is not None:
            least = int(bound.weighted_lateness)
            proven.append(
                pair.pen.figures.add(
                    f"{side.key}.bound.lateness",
                    bound.weighted_lateness,
                    LATENESS,
                    amount(least),
                    side.source(of_bound("weighted_lateness")),
                )
            )
    note = Markup("No bound was proven.")
    if len(proven) == 2:
        note = sentence("Proven: never below {a} for the first, {b} for the second", a=proven[0], b=proven[1])
        if pair.a.shared:
            note = sentence("Proven: no plan for this problem has less than {a}", a=proven[0])
    a, b = (side.sheet.given.plan.totals.weighted_lateness for side in pair.sides)
    return {
        "name": "Weighted hours late",
        "big": _less_or_more(_change(pair, "lateness", abs(a - b), LATENESS, _late_gap(pair)), a, b, "fewer"),
        "small": sentence("{a} → {b}", a=shown[0], b=shown[1]),
        "note": note,
    }


def _late_gap(pair: Pair) -> Source:
    path = "first plan: totals.weighted_lateness - second plan: totals.weighted_lateness"
    rows = tuple(Rows(side.table("plan.requirements"), (), "sum", "weighted_late") for side in pair.sides)
    return Source(path, "the first sum less the second", rows)


def _change(pair: Pair, name: str, value: float, unit: str, source: Source) -> Figure:
    """By how much a total differs."""
    text = say_number(value) if value < 1000 else amount(value)
    return pair.pen.figures.add(f"{name}.change", value, unit, text, source)


def _less_or_more(change: Figure, a: float, b: float, less: str) -> Markup:
    if abs(a - b) <= SAME:
        return Markup("the same")
    return sentence("{change} {word}", change=change, word=less if b < a else "more")


def _who(pair: Pair) -> dict[str, Any]:
    noun, column = ("people", "people") if pair.by_people else ("t", "tonnes")
    shown, told = [], []
    for moves, word in (("gains", "earlier"), ("loses", "later")):
        several = [one for one in pair.comparison.changes if moves_of(one) == moves]
        kind: Moves = "gains" if moves == "gains" else "loses"
        whole = sum(pair.load(one) for one in several)
        shown.append(pair.amount(f"{moves}.{column}", whole, of_movers(kind, column)))
        hours = [abs(one.close_gain_h) for one in several if one.close_gain_h is not None]
        part = sentence("{n} close " + word, n=_count(pair, kind))
        if hours:
            mean = pair.pen.span(f"{moves}.mean", sum(hours) / len(hours), of_mean(kind))
            part = sentence("{part}, by {mean} on average", part=part, mean=mean)
        told.append(part)
    return {
        "name": f"{noun.capitalize() if len(noun) > 1 else 'Tonnes'} that gain · that lose",
        "big": sentence("{a} · {b}", a=shown[0], b=shown[1]),
        "note": Markup("; ").join(told),
    }


def _effort(pair: Pair) -> dict[str, Any]:
    """Cost where both plans have one, else legs moved; with the moving hours of the vehicles."""
    totals = [side.sheet.given.plan.totals for side in pair.sides]
    costly = any(one.cost > SAME for one in totals)
    field, name = ("cost", "Cost") if costly else ("sorties", "Legs moved")
    shown, hours = [], []
    for side, one in zip(pair.sides, totals, strict=True):
        rows = (Rows(side.table("plan.stops")),)
        how = "summed over the legs of all vehicles, as the lift format says"
        made = Source(f"{side.nth} plan: totals.{field}", how, rows)
        value = float(getattr(one, field))
        shown.append(pair.pen.figures.add(f"{side.key}.{field}", value, "", amount(value), made))
        moving = Source(f"{side.nth} plan: totals.moving_h", how, rows)
        hours.append(
            pair.pen.figures.add(
                f"{side.key}.moving", one.moving_h, "vehicle hours", amount(one.moving_h), moving
            )
        )
    note = sentence("Vehicles move for {a} hours in the first, {b} in the second", a=hours[0], b=hours[1])
    a, b = (float(getattr(one, field)) for one in totals)
    path = f"first plan: totals.{field} - second plan: totals.{field}"
    stops = tuple(Rows(side.table("plan.stops")) for side in pair.sides)
    gap = _change(pair, field, abs(a - b), "", Source(path, "the first less the second", stops))
    return {
        "name": name,
        "big": _less_or_more(gap, a, b, "less" if costly else "fewer"),
        "small": sentence("{a} → {b}", a=shown[0], b=shown[1]),
        "note": note,
    }
