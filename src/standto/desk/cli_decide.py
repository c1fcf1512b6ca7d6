"""`standto decide`: bodies, consultations, silence, votes, approvals and decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from standto.desk import cli_bodies
from standto.desk.envelope import envelope
from standto.desk.options import AsJson, At, By, CommandId, RecordPlace, Why, finish, require_place
from standto.desk.screen import Screen

if TYPE_CHECKING:
    from standto.ledger.command import Command

app = typer.Typer(help="What was agreed: bodies, consultations, decisions.", no_args_is_help=True)
app.add_typer(cli_bodies.app)

DecisionId = Annotated[
    str, typer.Argument(metavar="DECISION", help="Id of the consultation and its decision.")
]
MemberId = Annotated[str, typer.Option("--member", help="Id of the member.")]
Units = Annotated[list[str] | None, typer.Option("--unit", help="Units; repeat or separate by commas.")]
Until = Annotated[str, typer.Option("--until", metavar="TIME", help="2022-02-25T12:00Z or 251200ZFEB22.")]
Source = Annotated[str, typer.Option("--source", help="Where that is published.")]


@app.command(name="open")
def open_(
    decision: DecisionId,
    body: Annotated[str, typer.Option("--body", help="Which body consults.")],
    subject: Annotated[str, typer.Option("--subject", help="About what.")],
    by: By,
    requested_by: Annotated[list[str] | None, typer.Option(help="Who asked for it; repeat for more.")] = None,
    seat: Annotated[
        list[str] | None, typer.Option("--seat", help="A member represented, or MEMBER=OFFICE; repeat.")
    ] = None,
    source: Source = "",
    why: Why = "",
    id_: CommandId = "",
    at: At = "",
    record: RecordPlace = "",
    as_json: AsJson = False,
) -> None:
    """Begin to consult in a body."""
    from standto.decide.commands import OpenConsultation
    from standto.desk import terms

    command = OpenConsultation(
        decision=decision,
        body=body,
        subject=subject,
        requested_by=tuple(requested_by or ()),
        seats=tuple(terms.seat(text) for text in seat or ()),
        source=source,
        **envelope(id_, by, why, at),
    )
    _carry(record, command, as_json, decision)


@app.command()
def represent(
    decision: DecisionId,
    seat: Annotated[str, typer.Argument(metavar="MEMBER=OFFICE", help="Who represents which member.")],
    by: By,
    why: Why = "",
    id_: CommandId = "",
    at: At = "",
    record: RecordPlace = "",
    as_json: AsJson = False,
) -> None:
    """Let an office represent a member."""
    from standto.decide.commands import RepresentMember
    from standto.desk import terms

    command = RepresentMember(decision=decision, seat=terms.seat(seat), **envelope(id_, by, why, at))
    _carry(record, command, as_json, decision)


@app.command()
def propose(
    decision: DecisionId,
    text: Annotated[str, typer.Option("--text", help="What would be decided.")],
    by: By,
    permit: Annotated[
        list[str] | None,
        typer.Option(
            "--permit",
            help="'movement UNITS places=... people=... from=... until=...', or 'readiness UNITS ...'.",
        ),
    ] = None,
    approval: Annotated[
        list[str] | None, typer.Option("--approval", help="'NATION units=... by=parliament lead=HOURS'.")
    ] = None,
    valid_from: Annotated[str, typer.Option(metavar="TIME", help="From when it is in force.")] = "",
    valid_until: Annotated[str, typer.Option(metavar="TIME", help="When it ends by itself.")] = "",
    supersedes: Annotated[list[str] | None, typer.Option(help="Decisions whose place it takes.")] = None,
    source: Source = "",
    why: Why = "",
    id_: CommandId = "",
    at: At = "",
    record: RecordPlace = "",
    as_json: AsJson = False,
) -> None:
    """Put a text before the body, with all that it would permit."""
    from standto.decide.commands import ProposeDecision
    from standto.decide.permit import Proposal
    from standto.desk import terms
    from standto.desk.carrying import made, parts
    from standto.desk.options import at_of

    begins, ends = at_of(valid_from), at_of(valid_until)
    permits = tuple(terms.permit(text) for text in permit or ())
    approvals = tuple(terms.needed(text) for text in approval or ())
    proposal = made(
        lambda: Proposal(
            text=text,
            permits=permits,
            approvals=approvals,
            valid_from=begins,
            valid_until=ends,
            supersedes=parts(supersedes),
            source=source,
        )
    )
    command = ProposeDecision(decision=decision, proposal=proposal, **envelope(id_, by, why, at))
    _carry(record, command, as_json, decision)


@app.command()
def silence(
    decision: DecisionId,
    until: Until,
    by: By,
    why: Why = "",
    id_: CommandId = "",
    at: At = "",
    record: RecordPlace = "",
    as_json: AsJson = False,
) -> None:
    """Put the text under silence: it is adopted at that instant unless a member objects before."""
    from standto.decide.commands import SetSilence
    from standto.desk.inputs import read_instant

    command = SetSilence(decision=decision, until=read_instant(until), **envelope(id_, by, why, at))
    _carry(record, command, as_json, decision)


@app.command()
def extend(
    decision: DecisionId,
    until: Until,
    by: By,
    why: Why = "",
    id_: CommandId = "",
    at: At = "",
    record: RecordPlace = "",
    as_json: AsJson = False,
) -> None:
    """Let the silence end later."""
    from standto.decide.commands import ExtendSilence
    from standto.desk.inputs import read_instant

    command = ExtendSilence(decision=decision, until=read_instant(until), **envelope(id_, by, why, at))
    _carry(record, command, as_json, decision)


Writing = Annotated[str, typer.Option("--text", help="What the member writes.")]


@app.command(name="object")
def object_(
    decision: DecisionId,
    member: MemberId,
    text: Writing,
    by: By,
    why: Why = "",
    id_: CommandId = "",
    at: At = "",
    record: RecordPlace = "",
    as_json: AsJson = False,
) -> None:
    """Break the silence by an objection in writing; all are told at once."""
    from standto.decide.commands import BreakSilence

    command = BreakSilence(
        decision=decision, member=member, how="objection", text=text, **envelope(id_, by, why, at)
    )
    _carry(record, command, as_json, decision)


@app.command()
def amend(
    decision: DecisionId,
    member: MemberId,
    text: Writing,
    by: By,
    why: Why = "",
    id_: CommandId = "",
    at: At = "",
    record: RecordPlace = "",
    as_json: AsJson = False,
) -> None:
    """Break the silence by asking in writing for another text; all are told at once."""
    from standto.decide.commands import BreakSilence

    command = BreakSilence(
        decision=decision, member=member, how="amendment", text=text, **envelope(id_, by, why, at)
    )
    _carry(record, command, as_json, decision)


@app.command()
def reserve(
    decision: DecisionId,
    member: MemberId,
    text: Writing,
    by: By,
    unit: Units = None,
    statement: Annotated[
        bool, typer.Option("--statement", help="An interpretative statement, not a reservation.")
    ] = False,
    why: Why = "",
    id_: CommandId = "",
    at: At = "",
    record: RecordPlace = "",
    as_json: AsJson = False,
) -> None:
    """Reserve a member's position, or state how it reads the text, without breaking silence."""
    from standto.decide.commands import ReservePosition
    from standto.desk.carrying import parts

    command = ReservePosition(
        decision=decision,
        member=member,
        how="interpretative statement" if statement else "reservation",
        text=text,
        units=parts(unit),
        **envelope(id_, by, why, at),
    )
    _carry(record, command, as_json, decision)


