"""The four ways to go."""

from __future__ import annotations

from typing import Literal

Mode = Literal["air", "sea", "rail", "road"]
LandMode = Literal["rail", "road"]
MODES: tuple[Mode, ...] = ("air", "sea", "rail", "road")
