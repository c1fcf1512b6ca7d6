"""The `standto` command: options in, one answer out; the work is done elsewhere and imported when needed."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NoReturn, cast

import typer

from standto.desk.answer import Answer
from standto.desk.screen import Screen
from standto.errors import EXIT_BAD_INPUT, StandtoError, UsageError

if TYPE_CHECKING:
    from datetime import datetime

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
PathArgument = Annotated[
    Path, typer.Argument(help="Scenario folder or workbook, or problem file (.json, .json.gz).")
]
ScenarioArgument = Annotated[Path, typer.Argument(help="Scenario folder or workbook (.xlsx).")]
PlanArgument = Annotated[Path, typer.Argument(help="Plan file (.json, .json.gz).")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document instead of text.")]
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
Strict = Annotated[bool, typer.Option("--strict", help="Treat warnings as errors.")]


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
def check(path: PathArgument, strict: Strict = False, as_json: AsJson = False) -> None:
    """List every fault of a scenario or a problem file, and what to do about each."""
    from standto.desk.checking import check_path

    _finish(Screen(as_json=as_json), check_path(path, strict=strict))


@app.command()
def new(
    name: Annotated[str, typer.Argument(help="Name of the new scenario and its folder.")],
    into: Annotated[Path, typer.Option(help="Folder to make it in.")] = Path(),
    as_json: AsJson = False,
) -> None:
    """Write a small working scenario folder to start from."""
    from standto.desk import checking

    _finish(Screen(as_json=as_json), checking.new(name, parent=into))


@app.command()
def problem(
    scenario: ScenarioArgument,
    output: Output,
    decide_at: DecideAt = "",
    variant: Variant = None,
    without: Without = None,
    goal: Goal = None,
    as_json: AsJson = False,
) -> None:
    """Build a scenario's lift problem (`standto-lift/1`)."""
    from standto.desk import checking

    found = _found_once(scenario, decide_at, variant, without)
    _finish(Screen(as_json=as_json), checking.problem(output, found=found, goal=goal))


@app.command()
def bound(
    path: PathArgument,
    seconds: Annotated[
        float | None, typer.Option(min=0.0, help="At most so long; blank = as long as it takes.")
    ] = None,
    goal: Goal = None,
    as_json: AsJson = False,
) -> None:
    """Prove what no plan can beat, and say which resource makes it so."""
    from standto.desk import bounding

    screen = Screen(as_json=as_json)
    _finish(screen, bounding.bound(path, seconds=seconds, goal=goal, screen=screen))


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
    as_json: AsJson = False,
) -> None:
    """Plan the movement, and print the proven bound beside it. Ctrl-C keeps the best so far."""
    from standto.desk import planning, telling

    screen = Screen(as_json=as_json)
    options = planning.PlanOptions(seconds, rounds, seed, goal, patience, workers)
    found, times = _found(path, decide_at, variant, without, goal)
    if len(times) > 1:
        answer = telling.closure_against_decision(
            output, found=found, times=times, options=options, screen=screen
        )
    else:
        answer = planning.plan(output, options=options, found=found, screen=screen)
    _finish(screen, answer)


@app.command()
def verify(
    path: PathArgument,
    plan: PlanArgument,
    decide_at: DecideAt = "",
    variant: Variant = None,
    without: Without = None,
    as_json: AsJson = False,
) -> None:
    """Judge a plan by every rule of the format; exit code 1 where one is broken."""
    from standto.desk import planning

    found = _found_once(path, decide_at, variant, without)
    _finish(Screen(as_json=as_json), planning.verify(plan, found=found))


@app.command()
def brief(
    path: PathArgument,
    output: Output,
    plan: Annotated[Path | None, typer.Option(help="Brief this plan instead of planning.")] = None,
    seconds: Seconds = 30.0,
    rounds: Rounds = None,
    seed: Seed = 0,
    workers: Workers = 2,
    goal: Goal = None,
    decide_at: DecideAt = "",
    variant: Variant = None,
    without: Without = None,
    as_json: AsJson = False,
) -> None:
    """Write the brief, one HTML file: what is in place when, the bound, the value of the alert."""
    from standto.desk import planning, telling

    screen = Screen(as_json=as_json)
    options = planning.PlanOptions(seconds, rounds, seed, goal, workers=workers)
    found, times = _found(path, decide_at, variant, without, goal)
    answer = telling.brief(output, found=found, plan_path=plan, times=times, options=options, screen=screen)
    _finish(screen, answer)


@app.command()
def compare(
    paths: Annotated[
        list[Path], typer.Argument(metavar="P PLAN [P2] PLAN2", help="Problems and their plans.")
    ],
    as_json: AsJson = False,
) -> None:
    """Say what differs between two plans, and what made the difference."""
    from standto.desk import telling

    _finish(Screen(as_json=as_json), telling.compare(paths))


@app.command()
def export(
    path: PathArgument,
    plan: PlanArgument,
    output: Output,
    decide_at: DecideAt = "",
    variant: Variant = None,
    without: Without = None,
    as_json: AsJson = False,
) -> None:
    """Write the movement tables by unit and by vehicle, as F.xlsx or as a folder of CSV files."""
    from standto.desk import telling

    found = _found_once(path, decide_at, variant, without)
    _finish(Screen(as_json=as_json), telling.export(plan, output, found=found))


@app.command(name="warm-up")
def warm_up() -> None:
    """Compile the planner once, so that the first plan does not wait for it."""
    from standto.desk.warm import warm_up as compile_all

    compile_all(lambda text: print(text, file=sys.stderr))


def _found(
    path: Path, decide_at: str, variant: str | None, without: list[str] | None, goal: Goal = None
) -> tuple[Input, tuple[datetime, ...]]:
    """What a command works on, decided at the one time given, and the times; several leave it as it is."""
    from standto.desk.inputs import is_scenario, read_input, read_instants

    times = read_instants(decide_at)
    only = times[0] if len(times) == 1 else None
    if len(times) > 1 and not is_scenario(path):
        raise UsageError("--decide-at needs a scenario", fix="give the scenario folder, not a problem file")
    found = read_input(path, decide_at=only, variant=variant, without=tuple(without or ()), goal=goal)
    return found, times


def _found_once(path: Path, decide_at: str, variant: str | None, without: list[str] | None) -> Input:
    """The same for a command that takes one time of decision."""
    found, times = _found(path, decide_at, variant, without)
    if len(times) > 1:
        raise UsageError(
            "--decide-at takes one time here", fix="give several to `standto plan` or `standto brief`"
        )
    return found


def _finish(screen: Screen, answer: Answer) -> NoReturn:
    screen.show(answer)
    raise typer.Exit(answer.exit_code)


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
