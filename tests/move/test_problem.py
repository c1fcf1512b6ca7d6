"""Lift problems in: every malformed one is told by list, id and field; what we do not know is kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standto.errors import EXIT_BAD_INPUT, ProblemError
from standto.move.problem import MOST_TOLD, Problem, parse_problem
from tests.move.check.cases import PROBLEM
from tests.move.tiny import problems

Raw = dict[str, Any]


def fresh() -> Raw:
    raw: Raw = json.loads(json.dumps({"format": "standto-lift/1", **PROBLEM}))
    return raw


def put(path: str, value: Any) -> Callable[[Raw], None]:
    """A change that sets one value; the path's parts are list, number, field."""

    def change(raw: Raw) -> None:
        *steps, last = path.split("/")
        at: Any = raw
        for step in steps:
            at = at[int(step)] if isinstance(at, list) else at[step]
        at[last] = value

    return change


def drop(path: str) -> Callable[[Raw], None]:
    def change(raw: Raw) -> None:
        *steps, last = path.split("/")
        at: Any = raw
        for step in steps:
            at = at[int(step)] if isinstance(at, list) else at[step]
        del at[last]

    return change


NAN, INFINITY = float("nan"), float("inf")
FAULTS: list[tuple[str, Callable[[Raw], None], tuple[str, str, str]]] = [
    ("another format", put("format", "standto-lift/2"), ("", "", "format")),
    ("unknown goal", put("goal", "cheapest"), ("", "", "goal")),
    ("no places", drop("places"), ("", "", "places")),
    ("places no list", put("places", {}), ("", "", "places")),
    ("a place is a string", put("places", ["A"]), ("places", "#1", "")),
    ("empty id", put("places/0/id", ""), ("places", "#1", "id")),
    ("id is a number", put("places/1/id", 7), ("places", "#2", "id")),
    ("no slots", drop("places/0/slots"), ("places", "A", "slots")),
    ("negative slots", put("places/0/slots/air", -1), ("places", "A", "slots.air")),
    ("half a slot", put("places/0/slots/air", 1.5), ("places", "A", "slots.air")),
    ("mode without a name", put("places/0/slots/", 1), ("places", "A", "slots")),
    ("latitude past the pole", put("places/0/lat", 91), ("places", "A", "lat")),
    ("longitude past 180", put("places/0/lon", -181), ("places", "A", "lon")),
    ("negative transfer", put("places/1/transfer_h", -1), ("places", "H", "transfer_h")),
    ("duplicate place", lambda raw: raw["places"].append(raw["places"][0]), ("places", "A", "id")),
    ("link to nowhere", put("links/0/to", "Z"), ("links", "A->Z (air)", "to")),
    ("link from nowhere", put("links/0/from", "Z"), ("links", "Z->H (air)", "from")),
    ("negative length", put("links/0/km", -1), ("links", "A->H (air)", "km")),
    ("infinite length", put("links/0/km", INFINITY), ("links", "A->H (air)", "km")),
    ("length is a text", put("links/0/km", "800"), ("links", "A->H (air)", "km")),
    ("hours of an unknown fleet", put("links/0/hours", {"X": 1}), ("links", "A->H (air)", "hours")),
    ("negative hours", put("links/0/hours", {"C": -1}), ("links", "A->H (air)", "hours.C")),
    ("open to an unknown fleet", put("links/0/fleets", ["X"]), ("links", "A->H (air)", "fleets")),
    ("window reversed", put("links/0/closed", [[5, 4]]), ("links", "A->H (air)", "closed")),
    ("window of one hour", put("links/0/closed", [[5]]), ("links", "A->H (air)", "closed.0.1")),
    ("duplicate fleet", put("fleets/1/id", "C"), ("fleets", "C", "id")),
    ("huge count", put("fleets/0/count", 100_001), ("fleets", "C", "count")),
    ("count of thousands of digits", put("fleets/0/count", 10**400), ("fleets", "C", "count")),
    ("negative count", put("fleets/0/count", -1), ("fleets", "C", "count")),
    ("count is true", put("fleets/0/count", True), ("fleets", "C", "count")),
    ("no base", drop("fleets/0/base"), ("fleets", "C", "base")),
    ("base and bases", put("fleets/0/bases", {"A": 2}), ("fleets", "C", "base")),
    ("unknown base", put("fleets/0/base", "Z"), ("fleets", "C", "base")),
    ("speed is nothing", put("fleets/0/kmh", 0), ("fleets", "C", "kmh")),
    ("seats are no number", put("fleets/0/seats", NAN), ("fleets", "C", "seats")),
    ("tonnes are no number", put("fleets/0/tonnes", NAN), ("fleets", "C", "tonnes")),
    ("tonnes past all measure", put("fleets/0/tonnes", 1e10), ("fleets", "C", "tonnes")),
    ("passengers only, with a class", put("fleets/0/tonnes", 0), ("fleets", "C", "classes")),
    ("serves an unknown requirement", put("fleets/0/serves", ["R9"]), ("fleets", "C", "serves")),
    ("classes are a text", put("fleets/0/classes", "bulk"), ("fleets", "C", "classes")),
    ("concurrent is a text", put("fleets/0/concurrent", "yes"), ("fleets", "C", "concurrent")),
    ("no unloading hours", drop("fleets/0/unload_h"), ("fleets", "C", "unload_h")),
    ("duplicate requirement", put("requirements/1/id", "R1"), ("requirements", "R1", "id")),
    ("half a person", put("requirements/0/pax", 40.5), ("requirements", "R1", "pax")),
    ("negative people", put("requirements/0/pax", -1), ("requirements", "R1", "pax")),
    ("negative cargo", put("requirements/0/cargo/bulk", -0.1), ("requirements", "R1", "cargo.bulk")),
    ("cargo without a class", put("requirements/0/cargo/", 1), ("requirements", "R1", "cargo")),
    ("cargo is a number", put("requirements/0/cargo", 5), ("requirements", "R1", "cargo")),
    ("unknown origin", put("requirements/0/origin", "Z"), ("requirements", "R1", "origin")),
    ("unknown destination", put("requirements/0/destination", "Z"), ("requirements", "R1", "destination")),
    ("weight is nothing", put("requirements/0/weight", 0), ("requirements", "R1", "weight")),
    ("due never", drop("requirements/0/due_h"), ("requirements", "R1", "due_h")),
    ("due at null", put("requirements/0/due_h", None), ("requirements", "R1", "due_h")),
    ("modes are a text", put("requirements/0/modes", "air"), ("requirements", "R1", "modes")),
]


