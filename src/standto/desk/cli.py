"""The `standto` command: options in, one answer out; the work is done elsewhere and imported when needed."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NoReturn, cast

import typer

from standto.desk import cli_alert, cli_decide, cli_order, cli_record
from standto.desk.options import AsJson, finish, told
from standto.desk.screen import Screen
from standto.errors import EXIT_BAD_INPUT, StandtoError, UsageError

if TYPE_CHECKING:
    from datetime import datetime

    from standto.desk.as_recorded import AsRecorded
    from standto.desk.inputs import Input

EXIT_INTERRUPTED = 130
"""Of a command that Ctrl-C ended with nothing to keep, as shells have it."""

app = typer.Typer(
    help="Standing response forces: who is ready, what an alert buys, what moves when, with a proven bound.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

BAD_USE = cast("type[typer.BadParameter]", typer.BadParameter.__mro__[1])
"""What the command line raises for any bad use; it has no public name in every version."""
PATH_HELP = "Scenario folder or workbook, or problem file (.json, .json.gz)."
PathArgument = Annotated[Path, typer.Argument(help=PATH_HELP)]
ScenarioArgument = Annotated[Path, typer.Argument(help="Scenario folder or workbook (.xlsx).")]
PlanArgument = Annotated[Path, typer.Argument(help="Plan file (.json, .json.gz).")]
Goal = Annotated[
    Literal["lateness", "closure"] | None, typer.Option(help="What to minimise first; blank = the problem's.")
]
Seconds = Annotated[
    float, typer.Option(min=0.0, max=1e6, help="Seconds to search; the bound is proven within them.")
]
Rounds = Annotated[
    int | None, typer.Option(min=0, help="Search so many rounds instead of seconds: the same everywhere.")
]
Patience = Annotated[
    float | None,
    typer.Option(min=0.1, max=1e6, help="Stop early when nothing has got better for so many seconds."),
]
Seed = Annotated[int, typer.Option(min=0, max=2**32 - 1, help="Seed of the search.")]
Workers = Annotated[
    int,
    typer.Option(
        min=1, max=64, help="Threads that search side by side; same seed, rounds and workers, same plan."
    ),
]
DecideAt = Annotated[
    str, typer.Option(metavar="TIME[,TIME...]", help="Move C-hour: 2022-02-25T12:00Z or 251200ZFEB22.")
]
Variant = Annotated[str | None, typer.Option(help="A variant that scenario.toml names.")]
Without = Annotated[
    list[str] | None, typer.Option("--without-alert", help="Leave out this alert; repeat for more.")
]
Output = Annotated[Path, typer.Option("--output", "-o", help="Where to write.")]
FromRecord = Annotated[
    str,
    typer.Option("--record", help="Take alerts and decisions from this record: a file, or postgresql://..."),
]
AsOf = Annotated[
    str, typer.Option("--as-of", metavar="TIME", help="The record as it was known then; blank = now.")
]
Effective = Annotated[
    bool, typer.Option("--effective", help="With --as-of: by when it took effect, as is known now.")
]
Strict = Annotated[bool, typer.Option("--strict", help="Treat warnings as errors.")]


app.add_typer(cli_alert.app, name="alert")
app.add_typer(cli_alert.readiness, name="readiness")
app.add_typer(cli_record.app, name="record")
app.add_typer(cli_decide.app, name="decide")
app.add_typer(cli_order.app, name="order")


def version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version as installed

        print(f"standto {installed('standto')}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Standing response forces: who is ready, what an alert buys, what moves when, with a proven bound."""


@app.command()
def check(
    path: PathArgument,
    strict: Strict = False,
    record: FromRecord = "",
    as_of: AsOf = "",
    effective: Effective = False,
    as_json: AsJson = False,
) -> None:
    """List every fault of a scenario or a problem file, and what to do about each."""
    from standto.desk.checking import check_path

    recorded = _recorded(record, as_of, effective)
    finish(Screen(as_json=as_json), told(check_path(path, strict=strict, recorded=recorded), recorded))


@app.command()
def new(
    name: Annotated[str, typer.Argument(help="Name of the new scenario and its folder.")],
    into: Annotated[Path, typer.Option(help="Folder to make it in.")] = Path(),
    as_json: AsJson = False,
) -> None:
    """Write a small working scenario folder to start from."""
    from standto.desk import checking

    finish(Screen(as_json=as_json), checking.new(name, parent=into))


