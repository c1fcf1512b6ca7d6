"""What a CP-SAT model of missions is made of: units, tuning, routes, and the variables of one mission."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

from benchmarks.peers.missions import Mission
from standto.move.problem import Requirement

PER_H = 100
"""Steps of an hour; hours of legs and work are rounded up to them."""
KG = 1000


@dataclass(frozen=True, slots=True)
class Tuning:
    """What was tried: arcs per mission and fleet, spare missions, search parameters of CP-SAT."""

    successors: int = 10
    bases: int = 2
    spare: float = 0.1
    smooth: bool = False
    """Whether the ends of all missions break ties, as a slope where the last missions alone give none."""
    parameters: dict[str, Any] = field(default_factory=dict)


TUNED = Tuning(
    successors=4,
    bases=1,
    spare=0.05,
    smooth=True,
    parameters={
        "use_lns_only": True,
        "ignore_subsolvers": ["fj", "feasibility_pump", "ls", "rins/rens"],
        "linearization_level": 0,
        "cp_model_probing_level": 0,
        "max_presolve_iterations": 1,
        "symmetry_level": 0,
    },
)
"""The best of what was tried; docs/peers.md tells what that was."""


@dataclass(slots=True)
class Route:
    """One mission or approach by one fleet: stops on the way and whole steps of each leg."""

    stops: tuple[int, ...]
    legs: tuple[int, ...]
    moving: int


@dataclass(slots=True)
class Node:
    """The variables of one mission.

    `banked` and `left` are the hours in its vehicle's bank (rule 5) at loading and at the arrival.
    """

    mission: Mission
    spare: bool
    uses: dict[int, Any]
    start: Any
    arrive: Any
    unload: Any
    end: Any
    banked: Any
    left: Any
    on_way: list[Any]
    approach: list[Any]
    amounts: dict[tuple[int, str], Any]
    before: dict[tuple[int, int], Any] = field(default_factory=dict)
    """By fleet and mission before (-1 - base where it is the vehicle's first)."""


def steps(hours: float) -> int:
    """Whole steps that are no shorter."""
    return math.ceil(hours * PER_H - 1e-9)


def due_step(item: Requirement) -> int:
    """The last whole step that is not late."""
    return math.floor(item.due_h * PER_H)


def weight_of(item: Requirement) -> int:
    """Weights in tenths."""
    return max(1, round(10 * item.weight))
