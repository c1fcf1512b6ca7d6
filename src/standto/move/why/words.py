"""How reasons call places, fleets and requirements, and how they say hours."""

from __future__ import annotations

from standto.move.check.index import Index
from standto.move.check.verdict import short

MOST_NAMED = 3
MOST_BLAMED = 2
"""Of those that a wait is laid to: the sentence has more to say."""


def listed(names: dict[str, None], most: int = MOST_NAMED) -> str:
    """A few names, and how many more there are."""
    shown = [short(name) for name in list(names)[:most]]
    if len(names) > most:
        shown.append(f"{len(names) - most} more")
    return " and ".join(part for part in (", ".join(shown[:-1]), *shown[-1:]) if part)


def hours_text(hours: float) -> str:
    """Hours as sentences say them: whole past ten, a decimal below."""
    return f"{hours:.0f} h" if abs(hours) >= 10 or float(hours).is_integer() else f"{hours:.1f} h"


def place_name(index: Index, place: str) -> str:
    """A place by its name, or its id where it has none."""
    known = index.places.get(place)
    return name_or_id(known.name if known is not None else "", place)


def name_or_id(name: str, id_: str) -> str:
    """A name, or the id where there is none."""
    return short(name or id_)
