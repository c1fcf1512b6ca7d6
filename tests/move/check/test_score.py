"""What a plan achieves, against sums done by hand."""

from __future__ import annotations

import pytest

from standto.move.check import score
from standto.move.plan import Outcome, Totals, Undelivered
from tests.move.check.cases import Movement, lot, stop, vehicle


def scored(movement: Movement) -> tuple[dict[str, Outcome], Totals]:
    problem, plan = movement.read()
    outcomes, totals = score(problem, plan.vehicles)
    assert [outcome.id for outcome in outcomes] == [item.id for item in problem.requirements]
    return {outcome.id: outcome for outcome in outcomes}, totals


def test_by_hand() -> None:
    outcomes, totals = scored(Movement())
    assert (outcomes["R1"].close_h, outcomes["R1"].late_h) == (9, 3)
    assert (outcomes["R2"].close_h, outcomes["R2"].late_h) == (4, 0)
    # Two flights of 800 km at 2, two drives of 100 km at 1; R1 weighs 2, is 3 h late and past its hard hour.
    assert totals == Totals(
        undelivered=0,
        missed=2,
        weighted_lateness=6,
        closure_h=9,
        cost=2 * 800 * 2 + 2 * 100,
        moving_h=2 * 1 + 2 * 2,
        sorties=4,
    )


def test_hard_hour_is_met_within_the_tolerance() -> None:
    movement = Movement()
    movement.requirement("R1")["hard_h"] = 9 - 5e-7
    assert scored(movement)[1].missed == 0
    movement.requirement("R1")["hard_h"] = 9 - 5e-6
    assert scored(movement)[1].missed == 2


def test_nothing_moves() -> None:
    movement = Movement()
    movement.vehicles.clear()
    outcomes, totals = scored(movement)
    assert outcomes["R1"].close_h is None
    assert outcomes["R1"].late_h == 0
    assert outcomes["R1"].undelivered == Undelivered(pax=40, cargo={"bulk": 5})
    assert totals == Totals(
        undelivered=(40 + 5) * 2 + 10,
        missed=2,
        weighted_lateness=0,
        closure_h=None,
        cost=0,
        moving_h=0,
        sorties=0,
    )


def test_nothing_to_move_closes_when_available() -> None:
    movement = Movement()
    movement.requirement("R1").update(pax=0, cargo={"bulk": 0}, available_h=7)
    movement.requirement("R2").update(destination="A", available_h=11)
    movement.vehicles.clear()
    outcomes, totals = scored(movement)
    assert (outcomes["R1"].close_h, outcomes["R1"].late_h) == (7, 1)
    assert (outcomes["R2"].close_h, outcomes["R2"].late_h) == (11, 7)
    assert totals.closure_h == 11


def test_aboard_at_the_end_is_undelivered() -> None:
    movement = Movement()
    movement.stop("T#1", 3)["unload"] = [lot("R1", 38, bulk=5)]
    outcomes, totals = scored(movement)
    assert outcomes["R1"].close_h is None
    assert outcomes["R1"].undelivered == Undelivered(pax=2, cargo={})
    assert totals.undelivered == 4
    assert totals.closure_h == 4


def test_taken_away_again_is_undelivered_until_it_is_back() -> None:
    movement = Movement()
    movement.requirement("R2")["divisible"] = True
    c2 = movement.vehicle("C#2")["stops"]
    c2[1]["depart_h"] = 6
    c2[1:] = [
        c2[1] | {"depart_h": 4},
        stop("H", 4, 6, 7, 7, load=[lot("R2", 3)]),
        stop("A", 8, 8, 9, unload=[lot("R2", 3)]),
    ]
    outcomes, _ = scored(movement)
    assert outcomes["R2"].undelivered.pax == 3
    c2[3:] = [
        stop("A", 8, 8, 8.5, 8.5),
        stop("H", 9.5, 9.5, 10.5, unload=[lot("R2", 3)]),
    ]
    outcomes, _ = scored(movement)
    assert outcomes["R2"].close_h == 10.5


def test_fewest_kilometres_of_the_links_that_fit() -> None:
    movement = Movement()
    long_way = {"from": "A", "to": "H", "mode": "air", "km": 1200, "hours": {"C": 1}}
    too_long = {"from": "A", "to": "H", "mode": "air", "km": 300, "hours": {"C": 1.5}}
    movement.problem["links"] += [long_way, too_long]
    assert scored(movement)[1].cost == 2 * 800 * 2 + 200
    movement.link("air")["closed"] = [[1.5, 2.5]]
    assert scored(movement)[1].cost == (800 + 1200) * 2 + 200


def test_staying_is_no_sortie() -> None:
    movement = Movement()
    movement.stop("C#2", 2)["depart_h"] = 4
    movement.vehicle("C#2")["stops"].append(stop("H", 4, 4, 4.5))
    assert scored(movement)[1].sorties == 4


@pytest.mark.parametrize(("concurrent", "close_h"), [(False, 2.5), (True, 3)])
def test_on_the_ground_when_unloading_ends(concurrent: bool, close_h: float) -> None:
    movement = Movement()
    movement.fleet("C").update(concurrent=concurrent, unload_h=0.5)
    movement.requirement("R1")["destination"] = "H"
    movement.vehicles[:] = [
        vehicle(
            "C",
            1,
            "A",
            stop("A", 0, 0, 1, 1, load=[lot("R1", 40, bulk=5)]),
            stop("H", 2, 2, 3 if concurrent else 3.5, unload=[lot("R1", 40, bulk=5)], load=[lot("R2", 1)]),
        )
    ]
    assert scored(movement)[0]["R1"].close_h == close_h
