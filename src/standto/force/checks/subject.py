"""What a check looks at, how it says what it found, and how checks are declared."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from standto.errors import Fault
from standto.force.readiness import Readiness, order_hours, readiness
from standto.force.scenario import Scenario, Settings, addressees, people_of, seats_of
from standto.force.tables import (
    Holding,
    Package,
    Row,
    ScenarioFleet,
    ScenarioPlace,
    ScenarioRequirement,
    Unit,
)

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Subject:
    """A scenario under examination, with the row each record was written in.

    Attributes
    ----------
    scenario
        The rows that could be read.
    settings
        None where `scenario.toml` could not be read; the scenario then holds stand-ins.
    numbers
        Row number of each record by the record's identity (`id()`); empty for a scenario made in code.
    broken
        By table, ids of rows that could not be read: what refers to them is not unknown.
    file
        The workbook, or empty for a folder, whose tables are files.
    """

    scenario: Scenario
    settings: Settings | None
    numbers: Mapping[int, int] = field(default_factory=dict)
    broken: Mapping[str, set[str]] = field(default_factory=dict)
    file: str = ""

    @cached_property
    def places(self) -> dict[str, ScenarioPlace]:
        """Places by id."""
        return {place.id: place for place in self.scenario.places}

    @cached_property
    def units(self) -> dict[str, Unit]:
        """Units by id."""
        return {unit.id: unit for unit in self.scenario.units}

    @cached_property
    def packages(self) -> dict[str, Package]:
        """Packages by id."""
        return {package.id: package for package in self.scenario.packages}

    @cached_property
    def ids(self) -> dict[str, set[str]]:
        """By table, the ids that may be referred to."""
        tables = ("nations", "places", "units", "packages", "alerts", "decisions")
        return {
            table: {row.id for row in getattr(self.scenario, table)} | self.broken.get(table, set())
            for table in tables
        }

    @cached_property
    def ready(self) -> dict[str, Readiness]:
        """When every required unit is ready; only of a sound scenario."""
        return readiness(self.scenario, order_hours(self.scenario))

    def addressees(self, names: tuple[str, ...]) -> tuple[Unit, ...]:
        """The units that a list of units and packages means."""
        return addressees(self.scenario, names)

    def cargo(self, requirement: ScenarioRequirement) -> tuple[Holding, ...]:
        """The holdings that a requirement takes along."""
        unit = self.units.get(requirement.unit)
        if unit is None or not requirement.holdings:
            return ()
        return tuple(row for row in self.held(unit) if row.count and row.mass_t)

    def held(self, unit: Unit) -> tuple[Holding, ...]:
        """What a unit brings, as `holdings_of` says."""
        return tuple(self._by_holder.get(unit.id) or self._by_holder.get(unit.type) or ())

    @cached_property
    def _by_holder(self) -> dict[str, list[Holding]]:
        rows: dict[str, list[Holding]] = {}
        for row in self.scenario.holdings:
            if row.holder:
                rows.setdefault(row.holder, []).append(row)
        return rows

    def people(self, requirement: ScenarioRequirement) -> int:
        """The people that a requirement moves."""
        return self._people[id(requirement)]

    @cached_property
    def _people(self) -> dict[int, int]:
        rows = self.scenario.requirements
        return {id(row): number for row, number in zip(rows, people_of(self.scenario), strict=True)}

    def lift(self, requirement: ScenarioRequirement) -> tuple[ScenarioFleet, ...]:
        """The fleets that may carry a requirement, by nation and mode."""
        unit = self.units.get(requirement.unit)
        return tuple(
            fleet
            for fleet in self.scenario.fleets
            if (not requirement.modes or fleet.mode in requirement.modes)
            and (not fleet.only_nations or (unit is not None and unit.nation in fleet.only_nations))
        )

    def driving(self, requirement: ScenarioRequirement) -> tuple[Holding, ...]:
        """The holdings that drive themselves there; none where the unit cannot or may not march.

        What may not be divided marches only as a whole: all that it brings drives and seats its people.
        """
        unit = self.units.get(requirement.unit)
        if unit is None or not unit.march_kmh or (requirement.modes and "road" not in requirement.modes):
            return ()
        cargo = self.cargo(requirement)
        driving = tuple(row for row in cargo if row.drives)
        whole = driving == cargo and self.people(requirement) <= seats_of(driving, requirement.share)
        return driving if requirement.divisible or whole else ()

    def people_to_lift(self, requirement: ScenarioRequirement) -> int:
        """The people for whom no vehicle that drives itself there has a seat."""
        seats = seats_of(self.driving(requirement), requirement.share)
        return max(0, self.people(requirement) - seats)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: in which record (None: the settings), which column, what, and what to do."""

    row: Row | None
    column: str
    message: str
    fix: str


@dataclass(frozen=True, slots=True)
class Check:
    """One named consistency check.

    Attributes
    ----------
    name
        Name as it stands in every fault it finds.
    severity
        `error` or `warning`.
    meaning
        What it checks and why, for the reference.
    find
        Finds what is wrong.
    sound
        Runs only on a scenario in which nothing else is wrong.
    """

    name: str
    severity: Severity
    meaning: str
    find: Callable[[Subject], Iterator[Finding]]
    sound: bool = False

    def faults(self, subject: Subject) -> list[Fault]:
        """What it finds, as faults that name table, row and column."""
        return [self._fault(subject, finding) for finding in self.find(subject)]

    def _fault(self, subject: Subject, finding: Finding) -> Fault:
        if finding.row is None:
            table, row, file = "scenario", "", subject.file or "scenario.toml"
        else:
            table = finding.row.table
            label = getattr(finding.row, finding.row.key, "") if finding.row.key else ""
            row = str(subject.numbers.get(id(finding.row), label))
            file = subject.file or (f"{table}.csv" if subject.numbers else "")
        return Fault(
            finding.message,
            fix=finding.fix,
            file=file,
            table=table,
            row=row,
            field=finding.column,
            check=self.name,
            severity=self.severity,
        )


def check(
    severity: Severity, *, sound: bool = False
) -> Callable[[Callable[[Subject], Iterator[Finding]]], Check]:
    """Declare a function as the check of its name; its docstring is the reference text."""

    def declare(find: Callable[[Subject], Iterator[Finding]]) -> Check:
        name = find.__name__.replace("_", "-")
        return Check(name, severity, " ".join((inspect.getdoc(find) or "").split()), find, sound)

    return declare
