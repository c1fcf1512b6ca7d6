"""Nothing is lost between strength, holdings and what is to be moved."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standto.force.tables import Holding, ScenarioRequirement, Unit
from standto.move.build.lift import march_fleet
from standto.move.build.loads import Load, load_of, split_march
from standto.move.problem import Requirement

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
units = st.builds(
    Unit,
    id=st.just("u"),
    nation=st.just("N"),
    strength=st.integers(0, 5000),
    home=st.just("A"),
    notice_h=st.just((0.0,)),
    march_kmh=st.just(15.0),
    march_columns=st.integers(0, 9),
)
wanted = st.builds(
    ScenarioRequirement,
    id=st.just("R"),
    unit=st.just("u"),
    destination=st.just("B"),
    due_h=st.just(0.0),
    share=st.floats(0.01, 1.0),
    pax=st.none() | st.integers(0, 5000),
    holdings=st.booleans(),
)


def tonnes(load: Load) -> float:
    return sum(load.cargo.values())


@given(wanted, units, holdings)
def test_a_march_and_its_rest_are_the_whole(
    row: ScenarioRequirement, unit: Unit, held: list[Holding]
) -> None:
    whole = load_of(row, unit, held)
    driven, rest = split_march(row, unit, held)
    assert driven.pax + rest.pax == whole.pax
    assert tonnes(driven) + tonnes(rest) == pytest.approx(tonnes(whole), abs=0.01)


@given(wanted, units, holdings, st.booleans(), st.floats(0, 0.3))
def test_columns_hold_all_that_drives(
    row: ScenarioRequirement, unit: Unit, held: list[Holding], divisible: bool, pax_tonnes: float
) -> None:
    driven, _ = split_march(row, unit, held)
    fields = {"id": "R", "origin": "A", "destination": "B", "available_h": 0.0, "due_h": 0.0}
    one = Requirement.model_validate(
        {**fields, "pax": driven.pax, "cargo": driven.cargo, "divisible": divisible}
    )
    columns = march_fleet("R.march", one, driven, unit, 0.0, pax_tonnes)
    assert columns.seats * columns.count >= driven.pax
    room = columns.count * (columns.tonnes - columns.seats * pax_tonnes)
    assert room >= tonnes(driven) - 1e-6
    assert set(driven.cargo) <= set(columns.classes)
    assert divisible or columns.count == 1
