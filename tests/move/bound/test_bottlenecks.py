"""Bottlenecks: what is scarce is found, and one more of it does what it must."""

from __future__ import annotations

import pytest

from standto.move.bound import explain_bound, prove_bound
from standto.move.problem import Problem
from tests.move.bound.cases import fleet, link, place, problem, requirement


def queue(slots: int = 1) -> Problem:
    """Ten aircraft queue for few slots at the far end."""
    return problem(
        [place("A"), place("B", air=slots)],
        [link("A", "B", 500)],
        [fleet("f", "A", count=10)],
        [requirement("r", "A", "B", pax=1000, due_h=10.0)],
    )


def test_one_more_slot_halves_the_queue() -> None:
    bound = prove_bound(queue(), bottlenecks=2)
    best = bound.bottlenecks[0]
    assert (best.kind, best.id, best.mode) == ("slots", "B", "air")
    assert best.closure_h == pytest.approx(16 - 11, abs=0.01)
    assert best.closure_h == pytest.approx(16 - (prove_bound(queue(2)).closure_h or 0), abs=0.01)
    assert "One more air slot at B" in best.sentence
    assert best.sentence in explain_bound(queue(), bound)


def test_the_reason_names_the_slots() -> None:
    bound = prove_bound(queue())
    assert "air slots at B (100%)" in bound.reason
    assert bound.bottlenecks == ()


def test_one_vehicle_that_shuttles_is_the_bottleneck() -> None:
    given = problem(
        [place("A"), place("B")],
        [link("A", "B", 500)],
        [fleet("f", "A")],
        [requirement("r", "A", "B", pax=300)],
    )
    bound = prove_bound(given, bottlenecks=1)
    assert [(item.kind, item.id) for item in bound.bottlenecks] == [("fleet", "f")]
    assert bound.bottlenecks[0].closure_h > 10
    assert "vehicle hours of f" in bound.reason


def test_readiness_and_a_closed_way() -> None:
    given = problem(
        [place("A"), place("B")],
        [link("A", "B", 500, closed=[(0.0, 90.0)])],
        [fleet("f", "A")],
        [requirement("r", "A", "B", available_h=80.0, due_h=0.0)],
    )
    bound = prove_bound(given, bottlenecks=5)
    effects = {(item.kind, item.id): item for item in bound.bottlenecks}
    assert effects["way", "A->B (air)"].closure_h == pytest.approx(9.0, abs=0.01)
    assert effects["way", "A->B (air)"].lateness == pytest.approx(9.0, abs=0.01)
    assert effects["readiness", "r"].closure_h == 0.0
    assert "does not move the bound" in effects["readiness", "r"].sentence
    assert "r is available at 80.0 h" in explain_bound(given, bound)


def test_no_requirements_no_words_too_many() -> None:
    given = problem([place("A")], [], [], [])
    assert explain_bound(given, prove_bound(given, bottlenecks=3)).startswith("Nothing is delivered")
