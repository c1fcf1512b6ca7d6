"""The bound holds where that is easily missed: no slots, work of no length, ports, crumbs of cargo."""

from __future__ import annotations

import math
import warnings
from typing import Any

import pytest

from standto.move.bound import critical_path, prove_bound
from standto.move.check import check, score, unreachable
from standto.move.plan import Lot, Plan, Stop, Vehicle
from standto.move.problem import TOLERANCE, Problem
from standto.move.solve import Rounds, solve
from standto.move.why import explain
from tests.move.bound.cases import fleet, link, place, problem, requirement
from tests.move.bound.generated import generated

BATCH = 60


def judged(given: Problem, *vehicles: Vehicle) -> Plan:
    """The plan of these vehicles beside the bound, found true by the judge."""
    outcomes, totals = score(given, vehicles)
    bound = prove_bound(given)
    assert bound.left_out == ()
    plan = Plan(
        problem=given.sha256,
        vehicles=list(vehicles),
        requirements=outcomes,
        totals=totals,
        bound=bound.as_plan_bound(),
    )
    assert [str(found) for found in check(given, plan).violations] == []
    return plan


def stop(name: str, arrive_h: float, work_h: float, *, last: bool = False, **lots: Any) -> Stop:
    """A stop that begins its work on arrival and departs when it ends."""
    end_h = arrive_h + work_h
    return Stop(
        place=name,
        arrive_h=arrive_h,
        start_h=arrive_h,
        end_h=end_h,
        depart_h=None if last else end_h,
        unload=lots.get("unload", []),
        load=lots.get("load", []),
    )


def test_a_vehicle_may_start_where_its_mode_has_no_slot() -> None:
    given = problem(
        [place("A", air=0), place("O", air=1), place("D", air=1)],
        [link("A", "O", 100), link("O", "D", 1000)],
        [fleet("fast", "A", kmh=1000.0), fleet("slow", "O")],
        [requirement("r", "O", "D", pax=50)],
    )
    lots = [Lot(requirement="r", pax=50, cargo={})]
    stops = [
        stop("A", 0.0, 0.0),
        stop("O", 0.1, 1.0, load=lots),
        stop("D", 2.1, 1.0, unload=lots, last=True),
    ]
    plan = judged(given, Vehicle(id="fast#1", fleet="fast", base="A", stops=stops))
    assert plan.totals.closure_h == pytest.approx(3.1)
    assert critical_path(given) == {"r": pytest.approx(3.1)}


def test_work_of_no_length_needs_no_slot() -> None:
    given = problem(
        [place("O", air=0), place("S", air=0), place("D", air=0)],
        [link("O", "S", 100), link("S", "D", 100)],
        [fleet("f", "O", load_h=0.0, unload_h=0.0, service_h=0.0)],
        [requirement("r", "O", "D")],
    )
    lots = [Lot(requirement="r", pax=100, cargo={})]
    stops = [
        stop("O", 0.0, 0.0, load=lots),
        stop("S", 1.0, 0.0),
        stop("D", 2.0, 0.0, unload=lots, last=True),
    ]
    plan = judged(given, Vehicle(id="f#1", fleet="f", base="O", stops=stops))
    assert plan.totals.closure_h == 2.0
    assert critical_path(given) == {"r": pytest.approx(2.0)}


@pytest.mark.parametrize("work", ["load_h", "unload_h"])
def test_work_that_takes_time_needs_a_slot(work: str) -> None:
    hours: dict[str, Any] = {"load_h": 0.0, "unload_h": 0.0, "service_h": 0.0, work: 1.0}
    given = problem(
        [place("O", air=0), place("D", air=0)],
        [link("O", "D", 100)],
        [fleet("f", "O", **hours)],
        [requirement("r", "O", "D")],
    )
    assert critical_path(given) == {}
    assert [fault.row for fault in unreachable(given)] == ["r"]


@pytest.mark.parametrize(("pax", "tonnes"), [(0, 5e-7), (0, TOLERANCE), (10, 5e-7)])
def test_amounts_within_the_tolerance_need_not_be_moved(pax: int, tonnes: float) -> None:
    given = problem(
        [place("O"), place("D")],
        [link("O", "D", 1000)],
        [fleet("seats", "O", tonnes=0.0, classes=[], kmh=1000.0), fleet("hold", "O", seats=0)],
        [requirement("r", "O", "D", pax=pax, cargo={"bulk": tonnes})],
    )
    lots = [Lot(requirement="r", pax=pax, cargo={})]
    stops = [stop("O", 0.0, 1.0, load=lots), stop("D", 2.0, 1.0, unload=lots, last=True)]
    vehicles = [Vehicle(id="seats#1", fleet="seats", base="O", stops=stops)] if pax else []
    plan = judged(given, *vehicles)
    assert plan.totals.closure_h == (3.0 if pax else 0.0)


