"""The tables are whole, are what the rules follow, and are what the page shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from standto.alert.drawing import drawn, redrawn
from standto.alert.events import EVENTS
from standto.alert.machines import ADDRESSEE, MACHINES, Machine, cells
from standto.errors import RefusedError, StandtoError
from tests.alert.scenes import Watch

PAGE = Path(__file__).parents[2] / "docs" / "concepts" / "alert.md"
TABLES = pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.name)


@TABLES
def test_every_status_is_explained_reached_and_of_the_table(machine: Machine) -> None:
    names = [name for name, _ in machine.statuses]
    assert len(set(names)) == len(names)
    assert {cell.status for cell in machine.cells} | {cell.to for cell in machine.cells} == set(names)
    reached = {names[0]}
    while more := {cell.to for cell in machine.cells if cell.status in reached} - reached:
        reached |= more
    assert reached == set(names)


@TABLES
def test_a_command_does_one_thing_in_one_status(machine: Machine) -> None:
    keys = [(cell.status, cell.command) for cell in machine.cells]
    assert len(set(keys)) == len(keys)
    kinds = {event.kind for event in EVENTS}
    assert {cell.event for cell in machine.cells if cell.event} <= kinds


@TABLES
def test_the_page_shows_the_table(machine: Machine) -> None:
    assert drawn(machine) in PAGE.read_text(encoding="utf-8"), "run tools/alert_machines.py"


def test_another_table_makes_another_page() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert redrawn(page) == page
    more = Machine(ADDRESSEE.name, ADDRESSEE.statuses, (*ADDRESSEE.cells, *cells("told | sing | x | told")))
    assert drawn(more) != drawn(ADDRESSEE)
    with pytest.raises(ValueError, match="no machine 'toaster'"):
        redrawn("<!-- machine: toaster -->\n<!-- end of machine -->")


BROUGHT_BY = {
    "told": (),
    "acknowledged": ("acknowledge",),
    "awaiting": ("awaiting",),
    "agreed": ("yes",),
    "caveated": ("caveat",),
    "refused": ("no",),
    "released": ("stand down",),
}


@pytest.mark.parametrize("status", BROUGHT_BY)
@pytest.mark.parametrize("command", ["acknowledge", "yes", "caveat", "awaiting", "no", "stand down", "lower"])
def test_the_rules_allow_exactly_what_the_table_of_addressees_allows(status: str, command: str) -> None:
    watch = Watch()
    watch.raise_(units=("U1", "U2"), to="immediate")

    def act(name: str) -> None:
        if name == "acknowledge":
            watch.ack("U1")
        elif name == "stand down":
            watch.stand_down("U1")
        elif name == "lower":
            watch.lower("heightened", ["U1"])
        else:
            watch.answer("U1", name)

    for name in BROUGHT_BY[status]:
        act(name)
    assert watch.status("U1") == status
    cell = ADDRESSEE.find(status, command)
    if cell is None:
        with pytest.raises(RefusedError):
            act(command)
        assert watch.status("U1") == status
    else:
        act(command)
        assert watch.status("U1") == cell.to


def test_a_refusal_is_an_answer_and_no_fault_of_the_input() -> None:
    with pytest.raises(StandtoError) as refused:
        ADDRESSEE.require("told", "lower-case", "U1")
    assert refused.value.exit_code == 1
