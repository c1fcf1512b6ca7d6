"""Movement plans in and out: malformed ones are told by list, id and field; scores compare as said."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standto.errors import PlanError
from standto.move.plan import Gap, Plan, Totals, parse_plan, require_same_problem
from tests.move.check.cases import Movement

Raw = dict[str, Any]


def fresh() -> Raw:
    raw: Raw = json.loads(Movement().read()[1].to_bytes())
    return raw


NAN = float("nan")
STOP = "vehicles/0/stops/0"
FAULTS: list[tuple[str, str, Any, tuple[str, str, str]]] = [
    ("another format", "format", "standto-plan/9", ("", "", "format")),
    ("problem is empty", "problem", "", ("", "", "problem")),
    ("vehicles no list", "vehicles", None, ("", "", "vehicles")),
    ("a vehicle is a list", "vehicles/0", [], ("vehicles", "#1", "")),
    ("fleet is a number", "vehicles/0/fleet", 3, ("vehicles", "C#1", "fleet")),
    ("stops no list", "vehicles/0/stops", "A", ("vehicles", "C#1", "stops")),
    ("arrives at no number", f"{STOP}/arrive_h", NAN, ("vehicles", "C#1", "stops.0.arrive_h")),
    ("starts past all hours", f"{STOP}/start_h", 2e9, ("vehicles", "C#1", "stops.0.start_h")),
    ("departs at a text", f"{STOP}/depart_h", "noon", ("vehicles", "C#1", "stops.0.depart_h")),
    ("half a person", f"{STOP}/load/0/pax", 0.5, ("vehicles", "C#1", "stops.0.load.0.pax")),
    ("negative people", f"{STOP}/load/0/pax", -4, ("vehicles", "C#1", "stops.0.load.0.pax")),
    ("negative cargo", f"{STOP}/load/0/cargo/bulk", -4, ("vehicles", "C#1", "stops.0.load.0.cargo.bulk")),
    ("no class", f"{STOP}/load/0/cargo/", 4, ("vehicles", "C#1", "stops.0.load.0.cargo")),
    ("close is a text", "requirements/0/close_h", "soon", ("requirements", "R1", "close_h")),
    ("negative lateness", "requirements/0/late_h", -1, ("requirements", "R1", "late_h")),
    ("why is a number", "requirements/0/why", 3, ("requirements", "R1", "why")),
    ("cost is infinite", "totals/cost", float("inf"), ("totals", "", "cost")),
    ("half a sortie", "totals/sorties", 3.5, ("totals", "", "sorties")),
    ("bound is a number", "bound", 4, ("", "", "bound")),
    ("made by a text", "made_by", "me", ("", "", "made_by")),
]


@pytest.mark.parametrize(("what", "path", "value", "where"), FAULTS, ids=[fault[0] for fault in FAULTS])
def test_fault_is_told_by_list_id_and_field(
    what: str, path: str, value: Any, where: tuple[str, str, str]
) -> None:
    raw = fresh()
    *steps, last = path.split("/")
    at: Any = raw
    for step in steps:
        at = at[int(step)] if isinstance(at, list) else at[step]
    at[int(last) if isinstance(at, list) else last] = value
    with pytest.raises(PlanError) as caught:
        parse_plan(json.dumps(raw).encode(), file="plan.json")
    assert [(fault.table, fault.row, fault.field) for fault in caught.value.faults] == [where]


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"plan", b'{"vehicles": [', b"\xff\xfe{\x00}\x00", b"[" * 10_000]
)
def test_what_is_no_plan_is_refused(data: bytes) -> None:
    with pytest.raises(PlanError):
        parse_plan(data)


def test_unknown_fields_are_kept() -> None:
    raw = fresh()
    raw["x"] = [1, {"y": None}]
    raw["vehicles"][0]["stops"][0]["crew"] = "night"
    raw["totals"]["fuel_t"] = 12.5
    assert json.loads(parse_plan(json.dumps(raw).encode()).to_bytes()) == raw


def test_a_plan_belongs_to_one_problem() -> None:
    problem, plan = Movement().read()
    require_same_problem(plan, problem)
    other = plan.model_copy(update={"problem": "0" * 64})
    with pytest.raises(PlanError, match="another problem") as caught:
        require_same_problem(other, problem, file="plan.json")
    assert caught.value.faults[0].field == "problem"


def test_outcome_by_requirement() -> None:
    plan = Movement().read()[1]
    assert plan.outcome("R2").close_h == 4
    with pytest.raises(KeyError):
        plan.outcome("R9")


def totals(**values: Any) -> Totals:
    zero: dict[str, Any] = dict.fromkeys(Totals.model_fields, 0)
    return Totals(**{**zero, **values})


BETTER: list[tuple[Raw, Raw, str]] = [
    ({"undelivered": 1, "missed": 9}, {"undelivered": 2}, "both"),
    ({"missed": 1, "weighted_lateness": 9, "closure_h": 9}, {"missed": 2}, "both"),
    ({"weighted_lateness": 1, "cost": 9, "closure_h": 9}, {"weighted_lateness": 2}, "lateness"),
    ({"closure_h": 1, "weighted_lateness": 9}, {"closure_h": 2}, "closure"),
    ({"cost": 1, "moving_h": 9, "closure_h": 9}, {"cost": 2, "closure_h": 9}, "both"),
    ({"moving_h": 1, "closure_h": 9}, {"moving_h": 2, "closure_h": 9}, "both"),
    ({"closure_h": None}, {"closure_h": -5}, "both"),
]


@pytest.mark.parametrize(("better", "worse", "goals"), BETTER)
def test_objective_in_the_order_of_the_goal(better: Raw, worse: Raw, goals: str) -> None:
    if goals in ("lateness", "both"):
        assert totals(**better).score("lateness") < totals(**worse).score("lateness")
    if goals in ("closure", "both"):
        assert totals(**better).score("closure") < totals(**worse).score("closure")


def test_gap_is_relative_or_in_hours_where_the_bound_is_0() -> None:
    assert Gap(110, 100).ratio == pytest.approx(0.1)
    assert str(Gap(110, 100)) == "10.0%"
    assert Gap(12, 0).ratio is None
    assert str(Gap(12, 0)) == "12.0 h"


@given(st.binary(max_size=100))
def test_any_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(PlanError):
        parse_plan(data)


def test_sums_may_pass_the_limit_of_single_numbers() -> None:
    plan = Movement().read()[1]
    rich = plan.model_copy(update={"totals": totals(cost=3e12)})
    assert parse_plan(rich.to_bytes()).totals.cost == 3e12
    assert isinstance(parse_plan(rich.to_bytes()), Plan)
