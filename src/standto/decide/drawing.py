"""The tables of what may follow what, drawn for the documentation: what is drawn is what the rules ask."""

from __future__ import annotations

import re

from standto.decide.machines import MACHINES, Machine

BLOCK = re.compile(r"<!-- machine: (?P<name>[^>]+) -->\n.*?<!-- end of machine -->", re.DOTALL)


def drawn(machine: Machine) -> str:
    """A machine as a Mermaid diagram, and its statuses as a table, in Markdown."""
    names = {status: f"s{number}" for number, (status, _) in enumerate(machine.meanings)}
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f"    state {status!r} as {name}".replace("'", '"') for status, name in names.items()]
    lines.append(f"    [*] --> {names[machine.first]}")
    for step in machine.steps:
        lines.append(f"    {names[step.at]} --> {names[step.to]}: {step.event}")
    lines += ["```", "", "| status | means | what may happen |", "|---|---|---|"]
    for status, meaning in machine.meanings:
        may = [
            step.event if step.to == status else f"{step.event} -> *{step.to}*"
            for step in machine.steps
            if step.at == status
        ]
        lines.append(f"| *{status}* | {meaning} | {'; '.join(may) or 'nothing more'} |")
    return "\n".join(lines)


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