@app.command()
def vote(
    decision: DecisionId,
    vote: Annotated[Literal["yes", "no", "abstain"], typer.Argument(help="How the member votes.")],
    member: MemberId,
    by: By,
    why: Why = "",
    id_: CommandId = "",
    at: At = "",
    record: RecordPlace = "",
    as_json: AsJson = False,
) -> None:
    """Vote for a member, once on each text."""
    from standto.decide.commands import CastVote

    command = CastVote(decision=decision, member=member, vote=vote, **envelope(id_, by, why, at))
    _carry(record, command, as_json, decision)


@app.command()
def approve(
    decision: DecisionId,
    nation: Annotated[str, typer.Option("--nation", help="Whose approval it is.")],
    unit: Annotated[list[str], typer.Option("--unit", help="Units it is for, as the decision names them.")],
    by: By,
    refuse: Annotated[bool, typer.Option("--refuse", help="Refuse, or take an approval back.")] = False,
    caveat: Annotated[str, typer.Option(help="What the nation attaches to it, in its words.")] = "",
    place: Annotated[list[str] | None, typer.Option(help="Caveat: only to these places.")] = None,
    people: Annotated[int | None, typer.Option(min=0, help="Caveat: at most so many people.")] = None,
    until: Until = "",
    why: Why = "",
    id_: CommandId = "",
    at: At = "",
    record: RecordPlace = "",
    as_json: AsJson = False,
) -> None:
    """Record a nation's approval of its units, with its caveats, or its refusal."""
    from standto.decide.commands import ApproveContribution
    from standto.decide.permit import Caveat
    from standto.desk.carrying import parts
    from standto.desk.options import at_of

    ends, places = at_of(until), parts(place)
    limits = Caveat(text=caveat, places=places, people=people, until_at=ends)
    command = ApproveContribution(
        decision=decision,
        nation=nation,
        units=parts(unit),
        granted=not refuse,
        caveat=limits if caveat or places or people is not None or ends else None,
        **envelope(id_, by, why, at),
    )
    _carry(record, command, as_json, decision)


