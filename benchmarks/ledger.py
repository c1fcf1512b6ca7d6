"""How fast is a record written, proven, and folded to the picture of any instant?"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.recorded import BEGIN, history
from benchmarks.registry import Figures, Subject
from standto.desk.record import Record
from standto.ledger.entry import Draft
from standto.ledger.places import create_store
from standto.ledger.proof import verify
from standto.ledger.store import Store

ENTRIES, SINGLE, BATCH = 100_000, 500, 1_000
END = BEGIN + timedelta(minutes=ENTRIES)


@dataclass(frozen=True)
class Case:
    """An empty store, and what is to be recorded in it."""

    store: Store
    drafts: list[tuple[datetime, Draft]]
    stack: ExitStack


def build(size: str, seed: int) -> Case:
    """An empty record in a file."""
    stack = ExitStack()
    folder = stack.enter_context(tempfile.TemporaryDirectory())
    return begin(str(Path(folder) / "record.sqlite"), seed, stack)


def begin(place: str, seed: int, stack: ExitStack) -> Case:
    """An empty record at a place, and what is to be recorded in it."""
    store = create_store(place)
    stack.callback(store.close)
    return Case(store, history(ENTRIES, seed), stack)


def single(case: Case, full: bool) -> Figures:
    """Append entries one by one, each on disk before the next."""

    def work() -> None:
        for at, draft in case.drafts[:SINGLE]:
            case.store.append([draft], recorded_at=at)

    return _rates("single", SINGLE, work)


def batched(case: Case, full: bool) -> Figures:
    """Append the rest a thousand at a time."""

    def work() -> None:
        for first in range(SINGLE, ENTRIES, BATCH):
            part = case.drafts[first : first + BATCH]
            case.store.append([draft for _, draft in part], recorded_at=part[0][0])

    return _rates("batched", ENTRIES - SINGLE, work)


def verified(case: Case, full: bool) -> Figures:
    """Check every hash and link."""
    return _rates("verified", ENTRIES, lambda: verify(case.store.lines))


def folded(case: Case, full: bool) -> Figures:
    """Fold all entries to the full picture: now, as of the last instant, and by effective time."""
    figures: Figures = {}
    for name, as_of, effective in (("fold", None, False), ("as_of", END, False), ("effective", END, True)):
        record = Record(case.store)
        began, cpu = time.perf_counter(), time.process_time()
        record.picture(as_of, effective=effective)
        figures[f"{name}_s"], figures[f"{name}_cpu_s"] = (
            time.perf_counter() - began,
            time.process_time() - cpu,
        )
    case.stack.close()
    return figures


def _rates(name: str, count: int, work: Callable[[], object]) -> Figures:
    began, cpu = time.perf_counter(), time.process_time()
    work()
    wall, cpu = time.perf_counter() - began, time.process_time() - cpu
    return {f"{name}_per_s": count / wall, f"{name}_per_cpu_s": count / cpu}


PHASES = {"single": single, "batched": batched, "verified": verified, "folded": folded}
SUBJECT = Subject(
    name="ledger",
    question="a SQLite record of 100,000 entries: written one by one and in batches, proven, folded",
    wanted="200 single durable appends a second, 5,000 in batches, 50,000 verified a second; "
    "fold and as-of of 100,000 entries in 3 s",
    build=build,
    phases=PHASES,
    repeats=3,
)
