"""From a movement plan to the planner's own picture of it, to start a search from."""

from __future__ import annotations

from standto.move.plan import Lot, Plan, Stop, Vehicle
from standto.move.solve.tables import DUST, Layout
from standto.move.solve.trips import NEVER_EARLIER, Ride, Trip


def read_trips(layout: Layout, plan: Plan) -> list[Trip]:
    """The plan's trips by the hour of their first loading, as far as this problem knows what they name."""
    numbers = {name: index for index, name in enumerate(layout.vehicle_ids)}
    found: list[tuple[float, Trip]] = []
    for vehicle in plan.vehicles:
        if vehicle.id in numbers:
            found += _Reader(layout, numbers[vehicle.id]).trips(vehicle)
    return [trip for _, trip in sorted(found, key=lambda item: item[0])]


class _Reader:
    """Cuts one vehicle's stops into trips from empty to empty, and pairs loading with unloading."""

    def __init__(self, layout: Layout, number: int) -> None:
        self._layout, self._number = layout, number
        self._needs = {item.id: index for index, item in enumerate(layout.problem.requirements)}
        self._columns = {name: index for index, name in enumerate(layout.columns)}
        self._found: list[tuple[float, Trip]] = []
        self._clear()

    def _clear(self) -> None:
        self._stops: list[Stop] = []
        self._rides: list[Ride] = []
        self._aboard: list[tuple[int, int, list[float]]] = []

    def trips(self, vehicle: Vehicle) -> list[tuple[float, Trip]]:
        """The vehicle's trips, each with the hour its first work begins."""
        for stop in vehicle.stops:
            if stop.place not in self._layout.network.place:
                break
            for lot in stop.unload:
                self._unload(lot)
            if self._stops and stop.unload:
                self._stops.append(stop)
            if not self._aboard and self._rides:
                self._close()
            if stop.load:
                if not self._stops or self._stops[-1] is not stop:
                    self._stops.append(stop)
                for lot in stop.load:
                    self._load(lot)
        return self._found

    def _amounts(self, lot: Lot) -> list[float]:
        amounts = [0.0] * len(self._columns)
        amounts[0] = float(lot.pax)
        for name, tonnes in lot.cargo.items():
            if name in self._columns:
                amounts[self._columns[name]] += tonnes
        return amounts

    def _load(self, lot: Lot) -> None:
        if lot.requirement in self._needs:
            self._aboard.append((self._needs[lot.requirement], len(self._stops) - 1, self._amounts(lot)))

    def _unload(self, lot: Lot) -> None:
        requirement, left = self._needs.get(lot.requirement, -1), self._amounts(lot)
        here = len(self._stops)
        for number, first, held in self._aboard:
            if number != requirement:
                continue
            taken = [min(a, b) for a, b in zip(left, held, strict=True)]
            if max(taken) > DUST:
                self._rides.append(Ride(requirement, first, here, tuple(taken)))
            for k, amount in enumerate(taken):
                left[k] -= amount
                held[k] -= amount
        self._aboard = [item for item in self._aboard if max(item[2]) > DUST]

    def _close(self) -> None:
        place = self._layout.network.place
        places = tuple(place[stop.place] for stop in self._stops)
        trip = Trip(self._number, places, (NEVER_EARLIER,) * len(places), tuple(self._rides))
        self._found.append((self._stops[0].start_h, trip))
        self._clear()
