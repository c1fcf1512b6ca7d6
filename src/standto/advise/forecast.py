"""When ordered movements will be closed: the plan re-timed with what was reported under the orders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from standto.decide.events import MovementArrived, MovementDelayed, MovementDeparted, MovementEvent
from standto.decide.order import Order
from standto.decide.state import Decided
from standto.errors import UsageError
from standto.move.plan import Plan
from standto.move.problem import Problem
from standto.move.solve.forecast import forecast
from standto.move.solve.reported import Report, expected_of


@dataclass(frozen=True, slots=True)
class Closing:
    """When a requirement closes: as planned, and as it is to be expected now; None = never in full."""

    requirement: str
    unit: str
    planned: datetime | None
    expected: datetime | None

    @property
    def later_h(self) -> float:
        """Hours later than planned; negative where earlier, 0 where either never closes."""
        if self.planned is None or self.expected is None:
            return 0.0
        return (self.expected - self.planned) / timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class OrdersForecast:
    """The plan as it stands, and what that means for every requirement.

    Attributes
    ----------
    plan
        The plan with the hours that were reported, and those to be expected.
    closings
        One for each requirement, in the problem's order.
    losses
        Time lost as reported, one sentence each.
    not_planned
        Orders whose unit the plan does not move.
    unmatched
        Reports that nothing in the plan answers to.
    broken
        Rules that what is still to come would break.
    """

    plan: Plan
    planned_closure: datetime | None
    closure: datetime | None
    closings: tuple[Closing, ...]
    losses: tuple[str, ...]
    not_planned: tuple[str, ...]
    unmatched: tuple[str, ...]
    broken: tuple[str, ...]


def forecast_orders(
    problem: Problem,
    plan: Plan,
    state: Decided,
    now: datetime,
    *,
    moves: Mapping[str, tuple[str, ...]] | None = None,
) -> OrdersForecast:
    """When everything will be in place, by the plan and the reports on the orders of a record.

    Parameters
    ----------
    problem, plan
        A plan that keeps every rule of this problem, whose `epoch` says when hour 0 was.
    state
        The orders, and what was reported of them.
    now
        The instant it is: what the orders' reports should have told by then and did not has not happened.
    moves
        The requirements of each unit, as the scenario has them; None = by the units' names in the problem.

    Raises
    ------
    UsageError
        If the problem has no epoch.
    """
    epoch = _epoch(problem)
    orders = list(state.orders.values())
    units = [order.given.unit for order in orders]
    requirements = (
        expected_of(problem, units) if moves is None else {unit: moves.get(unit, ()) for unit in units}
    )
    reports = [
        report for order in orders for report in _reports(order, requirements[order.given.unit], epoch)
    ]
    ordered = [item for order in orders for item in requirements[order.given.unit]]
    told = forecast(problem, plan, reports, now_h=_hour(now, epoch), expected=frozenset(ordered))
    closings = tuple(
        Closing(
            requirement=item.id,
            unit=item.unit,
            planned=_instant(plan.outcome(item.id).close_h, epoch),
            expected=_instant(told.plan.outcome(item.id).close_h, epoch),
        )
        for item in problem.requirements
    )
    return OrdersForecast(
        plan=told.plan,
        planned_closure=_instant(plan.totals.closure_h, epoch),
        closure=_instant(told.plan.totals.closure_h, epoch),
        closings=closings,
        losses=tuple(_losses(orders)),
        not_planned=tuple(order.id for order in orders if not requirements[order.given.unit]),
        unmatched=told.unmatched,
        broken=tuple(violation.message for violation in told.broken),
    )


def _reports(order: Order, requirements: tuple[str, ...], epoch: datetime) -> Iterator[Report]:
    """What was reported under an order, for each requirement of its unit, or for the vehicle it names."""
    arrivals = [report for report in order.reports if isinstance(report, MovementArrived)]
    for report in order.reports:
        last = order.status == "complete" and bool(arrivals) and report is arrivals[-1]
        for requirement in requirements if not report.vehicle else ("",):
            yield Report(
                what=_what(report),
                hour=_hour(report.at, epoch),
                requirement=requirement,
                people=report.people if isinstance(report, MovementDeparted | MovementArrived) else None,
                last=last,
                vehicle=report.vehicle,
                stop=report.stop,
                lost_h=report.hours if isinstance(report, MovementDelayed) else 0.0,
            )


def _what(report: MovementEvent) -> Literal["departed", "arrived", "delayed"]:
    if isinstance(report, MovementDelayed):
        return "delayed"
    return "arrived" if isinstance(report, MovementArrived) else "departed"


def _losses(orders: list[Order]) -> Iterator[str]:
    for order in orders:
        for report in order.reports:
            if isinstance(report, MovementDelayed):
                where = f" at {report.place}" if report.place else ""
                vehicle = f" by {report.vehicle}" if report.vehicle else ""
                why = f": {report.reason}" if report.reason else ""
                yield f"order {order.id} lost {report.hours:g} h{vehicle}{where}{why}"


def _epoch(problem: Problem) -> datetime:
    if problem.epoch is None:
        raise UsageError(
            "the problem does not say when hour 0 is, so no report can be held against its plan",
            fix="give the scenario, or a problem file with an epoch",
        )
    return datetime.fromisoformat(problem.epoch)


def _hour(instant: datetime, epoch: datetime) -> float:
    return (instant - epoch) / timedelta(hours=1)


def _instant(hour: float | None, epoch: datetime) -> datetime | None:
    return None if hour is None else epoch + timedelta(hours=hour)
