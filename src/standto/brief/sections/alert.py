"""What the alert buys: in all, by each alert, by unit, and by the time of the decision."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from standto.advise.value import AlertValue, UnitGain
from standto.brief.charts import svg
from standto.brief.evidence.sources import (
    of_alert_gain,
    of_alert_range,
    of_cases,
    of_decision,
    of_eaten,
    of_gains,
    of_one_alert,
    of_survival,
    of_unit_gain,
)
from standto.brief.figures import Figure, sentence
from standto.brief.sheet import Section, Sheet
from standto.brief.words import count, day_month, dtg

NOTHING_H = 0.5
MOST_UNITS = 60
BAR_WIDTH = 100.0


def alert(sheet: Sheet) -> Section | None:
    """The value of the alert; absent without a scenario behind the problem."""
    value = sheet.given.value
    decisions = _decisions(sheet)
    if value is None and not decisions:
        return None
    content: dict[str, Any] = {"decisions": decisions, "units": [], "alerts": [], "parts": [], "left": 0}
    title, lead = Markup("Closure against the time of the decision"), Markup("")
    if value is not None:
        gained = [
            one
            for one in value.units
            if one.ready_gain_h > NOTHING_H or abs(one.close_gain_h or 0.0) > NOTHING_H
        ]
        gained.sort(key=lambda one: (-one.ready_gain_h, -(one.close_gain_h or 0.0), one.requirement))
        longest = max((max(one.ready_gain_h, one.close_gain_h or 0.0) for one in gained), default=0.0)
        content["units"] = [_unit(sheet, one, longest) for one in gained[:MOST_UNITS]]
        content["left"] = max(0, len(gained) - MOST_UNITS)
        content["alerts"] = (
            [_one_alert(sheet, value, name) for name in value.left_out] if len(value.left_out) > 1 else []
        )
        content["parts"] = _parts(sheet, value)
        title, lead = _title(sheet, value), _lead(sheet, value, gained)
    return Section("alert", f"What {sheet.does('buy')}", title, lead, content)


def _title(sheet: Sheet, value: AlertValue) -> Markup:
    """Rule: hours of closure gained; else that lift takes all of it."""
    gain = value.closure_gain_h
    if gain is None:
        return Markup(f"With and without {sheet.alerts}, the plans do not deliver the same")
    if gain < NOTHING_H:
        return Markup(
            f"{sheet.does('make').capitalize()} units ready sooner, yet the last is in place no sooner"
        )
    by = sheet.span(
        "alert.gain",
        gain,
        of_alert_gain(),
        spoken=True,
    )
    return sentence(f"{sheet.does('bring').capitalize()} the last unit in {{by}} sooner", by=by)


def _lead(sheet: Sheet, value: AlertValue, gained: list[UnitGain]) -> Markup:
    parts = []
    readier = [one for one in gained if one.ready_gain_h > NOTHING_H]
    if readier:
        most = max(one.ready_gain_h for one in readier)
        parts.append(
            sentence(
                "{number} ready sooner, by up to {most}.",
                number=count(len(readier), "unit is", "units are"),
                most=sheet.span("alert.ready.most", most, of_gains("ready_gain_h", "max"), spoken=True),
            )
        )
    if value.survived is not None:
        share = sheet.share("alert.survived", value.survived, of_survival())
        parts.append(
            sentence(
                "Of the readiness gained, weighed by people, {share} survives to arrival.",
                share=share,
            )
        )
    if value.closure_range_h is not None:
        low = sheet.span("alert.range.low", value.closure_range_h[0], of_alert_range("low"), spoken=True)
        high = sheet.span("alert.range.high", value.closure_range_h[1], of_alert_range("high"), spoken=True)
        parts.append(
            sentence("Proven: the true gain in closure lies between {low} and {high}.", low=low, high=high)
        )
    saved = value.lateness_gain
    if saved is not None:
        figure = sheet.figures.add(
            "alert.lateness",
            saved,
            "weight x h",
            f"{saved:,.0f}",
            of_cases(
                "weighted lateness without - with",
                "both planned for lateness",
                "without, for lateness",
                "with, for lateness",
            ),
        )
        parts.append(
            sentence(
                f"Where plans are made for the least lateness instead, {sheet.does('save')} {{saved}} "
                "weighted hours late (the hours that each unit is late, times its weight).",
                saved=figure,
            )
        )
    return Markup(" ").join(parts)


PARTS = {
    "survived": "reached the destination",
    "lift": "eaten by waiting for lift",
    "slots": "eaten by waiting for slots",
    "way": "eaten by slower ways",
    "closed": "eaten by closed ways",
    "other": "eaten without one cause",
}


def _parts(sheet: Sheet, value: AlertValue) -> list[dict[str, Any]]:
    """What became of all readiness gained: what survived, then what ate most."""
    shares = value.shares
    rows, start = [], 0.0
    for name in sorted(shares, key=lambda name: (name != "survived", -shares[name])):
        key = "alert.survived" if name == "survived" else f"alert.eaten.{name}"
        source = of_survival() if name == "survived" else of_eaten("" if name == "other" else name)
        look = name if name in PARTS else "other"
        rows.append(
            {
                "name": PARTS.get(name, f"eaten by {name}"),
                "look": look,
                "share": sheet.share(key, shares[name], source),
                "start": f"{100 * start:.2f}%",
                "wide": f"{100 * shares[name]:.2f}%",
            }
        )
        start += shares[name]
    return rows


def _unit(sheet: Sheet, one: UnitGain, longest: float) -> dict[str, Any]:
    key = f"alert.unit.{one.requirement}"
    closes = one.close_gain_h
    survived = one.survived
    return {
        "name": sheet.name(one.requirement),
        "ready": sheet.span(f"{key}.ready", one.ready_gain_h, of_unit_gain(one.requirement, "ready")),
        "closes": None
        if closes is None
        else sheet.span(f"{key}.close", closes, of_unit_gain(one.requirement, "close")),
        "survived": None
        if survived is None
        else sheet.share(f"{key}.survived", survived, of_unit_gain(one.requirement, "survived")),
        "eaten": one.eaten_by,
        "bar": _bar(one, longest),
    }


def _bar(one: UnitGain, longest: float) -> Markup:
    """Readiness gained as an outline, what of it survived to arrival filled in."""
    scale = BAR_WIDTH / longest if longest > 0 else 0.0
    ready, closes = max(0.0, one.ready_gain_h) * scale, max(0.0, one.close_gain_h or 0.0) * scale
    return svg.tag(
        "svg",
        svg.tag("rect", x=0, y=2, width=f"{ready:.1f}%", height=12, class_="gained"),
        svg.tag("rect", x=0, y=5, width=f"{closes:.1f}%", height=6, class_="survived"),
        class_="bar",
        aria_hidden="true",
        focusable="false",
    )


def _one_alert(sheet: Sheet, value: AlertValue, name: str) -> dict[str, Any]:
    gain, proven = value.alert_gain_h(name), value.alert_range_h(name)
    key = f"alert.{name}"
    figures: dict[str, Figure | None] = {"gain": None, "low": None, "high": None}
    if gain is not None:
        figures["gain"] = sheet.span(f"{key}.gain", gain, of_one_alert(name, "gain"))
    if proven is not None:
        figures["low"] = sheet.span(f"{key}.low", proven[0], of_one_alert(name, "low"))
        figures["high"] = sheet.span(f"{key}.high", proven[1], of_one_alert(name, "high"))
    return {"name": name, **figures}


def _decisions(sheet: Sheet) -> list[dict[str, Any]]:
    rows = []
    for row in sheet.given.decisions:
        key = f"decide.{dtg(row.decided_at)}"
        closes = row.closure_h
        rows.append(
            {
                "at": dtg(row.decided_at),
                "day": day_month(row.decided_at),
                "after": None
                if closes is None
                else sheet.span(f"{key}.closure", closes, of_decision(row.decided_at, "closure_h")),
                "ends": dtg(row.closes_at) if row.closes_at is not None else "",
                "bound": None
                if row.bound_h is None
                else sheet.span(f"{key}.bound", row.bound_h, of_decision(row.decided_at, "bound_h")),
                "people": sheet.number(
                    f"{key}.people-on-time", row.people_on_time, of_decision(row.decided_at, "people_on_time")
                ),
                "late": sheet.number(f"{key}.late", len(row.late), of_decision(row.decided_at, "late")),
            }
        )
    return rows
