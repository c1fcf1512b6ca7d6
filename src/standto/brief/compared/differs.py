"""What differs between the problems and between the searches, and where the hours went."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from markupsafe import Markup

from standto.advise.chains import Held, name_of
from standto.advise.compare import NOTHING_H
from standto.brief.charts import svg
from standto.brief.compared.evidence import cause_id, cell_of
from standto.brief.compared.pair import Pair, Side
from standto.brief.compared.sources import of_cause
from standto.brief.evidence.sources import of_rows
from standto.brief.figures import sentence
from standto.brief.gantt.strip import percent
from standto.brief.sheet import Section
from standto.brief.words import amount

MOST_CAUSES, MOST_DIFFERENCES, OPEN = 30, 500, 12


def differs(pair: Pair) -> Section:
    """The problems field by field, the searches, and the hours by what they went into."""
    found = pair.comparison.differences
    content = {
        "said": pair.comparison.said,
        "causes": _causes(pair),
        "differences": [_difference(one) for one in found[:MOST_DIFFERENCES]],
        "open": OPEN,
        "more": amount(len(found) - MOST_DIFFERENCES) if len(found) > MOST_DIFFERENCES else "",
    }
    lead = Markup(
        "A difference between the problems counts only where a plan needs it: each is taken back alone, and "
        "the judge says how many stops that makes impossible."
    )
    return Section("differs", "What differs", _title(pair), lead if found else Markup(""), content)


def _title(pair: Pair) -> Markup:
    """Rule: how many things differ between the problems; else that only the searches do."""
    comparison = pair.comparison
    number = len(comparison.differences)
    if number:
        counted = pair.pen.number("differences.count", number, of_rows("differences"))
        noun = "thing differs" if number == 1 else "things differ"
        return sentence("{number} {noun} between the two problems", number=counted, noun=noun)
    if comparison.only_a or comparison.only_b:
        return Markup("The problems differ only in what has to be moved")
    return Markup("Both plans are of the same problem: only the searches differ")


def _causes(pair: Pair) -> list[dict[str, Any]]:
    found = [one for one in pair.comparison.causes if abs(one.hours) > NOTHING_H][:MOST_CAUSES]
    widest = max((abs(one.hours) for one in found), default=1.0)
    rows = []
    for one in found:
        less = one.hours > 0
        wide = max(0.004, 0.5 * abs(one.hours) / widest)
        key = cause_id(one.cause, one.at)
        text = f"{amount(abs(one.hours), 1 if abs(one.hours) < 10 else 0)} h {'less' if less else 'more'}"
        rect = svg.tag(
            "rect",
            x=percent(0.5 - wide if less else 0.5),
            width=percent(wide),
            y=2,
            height=12,
            class_="gains" if less else "loses",
        )
        axis = svg.tag("line", x1="50%", x2="50%", y1=0, y2=16, class_="base")
        rows.append(
            {
                "what": _what(pair, Held(one.cause, one.at)),
                "bar": svg.tag(
                    "svg", rect, axis, class_="bar diverge", aria_hidden="true", focusable="false"
                ),
                "hours": pair.pen.figures.add(f"cause.{key}", one.hours, "h", text, of_cause(key)),
            }
        )
    return rows


def _what(pair: Pair, held: Held) -> str:
    plain = {"ready": "getting ready", "way": "on the way", "closed": "waiting for closed links"}
    if held.cause in plain:
        return plain[held.cause]
    sheet = next((one.sheet for one in (pair.b, pair.a) if held.at in _known(one, held)), pair.b.sheet)
    name = name_of(sheet.problem, held)
    same = [one for one in sheet.problem.fleets if (one.name or one.id) == name]
    return f"waiting for {name} ({held.at})" if len(same) > 1 else f"waiting for {name}"


def _known(side: Side, held: Held) -> Collection[str]:
    """Ids of the places or fleets of a side."""
    return side.sheet.places if held.cause == "slots" else side.sheet.fleets


def _difference(one: Any) -> dict[str, str]:
    return {
        "what": " ".join(part for part in (one.table.removesuffix("s"), one.id) if part),
        "field": one.field.replace("_", " "),
        "a": cell_of(one.a) or "–",
        "b": cell_of(one.b) or "–",
        "says": one.sentence,
    }
