"""What a decision permits: who may be made ready or moved, where to, when and how many."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Act = Literal["readiness", "movement"]

MOST_HOURS = 100_000
"""Hours of a lead time or of a loss of time, at most: some eleven years."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Permit:
    """One thing that a decision permits.

    What is empty or None is not limited, except `units`: at least one unit or package is named. `people` is
    a ceiling over all orders under this permit together.
    """

    act: Act
    units: tuple[str, ...]
    """Ids of units or of packages of the deciding body; `*` is every unit it decides for."""
    postures: tuple[str, ...] = ()
    """Of a permit for readiness: the postures that may be ordered."""
    places: tuple[str, ...] = ()
    """Of a permit for movement: where to."""
    from_at: datetime | None = None
    until_at: datetime | None = None
    """Movement may begin from the first instant on, and before the second."""
    people: int | None = None

    def __post_init__(self) -> None:
        if not self.units:
            raise ValueError("a permit should name units or packages")
        if self.people is not None and self.people < 0:
            raise ValueError(f"a ceiling should be 0 or more people, got {self.people}")
        if self.from_at and self.until_at and self.from_at >= self.until_at:
            raise ValueError("a permit should end after it begins")


@dataclass(frozen=True, slots=True, kw_only=True)
class Needed:
    """A national approval that some units need after the decision, before they may move.

    `lead_h`: hours from the decision until it can be expected.
    """

    nation: str
    units: tuple[str, ...]
    by: str = "parliament"
    lead_h: float = 0.0

    def __post_init__(self) -> None:
        if not 0 <= self.lead_h <= MOST_HOURS:
            raise ValueError(f"a lead time should be 0 to {MOST_HOURS:,} hours, got {self.lead_h}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Caveat:
    """What a nation attaches to its approval, in its words and, where that can be checked, as limits."""

    text: str
    places: tuple[str, ...] = ()
    """Only there; empty: anywhere the decision allows."""
    people: int | None = None
    until_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """The text put before a body, with all it would permit."""

    text: str
    permits: tuple[Permit, ...] = ()
    approvals: tuple[Needed, ...] = ()
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    supersedes: tuple[str, ...] = ()
    """Decisions that end when this one is adopted."""
    source: str = ""
    assumed: str = ""

    def __post_init__(self) -> None:
        if self.valid_from and self.valid_until and self.valid_from >= self.valid_until:
            raise ValueError("a decision should end after it begins")
