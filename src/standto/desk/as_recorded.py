"""A scenario's force as it stands in a record at an instant: its alerts and decisions are the record's.

Who commands the record commands the dates: alert orders become the scenario's alerts, decisions that permit
movement its decisions, and a unit's own movement order counts from when it was given. A decision that the
record does not hold yet counts as taken at C-hour, so that plans can be made before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from standto.alert.force import alerts_of
from standto.alert.state import AlertState
from standto.decide.consultation import Consultation
from standto.decide.order import Order
from standto.decide.saying import override_lines
from standto.decide.state import Decided
from standto.desk.record import Record
from standto.desk.room import Picture
from standto.errors import UsageError
from standto.force.report import Change
from standto.force.scenario import Scenario, Settings, addressees
from standto.force.tables import Decision, ScenarioRequirement
from standto.ledger.line import instant_text
from standto.ledger.opening import Opening

SOURCE = "record"
MOST_NAMED = 4
ENDED = ("cancelled", "stopped")


@dataclass(frozen=True)
class AsRecorded:
    """What a record says at an instant, to be put into a scenario.

    Attributes
    ----------
    place
        Where the record is.
    at
        The instant.
    picture
        The states of all rooms then.
    basis
        The record, the instant and its last entry, in a sentence.
    notes
        What was taken to be so that the record does not say; filled while a scenario takes the record.
    """

    place: str
    at: datetime
    picture: Picture
    basis: str
    notes: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, place: str, as_of: datetime | None, *, effective: bool) -> AsRecorded:
        """Read a record as it was known, or as it stood, at an instant; None = now.

        Raises
        ------
        StandtoError
            If there is no record, or it was not open yet.
        """
        with Record.open(place) as record:
            at = as_of or record.clock()
            banner = record.opening.banner
            picture = record.picture(as_of, effective=effective)
        if not picture.of(Opening).opened:
            raise UsageError(
                f"the record {place} was not open at {instant_text(at)[:16]}Z", fix="give a later --as-of"
            )
        how = "as it stood" if effective else "as it was known"
        basis = f"{banner}: {how} at {instant_text(at)[:16]}Z, up to entry {picture.position}"
        return cls(place, at, picture, basis)

    def change(self, path: Path) -> Change:
        """What makes the scenario at a path one with this record's alerts and decisions."""
        return partial(self.put_into, where=str(path))

    def data(self) -> dict[str, Any]:
        """The same for programs."""
        return {
            "record": self.place,
            "as_of": instant_text(self.at),
            "basis": self.basis,
            "notes": self.notes,
        }

    def put_into(self, scenario: Scenario, *, where: str) -> Scenario:
        """The scenario with the record's alerts and decisions.

        Parameters
        ----------
        where
            What messages call the scenario.

        Raises
        ------
        UsageError
            If the scenario has alerts or decisions of its own, or is an exercise where the record is real.
        """
        self._require_apart(scenario, where)
        decided = self.picture.of(Decided)
        rows = {row.id: row for row in self._decisions(scenario, decided)}
        open_ended: dict[tuple[str, str], list[str]] = {}
        requirements = []
        for requirement in scenario.requirements:
            row = self._row_for(scenario, requirement, rows, open_ended)
            if row is not None:
                rows[row.id] = row
            name = row.id if row is not None else requirement.decision
            requirements.append(requirement.model_copy(update={"decision": name}))
        self.notes[:] = list(override_lines(decided, self.at))
        self.notes.extend(_note(*found, units) for found, units in open_ended.items())
        alerts = alerts_of(scenario, self.picture.of(AlertState))
        return scenario.model_copy(
            update={
                "settings": self._settings(scenario.settings, {alert.id for alert in alerts}),
                "alerts": alerts,
                "decisions": tuple(rows.values()),
                "requirements": tuple(requirements),
            }
        )

    def _row_for(
        self,
        scenario: Scenario,
        requirement: ScenarioRequirement,
        rows: Mapping[str, Decision],
        open_ended: dict[tuple[str, str], list[str]],
    ) -> Decision | None:
        """What orders a requirement: its unit's own order, else its decision if that covers the unit."""
        order = _order_of(scenario, requirement, self.picture.of(Decided).orders)
        if order is not None:
            return _order_row(order, rows)
        if not requirement.decision:
            return None
        row, name = rows.get(requirement.decision), requirement.decision
        if row is not None and row.at is not None:
            covered = {unit.id for unit in addressees(scenario, row.units)} if row.units else None
            if covered is None or requirement.unit in covered:
                return row
            name = f"{requirement.decision}.not-covered"
        found = self._why_not(requirement.decision)
        open_ended.setdefault((requirement.decision, found), []).append(requirement.unit)
        return Decision(id=name, at=None, source=SOURCE, assumed=f"{found}: counts as taken at C-hour")

    def _require_apart(self, scenario: Scenario, where: str) -> None:
        both = [name for name in ("alerts", "decisions") if getattr(scenario, name)]
        if both:
            raise UsageError(
                f"{where} has {' and '.join(both)} of its own, and so has the record {self.place}",
                fix=f"take {' and '.join(both)} out of {where}, or leave out --record",
            )
        nature = self.picture.of(Opening).nature
        if scenario.settings.kind != nature:
            raise UsageError(
                f"{where} is {scenario.settings.kind} and the record {self.place} is {nature}",
                fix="use a scenario and a record that are both exercise or both real",
            )

    def _settings(self, settings: Settings, alerts: set[str]) -> Settings:
        variants = {
            name: tuple(alert for alert in left_out if alert in alerts)
            for name, left_out in settings.variants.items()
        }
        sources = {**settings.sources, SOURCE: self.basis}
        return settings.model_copy(update={"variants": variants, "sources": sources})

    def _decisions(self, scenario: Scenario, decided: Decided) -> Iterator[Decision]:
        """The decisions in force that let units of the scenario move; the record may know others too."""
        known = {unit.id for unit in scenario.units} | {package.id for package in scenario.packages}
        for item in decided.consultations.values():
            if item.status_at(self.at) != "adopted" or not _moves(item):
                continue
            named = _units(item, decided)
            units = tuple(name for name in named if name in known)
            if units or not named:
                yield Decision(
                    id=item.id,
                    at=item.adopted_at or item.silence_until,
                    by=item.body,
                    units=units,
                    says=item.proposal.text[:2000] if item.proposal else "",
                    source=SOURCE,
                    assumed=item.assumed,
                )

    def _why_not(self, name: str) -> str:
        """Why a decision orders nothing of what names it."""
        item = self.picture.of(Decided).consultations.get(name)
        if item is None:
            return "is not in the record"
        status = item.status_at(self.at)
        if status != "adopted":
            return f"is {status} in the record"
        return "does not let them move" if _moves(item) else "permits no movement"


