"""What may follow what, as tables; rules ask them, states follow them, and the documentation draws them."""

from __future__ import annotations

from dataclasses import dataclass

from standto.errors import RefusedError


@dataclass(frozen=True, slots=True)
class Step:
    """In a status an event may happen, and leads to a status."""

    at: str
    event: str
    to: str


@dataclass(frozen=True, slots=True)
class Machine:
    """The life of one kind of thing."""

    name: str
    first: str
    steps: tuple[Step, ...]
    meanings: tuple[tuple[str, str], ...]
    """Every status and what it means, in the order of life."""

    def follow(self, status: str, event: str) -> str | None:
        """The status after an event, None where the event may not happen."""
        for step in self.steps:
            if step.at == status and step.event == event:
                return step.to
        return None

    def require(self, status: str, event: str, *, thing: str, doing: str) -> None:
        """Refuse what may not happen in a status.

        Raises
        ------
        RefusedError
            Naming the thing, its status, and in which statuses it would be possible.
        """
        if self.follow(status, event) is None:
            when = [name for name, _ in self.meanings if self.follow(name, event) is not None]
            raise RefusedError(
                f"{thing} is {status}: it cannot be {doing}", fix=f"possible while it is {' or '.join(when)}"
            )


def _steps(*rows: str) -> tuple[Step, ...]:
    """Steps from rows of `status[, status...] | event | status`; `=` for the status it was in."""
    made = []
    for row in rows:
        statuses, event, to = (part.strip() for part in row.split("|"))
        made += [Step(at, event, at if to == "=" else to) for at in statuses.split(", ")]
    return tuple(made)


CONSULTATION = Machine(
    "consultation",
    "open",
    _steps(
        "open, proposed, under silence, broken | member.represented | =",
        "open, proposed, broken | decision.proposed | proposed",
        "proposed | silence.set | under silence",
        "under silence | silence.extended | under silence",
        "under silence | silence.broken | broken",
        "proposed, under silence, adopted | position.reserved | =",
        "proposed | vote.cast | proposed",
        "proposed, under silence | decision.adopted | adopted",
        "proposed | decision.rejected | rejected",
        "open, proposed, broken | consultation.closed | closed",
        "adopted | approval.given | adopted",
        "adopted | approval.refused | adopted",
        "adopted | decision.withdrawn | withdrawn",
        "adopted | decision.superseded | superseded",
        "adopted | decision.expired | expired",
    ),
    (
        ("open", "the members consult; no text lies before them"),
        ("proposed", "a text lies before them; they may vote, or it is put under silence"),
        ("under silence", "adopted at the set instant unless a member objects in writing before"),
        ("broken", "a member objected, or asked for another text; nothing is adopted"),
        ("adopted", "the body's decision; what it names may be ordered"),
        ("rejected", "the votes did not carry the text"),
        ("closed", "the consultation ended without a decision"),
        ("withdrawn", "taken back; nothing more may be ordered under it"),
        ("superseded", "a later decision took its place"),
        ("expired", "the time for which it was adopted is over"),
    ),
)

APPROVAL = Machine(
    "national approval",
    "awaited",
    _steps(
        "awaited, refused | approval.given | given",
        "awaited, given | approval.refused | refused",
    ),
    (
        ("awaited", "the decision stands, but these units may not move yet"),
        ("given", "they may move, within the caveat if there is one"),
        ("refused", "they may not move under this decision"),
    ),
)

ORDER = Machine(
    "movement order",
    "given",
    _steps(
        "given, moving | movement.departed | moving",
        "given, moving | movement.arrived | moving",
        "cancelled, stopped | movement.departed before that | =",
        "cancelled, stopped | movement.arrived | =",
        "given, moving, cancelled, stopped | movement.delayed | =",
        "moving | order.completed | complete",
        "given, moving | order.cancelled | cancelled",
        "given, moving | order.stopped | stopped",
        "given, moving, complete, cancelled, stopped | override.reviewed | =",
    ),
    (
        ("given", "the unit is ordered to move; no departure is reported yet"),
        ("moving", "departures or arrivals are reported, not all are there"),
        ("complete", "all are where they were ordered to"),
        ("cancelled", "nobody more may depart; those under way arrive"),
        ("stopped", "the decision or override behind it ended; nobody more may depart"),
    ),
)

OVERRIDE = Machine(
    "emergency override",
    "standing",
    _steps(
        "standing | override.reviewed as upheld | upheld",
        "standing, upheld | override.reviewed as ended | ended",
    ),
    (
        ("standing", "not reviewed yet; overdue once its review time has passed"),
        ("upheld", "the review found it right"),
        ("ended", "the review ended it; the order behind it stops"),
    ),
)

MACHINES = (CONSULTATION, APPROVAL, ORDER, OVERRIDE)
