"""What commands take: a scenario or a problem file, times, ids."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from standto.errors import UsageError

if TYPE_CHECKING:
    from standto.desk.as_recorded import AsRecorded
    from standto.force.scenario import Scenario
    from standto.move.plan import Plan
    from standto.move.problem import Goal, Problem

DTG = re.compile(r"(\d{2})(\d{2})(\d{2})Z([A-Z]{3})(\d{2})")
MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")


@dataclass(frozen=True)
class Input:
    """A scenario or a problem file to work on; the problem is read or built when it is first asked for."""

    path: Path
    scenario: Scenario | None
    goal: Goal | None = None
    recorded: AsRecorded | None = None

    @cached_property
    def problem(self) -> Problem:
        """The lift problem, under the goal that the command line names."""
        if self.scenario is not None:
            from standto.move.build import build

            problem = build(self.scenario)
        else:
            from standto.move.files import read_problem

            problem = read_problem(self.path)
        return problem.with_goal(self.goal) if self.goal else problem


def is_scenario(path: Path) -> bool:
    """Whether a path is a scenario folder or workbook rather than a problem file."""
    return path.is_dir() or path.suffix.lower() == ".xlsx"


def read_input(
    path: Path,
    *,
    decide_at: datetime | None = None,
    variant: str | None = None,
    without: tuple[str, ...] = (),
    goal: Goal | None = None,
    recorded: AsRecorded | None = None,
) -> Input:
    """A problem file, or a scenario read and checked.

    Raises
    ------
    StandtoError
        On a faulty scenario, or options that only a scenario takes given with a problem file.
    """
    if is_scenario(path):
        scenario = read_scenario_as(
            path, decide_at=decide_at, variant=variant, without=without, recorded=recorded
        )
        return Input(path, scenario, goal, recorded)
    if recorded is not None:
        raise UsageError("--record needs a scenario", fix="give the scenario folder, not a problem file")
    if decide_at or without or variant:
        fix = "give the scenario folder instead of a problem file"
        raise UsageError("--decide-at, --variant and --without-alert need a scenario", fix=fix)
    return Input(path, None, goal)


def read_scenario_as(
    path: Path,
    *,
    decide_at: datetime | None = None,
    variant: str | None = None,
    without: tuple[str, ...] = (),
    recorded: AsRecorded | None = None,
) -> Scenario:
    """Read a scenario and apply what the command line changes in it."""
    from standto.force.files import read_scenario

    scenario = read_scenario(path, change=recorded.change(path) if recorded else None)
    if variant is not None:
        scenario = scenario.variant(variant)
    unknown = sorted(set(without) - {alert.id for alert in scenario.alerts})
    if unknown:
        known = ", ".join(alert.id for alert in scenario.alerts) or "it has none"
        raise UsageError(f"--without-alert: no alert {unknown[0]!r} in {path}", fix=f"alerts: {known}")
    if without:
        scenario = scenario.without_alerts(*without)
    return scenario.decided_at(decide_at) if decide_at else scenario


def read_sound_plan(path: Path, problem: Problem) -> Plan:
    """A plan that belongs to a problem and keeps every rule.

    Raises
    ------
    StandtoError
        If it is malformed, made for another problem, or breaks a rule.
    """
    from standto.move.check import check
    from standto.move.files import read_plan
    from standto.move.plan import require_same_problem

    plan = read_plan(path)
    require_same_problem(plan, problem, file=str(path))
    broken = check(problem, plan).violations
    if broken:
        fix = "run `standto verify` for all of them"
        raise UsageError(
            f"the plan breaks {len(broken)} rule(s): {broken[0].message}", fix=fix, file=str(path)
        )
    return plan


def read_instant(text: str) -> datetime:
    """An instant from ISO 8601 with an offset or a zone, a date (midnight UTC) or a DTG such as 251200ZFEB22.

    Raises
    ------
    UsageError
        If it is none of these, or has no zone.
    """
    from standto.desk.local_time import read_local

    text = text.strip()
    local = read_local(text)
    if local is not None:
        return local
    dtg = DTG.fullmatch(text.upper())
    try:
        if dtg:
            day, hour, minute, month, year = dtg.groups()
            parts = (2000 + int(year), MONTHS.index(month) + 1, int(day), int(hour), int(minute))
            return datetime(*parts, tzinfo=UTC)
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{text!r} is no time", fix="write 2022-02-25T12:00Z or 251200ZFEB22") from None
    if instant.tzinfo is None:
        if len(text) > len("2022-02-25"):
            raise UsageError(
                f"{text!r} has no time zone", fix=f"write {text}Z for UTC, or {text}[Europe/Berlin]"
            )
        instant = instant.replace(tzinfo=UTC)
    try:
        return instant.astimezone(UTC)
    except OverflowError:
        raise UsageError(f"{text!r} is beyond the calendar", fix="write 2022-02-25T12:00Z") from None


def read_instants(text: str) -> tuple[datetime, ...]:
    """Several instants separated by commas, each once."""
    return tuple(dict.fromkeys(read_instant(part) for part in text.split(",") if part.strip()))
