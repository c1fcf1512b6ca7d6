"""The bound on weighted lateness against hours worked out by hand."""

from __future__ import annotations

import pytest

from standto.move.bound import prove_bound
from tests.move.bound.cases import fleet, link, place, problem, requirement


def test_two_loads_for_one_slot() -> None:
    given = problem(
        [place("A"), place("B", air=1)],
        [link("A", "B", 500)],
        [fleet("f", "A", count=2, unload_h=10.0)],
        [
            requirement("light", "A", "B", due_h=6.0, weight=1.0),
            requirement("heavy", "A", "B", due_h=6.0, weight=3.0),
        ],
    )
    # one unloads from 6 to 16, the other to 26: the heavy one goes first
    best = 3 * 10 + 1 * 20
    found = prove_bound(given).weighted_lateness
    assert 0.97 * best <= found <= best


def test_many_for_one_slot_come_one_by_one() -> None:
    number = 8
    given = problem(
        [place("A"), place("B", air=1)],
        [link("A", "B", 500)],
        [fleet("f", "A", count=number, unload_h=3.0)],
        [requirement(f"r{n}", "A", "B", due_h=6.0) for n in range(number)],
    )
    best = sum(3 * (n + 1) for n in range(number))
    found = prove_bound(given).weighted_lateness
    assert 0.95 * best <= found <= best


def test_what_is_not_due_is_not_late() -> None:
    given = problem(
        [place("A"), place("B", air=1)],
        [link("A", "B", 500)],
        [fleet("f", "A", count=4)],
        [requirement(f"r{n}", "A", "B", due_h=100.0) for n in range(4)],
    )
    assert prove_bound(given).weighted_lateness == 0.0


def test_nothing_to_move_may_still_be_late() -> None:
    given = problem(
        [place("A")], [], [], [requirement("r", "A", "A", available_h=7.0, due_h=5.0, weight=2.0)]
    )
    assert prove_bound(given).weighted_lateness == pytest.approx(4.0, abs=0.01)
