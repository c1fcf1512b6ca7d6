"""What is compiled is kept for the very sources it was compiled from."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

from standto.move.solve import compiled, improve, kernel, warm_up

ROOM = Path(compiled.__file__).parent.parent
OUTSIDE = {"network.py", "bound"}
"""Imported for the names of types alone."""


def imported(source: str) -> set[str]:
    """Files of the room that a source takes names from."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("standto.move."):
            found.add("/".join((node.module or "").split(".")[2:]) + ".py")
    return found


def test_the_stamp_is_of_all_that_is_compiled_and_what_it_takes_numbers_from() -> None:
    marks = ("@inner", "@part", "@outer")
    with_code = {
        f"solve/{path.name}"
        for path in (ROOM / "solve").glob("*.py")
        if any(mark in path.read_text().splitlines() for mark in marks)
    }
    assert {"solve/kernel.py", "solve/improve.py"} <= with_code
    needed = with_code.union(*(imported((ROOM / name).read_text()) for name in with_code))
    assert needed - OUTSIDE <= set(compiled.SOURCES)


def test_another_byte_in_any_source_is_another_stamp() -> None:
    sources = [(ROOM / name).read_bytes() for name in compiled.SOURCES]
    assert compiled.digest(sources) == compiled.stamp()
    for number, source in enumerate(sources):
        others = [*sources[:number], source + b"\n", *sources[number + 1 :]]
        assert compiled.digest(others) != compiled.stamp()


def test_what_other_sources_were_compiled_to_is_not_used() -> None:
    warm_up(lambda text: None)
    assert compiled.is_compiled()
    for kept in (kernel.decode, improve.improve):
        function: Any = kept
        index = function._cache._cache_file
        assert index._load_index()
        mine = index._source_stamp
        index._source_stamp = "of other sources"
        try:
            assert not index._load_index()
        finally:
            index._source_stamp = mine
