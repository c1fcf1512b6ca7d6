"""How fast is a record in PostgreSQL written, proven, and folded to the picture of any instant?"""

from __future__ import annotations

from contextlib import ExitStack

from benchmarks.ledger import PHASES, Case, begin
from benchmarks.registry import Subject
from tests.postgres import running_server, server_programs


def build(size: str, seed: int) -> Case:
    """An empty record in a server of its own, with its files synced as it comes."""
    programs = server_programs()
    if programs is None:
        raise RuntimeError("no PostgreSQL server on this machine")
    stack = ExitStack()
    return begin(stack.enter_context(running_server(programs)).new_place(), seed, stack)


SUBJECT = Subject(
    name="ledger_postgres",
    question="a PostgreSQL record of 100,000 entries: written one by one and in batches, proven, folded",
    wanted="verified and folded as fast as one in SQLite",
    build=build,
    phases=PHASES,
    repeats=3,
)
