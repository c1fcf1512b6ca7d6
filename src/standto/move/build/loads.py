"""What a requirement has to move: people, and tonnes of cargo by class, from strength and holdings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from standto.force.scenario import seats_of
from standto.force.tables import Holding, ScenarioRequirement


@dataclass(frozen=True, slots=True)
class Load:
    """People and tonnes by cargo class."""

    pax: int
    cargo: dict[str, float] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to move."""
        return self.pax == 0 and not self.cargo

    def mass_t(self, pax_tonnes: float) -> float:
        """Tonnes of everything, people with their kit."""
        return self.pax * pax_tonnes + sum(self.cargo.values())


def load_of(wanted: ScenarioRequirement, people: int, holdings: Sequence[Holding]) -> Load:
    """All that a requirement moves: its people, and its share of what the unit holds."""
    return Load(people, _tonnes(holdings, wanted))


def _tonnes(holdings: Sequence[Holding], wanted: ScenarioRequirement) -> dict[str, float]:
    tonnes: dict[str, float] = defaultdict(float)
    for row in holdings if wanted.holdings else ():
        tonnes[row.cargo_class] += row.count * row.mass_t * wanted.share
    return {name: round(mass, 3) for name, mass in sorted(tonnes.items()) if round(mass, 3) > 0}


def split_march(wanted: ScenarioRequirement, people: int, holdings: Sequence[Holding]) -> tuple[Load, Load]:
    """What of a requirement moves in the unit's own road march, and what is left over for other lift.

    Vehicles that drive go with as many people as they seat; other cargo, and people beyond the seats, are
    left over. What may not be divided drives as a whole or not at all.
    """
    driving = [row for row in holdings if row.drives and wanted.holdings]
    riding = min(people, seats_of(driving, wanted.share))
    carried = [row for row in holdings if not row.drives]
    march, rest = Load(riding, _tonnes(driving, wanted)), Load(people - riding, _tonnes(carried, wanted))
    if not wanted.divisible and not rest.empty:
        return Load(0), load_of(wanted, people, holdings)
    return march, rest
