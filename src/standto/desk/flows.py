"""What each destination is to take a day beside what its slots can work: rough figures before any plan."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from standto.move.problem import Place, Problem, Requirement

MOST_TOLD = 5
LEAST_DAYS = 1.0


@dataclass(frozen=True, slots=True)
class Throughput:
    """Tonnes a day that are wanted at a place, and that its slots can work at most, mode by mode."""

    place: str
    name: str
    tonnes: float
    days: float
    """From the first of it ready to the last of it due, at least one."""
    t_per_day: dict[str, float]
    """By mode, for modes whose slots are limited and that some fleet serves with cargo."""
    free: tuple[str, ...]
    """Such modes whose slots are not limited."""

    @property
    def uses(self) -> dict[str, float]:
        """What part of each mode's slots it would take if all came by that mode; above 1 is too much."""
        return {mode: self.tonnes / self.days / most for mode, most in self.t_per_day.items()}

    @property
    def sentence(self) -> str:
        """The figures in a line."""
        wanted = self.tonnes / self.days
        modes = ", ".join(
            f"{most:,.0f} by {mode} ({wanted / most:.0%} of it)" for mode, most in self.t_per_day.items()
        )
        due = f"{self.tonnes:,.0f} t in {self.days:,.1f} days"
        free = f"; no limit by {' and '.join(self.free)}" if self.free else ""
        return f"{self.name}: {due} are {wanted:,.0f} t a day; its slots work at most {modes}{free}"


def throughputs(problem: Problem) -> list[Throughput]:
    """Every destination of cargo with limited slots, those first that no mode alone could serve.

    Station throughput by formula 9.0 of AFPAM 10-1403 (2018), round the clock, for each mode with the
    vehicle that brings most in an hour of unloading.
    """
    wanted: dict[str, list[Requirement]] = defaultdict(list)
    for one in problem.requirements:
        if one.tonnes > 0 and not one.still:
            wanted[one.destination].append(one)
    rates: dict[str, tuple[float, float, float]] = {}
    for fleet in problem.fleets:
        if fleet.tonnes > 0 and fleet.unload_h > 0 and fleet.count > 0:
            own = (fleet.tonnes / fleet.unload_h, fleet.tonnes, fleet.unload_h)
            rates[fleet.mode] = max(rates.get(fleet.mode, own), own)
    found = [_throughput(place, wanted[place.id], rates) for place in problem.places if place.id in wanted]
    limited = [one for one in found if one.t_per_day]
    return sorted(limited, key=lambda one: (bool(one.free), -min(one.uses.values()), one.place))


def _throughput(
    place: Place, several: list[Requirement], best: dict[str, tuple[float, float, float]]
) -> Throughput:
    from standto.force.planning import station_throughput_t_per_day

    most = {
        mode: station_throughput_t_per_day(number, best[mode][1], 24.0, best[mode][2])
        for mode, number in place.slots.items()
        if number and mode in best
    }
    free = tuple(mode for mode, number in place.slots.items() if number is None and mode in best)
    first, last = min(one.available_h for one in several), max(one.due_h for one in several)
    tonnes, days = sum(one.tonnes for one in several), max(LEAST_DAYS, (last - first) / 24)
    return Throughput(place.id, place.name or place.id, tonnes, days, most, free)


def say_throughputs(found: list[Throughput]) -> list[str]:
    """The most used destinations, a line each."""
    if not found:
        return []
    head = f"cargo a day into destinations, by the planning formula, the tightest of {len(found):,} first:"
    return [head, *(f"  {one.sentence}" for one in found[:MOST_TOLD])]
