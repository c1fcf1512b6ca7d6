"""What every command gives back: lines for people, one document for programs, an exit code."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from standto.errors import EXIT_ANSWER_IS_NO, EXIT_DONE


@dataclass(frozen=True, slots=True)
class Answer:
    """The result of a command; `yes` is False where it ran and the answer is no."""

    lines: list[str]
    data: dict[str, Any] = field(default_factory=dict)
    yes: bool = True

    @property
    def exit_code(self) -> int:
        """0, or 1 where the answer is no."""
        return EXIT_DONE if self.yes else EXIT_ANSWER_IS_NO
