"""What is compiled for the smallest problem is all that other problems need."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.generate import generate
from standto.move.bound import arrivals, critical, prove_bound, routes, warm_up


def test_nothing_is_compiled_for_a_problem_that_was_not_for_the_smallest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    warm_up()
    compiled: list[Any] = [routes.route, arrivals._search_all]
    before = [list(function.signatures) for function in compiled]
    assert all(before)
    # searched as if loads and legs were very many
    monkeypatch.setattr(critical, "COMPILED_CELLS", 0)
    prove_bound(generate("sea or air", 1))
    assert [function.signatures for function in compiled] == before
