"""Orders forecast: the plan re-timed with what a record holds of its movements."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from standto.decide.rules.asking import clock
from standto.decide.saying import override_lines
from standto.decide.state import Decided
from standto.desk.answer import Answer
from standto.desk.inputs import read_input, read_sound_plan
from standto.desk.record import Record
from standto.errors import UsageError

if TYPE_CHECKING:
    from standto.advise.forecast import OrdersForecast
    from standto.force.scenario import Scenario

SHOWN_FROM_H = 0.05
"""Differences of fewer hours are not told to people."""


def forecast(
    place: str, path: Path, plan_path: Path, *, as_of: datetime | None, output: Path | None
) -> Answer:
    """When everything will be in place, by the plan re-timed with what was reported.

    Raises
    ------
    StandtoError
        If the plan is not sound, or the scenario is real and the record an exercise or the other way round.
    """
    from standto.advise.forecast import forecast_orders
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
    lines = [opening.banner, *override_lines(state, at), f"as of {clock(at)}", *_lines(told)]
    if output is not None:
        write_plan(output, told.plan)
        lines.append(f"wrote {output}")
    data = {
        "banner": opening.banner,
        "nature": opening.nature,
        "as_of": at.isoformat(),
        **_data(told),
        "overrides": [item.id for item in state.overrides()],
    }
    return Answer(lines, data)


def _lines(told: OrdersForecast) -> Iterator[str]:
    yield f"closure: {_said(told.closure)}, planned {_said(told.planned_closure)}"
    yield from (f"  {line}" for line in told.losses)
    other = [closing for closing in told.closings if abs(closing.later_h) >= SHOWN_FROM_H]
    for closing in other:
        late = f"{abs(closing.later_h):.1f} h {'later' if closing.later_h > 0 else 'earlier'} than planned"
        yield f"{closing.requirement}: closes {_said(closing.expected)}, {late}"
    if not other:
        yield "everything closes as planned"
    yield from (f"not in the plan: order {order}" for order in told.not_planned)
    yield from told.unmatched
    yield from (f"to come, and against a rule: {message}" for message in told.broken)


def _data(told: OrdersForecast) -> dict[str, Any]:
    return {
        "closure": _text(told.closure),
        "planned_closure": _text(told.planned_closure),
        "requirements": [
            {
                "id": closing.requirement,
                "planned": _text(closing.planned),
                "expected": _text(closing.expected),
                "later_h": closing.later_h,
            }
            for closing in told.closings
        ],
        "losses": list(told.losses),
        "not_planned": list(told.not_planned),
        "unmatched": list(told.unmatched),
        "broken": list(told.broken),
    }


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


def _text(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant is not None else None