@pytest.mark.parametrize(("what", "change", "where"), FAULTS, ids=[what for what, _, _ in FAULTS])
def test_fault_is_told_by_list_id_and_field(
    what: str, change: Callable[[Raw], None], where: tuple[str, str, str]
) -> None:
    raw = fresh()
    change(raw)
    with pytest.raises(ProblemError) as caught:
        parse_problem(json.dumps(raw).encode(), file="p.json")
    assert caught.value.exit_code == EXIT_BAD_INPUT
    told = [(fault.table, fault.row, fault.field) for fault in caught.value.faults]
    assert told == [where]
    assert caught.value.faults[0].message
    assert "p.json" in str(caught.value)


def test_bases_that_do_not_sum_to_the_count() -> None:
    raw = fresh()
    del raw["fleets"][0]["base"]
    raw["fleets"][0]["bases"] = {"A": 2, "Z": 1}
    with pytest.raises(ProblemError) as caught:
        parse_problem(json.dumps(raw).encode())
    fields = [(fault.row, fault.field, fault.message) for fault in caught.value.faults]
    assert fields == [("C", "bases", "unknown id 'Z'"), ("C", "bases", "bases sum to 3, count is 2")]


def test_keys_given_twice_are_told_by_list_id_and_field() -> None:
    text = json.dumps(fresh(), separators=(",", ":"))
    text = text.replace('"slots":{', '"slots":{"air":9,', 1).replace('"seats":', '"seats":7,"seats":', 1)
    text = f'{text[:-1]},"goal":"closure","goal":"lateness"}}'
    with pytest.raises(ProblemError) as refused:
        parse_problem(text.encode())
    told = {(fault.table, fault.row, fault.field): fault.message for fault in refused.value.faults}
    raw = fresh()
    assert told == {
        ("places", raw["places"][0]["id"], "slots"): "the key 'air' is given twice in slots",
        ("fleets", raw["fleets"][0]["id"], "seats"): "the key 'seats' is given twice",
        ("", "", "goal"): "the key 'goal' is given twice",
    }


def test_all_faults_at_once() -> None:
    raw = fresh()
    for change in (put("places/0/lat", 91), put("fleets/0/kmh", -1), put("requirements/1/pax", "ten")):
        change(raw)
    with pytest.raises(ProblemError) as caught:
        parse_problem(json.dumps(raw).encode())
    assert [fault.field for fault in caught.value.faults] == ["lat", "kmh", "pax"]