@app.command()
def close(
    decision: DecisionId,
    by: By,
    outcome: Annotated[str, typer.Option(help="Close it without a decision, with these words.")] = "",
    published: Annotated[
        str, typer.Option(metavar="SOURCE", help="Adopted according to this source; how is not on record.")
    ] = "",
    why: Why = "",
    id_: CommandId = "",
    at: At = "",
    record: RecordPlace = "",
    as_json: AsJson = False,
) -> None:
    """Confirm a silence that ran out, count the votes, or close without a decision."""
    from standto.decide.commands import CloseConsultation

    command = CloseConsultation(
        decision=decision, outcome=outcome, published=published, **envelope(id_, by, why, at)
    )
    _carry(record, command, as_json, decision)


@app.command()
def withdraw(
    decision: DecisionId,
    by: By,
    why: Why,
    id_: CommandId = "",
    at: At = "",
    record: RecordPlace = "",
    as_json: AsJson = False,
) -> None:
    """Take a decision back: orders not begun stop, and who moves already is listed."""
    from standto.decide.commands import WithdrawDecision

    command = WithdrawDecision(decision=decision, **envelope(id_, by, why, at))
    _carry(record, command, as_json, decision)


@app.command()
def settle(
    by: By,
    why: Why = "",
    id_: CommandId = "",
    record: RecordPlace = "",
    as_json: AsJson = False,
) -> None:
    """Note what fell due by itself: silences that ran out, decisions whose time is over."""
    from standto.decide.commands import SettleDue

    _carry(record, SettleDue(**envelope(id_, by, why, "")), as_json)


@app.command()
def show(
    decision: Annotated[str, typer.Argument(metavar="[DECISION]", help="One only; blank = all.")] = "",
    as_of: Annotated[str, typer.Option("--as-of", metavar="TIME", help="As it was known then.")] = "",
    record: RecordPlace = "",
    as_json: AsJson = False,
) -> None:
    """Show bodies, consultations and decisions, and what may be ordered under them."""
    from standto.desk import deciding
    from standto.desk.options import at_of

    answer = deciding.show(require_place(record), decision, as_of=at_of(as_of))
    finish(Screen(as_json=as_json), answer)


def _carry(record: str, command: Command, as_json: bool, decision: str = "") -> None:
    from standto.desk import deciding

    finish(Screen(as_json=as_json), deciding.carry(require_place(record), command, decision))
