"""One movement order as it stands, and what was reported of its movement."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from standto.decide.events import (
    MovementArrived,
    MovementDelayed,
    MovementDeparted,
    MovementEvent,
    OrderCancelled,
    OrderGiven,
    OrderStopped,
    OverrideReviewed,
)
from standto.decide.machines import ORDER, OVERRIDE
from standto.ledger.event import Event, Noted


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Who was ordered where, on what ground, and how far it has come."""

    id: str
    given: OrderGiven
    given_at: datetime
    by: str
    status: str = ORDER.first
    override_status: str = OVERRIDE.first
    review: str = ""
    departed: int = 0
    """People reported as departed; at least, where a report did not say how many."""
    arrived: int = 0
    counts_known: bool = True
    """Whether every report said how many."""
    lost_h: float = 0.0
    first_departure: datetime | None = None
    first_arrival: datetime | None = None
    last_arrival: datetime | None = None
    reports: tuple[MovementEvent, ...] = ()
    ended_at: datetime | None = None
    """Since when nobody may depart any more: cancelled or stopped."""
    why_ended: str = ""

    @property
    def under_way(self) -> int:
        """People reported as departed and not as arrived."""
        return max(0, self.departed - self.arrived)

    @property
    def has_moved(self) -> bool:
        """Whether any departure or arrival was reported."""
        return self.first_departure is not None or self.first_arrival is not None

    @property
    def on_the_way(self) -> bool:
        """Whether people move under it, as far as was reported, even if nobody more may depart."""
        if self.status == "moving":
            return True
        return self.has_moved and self.status != "complete" and (self.under_way > 0 or not self.counts_known)

    @property
    def counts(self) -> int:
        """People that count against a ceiling: all that were ordered; once ended, those who had left."""
        if self.status in {"cancelled", "stopped"}:
            return max(self.departed, self.arrived) if self.counts_known else self.given.people
        return self.given.people

    def review_overdue(self, now: datetime) -> bool:
        """Whether an emergency override should have been looked at by now and was not."""
        override = self.given.override
        return override is not None and self.override_status == "standing" and now >= override.review_at

    def after(self, noted: Noted) -> Self:
        """The order with one more thing noted about it."""
        event = noted.event
        changed = replace(self, status=ORDER.follow(self.status, self.trigger(event)) or self.status)
        if isinstance(event, MovementEvent):
            return changed._reported(event)
        if isinstance(event, OrderCancelled | OrderStopped):
            return replace(changed, why_ended=event.reason, ended_at=noted.effective_at)
        if isinstance(event, OverrideReviewed):
            trigger = f"{event.kind} as {event.outcome}"
            status = OVERRIDE.follow(self.override_status, trigger) or self.override_status
            return replace(changed, override_status=status, review=event.text)
        return changed

    def trigger(self, event: Event) -> str:
        """How the table of an order's life calls an event in its status."""
        late = isinstance(event, MovementDeparted) and self.ended_at is not None and event.at < self.ended_at
        return f"{event.kind} before that" if late else event.kind

    def _reported(self, event: MovementEvent) -> Self:
        changed = replace(self, reports=(*self.reports, event))
        if isinstance(event, MovementDelayed):
            return replace(changed, lost_h=self.lost_h + event.hours)
        if not isinstance(event, MovementDeparted | MovementArrived):
            return changed
        people, known = event.people or 0, self.counts_known and event.people is not None
        if isinstance(event, MovementDeparted):
            first = min(event.at, self.first_departure or event.at)
            return replace(
                changed, departed=self.departed + people, counts_known=known, first_departure=first
            )
        return replace(
            changed,
            arrived=self.arrived + people,
            counts_known=known,
            first_arrival=min(event.at, self.first_arrival or event.at),
            last_arrival=max(event.at, self.last_arrival or event.at),
        )


def given(event: OrderGiven, noted: Noted) -> Order:
    """An order as it begins."""
    return Order(id=event.order, given=event, given_at=noted.effective_at, by=noted.by)
