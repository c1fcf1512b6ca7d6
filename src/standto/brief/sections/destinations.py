"""By destination: where a large move ends, when each place is complete, and where the lateness gathers."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from markupsafe import Markup

from standto.brief.charts import svg
from standto.brief.evidence.sources import LATE, MISSING, of_due_at, of_gathered, of_method
from standto.brief.figures import sentence
from standto.brief.sheet import Section, Sheet
from standto.move.problem import Requirement

MOST_PLACES = 40


def destinations(sheet: Sheet) -> Section | None:
    """Requirements summed by destination, the most lateness first; absent where every row is in sight."""
    if not sheet.large:
        return None
    by_place: dict[str, list[Requirement]] = defaultdict(list)
    for one in sheet.movers:
        by_place[one.destination].append(one)
    late = {place: _lateness(sheet, several) for place, several in by_place.items()}
    ordered = sorted(by_place, key=lambda place: (-late[place], -len(by_place[place]), place))
    whole = sum(late.values())
    most = late[ordered[0]] if ordered else 0.0
    rows = [_row(sheet, place, by_place[place], late[place], most) for place in ordered[:MOST_PLACES]]
    content = {
        "rows": rows,
        "more": len(ordered) - len(rows),
        "late": whole > 0,
    }
    lead = Markup("Each requirement counts where it is due. Lateness is summed as the plan weighs it.")
    return Section("destinations", "By destination", _title(sheet, ordered, late, whole), lead, content)


def _lateness(sheet: Sheet, several: list[Requirement]) -> float:
    return sum(one.weight * sheet.outcomes[one.id].late_h for one in several if one.id in sheet.outcomes)


def _row(sheet: Sheet, place: str, several: list[Requirement], late: float, most: float) -> dict[str, Any]:
    outcomes = [sheet.outcomes[one.id] for one in several if one.id in sheet.outcomes]
    closes = [one.close_h for one in outcomes if one.close_h is not None]
    key = f"destination.{place}"
    number = sum(1 for one in outcomes if one.close_h is not None and one.late_h > 0)
    missing = len(several) - len(closes)
    return {
        "place": sheet.place(place),
        "all": sheet.number(f"{key}.all", len(several), of_due_at(place, "count")),
        "people": sheet.people(
            f"{key}.people", sum(one.pax for one in several), of_due_at(place, "sum", "people")
        ),
        "tonnes": sheet.tonnes(
            f"{key}.tonnes", sum(one.tonnes for one in several), of_due_at(place, "sum", "tonnes")
        ),
        "last": sheet.hour(f"{key}.last", max(closes), of_due_at(place, "max", "close_h"))
        if closes
        else None,
        "late": sheet.number(f"{key}.late", number, of_due_at(place, "count", "late_h", *LATE)),
        "missing": sheet.number(f"{key}.missing", missing, of_due_at(place, "count", "close_h", *MISSING))
        if missing
        else None,
        "lateness": sheet.number(f"{key}.lateness", round(late), of_due_at(place, "sum", "weighted_late")),
        "bar": _bar(late / most if most > 0 else 0.0),
    }


def _bar(share: float) -> Markup:
    rect = svg.tag("rect", width=f"{100 * share:.1f}%", height=14, y=1, class_="gathers")
    return svg.tag("svg", rect, class_="bar", aria_hidden="true", focusable="false")


def _title(sheet: Sheet, ordered: list[str], late: dict[str, float], whole: float) -> Markup:
    """Rule: the fewest places that together hold half of the lateness."""
    number = sheet.number("destinations", len(ordered), of_method("destinations of problem.requirements"))
    if whole <= 0:
        return sentence("{number} places are served, all of them on time", number=number)
    running, few = 0.0, 0
    while running < whole / 2:
        running, few = running + late[ordered[few]], few + 1
    share = sheet.share("destinations.share", running / whole, of_gathered(ordered[:few]))
    if few == 1:
        words = "{share} of the lateness gathers at {first}, one of {number} destinations"
    else:
        words = "{share} of the lateness gathers at {few} of {number} destinations, most of it at {first}"
    return sentence(words, share=share, few=few, number=number, first=sheet.place(ordered[0]))
