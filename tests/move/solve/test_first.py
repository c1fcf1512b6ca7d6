"""The first plan is the best of a few; scarce slots are spared, and crowded places reached by other modes."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.generate import FAMILIES, generate
from standto.move.problem import Goal
from standto.move.solve.decoder import Decoder
from standto.move.solve.first import THRIFTY, due_order, first_plan, first_plans, first_ways
from standto.move.solve.flat import copy_listing
from standto.move.solve.tables import Layout
from standto.move.solve.trips import Habits
from tests.move.tiny import as_problem

NOTHING = np.empty(0, dtype=np.int64)


@pytest.mark.parametrize("goal", ["lateness", "closure"])
@pytest.mark.parametrize("family", [*FAMILIES, "S"])
def test_the_first_plan_is_the_best_of_its_ways_and_kept(family: str, goal: Goal) -> None:
    tables = Layout(generate(family, 3)).tables
    decoder, other = Decoder(tables, goal), Decoder(tables, goal)
    first = first_plan(decoder, tables)
    assert first.score == min(other.decode(NOTHING, order, habits) for order, habits in first_ways(tables))
    trips = np.arange(int(decoder.kept.used[0]))
    assert decoder.decode(trips, first.order, Habits()) == pytest.approx(first.score)


def test_after_every_first_plan_the_best_so_far_is_kept() -> None:
    tables = Layout(generate("sea or air", 2)).tables
    decoder = Decoder(tables, "lateness")
    scores = []
    for best in first_plans(decoder, tables):
        trips = np.arange(int(decoder.kept.used[0]))
        other = Decoder(tables, "lateness")
        other.restore(copy_listing(decoder.kept))
        assert other.decode(trips, best.order, Habits()) == pytest.approx(best.score)
        scores.append(best.score)
    assert scores == sorted(scores, reverse=True)
    assert scores[-1] < scores[0]


def test_the_first_plan_of_nothing_is_nothing() -> None:
    problem = as_problem({key: [] for key in ("places", "links", "fleets", "requirements")})
    tables = Layout(problem).tables
    assert first_plan(Decoder(tables, "lateness"), tables).score[:2] == (0, 0)


@pytest.mark.parametrize("seed", [1, 2])
def test_thrift_is_much_better_where_places_are_crowded(seed: int) -> None:
    tables = Layout(generate("M", seed)).tables
    decoder, order = Decoder(tables, "lateness"), due_order(tables, 0.0)
    plain = decoder.decode(NOTHING, order, Habits())
    spared = decoder.decode(NOTHING, order, THRIFTY)
    assert spared[0] == plain[0] == 0
    assert spared[2] < 0.8 * plain[2]
    assert spared[5] < plain[5]


def test_scarcity_grows_with_what_a_place_has_to_do_for_its_slots() -> None:
    problem = as_problem(
        {
            "places": [
                {"id": "home", "slots": {"air": None}},
                {"id": "small", "slots": {"air": 1}},
                {"id": "large", "slots": {"air": 3, "rail": 1}},
                {"id": "quiet", "slots": {"air": 1}},
            ],
            "links": [
                {"from": "home", "to": to, "mode": "air", "km": 500} for to in ("small", "large", "quiet")
            ],
            "fleets": [
                {"id": "F", "mode": "air", "count": 2, "base": "home", "seats": 0, "tonnes": 10, "kmh": 500}
                | {"classes": ["bulk"], "load_h": 1, "unload_h": 2, "service_h": 1}
            ],
            "requirements": [
                {"id": to, "pax": 0, "cargo": {"bulk": 300}, "origin": "home", "destination": to}
                | {"available_h": 0, "due_h": 10}
                for to in ("small", "large")
            ],
        }
    )
    layout = Layout(problem)
    scarce = layout.tables.scarce.reshape(4, layout.tables.modes)
    air, rail = layout.network.modes["air"], layout.network.modes["rail"]
    assert scarce[:, air] == pytest.approx([0, 1, 1 / 3, 0])
    assert scarce[:, rail] == pytest.approx([0, 0, 1 / 3, 0])
