"""Tables of what may follow what: whole, reachable, asked by the rules, and drawn in the documentation."""

from __future__ import annotations

from pathlib import Path

import pytest

from standto.decide.drawing import drawn, redrawn
from standto.decide.events import EVENTS
from standto.decide.machines import MACHINES, Machine, Step
from standto.errors import RefusedError

PAGE = Path(__file__).parents[2] / "docs" / "concepts" / "decide.md"


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.name)
def test_every_status_is_explained_and_reached_and_no_step_is_ambiguous(machine: Machine) -> None:
    statuses = [status for status, _ in machine.meanings]
    assert len(set(statuses)) == len(statuses)
    assert {step.at for step in machine.steps} | {step.to for step in machine.steps} == set(statuses)
    keys = [(step.at, step.event) for step in machine.steps]
    assert len(set(keys)) == len(keys)
    reached = {machine.first}
    while more := {step.to for step in machine.steps if step.at in reached} - reached:
        reached |= more
    assert reached == set(statuses)


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.name)
def test_every_event_of_a_table_is_an_event_of_the_room(machine: Machine) -> None:
    kinds = {event.kind for event in EVENTS}
    assert {step.event.split(" ")[0] for step in machine.steps} <= kinds


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.name)
def test_the_page_shows_the_table_that_the_rules_ask(machine: Machine) -> None:
    assert drawn(machine) in PAGE.read_text(encoding="utf-8")


def test_the_page_is_drawn_from_the_tables() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert redrawn(page) == page, "run tools/machines.py"


def test_a_changed_table_changes_the_page() -> None:
    first = MACHINES[0]
    other = Machine(
        first.name, first.first, (*first.steps, Step("closed", "vote.cast", "open")), first.meanings
    )
    assert drawn(other) != drawn(first)


def test_a_page_cannot_show_a_machine_that_there_is_not() -> None:
    with pytest.raises(ValueError, match="no machine 'toaster'"):
        redrawn("<!-- machine: toaster -->\n<!-- end of machine -->")


def test_what_may_not_happen_is_refused_with_when_it_may() -> None:
    with pytest.raises(
        RefusedError, match=r"D1 is open: it cannot be voted on \(possible while it is proposed\)"
    ):
        MACHINES[0].require("open", "vote.cast", thing="decision D1", doing="voted on")
