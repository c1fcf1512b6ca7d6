"""Nothing is lost between strength, holdings and what is to be moved."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standto.force.scenario import people_of
from standto.force.tables import Holding, ScenarioRequirement, Unit
from standto.move.build.lift import march_fleet
from standto.move.build.loads import Load, load_of, split_march
from standto.move.problem import Requirement
from tests.move.build.small import scenario, unit, wanted

holdings = st.lists(
    st.builds(
        Holding,
        holder=st.just("u"),
        item=st.just("thing"),
        count=st.integers(0, 500),
        mass_t=st.floats(0, 70),
        cargo_class=st.sampled_from(("bulk", "oversize", "outsize")),
        drives=st.booleans(),
        seats=st.integers(0, 9),
    ),
    max_size=6,
)
people = st.integers(0, 5000)
units = st.builds(
    Unit,
    id=st.just("u"),
    nation=st.just("N"),
    strength=people,
    home=st.just("A"),
    notice_h=st.just((0.0,)),
    march_kmh=st.just(15.0),
    march_columns=st.integers(0, 9),
)
rows_wanted = st.builds(
    ScenarioRequirement,
    id=st.just("R"),
    unit=st.just("u"),
    destination=st.just("B"),
    due_h=st.just(0.0),
    share=st.floats(0.01, 1.0),
    divisible=st.booleans(),
    holdings=st.booleans(),
)


def tonnes(load: Load) -> float:
    return sum(load.cargo.values())


@given(rows_wanted, people, holdings)
def test_a_march_and_its_rest_are_the_whole(
    row: ScenarioRequirement, people: int, held: list[Holding]
) -> None:
    whole = load_of(row, people, held)
    driven, rest = split_march(row, people, held)
    assert driven.pax + rest.pax == whole.pax
    assert tonnes(driven) + tonnes(rest) == pytest.approx(tonnes(whole), abs=0.01)
    assert row.divisible or driven.empty or rest.empty


@given(rows_wanted, units, people, holdings, st.floats(0, 0.3))
def test_columns_hold_all_that_drives(
    row: ScenarioRequirement, marching: Unit, people: int, held: list[Holding], pax_tonnes: float
) -> None:
    driven, _ = split_march(row, people, held)
    fields = {"id": "R", "origin": "A", "destination": "B", "available_h": 0.0, "due_h": 0.0}
    one = Requirement.model_validate(
        {**fields, "pax": driven.pax, "cargo": driven.cargo, "divisible": row.divisible}
    )
    columns = march_fleet("R.march", one, driven, marching, 0.0, pax_tonnes)
    assert columns.seats * columns.count >= driven.pax
    room = columns.count * (columns.tonnes - columns.seats * pax_tonnes)
    assert room >= tonnes(driven) - 1e-6
    assert set(driven.cargo) <= set(columns.classes)
    assert row.divisible or columns.count == 1


@given(people, st.lists(st.integers(1, 20), min_size=1, max_size=8))
def test_shares_that_add_up_to_one_move_everybody(strength: int, parts: list[int]) -> None:
    rows = [wanted(f"R{n}", share=part / sum(parts)) for n, part in enumerate(parts)]
    other = [wanted("other", unit="other", share=0.5)]
    units = [unit("bn", strength=strength), unit("other", strength=7)]
    moved = people_of(scenario(units=units, requirements=rows[:1] + other + rows[1:]))
    assert sum(moved) - moved[1] == strength
    assert moved[1] == 4
    for number, row in zip(moved[:1] + moved[2:], rows, strict=True):
        assert abs(number - strength * row["share"]) < 1 + 1e-6


def test_people_given_stand_and_leave_the_shares_of_others_alone() -> None:
    rows = [wanted("R1", share=0.5), wanted("R2", pax=1, share=0.5), wanted("R3", share=0.5)]
    assert people_of(scenario(units=[unit("bn", strength=5)], requirements=rows)) == (3, 1, 2)
