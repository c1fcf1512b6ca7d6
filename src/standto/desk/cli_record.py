"""`standto record`: begin, show, prove, sign, write out, bring in and copy a record."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from standto.desk.options import AsJson, By, RecordPlace, Why, finish, require_place
from standto.desk.screen import Screen

app = typer.Typer(help="The record: what happened, by whom, when and why.", no_args_is_help=True)

Output = Annotated[Path, typer.Option("--output", "-o", help="Where to write.")]


@app.command()
def init(
    name: Annotated[str, typer.Option("--name", help="What the record is called.")],
    by: By,
    nature: Annotated[Literal["exercise", "real"], typer.Option(help="Exercise or real.")] = "exercise",
    scenario: Annotated[
        str, typer.Option(help="The scenario whose units and packages it speaks of.", metavar="FOLDER")
    ] = "",
    why: Why = "",
    record: RecordPlace = "",
    as_json: AsJson = False,
) -> None:
    """Begin a record where none is."""
    from standto.desk import recording

    place = require_place(record)
    answer = recording.init(place, name=name, nature=nature, by=by, why=why, scenario=scenario)
    finish(Screen(as_json=as_json), answer)


@app.command()
def show(
    stream: Annotated[str, typer.Option(help="Only this history, such as record/opened.")] = "",
    last: Annotated[int, typer.Option(min=1, max=100_000, help="How many entries, the latest.")] = 20,
    record: RecordPlace = "",
    as_json: AsJson = False,
) -> None:
    """List the latest entries."""
    from standto.desk import recording

    finish(Screen(as_json=as_json), recording.show(require_place(record), stream=stream, last=last))


@app.command(name="as-of")
def as_of(
    time: Annotated[str, typer.Argument(metavar="TIME", help="2022-02-01T12:00Z or 011200ZFEB22.")],
    effective: Annotated[
        bool, typer.Option("--effective", help="By when it took effect, not by when it was recorded.")
    ] = False,
    record: RecordPlace = "",
    as_json: AsJson = False,
) -> None:
    """Show what was known at an instant; with --effective, how it stood then by what is known now."""
    from standto.desk import recording
    from standto.desk.inputs import read_instant

    at = read_instant(time)
    finish(Screen(as_json=as_json), recording.as_of(require_place(record), at, effective=effective))


@app.command()
def verify(
    head: Annotated[Path | None, typer.Option(help="A signed head to hold the record against.")] = None,
    key: Annotated[Path | None, typer.Option(help="The public key of whoever signed it (PEM).")] = None,
    record: RecordPlace = "",
    as_json: AsJson = False,
) -> None:
    """Find every entry that was altered, removed or moved; exit code 1 where one was.

    --record may name an exported .jsonl file too.
    """
    from standto.desk import recording

    finish(Screen(as_json=as_json), recording.verify(require_place(record), head_file=head, key_file=key))


@app.command()
def head(
    key: Annotated[Path | None, typer.Option(help="Sign with this private key (PEM, Ed25519).")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Where to write it.")] = None,
    record: RecordPlace = "",
    as_json: AsJson = False,
) -> None:
    """Show the last entry's hash, and sign it for safe keeping elsewhere."""
    from standto.desk import recording

    finish(Screen(as_json=as_json), recording.head(require_place(record), key_file=key, output=output))


@app.command()
def key(output: Output, as_json: AsJson = False) -> None:
    """Make an Ed25519 key to sign heads with."""
    from standto.desk import recording

    finish(Screen(as_json=as_json), recording.key(output))


@app.command()
def export(output: Output, record: RecordPlace = "", as_json: AsJson = False) -> None:
    """Write all entries as JSON Lines, with their hashes."""
    from standto.desk import recording

    finish(Screen(as_json=as_json), recording.export(require_place(record), output))


@app.command(name="import")
def bring_in(
    file: Annotated[Path, typer.Argument(help="An exported record, or history without hashes (.jsonl).")],
    record: RecordPlace = "",
    as_json: AsJson = False,
) -> None:
    """Bring in an exported record with its hashes, or history under its public dates."""
    from standto.desk import recording

    finish(Screen(as_json=as_json), recording.bring_in(require_place(record), file))


@app.command()
def copy(
    to: Annotated[str, typer.Argument(metavar="TO", help="A file, or postgresql://...")],
    record: RecordPlace = "",
    as_json: AsJson = False,
) -> None:
    """Copy a record to another place, hashes and all."""
    from standto.desk import recording

    finish(Screen(as_json=as_json), recording.copy(require_place(record), to))
