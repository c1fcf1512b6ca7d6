"""Drafts of entries for the tests of the ledger, which knows no domain word: ships that are named."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from standto.ledger.entry import Draft
from standto.ledger.line import Line
from standto.ledger.memory import MemoryStore

NOON = datetime(2022, 2, 1, 12, tzinfo=UTC)


def draft(stream: str = "ship/a", *, command: str = "", name: str = 'á\u2028"\\\n') -> Draft:
    return Draft(
        stream=stream,
        kind="ship.named",
        schema=1,
        body={"name": name, "mass_t": 5.0, "seats": [1, None, True]},
        effective_at=NOON - timedelta(hours=2),
        by="Harbour office",
        why="she had none",
        nature="exercise",
        releasable_to=("NLD", "BEL"),
        command=command,
    )


def sealed(count: int) -> list[Line]:
    """The lines of a record of so many entries, in three streams."""
    store = MemoryStore()
    for number in range(count):
        store.append(
            [draft(f"ship/{number % 3}", name=f"number {number}")],
            recorded_at=NOON + timedelta(minutes=number),
        )
    return list(store.lines())
