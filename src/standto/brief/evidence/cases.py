"""Tables of what was planned or proven beside the plan: bottlenecks, cures, cases, gains, other decisions."""

from __future__ import annotations

from typing import Any

from standto.brief.evidence.table import Table, columns
from standto.brief.page import BriefInput
from standto.brief.words import dtg

H = "h after C-hour"


def bottlenecks_table(given: BriefInput) -> Table:
    """What one more of each scarce thing does to the bound, and to the plan made again."""
    heads = columns(
        "id",
        "kind",
        ("closure_h", "bound on closure earlier by", "h"),
        ("lateness", "bound on lateness lower by", "weight x h"),
        ("planned_before_h", "plan without it closes", H),
        ("planned_h", "plan with it closes", H),
        ("late_before", "lateness without it", "weight x h"),
        ("late_with", "lateness with it", "weight x h"),
        "says",
    )
    cures = {bottleneck_id(one.bottleneck): one for one in given.cures}
    found = {bottleneck_id(one): one for one in (given.bound.bottlenecks if given.bound else ())}
    found |= {key: one.bottleneck for key, one in cures.items() if key not in found}
    rows = []
    for key, one in found.items():
        cure = cures.get(key)
        planned: tuple[Any, ...] = (None, None, None, None)
        if cure is not None:
            a, b = cure.before.totals, cure.plan.totals
            planned = (a.closure_h, b.closure_h, a.weighted_lateness, b.weighted_lateness)
        rows.append((key, one.kind, one.closure_h, one.lateness, *planned, one.sentence))
    return Table("bottlenecks", "Bottlenecks", "bound.bottlenecks and the plans made again", heads, rows)


def cures_table(given: BriefInput) -> Table:
    """What each cure does to every requirement that closes in both of its plans, where it does anything."""
    heads = columns(
        ("bottleneck", "one more of", "", "bottlenecks"),
        ("requirement", "requirement", "", "problem.requirements"),
        ("without_h", "closes without it", H),
        ("with_h", "closes with it", H),
    )
    rows = []
    for cure in given.cures:
        before = {one.id: one.close_h for one in cure.before.requirements}
        for one in cure.plan.requirements:
            if before.get(one.id) != one.close_h:
                rows.append((bottleneck_id(cure.bottleneck), one.id, before.get(one.id), one.close_h))
    return Table("cures", "Planned again with one more", "made for this brief", heads, rows)


def bottleneck_id(item: Any) -> str:
    """The id of a bottleneck: `slots.EPRZ.air`, `fleet.C17.air`."""
    return ".".join(part for part in (item.kind, item.id, item.mode) if part)


def cases_table(given: BriefInput) -> Table:
    """The cases planned side by side."""
    value = given.value
    assert value is not None
    heads = columns(
        ("case", "case"),
        ("goal", "planned for"),
        ("closure_h", "closes", H),
        ("weighted_lateness", "weighted lateness", "weight x h"),
        ("bound_h", "no plan closes before", H),
        ("undelivered", "undelivered", "weight"),
        "seed",
        "rounds",
    )
    named = [("with", value.with_alerts), ("without", value.without)]
    named += [(f"without {name}", case) for name, case in value.left_out.items()]
    if value.lateness_with is not None and value.lateness_without is not None:
        named += [
            ("with, for lateness", value.lateness_with),
            ("without, for lateness", value.lateness_without),
        ]
    rows = [
        (
            name,
            "lateness" if name.endswith("lateness") else "closure",
            case.closure_h,
            case.weighted_lateness,
            case.bound.closure_h,
            case.plan.totals.undelivered,
            _told(case.plan.made_by.get("seed")),
            _told(case.plan.made_by.get("rounds")),
        )
        for name, case in named
    ]
    return Table("cases", "Cases planned side by side", "made for this brief", heads, rows)


def _told(value: object) -> str | int | None:
    return value if isinstance(value, int) else None if value is None else str(value)


def gains_table(given: BriefInput) -> Table:
    """Gains by unit; people x hours (tonnes x hours where nobody has people) as `survived` weighs them."""
    value = given.value
    assert value is not None
    heads = columns(
        ("requirement", "requirement", "", "problem.requirements"),
        ("ready_with_h", "ready with", H),
        ("ready_without_h", "ready without", H),
        ("ready_gain_h", "ready sooner", "h"),
        ("close_with_h", "closes with", H),
        ("close_without_h", "closes without", H),
        ("close_gain_h", "closes sooner", "h"),
        ("survived", "survived", "share"),
        ("gained_people_h", "gained", "people x h"),
        ("survived_people_h", "survived", "people x h"),
        ("eaten_people_h", "eaten", "people x h"),
        ("eaten_cause", "what ate the rest"),
        ("eaten_at", "where"),
    )
    wanted = {one.id: one for one in value.with_alerts.problem.requirements}
    by_people = any(wanted[one.requirement].pax and one.survived is not None for one in value.units)
    rows = []
    for one in value.units:
        load = wanted[one.requirement].pax if by_people else wanted[one.requirement].tonnes
        gained = load * one.ready_gain_h if one.survived is not None else None
        rows.append(
            (
                one.requirement,
                one.ready_with_h,
                one.ready_without_h,
                one.ready_gain_h,
                one.close_with_h,
                one.close_without_h,
                one.close_gain_h,
                one.survived,
                gained,
                None if gained is None or one.survived is None else gained * one.survived,
                None if gained is None or one.survived is None else gained * (1.0 - one.survived),
                one.eaten_cause,
                one.eaten_at,
            )
        )
    return Table("value.units", "With and without, unit by unit", "made for this brief", heads, rows)


def decisions_table(given: BriefInput) -> Table:
    """What comes of deciding at other times."""
    heads = columns(
        "id",
        ("closure_h", "closes after", "h"),
        ("bound_h", "no plan closes before", "h"),
        ("people_on_time", "people on time"),
        ("late", "late or missing"),
    )
    rows = [
        (dtg(one.decided_at), one.closure_h, one.bound_h, one.people_on_time, len(one.late))
        for one in given.decisions
    ]
    return Table("decisions", "Deciding at other times", "made for this brief", heads, rows)
