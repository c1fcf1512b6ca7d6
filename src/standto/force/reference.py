"""The reference page of scenario folders, written from the declarations themselves."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from typing import Any, Literal

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from standto.force.checks import CHECKS
from standto.force.reading import REQUIRED_TABLES
from standto.force.scenario import Settings
from standto.force.tables import TABLES

INTRODUCTION = """\
# Scenario folders: tables, columns and checks

A scenario is a folder with `scenario.toml` and one CSV file for each table, or one `.xlsx` workbook
with a sheet for each table and the settings in a sheet `scenario` (columns `key` and `value`;
`sources.KEY`, `assumptions.KEY` and `variants.NAME` for the entries of those tables). CSV files are
UTF-8 and separated by commas; the first line holds the column names, in any order; columns with a
default may be left out, and a blank cell means the default. Lists in a cell are separated by spaces
or semicolons. Instants are ISO 8601 with a time zone. Yes/no columns take `yes`, `no`, `true`,
`false`, `1`, `0`. Hours count from C-hour unless a column says otherwise. A formula in a CSV cell
is text; a formula in a workbook counts as the value it was saved with.

This page is generated from the declarations that the reader itself follows.
"""


def table_reference() -> str:
    """Markdown of every table, column, setting and named check."""
    return "\n".join([INTRODUCTION, *_settings(), *_tables(), *_checks()]).rstrip() + "\n"


def _settings() -> Iterator[str]:
    yield "## scenario.toml\n"
    yield "| key | type | default | meaning | example |"
    yield "|---|---|---|---|---|"
    for name, field in Settings.model_fields.items():
        cells = (f"`{name}`", _type(field), _default(field), _cell(field.description), _example(field))
        yield f"| {' | '.join(cells)} |"
    yield ""


def _tables() -> Iterator[str]:
    for model in TABLES:
        need = "required" if model.table in REQUIRED_TABLES else "optional"
        yield f"## {model.table}\n"
        yield f"{model.meaning[0].upper()}{model.meaning[1:]} ({need} table).\n"
        yield "| column | type | unit | default | meaning | example |"
        yield "|---|---|---|---|---|---|"
        for name, field in model.model_fields.items():
            extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
            cells = (f"`{name}`", _type(field), str(extra.get("unit", "")), _default(field))
            yield f"| {' | '.join((*cells, _cell(field.description), _example(field)))} |"
        yield ""


def _checks() -> Iterator[str]:
    yield "## Named checks\n"
    yield "Errors stop every command but `standto check`; warnings do so with `--strict`."
    yield "Checks marked * run when nothing else is wrong.\n"
    yield "| check | severity | what must be so |"
    yield "|---|---|---|"
    for check in CHECKS:
        yield f"| `{check.name}`{' *' if check.sound else ''} | {check.severity} | {_cell(check.meaning)} |"


def _cell(text: str | None) -> str:
    return (text or "").replace("|", "\\|").replace("\n", " ")


def _example(field: FieldInfo) -> str:
    return f"`{_cell(str(field.examples[0]))}`" if field.examples else ""


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "**required**"
    value: Any = field.get_default(call_default_factory=True)
    if value in (None, "", (), {}) or value is PydanticUndefined:
        return "blank"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return " ".join(str(item) for item in value)
    return f"{value:g}" if isinstance(value, float) else str(value)


WORDS: dict[Any, str] = {
    str: "text",
    float: "number",
    int: "whole number",
    bool: "yes/no",
    dict: "keys and values",
}


def _type(field: FieldInfo) -> str:
    """A column's type in words, from its annotation."""
    return _words(field.annotation)


def _words(kind: Any) -> str:
    origin = typing.get_origin(kind)
    if origin is typing.Annotated:
        return _words(typing.get_args(kind)[0])
    if origin is Literal:
        return ", ".join(f"`{value}`" for value in typing.get_args(kind))
    if origin in (typing.Union, types.UnionType):
        return _words(next(part for part in typing.get_args(kind) if part is not types.NoneType))
    if origin is tuple:
        inner = typing.get_args(kind)[0]
        return "windows" if typing.get_origin(inner) is tuple else f"list of {_words(inner)}"
    if origin is dict:
        return "place:count list" if int in _inner(kind) else "keys and values"
    return WORDS.get(kind, "instant")


def _inner(kind: Any) -> set[Any]:
    return {typing.get_args(part)[0] if typing.get_args(part) else part for part in typing.get_args(kind)}
