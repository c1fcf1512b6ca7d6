"""Requirements of the lift problem: who and what, from where to where, ready when, wanted when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from standto.force.scenario import Scenario, holdings_of, people_of
from standto.force.tables import ScenarioPlace, ScenarioRequirement, Unit
from standto.geo.modes import MODES
from standto.move.build.clock import Ready, ready_times
from standto.move.build.lift import march_fleet
from standto.move.build.loads import Load, load_of, split_march
from standto.move.problem import Fleet, Requirement

LEAST_PART = 0.01
"""A part that weighs next to nothing still counts for this share of its requirement's priority."""

SPLIT = "{part:.0%} of the priority of {row}, by mass: what drives and what needs lift are counted apart"


@dataclass(frozen=True, slots=True)
class Required:
    """Requirements, the march columns that serve some of them, and the nation of each."""

    requirements: list[Requirement]
    columns: list[Fleet]
    nations: dict[str, str]


def requirements_of(scenario: Scenario) -> Required:
    """Every requirement of a scenario; a unit that drives itself gets its columns, and lift for the rest."""
    units = {unit.id: unit for unit in scenario.units}
    slots = {place.id: place for place in scenario.places}
    ready = ready_times(scenario)
    pax_tonnes = scenario.settings.pax_tonnes
    taken = {row.id for row in scenario.requirements} | {row.id for row in scenario.fleets}
    requirements, columns = [], []
    for row, people in zip(scenario.requirements, people_of(scenario), strict=True):
        unit = units[row.unit]
        holdings = holdings_of(scenario, unit)
        order = _Order(row, unit, ready[row.id], _modes(row, slots))
        driven, rest = split_march(row, people, holdings) if order.marches else (Load(0), Load(0))
        if driven.empty:
            requirements.append(order.part(row.id, load_of(row, people, holdings)))
            continue
        part = _part(driven, rest, pax_tonnes)
        marching = order.part(row.id, driven, part)
        requirements.append(marching)
        name = _fresh(f"{row.id}.march", taken)
        columns.append(march_fleet(name, marching, driven, unit, order.ready.ordered_h, pax_tonnes))
        if not rest.empty:
            requirements.append(order.part(_fresh(f"{row.id}.rest", taken), rest, 1.0 - part))
    return Required(requirements, columns, {one.id: one.nation for one in requirements})


def _part(driven: Load, rest: Load, pax_tonnes: float) -> float:
    """The march's part of the priority: its part of the mass, and something for each of two parts."""
    if rest.empty:
        return 1.0
    whole = driven.mass_t(pax_tonnes) + rest.mass_t(pax_tonnes)
    part = driven.mass_t(pax_tonnes) / whole if whole else driven.pax / (driven.pax + rest.pax)
    return min(max(part, LEAST_PART), 1.0 - LEAST_PART)


def _fresh(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "'"
    taken.add(name)
    return name


def _modes(row: ScenarioRequirement, places: Mapping[str, ScenarioPlace]) -> tuple[str, ...] | None:
    """The modes a requirement may use; ports given leave out flights and passages that none of them has."""
    if not row.ports:
        return row.modes or None
    given = [places[port] for port in row.ports]
    barred = {
        mode
        for mode, counts in (
            ("air", [port.air_slots for port in given]),
            ("sea", [port.sea_slots for port in given]),
        )
        if not any(counts)
    }
    return tuple(mode for mode in row.modes or MODES if mode not in barred)


@dataclass(frozen=True, slots=True)
class _Order:
    """One row of the table with its unit, readiness and modes, to be written as one requirement or two."""

    row: ScenarioRequirement
    unit: Unit
    ready: Ready
    modes: tuple[str, ...] | None

    @property
    def marches(self) -> bool:
        return self.unit.march_kmh is not None and (self.modes is None or "road" in self.modes)

    def part(self, name: str, load: Load, part: float = 1.0) -> Requirement:
        """A part of what is ordered, as a requirement of its own with that part of the priority."""
        row, unit = self.row, self.unit
        split = SPLIT.format(row=row.id, part=part) if part < 1.0 else ""
        fields: dict[str, object] = {
            "id": name,
            "unit": unit.name or unit.id,
            "pax": load.pax,
            "cargo": load.cargo,
            "origin": row.origin or unit.home,
            "destination": row.destination,
            "available_h": self.ready.available_h,
            "due_h": row.due_h,
            "hard_h": row.hard_h,
            "weight": row.weight * part,
            "divisible": row.divisible,
            "modes": None if self.modes is None else list(self.modes),
            "ports": list(row.ports) or None,
            "nation": unit.nation,
            "domain": unit.domain,
            "type": unit.type,
            "symbol": unit.symbol,
            "readiness": self.ready.shown,
            "assumed": "; ".join(filter(None, (row.assumed, split))),
        }
        return Requirement.model_validate(
            {field: value for field, value in fields.items() if value not in (None, "")}
        )
