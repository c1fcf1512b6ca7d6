"""Commands about inputs: check a scenario or problem, start a new scenario, write a scenario's problem."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from standto.desk.answer import Answer
from standto.desk.flows import say_throughputs, throughputs
from standto.desk.inputs import Input, is_scenario
from standto.errors import Fault, FileError, ProblemError, UsageError

if TYPE_CHECKING:
    from standto.desk.as_recorded import AsRecorded
    from standto.move.problem import Goal, Problem


def check_path(path: Path, *, strict: bool, recorded: AsRecorded | None = None) -> Answer:
    """Every fault of a scenario or problem file; the answer is no where there is an error."""
    if is_scenario(path):
        found, built = _scenario_faults(path, strict=strict, recorded=recorded)
    elif recorded is not None:
        raise UsageError("--record needs a scenario", fix="give the scenario folder, not a problem file")
    else:
        found, built = _problem_faults(path, strict=strict)
    faults, flows = list(found), throughputs(built) if built is not None else []
    errors = [fault for fault in faults if fault.severity == "error"]
    warnings = [fault for fault in faults if fault.severity != "error"]
    lines = [f"error: {fault}  [{fault.check}]" for fault in errors]
    lines += [f"{fault.severity}: {fault}  [{fault.check}]" for fault in warnings]
    lines += say_throughputs(flows)
    lines.append(f"{path}: {_count(len(errors), 'error')}, {_count(len(warnings), 'warning')}")
    data: dict[str, Any] = {"path": str(path), "errors": len(errors), "warnings": len(warnings)}
    data["faults"] = [asdict(fault) for fault in faults]
    data["flows"] = [{**asdict(one), "uses": one.uses} for one in flows]
    return Answer(lines, data, yes=not errors)


def _scenario_faults(
    path: Path, *, strict: bool, recorded: AsRecorded | None
) -> tuple[Sequence[Fault], Problem | None]:
    """The faults, and the problem where there is one to be built."""
    from standto.force.files import check_scenario
    from standto.move.build import build

    report = check_scenario(path, strict=strict, change=recorded.change(path) if recorded else None)
    faults = list(report.faults)
    if report.scenario is None or any(fault.severity == "error" for fault in faults):
        return faults, None
    built = build(report.scenario)
    return [*faults, *_no_way_faults(built, path, strict=strict)], built


def _problem_faults(path: Path, *, strict: bool) -> tuple[Sequence[Fault], Problem | None]:
    from standto.move.files import read_problem

    if not path.exists():
        raise FileError("no such file or folder", fix="check the path", file=str(path))
    try:
        problem = read_problem(path)
    except ProblemError as error:
        return error.faults, None
    return _no_way_faults(problem, path, strict=strict), problem


def _no_way_faults(problem: Problem, path: Path, *, strict: bool) -> list[Fault]:
    """What nothing can deliver: warnings, since a plan may be wanted all the same."""
    from standto.move.check import unreachable

    found = unreachable(problem)
    severity = {"severity": "error"} if strict else {}
    return [replace(fault, file=fault.file or str(path), **severity) for fault in found]


def new(name: str, *, parent: Path) -> Answer:
    """Write a small working scenario folder to start from."""
    from standto.force.new import new_scenario

    written = new_scenario(parent / name, name)
    lines = [f"wrote {path}" for path in written]
    lines.append(f"next: standto check {parent / name}")
    return Answer(lines, {"folder": str(parent / name), "files": [str(path) for path in written]})


def problem(output: Path, *, found: Input, goal: Goal | None) -> Answer:
    """Write the lift problem of a scenario, or a problem file again under another goal."""
    from standto.force.files import write_bytes

    built = found.problem.model_copy(update={"goal": goal}) if goal else found.problem
    data = built.to_bytes()
    write_bytes(output, data)
    written = {"problem": str(output), **counts(built), "sha256": hashlib.sha256(data).hexdigest()}
    return Answer([f"wrote {output}: {describe(built)}"], written)


def counts(problem: Problem) -> dict[str, Any]:
    """How large a problem is, and its hash."""
    return {
        "sha256": problem.sha256,
        "requirements": len(problem.requirements),
        "people": sum(requirement.pax for requirement in problem.requirements),
        "tonnes": round(sum(requirement.tonnes for requirement in problem.requirements), 3),
        "places": len(problem.places),
        "links": len(problem.links),
        "vehicles": sum(fleet.count for fleet in problem.fleets),
    }


def describe(problem: Problem) -> str:
    """How large a problem is, in a line."""
    size = counts(problem)
    return (
        f"{_count(size['requirements'], 'requirement')}, {size['people']:,} people, {size['tonnes']:,.0f} t, "
        f"{_count(size['places'], 'place')}, {_count(size['links'], 'link')}, "
        f"{_count(size['vehicles'], 'vehicle')}"
    )


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