GOOD = json.dumps(fresh())
TEXTS: list[tuple[str, bytes, str]] = [
    ("empty", b"", "empty"),
    ("white space", b" \n\t", "empty"),
    ("only a mark", b"\xef\xbb\xbf", "empty"),
    ("no JSON", b"format = standto-lift/1", "invalid JSON"),
    ("a list", b"[1]", "object"),
    ("null", b"null", "object"),
    ("half a file", GOOD[:-40].encode(), "invalid JSON"),
    ("deep lists", b"[" * 100_000, "recursion limit"),
    ("deep objects", b'{"a":' * 5_000 + b"1" + b"}" * 5_000, "recursion limit"),
    ("another encoding", GOOD.encode("utf-16"), "UTF-8"),
    ("Latin 1", GOOD.replace('"A"', '"\u00e9"').encode("latin-1"), "UTF-8"),
    ("past all numbers", GOOD.replace('"km": 800', '"km": 1e999').encode(), "finite"),
    ("digits without end", GOOD.replace('"km": 800', '"km": ' + "9" * 5_000).encode(), "p.json"),
    ("nothing but bytes", bytes(range(256)), "invalid JSON"),
]


@pytest.mark.parametrize(("what", "data", "says"), TEXTS, ids=[what for what, _, _ in TEXTS])
def test_what_is_no_problem_is_refused(what: str, data: bytes, says: str) -> None:
    with pytest.raises(ProblemError, match=says):
        parse_problem(data, file="p.json")


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with pytest.raises(ProblemError):
        parse_problem(data)


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda x: st.lists(x) | st.dictionaries(st.text(), x),
        max_leaves=5,
    ),
    st.data(),
)
def test_any_value_anywhere_is_read_or_refused(value: Any, data: st.DataObject) -> None:
    raw = fresh()
    part = data.draw(
        st.sampled_from([raw, *raw["places"], *raw["links"], *raw["fleets"], *raw["requirements"]])
    )
    part[data.draw(st.sampled_from(sorted(part)))] = value
    try:
        problem = parse_problem(json.dumps(raw).encode())
    except ProblemError:
        return
    assert parse_problem(problem.to_bytes()).to_bytes() == problem.to_bytes()


def test_a_byte_order_mark_is_skipped_and_hashed() -> None:
    data = b"\xef\xbb\xbf" + GOOD.encode()
    problem = parse_problem(data)
    assert problem.to_bytes() == parse_problem(GOOD.encode()).to_bytes()
    assert problem.sha256 == hashlib.sha256(data).hexdigest()


def test_whole_floats_are_whole_numbers() -> None:
    raw = fresh()
    raw["requirements"][0]["pax"] = 40.0
    assert parse_problem(json.dumps(raw).encode()).requirements[0].pax == 40


@given(problems())
def test_written_and_read_again_it_is_the_same(problem: Problem) -> None:
    again = parse_problem(problem.to_bytes())
    assert again.to_bytes() == problem.to_bytes()
    assert again.sha256 == hashlib.sha256(problem.to_bytes()).hexdigest()


_EXTRA = st.dictionaries(
    st.text(min_size=1).map(lambda name: f"x-{name}"),
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text() | st.lists(st.integers(0, 9)),
    min_size=1,
    max_size=3,
)


@given(_EXTRA, st.sampled_from(["", "places/0", "links/1", "fleets/0", "requirements/1"]))
def test_unknown_fields_are_kept(extra: Raw, where: str) -> None:
    raw = fresh()
    at: Any = raw
    for step in where.split("/") if where else []:
        at = at[int(step)] if isinstance(at, list) else at[step]
    at.update(extra)
    written = json.loads(parse_problem(json.dumps(raw).encode()).to_bytes())
    assert written == raw


def test_another_goal_keeps_the_hash() -> None:
    problem = parse_problem(GOOD.encode())
    assert problem.with_goal("closure").goal == "closure"
    assert problem.with_goal("closure").sha256 == problem.sha256


def test_a_flood_of_faults_is_cut_and_counted() -> None:
    data = json.dumps(
        {"format": "standto-lift/1", "places": [1] * 3000, "links": [], "fleets": [], "requirements": []}
    )
    with pytest.raises(ProblemError) as refused:
        parse_problem(data.encode())
    assert len(refused.value.faults) == MOST_TOLD + 1
    assert "2,000 more" in refused.value.faults[-1].message
