"""What is named before any plan as unreachable is just what has no earliest possible close."""

from __future__ import annotations

from hypothesis import given, settings

from standto.move.bound import critical_path
from standto.move.check import unreachable
from standto.move.problem import Problem
from tests.move.tiny import problems


@settings(max_examples=100)
@given(problems())
def test_what_is_unreachable_has_no_critical_path(problem: Problem) -> None:
    named = {fault.row for fault in unreachable(problem)}
    assert named == {one.id for one in problem.requirements} - set(critical_path(problem))
