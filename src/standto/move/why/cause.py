"""What bound a requirement, and the sentence that says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Cause = Literal["readiness", "lift", "slots", "way", "none"]


@dataclass(frozen=True, slots=True)
class Reason:
    """What bound one requirement: the largest cause, and one plain sentence with its numbers.

    `place` is set where slots bind, `fleet` where one fleet binds; both are ids, empty otherwise.
    """

    cause: Cause
    sentence: str
    place: str = ""
    fleet: str = ""
