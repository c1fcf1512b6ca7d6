"""Stopping rules, with a clock that the test moves."""

from __future__ import annotations

import pytest

from standto.move.solve import Either, Rounds, Seconds, StoppingRule


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_seconds_count_from_the_beginning_of_each_search() -> None:
    clock = Clock()
    rule = Seconds(5, clock)
    rule.begin()
    clock.now += 4.9
    assert not rule(0)
    clock.now += 0.1
    assert rule(0)
    rule.begin()
    assert not rule(0)
    assert rule.elapsed_s == 0


def test_rounds_know_no_time() -> None:
    rule = Rounds(3)
    assert [rule(done) for done in range(5)] == [False, False, False, True, True]
    assert rule.elapsed_s == 0


def test_either_stops_with_its_first_rule_and_tells_the_time() -> None:
    clock = Clock()
    rule = Either(Rounds(10), Seconds(5, clock))
    rule.begin()
    assert not rule(9)
    assert rule(10)
    clock.now += 6
    assert rule(0)
    assert rule.elapsed_s == 6
    assert isinstance(rule, StoppingRule)


@pytest.mark.parametrize("seconds", [-1, float("nan"), float("inf")])
def test_seconds_must_be_a_length_of_time(seconds: float) -> None:
    with pytest.raises(ValueError, match="seconds"):
        Seconds(seconds)


def test_rounds_and_rules_must_make_sense() -> None:
    with pytest.raises(ValueError, match="rounds"):
        Rounds(-1)
    with pytest.raises(ValueError, match="rule"):
        Either()
