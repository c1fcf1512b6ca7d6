"""What is wrong with a cell, in plain words: the validator's findings as faults a person can act on."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from standto.errors import Fault

LONGEST_SHOWN = 40

MESSAGES = {
    "missing": "is missing",
    "float_parsing": "should be a number",
    "float_type": "should be a number",
    "int_parsing": "should be a whole number",
    "int_from_float": "should be a whole number",
    "int_type": "should be a whole number",
    "int_parsing_size": "is too large",
    "finite_number": "should be a finite number",
    "greater_than": "should be more than {gt:g}",
    "greater_than_equal": "should be at least {ge:g}",
    "less_than": "should be less than {lt:g}",
    "less_than_equal": "should be at most {le:g}",
    "literal_error": "should be {expected}",
    "string_type": "should be text",
    "string_too_short": "should not be empty",
    "string_too_long": "should have at most {max_length} characters",
    "string_pattern_mismatch": "should have no spaces, commas, semicolons or slashes",
    "too_short": "should have at least {min_length} entry",
    "timezone_aware": "needs a time zone",
    "value_error": "{error}",
    "tuple_type": "should be a list",
    "dict_type": "should be a table of keys and values",
    "bool_type": "should be yes or no",
}
INSTANT = "should be an instant, written as date and time with a zone"


def cell_faults(
    error: ValidationError, model: type[BaseModel], *, file: str, table: str, row: str = ""
) -> Iterator[Fault]:
    """One fault for each finding of the validator on one row (or on the settings)."""
    for item in error.errors(include_url=False):
        name = str(item["loc"][0]) if item["loc"] else ""
        field = model.model_fields.get(name)
        if item["type"] == "extra_forbidden":
            yield unknown_name(name, model.model_fields, "key", file=file, table=table, row=row)
            continue
        yield Fault(_message(item), fix=hint(field), file=file, table=table, row=row, field=name)


def unknown_name(name: str, known: Iterable[str], what: str, *, file: str, table: str, row: str) -> Fault:
    """A column or key that nothing knows, with the names it may have been meant to be."""
    names = list(known)
    close = difflib.get_close_matches(name.lower().strip(), names, n=1)
    fix = f"did you mean {close[0]!r}?" if close else f"delete it; known are {', '.join(names)}"
    return Fault(
        f"the {what} {shown(name)} is unknown",
        fix=fix,
        file=file,
        table=table,
        row=row,
        field=name[:LONGEST_SHOWN],
        check=f"unknown-{what}",
    )


def hint(field: FieldInfo | None) -> str:
    """What belongs in a column: an example cell and its unit."""
    if field is None:
        return "correct it"
    extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
    unit = f" {extra['unit']}" if extra.get("unit") else ""
    if field.examples:
        return f"{field.description}; for example {field.examples[0]}{unit}"
    return str(field.description)


def shown(value: object) -> str:
    """A value as it may be shown: quoted, control characters escaped, shortened."""
    text = repr(value.isoformat() if isinstance(value, datetime) else value)
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 3]}..."


def _message(item: ErrorDetails) -> str:
    kind, context = item["type"], dict(item.get("ctx", {}))
    if kind.startswith(("datetime", "date_")):
        message = INSTANT
    else:
        template = MESSAGES.get(kind)
        message = template.format(**{**DEFAULTS, **context}) if template else item["msg"].lower()
    if kind == "missing":
        return message
    where = f"item {int(item['loc'][1]) + 1}, " if _in_list(item) else ""
    return f"{where}{shown(item['input'])} {message}"


DEFAULTS: dict[str, Any] = {"error": "", "expected": "", "max_length": "", "min_length": ""}


def _in_list(item: ErrorDetails) -> bool:
    return len(item["loc"]) > 1 and isinstance(item["loc"][1], int)