@app.command()
def problem(
    scenario: ScenarioArgument,
    output: Output,
    decide_at: DecideAt = "",
    variant: Variant = None,
    without: Without = None,
    goal: Goal = None,
    record: FromRecord = "",
    as_of: AsOf = "",
    effective: Effective = False,
    as_json: AsJson = False,
) -> None:
    """Build a scenario's lift problem (`standto-lift/1`)."""
    from standto.desk import checking

    recorded = _recorded(record, as_of, effective)
    found = _found_once(scenario, decide_at, variant, without, recorded)
    finish(Screen(as_json=as_json), told(checking.problem(output, found=found, goal=goal), recorded))


@app.command()
def bound(
    path: PathArgument,
    seconds: Annotated[
        float | None, typer.Option(min=0.0, help="At most so long; blank = as long as it takes.")
    ] = None,
    goal: Goal = None,
    record: FromRecord = "",
    as_of: AsOf = "",
    effective: Effective = False,
    as_json: AsJson = False,
) -> None:
    """Prove what no plan can beat, and say which resource makes it so."""
    from standto.desk import bounding

    screen = Screen(as_json=as_json)
    recorded = _recorded(record, as_of, effective)
    answer = bounding.bound(path, seconds=seconds, goal=goal, screen=screen, recorded=recorded)
    finish(screen, told(answer, recorded))


@app.command()
def plan(
    path: PathArgument,
    output: Output,
    seconds: Seconds = 20.0,
    rounds: Rounds = None,
    patience: Patience = None,
    seed: Seed = 0,
    workers: Workers = 2,
    goal: Goal = None,
    decide_at: DecideAt = "",
    variant: Variant = None,
    without: Without = None,
    record: FromRecord = "",
    as_of: AsOf = "",
    effective: Effective = False,
    as_json: AsJson = False,
) -> None:
    """Plan the movement, and print the proven bound beside it. Ctrl-C keeps the best so far."""
    from standto.desk import planning, telling

    screen = Screen(as_json=as_json)
    options = planning.PlanOptions(seconds, rounds, seed, goal, patience, workers)
    recorded = _recorded(record, as_of, effective)
    found, times = _found(path, decide_at, variant, without, goal, recorded)
    if len(times) > 1:
        answer = telling.closure_against_decision(
            output, found=found, times=times, options=options, screen=screen
        )
    else:
        answer = planning.plan(output, options=options, found=found, screen=screen)
    finish(screen, told(answer, recorded))


@app.command()
def verify(
    path: PathArgument,
    plan: PlanArgument,
    decide_at: DecideAt = "",
    variant: Variant = None,
    without: Without = None,
    record: FromRecord = "",
    as_of: AsOf = "",
    effective: Effective = False,
    as_json: AsJson = False,
) -> None:
    """Judge a plan by every rule of the format; exit code 1 where one is broken."""
    from standto.desk import planning

    recorded = _recorded(record, as_of, effective)
    found = _found_once(path, decide_at, variant, without, recorded)
    finish(Screen(as_json=as_json), told(planning.verify(plan, found=found), recorded))


