"""Plan the movements of February and March 2022 and compare them with what happened.

Writes docs/validation.md. Every movement of `examples/movements-2022` is planned alone with the same lift,
once ready at its order and once ready at the published notice for its kind of unit; what was observed stands
in `observed-2022.csv` beside this file. The plans stop after a number of rounds, not seconds, so the page is
the same on every machine. Run by `make validation`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from standto.force.files import read_scenario, write_bytes
from standto.force.scenario import Scenario
from standto.force.tables import ScenarioRequirement
from standto.move.build import build
from standto.move.check import check
from standto.move.plan import Plan
from standto.move.problem import Problem
from standto.move.solve import Rounds, solve

ROOT = Path(__file__).parents[1]
MOVEMENTS = ROOT / "examples" / "movements-2022"
OBSERVED = Path(__file__).with_name("observed-2022.csv")
PAGE = ROOT / "docs" / "validation.md"
CASES = ("ready-at-order", "formal-notice")
ROUNDS = 200
HALF_DAY = timedelta(hours=12)
"""Orders are known by the day: the scenario puts them at noon, the comparison allows the whole day."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time that something observed lies in, or that two plans enclose."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Observed:
    """What the record says of one movement: days of first and last arrival, and why plans may miss them."""

    first: Span
    last: Span
    first_words: str
    last_words: str
    reason: str


@dataclass(frozen=True, slots=True)
class Arrivals:
    """First and last arrival in one plan."""

    first: datetime
    last: datetime


def observed_movements() -> dict[str, Observed]:
    """What was observed, by the id of the movement."""
    with OBSERVED.open(encoding="utf-8", newline="") as lines:
        return {row["requirement"]: _observed(row) for row in csv.DictReader(lines)}


def _observed(row: dict[str, str]) -> Observed:
    return Observed(
        _days(row["first_from"], row["first_to"]),
        _days(row["last_from"], row["last_to"]),
        row["first_words"],
        row["last_words"],
        row["reason"],
    )


def _days(first: str, last: str) -> Span:
    def midnight(day: str) -> datetime:
        return datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC)

    return Span(midnight(first), midnight(last) + timedelta(days=1))


def alone(scenario: Scenario, wanted: ScenarioRequirement) -> Scenario:
    """One movement by itself, C-hour at its own order, wanted at once: every hour counts as late."""
    [ordered] = [decision.at for decision in scenario.decisions if decision.id == wanted.decision]
    if ordered is None:
        raise ValueError(f"the decision {wanted.decision} of {wanted.id} has no date")
    row = wanted.model_copy(update={"due_h": 0.0})
    return scenario.decided_at(ordered).model_copy(update={"requirements": (row,)})


def arrivals(scenario: Scenario, case: str, *, rounds: int = ROUNDS) -> Arrivals:
    """When a scenario's one movement begins to arrive and has arrived, planned in one of the two cases."""
    problem = build(scenario.variant(case))
    plan = solve(problem, Rounds(rounds))
    if not check(problem, plan).ok:
        raise AssertionError(f"the plan of {problem.requirements[0].id} breaks a rule")
    hours = list(_unloaded(problem, plan))
    closes = [outcome.close_h for outcome in plan.requirements]
    last_h = max(hour for hour in closes if hour is not None)
    epoch = scenario.settings.epoch
    return Arrivals(epoch + timedelta(hours=min(hours)), epoch + timedelta(hours=last_h))


def _unloaded(problem: Problem, plan: Plan) -> Iterator[float]:
    """Hours at which something reaches its destination."""
    destination = {one.id: one.destination for one in problem.requirements}
    for vehicle in plan.vehicles:
        for stop in vehicle.stops:
            if any(destination[lot.requirement] == stop.place for lot in stop.unload):
                yield stop.arrive_h


def verdict(planned: Span, seen: Span) -> str:
    """Whether what was observed lies between two plans; each day allows for the unknown hour of the order."""
    if seen.end <= planned.start - HALF_DAY:
        return "earlier"
    if seen.start >= planned.end + HALF_DAY:
        return "later"
    return "between"


@dataclass(frozen=True, slots=True)
class Compared:
    """One movement, planned twice and observed."""

    wanted: ScenarioRequirement
    people: int
    unit: str
    notice: str
    ordered: datetime
    first: Span
    last: Span
    seen: Observed

    @property
    def verdicts(self) -> tuple[str, str]:
        """Of the first arrival, and of the last."""
        return verdict(self.first, self.seen.first), verdict(self.last, self.seen.last)


