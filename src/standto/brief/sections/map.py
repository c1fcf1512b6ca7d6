"""The map: the ways that the plan uses and the places it passes through."""

from __future__ import annotations

from standto.brief.sheet import Section, Sheet


def draw_map(sheet: Sheet) -> Section | None:
    """Where it goes; absent where coordinates lack."""
    return None
