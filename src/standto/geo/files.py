"""Reads the tables and networks that ship with the package; nothing else in this room touches a file."""

from __future__ import annotations

import csv
import io
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable


def data_file(name: str) -> Traversable:
    """One file of the shipped geography."""
    return resources.files("standto.geo") / "data" / name


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """All rows of one shipped CSV table."""
    return tuple(csv.DictReader(io.StringIO(data_file(name).read_text(encoding="utf-8"))))
