"""Write the generated reference pages: the command line and the tables of a scenario.

Run by `make docs`; a test compares the pages with what this makes.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from standto.desk.cli import app
from standto.force.reference import table_reference

REFERENCE = Path(__file__).parents[1] / "docs" / "reference"
MADE = "<!-- made by `make docs`; do not edit -->\n\n"


def pages() -> dict[str, str]:
    """Every generated page by file name."""
    return {"cli.md": MADE + cli_reference(), "tables.md": MADE + table_reference()}


def cli_reference() -> str:
    """The command line as Markdown, from the commands' own declarations."""
    group: Any = typer.main.get_command(app)
    lines = [
        "# Command line\n",
        "Exit codes: 0 done; 1 it ran and the answer is no (`verify` finds a broken rule, `check` lists",
        "errors, `plan` or `brief` made a plan in which something cannot be delivered, `record verify` finds",
        "an entry that is not what was written, the rules of a record refuse a command); 2 bad use or bad",
        "input. With `--json` a command prints one JSON document, also of an error:",
        '`{"error": {code, message, fix, file, faults}}`. `.json.gz` is taken and written wherever `.json`',
        "is.\n",
    ]
    for name, command in _commands(group, ""):
        lines.extend(_command(name, command))
    return "\n".join(lines) + "\n"


def _commands(group: Any, before: str) -> Iterator[tuple[str, Any]]:
    """Every command and group by its whole name, a group before its own commands."""
    for name in sorted(group.commands):
        command = group.commands[name]
        yield before + name, command
        if hasattr(command, "commands"):
            yield from _commands(command, f"{before}{name} ")


def _command(name: str, command: Any) -> Iterator[str]:
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    options = [p for p in command.params if p.param_type_name == "option" and p.name != "help"]
    words = " ".join(p.metavar or p.name.upper() for p in arguments)
    yield f"## `standto {name}{' ' + words if words else ''}`\n"
    yield f"{(command.help or '').strip()}\n"
    if arguments or options:
        yield "| argument or option | meaning | default |\n|---|---|---|"
        for parameter in [*arguments, *options]:
            yield _row(parameter)
        yield ""


def _row(parameter: Any) -> str:
    named = parameter.param_type_name == "option"
    name = (
        ", ".join(f"`{flag}`" for flag in parameter.opts)
        if named
        else f"`{parameter.metavar or parameter.name.upper()}`"
    )
    needed = parameter.required or parameter.default is None or parameter.default in ("", False, ())
    default = "required" if parameter.required else "" if needed else f"`{parameter.default}`"
    return f"| {name} | {(parameter.help or '').replace('|', '/')} | {default} |"


def main() -> None:
    """Write every page."""
    REFERENCE.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (REFERENCE / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