def _note(decision: str, found: str, units: Sequence[str]) -> str:
    names = list(dict.fromkeys(units))
    shown = ", ".join(names[:MOST_NAMED]) + (
        f" and {len(names) - MOST_NAMED} more" * (len(names) > MOST_NAMED)
    )
    counts = "counts" if len(names) == 1 else "count"
    return f"decision {decision} {found}: {shown} {counts} as ordered at C-hour"


def _moves(item: Consultation) -> bool:
    return item.proposal is not None and any(permit.act == "movement" for permit in item.proposal.permits)


def _units(item: Consultation, decided: Decided) -> tuple[str, ...]:
    """The units that a decision lets move; none named = all."""
    body = decided.bodies.get(item.body)
    packages = {package.id: package.units for package in body.packages} if body else {}
    named: dict[str, None] = {}
    for permit in item.proposal.permits if item.proposal else ():
        for name in permit.units if permit.act == "movement" else ():
            for unit in packages.get(name, (name,)):
                if unit == "*":
                    return ()
                named[unit] = None
    return tuple(named)


def _order_of(
    scenario: Scenario, requirement: ScenarioRequirement, orders: Mapping[str, Order]
) -> Order | None:
    """The first movement order that stands for a requirement: of its unit, to its destination.

    Where a unit has one requirement only, an order to another place counts too: it has been told to move.
    """
    own = [
        order
        for order in orders.values()
        if order.status not in ENDED
        and requirement.unit in {unit.id for unit in addressees(scenario, (order.given.unit,))}
    ]
    there = [order for order in own if order.given.destination == requirement.destination]
    alone = sum(other.unit == requirement.unit for other in scenario.requirements) == 1
    return min(there or (own if alone else []), key=lambda order: order.given_at, default=None)


def _order_row(order: Order, rows: Mapping[str, Decision]) -> Decision:
    taken = rows.get(order.id)
    name = order.id if taken is None or taken.units == (order.given.unit,) else f"{order.id}.order"
    says = f"{order.given.unit} ordered to {order.given.destination}"
    if order.given.override is not None:
        says += f", by emergency override of {order.given.override.authority}"
    return Decision(
        id=name,
        at=order.given_at,
        by=order.by,
        units=(order.given.unit,),
        says=says,
        source=SOURCE,
        assumed=order.given.assumed,
    )
