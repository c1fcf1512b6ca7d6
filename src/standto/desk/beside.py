"""A bound that is proven in a process of its own while a search runs, so that neither waits for the other."""

from __future__ import annotations

import multiprocessing
import signal
from multiprocessing.connection import Connection
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from standto.move.bound import Bound
    from standto.move.problem import Problem


class ProofBeside:
    """Proves a problem's bound in another process, for so many seconds; it ends with its context.

    Of so many `bottlenecks` it also proves what one more would do, where there is time left for that.
    """

    def __init__(self, problem: Problem, seconds: float, *, bottlenecks: int = 0) -> None:
        context = multiprocessing.get_context("spawn")
        self._answers, answer = context.Pipe(duplex=False)
        self._process = context.Process(
            target=_prove, args=(problem, seconds, bottlenecks, answer), daemon=True
        )
        self._process.start()
        answer.close()
        self._found: Bound | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.join()
        self._answers.close()

    def found(self, wait_s: float = 0.0) -> Bound | None:
        """The bound once it is proven; waits at most so long for it. None if it was not."""
        if self._found is None and self._answers.poll(wait_s):
            try:
                self._found = self._answers.recv()
            except EOFError:
                return None
        return self._found


def _prove(problem: Problem, seconds: float, bottlenecks: int, answer: Connection) -> None:
    """Runs in the other process; an interrupt is for the one that asked."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from standto.move.bound import prove_bound

    answer.send(prove_bound(problem, seconds=seconds, bottlenecks=bottlenecks))
