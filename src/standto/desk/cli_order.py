"""`standto order`: movement orders, what is reported of them, and when they will be closed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from standto.desk.envelope import envelope
from standto.desk.options import AsJson, At, By, CommandId, RecordPlace, Why, finish, require_place
from standto.desk.screen import Screen

if TYPE_CHECKING:
    from standto.ledger.command import Command

app = typer.Typer(help="Who is ordered to move, and how far they have come.", no_args_is_help=True)

OrderId = Annotated[str, typer.Argument(metavar="ORDER", help="Id of the movement order.")]


@app.command()
def move(
    order: OrderId,
    unit: Annotated[str, typer.Option("--unit", help="Unit or package that moves.")],
    people: Annotated[int, typer.Option("--people", help="How many people of it.")],
    to: Annotated[str, typer.Option("--to", metavar="PLACE", help="Where to.")],
    on: Annotated[str, typer.Option("--on", metavar="TIME", help="From when people may leave.")],
    by: By,
    from_: Annotated[str, typer.Option("--from", metavar="PLACE", help="Where from.")] = "",
    under: Annotated[
        str, typer.Option("--under", metavar="DECISION", help="Blank = one that covers it.")
    ] = "",
    override_by: Annotated[
        str,
        typer.Option(metavar="OFFICE", help="Emergency: on whose authority; --why and --review go with it."),
    ] = "",
    review: Annotated[str, typer.Option(metavar="TIME", help="Emergency: when it is looked at again.")] = "",
    source: Annotated[str, typer.Option("--source", help="Where that is published.")] = "",
    why: Why = "",
    id_: CommandId = "",
    at: At = "",
    record: RecordPlace = "",
    as_json: AsJson = False,
) -> None:
    """Order a unit to move, if a decision covers it; else it is refused with the part that is not covered."""
    from standto.decide.commands import GiveOrder
    from standto.desk.inputs import read_instant
    from standto.desk.options import at_of

    command = GiveOrder(
        order=order,
        unit=unit,
        people=people,
        origin=from_,
        destination=to,
        from_at=read_instant(on),
        decision=under,
        authority=override_by,
        review_at=at_of(review),
        source=source,
        **envelope(id_, by, why, at),
    )
    _carry(record, command, as_json, order)


@app.command()
def may(
    unit: Annotated[str, typer.Option("--unit", help="Unit or package that would move.")],
    to: Annotated[str, typer.Option("--to", metavar="PLACE", help="Where to.")],
    people: Annotated[int, typer.Option("--people", help="How many people of it.")] = 1,
    on: Annotated[
        str, typer.Option("--on", metavar="TIME", help="When they would leave; blank = then.")
    ] = "",
    under: Annotated[str, typer.Option("--under", metavar="DECISION", help="Blank = any.")] = "",
    as_of: Annotated[str, typer.Option("--as-of", metavar="TIME", help="As it was known then.")] = "",
    record: RecordPlace = "",
    as_json: AsJson = False,
) -> None:
    """Ask whether an order would be covered, and by what; exit code 1 and the missing part where not."""
    from standto.desk import ordering
    from standto.desk.options import at_of

    answer = ordering.may(
        require_place(record), unit, people, to, on=at_of(on), decision=under, as_of=at_of(as_of)
    )
    finish(Screen(as_json=as_json), answer)


@app.command()
def cancel(
    order: OrderId,
    by: By,
    why: Why,
    id_: CommandId = "",
    at: At = "",
    record: RecordPlace = "",
    as_json: AsJson = False,
) -> None:
    """Let nobody depart any more under an order."""
    from standto.decide.commands import CancelOrder

    _carry(record, CancelOrder(order=order, **envelope(id_, by, why, at)), as_json, order)


@app.command()
def review(
    order: OrderId,
    outcome: Annotated[Literal["upheld", "ended"], typer.Argument(help="What the review found.")],
    by: By,
    why: Why,
    id_: CommandId = "",
    at: At = "",
    record: RecordPlace = "",
    as_json: AsJson = False,
) -> None:
    """Look at an emergency override again: uphold it, or end it and stop its order."""
    from standto.decide.commands import ReviewOverride

    command = ReviewOverride(order=order, outcome=outcome, **envelope(id_, by, why, at))
    _carry(record, command, as_json, order)


@app.command()
def report(
    order: OrderId,
    what: Annotated[Literal["departed", "arrived", "delayed"], typer.Argument(help="What happened.")],
    by: By,
    when: Annotated[str, typer.Option("--when", metavar="TIME", help="When it happened; blank = now.")] = "",
    people: Annotated[int | None, typer.Option(min=1, help="How many; blank = not known.")] = None,
    place: Annotated[str, typer.Option(help="Where; blank = as ordered.")] = "",
    hours: Annotated[float, typer.Option(help="Hours lost.")] = 0.0,
    last: Annotated[bool, typer.Option("--last", help="All are there now.")] = False,
    vehicle: Annotated[str, typer.Option(help="Vehicle of the plan that it is about.")] = "",
    stop: Annotated[int, typer.Option(min=0, help="Its stop, counted from 1.")] = 0,
    source: Annotated[str, typer.Option("--source", help="Where that is published.")] = "",
    why: Why = "",
    id_: CommandId = "",
    at: At = "",
    record: RecordPlace = "",
    as_json: AsJson = False,
) -> None:
    """Report a departure, an arrival or a loss of time."""
    from standto.decide.commands import ReportMovement
    from standto.desk.options import at_of

    command = ReportMovement(
        order=order,
        what=what,
        happened_at=at_of(when),
        people=people,
        place=place,
        hours=hours,
        last=last,
        vehicle=vehicle,
        stop=stop,
        source=source,
        **envelope(id_, by, why, at or when),
    )
    _carry(record, command, as_json, order)


@app.command()
def show(
    order: Annotated[str, typer.Argument(metavar="[ORDER]", help="One only; blank = all.")] = "",
    as_of: Annotated[str, typer.Option("--as-of", metavar="TIME", help="As it was known then.")] = "",
    record: RecordPlace = "",
    as_json: AsJson = False,
) -> None:
    """Show orders, on what they rest, and how far they have come."""
    from standto.desk import ordering
    from standto.desk.options import at_of

    answer = ordering.show(require_place(record), order, as_of=at_of(as_of))
    finish(Screen(as_json=as_json), answer)


@app.command()
def forecast(
    path: Annotated[Path, typer.Argument(help="Scenario, or problem file, that was planned.")],
    plan: Annotated[Path, typer.Argument(help="The plan that is carried out.")],
    as_of: Annotated[str, typer.Option("--as-of", metavar="TIME", help="As it was known then.")] = "",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write the plan as it stands now.")
    ] = None,
    record: RecordPlace = "",
    as_json: AsJson = False,
) -> None:
    """Say when all will be in place, by the plan re-timed with what was reported."""
    from standto.desk import forecasting
    from standto.desk.options import at_of

    answer = forecasting.forecast(require_place(record), path, plan, as_of=at_of(as_of), output=output)
    finish(Screen(as_json=as_json), answer)


def _carry(record: str, command: Command, as_json: bool, order: str) -> None:
    from standto.desk import ordering

    finish(Screen(as_json=as_json), ordering.carry(require_place(record), command, order))
