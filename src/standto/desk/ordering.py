"""Movement orders carried out and shown."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from standto.decide.events import MovementArrived, MovementDelayed, MovementDeparted
from standto.decide.order import Order
from standto.decide.rules.asking import clock, order_of
from standto.decide.rules.covering import Asked, covering
from standto.decide.saying import order_line, override_lines
from standto.decide.state import Decided
from standto.desk.answer import Answer
from standto.desk.carrying import carry_out, picture_nature
from standto.desk.record import Record
from standto.desk.room import Picture
from standto.errors import NotCoveredError, UsageError
from standto.ledger.command import Command

if TYPE_CHECKING:
    from standto.force.scenario import Scenario

SHOWN_FROM_H = 0.05
"""Differences of fewer hours are not told to people."""


def carry(place: str, command: Command, order: str) -> Answer:
    """Carry out a command, and show how the order it is about stands after it."""

    def say(picture: Picture, now: datetime) -> Iterable[str]:
        found = picture.of(Decided).orders.get(order)
        return [order_line(found, now)] if found is not None else []

    return carry_out(place, command, say)


def may(
    place: str,
    unit: str,
    people: int,
    destination: str,
    *,
    on: datetime | None,
    decision: str,
    as_of: datetime | None,
) -> Answer:
    """Whether an order would be covered at an instant, by which decision, or which part would not be."""
    with Record.open(place) as record:
        picture, banner = record.picture(as_of), record.opening.banner
        at = as_of or record.clock()
    state = picture.of(Decided)
    asked = Asked(unit=unit, people=people, destination=destination, from_at=on or at)
    lines = [banner, *override_lines(state, at)]
    data: dict[str, Any] = {"banner": banner, "nature": picture_nature(banner), "at": at.isoformat()}
    try:
        found = covering(state, asked, at, decision=decision)
    except NotCoveredError as refused:
        lines.append(f"refused: {refused.message}")
        return Answer(
            lines, {**data, "allowed": False, "part": refused.part, "why": refused.message}, yes=False
        )
    lines.append(f"allowed: {unit} to {destination}, {people:,} people: {found.words}")
    return Answer(lines, {**data, "allowed": True, "decision": found.decision, "why": found.words})


def show(place: str, order: str, *, as_of: datetime | None) -> Answer:
    """Orders as they stand, or as they were known at an instant; one of them with its reports."""
    with Record.open(place) as record:
        picture, banner = record.picture(as_of), record.opening.banner
        at = as_of or record.clock()
    state = picture.of(Decided)
    found = [order_of(state, order)] if order else list(state.orders.values())
    lines = [banner, *override_lines(state, at), *(order_line(item, at) for item in found)]
    if order:
        given = found[0].given
        lines += [f"  {given.covered}", *_reports(found[0])]
        lines += [f"  source: {given.source}"] if given.source else []
        lines += [f"  assumed: {given.assumed}"] if given.assumed else []
    if not found:
        lines.append("nobody is ordered to move")
    data: dict[str, Any] = {
        "banner": banner,
        "nature": picture_nature(banner),
        "orders": [order_data(item, at) for item in found],
        "people": sum(item.given.people for item in found),
        "moving": [item.id for item in found if item.on_the_way],
        "overrides": [item.id for item in state.overrides()],
    }
    return Answer(lines, data)


def forecast(
    place: str, path: Path, plan_path: Path, *, as_of: datetime | None, output: Path | None
) -> Answer:
    """When everything will be in place, by the plan re-timed with what was reported."""
    from standto.advise.forecast import forecast_orders
    from standto.desk.inputs import read_input, read_sound_plan
    from standto.move.files import write_plan

    with Record.open(place) as record:
        picture, opening = record.picture(as_of), record.opening
        at = as_of or record.clock()
    found = read_input(path)
    problem = found.problem
    if problem.about is not None and problem.about.kind != opening.nature:
        raise UsageError(
            f"the record is {opening.nature}, the scenario {problem.about.kind}",
            fix="forecast a record with the scenario that it is about",
        )
    plan, state = read_sound_plan(plan_path, problem), picture.of(Decided)
    moves = None if found.scenario is None else _moves(found.scenario)
    told = forecast_orders(problem, plan, state, at, moves=moves)
    later = [closing for closing in told.closings if abs(closing.later_h) >= SHOWN_FROM_H]
    lines = [opening.banner, *override_lines(state, at), f"as of {clock(at)}"]
    lines.append(f"closure: {_said(told.closure)}, planned {_said(told.planned_closure)}")
    lines += [f"  {line}" for line in told.losses]
    for closing in later:
        late = f"{abs(closing.later_h):.1f} h {'later' if closing.later_h > 0 else 'earlier'} than planned"
        lines.append(f"{closing.requirement}: closes {_said(closing.expected)}, {late}")
    if not later:
        lines.append("everything closes as planned")
    lines += [f"not in the plan: order {order}" for order in told.not_planned]
    lines += [*told.unmatched, *(f"to come, and against a rule: {message}" for message in told.broken)]
    if output is not None:
        write_plan(output, told.plan)
        lines.append(f"wrote {output}")
    data: dict[str, Any] = {
        "banner": opening.banner,
        "nature": opening.nature,
        "as_of": at.isoformat(),
        "closure": told.closure and told.closure.isoformat(),
        "planned_closure": told.planned_closure and told.planned_closure.isoformat(),
        "requirements": [
            {
                "id": closing.requirement,
                "planned": closing.planned and closing.planned.isoformat(),
                "expected": closing.expected and closing.expected.isoformat(),
                "later_h": closing.later_h,
            }
            for closing in told.closings
        ],
        "losses": list(told.losses),
        "not_planned": list(told.not_planned),
        "unmatched": list(told.unmatched),
        "broken": list(told.broken),
        "overrides": [item.id for item in state.overrides()],
    }
    return Answer(lines, data)


def _moves(scenario: Scenario) -> dict[str, tuple[str, ...]]:
    """The requirements of each unit and of each package."""
    moves: dict[str, tuple[str, ...]] = {}
    for row in scenario.requirements:
        moves[row.unit] = (*moves.get(row.unit, ()), row.id)
    for package in scenario.packages:
        moves[package.id] = tuple(row for unit in package.units for row in moves.get(unit, ()))
    return moves


def _said(instant: datetime | None) -> str:
    return clock(instant.replace(second=0, microsecond=0)) if instant is not None else "never in full"


def _reports(order: Order) -> list[str]:
    told = []
    for report in order.reports:
        where = f" at {report.place}" if report.place else ""
        line = f"  {clock(report.at)} {report.kind.removeprefix('movement.')}{where}"
        if isinstance(report, MovementDelayed):
            line += f", {report.hours:g} h lost: {report.reason}"
        elif isinstance(report, MovementDeparted | MovementArrived) and report.people is not None:
            line += f", {report.people:,} people"
        told.append(line)
    return told


def order_data(order: Order, at: datetime) -> dict[str, Any]:
    """One order for programs."""
    from pydantic_core import to_jsonable_python

    data: dict[str, Any] = to_jsonable_python(order)
    return {
        **data,
        "reports": [
            {"kind": report.kind, **told} for report, told in zip(order.reports, data["reports"], strict=True)
        ],
        "under_way": order.under_way,
        "on_the_way": order.on_the_way,
        "review_overdue": order.review_overdue(at),
    }
