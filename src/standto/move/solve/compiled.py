"""How the inner loops are compiled, where that is kept, and whether it has been done on this machine.

Numba keeps what it has compiled on disk for as long as the file of the compiled function is the same. What
that calls is in other files, so here a stamp of all of them takes the place of the one file's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar, cast

import numpy as np
from numba import njit

Function = TypeVar("Function", bound=Callable[..., Any])
Whole = int | np.signedinteger[Any]
"""A number of which a literal must not be compiled in, or there would be a version for each literal."""
OPTIONS: dict[str, Any] = {"nogil": True, "error_model": "numpy", "no_cfunc_wrapper": True, "_nrt": False}
"""Without Numba's counting of references, which took nine tenths of the time; so nothing compiled may make
an array, nor copy one into a part of another other than number by number."""
PART: dict[str, Any] = OPTIONS | {"no_cpython_wrapper": True}
INNER: dict[str, Any] = PART | {"forceinline": True}
SOURCES = (
    "problem.py",
    "solve/compiled.py",
    "solve/edits.py",
    "solve/flat.py",
    "solve/improve.py",
    "solve/kernel.py",
    "solve/resend.py",
    "solve/scarcity.py",
    "solve/tables.py",
    "solve/timetable.py",
    "solve/trips.py",
    "solve/twin.py",
)
"""Files of the room with compiled code or with numbers that are compiled in."""
_KEPT: list[Any] = []


def inner(function: Function) -> Function:
    """Compile into its compiled callers: without a call, and without a door to Python."""
    return cast("Function", njit(**INNER)(function))


def part(function: Function) -> Function:
    """Compile for compiled callers only, as a function of its own: it is called from many places."""
    return cast("Function", njit(**PART)(function))


def outer(function: Function) -> Function:
    """Compile with a door to Python, kept on disk: beside its file, else in the user's cache."""
    try:
        compiled: Any = njit(cache=True, **OPTIONS)(function)
    except RuntimeError:  # there is nowhere to keep it: compile it every time
        return cast("Function", njit(**OPTIONS)(function))
    if hasattr(compiled._cache._cache_file, "_source_stamp"):
        compiled._cache._cache_file._source_stamp = stamp()
    _KEPT.append(compiled)
    return cast("Function", compiled)


@cache
def stamp() -> str:
    """What all compiled sources say, in few letters."""
    room = Path(__file__).parent.parent
    return digest((room / name).read_bytes() for name in SOURCES)


def digest(sources: Iterable[bytes]) -> str:
    """What sources say, in few letters."""
    found = blake2b(digest_size=16)
    for source in sources:
        found.update(blake2b(source).digest())
    return found.hexdigest()


def is_compiled() -> bool:
    """Whether all that a plan and its search need is in memory or in Numba's cache on disk."""
    from standto.move.solve import improve, kernel

    needed = [improve.improve, kernel.decode]
    return all(any(one is kept for kept in _KEPT) for one in needed) and all(map(_is_kept, _KEPT))


def _is_kept(compiled: Any) -> bool:
    """Whether it is in memory, or the cache's index holds it for these sources and can be read."""
    if compiled.signatures:
        return True
    try:
        return bool(compiled._cache._cache_file._load_index())
    except (AttributeError, OSError):
        return False
