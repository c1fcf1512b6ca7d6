"""Everything that Standto raises, on one page.

A plan that cannot deliver everything is a result, never an exception. What is raised here means that
somebody must change an input, a file or a call; the message says which and how.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

EXIT_DONE = 0
EXIT_ANSWER_IS_NO = 1
EXIT_BAD_INPUT = 2


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with an input: where it is, what it is, and what to do about it.

    `table` is a CSV table, an XLSX sheet or a list of a JSON file; `row` is the line of a CSV (the header is
    line 1) or the id of a list item; `check` names the rule that found it.
    """

    message: str
    fix: str = ""
    file: str = ""
    table: str = ""
    row: str = ""
    field: str = ""
    check: str = "format"
    severity: str = "error"

    def __str__(self) -> str:
        where = [self.file, self.table if self.table not in self.file else ""]
        where.append(f"row {self.row}" if self.row else "")
        where.append(self.field)
        place = ", ".join(part for part in where if part)
        text = f"{place}: {self.message}" if place else self.message
        return f"{text} ({self.fix})" if self.fix else text


class StandtoError(Exception):
    """Root of everything that Standto raises on purpose."""

    code = "error"
    exit_code = EXIT_BAD_INPUT

    def __init__(self, message: str, *, fix: str = "", file: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.fix = fix
        self.file = file

    def __str__(self) -> str:
        text = f"{self.file}: {self.message}" if self.file else self.message
        return f"{text} ({self.fix})" if self.fix else text

    def as_dict(self) -> dict[str, Any]:
        """The one JSON shape of every error: `{"error": {code, message, fix, file, faults}}`."""
        return {
            "error": {
                "code": self.code,
                "message": self.message,
                "fix": self.fix,
                "file": self.file,
                "faults": [asdict(fault) for fault in self.faults],
            }
        }

    @property
    def faults(self) -> Sequence[Fault]:
        """The single faults behind this error, empty where it is one thing."""
        return ()


class UsageError(StandtoError):
    """A command or function was called with options that do not go together."""

    code = "usage"


class FileError(StandtoError):
    """A file cannot be read, is too large, is not what its name says, or cannot be written."""

    code = "file"


class FaultyInputError(StandtoError):
    """An input has faults; all of them are listed, not only the first."""

    code = "faulty-input"
    SHOWN = 20

    def __init__(self, message: str, faults: Sequence[Fault], *, file: str = "") -> None:
        super().__init__(message, file=file)
        self._faults = tuple(faults)

    @property
    def faults(self) -> Sequence[Fault]:
        """Every fault found, in the order of the input."""
        return self._faults

    def __str__(self) -> str:
        lines = [super().__str__(), *(f"  {fault}" for fault in self._faults[: self.SHOWN])]
        if len(self._faults) > self.SHOWN:
            lines.append(f"  ... and {len(self._faults) - self.SHOWN} more")
        return "\n".join(lines)


class ScenarioError(FaultyInputError):
    """A scenario folder or workbook has errors."""

    code = "scenario"


class ProblemError(FaultyInputError):
    """A lift problem (`standto-lift/1`) is malformed."""

    code = "problem"


class PlanError(FaultyInputError):
    """A movement plan (`standto-plan/1`) is malformed, or belongs to another problem."""

    code = "plan"


class UnknownPlaceError(StandtoError):
    """A place reference is no ICAO code, port code, installation name or pair of coordinates we know."""

    code = "unknown-place"


class GeographyError(StandtoError):
    """A way was asked for that the geography cannot answer, such as a mode without a network."""

    code = "geography"


class RecordError(StandtoError):
    """A record cannot be opened, read or written, or holds what this version cannot read."""

    code = "record"


class NoRecordError(RecordError):
    """A place holds no record yet."""

    code = "no-record"


class ConflictError(RecordError):
    """Somebody else wrote to the record between reading and writing; nothing was added."""

    code = "conflict"


class RepeatedCommandError(RecordError):
    """A command's id stands in the record already, with other content."""

    code = "repeated-command"


class RefusedError(StandtoError):
    """A command is not allowed as things stand; the message says by which rule, and what would allow it."""

    code = "refused"
    exit_code = EXIT_ANSWER_IS_NO


class NotCoveredError(RefusedError):
    """A movement order that no decision covers; `part` is what of it is not covered.

    One of `decision`, `unit`, `place`, `time`, `number` and `approval`.
    """

    code = "not-covered"

    def __init__(self, message: str, *, part: str, fix: str = "") -> None:
        super().__init__(message, fix=fix)
        self.part = part
