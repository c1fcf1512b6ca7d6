"""The terminal: answers on standard output, progress on standard error where somebody watches."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from standto.desk.answer import Answer
from standto.errors import StandtoError

if TYPE_CHECKING:
    from rich.status import Status

    from standto.move.solve import Progress


class Screen:
    """Says what happens: a live line on a terminal, nothing in a pipe, one JSON document if asked for."""

    def __init__(self, *, as_json: bool = False) -> None:
        self.as_json = as_json
        self._status: Status | None = None
        self._doing = ""
        self._began = time.monotonic()

    def show(self, answer: Answer) -> None:
        """Print an answer."""
        if self.as_json:
            print(json.dumps(answer.data, indent=1, allow_nan=False))
        else:
            print(_printable("\n".join(answer.lines)))

    def refuse(self, error: StandtoError) -> None:
        """Print an error: the one JSON shape on standard output if asked for, else text on standard error."""
        if self.as_json:
            print(json.dumps(error.as_dict(), indent=1))
        else:
            print(f"standto: {_printable(str(error))}", file=sys.stderr)

    def say(self, text: str) -> None:
        """A line about slow work that just begins, for people only."""
        if self._status is not None:
            self._doing = text
            self._status.update(text)
        elif not self.as_json and sys.stderr.isatty():
            print(text, file=sys.stderr)

    def tell_line(self, text: str) -> None:
        """A line about work that goes on until it is ended, at once and on standard error."""
        print(_printable(text), file=sys.stderr, flush=True)

    @contextmanager
    def watching(self, doing: str) -> Iterator[None]:
        """Show a live line while the work inside runs, where standard error is a terminal."""
        if self.as_json or not sys.stderr.isatty():
            yield
            return
        from rich.console import Console

        self._doing, self._began = doing, time.monotonic()
        try:
            with Console(stderr=True).status(doing) as status:
                self._status = status
                yield
        finally:
            self._status = None

    def progress(self, progress: Progress) -> None:
        """Show elapsed time, the best so far and its gap."""
        self.tell(f"{time.monotonic() - self._began:.0f} s · {progress.describe()}")

    def tell(self, text: str) -> None:
        """Show how far the work is that is watched."""
        if self._status is not None:
            self._status.update(f"{self._doing} · {text}")


def _printable(text: str) -> str:
    """Text from files can hold terminal escapes; show them instead of obeying them."""
    return "".join(c if c.isprintable() or c == "\n" else repr(c)[1:-1] for c in text)
