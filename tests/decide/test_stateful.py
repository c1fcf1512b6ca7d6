"""Whatever commands come in whatever order: nobody moves without a decision or an override.

The invariants read the history of events alone and share no code with the rules.
"""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from standto.decide.commands import (
    ApproveContribution,
    BreakSilence,
    CancelOrder,
    CastVote,
    CloseConsultation,
    ExtendSilence,
    ProposeDecision,
    ReservePosition,
    ReviewOverride,
    SetSilence,
    SettleDue,
    WithdrawDecision,
)
from standto.decide.events import (
    DecisionAdopted,
    DecisionEnded,
    DecisionProposed,
    MovementArrived,
    MovementDeparted,
    OrderCancelled,
    OrderGiven,
    OrderStopped,
    SilenceBroken,
    SilenceExtended,
    SilenceSet,
    VoteCast,
)
from standto.decide.permit import Act, Needed, Permit, Proposal
from standto.decide.state import Decided
from standto.errors import RefusedError
from standto.ledger.command import Command
from standto.ledger.event import Noted
from tests.decide import scene

DECISIONS = st.sampled_from(["D1", "D2"])
MEMBERS = st.sampled_from(["ALFA", "BRAVO", "CHARLIE"])
UNITS = st.sampled_from(["A-1", "A-1", "B-1", "C-1", "Z-9"])
HOURS = st.sampled_from([0.5, 1, 3, 24])
PEOPLE = st.sampled_from([None, 20, 50, 50])
CEILING = 150


@st.composite
def proposals(draw: st.DrawFn) -> Proposal:
    places = draw(st.sampled_from([(), ("port",), ("port", "field")]))
    units = draw(st.sampled_from([("FORCE",), ("A-1",), ("B-1", "C-1")]))
    acts: list[Act] = ["movement", "movement", "readiness"]
    act = draw(st.sampled_from(acts))
    needed = draw(st.sampled_from([(), (Needed(nation="BRAVO", units=("B-1",)),)]))
    ends = draw(st.sampled_from([None, scene.NOON + 30 * scene.HOUR]))
    superseded = draw(st.sampled_from([(), (), ("D1",)]))
    permit = Permit(act=act, units=units, places=places, people=CEILING)
    return Proposal(
        text="reinforce", permits=(permit,), approvals=needed, valid_until=ends, supersedes=superseded
    )


