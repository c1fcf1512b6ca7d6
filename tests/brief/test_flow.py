"""What a plan carries: every person and tonne is on exactly the rides that the stops say."""

from __future__ import annotations

import itertools

import pytest

from standto.brief.flow import flow_of
from standto.move.check import check
from standto.move.plan import Lot, Plan, Stop, Totals, Vehicle
from standto.move.problem import Fleet, Place, Problem, Requirement
from tests.brief.sample import make_sample


def test_the_sample_keeps_every_rule() -> None:
    problem, plan = make_sample(30)
    assert check(problem, plan).violations == ()
    assert any(outcome.late_h > 0 for outcome in plan.requirements)


def test_rides_bring_every_requirement_whole() -> None:
    problem, plan = make_sample(20)
    flow = flow_of(problem, plan)
    for one in problem.requirements:
        rides = [ride for ride in flow.rides if ride.requirement == one.id]
        arrived = [ride for ride in rides if ride.destination == one.destination]
        assert sum(ride.pax for ride in arrived) == one.pax
        assert sum(ride.tonnes for ride in arrived) == pytest.approx(one.tonnes)
        assert max(ride.unloaded_h for ride in arrived) == pytest.approx(plan.outcome(one.id).close_h)
    assert all(ride.load_h < ride.depart_h < ride.arrive_h < ride.unloaded_h for ride in flow.rides)


def test_what_goes_along_ways_is_what_was_aboard() -> None:
    problem, plan = make_sample(20)
    flow = flow_of(problem, plan)
    by_air = sum(load.pax for (_, _, mode), load in flow.ways.items() if mode == "air")
    assert by_air == sum(ride.pax for ride in flow.rides if ride.mode == "air")
    laden = sum(load.legs for load in flow.ways.values())
    assert 0 < laden < plan.totals.sorties


def lot(requirement: str, pax: int, tonnes: float = 0.0) -> Lot:
    return Lot(requirement=requirement, pax=pax, cargo={"bulk": tonnes} if tonnes else {})


def stop(place: str, start_h: float, end_h: float, unload: list[Lot], load: list[Lot]) -> Stop:
    return Stop(
        place=place, arrive_h=start_h, start_h=start_h, end_h=end_h, depart_h=end_h, unload=unload, load=load
    )


def one_vehicle(stops: list[Stop], *, concurrent: bool = False) -> tuple[Problem, Plan]:
    fleet = Fleet(
        id="F", mode="air", count=1, base="A", seats=99, tonnes=99.0, classes=["bulk"], kmh=100.0,
        load_h=3.0, unload_h=2.0, service_h=1.0, concurrent=concurrent,
    )  # fmt: skip
    problem = Problem(
        places=[Place(id=name, slots={"air": None}) for name in "ABC"],
        links=[],
        fleets=[fleet],
        requirements=[
            Requirement(id=name, pax=30, cargo={}, origin="A", destination="C", available_h=0.0, due_h=9.0)
            for name in ("R", "S")
        ],
    )
    totals = Totals(
        undelivered=0.0, missed=0.0, weighted_lateness=0.0, closure_h=None, cost=0.0, moving_h=0.0, sorties=2
    )
    vehicle = Vehicle(id="F#1", fleet="F", base="A", stops=stops)
    return problem, Plan(problem="p", vehicles=[vehicle], requirements=[], totals=totals)


def test_a_requirement_loaded_twice_is_told_apart_by_where_it_came_from() -> None:
    stops = [
        stop("A", 0.0, 3.0, [], [lot("R", 20), lot("S", 5, 4.0)]),
        stop("B", 5.0, 8.0, [], [lot("R", 10)]),
        stop("C", 9.0, 11.0, [lot("R", 30), lot("S", 5, 4.0)], []),
    ]
    flow = flow_of(*one_vehicle(stops))
    assert [(ride.requirement, ride.origin, ride.pax, ride.tonnes) for ride in flow.rides] == [
        ("R", "A", 20, 0.0),
        ("S", "A", 5, 4.0),
        ("R", "B", 10, 0.0),
    ]
    assert flow.ways["A", "B", "air"].pax == 25
    assert flow.ways["B", "C", "air"].pax == 35
    assert flow.ways["B", "C", "air"].mass_t(0.2) == pytest.approx(4.0 + 7.0)


@pytest.mark.parametrize(("concurrent", "unloaded_h", "load_h"), [(False, 12.0, 12.0), (True, 15.0, 10.0)])
def test_unloading_ends_and_loading_begins_as_the_rules_say(
    concurrent: bool, unloaded_h: float, load_h: float
) -> None:
    stops = [
        stop("A", 0.0, 3.0, [], [lot("R", 20)]),
        stop("B", 10.0, 15.0, [lot("R", 20)], [lot("S", 5)]),
        stop("C", 20.0, 22.0, [lot("S", 5)], []),
    ]
    first, second = flow_of(*one_vehicle(stops, concurrent=concurrent)).rides
    assert first.unloaded_h == unloaded_h
    assert second.load_h == load_h


def test_a_service_stop_counts_what_is_aboard() -> None:
    stops = [
        stop("A", 0.0, 3.0, [], [lot("R", 20, 3.0)]),
        stop("B", 5.0, 6.0, [], []),
        stop("C", 15.0, 17.0, [lot("R", 20, 3.0)], []),
    ]
    through = flow_of(*one_vehicle(stops)).places["B"]
    assert (through.pax, through.tonnes, through.legs) == (20, 3.0, 1)


def test_places_count_what_passes_once() -> None:
    stops = [
        stop("A", 0.0, 3.0, [], [lot("R", 20)]),
        stop("B", 5.0, 7.0, [lot("R", 20)], []),
        stop("B", 9.0, 12.0, [], [lot("R", 20)]),
        stop("C", 15.0, 17.0, [lot("R", 20)], []),
    ]
    flow = flow_of(*one_vehicle(stops))
    assert {name: load.pax for name, load in flow.places.items()} == {"A": 20, "B": 20, "C": 20}
    assert list(itertools.chain(flow.ways)) == [("A", "B", "air"), ("B", "C", "air")]
