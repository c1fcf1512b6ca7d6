"""Which store a place is: a file, `sqlite:///FILE`, `postgresql://...`, or `memory:`."""

from __future__ import annotations

from standto.errors import UsageError
from standto.ledger.memory import MemoryStore
from standto.ledger.store import Store


def create_store(place: str) -> Store:
    """Make a store where none is."""
    if place == "memory:":
        return MemoryStore()
    raise UsageError(f"{place!r} is no place for a record", fix="give a file or postgresql://...")


def open_store(place: str) -> Store:
    """Open the store of a place."""
    raise UsageError(f"{place!r} is no place of a record", fix="give a file or postgresql://...")