def compare(scenario: Scenario, movement: str, *, rounds: int = ROUNDS) -> Compared:
    """Plan one movement in both cases and set it beside what happened."""
    [wanted] = [row for row in scenario.requirements if row.id == movement]
    [unit] = [unit for unit in scenario.units if unit.id == wanted.unit]
    single = alone(scenario, wanted)
    at_order, at_notice = (arrivals(single, case, rounds=rounds) for case in CASES)
    return Compared(
        wanted,
        unit.strength,
        unit.name,
        f"{unit.notice_h[0]:g} h ({unit.category}; {unit.source})",
        single.settings.epoch,
        Span(at_order.first, at_notice.first),
        Span(at_order.last, at_notice.last),
        observed_movements()[movement],
    )


def page(rows: list[Compared], scenario: Scenario) -> str:
    """The whole comparison as Markdown."""
    first = [row.verdicts[0] for row in rows]
    last = [row.verdicts[1] for row in rows]
    lines = [
        "<!-- made by `make validation`; do not edit -->",
        "",
        "# Validation: the movements of February and March 2022",
        "",
        f"{len(rows)} movements of the public record have an order date, an arrival and a headcount. Each is "
        "planned alone, with the same lift for all rows, twice: ready to load at its order, and ready at the "
        "published notice for its kind of unit. What happened should lie between the two plans; where it "
        "does not, the reason is given. Nothing is tuned per row: one rule sets notice, load and modes for "
        "all (below).",
        "",
        f"First arrivals: {_counted(first)}. Last arrivals: {_counted(last)}.",
        "",
        "Times are days after the order. An order is known by its day, not its hour, so half a day either "
        "way still counts as between.",
        "",
        "| row | unit | people | ordered | formal notice | first: planned | observed | verdict "
        "| last: planned | observed | verdict |",
        "|---|---|--:|---|---|---|---|---|---|---|---|",
        *(_row(row) for row in rows),
        "",
        "## Where what happened does not lie between",
        "",
        *_reasons(rows),
        "## Rules for every row",
        "",
        *(f"- **{what}**: {why}" for what, why in scenario.settings.assumptions.items()),
        "",
        "## What this shows, and what not",
        "",
        "- The first arrival says whether readiness is understood, the last whether the flow is: a plan is "
        "what the lift could do, and what happened was often slower than that.",
        "- The two plans are wide apart where the notice is long: such a row is a weak check.",
        "- A plan has the whole lift table to itself; what else the same aircraft did then is unknown.",
        "- The record gives days, often only the latest possible one; see the words of each row.",
        "",
        "## Sources",
        "",
        *(f"- {key}: {address}" for key, address in scenario.settings.sources.items()),
        "",
    ]
    return "\n".join(lines)


def _counted(verdicts: list[str]) -> str:
    """How many lie between the two plans, and how many on which side."""
    return ", ".join(f"{verdicts.count(kind)} {kind}" for kind in ("earlier", "between", "later"))


def _row(row: Compared) -> str:
    first, last = row.verdicts
    cells = [
        row.wanted.id,
        row.unit,
        f"{row.people:,}" if row.people else "equipment",
        row.ordered.date().isoformat(),
        row.notice,
        _planned(row.first, row.ordered),
        f"{_seen(row.seen.first, row.ordered)}: {row.seen.first_words}",
        first,
        _planned(row.last, row.ordered),
        f"{_seen(row.seen.last, row.ordered)}: {row.seen.last_words}",
        last,
    ]
    return "| " + " | ".join(cells) + " |"


def _planned(span: Span, ordered: datetime) -> str:
    return " to ".join(f"{(at - ordered) / timedelta(days=1):.1f}" for at in (span.start, span.end))


def _seen(span: Span, ordered: datetime) -> str:
    """Whole days after the order's day."""
    first = (span.start.date() - ordered.date()).days
    last = (span.end.date() - ordered.date()).days - 1
    return f"{first}" if first == last else f"{first} to {last}"


def _reasons(rows: list[Compared]) -> Iterator[str]:
    for row in rows:
        named = zip(("first", "last"), row.verdicts, strict=True)
        outside = [f"{what} arrival {found}" for what, found in named if found != "between"]
        if outside:
            yield f"- **{row.wanted.id}: {' and '.join(outside)} than both plans.** {row.seen.reason}"
    yield ""


def main() -> None:
    """Plan every movement and write the page."""
    scenario = read_scenario(MOVEMENTS)
    rows = [compare(scenario, movement) for movement in observed_movements()]
    unexplained = [row.wanted.id for row in rows if set(row.verdicts) != {"between"} and not row.seen.reason]
    write_bytes(PAGE, page(rows, scenario).encode())
    for row in rows:
        print(row.wanted.id, *row.verdicts)
    if unexplained:
        raise SystemExit(f"no reason is given for {', '.join(unexplained)}: add it to {OBSERVED.name}")


if __name__ == "__main__":
    main()
