"""Commands about alert orders: give and change them, answer them, show how they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from standto.alert import commands as c
from standto.alert import words
from standto.alert.contacts import STANDARD_STEPS
from standto.alert.events import AlertEvent, Step
from standto.alert.events import Answer as Answered
from standto.alert.force import addressed, posture
from standto.alert.state import AlertOrder, AlertState, Message, Told
from standto.alert.totals import answers, by_posture, on_alert
from standto.decide.saying import override_lines
from standto.decide.state import Decided
from standto.desk.answer import Answer
from standto.desk.record import Outcome, Record
from standto.errors import UsageError

if TYPE_CHECKING:
    from standto.force.scenario import Scenario
    from standto.ledger.command import Command


@dataclass(frozen=True)
class Given:
    """What every command about alert orders says besides its own matter."""

    place: str
    by: str
    why: str
    id: str
    at: datetime | None
    scenario: Path | None = None

    @property
    def fields(self) -> dict[str, Any]:
        """The fields that all commands share."""
        return {"id": self.id, "by": self.by, "why": self.why, "at": self.at}


@dataclass(frozen=True)
class Order:
    """What an alert order says, as it is typed."""

    alert: str
    units: tuple[str, ...]
    posture: str
    authority: str
    decision: str = ""
    ceiling: int | None = None
    until: datetime | None = None
    reply_by: datetime | None = None
    steps: Path | None = None
    quiet: bool = False
    says: str = ""


def raise_alert(given: Given, order: Order, *, supersedes: str = "") -> Answer:
    """Give an order, its next version, or one that supersedes another."""
    with Record.open(given.place) as record:
        scenario = read_force(record, given.scenario)
        name, level = posture(scenario, order.posture)
        fields = {
            **given.fields,
            "alert": order.alert,
            "addressees": addressed(scenario, order.units),
            "posture": name,
            "level": level,
            "authority": order.authority or given.by,
            "decision": order.decision,
            "ceiling": order.ceiling,
            "until": order.until,
            "reply_by": order.reply_by,
            "steps": _steps(order),
            "says": order.says,
        }
        if supersedes:
            return _did(record, c.SupersedeAlert(**fields, supersedes=supersedes), order.alert)
        return _did(record, c.RaiseAlert(**fields), order.alert)


def extend(
    given: Given, alert: str, *, units: Sequence[str], until: datetime | None, authority: str
) -> Answer:
    """Extend an order to more units, to a later end, or both."""
    with Record.open(given.place) as record:
        named = addressed(read_force(record, given.scenario), units) if units else ()
        command = c.ExtendAlert(
            **given.fields,
            alert=alert,
            addressees=named,
            until=until,
            authority=_authority(record, alert, authority),
        )
        return _did(record, command, alert)


def lower(given: Given, alert: str, *, units: Sequence[str], to: str, authority: str) -> Answer:
    """Lower units under an order."""
    with Record.open(given.place) as record:
        scenario = read_force(record, given.scenario)
        name, level = posture(scenario, to)
        command = c.LowerAlert(
            **given.fields,
            alert=alert,
            posture=name,
            level=level,
            units=tuple(one.unit for one in addressed(scenario, units)),
            authority=_authority(record, alert, authority),
        )
        return _did(record, command, alert)


def stand_down(given: Given, alert: str, *, units: Sequence[str], authority: str) -> Answer:
    """Release units from an order, or end it."""
    with Record.open(given.place) as record:
        command = c.StandDownAlert(
            **given.fields, alert=alert, units=tuple(units), authority=_authority(record, alert, authority)
        )
        return _did(record, command, alert)


def acknowledge(given: Given, alert: str, unit: str) -> Answer:
    """Confirm that a unit has an order."""
    with Record.open(given.place) as record:
        return _did(record, c.AcknowledgeAlert(**given.fields, alert=alert, unit=unit), alert)


def answer(
    given: Given, alert: str, unit: str, said: Answered, *, says: str, until: datetime | None
) -> Answer:
    """Answer an order for a unit."""
    with Record.open(given.place) as record:
        command = c.AnswerAlert(**given.fields, alert=alert, unit=unit, answer=said, says=says, until=until)
        return _did(record, command, alert)


def status(place: str, alert: str) -> Answer:
    """How the alert orders of a record stand, or one of them with every addressee."""
    with Record.open(place) as record:
        now, banner, state = now_of(record), record.opening.banner, record.picture().of(AlertState)
        decided = record.picture().of(Decided)
    if alert and alert not in state.orders:
        known = ", ".join(sorted(state.orders)) or "none"
        raise UsageError(f"there is no alert order {alert}", fix=f"orders on record: {known}")
    units = on_alert(state, now)
    lines = [f"{banner}   {words.instant(now)}", *override_lines(decided, now)]
    for name, tally in by_posture(units).items():
        where = f"at {name}" if name else "awaiting national approval"
        lines.append(f"on alert: {tally.people:,} people in {_units(tally.units)} {where}")
    if not units:
        lines.append("on alert: nobody")
    for order in sorted(state.orders.values(), key=lambda order: (order.effective_at, order.id)):
        if alert in ("", order.id):
            lines += ["", *_order_lines(state, order, now, every=bool(alert))]
    orders = [_order_data(state, order, now) for _, order in sorted(state.orders.items())]
    data = {
        "banner": banner,
        "at": now.isoformat(),
        "on_alert": [
            {"unit": one.unit, "people": one.strength, "posture": one.posture, "orders": list(one.orders)}
            for one in units
        ],
        "people": sum(one.strength for one in units),
        "orders": [order for order in orders if alert in ("", order["alert"])],
    }
    return Answer(lines, data)


def read_force(
    record: Record, path: Path | None, *, as_recorded: bool = False, variant: str | None = None
) -> Scenario:
    """The scenario whose units and packages an order names: the one given, else the one of the record.

    Parameters
    ----------
    as_recorded
        Its alerts are to be the record's, so that it may not have any of its own.
    variant
        A variant of the scenario, such as one that leaves its own alerts out.

    Raises
    ------
    UsageError
        If there is none, or only one of record and scenario is an exercise.
    """
    from standto.desk.as_recorded import AsRecorded
    from standto.force.files import read_scenario

    opening, picture = record.opening, record.picture()
    if path is None and not opening.scenario:
        raise UsageError("no scenario is named", fix="give --scenario FOLDER: the force that is alerted")
    path = path or Path(opening.scenario)
    recorded = AsRecorded(str(path), now_of(record), picture, opening.banner)

    def change(scenario: Scenario) -> Scenario:
        if variant is not None:
            scenario = scenario.variant(variant)
        if as_recorded:
            scenario = scenario.model_copy(update={"decisions": ()})
        elif scenario.alerts or scenario.decisions:
            return scenario
        return recorded.put_into(scenario, where=str(path))

    scenario = read_scenario(path, change=change)
    if opening.nature != scenario.settings.kind:
        raise UsageError(
            f"the record is {opening.nature.upper()} and {path} is {scenario.settings.kind.upper()}",
            fix="use a scenario and a record that are both exercise or both real",
        )
    return scenario


def now_of(record: Record) -> datetime:
    """The instant now; never before the last entry of the record."""
    return max(record.clock(), record.picture().recorded_at)


def _authority(record: Record, alert: str, given: str) -> str:
    """The authority given, else the one that gave the order."""
    order = record.picture().of(AlertState).orders.get(alert)
    return given or (order.authority if order else "")


def _steps(order: Order) -> tuple[Step, ...]:
    from standto.alert.files import read_steps

    if order.quiet and order.steps is not None:
        raise UsageError("--quiet and --steps do not go together", fix="give one of them")
    if order.quiet:
        return ()
    return read_steps(order.steps) if order.steps is not None else STANDARD_STEPS


def _did(record: Record, command: Command, alert: str) -> Answer:
    """Carry out a command, and say how the order stands."""
    outcome = record.execute(command)
    banner = record.opening.banner
    state, now = record.picture().of(AlertState), now_of(record)
    first = "was carried out before; nothing was added" if outcome.repeated else "recorded"
    warnings = override_lines(record.picture().of(Decided), now)
    lines = [banner, *warnings, f"{first}: {_said(outcome)}"]
    lines += _order_lines(state, state.orders[alert], now, every=False)
    data = {
        "banner": banner,
        "command": command.id,
        "repeated": outcome.repeated,
        "entries": [entry.position for entry in outcome.entries],
        "order": _order_data(state, state.orders[alert], now),
    }
    return Answer(lines, data)


def _said(outcome: Outcome) -> str:
    """What a command led to, in a line."""
    events = [event for event in outcome.events if isinstance(event, AlertEvent)]
    said = [f"{event.kind} {event.alert} version {event.version}" for event in events]
    first, last = outcome.entries[0].position, outcome.entries[-1].position
    where = f"entry {first}" if first == last else f"entries {first} to {last}"
    return f"{', '.join(said)} ({where})"


def _order_lines(state: AlertState, order: AlertOrder, now: datetime, *, every: bool) -> Iterator[str]:
    ceiling = "" if order.ceiling is None else f" of up to {order.ceiling:,}"
    yield (
        f"alert order {order.id} version {order.version}: {order.status_at(now)}, "
        f"{_units(len(order.standing(now)))}, {order.people(now):,} people{ceiling}"
    )
    under = f", under decision {order.decision}" if order.decision else ""
    yield f"  by authority of {order.authority} ({order.basis}{under})"
    for status, tally in answers(order).items():
        yield f"  {status}: {_units(tally.units)}, {tally.people:,} people"
    yield from _delivery_lines(state, order, every=every)
    for told in order.told.values() if every else _late(order, now):
        yield f"  {told.unit}: {_told_words(told)}"


def _late(order: AlertOrder, now: datetime) -> Iterator[Told]:
    """Addressees whose answer is overdue."""
    for told in order.standing(now):
        due = order.reply_by if told.status == "told" else told.until if told.status == "awaiting" else None
        if due is not None and now >= due:
            yield told


def _told_words(told: Told) -> str:
    said = f"{told.status}, {told.posture} (version {told.version})"
    if told.until is not None and told.status == "awaiting":
        said += f", until {words.instant(told.until)}"
    return f"{said}: {told.says}" if told.says else said


def _delivery_lines(state: AlertState, order: AlertOrder, *, every: bool) -> Iterator[str]:
    """What became of the order's messages, and whom nobody could tell."""
    counts = _deliveries(state, order)
    if counts:
        retried = counts.pop("sent after a retry", 0)
        said = [f"{count} {status}" for status, count in counts.items()]
        yield f"  messages: {', '.join(said)}{f' ({retried} after a retry)' if retried else ''}"
    for message in state.messages.values() if every else ():
        if message.alert == order.id:
            yield f"    {message.unit}, {message.office} on {message.channel}: {_message_words(message)}"
    for timer in state.timers.values():
        if timer.alert == order.id and timer.firings and not timer.reached:
            yield f"  {timer.unit}: nobody to tell, no office of it is in the contact list"


