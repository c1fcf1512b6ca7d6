"""Symbols: the code says what the unit is and whether it is an exercise; the picture shows it."""

from __future__ import annotations

import hashlib
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standto.brief.data.files import data_bytes, data_text
from standto.brief.symbols.codes import GIVEN, Sign, other_units, sign_of
from standto.brief.symbols.drawing import CIVIL_FILL, picture
from standto.move.problem import Requirement

AIRBORNE_ARCS = 'd="M75,140 C75,125 100,125 100,140'
EXERCISE_MARK = ">X</text>"


def unit(**more: str) -> Requirement:
    return Requirement.model_validate(
        {
            "id": "R",
            "pax": 1,
            "cargo": {},
            "origin": "A",
            "destination": "B",
            "available_h": 0,
            "due_h": 1,
            **more,
        }
    )


@pytest.mark.parametrize(
    ("given_as", "entity", "words"),
    [
        ({"type": "airborne-battalion", "domain": "land"}, "121100", "infantry, airborne, battalion"),
        (
            {"type": "light-element", "unit": "82nd Airborne Division (elements)"},
            "121100",
            "infantry, airborne",
        ),
        ({"type": "air-defence-battery"}, "130100", "air defence, company"),
        ({"type": "artillery-battery"}, "130300", "field artillery, company"),
        ({"type": "stryker-squadron"}, "121104", "infantry, motorised, battalion"),
        ({"type": "hq-element", "unit": "XVIII Airborne Corps"}, "110000", "command and control"),
        ({"type": "armoured-brigade"}, "120500", "armour, brigade"),
        ({"domain": "air"}, "120800", "aviation, fixed wing"),
        ({"domain": "sof"}, "121800", "special operations forces"),
        ({"domain": "support"}, "160600", "combat service support"),
        ({}, "000000", "unit of a kind that is not given"),
    ],
)
def test_a_unit_is_known_by_type_and_name_then_by_domain(
    given_as: dict[str, str], entity: str, words: str
) -> None:
    sign = sign_of(unit(**given_as), real=False, civil=False)
    assert sign.code[10:16] == entity
    assert sign.words == words
    assert picture(sign).valid


def test_parts_of_a_larger_unit_have_no_echelon_of_it() -> None:
    codes = [sign_of(unit(type=kind), real=True, civil=False).code for kind in ("brigade", "half-brigade")]
    assert [code[8:10] for code in codes] == ["18", "00"]


def test_a_ship_has_the_symbol_set_of_the_sea() -> None:
    assert sign_of(unit(domain="sea"), real=False, civil=False).code[4:6] == "30"


def test_only_what_is_real_is_drawn_as_real() -> None:
    exercise, real = (sign_of(unit(domain="land"), real=kind, civil=False) for kind in (False, True))
    assert (exercise.code[2], real.code[2]) == ("1", "0")
    assert EXERCISE_MARK in picture(exercise).marks
    assert EXERCISE_MARK not in picture(real).marks


def test_a_given_code_wins_but_cannot_make_an_exercise_look_real() -> None:
    code = "10031000161211000001"
    assert sign_of(unit(symbol=code, type="armour"), real=True, civil=False).code == code
    sign = sign_of(unit(symbol=code), real=False, civil=False)
    assert sign.code == "10131000161211000001"
    assert EXERCISE_MARK in picture(sign).marks
    assert AIRBORNE_ARCS in picture(sign).marks


def test_a_code_of_thirty_digits_is_drawn() -> None:
    sign = sign_of(unit(symbol="130310001612110000000000000000"), real=False, civil=False)
    assert len(sign.code) == 30
    assert EXERCISE_MARK in picture(sign).marks


@pytest.mark.parametrize("symbol", ["SFGPUCI----D", "123", "</symbol><script>", "1003100016121100000x"])
def test_what_is_no_code_is_not_taken_for_one(symbol: str) -> None:
    assert sign_of(unit(symbol=symbol, domain="land"), real=False, civil=False).words == "combined arms"
    with pytest.raises(ValueError, match="20 or 30 digits"):
        picture(Sign(symbol, ""))


def test_what_is_planned_has_a_broken_frame() -> None:
    sign = sign_of(unit(domain="land"), real=False, civil=False)
    assert sign.planned.code[6] == "1"
    assert "stroke-dasharray" in picture(sign.planned).marks
    assert "stroke-dasharray" not in picture(sign).marks


@pytest.mark.parametrize(
    ("given_as", "entity"),
    [
        ({"type": "hospital"}, "111000"),
        ({"type": "water", "unit": "Water purification module"}, "164800"),
        ({"type": "pumping"}, "164700"),
        ({"unit": "Flood rescue using boats"}, "141800"),
        ({}, "110000"),
    ],
)
def test_civil_units_are_drawn_as_civil(given_as: dict[str, str], entity: str) -> None:
    sign = sign_of(unit(domain="civil", **given_as), real=False, civil=True)
    assert sign.code[10:16] == entity
    assert CIVIL_FILL in picture(sign).marks


@settings(max_examples=40)
@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=8), st.booleans(), st.booleans())
def test_any_words_give_a_code(kind: str, name: str, domain: str, real: bool, civil: bool) -> None:
    sign = sign_of(unit(type=kind, unit=name, domain=domain), real=real, civil=civil)
    assert GIVEN.fullmatch(sign.code)
    assert sign.code[2] == ("0" if real else "1")


def test_the_script_that_draws_is_the_one_that_was_looked_at() -> None:
    assert "The MIT License" in data_text("LICENSE-milsymbol")
    digest = hashlib.sha256(data_bytes("milsymbol.js")).hexdigest()
    assert digest == "16227943002e45506db5555f6015a67e42b3ed263df61653ec07b0f9c04a10c4"


def test_a_part_is_used_by_its_frame() -> None:
    found = picture(other_units(real=True, civil=False))
    used = found.use("a", 50.0, 40.0, 75.0)
    x, y, width = (float(re.search(rf' {name}="([-\d.]+)"', used)[1]) for name in ("x", "y", "width"))  # type: ignore[index]  # they are there, or the test fails
    left, top, wide, _ = found.box
    assert width == pytest.approx(wide / 2, abs=0.1)
    assert (x, y) == pytest.approx((50 + (left - 100) / 2, 40 + (top - 150) / 2), abs=0.1)
