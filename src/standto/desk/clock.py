"""Clocks of the desk: the machine's, steadied so that time never runs back while a command runs."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """What time it is, and a way to let time pass; tests have one of their own."""

    def __call__(self) -> datetime:
        """The instant now, in UTC."""

    def wait(self, seconds: float) -> None:
        """Let so many seconds pass."""


def _utc() -> datetime:
    return datetime.now(UTC)


class SteadyClock:
    """The machine's clock, or the time that has gone by since it was made, whichever is later.

    Where the machine's clock is put back, this one goes on at the pace of the machine's uptime, so that what
    is due is not late by the hour that was put back. Where it is put forward, this one follows at once.
    """

    def __init__(
        self,
        wall: Callable[[], datetime] = _utc,
        elapsed: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._wall, self._elapsed, self._sleep = wall, elapsed, sleep
        self._latest, self._since = wall(), elapsed()

    def __call__(self) -> datetime:
        """The instant now, never earlier than any that this clock gave before."""
        since = self._elapsed()
        self._latest = max(self._wall(), self._latest + timedelta(seconds=since - self._since))
        self._since = since
        return self._latest

    def wait(self, seconds: float) -> None:
        """Sleep."""
        self._sleep(seconds)
