"""A scenario's force as alert orders see it: who is addressed, which posture is which, what is heard."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from standto.alert.events import Addressee
from standto.alert.heard import heard
from standto.alert.state import AlertState
from standto.errors import UsageError
from standto.force.scenario import Scenario, addressees
from standto.force.tables import Alert


def addressed(scenario: Scenario, names: Sequence[str]) -> tuple[Addressee, ...]:
    """The units that names of units or packages stand for, each once, with their strengths.

    Raises
    ------
    UsageError
        If a name is nothing in the scenario.
    """
    known = {unit.id for unit in scenario.units} | {package.id for package in scenario.packages}
    for name in names:
        if name not in known:
            shown = ", ".join(sorted(known)[:12])
            raise UsageError(f"the force has no unit or package {name!r}", fix=f"it has {shown} ...")
    return tuple(Addressee(unit=unit.id, strength=unit.strength) for unit in addressees(scenario, names))


def posture(scenario: Scenario, name: str) -> tuple[str, int]:
    """A posture of the scenario: its name, and its position from the first, which is 0.

    Raises
    ------
    UsageError
        If the scenario has no such posture.
    """
    postures = scenario.settings.postures
    if name not in postures:
        raise UsageError(f"the force has no posture {name!r}", fix=f"postures: {', '.join(postures)}")
    return name, postures.index(name)


def as_alerted(scenario: Scenario, state: AlertState) -> Scenario:
    """The scenario with the record's alert orders as its alerts, so that the readiness clock hears them.

    Units of the record that the scenario does not have are left out.

    Raises
    ------
    UsageError
        If the scenario has alerts of its own, or lacks a posture that the record orders.
    """
    if scenario.alerts:
        raise UsageError(
            "the scenario has alerts of its own, and the record has alerts too",
            fix="leave the scenario's alerts out: one of the two is the truth",
        )
    return scenario.model_copy(update={"alerts": alerts_of(scenario, state)})


def alerts_of(scenario: Scenario, state: AlertState) -> tuple[Alert, ...]:
    """The record's alert orders as rows of a scenario's table `alerts`: one for each change of posture."""
    own = {unit.id for unit in scenario.units}
    postures = scenario.settings.postures
    rows: dict[tuple[datetime, int, str, str], list[str]] = {}
    for unit, changes in sorted(heard(state).items()):
        for change in changes if unit in own else ():
            rows.setdefault((change.at, change.level, change.posture, change.alert), []).append(unit)
    alerts = []
    seen: dict[str, int] = {}
    for (at, level, ordered, alert), units in sorted(rows.items()):
        if level and ordered not in postures[level : level + 1]:
            raise UsageError(
                f"alert order {alert} orders {ordered} as posture {level}, "
                f"the scenario has {', '.join(postures)}",
                fix="use the scenario that the order was given with",
            )
        seen[alert] = seen.get(alert, 0) + 1
        name = alert if seen[alert] == 1 else f"{alert}.{seen[alert]}"
        ceiling = state.orders[alert].ceiling
        alerts.append(
            Alert(
                id=name, at=at, units=tuple(units), posture=postures[level], ceiling=ceiling, source="record"
            )
        )
    return tuple(alerts)
