"""The race's clock counts work, not waiting, and of threads that meet the longest."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from benchmarks.clock import LongestThread, Shared


def test_threads_that_meet_take_as_long_as_the_busiest_of_them() -> None:
    own, one, other = 1, 2, 3
    now = {own: 5.0}
    clock = LongestThread(lambda: dict(now), own)
    assert clock() == 0.0
    now[own] += 0.5
    assert clock() == pytest.approx(0.5), "what the caller does alone counts in full"
    now |= {own: 5.75, one: 2.0, other: 1.0}
    assert clock() == pytest.approx(2.75), "0.25 of its own and 2 of the busiest"
    now |= {one: 2.5, other: 4.0}
    assert clock() == pytest.approx(5.75), "the busiest since last time, not of all time"
    with clock.paused():
        now |= {own: 100.0, one: 100.0}
    del now[other]
    assert clock() == pytest.approx(5.75)


def test_threads_that_cannot_be_asked_share_their_seconds() -> None:
    now = [10.0]
    clock = Shared(2, lambda: now[0])
    now[0] += 3
    assert clock() == 3.0, "until they share, there is one"
    now[0] += 1
    clock.share()
    now[0] += 6
    assert clock() == 3 + 1 + 6 / 2


def test_waiting_takes_no_time() -> None:
    clocks: list[Callable[[], float]] = [LongestThread(), Shared()]
    began = time.perf_counter()
    while time.perf_counter() - began < 0.05:
        time.sleep(0)
    spent = [clock() for clock in clocks]
    assert all(0 <= seconds <= 0.06 for seconds in spent)
    sum(range(200_000))
    assert all(clock() > before for clock, before in zip(clocks, spent, strict=True))
