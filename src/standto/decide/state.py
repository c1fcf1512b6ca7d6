"""Bodies, decisions, orders and movements as they stand, folded from what was noted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from standto.decide import consultation as consultations
from standto.decide import order as orders
from standto.decide.body import Body, Package
from standto.decide.consultation import Consultation
from standto.decide.events import (
    BodyEvent,
    BodyFounded,
    ConsultationEvent,
    ConsultationOpened,
    DelegationRevoked,
    MovementEvent,
    OrderEvent,
    OrderGiven,
    PackageAssigned,
    ReadinessDelegated,
)
from standto.decide.order import Order
from standto.ledger.event import Noted


@dataclass(frozen=True, slots=True)
class Decided:
    """What was agreed and ordered; never changed, every event makes another.

    Folding many events shares one set of dictionaries among the states on the way, which nobody sees.
    """

    bodies: dict[str, Body] = field(default_factory=dict)
    consultations: dict[str, Consultation] = field(default_factory=dict)
    orders: dict[str, Order] = field(default_factory=dict)
    under: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Orders by the decision they rest on."""

    def apply(self, noted: Noted) -> Self:
        """The state after one more event; events of other rooms change nothing."""
        return self._own().take(noted)

    def fold(self, history: Iterable[Noted]) -> Self:
        """The state after a whole history."""
        state = self._own()
        for noted in history:
            state.take(noted)
        return state

    def take(self, noted: Noted) -> Self:
        """Write one event into this very state; only for who owns it alone, as `fold` does.

        An event about what is not known yet changes nothing: by effective time a report can come before the
        order that it is about.
        """
        event = noted.event
        if isinstance(event, BodyEvent):
            self._take_body(event)
        elif isinstance(event, ConsultationOpened):
            self.consultations[event.decision] = consultations.opened(event, noted)
        elif isinstance(event, ConsultationEvent):
            known = self.consultations.get(event.decision)
            if known is not None:
                self.consultations[event.decision] = known.after(noted)
        elif isinstance(event, OrderGiven):
            self.orders[event.order] = orders.given(event, noted)
            self.under[event.decision] = (*self.under.get(event.decision, ()), event.order)
        elif isinstance(event, OrderEvent | MovementEvent):
            order = self.orders.get(event.order)
            if order is not None:
                self.orders[event.order] = order.after(noted)
        return self

    def _own(self) -> Self:
        return type(self)(dict(self.bodies), dict(self.consultations), dict(self.orders), dict(self.under))

    def _take_body(self, event: BodyEvent) -> None:
        if isinstance(event, BodyFounded):
            self.bodies[event.body] = event.founded
            return
        body = self.bodies.get(event.body)
        if body is None:
            return
        if isinstance(event, PackageAssigned):
            self.bodies[event.body] = body.with_package(event.package)
        elif isinstance(event, ReadinessDelegated):
            self.bodies[event.body] = body.delegating(event.delegation)
        elif isinstance(event, DelegationRevoked):
            self.bodies[event.body] = body.revoking(event.office)

    def packages_of(self, unit: str) -> tuple[tuple[Body, Package], ...]:
        """Every body that decides for a unit (or a package named as a whole), with the package."""
        return tuple((body, package) for body in self.bodies.values() for package in body.holding(unit))

    def orders_under(self, decision: str) -> tuple[Order, ...]:
        """The orders that rest on a decision, in the order they were given."""
        return tuple(self.orders[order] for order in self.under.get(decision, ()))

    def people_ordered(self, decision: str, permit: int) -> int:
        """People that count against the ceiling of one permit of a decision, counted from 1."""
        return sum(order.counts for order in self.orders_under(decision) if order.given.permit == permit)

    def overrides(self) -> tuple[Order, ...]:
        """Every order that was given without a decision."""
        return tuple(order for order in self.orders.values() if order.given.override is not None)

    def moving(self) -> tuple[Order, ...]:
        """Orders under which people move: departed or arriving, and not all there."""
        return tuple(order for order in self.orders.values() if order.on_the_way)
