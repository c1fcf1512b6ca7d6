"""Reads the tables and networks that ship with the package; nothing else in this room touches a file."""

from __future__ import annotations

import csv
import io
from functools import cache
from importlib import resources
from importlib.resources import as_file
from importlib.resources.abc import Traversable
from typing import Any


def data_file(name: str) -> Traversable:
    """One file of the shipped geography."""
    return resources.files("standto.geo") / "data" / name


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """All rows of one shipped CSV table."""
    return tuple(csv.DictReader(io.StringIO(data_file(name).read_text(encoding="utf-8"))))


@cache
def arrays(name: str) -> dict[str, Any]:
    """All NumPy arrays of one shipped network, by name."""
    import numpy as np

    with as_file(data_file(name)) as path, np.load(path, allow_pickle=False) as packed:
        return {key: packed[key] for key in packed.files}
