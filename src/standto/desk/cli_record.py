"""`standto record`: begin, show and prove a record."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from standto.desk.answer import Answer
from standto.desk.options import AsJson, By, RecordPlace, Why, finish, require_place
from standto.desk.screen import Screen

app = typer.Typer(help="The record: what happened, by whom, when and why.", no_args_is_help=True)


@app.callback()
def root() -> None:
    """The record: what happened, by whom, when and why."""


@app.command()
def init(
    name: Annotated[str, typer.Option("--name", help="What the record is called.")],
    by: By,
    nature: Annotated[Literal["exercise", "real"], typer.Option(help="Exercise or real.")] = "exercise",
    scenario: Annotated[str, typer.Option(help="The scenario whose units it speaks of.")] = "",
    why: Why = "",
    record: RecordPlace = "",
    as_json: AsJson = False,
) -> None:
    """Begin a record where none is."""
    from standto.desk.record import Record

    place = require_place(record)
    with Record.create(place, name=name, nature=nature, by=by, why=why, scenario=scenario) as made:
        opening = made.opening
    answer = Answer([opening.banner, f"began {place}"], {"record": place, "banner": opening.banner})
    finish(Screen(as_json=as_json), answer)
