"""What is compiled for the smallest problem is all that other problems need."""

from __future__ import annotations

from typing import Any

from benchmarks.generate import generate
from standto.move.bound import prove_bound, routes, warm_up


def test_nothing_is_compiled_for_a_problem_that_was_not_for_the_smallest() -> None:
    warm_up()
    compiled: Any = routes.route
    before = list(compiled.signatures)
    assert before
    prove_bound(generate("sea or air", 1))
    assert compiled.signatures == before
