"""How fast is a record written, proven, and folded to the picture of any instant?"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path

from benchmarks.recorded import BEGIN, history
from benchmarks.registry import Figures, Subject
from standto.desk.record import Record
from standto.ledger.places import create_store
from standto.ledger.proof import verify
from tests.postgres import running_server, server_programs

ENTRIES, SINGLE, BATCH = 100_000, 400, 1_000


def run(size: str, seed: int) -> Figures:
    """Write 400 entries one by one, the rest in batches of 1,000; prove all; fold all, and half of them."""
    drafts = history(ENTRIES, seed)
    figures: Figures = {}
    with ExitStack() as stack:
        place = stack.enter_context(_place(size))
        store = create_store(place)
        stack.callback(store.close)

        def single() -> None:
            for at, draft in drafts[:SINGLE]:
                store.append([draft], recorded_at=at)

        def batched() -> None:
            for first in range(SINGLE, ENTRIES, BATCH):
                part = drafts[first : first + BATCH]
                store.append([draft for _, draft in part], recorded_at=part[0][0])

        figures["single_per_s"] = SINGLE / _seconds(single)
        figures["batched_per_s"] = (ENTRIES - SINGLE) / _seconds(batched)
        began = time.process_time()
        figures["verified_per_s"] = ENTRIES / _seconds(lambda: verify(store.lines))
        figures["verified_per_cpu_s"] = ENTRIES / (time.process_time() - began)
        for name, as_of in (("fold", None), ("as_of", BEGIN + timedelta(minutes=ENTRIES))):
            record = Record(store)
            began = time.process_time()
            figures[f"{name}_s"] = _seconds(lambda r=record, at=as_of: r.picture(at))  # type: ignore[misc]  # bound at once
            figures[f"{name}_cpu_s"] = time.process_time() - began
        began = time.process_time()
        effective = BEGIN + timedelta(minutes=ENTRIES)
        figures["effective_s"] = _seconds(lambda: Record(store).picture(effective, effective=True))
        figures["effective_cpu_s"] = time.process_time() - began
    return figures


@contextmanager
def _place(size: str) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        if size == "sqlite":
            yield str(Path(folder) / "record.sqlite")
            return
        programs = server_programs()
        if programs is None:
            raise RuntimeError("no PostgreSQL server on this machine")
        with running_server(programs) as server:
            yield server.new_place()


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


SUBJECT = Subject(
    name="ledger",
    question="a record of 100,000 entries: written one by one and in batches, proven, folded to the picture",
    wanted="SQLite: 200 single durable appends a second, 5,000 in batches, 50,000 verified a second; "
    "fold and as-of of 100,000 entries in 3 s",
    run=run,
    sizes=("sqlite", "postgres"),
    repeats=3,
    short_repeats=1,
)
