"""Whether the inner loops are compiled already, on this machine, for this version."""

from __future__ import annotations


def is_compiled() -> bool:
    """Whether the compiled decoder is in memory or in the cache on disk."""
    from standto.move.solve import kernel

    decode = kernel.decode
    if decode.signatures:
        return True
    index = decode._cache._impl.locator
    return any(True for _ in _cached(index.get_cache_path(), kernel.__name__.rpartition(".")[2]))


def _cached(folder: str, name: str) -> list[str]:
    from pathlib import Path

    try:
        return [str(path) for path in Path(folder).glob(f"{name}.decode-*.nbc")]
    except OSError:
        return []
