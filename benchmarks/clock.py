"""The clock of the race: seconds of processor time, as a machine with nothing else to do would pass them.

What else runs on a shared machine takes a solver's turn but not its seconds, so that runs can stand behind
other work and still be compared. Work of one thread counts in full, work of several by the longest.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Readings = dict[int, float]


def thread_times() -> Readings:
    """Processor seconds of every thread that Python knows, by its number."""
    return {
        thread.ident: time.clock_gettime(time.pthread_getcpuclockid(thread.ident))
        for thread in threading.enumerate()
        if thread.ident is not None
    }


class LongestThread:
    """For threads that meet: the caller's own seconds, and of the others' those of the busiest.

    The caller waits while the others work, and reads whenever they have met: then between two readings the
    busiest of the others is what a machine with a core for each would have waited for. Threads that wait for
    others are not paid back for it.
    """

    def __init__(self, read: Callable[[], Readings] = thread_times, own: int | None = None) -> None:
        self._read = read
        self._own = threading.get_ident() if own is None else own
        self._last = read()
        self._passed_s = 0.0

    def __call__(self) -> float:
        """Seconds that have passed, of those not paused."""
        now = self._read()
        spent = {number: seconds - self._last.get(number, 0.0) for number, seconds in now.items()}
        self._last = now
        self._passed_s += spent.pop(self._own, 0.0) + max(spent.values(), default=0.0)
        return self._passed_s

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Take no account of what is done meanwhile."""
        self()
        try:
            yield
        finally:
            self._last = self._read()


class Shared:
    """For a solver that cannot be asked about its threads: all their seconds, divided by their number.

    Until `share` is called there is one thread, and its seconds count in full. Threads that wait for others
    are paid back for it.
    """

    def __init__(self, threads: int = 1, read: Callable[[], float] = time.process_time) -> None:
        self._read, self._threads = read, 1
        self._wanted = threads
        self._last, self._passed_s = read(), 0.0
        self._lock = threading.Lock()

    def __call__(self) -> float:
        """Seconds that have passed."""
        with self._lock:
            now = self._read()
            self._passed_s += (now - self._last) / self._threads
            self._last = now
            return self._passed_s

    def share(self) -> None:
        """From here on all threads work."""
        self()
        self._threads = self._wanted