def _message_words(message: Message) -> str:
    """What became of a message, with its tries and the reason."""
    tries = f", try {message.attempt}" if message.attempt > 1 else ""
    if message.status == "sent" and message.sent_at is not None:
        return f"sent {words.instant(message.sent_at)}{tries}"
    reason = f": {message.reason}" if message.reason else ""
    again = f", again {message.again_at:%H:%M:%SZ}" if message.status == "failed" and message.again_at else ""
    return f"{message.status}{tries}{again}{reason}"


def _deliveries(state: AlertState, order: AlertOrder) -> dict[str, int]:
    counts: dict[str, int] = {}
    for message in state.messages.values():
        if message.alert == order.id:
            counts[message.status] = counts.get(message.status, 0) + 1
            if message.status == "sent" and message.attempt > 1:
                counts["sent after a retry"] = counts.get("sent after a retry", 0) + 1
    return counts


def _order_data(state: AlertState, order: AlertOrder, now: datetime) -> dict[str, Any]:
    from pydantic_core import to_jsonable_python

    found: dict[str, Any] = to_jsonable_python(order, fallback=str)
    found["alert"] = found.pop("id")
    found["status"] = order.status_at(now)
    found["people"] = order.people(now)
    found["answers"] = to_jsonable_python(answers(order))
    found["messages"] = [
        to_jsonable_python(message) for message in state.messages.values() if message.alert == order.id
    ]
    found["timers"] = [
        to_jsonable_python(timer) for timer in state.timers.values() if timer.alert == order.id
    ]
    return found


def _units(count: int) -> str:
    return f"{count:,} unit{'' if count == 1 else 's'}"
