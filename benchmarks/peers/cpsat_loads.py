"""How much each mission of the model carries: whole people, whole kilograms, all of every requirement."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from benchmarks.peers.cpsat_parts import KG, Node
from benchmarks.peers.ways import PAX, Ways


class Loads:
    """Amounts of the requirements whose loads may be cut anew (`simple`)."""

    def __init__(self, ways: Ways, model: Any, simple: set[int]) -> None:
        self.ways, self.model, self.simple = ways, model, simple
        self._person = math.ceil(ways.problem.pax_tonnes * KG - 1e-9)

    def whole(self, requirement: int, thing: str) -> int:
        """All of one thing of a requirement, in people or whole kilograms."""
        amount = self.ways.demand(requirement)[thing]
        return round(amount) if thing == PAX else math.ceil(amount * KG - 1e-6)

    def deliver(self, nodes: Sequence[Node]) -> None:
        """Every mission within its fleet's room and not empty; all of every requirement delivered."""
        sums: dict[tuple[int, str], list[Any]] = {}
        for node in nodes:
            for key, variable in node.amounts.items():
                sums.setdefault(key, []).append(variable)
            if node.amounts:
                self._fit(node)
        for (requirement, thing), variables in sums.items():
            self.model.add(sum(variables) == self.whole(requirement, thing))

    def _fit(self, node: Node) -> None:
        people: list[Any] = [v for (_, thing), v in node.amounts.items() if thing == PAX]
        cargo: list[Any] = [v for (_, thing), v in node.amounts.items() if thing != PAX]
        for piece in node.mission.pieces:
            if piece.requirement not in self.simple:
                people.append(round(piece.amounts.get(PAX, 0)))
                cargo += [math.floor(t * KG + 1e-6) for thing, t in piece.amounts.items() if thing != PAX]
        uses, room = node.uses.items(), {fleet: self._room(fleet) for fleet in node.uses}
        self.model.add(sum(people) + sum(cargo) >= sum(node.uses.values()))
        self.model.add(sum(people) <= sum(room[fleet][0] * use for fleet, use in uses))
        mass = sum(cargo) + self._person * sum(people)
        self.model.add(mass <= sum(room[fleet][1] * use for fleet, use in uses))
        for (_, thing), variable in node.amounts.items():
            if thing != PAX:
                takers = [fleet for fleet in node.uses if self.ways.takes(fleet, thing)]
                self.model.add(variable <= sum(room[fleet][1] * node.uses[fleet] for fleet in takers))

    def _room(self, fleet: int) -> tuple[int, int]:
        """Seats and kilograms; where only seats bind, the kilograms of so many people."""
        seats, tonnes, _ = self.ways.room[fleet]
        return seats, self._person * seats if math.isinf(tonnes) else math.floor(tonnes * KG + 1e-6)