class Anything(RuleBasedStateMachine):
    """Commands at random, most of them refused."""

    orders = Bundle("orders")

    def __init__(self) -> None:
        super().__init__()
        self.desk = scene.desk()

    def attempt(self, kind: type[Command], **fields: Any) -> None:
        with suppress(RefusedError):
            self.desk.give(kind, **fields)

    @initialize(proposal=proposals(), decided=st.sampled_from([True, True, False]))
    def begin(self, proposal: Proposal, decided: bool) -> None:
        """Most runs begin with a decision, since few get to one by chance."""
        if decided:
            permits = tuple(replace(permit, act="movement") for permit in proposal.permits)
            until = proposal.valid_until
            self.desk.adopt("D1", *permits, approvals=proposal.approvals, valid_until=until)

    @rule(hours=HOURS)
    def wait(self, hours: float) -> None:
        self.desk.wait(hours)

    @rule(decision=DECISIONS, proposal=proposals())
    def propose(self, decision: str, proposal: Proposal) -> None:
        if decision in self.desk.state.consultations:
            self.attempt(ProposeDecision, decision=decision, proposal=proposal)
        else:
            try:
                self.desk.propose(decision)
            except RefusedError:
                raise AssertionError("the first text of a consultation is never refused") from None

    @rule(decision=DECISIONS, hours=HOURS, longer=st.booleans())
    def silence(self, decision: str, hours: float, longer: bool) -> None:
        until = self.desk.now + hours * scene.HOUR
        self.attempt(ExtendSilence if longer else SetSilence, decision=decision, until=until)

    @rule(
        decision=DECISIONS,
        member=MEMBERS,
        how=st.sampled_from(["objection", "amendment", "yes", "yes", "no"]),
    )
    def speak(self, decision: str, member: str, how: str) -> None:
        fields = {"decision": decision, "member": member, "by": member}
        if how in {"yes", "no"}:
            self.attempt(CastVote, **fields, vote=how)
        else:
            self.attempt(BreakSilence, **fields, how=how, text="no")
        self.attempt(ReservePosition, **fields, how="reservation", text="", units=("C-1",))

    @rule(
        decision=DECISIONS, how=st.sampled_from(["close", "close", "end", "withdraw", "yes", "no", "settle"])
    )
    def conclude(self, decision: str, how: str) -> None:
        approval = {
            "decision": decision,
            "nation": "BRAVO",
            "units": ("B-1",),
            "by": "Parliament",
            "why": "so",
        }
        if how == "close":
            self.attempt(CloseConsultation, decision=decision)
        elif how == "end":
            self.attempt(CloseConsultation, decision=decision, outcome="no decision")
        elif how == "withdraw":
            self.attempt(WithdrawDecision, decision=decision, why="talks")
        elif how == "settle":
            self.attempt(SettleDue)
        else:
            self.attempt(ApproveContribution, **approval, granted=how == "yes")

    @rule(
        target=orders,
        unit=UNITS,
        people=st.sampled_from([50, 50, 100, 200]),
        place=st.sampled_from(["port", "port", "port", "field", "moon"]),
        decision=st.sampled_from(["", "", "D1", "D2"]),
        override=st.sampled_from([False, False, False, True]),
    )
    def order(self, unit: str, people: int, place: str, decision: str, override: bool) -> Any:
        order = f"O{self.desk.number}"
        fields = {"unit": unit, "people": people, "destination": place, "decision": decision}
        if override:
            fields |= {"authority": "Supreme Commander", "why": "danger", "decision": ""}
            fields["review_at"] = self.desk.now + scene.HOUR
        try:
            self.desk.order(order, **fields)
        except RefusedError:
            assert order not in self.desk.state.orders
            return multiple()
        return order

    @rule(order=orders, how=st.sampled_from(["cancel", "upheld", "ended"]))
    def end(self, order: str, how: str) -> None:
        if how == "cancel":
            self.attempt(CancelOrder, order=order, why="no need")
        else:
            self.attempt(ReviewOverride, order=order, outcome=how, why="seen")

    @rule(order=orders, people=PEOPLE, ago=st.sampled_from([0, 0, 1]), ended=st.sampled_from([False, True]))
    def depart(self, order: str, people: int | None, ago: float, ended: bool) -> None:
        if ended and order in self.desk.state.orders:
            decision = self.desk.state.orders[order].given.decision
            self.attempt(WithdrawDecision, decision=decision, why="talks")
        happened_at = self.desk.now - ago * scene.HOUR
        with suppress(RefusedError):
            self.desk.report(order, "departed", people=people, happened_at=happened_at)

    @rule(order=orders, people=PEOPLE, what=st.sampled_from(["arrived", "arrived", "delayed"]))
    def arrive(self, order: str, people: int | None, what: str) -> None:
        with suppress(RefusedError):
            self.desk.report(order, what, people=people, hours=2.0)

    def notes(self, *kinds: type) -> list[tuple[Noted, Any]]:
        """What was noted of some kinds, with the event once more for its own fields."""
        return [(note, note.event) for note in self.desk.history if isinstance(note.event, kinds)]

    @invariant()
    def nobody_moves_without_a_decision_or_an_override(self) -> None:
        orders = {event.order: (note, event) for note, event in self.notes(OrderGiven)}
        for note, report in self.notes(MovementDeparted, MovementArrived):
            ordered, given = orders[report.order]
            assert ordered.position < note.position
            assert report.at >= ordered.effective_at
            if given.override is not None:
                continue
            adoptions = self.notes(DecisionAdopted)
            (adopted,) = [found for found, event in adoptions if event.decision == given.decision]
            assert adopted.position < ordered.position
            assert adopted.effective_at <= ordered.recorded_at
            ends = self.ends(given.decision, given.order)
            assert not [end for end in self.ends(given.decision) if end.position < ordered.position]
            if isinstance(note.event, MovementDeparted):
                assert all(report.at < end.effective_at for end in ends if end.position < note.position)

    def ends(self, decision: str, order: str = "") -> list[Noted]:
        """Ends of a decision, or cancellations and stops of an order."""
        found = self.notes(DecisionEnded, OrderCancelled, OrderStopped)
        return [
            note
            for note, event in found
            if decision == getattr(event, "decision", None) or order == getattr(event, "order", None)
        ]

    @invariant()
    def silence_adopts_at_its_end_and_only_unbroken(self) -> None:
        until: dict[str, datetime | None] = {}
        for note in self.desk.history:
            event = note.event
            if isinstance(event, SilenceSet | SilenceExtended):
                until[event.decision] = event.until
            elif isinstance(event, SilenceBroken):
                assert note.recorded_at < (until.pop(event.decision) or note.recorded_at)
            elif isinstance(event, DecisionAdopted) and event.how == "silence":
                assert note.effective_at == until.pop(event.decision)
                assert note.recorded_at >= note.effective_at

    @invariant()
    def nothing_is_adopted_or_voted_on_twice(self) -> None:
        rounds: Counter[str] = Counter()
        voted: Counter[tuple[str, int, str]] = Counter()
        adopted: Counter[str] = Counter()
        for note in self.desk.history:
            event = note.event
            if isinstance(event, DecisionProposed):
                rounds[event.decision] += 1
            elif isinstance(event, VoteCast):
                voted[event.decision, rounds[event.decision], event.member] += 1
            elif isinstance(event, DecisionAdopted):
                adopted[event.decision] += 1
        assert max([*voted.values(), *adopted.values(), 1]) == 1

    @invariant()
    def totals_equal_the_fold(self) -> None:
        assert Decided().fold(self.desk.history) == self.desk.state
        for order in self.desk.state.orders.values():
            for kind, total in ((MovementDeparted, order.departed), (MovementArrived, order.arrived)):
                reports = [event for _, event in self.notes(kind) if event.order == order.id]
                assert sum(event.people or 0 for event in reports) == total
                assert total <= order.given.people

    @invariant()
    def ceilings_hold(self) -> None:
        for decision in self.desk.state.consultations.values():
            for number, permit in enumerate(decision.proposal.permits if decision.proposal else (), 1):
                if permit.people is not None and decision.adopted:
                    assert self.desk.state.people_ordered(decision.id, number) <= permit.people


def test_no_sequence_of_commands_moves_anybody_without_a_decision() -> None:
    run_state_machine_as_test(
        Anything,
        settings=settings(max_examples=200, stateful_step_count=30, deadline=None, derandomize=True),
    )
