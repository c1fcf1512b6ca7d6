"""Write the record of the example: the steps of record-2022.toml, carried out by the rules at their dates.

    PYTHONPATH=src python tools/record_2022.py

Every step is a command to a record whose clock shows the public date, so the rules have a say: an order that
no decision covers would stop this script. Out comes history for `standto record import`.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from standto.alert.commands import RaiseAlert
from standto.alert.events import Addressee
from standto.decide.body import Body, Member, Package, Rule
from standto.decide.commands import (
    CloseConsultation,
    DelegateReadiness,
    FoundBody,
    GiveOrder,
    OpenConsultation,
    ProposeDecision,
    ReportMovement,
)
from standto.decide.events import Seat
from standto.decide.permit import Permit, Proposal
from standto.desk.record import Record
from standto.ledger.command import Command

HERE = Path(__file__).parent
STEPS = HERE / "record-2022.toml"
RECORD = HERE.parent / "examples" / "eastern-flank-2022" / "record.jsonl"


def history(steps: Mapping[str, Any]) -> Iterator[str]:
    """The lines of history that the steps lead to, in their order."""
    now: datetime = steps["at"]
    record = Record.create(
        "memory:",
        name=steps["name"],
        nature=steps["nature"],
        by=steps["by"],
        why="rebuilt from published facts",
        clock=lambda: now,
    )
    for number, step in enumerate(steps["step"], start=1):
        now = step["at"]
        for command in commands(step, steps["sources"], f"step-{number}"):
            record.execute(command)
    for entry in record.entries():
        assert entry.recorded_at == entry.effective_at, entry
        line = {
            "at": entry.recorded_at.isoformat().replace("+00:00", "Z"),
            "kind": entry.kind,
            "schema": entry.schema,
            "by": entry.by,
            "why": entry.why,
            "body": entry.body,
        }
        yield json.dumps(line, ensure_ascii=False)


def commands(step: Mapping[str, Any], sources: Mapping[str, str], name: str) -> Iterator[Command]:
    """The commands of one step; what they share is who, why, and on which facts it rests."""
    source = "; ".join(f"{fact} {sources[fact]}" for fact in step["facts"])
    assumed = step.get("assumed", "")
    why = f"{step['why']} [{' '.join(step['facts'])}]" + (f" (assumed: {assumed})" if assumed else "")
    shared = {"by": step["by"], "why": why}
    noted = {"source": source, "assumed": assumed}
    match step["do"]:
        case "body":
            yield FoundBody(id=name, **shared, body=body(step, noted))
        case "delegation":
            office, packages = step["office"], tuple(step["packages"])
            yield DelegateReadiness(
                id=name, **shared, body=step["body"], office=office, packages=packages, source=source
            )
        case "alert":
            yield RaiseAlert(
                id=name,
                **shared,
                alert=step["alert"],
                addressees=tuple(Addressee(**addressee) for addressee in step["addressees"]),
                posture=step["posture"],
                level=1,
                authority=step["by"],
                ceiling=step.get("ceiling"),
                says=source,
            )
        case "consultation":
            yield opening(step, name, shared, noted)
        case "decision":
            yield opening(step, f"{name}-open", shared, noted)
            permits = tuple(movement(permit) for permit in step["permits"])
            proposal = Proposal(text=step["subject"], permits=permits, **noted)
            yield ProposeDecision(id=f"{name}-text", **shared, decision=step["decision"], proposal=proposal)
            published = source if "published" in step else ""
            yield CloseConsultation(
                id=f"{name}-adopt", **shared, decision=step["decision"], published=published
            )
        case "close":
            yield CloseConsultation(id=name, **shared, decision=step["decision"], outcome=step["outcome"])
        case "order":
            fields = {key: step[key] for key in ("order", "unit", "people", "origin", "destination")}
            yield GiveOrder(
                id=name, **shared, **fields, from_at=step["at"], decision=step["decision"], **noted
            )
        case "report":
            fields = {key: step[key] for key in ("order", "what", "people", "place", "last") if key in step}
            yield ReportMovement(id=name, **shared, **fields, happened_at=step["at"], **noted)
        case other:
            raise ValueError(f"{name}: there is no step {other!r}")


def movement(permit: Mapping[str, Any]) -> Permit:
    """A permit to move, as the facts have it."""
    units, places = tuple(permit["units"]), tuple(permit.get("places", ()))
    return Permit(act="movement", units=units, places=places, people=permit["people"])


def opening(
    step: Mapping[str, Any], name: str, shared: Mapping[str, Any], noted: Mapping[str, Any]
) -> OpenConsultation:
    """A consultation with exactly those present that the source names."""
    return OpenConsultation(
        id=name,
        **shared,
        decision=step["decision"],
        body=step["body"],
        subject=step["subject"],
        requested_by=tuple(step.get("requested_by", ())),
        seats=tuple(Seat(member=member) for member in step.get("present", ())),
        **noted,
    )


def body(step: Mapping[str, Any], noted: Mapping[str, Any]) -> Body:
    """A body as the facts have it."""
    return Body(
        id=step["body"],
        name=step["name"],
        rule=Rule(how=step["rule"]),
        chair=step.get("chair", ""),
        members=tuple(Member(id=member) for member in step.get("members", ())),
        packages=tuple(
            Package(id=one["id"], units=tuple(one["units"]), name=one.get("name", ""))
            for one in step.get("packages", ())
        ),
        **noted,
    )


def main() -> None:
    """Write the record anew."""
    steps = tomllib.loads(STEPS.read_text(encoding="utf-8"))
    RECORD.write_text("".join(f"{line}\n" for line in history(steps)), encoding="utf-8")
    print(f"wrote {RECORD}")


if __name__ == "__main__":
    main()
