"""What falls due by itself: silence that nobody broke adopts at its end, a decision's time runs out."""

from __future__ import annotations

from datetime import datetime

from standto.decide.consultation import Consultation
from standto.decide.rules.asking import clock
from standto.decide.rules.closing import adopt
from standto.decide.rules.ending import expire
from standto.decide.state import Decided
from standto.ledger.event import Dated, Noted


def due(state: Decided, now: datetime) -> tuple[tuple[Dated, ...], Decided]:
    """All that fell due by an instant, in order of time and each at its own instant, and the state after it.

    A silence adopts at the instant at which it ends, however much later that is noticed.
    """
    happened: list[Dated] = []
    while True:
        waiting = [(at, item) for item in state.consultations.values() if (at := next_due(item)) is not None]
        if not waiting:
            break
        at, first = min(waiting, key=lambda pair: (pair[0], pair[1].id))
        if at > now:
            break
        if first.status == "under silence":
            events = adopt(state, first, "silence", f"nobody broke the silence until {clock(at)}")
        else:
            events = expire(state, first)
        for event in events:
            happened.append(Dated(event, at))
            state = state.apply(Noted(event, now, at, "", "", 0))
    return tuple(happened), state


def first_due(state: Decided, otherwise: datetime) -> datetime:
    """When something falls due by itself first in any consultation; another instant where nothing does."""
    instants = (at for item in state.consultations.values() if (at := next_due(item)) is not None)
    return min(instants, default=otherwise)


def next_due(consultation: Consultation) -> datetime | None:
    """When something falls due in a consultation by itself next; None where nothing does."""
    if consultation.status == "under silence":
        return consultation.silence_until
    if consultation.status == "adopted" and consultation.proposal is not None:
        return consultation.proposal.valid_until
    return None
