"""Canals and straits that a scenario can close to ships."""

from __future__ import annotations

from standto.errors import GeographyError
from standto.geo.files import table

GROUPS = {"turkish-straits": ("bosporus", "dardanelles"), "danish-straits": ("oresund", "great-belt")}


def passages() -> tuple[str, ...]:
    """Names of the canals, straits and groups of straits that can be closed."""
    return tuple(row["passage"] for row in table("passages.csv") if row["always_closed"] == "no") + tuple(
        GROUPS
    )


def closed_set(names: frozenset[str]) -> frozenset[str]:
    """Single passages behind the names given, with those that are never used.

    Raises
    ------
    GeographyError
        If a name is no passage we know.
    """
    single = {row["passage"] for row in table("passages.csv")}
    unknown = sorted(names - single - GROUPS.keys())
    if unknown:
        raise GeographyError(
            f"no canal or strait is called {unknown[0]!r}", fix=f"use one of {', '.join(sorted(passages()))}"
        )
    groups = {part for name in names for part in GROUPS.get(name, (name,))}
    never = {row["passage"] for row in table("passages.csv") if row["always_closed"] == "yes"}
    return frozenset(groups | never | {"northwest"})
