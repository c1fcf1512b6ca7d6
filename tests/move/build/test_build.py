"""What the rows of a scenario become in the lift problem."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from standto.force.scenario import Scenario
from standto.move.build import build
from standto.move.check import unreachable
from standto.move.problem import Problem, Requirement, parse_problem
from tests.move.build.small import EPOCH, fleet, place, scenario, unit, wanted


def only(problem: Problem) -> Requirement:
    [one] = problem.requirements
    return one


def test_a_built_problem_is_one_that_a_planner_can_read() -> None:
    problem = build(scenario())
    again = parse_problem(problem.to_bytes())
    assert again.to_bytes() == problem.to_bytes()
    assert again.epoch == "2022-02-25T12:00:00Z"


def test_the_same_scenario_builds_the_same_bytes() -> None:
    assert build(scenario()).to_bytes() == build(scenario()).to_bytes()


def test_slots_any_is_no_limit_and_blank_is_no_stop() -> None:
    problem = build(scenario(places=[place("EDDP", air=-1, road=2), place("EVRA", air=2)]))
    assert [stop.slots for stop in problem.places] == [{"air": None, "road": 2}, {"air": 2}]


def test_people_and_holdings_follow_the_share() -> None:
    rows = [
        {"holder": "bn", "item": "truck", "count": 10, "mass_t": 8.0, "cargo_class": "oversize"},
        {"holder": "light", "item": "pallet", "count": 4, "mass_t": 2.0},
    ]

    def built(name: str) -> Requirement:
        units, requirements = [unit(name, type="light")], [wanted("R", unit=name, share=0.5)]
        return only(build(scenario(units=units, holdings=rows, requirements=requirements)))

    assert (built("bn").pax, built("bn").cargo) == (50, {"oversize": 40.0}), "its own rows replace its type's"
    assert built("other").cargo == {"bulk": 4.0}


def test_a_requirement_may_leave_its_holdings_behind() -> None:
    rows = [{"holder": "bn", "item": "truck", "count": 10, "mass_t": 8.0}]
    built = build(scenario(holdings=rows, requirements=[wanted("R", holdings=False, pax=70)]))
    assert (only(built).pax, only(built).cargo) == (70, {})


@pytest.mark.parametrize(("days_before", "ready_h"), [(None, 48.0), (0.5, 36.0), (30, 24.0)])
def test_an_alert_makes_a_unit_available_earlier(days_before: float | None, ready_h: float) -> None:
    alerts = []
    if days_before is not None:
        at = EPOCH - timedelta(days=days_before)
        alerts = [{"id": "A", "at": at, "units": "bn", "posture": "heightened"}]
    one = only(build(scenario(alerts=alerts)))
    assert one.available_h == ready_h
    assert one.readiness is not None
    assert one.readiness["ready_h"] == ready_h
    assert one.readiness["alerts"] == [alert["id"] for alert in alerts]


def test_a_requirement_waits_for_the_decision_that_orders_it() -> None:
    decisions = [{"id": "later", "at": EPOCH + timedelta(hours=10)}, {"id": "now"}]
    rows = [wanted("R1", decision="later"), wanted("R2", unit="other", decision="now")]
    problem = build(scenario(units=[unit("bn"), unit("other")], decisions=decisions, requirements=rows))
    assert [one.available_h for one in problem.requirements] == [58.0, 48.0]


def test_one_unit_ordered_twice_is_ready_by_its_first_order() -> None:
    decisions = [
        {"id": "later", "at": EPOCH + timedelta(hours=10)},
        {"id": "much", "at": EPOCH + timedelta(hours=90)},
    ]
    rows = [wanted("R1", decision="later"), wanted("R2", decision="much")]
    problem = build(scenario(decisions=decisions, requirements=rows))
    assert [one.available_h for one in problem.requirements] == [58.0, 90.0]


def test_aircraft_save_up_two_days_of_hours_unless_told_otherwise() -> None:
    fleets = [
        fleet("air", use_h_per_day=10.0),
        fleet("saver", use_h_per_day=10.0, use_bank_days=5.0),
        fleet("free"),
        fleet("truck", mode="road", use_h_per_day=10.0),
    ]
    problem = build(scenario(fleets=fleets))
    assert [one.use_bank_days for one in problem.fleets] == [2.0, 5.0, None, None]


def test_lift_of_one_nation_serves_only_its_requirements() -> None:
    units = [unit("bn"), unit("other", nation="FRA")]
    fleets = [fleet("own", only_nations="FRA"), fleet("all"), fleet("none", only_nations="ESP")]
    problem = build(
        scenario(units=units, fleets=fleets, requirements=[wanted("R1"), wanted("R2", unit="other")])
    )
    assert {one.id: one.serves for one in problem.fleets} == {"own": ["R2"], "all": None}


def march(**changed: Any) -> Scenario:
    rows = [
        {"holder": "bn", "item": "truck", "count": 40, "mass_t": 8.0, "drives": True, "seats": 2},
        {"holder": "bn", "item": "pallet", "count": 5, "mass_t": 2.0},
    ]
    places = [place("leipzig", road=-1), place("riga", road=-1)]
    places[0]["at"], places[1]["at"] = "EDDP", "EVRA"
    own = unit("bn", home="leipzig", march_kmh=15.0, march_columns=3, **changed)
    return scenario(
        places=places,
        units=[own],
        holdings=rows,
        fleets=[fleet("lorry", mode="road", bases={"leipzig": 1})],
        requirements=[wanted("R", destination="riga")],
    )


def test_a_unit_that_drives_itself_fits_its_columns_and_the_rest_needs_lift() -> None:
    problem = build(march())
    driving, rest = problem.requirements
    assert (driving.id, driving.pax, driving.cargo) == ("R", 80, {"bulk": 320.0})
    assert (rest.id, rest.pax, rest.cargo) == ("R.rest", 20, {"bulk": 10.0})
    columns = problem.fleets[-1]
    assert (columns.id, columns.serves, columns.bases) == ("R.march", ["R"], {"leipzig": 3})
    assert columns.seats * columns.count >= driving.pax
    room = (columns.tonnes - columns.seats * problem.pax_tonnes) * columns.count
    assert driving.tonnes <= room + 1e-9 <= driving.tonnes + 0.01
    assert columns.assumed


def test_a_march_and_its_rest_share_the_priority_by_mass_and_say_so() -> None:
    driving, rest = build(march()).requirements
    assert driving.weight + rest.weight == pytest.approx(1.0)
    masses = [one.pax * 0.18 + sum(one.cargo.values()) for one in (driving, rest)]
    assert driving.weight / rest.weight == pytest.approx(masses[0] / masses[1])
    assert all("of the priority of R, by mass" in one.assumed for one in (driving, rest))


def test_a_unit_that_may_not_be_divided_goes_all_by_lift_or_all_by_road() -> None:
    scenario = march()
    row = scenario.requirements[0].model_copy(update={"divisible": False})
    mixed = scenario.model_copy(update={"requirements": (row,)})
    lifted = only(build(mixed))
    assert (lifted.id, lifted.pax, lifted.weight, lifted.assumed) == ("R", 100, 1.0, "")
    assert sum(lifted.cargo.values()) == pytest.approx(
        sum(sum(one.cargo.values()) for one in build(scenario).requirements)
    )
    assert all(fleet.id != "R.march" for fleet in build(mixed).fleets)
    held = tuple(holding for holding in scenario.holdings if holding.drives)
    units = tuple(one.model_copy(update={"strength": 80}) for one in scenario.units)
    driven = build(mixed.model_copy(update={"holdings": held, "units": units}))
    assert only(driven).pax == 80
    assert [(fleet.id, fleet.count) for fleet in driven.fleets if fleet.serves] == [("R.march", 1)]


def test_march_columns_stand_ready_whatever_the_alerts() -> None:
    alert = {"id": "A", "at": EPOCH - timedelta(days=30), "units": "bn", "posture": "heightened"}
    alerted = Scenario.model_validate({**march().model_dump(), "alerts": [alert]})
    columns = [build(one).fleets[-1] for one in (march(), alerted)]
    assert columns[0] == columns[1]
    assert columns[0].available_h == 0


def test_a_unit_with_nothing_left_over_is_one_requirement() -> None:
    scenario = march(strength=80)
    kept = tuple(row for row in scenario.holdings if row.drives)
    problem = build(scenario.model_copy(update={"holdings": kept}))
    assert [one.id for one in problem.requirements] == ["R"]


def test_a_unit_that_may_not_go_by_road_does_not_march() -> None:
    scenario = march()
    rows = tuple(row.model_copy(update={"modes": ("air",)}) for row in scenario.requirements)
    problem = build(scenario.model_copy(update={"requirements": rows}))
    assert [one.id for one in problem.fleets] == ["lorry"]
    assert only(problem).modes == ["air"]


def test_a_way_that_nothing_can_take_is_named_before_any_plan() -> None:
    rows = [{"holder": "bn", "item": "tank", "count": 2, "mass_t": 60.0, "cargo_class": "outsize"}]
    problem = build(scenario(holdings=rows))
    [fault] = unreachable(problem)
    assert (fault.row, fault.check) == ("R", "no-way")
    assert "outsize cargo from EDDP to EVRA" in fault.message


def test_every_requirement_of_a_plain_scenario_can_be_reached() -> None:
    assert unreachable(build(scenario())) == []


def test_what_is_assumed_in_a_table_stands_in_the_problem() -> None:
    problem = build(
        scenario(
            settings={"assumptions": {"C-hour": "noon"}},
            units=[unit("bn", name="Battalion", assumed="strength")],
            fleets=[fleet("plane", assumed="count")],
            requirements=[wanted("R", assumed="due")],
        )
    )
    assert problem.about is not None
    assert problem.about.assumptions == [
        {"what": "C-hour", "why": "noon"},
        {"what": "Battalion", "why": "strength"},
    ]
    assert (problem.fleets[0].assumed, only(problem).assumed) == ("count", "due")


@pytest.mark.parametrize(("ports", "modes"), [("EDDP EVRA", ["air", "rail", "road"]), ("", None)])
def test_ports_keep_a_requirement_to_the_modes_they_have(ports: str, modes: list[str] | None) -> None:
    one = only(build(scenario(requirements=[wanted("R", ports=ports)])))
    assert one.modes == modes
    assert one.ports == (ports.split() or None)
