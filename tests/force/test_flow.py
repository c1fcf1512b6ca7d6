"""Cross-checks by the planning formulas find what cannot be, and leave the rest alone."""

from __future__ import annotations

from typing import Any

from standto.force.report import consistency
from standto.force.scenario import Scenario, addressees, holdings_of
from tests.force.scenes import scenario, unit

PLACES = [
    {"id": "home", "at": "51,10", "rail_slots": "2", "road_slots": "any"},
    {"id": "front", "at": "51,14", "rail_slots": "2", "road_slots": "any"},
]
TRAIN = {
    "id": "train",
    "mode": "rail",
    "bases": "home:8",
    "seats": 100,
    "tonnes": 1000.0,
    "classes": "oversize",
    "kmh": 40,
    "load_h": 6,
    "unload_h": 6,
}
VEHICLES = {
    "holder": "A",
    "item": "truck",
    "count": 300,
    "mass_t": 10,
    "cargo_class": "oversize",
    "drives": True,
    "seats": 2,
}


def scene(due_h: float, train: dict[str, Any] | None, **cells: Any) -> Scenario:
    """One unit that goes to the front by rail, or by itself where there is no train."""
    return scenario(
        [unit(home="home", notice_h=(24, 24, 24), **cells)],
        places=PLACES,
        holdings=[VEHICLES],
        fleets=[train] if train else [],
        requirements=[{"id": "R", "unit": "A", "destination": "front", "due_h": due_h}],
    )


def found(scene: Scenario) -> dict[str, str]:
    """Names and messages of what the checks find."""
    return {fault.check: fault.message for fault in consistency(scene)}


def test_three_trainloads_in_two_days_pass() -> None:
    assert found(scene(24 + 48, TRAIN)) == {}


def test_ramps_that_cannot_work_the_trains_are_named() -> None:
    # Two ramps at six hours a train work eight trains of 100 t a day: 400 t in half a day.
    message = found(scene(24 + 12, {**TRAIN, "tonnes": 100.0, "bases": "home:90"}))["rail-throughput"]
    assert "at most 800 t a day" in message
    assert "3,000 t are wanted by hour 36, 400 t are possible" in message


def test_the_line_limits_where_ramps_do_not() -> None:
    fast = {**TRAIN, "tonnes": 10.0, "unload_h": 0.25, "bases": "home:900"}
    assert "at most 300 t a day" in found(scene(24 + 48, fast))["rail-throughput"]


def test_too_few_trains_are_named() -> None:
    few = {**TRAIN, "tonnes": 300.0, "bases": "home:2"}
    message = found(scene(24 + 48, few))["rolling-stock-short"]
    assert message.startswith("10 trainloads in 2.0 days")
    assert message.endswith("there are 2")


def test_a_march_column_takes_time_to_pass() -> None:
    # 300 vehicles need 30 km of road: an hour at 30 km/h, on top of some 350 km of driving.
    message = found(scene(24 + 12, None, march_kmh=30))["march-pass-time"]
    assert "300 vehicles of A" in message
    assert "1.0 h to pass" in message
    assert found(scene(24 + 13, None, march_kmh=30)) == {}


def test_what_a_marching_unit_cannot_drive_needs_lift() -> None:
    stores = {"holder": "A", "item": "pallet", "count": 1, "mass_t": 2, "cargo_class": "bulk"}
    marching = scene(24 + 99, None, march_kmh=30, strength=601)
    with_stores = marching.model_copy(update={"holdings": scenario([], holdings=[VEHICLES, stores]).holdings})
    faults = [fault.message for fault in consistency(with_stores)]
    assert faults == [
        "no fleet that may carry A takes bulk cargo",
        "no fleet that may carry A has seats",
    ]


def test_a_link_given_by_hand_counts_instead_of_the_map() -> None:
    links = [{"origin": "front", "destination": "home", "mode": "road", "km": 600}]
    longer = scene(24 + 13, None, march_kmh=30).model_copy(update={"links": scenario([], links=links).links})
    assert "drive some 20 h" in found(longer)["march-pass-time"]


def test_a_scenario_made_in_code_names_rows_by_their_ids() -> None:
    broken = scenario([unit(home="nowhere")])
    faults = {fault.check: fault for fault in consistency(broken)}
    assert (faults["unknown-place"].table, faults["unknown-place"].row) == ("units", "A")
    assert faults["unknown-place"].file == ""


def test_a_unit_brings_its_own_rows_else_those_of_its_type() -> None:
    rows = [{**VEHICLES, "holder": "t"}, {**VEHICLES, "holder": "B", "item": "own"}]
    made = scenario([unit("A", type="t"), unit("B", type="t"), unit("C")], holdings=rows)
    a, b, c = made.units
    assert [row.item for row in holdings_of(made, a)] == ["truck"]
    assert [row.item for row in holdings_of(made, b)] == ["own"]
    assert holdings_of(made, c) == ()


def test_packages_and_units_are_addressed_once_in_table_order() -> None:
    made = scenario([unit("A"), unit("B"), unit("C")], packages=[{"id": "P", "units": ("C", "A")}])
    assert [found.id for found in addressees(made, ["A", "P", "nobody"])] == ["A", "C"]
