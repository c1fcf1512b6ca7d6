"""The brief of two plans side by side: what changed and why."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from standto.desk.answer import Answer
from standto.desk.bounding import prove_watched
from standto.desk.inputs import Input, read_input, read_sound_plan
from standto.desk.planning import PlanOptions, plan_data
from standto.desk.screen import Screen
from standto.errors import UsageError

if TYPE_CHECKING:
    from standto.brief.files import Forms


def refuse_beside(given: Mapping[str, object]) -> None:
    """Refuse what makes no sense beside `--compare`, which names problems and plans itself.

    Raises
    ------
    UsageError
        If anything else that names a problem or a plan, or changes one, is given.
    """
    told = [name for name, value in given.items() if value]
    if told:
        raise UsageError(
            f"--compare takes its two problems and two plans as they are, so {told[0]} does not go with it",
            fix="leave it out, or write a problem with `standto problem` and compare that",
        )


def brief(
    folder: Path,
    paths: tuple[Path, Path, Path, Path],
    options: PlanOptions,
    screen: Screen,
    *,
    audience: str,
    forms: Forms,
) -> Answer:
    """Write compare.html: two plans, each judged by every rule and beside a bound proven here."""
    from standto.brief.compared.page import CompareInput, OnePlan
    from standto.brief.files import COMPARE, write_comparison, written_forms

    first = read_input(paths[0])
    second = first if paths[2] == paths[0] else read_input(paths[2])
    inputs: tuple[Input, Input] = (first, second)
    plans = [read_sound_plan(path, one.problem) for path, one in zip(paths[1::2], inputs, strict=True)]
    same = first.problem.sha256 == second.problem.sha256
    seconds = options.bound_seconds(1.0 if same else 0.5)
    bound_a = prove_watched(first.problem, seconds, screen, bottlenecks=0)
    bound_b = bound_a if same else prove_watched(second.problem, seconds, screen, bottlenecks=0)
    sides = [
        OnePlan(problem=one.problem, plan=plan, bound=bound, scenario=one.scenario, file=path.name)
        for one, plan, bound, path in zip(inputs, plans, (bound_a, bound_b), paths[1::2], strict=True)
    ]
    given = CompareInput(
        first=sides[0],
        second=sides[1],
        generated=datetime.now(UTC),
        version=version("standto"),
        audience=audience,
    )
    written = write_comparison(folder, given, forms)
    others = [str(path) for path in written_forms(folder, forms, COMPARE)]
    headline = f"{written.banner}: {written.headline}"
    data: dict[str, Any] = {
        "compare": str(written.html),
        "forms": others,
        "headline": headline,
        "plans": [plan_data(one.problem, one.plan) for one in sides],
    }
    lines = [headline, f"comparison: {written.html}", *(f"wrote {path}" for path in others)]
    return Answer(lines, data)
