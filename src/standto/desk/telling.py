"""Commands that tell: brief, compare, export, closure against the time of decision."""

from __future__ import annotations

from contextlib import nullcontext, suppress
from dataclasses import asdict, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from standto.desk.answer import Answer
from standto.desk.beside import ProofBeside
from standto.desk.bounding import BOTTLENECKS, prove_watched
from standto.desk.inputs import Input, read_input, read_sound_plan
from standto.desk.planning import LEAST_BESIDE_S, PlanOptions, make_plan, plan_data, tighter
from standto.desk.screen import Screen
from standto.desk.words import hours
from standto.errors import UsageError

if TYPE_CHECKING:
    from standto.advise.cures import Cure
    from standto.advise.decide_at import DecisionRow
    from standto.brief.files import Forms
    from standto.brief.page import BriefInput
    from standto.force.scenario import Scenario
    from standto.move.problem import Problem

PRICE = 0.08
"""Share of the seconds for bottlenecks after the searches, where they were not priced beside them."""


def brief(
    folder: Path,
    *,
    found: Input,
    plan_path: Path | None,
    times: tuple[datetime, ...],
    options: PlanOptions,
    screen: Screen,
    audience: str = "",
    forms: Forms | None = None,
) -> Answer:
    """Write the brief of a scenario, or of a problem and its plan; `audience` says for whom it is."""
    from standto.advise.words import marking
    from standto.brief.files import Forms, write_brief, written_forms
    from standto.move.files import write_plan

    if found.scenario is not None and plan_path is None:
        given = _brief_of_scenario(found.scenario, times, options, screen)
    else:
        given = _brief_of_plan(found, plan_path, options, screen)
    given = replace(given, audience=audience, scenario=found.scenario)
    forms = forms or Forms()
    written = write_brief(folder, given, forms)
    others = [str(path) for path in written_forms(folder, forms)]
    if plan_path is None:
        plan_path = folder / "brief.plan.json"
        write_plan(plan_path, given.plan)
    headline = f"{marking(given.problem)}: {given.headline}"
    data = {
        "brief": str(written),
        "forms": others,
        "plan": str(plan_path),
        "headline": headline,
        **plan_data(given.problem, given.plan),
    }
    lines = [headline, f"brief: {written}", *(f"wrote {path}" for path in others)]
    return Answer(lines, data, yes=given.plan.totals.undelivered <= 0)


def _brief_of_scenario(
    scenario: Scenario, times: tuple[datetime, ...], options: PlanOptions, screen: Screen
) -> BriefInput:
    from standto.advise.cures import cures_of
    from standto.advise.decide_at import decide_at
    from standto.advise.value import value_of_alert
    from standto.brief.page import BriefInput
    from standto.desk.warm import warm_up
    from standto.move.bound import prove_bound
    from standto.move.build import build

    warm_up(screen.say)
    several = len(times) > 1
    aim = options.goal or scenario.settings.goal
    beside = _priced_beside(build(scenario).with_goal(aim), options, several=several)
    with beside or nullcontext():
        with screen.watching("planning with and without the alerts"):
            budget = options.budget(0.5 if several else 0.8)
            value = value_of_alert(
                scenario, budget=budget, seed=options.seed, bottlenecks=0, progress=screen.progress
            )
        proven = beside.found(PRICE * options.seconds) if beside is not None else None
    shown = value.with_alerts if aim == "closure" else value.lateness_with or value.with_alerts
    cures: tuple[Cure, ...] = ()
    with screen.watching("pricing bottlenecks"), suppress(KeyboardInterrupt):
        if proven is None:
            limit_s = options.bound_seconds(PRICE)
            proven = prove_bound(shown.problem, seconds=limit_s, bottlenecks=BOTTLENECKS)
        shown = replace(shown, bound=tighter(proven, shown.bound))
        budget = options.budget(0.12)
        cures = tuple(cures_of(shown, budget=budget, seed=options.seed, progress=screen.progress))
    rows: tuple[DecisionRow, ...] = ()
    if several:
        with screen.watching("deciding at other times"):
            budget = options.budget(0.3)
            rows = decide_at(scenario, times, budget=budget, goal=aim, seed=options.seed)
    return BriefInput(
        problem=shown.problem,
        plan=shown.plan,
        bound=shown.bound,
        value=value,
        cures=cures,
        decisions=rows,
        generated=datetime.now(UTC),
        version=version("standto"),
    )


