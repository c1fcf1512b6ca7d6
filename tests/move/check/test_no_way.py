"""What is named before any plan as unreachable is just what has no earliest possible close."""

from __future__ import annotations

from hypothesis import given, settings

from standto.move.bound import critical_path
from standto.move.check import unreachable
from standto.move.problem import Problem
from standto.move.solve import Rounds, solve
from tests.move.bound.cases import fleet, link, place, problem, requirement
from tests.move.bound.generated import generated
from tests.move.tiny import problems


@settings(max_examples=100)
@given(problems())
def test_what_is_unreachable_has_no_critical_path(any_problem: Problem) -> None:
    named = {fault.row for fault in unreachable(any_problem)}
    assert named == {one.id for one in any_problem.requirements} - set(critical_path(any_problem))


def test_nor_where_slots_are_none_and_ports_are_named() -> None:
    for seed in range(400):
        given = generated(seed)
        named = {fault.row for fault in unreachable(given)}
        assert named == {one.id for one in given.requirements} - set(critical_path(given)), seed


def test_a_plan_leaves_what_is_named() -> None:
    for seed in range(400, 500):
        given = generated(seed)
        named = {fault.row for fault in unreachable(given)}
        left = {one.id for one in solve(given, Rounds(10)).requirements if one.close_h is None}
        assert named <= left, seed


def test_the_fault_says_that_ports_are_missing() -> None:
    given = problem(
        [place(name, sea=1, air=1) for name in ("O", "X", "D")],
        [link("O", "X", 100, "sea"), link("X", "D", 100)],
        [fleet("ship", "O", mode="sea"), fleet("plane", "X")],
        [requirement("r", "O", "D", ports=["O"]), requirement("s", "O", "D", ports=["X"])],
    )
    [fault] = unreachable(given)
    assert fault.row == "r"
    assert fault.message == "no way for people from O to D that changes vehicles only at O"
    assert "add ports" in fault.fix
