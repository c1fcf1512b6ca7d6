"""A scenario as the other rooms see it: the settings of scenario.toml and the rows of its tables."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from standto.errors import UsageError
from standto.force.tables import (
    Alert,
    Decision,
    Holding,
    Id,
    Instant,
    Nation,
    Package,
    ScenarioFleet,
    ScenarioLink,
    ScenarioPlace,
    ScenarioRequirement,
    Task,
    Unit,
)


def _once(names: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(names)) != len(names):
        raise ValueError("should have each name once")
    return names


class Settings(BaseModel):
    """`scenario.toml`: what a scenario is, before its tables."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(
        min_length=1, max_length=200, description="name as shown", examples=["Eastern flank 2022"]
    )
    kind: Literal["exercise", "real"] = Field(
        description="exercise or real; every screen and file says which", examples=["exercise"]
    )
    banner: str = Field(
        "", max_length=200, description="words after EXERCISE or REAL", examples=["reconstruction"]
    )
    summary: str = Field("", max_length=2000, description="what the scenario is, in a paragraph")
    epoch: Instant = Field(
        description="C-hour: the instant of the order to deploy, hour 0 of every plan",
        examples=["2022-02-25T12:00:00Z"],
    )
    horizon_days: float = Field(
        60, gt=0, le=3650, description="days after C-hour that matter", examples=["60"]
    )
    goal: Literal["lateness", "closure"] = Field(
        "lateness", description="what plans minimise first", examples=["lateness"]
    )
    postures: Annotated[tuple[Id, ...], AfterValidator(_once)] = Field(
        ("normal", "heightened", "immediate"),
        min_length=1,
        description="names of the postures, from the lowest to the highest readiness, each once",
        examples=["normal heightened immediate"],
    )
    vocabulary: Literal["military", "civil"] = Field(
        "military", description="the words of screens and briefs", examples=["military"]
    )
    transit: tuple[str, ...] | None = Field(
        None,
        description="states that ways may cross, ISO 3166-1 alpha-2; absent = members and partners",
        examples=["DE PL LT"],
    )
    closed_passages: tuple[str, ...] = Field(
        (), description="canals and straits that are closed", examples=["turkish-straits"]
    )
    pax_tonnes: float = Field(
        0.18, ge=0, le=10, description="tonnes of one person with kit aboard", examples=["0.18"]
    )
    variants: dict[str, tuple[str, ...]] = Field(
        default_factory=dict, description="named variants of the scenario: the alerts each leaves out"
    )
    sources: dict[str, str] = Field(default_factory=dict, description="key to public address or title")
    assumptions: dict[str, str] = Field(default_factory=dict, description="what is assumed overall, and why")


class Scenario(BaseModel):
    """A whole scenario; consistent where it comes from `read_scenario`."""

    model_config = ConfigDict(frozen=True)

    settings: Settings
    nations: tuple[Nation, ...] = ()
    places: tuple[ScenarioPlace, ...] = ()
    units: tuple[Unit, ...] = ()
    tasks: tuple[Task, ...] = ()
    holdings: tuple[Holding, ...] = ()
    packages: tuple[Package, ...] = ()
    fleets: tuple[ScenarioFleet, ...] = ()
    links: tuple[ScenarioLink, ...] = ()
    requirements: tuple[ScenarioRequirement, ...] = ()
    alerts: tuple[Alert, ...] = ()
    decisions: tuple[Decision, ...] = ()

    def decided_at(self, epoch: datetime) -> Scenario:
        """The same scenario with C-hour moved to `epoch`; alerts and dated decisions keep their instants."""
        settings = self.settings.model_copy(update={"epoch": epoch.astimezone(UTC)})
        return self.model_copy(update={"settings": settings})

    def variant(self, name: str) -> Scenario:
        """The same scenario without the alerts that the variant of `scenario.toml` leaves out.

        Raises
        ------
        UsageError
            If the scenario declares no such variant.
        """
        left_out = self.settings.variants.get(name)
        if left_out is None:
            known = ", ".join(self.settings.variants) or "none"
            raise UsageError(f"the scenario has no variant {name!r}", fix=f"variants it declares: {known}")
        return self.without_alerts(*left_out) if left_out else self

    def without_alerts(self, *ids: str) -> Scenario:
        """The same scenario without the alerts named, or without any when none is named."""
        kept = tuple(alert for alert in self.alerts if ids and alert.id not in ids)
        return self.model_copy(update={"alerts": kept})


def addressees(scenario: Scenario, names: Iterable[str]) -> tuple[Unit, ...]:
    """The units that an alert, package or decision names, packages resolved, each once, in table order.

    Names of nothing in the scenario are passed over: `check_scenario` reports them.
    """
    members = {package.id: package.units for package in scenario.packages}
    wanted: set[str] = set()
    for name in names:
        wanted.update(members.get(name, (name,)))
    return tuple(unit for unit in scenario.units if unit.id in wanted)


def people_of(scenario: Scenario) -> tuple[int, ...]:
    """People that each requirement moves, in table order: those given, else its share of the unit's strength.

    Shares of one unit are rounded together, down the table: no requirement is a whole person off its share,
    and shares that add up to 1 move everybody. A requirement of no known unit moves only those given.
    """
    strength = {unit.id: unit.strength for unit in scenario.units}
    shares: dict[str, float] = {}
    people = []
    for row in scenario.requirements:
        if row.pax is not None:
            people.append(row.pax)
            continue
        whole, before = strength.get(row.unit, 0), shares.get(row.unit, 0.0)
        shares[row.unit] = before + row.share
        people.append(_half_up(whole * shares[row.unit]) - _half_up(whole * before))
    return tuple(people)


def _half_up(number: float) -> int:
    """The nearest whole number; what adding shares leaves of a half counts as a half."""
    return math.floor(number + 0.5 + 1e-9)


def holdings_of(scenario: Scenario, unit: Unit) -> tuple[Holding, ...]:
    """What a unit brings: the rows that name it, else the rows of its type."""
    own = tuple(holding for holding in scenario.holdings if holding.holder == unit.id)
    if own or not unit.type:
        return own
    return tuple(holding for holding in scenario.holdings if holding.holder == unit.type)


def seats_of(driving: Iterable[Holding], share: float) -> int:
    """People that a share of these holdings seats in a road march, whole seats only."""
    return math.floor(sum(row.count * row.seats for row in driving) * share + 1e-9)
