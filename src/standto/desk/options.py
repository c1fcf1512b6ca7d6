"""Options that the commands about a record share, and what they mean."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from standto.errors import UsageError

if TYPE_CHECKING:
    from datetime import datetime

    from standto.desk.answer import Answer
    from standto.desk.as_recorded import AsRecorded
    from standto.desk.record import Record
    from standto.desk.screen import Screen

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document instead of text.")]
RecordPlace = Annotated[
    str,
    typer.Option("--record", envvar="STANDTO_RECORD", help="The record: a file, or postgresql://..."),
]
By = Annotated[str, typer.Option("--by", help="The office that gives it.")]
Why = Annotated[str, typer.Option("--why", help="The reason.")]
CommandId = Annotated[
    str,
    typer.Option("--id", help="Id of this command: given again, nothing happens twice; blank = a new one."),
]
At = Annotated[str, typer.Option("--at", metavar="TIME", help="When it takes effect; blank = now.")]
ReleasableTo = Annotated[
    list[str] | None, typer.Option("--releasable-to", help="Who else may see it; repeat for more.")
]


def record_at(place: str) -> Record:
    """Open the record that `--record` or STANDTO_RECORD names.

    Raises
    ------
    UsageError
        If neither names one.
    """
    from standto.desk.record import Record

    return Record.open(require_place(place))


def require_place(place: str) -> str:
    """The place that `--record` or STANDTO_RECORD names.

    Raises
    ------
    UsageError
        If neither names one.
    """
    if not place.strip():
        raise UsageError("no record is named", fix="give --record FILE, or set STANDTO_RECORD")
    return place.strip()


def id_of(given: str) -> str:
    """The command's id as given, or a new one."""
    from uuid import uuid4

    return given.strip() or uuid4().hex


def at_of(given: str) -> datetime | None:
    """The instant that `--at` or another option names; None where it is blank."""
    from standto.desk.inputs import read_instant

    return read_instant(given) if given.strip() else None


def told(answer: Answer, recorded: AsRecorded | None) -> Answer:
    """The answer under the record that it rests on, and what the record leaves open."""
    if recorded is None:
        return answer
    lines = [recorded.basis, *recorded.notes, *answer.lines]
    return replace(answer, lines=lines, data={**answer.data, "recorded": recorded.data()})


def finish(screen: Screen, answer: Answer) -> NoReturn:
    """Show a command's answer and leave with its exit code."""
    screen.show(answer)
    raise typer.Exit(answer.exit_code)
