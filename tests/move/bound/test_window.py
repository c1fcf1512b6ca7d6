"""Where vehicles can be when a later window opens, and what it took to get there."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from standto.move.bound.proof import Proof
from standto.move.bound.window import Window, open_window
from tests.move.bound.cases import fleet, link, place, problem, requirement


def window(since_h: float, **more: Any) -> Window:
    given = problem(
        [place("H"), place("A"), place("B"), place("nowhere")],
        [link("H", "A", 1000), link("A", "B", 500)],
        [fleet("f", "H", **more)],
        [requirement("r", "A", "B", available_h=6.0)],
    )
    proof = Proof(given, lambda: math.inf)
    return open_window(proof.lift, proof.streams, proof.slots, since_h, proof.delivered)


def test_a_vehicle_is_away_from_its_base_only_after_its_way_there() -> None:
    # ten hours to A, half an hour of service, five hours to B; the window opens at hour 6
    assert window(6.0).there_h[0] == pytest.approx([0.0, 4.0, 9.5, np.inf])
    assert window(6.0, available_h=8.0).there_h[0] == pytest.approx([0.0, 10.0, 15.5, np.inf])
    assert window(50.0).there_h[0] == pytest.approx([0.0, 0.0, 0.0, np.inf])


def test_the_way_there_took_of_its_moving_hours_where_they_are_counted_from_the_start() -> None:
    assert window(6.0, use_h_per_day=6.0).spent_h[0] == pytest.approx([0.0, 10.0, 15.0, 0.0])
    within = window(30.0, use_h_per_day=6.0, use_bank_days=2.0)
    assert not within.spent_h.any()
    assert window(20.0, use_h_per_day=6.0, use_bank_days=2.0).spent_h.any()
