"""Reads what ships with the brief."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path

FOLDER = "standto.brief.data"


@cache
def data_bytes(name: str) -> bytes:
    """One file that ships with the brief."""
    return (resources.files(FOLDER) / name).read_bytes()


def data_text(name: str) -> str:
    """The same as text."""
    return data_bytes(name).decode("utf-8")


def data_folder() -> Path:
    """Where the typeface lies, for what reads typefaces by folder."""
    return Path(str(resources.files(FOLDER)))
