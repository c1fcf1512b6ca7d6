"""Standto: standing response forces, from readiness and alert to movement, with a proven bound.

    import standto

    scenario = standto.read_scenario("examples/eastern-flank-2022")
    problem = standto.build(scenario)
    bound = standto.prove_bound(problem)
    plan = standto.solve(problem, standto.Seconds(10), bound=bound)
    assert standto.check(problem, plan).ok
    standto.requirements_frame(problem, plan)

Names are imported when they are first used, so that `import standto` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from standto.advise.compare import compare as compare
    from standto.advise.frames import in_place_frame as in_place_frame
    from standto.advise.frames import legs_frame as legs_frame
    from standto.advise.frames import readiness_frame as readiness_frame
    from standto.advise.frames import requirements_frame as requirements_frame
    from standto.advise.frames import stops_frame as stops_frame
    from standto.advise.value import AlertValue as AlertValue
    from standto.advise.value import value_of_alert as value_of_alert
    from standto.brief.export import export as export
    from standto.brief.files import write_brief as write_brief
    from standto.brief.page import BriefInput as BriefInput
    from standto.errors import StandtoError as StandtoError
    from standto.force.files import check_scenario as check_scenario
    from standto.force.files import read_scenario as read_scenario
    from standto.force.scenario import Scenario as Scenario
    from standto.move.bound import Bound as Bound
    from standto.move.bound import prove_bound as prove_bound
    from standto.move.build import build as build
    from standto.move.check import check as check
    from standto.move.files import read_plan as read_plan
    from standto.move.files import read_problem as read_problem
    from standto.move.files import write_plan as write_plan
    from standto.move.files import write_problem as write_problem
    from standto.move.plan import Plan as Plan
    from standto.move.problem import Problem as Problem
    from standto.move.solve import Rounds as Rounds
    from standto.move.solve import Seconds as Seconds
    from standto.move.solve import solve as solve

_HOME = {
    "AlertValue": "advise.value",
    "Bound": "move.bound",
    "BriefInput": "brief.page",
    "Plan": "move.plan",
    "Problem": "move.problem",
    "Rounds": "move.solve",
    "Scenario": "force.scenario",
    "Seconds": "move.solve",
    "StandtoError": "errors",
    "build": "move.build",
    "check": "move.check",
    "check_scenario": "force.files",
    "compare": "advise.compare",
    "export": "brief.export",
    "in_place_frame": "advise.frames",
    "legs_frame": "advise.frames",
    "prove_bound": "move.bound",
    "read_plan": "move.files",
    "read_problem": "move.files",
    "read_scenario": "force.files",
    "readiness_frame": "advise.frames",
    "requirements_frame": "advise.frames",
    "solve": "move.solve",
    "stops_frame": "advise.frames",
    "value_of_alert": "advise.value",
    "write_brief": "brief.files",
    "write_plan": "move.files",
    "write_problem": "move.files",
}

__all__ = sorted([*_HOME, "__version__"])  # noqa: PLE0605  # one list, kept beside where each name lives


def __getattr__(name: str) -> object:
    if name == "__version__":
        from importlib.metadata import version

        return version("standto")
    if name in _HOME:
        return getattr(import_module(f"standto.{_HOME[name]}"), name)
    raise AttributeError(f"module 'standto' has no attribute {name!r}")


def __dir__() -> list[str]:
    return list(__all__)