def _priced_beside(problem: Problem, options: PlanOptions, *, several: bool) -> ProofBeside | None:
    """Bound and bottlenecks proven beside the searches; None where rounds count or there is little time."""
    seconds = options.seconds * (0.5 if several else 0.8)
    if options.rounds is not None or seconds < LEAST_BESIDE_S:
        return None
    return ProofBeside(problem, seconds, bottlenecks=BOTTLENECKS)


def _brief_of_plan(found: Input, plan_path: Path | None, options: PlanOptions, screen: Screen) -> BriefInput:
    from standto.brief.page import BriefInput

    if plan_path is None:
        plan, proven, _ = make_plan(found.problem, options, screen)
    else:
        plan = read_sound_plan(plan_path, found.problem)
        proven = prove_watched(found.problem, options.bound_seconds(1.0), screen)
    return BriefInput(
        problem=found.problem,
        plan=plan,
        bound=proven,
        generated=datetime.now(UTC),
        version=version("standto"),
    )


def closure_against_decision(
    output: Path,
    *,
    found: Input,
    times: tuple[datetime, ...],
    options: PlanOptions,
    screen: Screen,
) -> Answer:
    """Plan one scenario for several times of decision; one plan file each, and a table of closures."""
    from standto.advise.decide_at import decide_at
    from standto.advise.words import marking
    from standto.desk.warm import warm_up
    from standto.move.files import write_plan

    scenario = found.scenario
    if scenario is None:
        raise UsageError(
            "--decide-at needs a scenario", fix="give the scenario folder instead of a problem file"
        )
    warm_up(screen.say)
    with screen.watching(f"planning for {len(times)} times of decision"):
        rows = decide_at(
            scenario,
            times,
            budget=options.budget(),
            seed=options.seed,
            goal=options.goal,
            progress=screen.progress,
        )
    lines = [
        f"{marking(rows[0].case.problem)}: {found.path}",
        "decided            closes             after      bound",
    ]
    written, data = [], []
    for row in rows:
        name = _stamped(output, row.decided_at)
        write_plan(name, row.case.plan)
        written.append(str(name))
        closes = row.closes_at.strftime("%d %b %Y %H:%MZ") if row.closes_at else "-"
        closure = hours(row.case.closure_h) if row.case.closure_h is not None else "nothing delivered"
        bound = hours(row.case.bound.closure_h) if row.case.bound.closure_h is not None else "-"
        lines.append(f"{row.decided_at:%d %b %Y %H:%MZ}  {closes}  {closure}  {bound}")
        decided: dict[str, Any] = {"decided_at": row.decided_at.isoformat(), "plan": str(name)}
        decided["closes_at"] = row.closes_at.isoformat() if row.closes_at else None
        data.append({**decided, **plan_data(row.case.problem, row.case.plan)})
    lines += [f"wrote {name}" for name in written]
    whole = all(row.case.plan.totals.undelivered <= 0 for row in rows)
    return Answer(lines, {"decisions": data}, yes=whole)


def _stamped(output: Path, instant: datetime) -> Path:
    stem, dot, rest = output.name.partition(".")
    stamp = f"{instant:%Y%m%dT%H%M%SZ}" if instant.second else f"{instant:%Y%m%dT%H%MZ}"
    return output.with_name(f"{stem}-{stamp}{dot}{rest}")


def compare(paths: list[Path]) -> Answer:
    """What differs between two plans, and what made the difference."""
    from standto.advise.compare import compare as compare_plans

    if len(paths) not in {3, 4}:
        raise UsageError("compare takes P PLAN PLAN2, or P PLAN P2 PLAN2", fix="see standto compare --help")
    first = read_input(paths[0]).problem
    second = first if len(paths) == 3 else read_input(paths[2]).problem
    first_plan, second_plan = read_sound_plan(paths[1], first), read_sound_plan(paths[-1], second)
    comparison = compare_plans(first, first_plan, second, second_plan)
    return Answer(list(comparison.sentences), asdict(comparison))


def export(plan_path: Path, target: Path, *, found: Input) -> Answer:
    """Write the movement tables by unit and by vehicle."""
    from standto.brief.export import export as export_tables

    plan = read_sound_plan(plan_path, found.problem)
    written = export_tables(found.problem, plan, target)
    return Answer([f"wrote {name}" for name in written], {"files": [str(name) for name in written]})
