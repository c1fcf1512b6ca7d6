"""No sequence of commands breaks what must always hold; a naive model counts beside the fold."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from standto.alert import commands as c
from standto.alert.events import (
    AlertAcknowledged,
    AlertAnswered,
    AlertExtended,
    AlertLowered,
    AlertRaised,
    AlertStoodDown,
    AlertSuperseded,
    Recipient,
    TimerFired,
)
from standto.alert.folding import fold
from standto.alert.force import addressed, alerts_of
from standto.alert.machines import ADDRESSEE, MESSAGE, ORDER, STANDING, TIMER
from standto.alert.rules.messages import outstanding
from standto.alert.state import AlertState
from standto.alert.totals import answers, on_alert
from standto.errors import StandtoError
from tests.alert.scenes import FORCE, OFFICE, UNITS, Watch

ORDERS = st.sampled_from(["A1", "A1", "A1", "A2"])
SOME = st.lists(st.sampled_from(UNITS[:4]), min_size=1, max_size=2, unique=True)
POSTURES = st.sampled_from(["heightened", "immediate"])
CEILINGS = st.sampled_from([None, 500, 800])
STRENGTH = {unit.id: unit.strength for unit in FORCE.units}


class Orders(RuleBasedStateMachine):
    """Commands of all kinds in any order; refusals are allowed, broken promises are not."""

    @initialize()
    def begin(self) -> None:
        self.watch = Watch()
        self.ceilings: dict[str, int | None] = {}
        self.acknowledged: set[tuple[str, str, int]] = set()
        self.fired: set[tuple[str, int]] = set()
        self.under: dict[str, dict[str, str]] = {}
        self.attempt(self.watch.raise_, "A1", ["U1", "U2"], ceiling=500)

    def attempt(self, act: Any, *arguments: Any, **fields: Any) -> None:
        before = self.watch.state
        try:
            events = act(*arguments, **fields)
        except StandtoError:
            assert self.watch.state == before
            return
        for event in events:
            self.count(event)

    def count(self, event: Any) -> None:
        """The naive model: who is under which order with which answer, by the events alone."""
        match event:
            case AlertRaised() | AlertExtended():
                if isinstance(event, AlertRaised):
                    self.ceilings[event.alert] = event.ceiling
                units = self.under.setdefault(event.alert, {})
                units.update({addressee.unit: "told" for addressee in event.addressees})
            case AlertLowered():
                self.under[event.alert].update(dict.fromkeys(event.units, "told"))
            case AlertSuperseded():
                self.under[event.alert] = dict.fromkeys(self.under[event.alert], "released")
            case AlertStoodDown():
                self.under[event.alert].update(dict.fromkeys(event.units, "released"))
            case AlertAcknowledged():
                key = (event.alert, event.unit, event.version)
                assert key not in self.acknowledged, "acknowledged twice"
                self.acknowledged.add(key)
                self.under[event.alert][event.unit] = "acknowledged"
            case AlertAnswered():
                words = {"yes": "agreed", "caveat": "caveated", "awaiting": "awaiting", "no": "refused"}
                self.under[event.alert][event.unit] = words[event.answer]
            case TimerFired():
                assert (event.timer, event.firing) not in self.fired, "fired twice"
                self.fired.add((event.timer, event.firing))

    @rule(alert=ORDERS, units=SOME, to=POSTURES, ceiling=CEILINGS)
    def raise_(self, alert: str, units: list[str], to: str, ceiling: int | None) -> None:
        self.attempt(self.watch.raise_, alert, units, to, ceiling=ceiling)

    @rule(alert=ORDERS, old=ORDERS, units=SOME, to=POSTURES, ceiling=CEILINGS)
    def supersede(self, alert: str, old: str, units: list[str], to: str, ceiling: int | None) -> None:
        self.attempt(
            self.watch.raise_,
            alert,
            units,
            to,
            ceiling=ceiling,
            command=c.SupersedeAlert,
            supersedes=old,
        )

    @rule(alert=ORDERS, units=SOME, hours=st.none() | st.integers(1, 60))
    def extend(self, alert: str, units: list[str], hours: int | None) -> None:
        until = None if hours is None else self.watch.clock.now + timedelta(hours=hours)
        self.attempt(
            self.watch.do,
            c.ExtendAlert,
            alert=alert,
            addressees=addressed(FORCE, units),
            until=until,
            authority=OFFICE,
        )

    @rule(alert=ORDERS, units=SOME, to=POSTURES)
    def lower(self, alert: str, units: list[str], to: str) -> None:
        self.attempt(self.watch.lower, to, units, alert)

    @rule(alert=ORDERS, units=SOME.filter(lambda units: len(units) == 1))
    def stand_down(self, alert: str, units: list[str]) -> None:
        self.attempt(self.watch.stand_down, *units, alert=alert)

    @rule(alert=ORDERS, unit=st.sampled_from(UNITS[:4]))
    def acknowledge(self, alert: str, unit: str) -> None:
        self.attempt(self.watch.ack, unit, alert)

    @rule(
        alert=ORDERS,
        unit=st.sampled_from(UNITS[:4]),
        answer=st.sampled_from(["yes", "caveat", "awaiting", "no"]),
    )
    def answer(self, alert: str, unit: str, answer: str) -> None:
        self.attempt(self.watch.answer, unit, answer, alert)

    @rule(minutes=st.sampled_from([1, 15, 30, 600]))
    def wait(self, minutes: int) -> None:
        self.watch.later(minutes=minutes)

    @precondition(lambda self: self.watch.state.timers)
    @rule(data=st.data(), back=st.sampled_from([0, 0, 1]))
    def fire(self, data: st.DataObject, back: int) -> None:
        timer = data.draw(st.sampled_from(sorted(self.watch.state.timers.values(), key=lambda one: one.id)))
        told = (Recipient(office="duty", channel="mail"),)
        firing = c.Firing(
            timer=timer.id,
            version=timer.version,
            step=timer.step,
            firing=timer.firings + 1 - back,
            recipients=told,
        )
        self.attempt(self.watch.do, c.FireTimers, firings=(firing,))

    @rule(works=st.booleans())
    def send(self, works: bool) -> None:
        messages = outstanding(self.watch.state, self.watch.clock.now)
        tries = tuple(c.Try(key=message.key, attempt=message.attempt + 1) for message in messages)
        assert len(self.watch.do(c.TryMessages, tries=tries)) == len(messages)
        reason = "" if works else "nobody there"
        tried = tuple(
            c.Tried(key=one.key, attempt=one.attempt, reason=reason, again_s=60 if one.attempt < 3 else None)
            for one in tries
        )
        self.watch.do(c.NoteTries, tried=tried)

    @invariant()
    def ceilings_hold(self) -> None:
        now = self.watch.clock.now
        for id_, order in self.watch.state.orders.items():
            ceiling = self.ceilings[id_]
            assert order.ceiling == ceiling
            assert ceiling is None or order.people(now) <= ceiling

    @invariant()
    def totals_equal_the_count(self) -> None:
        state, now = self.watch.state, self.watch.clock.now
        for id_, order in state.orders.items():
            counted: dict[str, int] = {}
            for unit, status in self.under[id_].items():
                counted[status] = counted.get(status, 0) + STRENGTH[unit]
            assert {status: tally.people for status, tally in answers(order).items()} == counted
        standing = {
            unit
            for id_, units in self.under.items()
            for unit, status in units.items()
            if status in STANDING and state.orders[id_].status_at(now) == "standing"
        }
        assert {one.unit for one in on_alert(state, now)} == standing

    def teardown(self) -> None:
        if hasattr(self, "watch"):
            self.replay_equals_live()

    def replay_equals_live(self) -> None:
        record = self.watch.record
        notes = [record.codec.note(entry) for entry in record.entries()]
        assert fold(AlertState(), notes) == self.watch.state

    @invariant()
    def every_status_is_of_its_table(self) -> None:
        state = self.watch.state
        names = {
            machine.name: {name for name, _ in machine.statuses}
            for machine in (ORDER, ADDRESSEE, TIMER, MESSAGE)
        }
        for order in state.orders.values():
            assert order.status in names[ORDER.name]
            assert all(told.status in names[ADDRESSEE.name] for told in order.told.values())
        assert all(timer.status in names[TIMER.name] for timer in state.timers.values())
        assert all(message.status in names[MESSAGE.name] for message in state.messages.values())

    @invariant()
    def timers_run_only_for_who_is_to_be_told(self) -> None:
        state = self.watch.state
        for timer in state.timers.values():
            told = state.orders[timer.alert].told[timer.unit]
            if timer.status == "set" and timer.purpose != "notice" and not timer.reason:
                assert told.status in ("told", "awaiting")

    @invariant()
    def the_clock_can_hear_it(self) -> None:
        rows = alerts_of(FORCE, self.watch.state)
        assert len({row.id for row in rows}) == len(rows)
        heard = {unit for row in rows for unit in row.units}
        for one in on_alert(self.watch.state, self.watch.clock.now):
            assert not one.level or one.unit in heard


Orders.TestCase.settings = settings(
    max_examples=60,
    stateful_step_count=30,
    phases=(Phase.explicit, Phase.generate),  # a failing story is long already; to shorten it takes minutes
)
TestOrders = Orders.TestCase
