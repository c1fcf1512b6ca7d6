"""An invented record of any length: alert orders, answers, timers and messages, orders and movements."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice

from standto.alert import events as alert
from standto.decide import events as decide
from standto.decide.body import Body, Package, Rule
from standto.decide.permit import Permit, Proposal
from standto.desk.rooms import rooms
from standto.ledger.codec import Codec
from standto.ledger.entry import Draft
from standto.ledger.event import Event
from standto.ledger.opening import Opened

BEGIN = datetime(2030, 1, 1, tzinfo=UTC)
UNITS = 100
"""Addressees of every alert order; each makes ten entries."""


def history(count: int, seed: int = 0) -> list[tuple[datetime, Draft]]:
    """So many entries with the instants at which they were recorded, a minute apart."""
    codec = Codec(event for room in rooms() for event in room.events)
    drafts = []
    for number, event in enumerate(islice(_events(random.Random(seed)), count)):
        at = BEGIN + timedelta(minutes=number)
        kind, schema, body = codec.encode(event)
        draft = Draft(
            stream=event.stream,
            kind=kind,
            schema=schema,
            body=body,
            effective_at=at - timedelta(minutes=number % 7),
            by="Watch officer",
            why="as reported by telephone",
            nature="exercise",
            command=f"c{number}",
            command_digest="0" * 64,
        )
        drafts.append((at, draft))
    return drafts


def _events(chance: random.Random) -> Iterator[Event]:
    yield Opened(name="Long exercise", nature="exercise")
    yield decide.BodyFounded(
        body="council",
        founded=Body(
            id="council",
            name="The council",
            rule=Rule(how="single"),
            chair="Chair",
            packages=(Package(id="force", units=("*",)),),
        ),
    )
    number = 0
    while True:
        number += 1
        yield from _decision(f"D{number}")
        yield from _alert(f"A{number}", chance)
        yield from _movements(f"M{number}", f"D{number}", chance)


def _decision(name: str) -> Iterator[Event]:
    permits = (Permit(act="movement", units=("force",)),)
    yield decide.ConsultationOpened(decision=name, body="council", subject="reinforcement")
    yield decide.DecisionProposed(decision=name, proposal=Proposal(text="The force goes.", permits=permits))
    yield decide.DecisionAdopted(decision=name, how="single", count="by the chair", told=("Chair",))


def _alert(name: str, chance: random.Random) -> Iterator[Event]:
    units = [f"unit-{number}" for number in range(UNITS)]
    addressees = tuple(alert.Addressee(unit=unit, strength=85) for unit in units)
    yield alert.AlertRaised(
        alert=name,
        version=1,
        posture="heightened",
        level=1,
        addressees=addressees,
        authority="Chair",
        basis="own",
        body="council",
        ceiling=8500,
    )
    for unit in units:
        timer, key = f"{name}.{unit}", f"{name}.{unit}.1"
        due = BEGIN + timedelta(hours=chance.randint(1, 9999))
        yield alert.TimerSet(timer=timer, alert=name, version=1, unit=unit, step=0, due=due, purpose="chase")
        told = (alert.Recipient(office="duty office", channel="mail"),)
        yield alert.TimerFired(timer=timer, step=0, firing=1, told=told, next_due=due + timedelta(hours=1))
        yield alert.MessageQueued(
            key=key,
            timer=timer,
            alert=name,
            version=1,
            unit=unit,
            step=0,
            purpose="chase",
            office="duty office",
            channel="mail",
        )
        yield alert.MessageTried(key=key, attempt=1, until=due + timedelta(minutes=5))
        yield alert.MessageSent(key=key, attempt=1)
        yield alert.AlertAcknowledged(alert=name, version=1, unit=unit)
        yield alert.TimerStopped(timer=timer, reason="acknowledged")
        yield alert.AlertAnswered(alert=name, version=1, unit=unit, answer="yes", says="ready as planned")
        yield alert.ReadinessReported(unit=unit, left_h=chance.uniform(0, 240))


def _movements(name: str, decision: str, chance: random.Random) -> Iterator[Event]:
    for number in range(UNITS // 4):
        order, at = f"{name}.{number}", BEGIN + timedelta(hours=chance.randint(1, 9999))
        yield decide.OrderGiven(
            order=order,
            unit=f"unit-{number}",
            people=85,
            origin="home",
            destination="EPRZ",
            from_at=at,
            decision=decision,
            permit=1,
            covered="force",
        )
        yield decide.MovementDeparted(order=order, at=at, people=85)
        yield decide.MovementArrived(order=order, at=at + timedelta(hours=9), people=85)
