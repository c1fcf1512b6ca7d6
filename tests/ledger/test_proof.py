"""Whatever is done to a record afterwards shows, and the entry is named."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standto.ledger.entry import START, Head
from standto.ledger.line import Line, line_hash
from standto.ledger.proof import verify
from tests.ledger.drafts import sealed

COUNT = 12
RECORD = sealed(COUNT)


def breaks(lines: list[Line], signed: Head | None = None) -> list[tuple[int, str]]:
    return [(found.position, found.what) for found in verify(lambda: iter(lines), signed).breaks]


def rehashed(lines: list[Line], first: int = 0) -> list[Line]:
    """The lines chained anew from one on, as a forger would."""
    made = lines[:first]
    for line in lines[first:]:
        linked = line._replace(previous=made[-1].hash if made else START)
        made.append(linked._replace(hash=line_hash(linked)))
    return made


def changed(line: Line, field: str) -> Line:
    value = getattr(line, field)
    other = value + 1 if isinstance(value, int) else '{"name":"x"}' if field == "body" else f"{value or ''}x"
    return Line._make(other if name == field else old for name, old in line._asdict().items())


def renumbered(lines: list[Line]) -> list[Line]:
    return [line._replace(position=number) for number, line in enumerate(lines, 1)]


def test_a_record_left_alone_is_sound() -> None:
    verdict = verify(lambda: iter(RECORD))
    assert verdict.ok
    assert (verdict.entries, verdict.hash) == (COUNT, RECORD[-1].hash)
    assert verify(lambda: iter(())).ok


@pytest.mark.parametrize(
    "field", [name for name in Line._fields if name not in {"position", "hash", "previous"}]
)
def test_an_altered_entry_is_named_whatever_was_altered(field: str) -> None:
    altered = list(RECORD)
    altered[4] = changed(altered[4], field)
    assert breaks(altered) == [(5, "altered")]


def test_a_removed_entry_is_named() -> None:
    assert breaks(RECORD[:4] + RECORD[5:]) == [(5, "removed")]
    assert breaks(RECORD[:4] + RECORD[7:]) == [(5, "removed")]
    assert breaks(RECORD[1:]) == [(1, "removed")]


def test_a_removed_entry_is_named_where_those_after_it_moved_up() -> None:
    found = breaks(renumbered(RECORD[:4] + RECORD[5:]))
    assert (5, "removed") in found
    assert [what for position, what in found if position > 5] == ["moved"] * 7


def test_entries_that_changed_places_are_named() -> None:
    swapped = list(RECORD)
    swapped[4], swapped[7] = swapped[7], swapped[4]
    assert {position for position, _ in breaks(swapped)} == {5, 6, 7}
    assert {what for _, what in breaks(swapped)} == {"moved"}
    assert sorted(breaks(renumbered(swapped))) == [(5, "moved"), (8, "moved")]


def test_an_entry_that_stands_twice_is_named() -> None:
    assert breaks([*RECORD[:5], RECORD[4], *RECORD[5:]]) == [(5, "moved")]


def test_an_entry_altered_and_hashed_again_is_named_by_the_one_that_follows() -> None:
    forged = list(RECORD)
    forged[4] = rehashed([*RECORD[:4], RECORD[4]._replace(why="because")], 4)[4]
    assert breaks(forged) == [(5, "replaced")]


def test_a_chain_written_anew_shows_against_a_signed_head_only() -> None:
    signed = Head(COUNT - 2, RECORD[COUNT - 3].hash)
    forged = rehashed([*RECORD[:4], RECORD[4]._replace(why="because"), *RECORD[5:]], 4)
    assert breaks(forged) == []
    assert breaks(forged, signed) == [(COUNT - 2, "rewritten")]
    assert breaks(RECORD, signed) == []


def test_an_end_cut_off_shows_against_a_signed_head_only() -> None:
    signed = Head(COUNT, RECORD[-1].hash)
    assert breaks(RECORD[:8]) == []
    assert breaks(RECORD[:8], signed) == [(9, "cut")]
    assert breaks([], signed) == [(1, "cut")]


@pytest.mark.parametrize(
    ("alter", "what"),
    [
        (lambda line: line._replace(version=9), "version"),
        (lambda line: line._replace(recorded_at="2022-01-01T00:00:00.000000Z"), "time"),
        (lambda line: line._replace(nature="real"), "nature"),
        (lambda line: line._replace(body='{"b":1, "a":1}'), "altered"),
    ],
)
def test_what_no_sound_writer_writes_is_named_even_under_sound_hashes(
    alter: Callable[[Line], Line], what: str
) -> None:
    found = breaks(rehashed([*RECORD[:4], alter(RECORD[4]), *RECORD[5:]], 4))
    assert (5, what) in found


@given(st.data())
def test_no_change_at_random_goes_unseen(data: st.DataObject) -> None:
    lines = list(RECORD)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(lines) - 1))
        how = data.draw(st.sampled_from(["alter", "remove", "swap", "repeat"]))
        if how == "alter":
            lines[at] = changed(lines[at], data.draw(st.sampled_from(Line._fields)))
        elif how == "remove" and len(lines) > 1:
            del lines[at]
        elif how == "swap":
            other_at = data.draw(st.integers(0, len(lines) - 1))
            lines[at], lines[other_at] = lines[other_at], lines[at]
        else:
            lines.insert(at, lines[at])
    if lines != RECORD[: len(lines)]:
        assert breaks(lines)
    assert breaks(lines, Head(COUNT, RECORD[-1].hash)) or lines == RECORD
