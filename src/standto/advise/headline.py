"""One sentence that a commander or a minister can quote, and the sentences that follow it; made from data.

Rules: a moment is rounded up and a bound down, so that neither promises too much. The day named before
closure is the first whole day by which three quarters of all who get there are in place. A bound is told
only where the plan delivers all that can be delivered. Nothing is called a gain unless both plans deliver
alike; below three minutes it is nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from standto.advise.cases import SAME_H, Case, left_undelivered
from standto.advise.chains import Held, name_of
from standto.advise.in_place import InPlace, in_place, in_place_at
from standto.advise.value import WITHOUT, AlertValue
from standto.advise.words import (
    DAYS_FROM_H,
    HOURS_PER_DAY,
    about,
    say_count,
    say_day,
    say_list,
    say_load,
    say_number,
    say_people,
    say_range,
    say_span,
    vocabulary,
)

MOST = 0.75
"""Share of those who get there that counts as most of them."""
NOTHING_H = 0.05


def headline(told: Case | AlertValue) -> str:
    """The one sentence: who is in place by when, what no plan can beat, and what the alerts buy."""
    case = told.with_alerts if isinstance(told, AlertValue) else told
    kind = "REAL" if about(case.problem).kind == "real" else "EXERCISE"
    clauses = [_arrival(case)]
    if isinstance(told, AlertValue) and case.problem.requirements:
        clauses.append(value_clause(told))
    return f"{kind}: {'; '.join(clauses)}."


def _arrival(case: Case) -> str:
    """`of 12,300 people ordered on 25 Feb 2022, 9,800 are in place by day 10 and all by day 16.2 (...)`."""
    problem, words = case.problem, vocabulary(case.problem)
    people = sum(requirement.pax for requirement in problem.requirements)
    tonnes = sum(requirement.tonnes for requirement in problem.requirements)
    if not people and not tonnes:
        return "nothing is ordered to move"
    steps = in_place(problem, case.plan)
    subject = f"of {say_load(people, tonnes)} {words.ordered}{_on_date(problem.epoch)}"
    undone = left_undelivered(case.plan)
    last = steps[-1] if steps else InPlace(0.0, 0, 0.0)
    if not (last.people if people else last.tonnes):
        return f"{subject}, {'nobody' if people else 'nothing'} gets there"
    if undone:
        return f"{subject}, {_shown(last, people)} by {say_day(last.hour)}{_rest(case, undone, last)}"
    closure_h = case.closure_h if case.closure_h is not None else last.hour
    most = _most(steps, people, closure_h)
    if most is None:
        return f"{subject}, all are in place by {say_day(closure_h)}{_unbeaten(case)}"
    return (
        f"{subject}, {_shown(most, people)} by day {say_number(most.hour / HOURS_PER_DAY)} "
        f"and all by {say_day(closure_h)}{_unbeaten(case)}"
    )


def _on_date(epoch: str | None) -> str:
    try:
        instant = datetime.fromisoformat(epoch or "")
    except ValueError:
        return ""
    return f" on {instant.day} {instant:%b %Y}"


def _shown(step: InPlace, people: int) -> str:
    if not people:
        return f"{say_number(step.tonnes)} are in place"
    return f"{step.people:,} {'is' if step.people == 1 else 'are'} in place"


def _most(steps: tuple[InPlace, ...], people: int, closure_h: float) -> InPlace | None:
    """What is in place on the first whole day by which most are; None if closure comes no later."""
    whole = steps[-1].people if people else steps[-1].tonnes
    for step in steps:
        if (step.people if people else step.tonnes) >= MOST * whole:
            days = max(0, -int(-(step.hour - SAME_H) // HOURS_PER_DAY))
            at = in_place_at(steps, days * HOURS_PER_DAY)
            short = (at.people if people else at.tonnes) < whole
            return at if short and at.hour < closure_h else None
    return None


def _rest(case: Case, undone: Sequence[str], last: InPlace) -> str:
    people = sum(requirement.pax for requirement in case.problem.requirements) - last.people
    tonnes = sum(requirement.tonnes for requirement in case.problem.requirements) - last.tonnes
    missing = say_people(people) if people else f"{say_number(tonnes)} t"
    can = "can be" if set(undone) <= set(case.bound.left_out) else "are"
    if can == "can be":
        return f", and {missing} cannot be delivered"
    return f", and {missing} {'is' if people == 1 else 'are'} not delivered"


def _unbeaten(case: Case) -> str:
    bound_h = case.bound.closure_h
    if bound_h is None or case.closure_h is None:
        return ""
    if case.closure_h - bound_h <= NOTHING_H:
        return " (proven: no plan can be earlier)"
    return f" (no plan can beat {say_day(bound_h, down=True)})"


def value_clause(value: AlertValue) -> str:
    """What the alerts buy at closure, as a clause without a full stop."""
    words = vocabulary(value.with_alerts.problem)
    one = len(value.left_out) <= 1
    who = words.alert if one else words.alerts
    if value.with_alerts.name == WITHOUT:
        return words.nobody
    if all(unit.ready_gain_h <= SAME_H for unit in value.units):
        return f"{who} {'makes' if one else 'make'} no {words.unit} ready earlier"
    gain_h = value.closure_gain_h
    if gain_h is None:
        return _unlike(value, who)
    if gain_h > NOTHING_H:
        verb = "brings" if one else "bring"
        return f"{who} {verb} {words.closure} forward by {say_span(gain_h)}{_proven(value, gain_h)}"
    if gain_h < -NOTHING_H:
        verb = "puts" if one else "put"
        return f"{who} {verb} {words.closure} back by {say_span(-gain_h)}"
    buys = "buys" if one else "buy"
    clause = f"{who} {buys} nothing at {words.closure}{_nothing_more(value)}: {_binds(value)}"
    best = max(value.by_day, key=lambda row: row.people_gained, default=None)
    if best is not None and best.people_gained > 0:
        clause += f", but on day {best.day} {say_people(best.people_gained)} more "
        clause += "is in place" if best.people_gained == 1 else "are in place"
    return clause


def _unlike(value: AlertValue, who: str) -> str:
    """The two plans do not deliver alike: say what differs instead of a closure gain."""
    rich, poor = value.with_alerts, value.without
    after, before = _delivered(rich), _delivered(poor)
    people, tonnes = after.people - before.people, after.tonnes - before.tonnes
    if people > 0:
        return f"with {who} {say_people(people)} more {'gets' if people == 1 else 'get'} there"
    if tonnes > SAME_H and people == 0:
        return f"with {who} {say_number(tonnes)} t more get there"
    if rich.plan.totals.missed < poor.plan.totals.missed - SAME_H:
        saved = poor.plan.totals.missed - rich.plan.totals.missed
        return f"with {who} requirements of weight {say_number(saved)} no longer miss their last hour"
    return f"what {who} {'buys' if len(value.left_out) <= 1 else 'buy'} cannot be read off closure"


def _delivered(case: Case) -> InPlace:
    return (in_place(case.problem, case.plan) or (InPlace(0.0, 0, 0.0),))[-1]


def _proven(value: AlertValue, gain_h: float) -> str:
    span = value.closure_range_h
    if span is None:
        return ""
    low, high = span
    if high - low <= NOTHING_H:
        return " (proven)"
    said = say_range(low, high)
    alike_units = (high >= DAYS_FROM_H) == (gain_h >= DAYS_FROM_H)
    return f" (proven between {said.rsplit(' ', 1)[0] if alike_units else said})"


def _nothing_more(value: AlertValue) -> str:
    span = value.closure_range_h
    if span is None:
        return ""
    return " (proven)" if span[1] <= NOTHING_H else f" (at most {say_span(span[1])} could be found)"


def _binds(value: AlertValue) -> str:
    """What holds closure where it is: what ate the readiness of the requirement that closes last."""
    case = value.with_alerts
    closes = {o.id: o.close_h for o in case.plan.requirements if o.close_h is not None}
    last = max(closes, key=lambda name: (closes[name], name))
    gain = next(unit for unit in value.units if unit.requirement == last)
    if gain.ready_gain_h <= SAME_H:
        return f"{last} closes last and is {vocabulary(case.problem).ready} no earlier"
    if gain.eaten_cause == "slots":
        return f"{name_of(case.problem, Held('slots', gain.eaten_at))} bind"
    if gain.eaten_cause == "lift":
        return f"lift ({name_of(case.problem, Held('lift', gain.eaten_at))}) binds"
    return "closed links bind" if gain.eaten_cause == "closed" else "the way there binds"


def value_sentences(value: AlertValue) -> tuple[str, ...]:
    """The value of the alerts in plain sentences: closure, lateness, people, what survived, each alert."""
    said = [_sentence(value_clause(value)), *_lateness(value), *_people(value), *_survival(value)]
    return (*said, *_each(value))


def _sentence(clause: str) -> str:
    return f"{clause[:1].upper()}{clause[1:]}."


def _lateness(value: AlertValue) -> list[str]:
    gain = value.lateness_gain
    if gain is None or value.lateness_without is None:
        return []
    before = value.lateness_without.weighted_lateness
    if before <= SAME_H:
        return ["Planned for the least lateness, nothing is late even without them."]
    if gain <= SAME_H:
        return [
            f"Planned for the least lateness, they save none of {say_number(before)} weighted hours late."
        ]
    return [
        f"Planned for the least lateness, they save {say_number(gain)} of {say_number(before)} "
        "weighted hours late."
    ]


def _people(value: AlertValue) -> list[str]:
    best = max(value.by_day, key=lambda row: row.people_gained, default=None)
    if best is None or best.people_gained <= 0:
        return []
    return [
        f"The most is gained on day {best.day}: {best.people_with:,} people in place instead of "
        f"{best.people_without:,}."
    ]


def _survival(value: AlertValue) -> list[str]:
    if value.survived is None:
        return []
    words = vocabulary(value.with_alerts.problem)
    said = [f"Of the readiness gained, {value.survived:.0%} survived to arrival."]
    eaten = Counter(unit.eaten_cause for unit in value.units if unit.eaten_cause)
    names = {"lift": "waiting for lift", "slots": "waiting for slots", "closed": "closed links"}
    parts = [
        f"{names.get(cause, 'a longer way')} for {say_count(number, words.unit, words.units)}"
        for cause, number in eaten.most_common()
    ]
    if parts:
        said.append(f"What ate the rest: {say_list(parts)}.")
    return said


def _each(value: AlertValue) -> list[str]:
    if len(value.left_out) < 2:
        return []
    said = []
    closure = vocabulary(value.with_alerts.problem).closure
    for alert in value.left_out:
        gain_h = value.alert_gain_h(alert)
        if gain_h is None:
            said.append(f"Without {alert} the plan does not deliver alike.")
        elif gain_h > NOTHING_H:
            said.append(f"Without {alert} alone, {closure} comes {say_span(gain_h)} later.")
        elif gain_h < -NOTHING_H:
            said.append(f"Without {alert} alone, {closure} comes {say_span(-gain_h)} earlier.")
        else:
            said.append(f"Without {alert} alone, {closure} comes no later.")
    return said
