"""Why a delivered requirement closes when it does: the largest cause first, and what the rest is."""

from __future__ import annotations

from standto.move.check.index import Index
from standto.move.check.verdict import short
from standto.move.problem import TOLERANCE, Requirement
from standto.move.why.cause import Reason
from standto.move.why.chain import Chain, Wait
from standto.move.why.sums import Account, account
from standto.move.why.words import hours_text, name_or_id, place_name

WORTH_TELLING_H = 0.05
"""Less than this is 0.0 h in a sentence."""
MUCH = 0.25
"""Share of the lateness from which on a sentence tells a way that could be quicker beside its cause."""


def reason_of_close(
    index: Index, chain: Chain, requirement: Requirement, close_h: float, earliest_h: float | None
) -> Reason:
    """The largest cause, and a sentence whose hours add up to the lateness."""
    sums = account(chain, requirement, close_h, earliest_h)
    verdict = _verdict(requirement, close_h, sums.late_h)
    late = sums.late_h > TOLERANCE
    unavoidable_h = min(sums.late_h, sums.unavoidable_h) if late else 0.0
    slower_h = sums.slower_h if late else 0.0
    held_h = max(sums.closed_h, unavoidable_h, TOLERANCE)
    if sums.slots_h >= max(sums.lift_h + slower_h, held_h):
        return _slots(index, chain, sums, verdict)
    if sums.lift_h + slower_h >= held_h:
        return _lift(index, chain, sums, verdict, slower=slower_h > 0)
    if sums.closed_h >= max(unavoidable_h, TOLERANCE):
        return Reason("way", _waited(sums, verdict, sums.closed_h, "a closed link to open", "closed"))
    return _ready_or_way(sums, verdict, requirement.available_h)


def _slots(index: Index, chain: Chain, sums: Account, verdict: str) -> Reason:
    (place, mode), wait = max(chain.slots.items(), key=lambda item: item[1].hours)
    known = index.places.get(place)
    count = known.slots.get(mode) if known is not None else None
    one = f"one of the {count} {short(mode)} slots" if count != 1 else f"the one {short(mode)} slot"
    what = f"{one} at {place_name(index, place)}, {_longest(wait)}{wait.tell()}"
    return Reason("slots", _waited(sums, verdict, wait.hours, what, "slots"), place=place)


def _lift(index: Index, chain: Chain, sums: Account, verdict: str, *, slower: bool) -> Reason:
    """Lift binds by being waited for, or by leaving only a slower way."""
    fleet, wait = max(chain.lift.items(), key=lambda item: item[1].hours, default=("", Wait()))
    if slower and sums.slower_h >= wait.hours:
        way = f"it goes a slower way, {hours_text(sums.way_h + sums.slower_h)}"
        best = f"where the quickest takes {hours_text(sums.way_h)}"
        return Reason("lift", f"{verdict}{_ready(sums)}: {way} {best}{_rest(sums)}.")
    known = index.fleets[fleet]
    longest = _longest(wait)
    what = f"{name_or_id(known.name, fleet)}, {longest}{'for one ' if longest else ''}{wait.tell()}"
    return Reason("lift", _waited(sums, verdict, wait.hours, what, "lift"), fleet=fleet)


def _longest(wait: Wait) -> str:
    """Where several waits are one sum, how much of it the words are about."""
    several = wait.hours > wait.longest_h + WORTH_TELLING_H
    return f"{hours_text(wait.longest_h)} of it " if several else ""


def _waited(sums: Account, verdict: str, hours: float, what: str, cause: str) -> str:
    """A wait, the other waits and the way; only the wait where nothing is late."""
    wait = f"it waited {hours_text(hours)} for {what}"
    if sums.late_h <= TOLERANCE:
        return f"{verdict}, though {wait}."
    return f"{verdict}{_ready(sums)}: {wait}{_rest(sums, cause, hours)}; {_way(sums)}."


def _ready_or_way(sums: Account, verdict: str, available_h: float) -> Reason:
    """Nothing waited long: it was ready late, or the way is long."""
    way = _way(sums)
    if sums.late_h <= TOLERANCE:
        return Reason("way", f"{verdict}: {way}, and it is ready at {hours_text(available_h)}.")
    ready_late = available_h > sums.way_h
    ready = f"it is ready{' only' if ready_late else ''} {_against_due(sums)}"
    parts = f"{ready} and {way}" if ready_late else f"{way} and {ready}"
    return Reason("readiness" if ready_late else "way", f"{verdict}: {parts}{_rest(sums)}.")


def _way(sums: Account) -> str:
    """How long the way takes in this plan, and at best where the difference makes much of the lateness."""
    takes, quickest = hours_text(sums.way_h + sums.slower_h), hours_text(sums.way_h)
    worth_telling = quickest != takes and sums.slower_h >= MUCH * sums.late_h > 0
    return f"the way takes {takes}" + (f", {quickest} at best" if worth_telling else "")


def _ready(sums: Account) -> str:
    return f", ready {_against_due(sums)}" if abs(sums.ready_h) > WORTH_TELLING_H else ""


def _against_due(sums: Account) -> str:
    if abs(sums.ready_h) <= WORTH_TELLING_H:
        return "when it is due"
    return f"{hours_text(abs(sums.ready_h))} {'after' if sums.ready_h > 0 else 'before'} it is due"


def _rest(sums: Account, told: str = "", told_h: float = 0.0) -> str:
    """The waits that were not told yet, in a few words: `, and 30 h more for other lift and slots`."""
    parts = []
    for cause, hours, what in (
        ("lift", sums.lift_h, "lift"),
        ("slots", sums.slots_h, "slots"),
        ("closed", sums.closed_h, "a closed link"),
    ):
        if hours - (told_h if cause == told else 0.0) > WORTH_TELLING_H:
            parts.append(f"other {what}" if cause == told else what)
    rest_h = sums.waits_h - told_h
    if not parts:
        return ""
    what = " and ".join(part for part in (", ".join(parts[:-1]), parts[-1]) if part)
    return (
        f", and {hours_text(rest_h)} more for {what}"
        if told
        else f", and it waited {hours_text(rest_h)} for {what}"
    )


def _verdict(requirement: Requirement, close_h: float, late_h: float) -> str:
    if requirement.hard_h is not None and close_h > requirement.hard_h + TOLERANCE:
        return f"Missed, closes {hours_text(late_h)} late" if late_h > 0 else "Missed"
    if late_h > TOLERANCE:
        return f"Closes {hours_text(late_h)} late"
    return (
        f"Closes {hours_text(-late_h)} before it is due" if late_h < -TOLERANCE else "Closes when it is due"
    )
