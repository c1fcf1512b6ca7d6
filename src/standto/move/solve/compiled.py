"""Whether the inner loops are compiled already, on this machine, for this version."""

from __future__ import annotations

from typing import Any


def is_compiled() -> bool:
    """Whether the compiled decoder is in memory or in Numba's cache on disk."""
    from standto.move.solve import kernel

    decode: Any = kernel.decode
    return bool(decode.signatures) or bool(_kept(decode))


def _kept(dispatcher: Any) -> dict[Any, str]:
    """What the cache's index holds for these sources; nothing if it is of other sources or cannot be read."""
    try:
        kept: dict[Any, str] = dispatcher._cache._cache_file._load_index()
    except (AttributeError, OSError):
        return {}
    return kept
