"""Numbers as people read them; a moment is never rounded to sound better than it is."""

from __future__ import annotations

import pytest

from standto.advise.words import (
    marking,
    say_day,
    say_list,
    say_load,
    say_number,
    say_people,
    say_range,
    say_span,
)
from standto.move.problem import About
from tests.advise.small import move


def test_people_and_loads() -> None:
    assert say_people(1) == "1 person"
    assert say_people(12_300) == "12,300 people"
    assert say_load(0, 1234.56) == "1,234.6 t"


@pytest.mark.parametrize(("value", "said"), [(-0.01, "0"), (2.0, "2"), (2.04, "2"), (1234.5, "1,234.5")])
def test_numbers(value: float, said: str) -> None:
    assert say_number(value) == said


@pytest.mark.parametrize(
    ("hours", "said"), [(1, "1 hour"), (5.5, "5.5 hours"), (48, "2 days"), (57.6, "2.4 days")]
)
def test_spans(hours: float, said: str) -> None:
    assert say_span(hours) == said


def test_moments_are_rounded_up_and_bounds_down() -> None:
    assert say_day(24 * 16.11) == "day 16.2"
    assert say_day(24 * 13.99, down=True) == "day 13.9"
    assert say_day(24 * 2.0) == say_day(24 * 2.0, down=True) == "day 2"


def test_ranges_are_rounded_outwards() -> None:
    assert say_range(24 * 1.19, 24 * 4.01) == "1.1 and 4.1 days"
    assert say_range(0.0, 7.25) == "0 and 7.3 hours"


def test_lists() -> None:
    assert say_list([]) == "none"
    assert say_list(["A"]) == "A"
    assert say_list(["A", "B", "C"]) == "A, B and C"
    assert say_list([*"ABCDEFG"]) == "A, B, C, D and 3 more"


def test_marking() -> None:
    assert marking(move()) == "EXERCISE: made by hand"
    assert marking(move(about=About(kind="real"))) == "REAL"
    assert marking(move(about=None)) == "EXERCISE"