@app.command()
def brief(
    output: Output,
    path: Annotated[Path | None, typer.Argument(help=PATH_HELP, show_default=False)] = None,
    plan: Annotated[Path | None, typer.Option(help="Brief this plan instead of planning.")] = None,
    pdf: Annotated[
        bool, typer.Option("--pdf", help="Write brief.pdf too: A4, accessible (PDF/UA-1).")
    ] = False,
    md: Annotated[bool, typer.Option("--md", help="Write brief.md too.")] = False,
    png: Annotated[Path | None, typer.Option(help="Write a slide for each section into this folder.")] = None,
    seconds: Seconds = 30.0,
    rounds: Rounds = None,
    seed: Seed = 0,
    workers: Workers = 2,
    goal: Goal = None,
    decide_at: DecideAt = "",
    variant: Variant = None,
    without: Without = None,
    record: FromRecord = "",
    as_of: AsOf = "",
    effective: Effective = False,
    audience: Annotated[
        str, typer.Option(metavar="TEXT", help="For whom it is, shown beside its date.")
    ] = "",
    compare: Annotated[
        tuple[Path, Path, Path, Path] | None,
        typer.Option(
            metavar="P_A PLAN_A P_B PLAN_B",
            help="Lay two plans side by side instead: compare.html says who gains, who loses, and why.",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write the brief, one HTML file: what is in place when, the bound, the value of the alert."""
    from standto.brief.files import Forms
    from standto.desk import planning, telling

    screen = Screen(as_json=as_json)
    forms = Forms(pdf, md, png)
    options = planning.PlanOptions(seconds, rounds, seed, goal, workers=workers)
    if compare is not None:
        from standto.desk import comparing

        beside: dict[str, object] = {"PATH": path, "--plan": plan, "--decide-at": decide_at, "--goal": goal}
        beside |= {"--variant": variant, "--without-alert": without}
        beside |= {"--record": record, "--as-of": as_of, "--effective": effective}
        comparing.refuse_beside(beside)
        finish(screen, comparing.brief(output, compare, options, screen, audience=audience, forms=forms))
        return
    if path is None:
        raise UsageError("brief needs a PATH, or --compare", fix="see standto brief --help")
    recorded = _recorded(record, as_of, effective)
    found, times = _found(path, decide_at, variant, without, goal, recorded)
    answer = telling.brief(
        output,
        found=found,
        plan_path=plan,
        times=times,
        options=options,
        screen=screen,
        audience=audience,
        forms=forms,
    )
    finish(screen, told(answer, recorded))


@app.command()
def compare(
    paths: Annotated[
        list[Path], typer.Argument(metavar="P PLAN [P2] PLAN2", help="Problems and their plans.")
    ],
    as_json: AsJson = False,
) -> None:
    """Say what differs between two plans, and what made the difference."""
    from standto.desk import telling

    finish(Screen(as_json=as_json), telling.compare(paths))


@app.command()
def export(
    path: PathArgument,
    plan: PlanArgument,
    output: Output,
    decide_at: DecideAt = "",
    variant: Variant = None,
    without: Without = None,
    record: FromRecord = "",
    as_of: AsOf = "",
    effective: Effective = False,
    as_json: AsJson = False,
) -> None:
    """Write the movement tables by unit and by vehicle, as F.xlsx or as a folder of CSV files."""
    from standto.desk import telling

    recorded = _recorded(record, as_of, effective)
    found = _found_once(path, decide_at, variant, without, recorded)
    finish(Screen(as_json=as_json), told(telling.export(plan, output, found=found), recorded))


@app.command(name="warm-up")
def warm_up() -> None:
    """Compile the planner once, so that the first plan does not wait for it."""
    from standto.desk.warm import warm_up as compile_all

    compile_all(lambda text: print(text, file=sys.stderr))


def _recorded(record: str, as_of: str, effective: bool) -> AsRecorded | None:
    """What the record named says at the instant named; None without a record."""
    from standto.desk.options import at_of

    if not record.strip():
        if as_of or effective:
            raise UsageError("--as-of and --effective go with --record", fix="name the record")
        return None
    from standto.desk.as_recorded import AsRecorded

    return AsRecorded.read(record.strip(), at_of(as_of), effective=effective)


def _found(
    path: Path,
    decide_at: str,
    variant: str | None,
    without: list[str] | None,
    goal: Goal = None,
    recorded: AsRecorded | None = None,
) -> tuple[Input, tuple[datetime, ...]]:
    """What a command works on, decided at the one time given, and the times; several leave it as it is."""
    from standto.desk.inputs import is_scenario, read_input, read_instants

    times = read_instants(decide_at)
    only = times[0] if len(times) == 1 else None
    if len(times) > 1 and not is_scenario(path):
        raise UsageError("--decide-at needs a scenario", fix="give the scenario folder, not a problem file")
    found = read_input(
        path, decide_at=only, variant=variant, without=tuple(without or ()), goal=goal, recorded=recorded
    )
    return found, times


def _found_once(
    path: Path,
    decide_at: str,
    variant: str | None,
    without: list[str] | None,
    recorded: AsRecorded | None = None,
) -> Input:
    """The same for a command that takes one time of decision."""
    found, times = _found(path, decide_at, variant, without, recorded=recorded)
    if len(times) > 1:
        raise UsageError(
            "--decide-at takes one time here", fix="give several to `standto plan` or `standto brief`"
        )
    return found


def main() -> NoReturn:
    """Run the command line; every refusal is one message and exit code 2, one JSON document with `--json`."""
    as_json = "--json" in sys.argv
    try:
        if as_json:
            sys.exit(app(standalone_mode=False))
        app()
    except BAD_USE as error:
        Screen(as_json=True).refuse(UsageError(error.format_message(), fix="see standto --help"))
        sys.exit(EXIT_BAD_INPUT)
    except typer.Abort:
        sys.exit(EXIT_INTERRUPTED)
    except StandtoError as error:
        Screen(as_json=as_json).refuse(error)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(EXIT_BAD_INPUT)
    sys.exit(0)
