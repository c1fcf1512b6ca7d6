"""What a requirement has to move: people, and tonnes of cargo by class, from strength and holdings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from standto.force.tables import Holding, ScenarioRequirement, Unit


@dataclass(frozen=True, slots=True)
class Load:
    """People and tonnes by cargo class."""

    pax: int
    cargo: dict[str, float] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to move."""
        return self.pax == 0 and not self.cargo


def load_of(wanted: ScenarioRequirement, unit: Unit, holdings: Sequence[Holding]) -> Load:
    """All that a requirement moves: its share of the unit's people and of what the unit holds."""
    return Load(_people(wanted, unit), _tonnes(holdings, wanted))


def _people(wanted: ScenarioRequirement, unit: Unit) -> int:
    return wanted.pax if wanted.pax is not None else round(unit.strength * wanted.share)


def _tonnes(holdings: Sequence[Holding], wanted: ScenarioRequirement) -> dict[str, float]:
    tonnes: dict[str, float] = defaultdict(float)
    for row in holdings if wanted.holdings else ():
        tonnes[row.cargo_class] += row.count * row.mass_t * wanted.share
    return {name: round(mass, 3) for name, mass in sorted(tonnes.items()) if round(mass, 3) > 0}


def split_march(wanted: ScenarioRequirement, unit: Unit, holdings: Sequence[Holding]) -> tuple[Load, Load]:
    """What of a requirement moves in the unit's own road march, and what is left over for other lift.

    Vehicles that drive go with as many people as they seat; other cargo, and people beyond the seats, are
    left over.
    """
    driving = [row for row in holdings if row.drives and wanted.holdings]
    seats = int(sum(row.count * row.seats for row in driving) * wanted.share)
    everyone = _people(wanted, unit)
    riding = min(everyone, seats)
    rest = [row for row in holdings if not row.drives]
    return Load(riding, _tonnes(driving, wanted)), Load(everyone - riding, _tonnes(rest, wanted))
