"""The tables of what may happen to what, as diagrams and tables of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from standto.alert.machines import MACHINES, Machine

BLOCK = re.compile(r"<!-- machine: (?P<name>[^>]+) -->\n.*?<!-- end of machine -->", re.DOTALL)


def drawn(machine: Machine) -> str:
    """A machine as a Mermaid diagram, its statuses with their meanings, and the table itself, in Markdown."""
    return "\n".join([*_diagram(machine), "", *_meanings(machine), "", *_table(machine)])


def redrawn(page: str) -> str:
    """A page with every machine between its marks drawn anew.

    Raises
    ------
    ValueError
        If the page marks a machine that there is not.
    """
    machines = {machine.name: machine for machine in MACHINES}

    def draw(block: re.Match[str]) -> str:
        machine = machines.get(block["name"])
        if machine is None:
            raise ValueError(f"there is no machine {block['name']!r}, there are {', '.join(machines)}")
        return f"<!-- machine: {machine.name} -->\n{drawn(machine)}\n<!-- end of machine -->"

    return BLOCK.sub(draw, page)


def _diagram(machine: Machine) -> Iterator[str]:
    names = {status: f"s{number}" for number, (status, _) in enumerate(machine.statuses)}
    yield "```mermaid"
    yield "stateDiagram-v2"
    for status, name in names.items():
        yield f'    state "{status}" as {name}'
    yield f"    [*] --> {names[machine.statuses[0][0]]}"
    arrows: dict[tuple[str, str], list[str]] = {}
    for cell in machine.cells:
        arrows.setdefault((cell.status, cell.to), []).append(cell.command)
    for (status, to), commands in arrows.items():
        yield f"    {names[status]} --> {names[to]}: {', '.join(commands)}"
    yield "```"


def _meanings(machine: Machine) -> Iterator[str]:
    yield "| status | means |"
    yield "|---|---|"
    for status, meaning in machine.statuses:
        yield f"| *{status}* | {meaning} |"


def _table(machine: Machine) -> Iterator[str]:
    """Commands down, statuses in the cells: short lines also where there are many statuses."""
    yield "| command | event | from | to |"
    yield "|---|---|---|---|"
    rows: dict[tuple[str, str, str], list[str]] = {}
    for cell in machine.cells:
        to = "the same" if cell.to == cell.status else f"*{cell.to}*"
        rows.setdefault((cell.command, cell.event, to), []).append(f"*{cell.status}*")
    for (command, event, to), statuses in rows.items():
        yield f"| {command} | {f'`{event}`' if event else '-'} | {', '.join(statuses)} | {to} |"
