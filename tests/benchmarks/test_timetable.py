"""A calendar of slots finds the first start there is, and never books more than there are slots."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from benchmarks.peers.timetable import Calendar

HOURS = st.integers(0, 40)
WORK = st.sampled_from([2, 3, 5])


@given(st.integers(1, 3), st.lists(st.tuples(HOURS, WORK), min_size=1, max_size=25))
def test_the_first_start_that_leaves_a_slot_free(slots: int, wishes: list[tuple[int, int]]) -> None:
    calendar = Calendar(slots, shortest_h=2)
    booked: list[list[tuple[int, int]]] = [[] for _ in range(slots)]

    def is_free(slot: int, start: int, hours: int) -> bool:
        return all(start + hours <= begin or start >= end for begin, end in booked[slot])

    for wish, hours in wishes:
        found, slot = calendar.find(wish, hours)
        start = next(
            hour for hour in range(wish, 1000) if any(is_free(each, hour, hours) for each in range(slots))
        )
        assert found == start
        assert is_free(slot, start, hours)
        calendar.book(slot, start, start + hours)
        booked[slot].append((start, start + hours))
