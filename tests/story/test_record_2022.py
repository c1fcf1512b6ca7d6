"""The record of 2022: made from the list of facts, and asked what is known to have been so."""

from __future__ import annotations

import re
import shlex
import sys
import tomllib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from tools.record_2022 import RECORD, STEPS, history

from standto.alert.state import AlertState
from standto.alert.totals import on_alert
from standto.decide.rules.authority import basis_for_readiness
from standto.decide.rules.covering import Asked, covering
from standto.decide.state import Decided
from standto.desk.cli import main
from standto.desk.record import Record
from standto.errors import NotCoveredError, RefusedError

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "record-2022.md"
CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ (standto .*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)


def day(month: int, number: int, hour: int = 12) -> datetime:
    return datetime(2022, month, number, hour, tzinfo=UTC)


@pytest.fixture(scope="module")
def steps() -> dict[str, Any]:
    return tomllib.loads(STEPS.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def record() -> Record:
    return Record.open(str(RECORD))


def decided(record: Record, at: datetime) -> Decided:
    return record.picture(at).of(Decided)


def test_the_record_is_what_the_list_of_facts_leads_to(steps: dict[str, Any]) -> None:
    assert list(history(steps)) == RECORD.read_text(encoding="utf-8").splitlines(), "run tools/record_2022.py"


def test_every_step_names_facts_whose_source_is_given(steps: dict[str, Any]) -> None:
    assert all(step["facts"] for step in steps["step"])
    named = {fact for step in steps["step"] for fact in step["facts"]}
    assert named == set(steps["sources"])
    assert all(address.startswith("https://") for address in steps["sources"].values())


def test_an_hour_that_was_not_published_is_called_assumed(steps: dict[str, Any]) -> None:
    """Only the call of 24 January has published hours."""
    timed = [step for step in steps["step"] if "P06" not in step["facts"]]
    assert [step for step in timed if not re.search("hour|date", step.get("assumed", ""))] == []


def test_it_is_an_exercise_and_says_so(record: Record) -> None:
    assert record.opening.nature == "exercise"
    assert record.opening.banner.startswith("EXERCISE ")
    assert {entry.nature for entry in record.entries()} == {"exercise"}


def test_on_1_february_up_to_8500_are_on_heightened_alert_and_none_is_ordered(record: Record) -> None:
    picture = record.picture(day(2, 1))
    alerts = picture.of(AlertState)
    assert alerts.orders["A-2022-01-24"].ceiling == 8500
    assert sum(unit.strength for unit in on_alert(alerts, day(2, 1))) == 8500
    assert {unit.posture for unit in on_alert(alerts, day(2, 1))} == {"heightened"}
    assert picture.of(Decided).orders == {}


def test_on_3_february_3000_others_are_ordered(record: Record) -> None:
    picture = record.picture(day(2, 3, 0))
    orders = picture.of(Decided).orders
    assert sum(order.given.people for order in orders.values()) == 3000
    alerted = {unit.unit for unit in on_alert(picture.of(AlertState), day(2, 3, 0))}
    assert alerted.isdisjoint(order.given.unit for order in orders.values())
    assert {order.given.override for order in orders.values()} == {None}


@pytest.mark.parametrize("unit", ["NRF22", "NRF22-VJTF", "NRF22-IFFG", "M11-UNIT"])
def test_the_response_force_moves_after_its_activation_only(record: Record, unit: str) -> None:
    for at, allowed in (
        (day(1, 24, 22), False),
        (day(2, 18, 22), False),
        (day(2, 24, 22), False),
        (day(2, 25, 11), False),
        (day(2, 26, 0), True),
    ):
        asked = Asked(unit=unit, people=300, destination="Romania", from_at=at)
        if allowed:
            assert covering(decided(record, at), asked, at).decision == "D09"
        else:
            with pytest.raises(NotCoveredError) as refused:
                covering(decided(record, at), asked, at)
            assert refused.value.part == "decision"


def test_the_whole_force_may_move_and_not_one_more(record: Record) -> None:
    at = day(2, 26, 0)
    state = decided(record, at)
    ordered = state.people_ordered("D09", 1)
    assert ordered == 300
    covering(state, Asked(unit="NRF22", people=39_700, destination="Romania", from_at=at), at)
    with pytest.raises(NotCoveredError, match="40,000 people, 300 are ordered and 39,701 more"):
        covering(state, Asked(unit="NRF22", people=39_701, destination="Romania", from_at=at), at)


def test_readiness_could_be_raised_all_along(record: Record) -> None:
    at = day(1, 24, 22)
    state = decided(record, at)
    raised = basis_for_readiness(state, by="SACEUR", units=["NRF22-IFFG"], posture="heightened", now=at)
    assert raised.kind == "delegated"
    with pytest.raises(RefusedError):
        basis_for_readiness(state, by="SACEUR", units=["US-8500"], posture="heightened", now=at)


def test_the_calls_had_exactly_their_participants(record: Record) -> None:
    state = decided(record, day(3, 1))
    assert [len(state.consultations[call].seats) for call in ("P06", "P12")] == [9, 11]
    assert "Prime Minister of Canada" not in {seat.member for seat in state.consultations["P06"].seats}
    assert len(state.consultations["D07"].requested_by) == 8


@pytest.mark.parametrize(
    ("order", "people", "ordered", "arrived"),
    [
        ("O01", 1700, date(2022, 2, 2), date(2022, 2, 6)),
        ("O02", 300, date(2022, 2, 2), date(2022, 2, 4)),
        ("O03", 1000, date(2022, 2, 2), date(2022, 2, 9)),
        ("O04", 3000, date(2022, 2, 11), date(2022, 2, 17)),
        ("M11", 300, date(2022, 2, 25), date(2022, 3, 4)),
    ],
)
def test_orders_and_first_arrivals_are_the_published_ones(
    record: Record, order: str, people: int, ordered: date, arrived: date
) -> None:
    found = record.picture().of(Decided).orders[order]
    assert (found.given.people, found.given_at.date()) == (people, ordered)
    assert found.first_arrival is not None
    assert found.first_arrival.date() == arrived


def test_nobody_of_the_8500_is_in_an_order_of_february(record: Record) -> None:
    assert "US-8500" not in {order.given.unit for order in record.picture().of(Decided).orders.values()}


def answers() -> list[tuple[str, str]]:
    blocks = "".join(CONSOLE.findall(PAGE.read_text(encoding="utf-8")))
    return COMMAND.findall(blocks)


def test_the_page_asks_something() -> None:
    assert len(answers()) >= 8


@pytest.mark.parametrize(("command", "answer"), answers())
def test_the_page_shows_what_the_program_answers(
    command: str, answer: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(sys, "argv", shlex.split(command))
    with pytest.raises(SystemExit) as stopped:
        main()
    assert capsys.readouterr().out == answer
    assert bool(stopped.value.code) == ("refused" in answer)
