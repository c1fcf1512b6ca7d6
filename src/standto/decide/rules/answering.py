"""The one door to this room's rules: what fell due by itself first, then what the command leads to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from standto.decide import commands
from standto.decide.commands import CloseConsultation
from standto.decide.events import DecisionAdopted
from standto.decide.rules.approving import approve_contribution
from standto.decide.rules.asking import require_name
from standto.decide.rules.bodies import assign_package, delegate_readiness, found_body, revoke_delegation
from standto.decide.rules.closing import close_consultation
from standto.decide.rules.consulting import (
    cast_vote,
    open_consultation,
    propose_decision,
    represent_member,
    reserve_position,
)
from standto.decide.rules.due import due
from standto.decide.rules.ending import withdraw_decision
from standto.decide.rules.ordering import cancel_order, give_order, review_override
from standto.decide.rules.reporting import report_movement
from standto.decide.rules.silence import break_silence, extend_silence, set_silence
from standto.decide.state import Decided
from standto.ledger.command import Command
from standto.ledger.event import Dated, Event

Rule = Callable[[Decided, Any, datetime], tuple[Event, ...]]

RULES: Mapping[type[Command], Rule] = {
    commands.FoundBody: found_body,
    commands.AssignPackage: assign_package,
    commands.DelegateReadiness: delegate_readiness,
    commands.RevokeDelegation: revoke_delegation,
    commands.OpenConsultation: open_consultation,
    commands.RepresentMember: represent_member,
    commands.ProposeDecision: propose_decision,
    commands.SetSilence: set_silence,
    commands.ExtendSilence: extend_silence,
    commands.BreakSilence: break_silence,
    commands.ReservePosition: reserve_position,
    commands.CastVote: cast_vote,
    commands.CloseConsultation: close_consultation,
    commands.ApproveContribution: approve_contribution,
    commands.WithdrawDecision: withdraw_decision,
    commands.GiveOrder: give_order,
    commands.ReviewOverride: review_override,
    commands.CancelOrder: cancel_order,
    commands.ReportMovement: report_movement,
    commands.SettleDue: lambda state, command, now: (),
}


def answer(state: Decided, command: Command, now: datetime) -> tuple[Event | Dated, ...]:
    """What a command leads to, after whatever fell due by itself before it.

    Parameters
    ----------
    state
        Bodies, decisions and orders as they stand.
    command
        One of this room's commands.
    now
        The instant of recording; silences and times of decisions run by it, not by a command's `at`.

    Raises
    ------
    RefusedError
        If it is not allowed as things stand. What fell due is then noted by the next command that is.
    """
    require_name("the office that gives a command", command.by)
    happened, state = due(state, now)
    if isinstance(command, CloseConsultation) and _just_adopted(happened, command.decision):
        return happened
    return (*happened, *RULES[type(command)](state, command, now))


def _just_adopted(happened: tuple[Dated, ...], decision: str) -> bool:
    """Whether silence adopted it just now, so that closing it is the confirmation."""
    events = (item.event for item in happened)
    return any(isinstance(event, DecisionAdopted) and event.decision == decision for event in events)
