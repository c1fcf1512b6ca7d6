"""`standto alert` and `standto readiness`: who is told to get ready, and when they are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from standto.desk.options import (
    AsJson,
    At,
    By,
    CommandId,
    RecordPlace,
    Why,
    at_of,
    finish,
    id_of,
    require_place,
)
from standto.desk.screen import Screen

if TYPE_CHECKING:
    from standto.desk.alerts import Given

app = typer.Typer(help="Alert orders: who is told to get ready, and what they answer.", no_args_is_help=True)
readiness = typer.Typer(help="When each unit is ready, computed and as reported.")

AlertArgument = Annotated[str, typer.Argument(metavar="ORDER", help="Id of the alert order.")]
UnitArgument = Annotated[str, typer.Argument(help="The unit that answers.")]
Force = Annotated[
    Path | None, typer.Option("--scenario", help="Scenario folder of the force; blank = the record's.")
]
Units = Annotated[str, typer.Option(metavar="ID[,ID...]", help="Units or packages, separated by commas.")]
SomeUnits = Annotated[
    str, typer.Option("--units", metavar="ID[,ID...]", help="Only these; blank = all under the order.")
]
Posture = Annotated[str, typer.Option("--posture", help="The posture ordered.")]
Authority = Annotated[str, typer.Option(help="By whose authority, an office; blank = that of --by.")]
SameAuthority = Annotated[
    str, typer.Option("--authority", help="By whose authority; blank = the order's own.")
]
Decision = Annotated[str, typer.Option(help="The decision it rests on; blank = the one that permits it.")]
Ceiling = Annotated[int | None, typer.Option(min=0, help="At most so many people; blank = no ceiling.")]
Until = Annotated[str, typer.Option(metavar="TIME", help="When it ends by itself; blank = when stood down.")]
ReplyBy = Annotated[str, typer.Option(metavar="TIME", help="When every addressee should have answered.")]
Steps = Annotated[
    Path | None, typer.Option(help="Escalation (.csv, .toml); blank = told, and reminded at 15, 30, 60 min.")
]
Quiet = Annotated[bool, typer.Option("--quiet", help="No escalation: the runner tells nobody.")]
Says = Annotated[str, typer.Option(help="Words for the addressees, or of the answer.")]


@app.callback()
def root() -> None:
    """Alert orders: who is told to get ready, and what they answer."""


@app.command(name="raise")
def raise_(
    alert: AlertArgument,
    units: Units,
    posture: Posture,
    by: By,
    authority: Authority = "",
    decision: Decision = "",
    ceiling: Ceiling = None,
    until: Until = "",
    reply_by: ReplyBy = "",
    steps: Steps = None,
    quiet: Quiet = False,
    says: Says = "",
    scenario: Force = None,
    why: Why = "",
    id_: CommandId = "",
    at: At = "",
    record: RecordPlace = "",
    as_json: AsJson = False,
) -> None:
    """Order units to a higher posture: a new order, or the next version of a standing one."""
    from standto.desk import alerts

    order = alerts.Order(
        alert,
        _names(units),
        posture,
        authority,
        decision,
        ceiling,
        at_of(until),
        at_of(reply_by),
        steps,
        quiet,
        says,
    )
    finish(Screen(as_json=as_json), alerts.raise_alert(_given(record, by, why, id_, at, scenario), order))


@app.command()
def supersede(
    old: Annotated[str, typer.Argument(metavar="OLD", help="The order that is replaced.")],
    alert: AlertArgument,
    units: Units,
    posture: Posture,
    by: By,
    authority: Authority = "",
    decision: Decision = "",
    ceiling: Ceiling = None,
    until: Until = "",
    reply_by: ReplyBy = "",
    steps: Steps = None,
    quiet: Quiet = False,
    says: Says = "",
    scenario: Force = None,
    why: Why = "",
    id_: CommandId = "",
    at: At = "",
    record: RecordPlace = "",
    as_json: AsJson = False,
) -> None:
    """Replace a standing order by a new one, in one go."""
    from standto.desk import alerts

    order = alerts.Order(
        alert,
        _names(units),
        posture,
        authority,
        decision,
        ceiling,
        at_of(until),
        at_of(reply_by),
        steps,
        quiet,
        says,
    )
    given = _given(record, by, why, id_, at, scenario)
    finish(Screen(as_json=as_json), alerts.raise_alert(given, order, supersedes=old))


@app.command()
def extend(
    alert: AlertArgument,
    by: By,
    units: Annotated[
        str, typer.Option("--units", metavar="ID[,ID...]", help="More units; blank = none.")
    ] = "",
    until: Annotated[str, typer.Option(metavar="TIME", help="The later end; blank = as it was.")] = "",
    authority: SameAuthority = "",
    scenario: Force = None,
    why: Why = "",
    id_: CommandId = "",
    at: At = "",
    record: RecordPlace = "",
    as_json: AsJson = False,
) -> None:
    """Extend a standing order to more units, to a later end, or both."""
    from standto.desk import alerts

    given = _given(record, by, why, id_, at, scenario)
    answer = alerts.extend(given, alert, units=_names(units), until=at_of(until), authority=authority)
    finish(Screen(as_json=as_json), answer)


@app.command()
def lower(
    alert: AlertArgument,
    posture: Posture,
    by: By,
    units: SomeUnits = "",
    authority: SameAuthority = "",
    scenario: Force = None,
    why: Why = "",
    id_: CommandId = "",
    at: At = "",
    record: RecordPlace = "",
    as_json: AsJson = False,
) -> None:
    """Bring units under an order down to a lower posture above the first."""
    from standto.desk import alerts

    given = _given(record, by, why, id_, at, scenario)
    answer = alerts.lower(given, alert, units=_names(units), to=posture, authority=authority)
    finish(Screen(as_json=as_json), answer)


@app.command(name="stand-down")
def stand_down(
    alert: AlertArgument,
    by: By,
    units: SomeUnits = "",
    authority: SameAuthority = "",
    why: Why = "",
    id_: CommandId = "",
    at: At = "",
    record: RecordPlace = "",
    as_json: AsJson = False,
) -> None:
    """Release units from an order; with the last of them it ends."""
    from standto.desk import alerts

    given = _given(record, by, why, id_, at, None)
    answer = alerts.stand_down(given, alert, units=_names(units), authority=authority)
    finish(Screen(as_json=as_json), answer)


@app.command()
def ack(
    alert: AlertArgument,
    unit: UnitArgument,
    by: By,
    why: Why = "",
    id_: CommandId = "",
    at: At = "",
    record: RecordPlace = "",
    as_json: AsJson = False,
) -> None:
    """Acknowledge an order for a unit; its reminders stop."""
    from standto.desk import alerts

    answer = alerts.acknowledge(_given(record, by, why, id_, at, None), alert, unit)
    finish(Screen(as_json=as_json), answer)


@app.command()
def answer(
    alert: AlertArgument,
    unit: UnitArgument,
    said: Annotated[
        Literal["yes", "caveat", "awaiting", "no"],
        typer.Argument(metavar="ANSWER", help="yes, caveat, awaiting (national approval) or no."),
    ],
    by: By,
    says: Says = "",
    until: Annotated[
        str, typer.Option(metavar="TIME", help="Of awaiting: until when approval is awaited.")
    ] = "",
    why: Why = "",
    id_: CommandId = "",
    at: At = "",
    record: RecordPlace = "",
    as_json: AsJson = False,
) -> None:
    """Answer an order for a unit: yes, yes with a caveat, awaiting national approval, or no."""
    from standto.desk import alerts

    given = _given(record, by, why, id_, at, None)
    finish(Screen(as_json=as_json), alerts.answer(given, alert, unit, said, says=says, until=at_of(until)))


@app.command()
def status(
    alert: Annotated[str, typer.Argument(metavar="[ORDER]", help="Only this order, with everybody.")] = "",
    record: RecordPlace = "",
    as_json: AsJson = False,
) -> None:
    """Show who is on alert, what they answered, and what became of every message."""
    from standto.desk import alerts

    finish(Screen(as_json=as_json), alerts.status(require_place(record), alert))


@app.command()
def run(
    contacts: Annotated[Path, typer.Option(help="Contact list: channels of offices (.csv, .toml).")],
    by: By,
    once: Annotated[bool, typer.Option("--once", help="One pass, then end.")] = False,
    every: Annotated[float, typer.Option(min=0.1, max=3600, help="Seconds to look again at most.")] = 5.0,
    scenario: Force = None,
    record: RecordPlace = "",
    as_json: AsJson = False,
) -> None:
    """Run the timers: tell, remind and escalate until everybody has answered. Ctrl-C ends it."""
    from standto.desk.alert_run import run as run_timers

    screen = Screen(as_json=as_json)
    answer = run_timers(
        require_place(record),
        contacts=contacts,
        by=by,
        scenario=scenario,
        once=once,
        every_s=every,
        screen=screen,
    )
    finish(screen, answer)


@readiness.callback(invoke_without_command=True)
def show(
    context: typer.Context,
    ordered_at: Annotated[
        str, typer.Option("--ordered-at", metavar="TIME", help="If ordered to move then; blank = now.")
    ] = "",
    units: Annotated[str, typer.Option("--units", metavar="ID[,ID...]", help="Only these units.")] = "",
    variant: Annotated[
        str | None, typer.Option(help="A variant of the scenario, such as one without its own alerts.")
    ] = None,
    scenario: Force = None,
    record: RecordPlace = "",
    as_json: AsJson = False,
) -> None:
    """Show when each unit is ready if ordered now or at a time, its critical task, and what is late."""
    if context.invoked_subcommand is not None:
        return
    from standto.desk import readying

    answer = readying.show(
        require_place(record),
        scenario=scenario,
        ordered_at=at_of(ordered_at),
        units=_names(units),
        variant=variant,
    )
    finish(Screen(as_json=as_json), answer)


@readiness.command()
def report(
    unit: Annotated[str, typer.Argument(help="The unit that reports.")],
    hours: Annotated[float, typer.Option(min=0, help="Hours to ready if ordered to move.")],
    by: By,
    done: Annotated[
        str | None,
        typer.Option(metavar="TASK[,TASK...]", help="Tasks it has done; left out = nothing said."),
    ] = None,
    says: Says = "",
    scenario: Force = None,
    why: Why = "",
    id_: CommandId = "",
    at: At = "",
    record: RecordPlace = "",
    as_json: AsJson = False,
) -> None:
    """Record what a unit reports of its readiness; it never replaces what the clock computes."""
    from standto.desk import readying

    given = _given(record, by, why, id_, at, scenario)
    tasks = None if done is None else _names(done)
    finish(Screen(as_json=as_json), readying.report(given, unit, left_h=hours, done=tasks, says=says))


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.replace(",", " ").replace(";", " ").split())


def _given(record: str, by: str, why: str, id_: str, at: str, scenario: Path | None) -> Given:
    from standto.desk.alerts import Given

    return Given(require_place(record), by, why, id_of(id_), at_of(at), scenario)
