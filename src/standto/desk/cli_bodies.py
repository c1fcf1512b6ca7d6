"""`standto decide body` and what goes with it: bodies, their units, leave to raise readiness."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from standto.desk.envelope import envelope
from standto.desk.options import AsJson, At, By, CommandId, RecordPlace, Why, finish, require_place
from standto.desk.screen import Screen

if TYPE_CHECKING:
    from standto.ledger.command import Command

app = typer.Typer()

BodyId = Annotated[str, typer.Argument(metavar="BODY", help="Id of the body.")]
Packages = Annotated[list[str], typer.Option("--package", help="Packages; repeat or separate by commas.")]
Until = Annotated[str, typer.Option("--until", metavar="TIME", help="2022-02-25T12:00Z or 251200ZFEB22.")]


@app.command()
def body(
    body: BodyId,
    name: Annotated[str, typer.Option("--name", help="Name of the body.")],
    rule: Annotated[
        Literal["consensus", "majority", "single", "none"],
        typer.Option("--rule", help="How it decides; none: it only consults."),
    ],
    by: By,
    chair: Annotated[str, typer.Option("--chair", help="Office that puts, closes and withdraws.")] = "",
    member: Annotated[
        list[str] | None, typer.Option("--member", help="A member, or ID:PEOPLE; repeat for more.")
    ] = None,
    package: Annotated[
        list[str] | None, typer.Option("--package", help="ID=UNIT,UNIT that it decides for; * is every unit.")
    ] = None,
    emergency: Annotated[
        list[str] | None, typer.Option("--emergency", help="Office that may override in an emergency.")
    ] = None,
    quorum: Annotated[float, typer.Option(help="Share of members to be represented.")] = 0.0,
    members_share: Annotated[
        float, typer.Option(help="Majority: share of members; 0.5 = more than half.")
    ] = 0.5,
    people_share: Annotated[float, typer.Option(help="Majority: share of people.")] = 0.0,
    blocking_members: Annotated[
        int, typer.Option(help="Majority: fewer than so many cannot block by people.")
    ] = 0,
    why: Why = "",
    id_: CommandId = "",
    at: At = "",
    record: RecordPlace = "",
    as_json: AsJson = False,
) -> None:
    """Put a body on record: its members, its rule, and the units it decides for."""
    from standto.decide.body import Body, Rule
    from standto.decide.commands import FoundBody
    from standto.desk import terms
    from standto.desk.carrying import made, parts

    shares = {"quorum": quorum, "members_share": members_share, "people_share": people_share}
    decides = made(lambda: Rule(how=rule, blocking_members=blocking_members, **shares))
    founded = Body(
        id=body,
        name=name,
        rule=decides,
        chair=chair,
        members=tuple(terms.member(text) for text in member or ()),
        packages=tuple(terms.package(text) for text in package or ()),
        emergency=parts(emergency),
    )
    _carry(record, FoundBody(body=founded, **envelope(id_, by, why, at)), as_json)


@app.command()
def assign(
    body: BodyId,
    package: Annotated[str, typer.Argument(metavar="PACKAGE", help="ID=UNIT,UNIT; * is every unit.")],
    by: By,
    why: Why = "",
    id_: CommandId = "",
    at: At = "",
    record: RecordPlace = "",
    as_json: AsJson = False,
) -> None:
    """Let a body decide for the units of a package."""
    from standto.decide.commands import AssignPackage
    from standto.desk import terms

    command = AssignPackage(body=body, package=terms.package(package), **envelope(id_, by, why, at))
    _carry(record, command, as_json)


@app.command()
def delegate(
    body: BodyId,
    office: Annotated[str, typer.Argument(metavar="OFFICE", help="Who may raise readiness.")],
    package: Packages,
    by: By,
    posture: Annotated[list[str] | None, typer.Option(help="Only to these postures.")] = None,
    people: Annotated[int | None, typer.Option(min=0, help="At most so many people.")] = None,
    until: Until = "",
    why: Why = "",
    id_: CommandId = "",
    at: At = "",
    record: RecordPlace = "",
    as_json: AsJson = False,
) -> None:
    """Let an office raise readiness on its own; nobody can be let move units."""
    from standto.decide.commands import DelegateReadiness
    from standto.desk.carrying import parts
    from standto.desk.options import at_of

    command = DelegateReadiness(
        body=body,
        office=office,
        packages=parts(package),
        postures=parts(posture),
        people=people,
        until=at_of(until),
        **envelope(id_, by, why, at),
    )
    _carry(record, command, as_json)


@app.command()
def revoke(
    body: BodyId,
    office: Annotated[str, typer.Argument(metavar="OFFICE", help="Who may no longer raise readiness.")],
    by: By,
    why: Why = "",
    id_: CommandId = "",
    at: At = "",
    record: RecordPlace = "",
    as_json: AsJson = False,
) -> None:
    """Take back from an office that it may raise readiness on its own."""
    from standto.decide.commands import RevokeDelegation

    _carry(record, RevokeDelegation(body=body, office=office, **envelope(id_, by, why, at)), as_json)


def _carry(record: str, command: Command, as_json: bool) -> None:
    from standto.desk.carrying import carry_out

    finish(Screen(as_json=as_json), carry_out(require_place(record), command))