def test_a_full_vehicle_may_take_the_tolerance_on_top() -> None:
    """Two vehicles of 100 g take 202 g: neither needs a second trip."""
    given = problem(
        [place("O"), place("D")],
        [link("O", "D", 100)],
        [fleet("f", "O", 2, seats=0, tonnes=1e-4)],
        [requirement("r", "O", "D", pax=0, cargo={"bulk": 2.02e-4})],
    )
    lots = [Lot(requirement="r", pax=0, cargo={"bulk": 1.006e-4})]
    stops = [stop("O", 0.0, 1.0, load=lots), stop("D", 2.0, 1.0, unload=lots, last=True)]
    vehicles = [Vehicle(id=f"f#{number}", fleet="f", base="O", stops=stops) for number in (1, 2)]
    assert judged(given, *vehicles).totals.closure_h == 3.0


def through_ports(ports: list[str] | None) -> Problem:
    """O to D over a near hub or a far one; nothing flies past them."""
    return problem(
        [place(name, sea=1, air=1) for name in ("O", "near", "far", "D")],
        [
            link("O", "near", 100, "sea"),
            link("O", "far", 400, "sea"),
            link("near", "D", 100),
            link("far", "D", 600),
        ],
        [fleet("ship", "O", mode="sea"), fleet("n", "near"), fleet("f", "far")],
        [requirement("r", "O", "D", ports=ports)],
    )


@pytest.mark.parametrize(
    ("ports", "hours"),
    [(None, 6.0), (["near"], 6.0), (["far"], 14.0), (["near", "far"], 6.0), (["D"], None), ([], None)],
)
def test_what_names_its_ports_changes_vehicles_only_there(
    ports: list[str] | None, hours: float | None
) -> None:
    given = through_ports(ports)
    bound, plan = prove_bound(given), solve(given, Rounds(50))
    assert check(given, plan).ok
    assert plan.totals.closure_h == hours
    assert critical_path(given) == ({} if hours is None else {"r": pytest.approx(hours)})
    assert bound.left_out == (("r",) if hours is None else ())
    assert [fault.row for fault in unreachable(given)] == list(bound.left_out)
    assert (explain(given, plan)["r"].sentence.startswith("Not delivered: there is no way")) == (
        hours is None
    )
    if hours is not None:
        assert bound.closure_h == pytest.approx(hours, abs=0.01)


def test_ports_are_in_the_prices_too() -> None:
    """Ten loads by one aircraft: what goes over the far hub needs its longer trips."""
    closes = {}
    for port in ("near", "far"):
        given = through_ports([port])
        given = given.model_copy(
            update={"requirements": [one.model_copy(update={"pax": 1000}) for one in given.requirements]}
        )
        bound, plan = prove_bound(given), solve(given, Rounds(50))
        assert bound.closure_h is not None
        assert plan.totals.closure_h is not None
        assert bound.closure_h <= plan.totals.closure_h
        closes[port] = bound.closure_h
    assert closes["far"] > 2 * closes["near"]


@pytest.mark.parametrize("seed", [980, 1682, 2747])
def test_what_refutes_nothing_has_no_price(seed: int) -> None:
    """Lift that is without limit from some hour on is worth infinitely much, and its price is 0 there."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        bound = prove_bound(generated(seed), bottlenecks=1)
    assert math.isfinite(bound.weighted_lateness)


@pytest.mark.parametrize("first", range(0, 600, BATCH))
def test_no_plan_of_a_generated_problem_beats_the_bound(first: int) -> None:
    for seed in range(first, first + BATCH):
        given = generated(seed)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            bound = prove_bound(given, bottlenecks=1)
        plan = solve(given, Rounds(20), bound=bound)
        assert check(given, plan).ok, seed
        left = {outcome.id for outcome in plan.requirements if outcome.close_h is None}
        assert set(bound.left_out) <= left, seed
        assert {fault.row for fault in unreachable(given)} <= set(bound.left_out), seed
        for outcome in plan.requirements:
            if outcome.close_h is not None:
                assert bound.earliest_h[outcome.id] <= outcome.close_h, seed
        if left == set(bound.left_out):
            assert bound.weighted_lateness <= plan.totals.weighted_lateness, seed
            assert (bound.closure_h is None) == (plan.totals.closure_h is None), seed
            if bound.closure_h is not None and plan.totals.closure_h is not None:
                assert bound.closure_h <= plan.totals.closure_h, seed
